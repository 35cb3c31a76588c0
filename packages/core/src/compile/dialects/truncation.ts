import { AnalyticsError } from '../../errors.ts'
import type { CalendarRules } from '../../query/calendar.ts'
import type { CustomBuckets } from '../../query/time-buckets.ts'
import type { Granularity } from '../../schema/query.ts'
import type { Sql } from './dialect.ts'

export const DAY_MS = 86_400_000
export const WEEK_MS = 7 * DAY_MS
/** Monday 3 January 2000, local. */
const MONDAY_MS = Date.UTC(2000, 0, 3)

/** What a database needs to say for all buckets of time. */
export interface Truncation {
  /** Weeks start on Monday, years in January. */
  readonly natural: Readonly<Record<Granularity, (local: Sql) => Sql>>
  /** Start of the run of `months` that holds a time. Runs start on the first of a month; one starts `first` months after January 1970. */
  readonly monthBucket: (local: Sql, months: number, first: number) => Sql
  /** Start of the span of `ms` that holds a time. One starts at `originMs`, a local time counted as if the zone were UTC. */
  readonly spanBucket: (local: Sql, ms: number, originMs: number) => Sql
  /** A local time, `ms` later. */
  readonly addMs: (local: Sql, ms: number) => Sql
}

/** An origin of the same spans before the year 1000, so that the distance from it is never negative. */
export function earlyOrigin(originMs: number, ms: number): number {
  return originMs - Math.ceil((originMs - Date.UTC(1000, 0, 1)) / ms) * ms
}

/** The first month of a run before the year 1000. See {@link Truncation.monthBucket}. */
export function earlyMonth(months: number, first: number): number {
  return Date.UTC(1970, first - Math.ceil((970 * 12) / months) * months - months, 1)
}

/** Milliseconds of a local time as ISO text. */
export function isoOf(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, -1)
}

/** Truncates to a bucket of the calendar. */
export function truncateWith(
  truncation: Truncation,
  granularity: Granularity,
  local: Sql,
  { weekStart, fiscalYearStart }: CalendarRules,
): Sql {
  if (granularity === 'week' && weekStart !== 0)
    return truncation.spanBucket(local, WEEK_MS, MONDAY_MS + weekStart * DAY_MS)
  if (granularity === 'quarter' && fiscalYearStart % 3 !== 1)
    return truncation.monthBucket(local, 3, (fiscalYearStart - 1) % 3)
  if (granularity === 'year' && fiscalYearStart !== 1) return truncation.monthBucket(local, 12, fiscalYearStart - 1)
  return truncation.natural[granularity](local)
}

/**
 * Truncates to a bucket of the model.
 *
 * @throws AnalyticsError `unsupported` when the length is both months and milliseconds, which have no common grid, or when buckets of
 * months start after the 28th, which some months do not have.
 */
export function truncateCustomWith(truncation: Truncation, local: Sql, { interval, originMs }: CustomBuckets): Sql {
  const { months, ms } = interval
  if (months < 0 || ms < 0 || months > 0 === ms > 0) {
    throw new AnalyticsError('unsupported', `buckets of ${months} months and ${ms} milliseconds: give either`)
  }
  if (ms > 0) return truncation.spanBucket(local, ms, originMs)
  const origin = new Date(originMs)
  if (origin.getUTCDate() > 28) {
    throw new AnalyticsError('unsupported', `buckets of months that start on the ${origin.getUTCDate()}th of a month`, {
      hint: 'Give an origin up to the 28th, which every month has.',
    })
  }
  const month = (origin.getUTCFullYear() - 1970) * 12 + origin.getUTCMonth()
  const first = ((month % months) + months) % months
  const withinMonthMs = originMs - Date.UTC(origin.getUTCFullYear(), origin.getUTCMonth(), 1)
  if (withinMonthMs === 0) return truncation.monthBucket(local, months, first)
  const moved = truncation.addMs(local, -withinMonthMs)
  return truncation.addMs(truncation.monthBucket(moved, months, first), withinMonthMs)
}
