import { parseDateRange } from '../query/date-range.ts'
import type { Clock } from '../query/date-value.ts'
import { isTimeZone } from '../query/time-zone.ts'
import type { Comparison } from '../schema/dashboard.ts'
import type { Granularity, Query } from '../schema/query.ts'
import { rangesOn } from './compared-range.ts'

const DAY_MS = 86_400_000
/** Longest spans shown by day and by week, in days. */
const MOST_DAYS = 190
const MOST_WEEK_DAYS = 1_100

/**
 * The query's measures over time along `comparison.dimension`: by day for spans up to about half a year, by week up to three years,
 * else (and without a span) by month. `now` only matters to the length of ranges such as `from 2001-01-01 to now`,
 * which go by month without it.
 */
export function trendQuery(query: Query, comparison: Comparison, now: Date = new Date(0)): Query {
  const {
    order: _order,
    limit: _limit,
    offset: _offset,
    total: _total,
    dimensions: _dimensions,
    bins: _bins,
    subtotals: _subtotals,
    topN: _topN,
    cursor: _cursor,
    ...rest
  } = query
  const granularity = trendGranularity(query, comparison.dimension, now)
  const others = (query.timeDimensions ?? []).map(({ granularity: _, fill: _fill, ...entry }) => entry)
  const index = others.findIndex((entry) => entry.dimension === comparison.dimension)
  const timeDimensions =
    index === -1
      ? [...others, { dimension: comparison.dimension, granularity }]
      : others.map((entry, position) => (position === index ? { ...entry, granularity } : entry))
  return { ...rest, timeDimensions }
}

function trendGranularity(query: Query, dimension: string, now: Date): Granularity {
  const timezone = query.timezone ?? 'UTC'
  if (!isTimeZone(timezone)) return 'month'
  const clock: Clock = { nowMs: now.getTime(), timezone }
  const lengths = rangesOn(query, dimension).flatMap((range) => {
    const span = parseDateRange(range, clock)
    return 'problem' in span ? [] : [(span.endMs - span.startMs) / DAY_MS]
  })
  const days = Math.min(...lengths)
  if (days <= MOST_DAYS) return 'day'
  return days <= MOST_WEEK_DAYS ? 'week' : 'month'
}
