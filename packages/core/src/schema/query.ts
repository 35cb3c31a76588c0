import { type Static, Type } from '@sinclair/typebox'
import { Identifier, MAX_NAME_LENGTH, MemberName, TimeZone, Title } from './common.ts'
import { Filter } from './filter.ts'
import { ValueFormat } from './value-format.ts'

/** Bucket sizes of a time dimension. A week starts on Monday (ISO 8601) and a year in January, unless the query says otherwise. */
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

/** Most spans one query may compare. */
export const MAX_COMPARED_RANGES = 8

/** Most columns of a query with subtotals or compared spans, counted once for each of them. */
export const MAX_ASKED_COLUMNS = 3_000

/** What stands in the measures of buckets without rows: null, or 0 where the measure is a count or a sum. */
export const FILL_VALUES = ['null', 'zero'] as const
export const Fill = Type.Union(FILL_VALUES.map((value) => Type.Literal(value)))
export type Fill = Static<typeof Fill>

/**
 * A time dimension with the bucket size to group by (no grouping when absent) and the span to keep (all time when absent).
 * `granularity` is one of {@link GRANULARITIES} or a granularity that the model gives this dimension. `compareDateRange` answers
 * the question once for each span, told apart by the column `$period`; one time dimension of a query may have it, instead of
 * `dateRange`. `fill` adds the buckets of the span that have no rows; it needs a granularity and a span.
 */
export const TimeDimension = Type.Object(
  {
    dimension: MemberName,
    granularity: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: MAX_NAME_LENGTH,
        description: `${GRANULARITIES.join(', ')}, or a granularity of the dimension.`,
      }),
    ),
    dateRange: Type.Optional(DateRange),
    compareDateRange: Type.Optional(Type.Array(DateRange, { minItems: 2, maxItems: MAX_COMPARED_RANGES })),
    fill: Type.Optional(Fill),
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

/** The name before the dot of a query's own calculations; no cube may have it. */
export const CALCULATION_PREFIX = 'calc'
/** Longest text of one calculation, in characters. */
export const MAX_EXPRESSION_LENGTH = 2_000

/**
 * A measure the query computes from others: `orders.revenue / orders.count`. Numbers, texts, names of measures, operators and a
 * closed list of functions; dividing by zero gives null. Its column, order and filters use the name `calc.<name>`.
 */
export const Calculation = Type.Object(
  {
    name: Identifier,
    expression: Type.String({ minLength: 1, maxLength: MAX_EXPRESSION_LENGTH }),
    title: Type.Optional(Title),
    format: Type.Optional(ValueFormat),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code.' })),
    unit: Type.Optional(Type.String({ pattern: '^[a-z]+(?:-[a-z]+)*$', maxLength: 64 })),
    fractionDigits: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
  },
  { additionalProperties: false },
)
export type Calculation = Static<typeof Calculation>

/** Most subtotals a query may list. */
export const MAX_SUBTOTALS = 32

/**
 * Rows that sum up others, told apart by the column `$grouping`. `true`: one for each grouping column from the last to the first,
 * and one for all. Lists: the grouping columns that each subtotal keeps; an empty list is the grand total.
 */
export const Subtotals = Type.Union([
  Type.Literal(true),
  Type.Array(Type.Array(MemberName, { maxItems: 20 }), { minItems: 1, maxItems: MAX_SUBTOTALS }),
])
export type Subtotals = Static<typeof Subtotals>

/**
 * Keeps the `limit` values of `dimension` with the highest `measure` (the query's first when absent), or the lowest with
 * direction `asc`; values that tie go by their own order. `others` puts the rest in one group with this label (`true`: `Others`),
 * told apart by the column `$other`; otherwise the rest is left out.
 */
export const TopN = Type.Object(
  {
    dimension: MemberName,
    limit: Type.Integer({ minimum: 1, maximum: 1_000 }),
    measure: Type.Optional(MemberName),
    direction: Type.Optional(OrderDirection),
    others: Type.Optional(Type.Union([Type.Boolean(), Type.String({ minLength: 1, maxLength: 200 })])),
  },
  { additionalProperties: false },
)
export type TopN = Static<typeof TopN>

/** Days a week may start on, in ISO order: 0 is Monday. */
export const WEEK_DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export const WeekDay = Type.Union(WEEK_DAYS.map((day) => Type.Literal(day)))
export type WeekDay = Static<typeof WeekDay>

/** Longest cursor, in characters. */
export const MAX_CURSOR_LENGTH = 32_000

/** One question to the semantic model. Carries names and values, never SQL. */
export const Query = Type.Object(
  {
    measures: Type.Optional(Type.Array(MemberName, { maxItems: 50 })),
    dimensions: Type.Optional(Type.Array(MemberName, { maxItems: 50 })),
    segments: Type.Optional(Type.Array(MemberName, { maxItems: 20 })),
    timeDimensions: Type.Optional(Type.Array(TimeDimension, { maxItems: 8 })),
    bins: Type.Optional(Type.Array(Bin, { maxItems: 4 })),
    calculations: Type.Optional(Type.Array(Calculation, { maxItems: 20 })),
    filters: Type.Optional(Type.Array(Filter, { maxItems: 50 })),
    order: Type.Optional(Order),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_LIMIT, description: `Rows; ${DEFAULT_LIMIT} when absent.` }),
    ),
    offset: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 10_000_000, description: 'Rows to skip; 0 when absent.' }),
    ),
    total: Type.Optional(Type.Boolean({ description: 'Also count all rows the limit cuts off; false when absent.' })),
    subtotals: Type.Optional(Subtotals),
    topN: Type.Optional(TopN),
    cursor: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: MAX_CURSOR_LENGTH,
        description:
          'Continue after the last row of an answer to the same question: its `meta.nextCursor`. Excludes `offset`.',
      }),
    ),
    timezone: Type.Optional(TimeZone),
    weekStart: Type.Optional(WeekDay),
    fiscalYearStart: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 12,
        description: 'Month in which years and quarters start, in words and buckets; 1 (January) when absent.',
      }),
    ),
    renewQuery: Type.Optional(
      Type.Boolean({ description: 'Ask the data source even if the answer is cached; false when absent.' }),
    ),
    maxStaleSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 86_400,
        description:
          'An answer may be given this long after its time, as `meta.cache: "stale"`, while a new one is fetched behind it; 0 when absent.',
      }),
    ),
    ungrouped: Type.Optional(Type.Boolean({ description: 'Rows instead of groups; false when absent.' })),
  },
  { additionalProperties: false },
)
export type Query = Static<typeof Query>
