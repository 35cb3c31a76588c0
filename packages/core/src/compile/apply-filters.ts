import type { Filter } from '../schema/filter.ts'
import type { Query } from '../schema/query.ts'

/** A query that keeps only what `filters` keep, besides its own filters. Returns a new query. */
export function applyFilters(query: Query, filters: readonly Filter[]): Query {
  return filters.length === 0 ? query : { ...query, filters: [...(query.filters ?? []), ...filters] }
}
