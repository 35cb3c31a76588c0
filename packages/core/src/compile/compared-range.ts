import type { FilterCondition } from '../schema/filter.ts'
import type { DateRange, Query } from '../schema/query.ts'

/** Every date range a query sets on a time dimension: in `timeDimensions`, or by a condition `inDateRange` that all rows must meet. */
export function rangesOn(query: Query, dimension: string): DateRange[] {
  const own = (query.timeDimensions ?? []).flatMap((entry) =>
    entry.dimension === dimension && entry.dateRange !== undefined ? [entry.dateRange] : [],
  )
  const filters = (query.filters ?? []).flatMap((filter) =>
    isRangeOn(filter, dimension) ? [filter.values as string[]] : [],
  )
  return [...own, ...filters]
}

/** Whether a top-level filter is a condition `inDateRange` on a dimension. */
export function isRangeOn(filter: NonNullable<Query['filters']>[number], dimension: string): filter is FilterCondition {
  return (
    'member' in filter &&
    filter.member === dimension &&
    filter.operator === 'inDateRange' &&
    Array.isArray(filter.values)
  )
}
