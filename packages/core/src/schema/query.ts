import { type Static, Type } from '@sinclair/typebox'
import { MemberName, TimeZone } from './common.ts'
import { Filter } from './filter.ts'

/** Bucket sizes of a time dimension. A week starts on Monday (ISO 8601). */
export const GRANULARITIES = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const
export const Granularity = Type.Union(GRANULARITIES.map((granularity) => Type.Literal(granularity)))
export type Granularity = Static<typeof Granularity>

/** Rows returned when a query names no limit. */
export const DEFAULT_LIMIT = 10_000
/** Highest limit a query may name; a server or a token may allow fewer. */
export const MAX_LIMIT = 50_000

/**
 * A span of time: `[first, last]` (ISO dates or times; a date as `last` includes that whole day), one date (that day), or
 * words such as `today`, `last 7 days`, `this quarter`, `from 30 days ago to now`. Read in the query's time zone.
 */
export const DateRange = Type.Union([
  Type.String({ minLength: 1, maxLength: 64 }),
  Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { minItems: 1, maxItems: 2 }),
])
export type DateRange = Static<typeof DateRange>

/** A time dimension with the bucket size to group by (no grouping when absent) and the span to keep (all time when absent). */
export const TimeDimension = Type.Object(
  {
    dimension: MemberName,
    granularity: Type.Optional(Granularity),
    dateRange: Type.Optional(DateRange),
  },
  { additionalProperties: false },
)
export type TimeDimension = Static<typeof TimeDimension>

/**
 * Groups a number dimension into bins `[n·width, (n+1)·width)`. Values below `min` count in the bin that starts at `min`,
 * values at or above `max` in the bin that starts at `max`. The column holds each bin's lower bound.
 */
export const Bin = Type.Object(
  {
    dimension: MemberName,
    width: Type.Number({ exclusiveMinimum: 0, maximum: 1e12 }),
    min: Type.Optional(Type.Number({ minimum: -1e15, maximum: 1e15 })),
    max: Type.Optional(Type.Number({ minimum: -1e15, maximum: 1e15 })),
  },
  { additionalProperties: false },
)
export type Bin = Static<typeof Bin>

export const OrderDirection = Type.Union([Type.Literal('asc'), Type.Literal('desc')])
export type OrderDirection = Static<typeof OrderDirection>

/** `{ member: direction }` or a list of `[member, direction]`; the list keeps its order in every JSON library. */
export const Order = Type.Union([
  Type.Record(MemberName, OrderDirection, { maxProperties: 20 }),
  Type.Array(Type.Tuple([MemberName, OrderDirection]), { maxItems: 20 }),
])
export type Order = Static<typeof Order>

/** One question to the semantic model. Carries names and values, never SQL. */
export const Query = Type.Object(
  {
    measures: Type.Optional(Type.Array(MemberName, { maxItems: 50 })),
    dimensions: Type.Optional(Type.Array(MemberName, { maxItems: 50 })),
    segments: Type.Optional(Type.Array(MemberName, { maxItems: 20 })),
    timeDimensions: Type.Optional(Type.Array(TimeDimension, { maxItems: 8 })),
    bins: Type.Optional(Type.Array(Bin, { maxItems: 4 })),
    filters: Type.Optional(Type.Array(Filter, { maxItems: 50 })),
    order: Type.Optional(Order),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_LIMIT, description: `Rows; ${DEFAULT_LIMIT} when absent.` }),
    ),
    offset: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 10_000_000, description: 'Rows to skip; 0 when absent.' }),
    ),
    total: Type.Optional(Type.Boolean({ description: 'Also count all rows the limit cuts off; false when absent.' })),
    timezone: Type.Optional(TimeZone),
    renewQuery: Type.Optional(
      Type.Boolean({ description: 'Ask the data source even if the answer is cached; false when absent.' }),
    ),
    ungrouped: Type.Optional(Type.Boolean({ description: 'Rows instead of groups; false when absent.' })),
  },
  { additionalProperties: false },
)
export type Query = Static<typeof Query>
