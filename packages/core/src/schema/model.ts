import { type Static, Type } from '@sinclair/typebox'
import { Description, Identifier, MAX_NAME_LENGTH, Scalar, Title } from './common.ts'
import { FilterOperator } from './filter.ts'

/** Object from outside: unknown keys are errors. */
const CLOSED = { additionalProperties: false } as const

/** SQL a model author wrote. `{CUBE}` is the cube's own alias, `{member}` and `{cube.member}` another member's expression. */
const Sql = Type.String({
  minLength: 1,
  maxLength: 20_000,
  description: 'SQL; {CUBE}.column, {member} and {cube.member} are references.',
})
const SqlObject = Type.Object({ sql: Sql }, CLOSED)

/** The name of a member, of this cube or, with a path before it, of another: `status`, `CUBE.status`, `users.orders.status`. */
const MemberPath = Type.String({
  minLength: 1,
  maxLength: 8 * (MAX_NAME_LENGTH + 1),
  description: 'A member: status, CUBE.status or orders.status.',
})
const MemberPaths = Type.Array(MemberPath, { maxItems: 500 })

/** A duration such as `1 month` or `1 year 6 months`; checked when the model is read. */
const IntervalText = Type.String({ minLength: 1, maxLength: 100, description: 'Such as 1 day or 1 year 6 months.' })

/** One text, or one for each language: `{ en: Revenue, de: Umsatz }`. */
export const LocalTitle = Type.Union(
  [
    Title,
    Type.Record(Type.String({ pattern: '^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$' }), Title, { maxProperties: 100 }),
  ],
  { description: 'Shown to people: a text, or one for each language.' },
)
export type LocalTitle = Static<typeof LocalTitle>

const Meta = Type.Optional(
  Type.Record(Type.String(), Type.Unknown(), { maxProperties: 50, description: 'Handed to clients as it is.' }),
)
const Public = Type.Optional(Type.Boolean({ description: 'Whether queries may name it; true when absent.' }))

/** What everything with a name may say of itself. `shown` is the old name of `public`. */
const DESCRIPTION = {
  name: Identifier,
  title: Type.Optional(LocalTitle),
  description: Type.Optional(Description),
  public: Public,
  shown: Public,
  meta: Meta,
}

/** How values are shown. */
const PRESENTATION = {
  format: Type.Optional(
    Type.Union(
      [
        Type.String({ minLength: 1, maxLength: 100 }),
        Type.Object({ type: Type.Literal('link'), label: Type.Optional(Title) }, CLOSED),
      ],
      {
        description:
          'number, percent, currency, id, weekday, hour, link, imageUrl, image_url, or for a time a strftime pattern; { type: link, label } for a link with a text.',
      },
    ),
  ),
  currency: Type.Optional(Type.String({ pattern: '^[A-Za-z]{3}$', description: 'ISO 4217 code.' })),
  unit: Type.Optional(
    Type.String({
      pattern: '^[a-z]+(?:-[a-z]+)*$',
      maxLength: 64,
      description: 'Unit of Intl.NumberFormat, such as minute.',
    }),
  ),
  fraction_digits: Type.Optional(Type.Integer({ minimum: 0, maximum: 10, description: 'Digits after the point.' })),
}

/** What the value becomes for a caller whose policy masks the member; null when absent. */
const Mask = Type.Optional(
  Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean(), SqlObject], {
    description: 'Stands in for the value where a policy masks it; null when absent.',
  }),
)

const Classification = Type.Optional(
  Type.Literal('pii', { description: 'Masked unless a policy names the member in member_level.includes.' }),
)

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

const ShiftDirection = Type.Optional(
  Type.Union([Type.Literal('prior'), Type.Literal('next')], {
    description: 'Back (prior) or forth (next) in time.',
  }),
)

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

