import { addUnits, startOf, toLocalIso } from '../query/calendar.ts'
import { parseDateRange } from '../query/date-range.ts'
import type { Clock } from '../query/date-value.ts'
import { isTimeZone, toInstant } from '../query/time-zone.ts'
import type { Comparison } from '../schema/dashboard.ts'
import type { Query } from '../schema/query.ts'
import { isRangeOn, rangesOn } from './compared-range.ts'

const DAY_MS = 86_400_000

/**
 * The same question about the span just before the one the query keeps on `comparison.dimension`: as many months earlier when the
 * span is whole months, else as many days (or milliseconds, when it is no whole days). `undefined` when the query keeps no span
 * there, or one that cannot be read; compiling the query itself then says why.
 */
export function previousPeriodQuery(query: Query, comparison: Comparison, now: Date): Query | undefined {
  const timezone = query.timezone ?? 'UTC'
  if (!isTimeZone(timezone)) return undefined
  const clock: Clock = { nowMs: now.getTime(), timezone }
  let start = Number.NEGATIVE_INFINITY
  let end = Number.POSITIVE_INFINITY
  for (const range of rangesOn(query, comparison.dimension)) {
    const span = parseDateRange(range, clock)
    if ('problem' in span) return undefined
    start = Math.max(start, span.localStartMs)
    end = Math.min(end, span.localEndMs)
  }
  if (!Number.isFinite(start) || !Number.isFinite(end) || end <= start) return undefined
  return withRange(query, comparison.dimension, precedingRange(start, end, timezone))
}

/** The local span of equal length that ends where this one starts. */
function precedingRange(start: number, end: number, timezone: string): [string, string] {
  const isDays = startOf('day', start) === start && startOf('day', end) === end
  if (isDays) return [toDate(precedingStart(start, end)), toDate(start - DAY_MS)]
  // Instants rather than local times, which clocks may skip. A range includes its last moment, hence the millisecond.
  const startMs = toInstant(timezone, start).instantMs
  const lengthMs = toInstant(timezone, end).instantMs - startMs
  return [new Date(startMs - lengthMs).toISOString(), new Date(startMs - 1).toISOString()]
}

function toDate(localMs: number): string {
  return toLocalIso(localMs).slice(0, 10)
}

function precedingStart(start: number, end: number): number {
  const isMonths = startOf('month', start) === start && startOf('month', end) === end
  if (!isMonths) return start - (end - start)
  const from = new Date(start)
  const to = new Date(end)
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth()
  return addUnits('month', start, -months)
}

function withRange(query: Query, dimension: string, dateRange: [string, string]): Query {
  const filters = (query.filters ?? []).filter((filter) => !isRangeOn(filter, dimension))
  const others = (query.timeDimensions ?? []).filter((entry) => entry.dimension !== dimension)
  const own = (query.timeDimensions ?? []).flatMap(({ dateRange: _, compareDateRange: _compared, ...entry }) =>
    entry.dimension === dimension && entry.granularity !== undefined ? [entry] : [],
  )
  const [first = { dimension }, ...more] = own
  const { cursor: _cursor, ...rest } = query
  return { ...rest, filters, timeDimensions: [{ ...first, dateRange }, ...more, ...others] }
}
