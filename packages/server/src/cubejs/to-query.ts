import { AnalyticsError, type DateRange, type OrderDirection, type Query, type TimeDimension } from '@datainsight/core'
import type { CubeOrder, CubeQuery } from './cube-query.ts'
import { toFilter } from './to-filter.ts'

/** A query of ours, and the spans it is asked for one after the other; undefined when it compares none. */
export interface AskedQuery {
  readonly query: Query
  readonly comparison: { readonly index: number; readonly ranges: readonly DateRange[] } | undefined
}

/**
 * Cube's query in our words. What it compares is taken out: the client wants one answer for each span.
 * @throws AnalyticsError `invalid_request` or `invalid_filter` with the path of what cannot be asked.
 */
export function toQuery(cube: CubeQuery): AskedQuery {
  const dimensions = (cube.dimensions ?? []).filter((name) => granularityIn(name) === undefined)
  const bucketed = (cube.dimensions ?? []).flatMap((name): TimeDimension[] => {
    const granularity = granularityIn(name)
    return granularity === undefined ? [] : [{ dimension: withoutGranularity(name), granularity }]
  })
  const timeDimensions = (cube.timeDimensions ?? []).map(
    ({ dimension, granularity, dateRange }): TimeDimension => ({
      dimension,
      ...(granularity != null && { granularity }),
      ...(dateRange != null && { dateRange }),
    }),
  )
  const order = toOrder(cube.order)
  const limit = cube.limit ?? cube.rowLimit
  const query: Query = {
    measures: cube.measures ?? [],
    dimensions,
    timeDimensions: [...timeDimensions, ...bucketed],
    ...(cube.segments?.length && { segments: cube.segments }),
    ...(cube.filters?.length && {
      filters: cube.filters.map((filter, index) => toFilter(filter, `query.filters[${index}]`)),
    }),
    ...(order.length > 0 && { order }),
    // A statement has one row at least; `runLoad` leaves it out.
    ...(limit != null && { limit: Math.max(limit, 1) }),
    ...(cube.offset !== undefined && { offset: cube.offset }),
    ...(cube.total !== undefined && { total: cube.total }),
    ...(cube.timezone !== undefined && { timezone: cube.timezone }),
    ...(cube.ungrouped !== undefined && { ungrouped: cube.ungrouped }),
  }
  return { query, comparison: findComparison(cube) }
}

/** The same question about one span. */
export function askAbout(query: Query, timeDimension: number, dateRange: DateRange): Query {
  return {
    ...query,
    timeDimensions: (query.timeDimensions ?? []).map((entry, index) =>
      index === timeDimension ? { ...entry, dateRange } : entry,
    ),
  }
}

function findComparison(cube: CubeQuery): AskedQuery['comparison'] {
  const found = (cube.timeDimensions ?? []).flatMap(({ compareDateRange }, index) =>
    compareDateRange == null ? [] : [{ index, ranges: compareDateRange }],
  )
  const [first, second] = found
  if (second !== undefined) {
    const path = `query.timeDimensions[${second.index}].compareDateRange`
    const message = 'only one time dimension may compare date ranges'
    throw new AnalyticsError('invalid_request', message, { problems: [{ path, message }] })
  }
  if (first !== undefined && cube.timeDimensions?.[first.index]?.dateRange != null) {
    const path = `query.timeDimensions[${first.index}].dateRange`
    const message = 'a time dimension has either dateRange or compareDateRange, not both'
    throw new AnalyticsError('invalid_request', message, { problems: [{ path, message }] })
  }
  return first
}

function toOrder(order: CubeOrder | undefined): [string, OrderDirection][] {
  if (order === undefined) return []
  const entries: readonly (readonly [string, OrderDirection | 'none'])[] = Array.isArray(order)
    ? order.map((entry) => (Array.isArray(entry) ? entry : ([entry.id, entry.desc ? 'desc' : 'asc'] as const)))
    : Object.entries(order)
  return entries.flatMap(([name, direction]) => (direction === 'none' ? [] : [[withoutGranularity(name), direction]]))
}

/** The granularity in `orders.created_at.month`. */
function granularityIn(name: string): string | undefined {
  const parts = name.split('.')
  return parts.length === 3 ? parts[2] : undefined
}

function withoutGranularity(name: string): string {
  return granularityIn(name) === undefined ? name : name.slice(0, name.lastIndexOf('.'))
}
