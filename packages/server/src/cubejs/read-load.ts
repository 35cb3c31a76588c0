import { AnalyticsError, type DateRange, type Query } from '@datainsight/core'
import { localDateRange } from '@datainsight/core/compile'
import type { CubeQueries, CubeQuery, ResponseFormat } from './cube-query.ts'
import { askAbout, toQuery } from './to-query.ts'

export type QueryType = 'regularQuery' | 'compareDateRangeQuery' | 'blendingQuery'

/** A query as answers quote it: every default written out and every span as two local times. It can be asked again. */
export type NormalizedQuery = Pick<
  CubeQuery,
  'measures' | 'dimensions' | 'segments' | 'filters' | 'limit' | 'rowLimit' | 'offset' | 'total' | 'ungrouped'
> & {
  readonly timezone: string
  readonly timeDimensions: readonly {
    readonly dimension: string
    readonly granularity?: string
    readonly dateRange?: readonly [string, string]
  }[]
  readonly order: readonly { readonly id: string; readonly desc: boolean }[]
  readonly responseFormat?: ResponseFormat
}

/** One statement of a load. */
export interface LoadPart {
  readonly query: Query
  readonly normalized: NormalizedQuery
  /** The span as rows of a comparison name it; undefined when nothing is compared. */
  readonly compareDateRange: string | undefined
}

/** What one request asks. */
export interface Load {
  readonly queryType: QueryType
  readonly parts: readonly LoadPart[]
  readonly pivotQuery: Record<string, unknown>
  readonly responseFormat: ResponseFormat
}

/** What relative dates and absent zones mean. */
export interface LoadContext {
  readonly now: Date
  /** Zone of the caller; UTC when undefined. */
  readonly timezone: string | undefined
}

/**
 * Reads the queries of a request: a list is blended, compared spans become one query each.
 * @throws AnalyticsError `invalid_request`, `invalid_filter`, `invalid_date_range` or `invalid_time_zone`.
 */
export function readLoad(given: CubeQueries, context: LoadContext): Load {
  const queries = Array.isArray(given) ? given : [given]
  const parts = queries.flatMap((cube) => readParts(cube, context))
  const compares = parts.some((part) => part.compareDateRange !== undefined)
  if (Array.isArray(given) && compares) {
    throw new AnalyticsError('invalid_request', 'a list of queries cannot compare date ranges', {
      hint: 'ask the comparison in a request of its own',
    })
  }
  const formats = new Set(queries.map(({ responseFormat }) => responseFormat ?? 'default'))
  if (formats.size > 1) {
    throw new AnalyticsError('invalid_request', 'the queries of a list must have the same responseFormat')
  }
  const queryType = Array.isArray(given) ? 'blendingQuery' : compares ? 'compareDateRangeQuery' : 'regularQuery'
  if (queryType === 'blendingQuery') requireOneGranularity(parts)
  const [responseFormat = 'default'] = formats
  return { queryType, parts, pivotQuery: pivotQueryOf(queryType, parts), responseFormat }
}

function readParts(cube: CubeQuery, context: LoadContext): LoadPart[] {
  const { query, comparison } = toQuery(cube)
  const timezone = query.timezone ?? context.timezone ?? 'UTC'
  const readRange = (range: DateRange) => localDateRange(range, { now: context.now, timezone })
  if (comparison === undefined) {
    return [{ query, normalized: normalize(cube, query, timezone, readRange), compareDateRange: undefined }]
  }
  return comparison.ranges.map((range) => {
    const asked = askAbout(query, comparison.index, range)
    return {
      query: asked,
      normalized: normalize(cube, asked, timezone, readRange),
      compareDateRange: readRange(range).join(' - '),
    }
  })
}

function normalize(
  cube: CubeQuery,
  query: Query,
  timezone: string,
  readRange: (range: DateRange) => readonly [string, string],
): NormalizedQuery {
  const order = (query.order ?? []) as readonly (readonly [string, string])[]
  const limit = cube.limit ?? cube.rowLimit
  return {
    measures: query.measures ?? [],
    dimensions: query.dimensions ?? [],
    segments: query.segments ?? [],
    filters: query.filters ?? [],
    timeDimensions: (query.timeDimensions ?? []).map(({ dimension, granularity, dateRange }) => ({
      dimension,
      ...(granularity !== undefined && { granularity }),
      ...(dateRange !== undefined && { dateRange: readRange(dateRange) }),
    })),
    order: order.map(([id, direction]) => ({ id, desc: direction === 'desc' })),
    ...(limit != null && { limit, rowLimit: limit }),
    ...(query.offset !== undefined && { offset: query.offset }),
    ...(query.total !== undefined && { total: query.total }),
    ...(query.ungrouped !== undefined && { ungrouped: query.ungrouped }),
    ...(cube.responseFormat !== undefined && { responseFormat: cube.responseFormat }),
    timezone,
  }
}

/** The client lays blended rows on one time axis, so that all must have it and have it alike. */
function requireOneGranularity(parts: readonly LoadPart[]): void {
  const granularities = parts.map(({ query }) => query.timeDimensions?.find((entry) => entry.granularity)?.granularity)
  const missing = granularities.indexOf(undefined)
  const other = granularities.findIndex((granularity) => granularity !== granularities[0])
  const index = missing >= 0 ? missing : other
  if (index < 0) return
  const message =
    missing >= 0
      ? 'every query of a list needs a time dimension with a granularity'
      : `all queries of a list need the same granularity: ${granularities[0]} and ${granularities[other]} differ`
  throw new AnalyticsError('invalid_request', message, {
    problems: [{ path: `query[${index}].timeDimensions`, message }],
  })
}

/** One query that stands for all: what the client's `ResultSet` lays its axes out by. */
function pivotQueryOf(queryType: QueryType, parts: readonly LoadPart[]): Record<string, unknown> {
  const first = parts[0]!.normalized
  if (queryType === 'regularQuery') return { ...first, queryType }
  if (queryType === 'compareDateRangeQuery') {
    return { ...first, dimensions: ['compareDateRange', ...(first.dimensions ?? [])], queryType }
  }
  const all = (key: 'measures' | 'dimensions') => [...new Set(parts.flatMap(({ normalized }) => normalized[key] ?? []))]
  const axis = first.timeDimensions.find(({ granularity }) => granularity !== undefined)
  return {
    measures: all('measures'),
    dimensions: all('dimensions'),
    timeDimensions: axis === undefined ? [] : [{ ...axis, dimension: BLENDED_TIME }],
    queryType,
  }
}

/** The name under which blended rows carry their common time, as `time.<granularity>`. */
export const BLENDED_TIME = 'time'
