import type { Granularity, ResultSet } from '@datainsight/core'
import { addBuckets, parseLocalTime } from './time-spine.ts'

/** Clocks of the world are at most this far from UTC. */
const MAX_OFFSET_MS = 14 * 3_600_000

/** Whether the bucket that starts at `lastStart` was not over when the result was made. */
export function isUnfinished(result: ResultSet, lastStart: number, granularity: Granularity): boolean {
  const end = addBuckets(lastStart, 1, granularity)
  const refreshed = Date.parse(result.meta.refreshedAt)
  // Asking for a zone's clock costs milliseconds; mostly the end is far enough away not to need it.
  if (end <= refreshed - MAX_OFFSET_MS) return false
  if (end > refreshed + MAX_OFFSET_MS) return true
  return end > toLocalTime(result.meta.refreshedAt, result.meta.timezone)
}

/** An instant as the clock of `timezone` shows it, laid on UTC; −Infinity when either cannot be read. */
function toLocalTime(instant: string, timezone: string): number {
  try {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    }).formatToParts(new Date(instant))
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
    return parseLocalTime(
      `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`,
    )
  } catch (error) {
    if (error instanceof RangeError) return Number.NEGATIVE_INFINITY
    throw error
  }
}
