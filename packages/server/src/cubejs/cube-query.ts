import {
  DateRange,
  FilterOperator,
  MAX_COMPARED_RANGES,
  MAX_LIMIT,
  MemberName,
  Scalar,
  TimeZone,
} from '@datainsight/core'
import { type Static, Type } from '@sinclair/typebox'

/** Most queries of one blending request. */
export const MAX_BLENDED_QUERIES = 10

/** A condition as Cube writes it: `dimension` is the older name of `member`, and null among the values stands for "not set". */
export const CubeCondition = Type.Object(
  {
    member: Type.Optional(MemberName),
    dimension: Type.Optional(MemberName),
    operator: FilterOperator,
    values: Type.Optional(Type.Array(Type.Union([Scalar, Type.Null()]), { maxItems: 1_000 })),
  },
  { additionalProperties: false },
)
export type CubeCondition = Static<typeof CubeCondition>

export type CubeFilter = CubeCondition | { and: CubeFilter[] } | { or: CubeFilter[] }
export const CubeFilter = Type.Recursive(
  (self) =>
    Type.Union([
      CubeCondition,
      Type.Object({ and: Type.Array(self, { minItems: 1, maxItems: 50 }) }, { additionalProperties: false }),
      Type.Object({ or: Type.Array(self, { minItems: 1, maxItems: 50 }) }, { additionalProperties: false }),
    ]),
  { $id: 'CubeFilter' },
)

export const CubeTimeDimension = Type.Object(
  {
    dimension: MemberName,
    granularity: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 128 }), Type.Null()])),
    dateRange: Type.Optional(Type.Union([DateRange, Type.Null()])),
    compareDateRange: Type.Optional(
      Type.Union([Type.Array(DateRange, { minItems: 1, maxItems: MAX_COMPARED_RANGES }), Type.Null()]),
    ),
  },
  { additionalProperties: false },
)
export type CubeTimeDimension = Static<typeof CubeTimeDimension>

const Direction = Type.Union([Type.Literal('asc'), Type.Literal('desc'), Type.Literal('none')])

/** What sorts the rows; `none` leaves a member out. The last form is the one answers quote their query in. */
export const CubeOrder = Type.Union([
  Type.Record(MemberName, Direction, { maxProperties: 20 }),
  Type.Array(Type.Tuple([MemberName, Direction]), { maxItems: 20 }),
  Type.Array(Type.Object({ id: MemberName, desc: Type.Boolean() }, { additionalProperties: false }), { maxItems: 20 }),
])
export type CubeOrder = Static<typeof CubeOrder>

/** How the rows of an answer are laid out: objects, lists with one list of names, or one list per column. */
export const RESPONSE_FORMATS = ['default', 'compact', 'columnar'] as const
export const ResponseFormat = Type.Union(RESPONSE_FORMATS.map((format) => Type.Literal(format)))
export type ResponseFormat = Static<typeof ResponseFormat>

/** 0 asks for the annotation alone. */
const RowLimit = Type.Union([Type.Integer({ minimum: 0, maximum: MAX_LIMIT }), Type.Null()])

/** A query in Cube's format. Dimensions may carry a granularity, `orders.created_at.month`. */
export const CubeQuery = Type.Object(
  {
    measures: Type.Optional(Type.Array(MemberName, { maxItems: 50 })),
    dimensions: Type.Optional(Type.Array(MemberName, { maxItems: 50 })),
    segments: Type.Optional(Type.Array(MemberName, { maxItems: 20 })),
    timeDimensions: Type.Optional(Type.Array(CubeTimeDimension, { maxItems: 8 })),
    filters: Type.Optional(Type.Array(CubeFilter, { maxItems: 50 })),
    order: Type.Optional(CubeOrder),
    limit: Type.Optional(RowLimit),
    rowLimit: Type.Optional(RowLimit),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
    total: Type.Optional(Type.Boolean()),
    timezone: Type.Optional(TimeZone),
    renewQuery: Type.Optional(Type.Boolean()),
    ungrouped: Type.Optional(Type.Boolean()),
    responseFormat: Type.Optional(ResponseFormat),
    joinHints: Type.Optional(
      Type.Array(Type.Array(MemberName, { maxItems: 20 }), {
        maxItems: 0,
        description: 'Must be empty: the ways between cubes are those of the model.',
      }),
    ),
  },
  { additionalProperties: false },
)
export type CubeQuery = Static<typeof CubeQuery>

/** One query, or several to be shown in one chart. */
export const CubeQueries = Type.Union([
  CubeQuery,
  Type.Array(CubeQuery, { minItems: 1, maxItems: MAX_BLENDED_QUERIES }),
])
export type CubeQueries = Static<typeof CubeQueries>

/**
 * How fresh an answer must be. `no-cache` asks the data source, `stale-while-revalidate` takes old rows while new ones are fetched;
 * the others never answer older than the cache allows.
 */
export const CACHE_MODES = ['stale-if-slow', 'stale-while-revalidate', 'must-revalidate', 'no-cache'] as const
export const CacheMode = Type.Union(CACHE_MODES.map((mode) => Type.Literal(mode)))

/** What `load` and `subscribe` take, as a body or as parameters of the address. */
export const LoadInput = Type.Object(
  {
    query: CubeQueries,
    queryType: Type.Optional(Type.Union([Type.Literal('multi'), Type.Literal('regularQuery')])),
    cache: Type.Optional(CacheMode),
  },
  { additionalProperties: false },
)
export type LoadInput = Static<typeof LoadInput>

/** What `sql` and `dry-run` take. */
export const QueryInput = Type.Object({ query: CubeQueries }, { additionalProperties: false })
export type QueryInput = Static<typeof QueryInput>
