import { type Static, Type } from '@sinclair/typebox'
import { Granularity } from './query.ts'
import { ValueFormat } from './value-format.ts'

export { VALUE_FORMATS, ValueFormat } from './value-format.ts'

/**
 * What the cells of a column hold.
 * `integer` and `number` are JSON numbers where exact, else (beyond 2^53) decimal strings; `decimal` is always a decimal string.
 * `time` is ISO 8601: UTC with `Z`, or, for a column with a granularity, the bucket's local start without an offset.
 */
export const COLUMN_TYPES = ['string', 'integer', 'number', 'decimal', 'boolean', 'time', 'geo'] as const
export const ColumnType = Type.Union(COLUMN_TYPES.map((type) => Type.Literal(type)))
export type ColumnType = Static<typeof ColumnType>

/**
 * What a column is. `dimension`, `time` and `measure` come from the model or from the query's calculations. The others tell rows
 * of one answer apart and stand between those that group and the measures: `grouping` (`$grouping`, with `subtotals`) is 0 on
 * detail rows and has bit i set where the i-th grouping column is summed up; `flag` (`$other`, with `topN.others`) is true on the
 * group of the rest; `period` (`$period`, with `compareDateRange`) is the position of the span in `meta.periods`.
 */
export const COLUMN_KINDS = ['dimension', 'time', 'measure', 'grouping', 'flag', 'period'] as const
export const ColumnKind = Type.Union(COLUMN_KINDS.map((kind) => Type.Literal(kind)))
export type ColumnKind = Static<typeof ColumnKind>

/** What one column is, enough to show it without asking the model again. */
export const Column = Type.Object(
  {
    name: Type.String({ description: 'The member, `cube.member`; `calc.<name>` or `$grouping`, `$other`, `$period`.' }),
    kind: ColumnKind,
    type: ColumnType,
    title: Type.String(),
    description: Type.Optional(Type.String()),
    format: Type.Optional(ValueFormat),
    currency: Type.Optional(Type.String({ description: 'ISO 4217 code when the format is `currency`.' })),
    unit: Type.Optional(
      Type.String({ description: 'Unit identifier of Intl.NumberFormat, such as `minute` or `mile`.' }),
    ),
    fractionDigits: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 10, description: 'Digits after the decimal point in full precision.' }),
    ),
    better: Type.Optional(
      Type.Union([Type.Literal('higher'), Type.Literal('lower')], {
        description: 'Which direction of change is good.',
      }),
    ),
    additive: Type.Optional(
      Type.Literal(true, {
        description:
          'Values of groups may be added up: counts and sums; absent for averages, shares and distinct counts.',
      }),
    ),
    granularity: Type.Optional(Granularity),
    customGranularity: Type.Optional(
      Type.String({ description: 'Name of the model’s own granularity, where the buckets are no `granularity`.' }),
    ),
    granularityTitle: Type.Optional(Type.String({ description: 'Title of the `customGranularity`.' })),
    bin: Type.Optional(
      Type.Object({
        width: Type.Number(),
        min: Type.Optional(Type.Number()),
        max: Type.Optional(Type.Number()),
      }),
    ),
    drillMembers: Type.Optional(
      Type.Array(Type.String(), { description: 'Members that show what a measure is made of.' }),
    ),
    masked: Type.Optional(
      Type.Literal(true, { description: 'The caller may not see the values: every cell is null.' }),
    ),
  },
  { additionalProperties: false },
)
export type Column = Static<typeof Column>

/** A cell. `null` is SQL's null; a query never turns it into 0 or "". */
export const Cell = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])
export type Cell = Static<typeof Cell>

/** Where an answer came from: `hit` stored bytes, `miss` the data source, `stale` stored bytes past their time. */
export const CACHE_STATES = ['hit', 'miss', 'stale'] as const
export const CacheState = Type.Union(CACHE_STATES.map((state) => Type.Literal(state)))
export type CacheState = Static<typeof CacheState>

/**
 * Why an answer says less than the data source: `not_finite` values are `NaN` or infinite, `no_date` values are days or times that
 * no calendar has or that are too far away, both null in the answer; `not_text` values held bytes that are no UTF-8, shown as �.
 */
export const WARNING_CODES = ['not_finite', 'no_date', 'not_text'] as const
export const WarningCode = Type.Union(WARNING_CODES.map((code) => Type.Literal(code)))
export type WarningCode = Static<typeof WarningCode>

/** Values of a column that are not what the data source has. */
export const ResultWarning = Type.Object(
  {
    code: WarningCode,
    column: Type.String({ description: 'Name of the column.' }),
    count: Type.Integer({ minimum: 1, description: 'Rows of the answer.' }),
    message: Type.String(),
  },
  { additionalProperties: false },
)
export type ResultWarning = Static<typeof ResultWarning>

export const ResultMeta = Type.Object(
  {
    requestId: Type.String(),
    cache: CacheState,
    durationMs: Type.Number({ description: 'Time in the server, milliseconds.' }),
    dataVersion: Type.String({ description: 'Changes when the data behind the answer changed.' }),
    rowCount: Type.Integer(),
    truncated: Type.Boolean({ description: 'The limit cut rows off.' }),
    total: Type.Optional(Type.Integer({ description: 'Rows without the limit, when the query asked for `total`.' })),
    timezone: Type.String({ description: 'The zone that dates were read and bucketed in.' }),
    dateRange: Type.Optional(
      Type.Tuple([Type.String(), Type.String()], {
        description:
          'The span the query kept, when it kept one: first and last moment, local to the zone, last inclusive.',
      }),
    ),
    periods: Type.Optional(
      Type.Array(Type.Tuple([Type.String(), Type.String()]), {
        description: 'The spans of `compareDateRange`, each like `dateRange`; the column `$period` counts them from 0.',
      }),
    ),
    nextCursor: Type.Optional(
      Type.String({
        description: 'The `cursor` that continues after the last row; absent when there are no more rows.',
      }),
    ),
    warnings: Type.Optional(
      Type.Array(ResultWarning, { description: 'What the answer cannot say; absent when it says everything.' }),
    ),
    refreshedAt: Type.String({ description: 'When the data source was asked, ISO 8601 UTC.' }),
  },
  { additionalProperties: false },
)
export type ResultMeta = Static<typeof ResultMeta>

/** The answer to a query: one array per column, all of `meta.rowCount` cells. */
export const ResultSet = Type.Object(
  {
    columns: Type.Array(Column),
    data: Type.Array(Type.Array(Cell)),
    meta: ResultMeta,
  },
  { additionalProperties: false },
)
export type ResultSet = Static<typeof ResultSet>