/** A link shown with a value. Kept for clients; nothing of it runs here. */
const LinkSource = Type.Object(
  {
    name: Type.Optional(Identifier),
    label: Type.Optional(Title),
    title: Type.Optional(Title),
    url: Type.Optional(Type.String({ maxLength: 2_000 })),
    sql: Type.Optional(Sql),
    dashboard: Type.Optional(Type.String({ maxLength: 200 })),
    target: Type.Optional(Type.String({ maxLength: 40 })),
    icon: Type.Optional(Type.String({ maxLength: 200 })),
    primary: Type.Optional(Type.Boolean()),
    params: Type.Optional(
      Type.Array(
        Type.Object({ key: Type.String({ maxLength: 200 }), value: Type.String({ maxLength: 1_000 }) }, CLOSED),
        { maxItems: 50 },
      ),
    ),
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

/** A condition of a row rule. A value may be `{ securityContext.<attribute> }`; a list attribute stands for all its values. */
export const PolicyCondition = Type.Object(
  {
    member: Type.String({ minLength: 1, maxLength: 260 }),
    operator: FilterOperator,
    values: Type.Optional(Type.Array(Scalar, { maxItems: 1_000 })),
  },
  CLOSED,
)
export type PolicyCondition = Static<typeof PolicyCondition>
export type PolicyFilter = PolicyCondition | { and: PolicyFilter[] } | { or: PolicyFilter[] }
export const PolicyFilter = Type.Recursive(
  (self) =>
    Type.Union([
      PolicyCondition,
      Type.Object({ and: Type.Array(self, { minItems: 1, maxItems: 50 }) }, CLOSED),
      Type.Object({ or: Type.Array(self, { minItems: 1, maxItems: 50 }) }, CLOSED),
    ]),
  { $id: 'PolicyFilter' },
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

const MemberList = Type.Union([Type.Literal('*'), Type.Array(Identifier, { maxItems: 500 })])
const MemberLists = Type.Object({ includes: Type.Optional(MemberList), excludes: Type.Optional(MemberList) }, CLOSED)
const RoleName = Type.String({ minLength: 1, maxLength: 128 })

/**
 * What callers of a role may see of a cube or a view. `role` (or its synonym `group`) `"*"` is everyone, `groups` lists several.
 * All policies of a caller are joined by "or". A cube with policies shows nothing to a caller whom none matches; embed tokens see
 * nothing of a cube without policies. `conditions` must all hold for the policy to count. Members of `member_masking` that no
 * policy of the caller opens are shown masked.
 */
export const AccessPolicySource = Type.Object(
  {
    role: Type.Optional(RoleName),
    group: Type.Optional(RoleName),
    groups: Type.Optional(Type.Array(RoleName, { minItems: 1, maxItems: 100 })),
    conditions: Type.Optional(
      Type.Array(
        Type.Object({ if: Type.Union([Type.String({ minLength: 1, maxLength: 500 }), Type.Boolean()]) }, CLOSED),
        {
          maxItems: 20,
        },
      ),
    ),
    member_level: Type.Optional(MemberLists),
    member_masking: Type.Optional(MemberLists),
    row_level: Type.Optional(
      Type.Object(
        {
          filters: Type.Optional(Type.Array(PolicyFilter, { maxItems: 50 })),
          allow_all: Type.Optional(Type.Boolean()),
        },
        CLOSED,
      ),
    ),
  },
  { ...CLOSED, description: 'What callers of a role may see.' },
)
export type AccessPolicySource = Static<typeof AccessPolicySource>

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

/** A member taken into a view, perhaps under another name. */
const ViewInclude = Type.Union([
  Identifier,
  Type.Object({ ...DESCRIPTION, ...PRESENTATION, alias: Type.Optional(Identifier) }, CLOSED),
])

/** Members of one cube that a view shows. `join_path` names the cubes on the way from the view's root: `orders.customers`. */
const ViewCubeSource = Type.Object(
  {
    join_path: Type.String({ minLength: 1, maxLength: 16 * (MAX_NAME_LENGTH + 1) }),
    includes: Type.Union([Type.Literal('*'), Type.Array(ViewInclude, { maxItems: 1_000 })]),
    excludes: Type.Optional(Type.Array(Identifier, { maxItems: 1_000 })),
    prefix: Type.Optional(Type.Boolean({ description: 'Whether names start with the cube’s: users_city.' })),
    alias: Type.Optional(Identifier),
  },
  { ...CLOSED, description: 'Members of one cube that a view shows.' },
)
export type ViewCubeSource = Static<typeof ViewCubeSource>

/** A group of a view's members in lists: names, other folders, or all members of a join path. */
export type FolderSource = {
  name: string
  title?: LocalTitle
  includes: '*' | (string | FolderSource | { join_path: string })[]
}
export const FolderSource = Type.Recursive(
  (self) =>
    Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 200 }),
        title: Type.Optional(LocalTitle),
        includes: Type.Union([
          Type.Literal('*'),
          Type.Array(
            Type.Union([
              Identifier,
              self,
              Type.Object({ join_path: Type.String({ minLength: 1, maxLength: 2_000 }) }, CLOSED),
            ]),
            { maxItems: 1_000 },
          ),
        ]),
      },
      CLOSED,
    ),
  { $id: 'FolderSource' },
)

/** A condition of a view, unless the query has one of its own on the members listed. */
const DefaultFilterSource = Type.Object(
  { ...PolicyCondition.properties, unless: Type.Optional(MemberPaths) },
  { ...CLOSED, description: 'A condition of queries through the view; released by conditions on members in unless.' },
)

/** Members of several cubes under one name. */
export const ViewSource = Type.Object(
  {
    ...DESCRIPTION,
    extends: Type.Optional(Type.String({ minLength: 1, maxLength: MAX_NAME_LENGTH + 2 })),
    view_group: Type.Optional(Identifier),
    view_groups: Type.Optional(Type.Array(Identifier, { maxItems: 50 })),
    cubes: Type.Optional(Type.Array(ViewCubeSource, { maxItems: 200 })),
    folders: Type.Optional(Type.Array(FolderSource, { maxItems: 200 })),
    default_filters: Type.Optional(Type.Array(DefaultFilterSource, { maxItems: 50 })),
    access_policy: Type.Optional(Type.Array(AccessPolicySource, { maxItems: 100 })),
  },
  { ...CLOSED, description: 'Members of several cubes under one name.' },
)
export type ViewSource = Static<typeof ViewSource>

/** A collection of views in lists. */
export const ViewGroupSource = Type.Object(
  {
    name: Identifier,
    title: Type.Optional(LocalTitle),
    description: Type.Optional(Description),
    views: Type.Optional(Type.Array(Identifier, { maxItems: 1_000 })),
  },
  { ...CLOSED, description: 'A collection of views in lists.' },
)
export type ViewGroupSource = Static<typeof ViewGroupSource>

/** One model file as its author writes it, in YAML or JSON. The keys are those of Cube's data model. */
export const ModelSource = Type.Object(
  {
    cubes: Type.Optional(Type.Array(CubeSource, { maxItems: 5_000 })),
    views: Type.Optional(Type.Array(ViewSource, { maxItems: 5_000 })),
    view_groups: Type.Optional(Type.Array(ViewGroupSource, { maxItems: 500 })),
  },
  CLOSED,
)
export type ModelSource = Static<typeof ModelSource>
