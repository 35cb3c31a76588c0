import { AnalyticsError } from '../errors.ts'
import { quoteValue } from '../model/quote-value.ts'
import { toLocalIso } from '../query/calendar.ts'
import { parseDateRange } from '../query/date-range.ts'
import { isTimeZone } from '../query/time-zone.ts'
import type { DateRange } from '../schema/query.ts'

/**
 * The first and the last moment of a span as a query reads it: local to `timezone`, to the millisecond, without an offset.
 * `last 7 days` gives `['2026-03-01T00:00:00.000', '2026-03-07T23:59:59.999']`.
 * @throws AnalyticsError `invalid_date_range` or `invalid_time_zone`.
 */
export function localDateRange(
  range: DateRange,
  { now, timezone }: { readonly now: Date; readonly timezone: string },
): readonly [string, string] {
  if (!isTimeZone(timezone)) throw new AnalyticsError('invalid_time_zone', `unknown time zone: ${quoteValue(timezone)}`)
  const span = parseDateRange(range, { nowMs: now.getTime(), timezone })
  if ('problem' in span) throw new AnalyticsError('invalid_date_range', span.problem)
  return [toLocalIso(span.localStartMs), toLocalIso(span.localEndMs - 1)]
}
