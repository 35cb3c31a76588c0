import { type Static, Type } from '@sinclair/typebox'
import { PolicyFilter } from './access-policy.ts'
import { Identifier, MAX_NAME_LENGTH } from './common.ts'
import {
  CLOSED,
  Classification,
  DESCRIPTION,
  IntervalText,
  LinkSource,
  Mask,
  MemberPath,
  MemberPaths,
  PRESENTATION,
  ShiftDirection,
  Sql,
  SqlObject,
} from './model-parts.ts'

/**
 * How far a measure looks back or forth, or by `name` a shift that a calendar cube's dimension declares.
 * Without `time_dimension` every time dimension of the query is shifted.
 */
export const TimeShiftSource = Type.Object(
  {
    time_dimension: Type.Optional(MemberPath),
    interval: Type.Optional(IntervalText),
    type: ShiftDirection,
    name: Type.Optional(Type.String({ pattern: '^\\w+$', maxLength: MAX_NAME_LENGTH })),
  },
  CLOSED,
)
export type TimeShiftSource = Static<typeof TimeShiftSource>

export const MEASURE_TYPES = [
  'count',
  'count_distinct',
  'count_distinct_approx',
  'sum',
  'avg',
  'min',
  'max',
  'median',
  'percentile',
  'number',
  'string',
  'time',
  'boolean',
  'rank',
] as const
/** `number`, `string`, `time` and `boolean` are expressions of aggregates or other measures; `rank` is multi-stage only. */
export const MeasureType = Type.Union(MEASURE_TYPES.map((type) => Type.Literal(type)))
export type MeasureType = Static<typeof MeasureType>

/** Rows around each bucket instead of the bucket's own; sizes are intervals or `unbounded`. */
const RollingWindowSource = Type.Object(
  {
    type: Type.Optional(
      Type.Union([
        Type.Literal('fixed'),
        Type.Literal('to_date'),
        Type.Literal('year_to_date'),
        Type.Literal('quarter_to_date'),
        Type.Literal('month_to_date'),
      ]),
    ),
    trailing: Type.Optional(IntervalText),
    leading: Type.Optional(IntervalText),
    offset: Type.Optional(Type.Union([Type.Literal('start'), Type.Literal('end')])),
    granularity: Type.Optional(Identifier),
  },
  CLOSED,
)

const OrderBy = Type.Object(
  { sql: Sql, dir: Type.Optional(Type.Union([Type.Literal('asc'), Type.Literal('desc')])) },
  CLOSED,
)

/** One measure for each value of a switch dimension. */
const MeasureCase = Type.Object(
  {
    switch: Sql,
    when: Type.Array(Type.Object({ value: Type.String({ maxLength: 200 }), sql: Sql }, CLOSED), {
      minItems: 1,
      maxItems: 500,
    }),
    else: SqlObject,
  },
  CLOSED,
)

/** Which of the query's filters the inner stage of a multi-stage measure keeps, drops or gets in addition. */
const StageFilter = Type.Object(
  {
    exclude: Type.Optional(MemberPaths),
    keep_only: Type.Optional(MemberPaths),
    include: Type.Optional(Type.Array(PolicyFilter, { maxItems: 50 })),
    mode: Type.Optional(Type.Union([Type.Literal('relative'), Type.Literal('fixed')])),
  },
  CLOSED,
)

/** A number made of many rows. `number_agg` is an old synonym of `number`. */
export const MeasureSource = Type.Object(
  {
    ...DESCRIPTION,
    ...PRESENTATION,
    type: Type.Union([...MEASURE_TYPES.map((type) => Type.Literal(type)), Type.Literal('number_agg')]),
    sql: Type.Optional(Sql),
    percentile: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'Of type percentile: 0.95 is the 95th.' }),
    ),
    filters: Type.Optional(Type.Array(SqlObject, { maxItems: 20 })),
    rolling_window: Type.Optional(RollingWindowSource),
    multi_stage: Type.Optional(Type.Boolean()),
    time_shift: Type.Optional(Type.Array(TimeShiftSource, { minItems: 1, maxItems: 20 })),
    group_by: Type.Optional(MemberPaths),
    reduce_by: Type.Optional(MemberPaths),
    add_group_by: Type.Optional(MemberPaths),
    grain: Type.Optional(
      Type.Object(
        {
          keep_only: Type.Optional(MemberPaths),
          exclude: Type.Optional(MemberPaths),
          include: Type.Optional(MemberPaths),
        },
        {
          ...CLOSED,
          description: 'The newer way to write group_by (keep_only), reduce_by (exclude) and add_group_by (include).',
        },
      ),
    ),
    filter: Type.Optional(StageFilter),
    order_by: Type.Optional(Type.Array(OrderBy, { maxItems: 20 })),
    case: Type.Optional(MeasureCase),
    drill_members: Type.Optional(MemberPaths),
    links: Type.Optional(Type.Array(LinkSource, { maxItems: 20 })),
    better: Type.Optional(
      Type.Union([Type.Literal('higher'), Type.Literal('lower')], {
        description: 'Which direction of change is good.',
      }),
    ),
    mask: Mask,
    classification: Classification,
  },
  { ...CLOSED, description: 'A number made of many rows.' },
)
export type MeasureSource = Static<typeof MeasureSource>
