import { addMonths, type CalendarRules, ISO_RULES } from '../query/calendar.ts'
import type { CustomBuckets } from '../query/time-buckets.ts'
import { utcMs } from '../query/time-zone.ts'
import type { Granularity } from '../schema/query.ts'

const DAY_MS = 86_400_000
/** The first Monday of 1970. */
const MONDAY_MS = 4 * DAY_MS

const FIXED_MS: Readonly<Partial<Record<Granularity, number>>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
}
const MONTHS: Readonly<Partial<Record<Granularity, number>>> = { month: 1, quarter: 3, year: 12 }

/** Where the buckets of a size start on a wall clock: an interval, of months or of milliseconds, repeated from an origin. */
export function gridOf(size: Granularity | CustomBuckets, rules: CalendarRules = ISO_RULES): CustomBuckets {
  if (typeof size !== 'string') return size
  if (size === 'week')
    return { interval: { months: 0, ms: 7 * DAY_MS }, originMs: MONDAY_MS + rules.weekStart * DAY_MS }
  const months = MONTHS[size]
  if (months === undefined) return { interval: { months: 0, ms: FIXED_MS[size]! }, originMs: 0 }
  const first = size === 'month' ? 1 : rules.fiscalYearStart
  return { interval: { months, ms: 0 }, originMs: utcMs(1970, first, 1) }
}

/** Whether every start of an asked bucket is the start of a kept one, so that each kept bucket lies in one asked bucket. */
export function isMadeOf(asked: CustomBuckets, kept: CustomBuckets): boolean {
  const { months, ms } = kept.interval
  // Mixed intervals and months that start after the 28th have no grid that arithmetic tells.
  if (!isPlain(asked) || !isPlain(kept)) return JSON.stringify(asked) === JSON.stringify(kept)
  if (months === 0) {
    const step = asked.interval.months === 0 ? asked.interval.ms : DAY_MS
    return step % ms === 0 && (asked.originMs - kept.originMs) % ms === 0
  }
  return asked.interval.months > 0 && asked.interval.months % months === 0 && isStart(kept, asked.originMs)
}

/** Whether a local time is the start of a bucket. False where that cannot be told. */
export function isStart(grid: CustomBuckets, localMs: number): boolean {
  if (!isPlain(grid)) return false
  const { months, ms } = grid.interval
  if (months === 0) return (localMs - grid.originMs) % ms === 0
  const [at, origin] = [new Date(localMs), new Date(grid.originMs)]
  const isSameDay = at.getUTCDate() === origin.getUTCDate() && (localMs - grid.originMs) % DAY_MS === 0
  return isSameDay && (monthOf(at) - monthOf(origin)) % months === 0
}

/** Start of the bucket that holds a local time, and of the next. Months must start by the 28th. */
export function bucketAround(grid: CustomBuckets, localMs: number): readonly [number, number] {
  const { interval, originMs } = grid
  if (interval.months === 0) {
    const start = originMs + Math.floor((localMs - originMs) / interval.ms) * interval.ms
    return [start, start + interval.ms]
  }
  const months = monthOf(new Date(localMs)) - monthOf(new Date(originMs))
  let step = Math.floor(months / interval.months)
  if (addMonths(originMs, step * interval.months) > localMs) step -= 1
  return [addMonths(originMs, step * interval.months), addMonths(originMs, (step + 1) * interval.months)]
}

function isPlain({ interval: { months, ms }, originMs }: CustomBuckets): boolean {
  return months > 0 ? ms === 0 && new Date(originMs).getUTCDate() <= 28 : months === 0 && ms > 0
}

function monthOf(date: Date): number {
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
