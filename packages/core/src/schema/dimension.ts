import { type Static, Type } from '@sinclair/typebox'
import { Identifier, MAX_NAME_LENGTH } from './common.ts'
import {
  CLOSED,
  Classification,
  DESCRIPTION,
  IntervalText,
  LinkSource,
  LocalTitle,
  Mask,
  PRESENTATION,
  ShiftDirection,
  Sql,
  SqlObject,
} from './model-parts.ts'

export const DIMENSION_TYPES = [
  'string',
  'number',
  'integer',
  'decimal',
  'currency',
  'time',
  'boolean',
  'geo',
  'switch',
] as const
/**
 * `number` is any number; `integer`, `decimal` and `currency` have exact column types (`integer`, `decimal`, `decimal`).
 * `switch` has a closed list of `values` and, without `sql`, no column: it chooses what `case` measures do.
 */
export const DimensionType = Type.Union(DIMENSION_TYPES.map((type) => Type.Literal(type)))
export type DimensionType = Static<typeof DimensionType>

/** A bucket size of a time dimension: an interval from an origin, or, in a calendar cube, a column with each bucket's start. */
export const GranularitySource = Type.Object(
  {
    name: Identifier,
    title: Type.Optional(LocalTitle),
    interval: Type.Optional(IntervalText),
    offset: Type.Optional(IntervalText),
    origin: Type.Optional(
      Type.String({ maxLength: 40, description: 'ISO 8601 start of one bucket; not with offset.' }),
    ),
    sql: Type.Optional(Sql),
  },
  { ...CLOSED, description: 'A bucket size of a time dimension.' },
)
export type GranularitySource = Static<typeof GranularitySource>

/** A shift that a calendar cube gives one of its time dimensions: a column with the shifted time, or an interval with a name. */
export const CalendarShiftSource = Type.Object(
  {
    name: Type.Optional(Type.String({ pattern: '^\\w+$', maxLength: MAX_NAME_LENGTH })),
    interval: Type.Optional(IntervalText),
    type: ShiftDirection,
    sql: Type.Optional(Sql),
  },
  CLOSED,
)
export type CalendarShiftSource = Static<typeof CalendarShiftSource>

const Label = Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean(), SqlObject])

/** A value for each condition, the first that holds. */
const DimensionCase = Type.Object(
  {
    when: Type.Array(Type.Object({ sql: Sql, label: Label }, CLOSED), { minItems: 1, maxItems: 500 }),
    else: Type.Optional(Type.Object({ label: Label }, CLOSED)),
  },
  CLOSED,
)

/** An attribute of a row: what queries group and filter by. */
export const DimensionSource = Type.Object(
  {
    ...DESCRIPTION,
    ...PRESENTATION,
    type: DimensionType,
    sql: Type.Optional(Sql),
    case: Type.Optional(DimensionCase),
    values: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        minItems: 1,
        maxItems: 1_000,
        description: 'What a switch may be.',
      }),
    ),
    primary_key: Type.Optional(Type.Boolean({ description: 'Part of the key; several together are a composite key.' })),
    sub_query: Type.Optional(Type.Boolean({ description: 'sql names a measure of another cube, answered per row.' })),
    propagate_filters_to_sub_query: Type.Optional(
      Type.Boolean({ description: 'Whether the query’s filters apply inside the sub-query.' }),
    ),
    latitude: Type.Optional(SqlObject),
    longitude: Type.Optional(SqlObject),
    granularities: Type.Optional(Type.Array(GranularitySource, { maxItems: 50 })),
    time_shift: Type.Optional(Type.Array(CalendarShiftSource, { maxItems: 50 })),
    order: Type.Optional(
      Type.Union([Type.Literal('asc'), Type.Literal('desc')], { description: 'A hint for clients, not applied.' }),
    ),
    links: Type.Optional(Type.Array(LinkSource, { maxItems: 20 })),
    suggest_filter_values: Type.Optional(Type.Boolean({ description: 'A hint for clients.' })),
    mask: Mask,
    classification: Classification,
  },
  { ...CLOSED, description: 'An attribute of a row: what queries group and filter by.' },
)
export type DimensionSource = Static<typeof DimensionSource>
