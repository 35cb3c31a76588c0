import { type Static, Type } from '@sinclair/typebox'
import { AccessPolicySource } from './access-policy.ts'
import { Identifier, MAX_NAME_LENGTH } from './common.ts'
import { DimensionSource } from './dimension.ts'
import { MeasureSource } from './measure.ts'
import { CLOSED, DESCRIPTION, LocalTitle, MemberPath, Sql } from './model-parts.ts'
import { PreAggregationSource, RefreshKeySource } from './pre-aggregation.ts'

/** A condition with a name. */
export const SegmentSource = Type.Object({ ...DESCRIPTION, sql: Sql }, CLOSED)
export type SegmentSource = Static<typeof SegmentSource>

/** Each spelling of a relationship that models use, and what it means. */
export const RELATIONSHIPS = {
  one_to_one: 'one_to_one',
  one_to_many: 'one_to_many',
  many_to_one: 'many_to_one',
  has_one: 'one_to_one',
  has_many: 'one_to_many',
  belongs_to: 'many_to_one',
  hasOne: 'one_to_one',
  hasMany: 'one_to_many',
  belongsTo: 'many_to_one',
} as const

/**
 * A way from this cube to another. With `alias`, the joined cube plays a role: its members are named
 * `<alias>.<member>` in queries, so that one cube can be joined several times.
 */
export const JoinSource = Type.Object(
  {
    name: Identifier,
    alias: Type.Optional(Identifier),
    title: Type.Optional(LocalTitle),
    relationship: Type.Union(
      Object.keys(RELATIONSHIPS).map((word) => Type.Literal(word as keyof typeof RELATIONSHIPS)),
      { description: 'How many rows of each side belong together.' },
    ),
    type: Type.Optional(
      Type.Union([Type.Literal('left'), Type.Literal('inner'), Type.Literal('full')], {
        description: 'Which rows without a match stay: this cube’s (left, the default), none (inner), both (full).',
      }),
    ),
    sql: Sql,
  },
  { ...CLOSED, description: 'A way from this cube to rows of another.' },
)
export type JoinSource = Static<typeof JoinSource>

/** Levels to drill through, from coarse to fine. */
export const HierarchySource = Type.Object(
  { ...DESCRIPTION, levels: Type.Array(MemberPath, { minItems: 1, maxItems: 50 }) },
  { ...CLOSED, description: 'Levels to drill through, from coarse to fine.' },
)
export type HierarchySource = Static<typeof HierarchySource>

/**
 * A table, or a select, with what can be asked of it. With `extends` it starts from another cube: lists are merged by name,
 * other keys are kept unless given again, policies too.
 *
 * Read and kept, but without effect on answers: `meta`, links of measures and to dashboards, `order`, `sql_alias`,
 * `suggest_filter_values`; of a pre-aggregation also `external`, `allow_non_strict_date_range_match`, `output_column_types`,
 * `title`, `description`, `use_original_sql_pre_aggregations`, and whole ones of the types `original_sql`, `rollup_join` and
 * `rollup_lambda`, which only make answers faster elsewhere.
 */
export const CubeSource = Type.Object(
  {
    ...DESCRIPTION,
    sql_table: Type.Optional(Type.String({ minLength: 1, maxLength: 400, description: 'table or schema.table' })),
    sql: Type.Optional(Sql),
    sql_alias: Type.Optional(Identifier),
    extends: Type.Optional(Type.String({ minLength: 1, maxLength: MAX_NAME_LENGTH + 2 })),
    data_source: Type.Optional(Identifier),
    calendar: Type.Optional(Type.Boolean({ description: 'Whether its time dimensions define a calendar.' })),
    refresh_key: Type.Optional(RefreshKeySource),
    tenant_required: Type.Optional(
      Type.Boolean({
        description:
          'Policies open to everyone must limit rows by an attribute of the caller, and so must each policy that an embed token matches.',
      }),
    ),
    joins: Type.Optional(Type.Array(JoinSource, { maxItems: 100 })),
    dimensions: Type.Optional(Type.Array(DimensionSource, { maxItems: 1_000 })),
    measures: Type.Optional(Type.Array(MeasureSource, { maxItems: 1_000 })),
    segments: Type.Optional(Type.Array(SegmentSource, { maxItems: 200 })),
    hierarchies: Type.Optional(Type.Array(HierarchySource, { maxItems: 200 })),
    pre_aggregations: Type.Optional(Type.Array(PreAggregationSource, { maxItems: 200 })),
    access_policy: Type.Optional(Type.Array(AccessPolicySource, { maxItems: 100 })),
  },
  { ...CLOSED, description: 'A table, or a select, with what can be asked of it.' },
)
export type CubeSource = Static<typeof CubeSource>
