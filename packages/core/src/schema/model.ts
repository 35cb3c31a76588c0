import { type Static, Type } from '@sinclair/typebox'
import { Description, Identifier, Scalar, Title } from './common.ts'
import { FilterOperator } from './filter.ts'
import { ValueFormat } from './result.ts'

/** SQL a model author wrote. `{CUBE}` is the cube's own alias, `{member}` and `{cube.member}` another member's expression. */
const Sql = Type.String({ minLength: 1, maxLength: 20_000 })

const Meta = Type.Optional(Type.Record(Type.String(), Type.Unknown(), { maxProperties: 50 }))

/** What every member may say of itself. */
const DESCRIPTION = {
  name: Identifier,
  title: Type.Optional(Title),
  description: Type.Optional(Description),
  public: Type.Optional(Type.Boolean({ description: 'Whether queries may name it; true when absent.' })),
  meta: Meta,
}

/** How values are shown. */
const PRESENTATION = {
  format: Type.Optional(ValueFormat),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  unit: Type.Optional(Type.String({ pattern: '^[a-z]+(?:-[a-z]+)*$', maxLength: 64 })),
  fraction_digits: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
}

export const DIMENSION_TYPES = ['string', 'number', 'time', 'boolean', 'geo'] as const
export const DimensionType = Type.Union(DIMENSION_TYPES.map((type) => Type.Literal(type)))
export type DimensionType = Static<typeof DimensionType>

export const DimensionSource = Type.Object(
  {
    ...DESCRIPTION,
    ...PRESENTATION,
    type: DimensionType,
    sql: Type.Optional(Sql),
    primary_key: Type.Optional(Type.Boolean()),
    latitude: Type.Optional(Type.Object({ sql: Sql }, { additionalProperties: false })),
    longitude: Type.Optional(Type.Object({ sql: Sql }, { additionalProperties: false })),
  },
  { additionalProperties: false },
)
export type DimensionSource = Static<typeof DimensionSource>

export const MEASURE_TYPES = ['count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'number'] as const
export const MeasureType = Type.Union(MEASURE_TYPES.map((type) => Type.Literal(type)))
export type MeasureType = Static<typeof MeasureType>

export const MeasureSource = Type.Object(
  {
    ...DESCRIPTION,
    ...PRESENTATION,
    type: MeasureType,
    sql: Type.Optional(Sql),
    filters: Type.Optional(Type.Array(Type.Object({ sql: Sql }, { additionalProperties: false }), { maxItems: 20 })),
    better: Type.Optional(Type.Union([Type.Literal('higher'), Type.Literal('lower')])),
  },
  { additionalProperties: false },
)
export type MeasureSource = Static<typeof MeasureSource>

export const SegmentSource = Type.Object({ ...DESCRIPTION, sql: Sql }, { additionalProperties: false })
export type SegmentSource = Static<typeof SegmentSource>

/**
 * A way from this cube to one row of another. With `alias`, the joined cube plays a role: its members are named
 * `<alias>.<member>` in queries, so that one cube can be joined several times.
 */
export const JoinSource = Type.Object(
  {
    name: Identifier,
    alias: Type.Optional(Identifier),
    title: Type.Optional(Title),
    relationship: Type.Literal('many_to_one'),
    sql: Sql,
  },
  { additionalProperties: false },
)
export type JoinSource = Static<typeof JoinSource>

/** A condition of a row rule. A value may be `{ securityContext.<attribute> }`; a list attribute stands for all its values. */
export const PolicyCondition = Type.Object(
  {
    member: Type.String({ minLength: 1, maxLength: 260 }),
    operator: FilterOperator,
    values: Type.Optional(Type.Array(Scalar, { maxItems: 1_000 })),
  },
  { additionalProperties: false },
)
export type PolicyCondition = Static<typeof PolicyCondition>
export type PolicyFilter = PolicyCondition | { and: PolicyFilter[] } | { or: PolicyFilter[] }
export const PolicyFilter = Type.Recursive((self) =>
  Type.Union([
    PolicyCondition,
    Type.Object({ and: Type.Array(self, { minItems: 1, maxItems: 50 }) }, { additionalProperties: false }),
    Type.Object({ or: Type.Array(self, { minItems: 1, maxItems: 50 }) }, { additionalProperties: false }),
  ]),
)

const MemberList = Type.Union([Type.Literal('*'), Type.Array(Identifier, { maxItems: 500 })])

/**
 * What callers of a role may see of a cube. `role` (or its synonym `group`) `"*"` is everyone. All policies of a caller are
 * joined by "or". A cube with policies shows nothing to a caller whom none matches; embed tokens see nothing of a cube without policies.
 */
export const AccessPolicySource = Type.Object(
  {
    role: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    group: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    member_level: Type.Optional(
      Type.Object(
        { includes: Type.Optional(MemberList), excludes: Type.Optional(MemberList) },
        { additionalProperties: false },
      ),
    ),
    row_level: Type.Optional(
      Type.Object(
        {
          filters: Type.Optional(Type.Array(PolicyFilter, { maxItems: 50 })),
          allow_all: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type AccessPolicySource = Static<typeof AccessPolicySource>

export const CubeSource = Type.Object(
  {
    ...DESCRIPTION,
    sql_table: Type.Optional(Type.String({ minLength: 1, maxLength: 400 })),
    sql: Type.Optional(Sql),
    data_source: Type.Optional(Identifier),
    joins: Type.Optional(Type.Array(JoinSource, { maxItems: 100 })),
    dimensions: Type.Optional(Type.Array(DimensionSource, { maxItems: 1_000 })),
    measures: Type.Optional(Type.Array(MeasureSource, { maxItems: 1_000 })),
    segments: Type.Optional(Type.Array(SegmentSource, { maxItems: 200 })),
    access_policy: Type.Optional(Type.Array(AccessPolicySource, { maxItems: 100 })),
  },
  { additionalProperties: false },
)
export type CubeSource = Static<typeof CubeSource>

/** One model file as its author writes it, in YAML or JSON. The keys are those of Cube's data model. */
export const ModelSource = Type.Object(
  { cubes: Type.Optional(Type.Array(CubeSource, { maxItems: 5_000 })) },
  { additionalProperties: false },
)
export type ModelSource = Static<typeof ModelSource>
