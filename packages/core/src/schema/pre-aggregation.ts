import { type Static, Type } from '@sinclair/typebox'
import { Description, Identifier } from './common.ts'
import {
  CLOSED,
  IntervalText,
  LocalTitle,
  MemberPath,
  MemberPaths,
  Meta,
  Public,
  Sql,
  SqlObject,
} from './model-parts.ts'

/** When data counts as changed: after a time, when a query answers something else, or never. */
export const RefreshKeySource = Type.Object(
  {
    every: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'An interval, or a cron expression of 5 or 6 fields.' }),
    ),
    timezone: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'Of a cron expression.' })),
    sql: Type.Optional(Sql),
    immutable: Type.Optional(Type.Boolean()),
    incremental: Type.Optional(Type.Boolean()),
    update_window: Type.Optional(IntervalText),
  },
  { ...CLOSED, description: 'When data counts as changed.' },
)
export type RefreshKeySource = Static<typeof RefreshKeySource>

const PRE_AGGREGATION_TYPES = ['rollup', 'original_sql', 'rollup_join', 'rollup_lambda'] as const

/** A stored answer that later queries are computed from. */
export const PreAggregationSource = Type.Object(
  {
    name: Identifier,
    type: Type.Optional(Type.Union(PRE_AGGREGATION_TYPES.map((type) => Type.Literal(type)))),
    title: Type.Optional(LocalTitle),
    description: Type.Optional(Description),
    meta: Meta,
    public: Public,
    measures: Type.Optional(MemberPaths),
    dimensions: Type.Optional(MemberPaths),
    segments: Type.Optional(MemberPaths),
    time_dimension: Type.Optional(MemberPath),
    granularity: Type.Optional(Identifier),
    time_dimensions: Type.Optional(
      Type.Array(Type.Object({ dimension: MemberPath, granularity: Type.Optional(Identifier) }, CLOSED), {
        maxItems: 20,
      }),
    ),
    partition_granularity: Type.Optional(
      Type.Union(
        (['hour', 'day', 'week', 'month', 'quarter', 'year'] as const).map((granularity) => Type.Literal(granularity)),
      ),
    ),
    refresh_key: Type.Optional(RefreshKeySource),
    build_range_start: Type.Optional(SqlObject),
    build_range_end: Type.Optional(SqlObject),
    indexes: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: Identifier,
            columns: MemberPaths,
            type: Type.Optional(Type.Union([Type.Literal('regular'), Type.Literal('aggregate')])),
          },
          CLOSED,
        ),
        { maxItems: 50 },
      ),
    ),
    rollups: Type.Optional(MemberPaths),
    union_with_source_data: Type.Optional(Type.Boolean()),
    allow_non_strict_date_range_match: Type.Optional(Type.Boolean()),
    use_original_sql_pre_aggregations: Type.Optional(Type.Boolean()),
    scheduled_refresh: Type.Optional(Type.Boolean()),
    external: Type.Optional(Type.Boolean()),
    output_column_types: Type.Optional(
      Type.Array(Type.Object({ member: MemberPath, type: Type.String({ maxLength: 100 }) }, CLOSED), {
        maxItems: 500,
      }),
    ),
  },
  { ...CLOSED, description: 'A stored answer that later queries are computed from.' },
)
export type PreAggregationSource = Static<typeof PreAggregationSource>
