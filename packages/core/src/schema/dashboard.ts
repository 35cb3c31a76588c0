import { type Static, Type } from '@sinclair/typebox'
import { Description, Identifier, MemberName, Slug, TimeZone, Title } from './common.ts'
import { Filter } from './filter.ts'
import { DateRange, Query } from './query.ts'

/** Charts drawn by `<di-chart>`. */
export const CHART_TYPES = ['line', 'area', 'column', 'bar', 'pie', 'donut', 'scatter', 'heatmap', 'histogram'] as const
export const ChartType = Type.Union(CHART_TYPES.map((type) => Type.Literal(type)))
export type ChartType = Static<typeof ChartType>

/**
 * How a result becomes a chart. Members not named are taken from the result in order: `x` the first dimension,
 * `series` the second, `y` all measures.
 */
export const ChartSpec = Type.Object(
  {
    type: ChartType,
    x: Type.Optional(MemberName),
    y: Type.Optional(Type.Array(MemberName, { minItems: 1, maxItems: 12 })),
    series: Type.Optional(MemberName),
    /** Colour of heatmap cells and scatter points. */
    color: Type.Optional(MemberName),
    stack: Type.Optional(
      Type.Union([Type.Literal('none'), Type.Literal('stacked'), Type.Literal('percent')], {
        description: '`none` when absent.',
      }),
    ),
    /** Measures drawn on a second axis; only for units that truly differ. */
    secondAxis: Type.Optional(Type.Array(MemberName, { maxItems: 4 })),
    smooth: Type.Optional(Type.Boolean({ description: 'Curved lines; false when absent.' })),
    legend: Type.Optional(
      Type.Union([Type.Literal('auto'), Type.Literal('none')], { description: '`auto` when absent.' }),
    ),
    target: Type.Optional(
      Type.Object(
        { value: Type.Number(), label: Title },
        { additionalProperties: false, description: 'A labelled reference line.' },
      ),
    ),
  },
  { additionalProperties: false },
)
export type ChartSpec = Static<typeof ChartSpec>

/** A headline number. `sparkline` is a time dimension of the query to draw along the bottom edge. */
export const MetricSpec = Type.Object(
  {
    type: Type.Literal('metric'),
    measure: Type.Optional(MemberName),
    sparkline: Type.Optional(
      Type.Boolean({ description: 'Draw the trend of `comparison.dimension`; false when absent.' }),
    ),
  },
  { additionalProperties: false },
)
export type MetricSpec = Static<typeof MetricSpec>

/** A table. Columns not named are shown in the result's order. */
export const TableSpec = Type.Object(
  {
    type: Type.Literal('table'),
    columns: Type.Optional(
      Type.Array(
        Type.Object(
          {
            member: MemberName,
            title: Type.Optional(Title),
            /** A bar behind the number, in proportion to the column's maximum. */
            bar: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 50 },
      ),
    ),
    density: Type.Optional(Type.Union([Type.Literal('comfortable'), Type.Literal('compact')])),
  },
  { additionalProperties: false },
)
export type TableSpec = Static<typeof TableSpec>

export const Visualization = Type.Union([ChartSpec, MetricSpec, TableSpec])
export type Visualization = Static<typeof Visualization>

/** Compares with the span of equal length just before the one shown; whole months are shifted by months. */
export const Comparison = Type.Object(
  { dimension: MemberName, period: Type.Literal('previous_period') },
  { additionalProperties: false },
)
export type Comparison = Static<typeof Comparison>

/** A tile's place on the grid of 12 columns; a row is 40 px high plus the gap. Phones stack tiles in reading order. */
export const WidgetLayout = Type.Object(
  {
    x: Type.Integer({ minimum: 0, maximum: 11 }),
    y: Type.Integer({ minimum: 0, maximum: 1_000 }),
    w: Type.Integer({ minimum: 1, maximum: 12 }),
    h: Type.Integer({ minimum: 1, maximum: 40 }),
  },
  { additionalProperties: false },
)
export type WidgetLayout = Static<typeof WidgetLayout>

export const Widget = Type.Object(
  {
    id: Identifier,
    title: Title,
    subtitle: Type.Optional(Title),
    layout: WidgetLayout,
    query: Query,
    visualization: Visualization,
    comparison: Type.Optional(Comparison),
    /** Ids of dashboard filters that leave this widget alone. */
    ignoreFilters: Type.Optional(Type.Array(Identifier, { maxItems: 50 })),
  },
  { additionalProperties: false },
)
export type Widget = Static<typeof Widget>

/** A date-range control. Its value is a condition `inDateRange` on `member`. */
export const DateRangeFilter = Type.Object(
  {
    id: Identifier,
    type: Type.Literal('date_range'),
    member: MemberName,
    title: Title,
    default: Type.Optional(DateRange),
    /** Offered besides the calendar; sensible relative ranges when absent. */
    presets: Type.Optional(
      Type.Array(Type.Object({ title: Title, range: DateRange }, { additionalProperties: false }), { maxItems: 20 }),
    ),
    /** First and last day that can be picked, `YYYY-MM-DD`. */
    min: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    max: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  },
  { additionalProperties: false },
)
export type DateRangeFilter = Static<typeof DateRangeFilter>

/** A list with search. Its value is a condition `equals` on `member`. Options come from the data under the caller's policy. */
export const MultiSelectFilter = Type.Object(
  {
    id: Identifier,
    type: Type.Literal('multi_select'),
    member: MemberName,
    /** A dimension shown instead of the value, such as an airport's name for its code. */
    labelMember: Type.Optional(MemberName),
    /** Orders the options, most first; by label when absent. */
    orderMeasure: Type.Optional(MemberName),
    title: Title,
    default: Type.Optional(Type.Array(Type.String({ maxLength: 1_000 }), { maxItems: 100 })),
  },
  { additionalProperties: false },
)
export type MultiSelectFilter = Static<typeof MultiSelectFilter>

export const DashboardFilter = Type.Union([DateRangeFilter, MultiSelectFilter])
export type DashboardFilter = Static<typeof DashboardFilter>

/** What an author writes: everything but identity and version. */
export const DashboardInput = Type.Object(
  {
    slug: Slug,
    title: Title,
    description: Type.Optional(Description),
    timezone: Type.Optional(TimeZone),
    filters: Type.Optional(Type.Array(DashboardFilter, { maxItems: 50 })),
    widgets: Type.Array(Widget, { maxItems: 100 }),
  },
  { additionalProperties: false },
)
export type DashboardInput = Static<typeof DashboardInput>

/** A change: the given properties replace the stored ones. */
export const DashboardPatch = Type.Partial(DashboardInput, { additionalProperties: false, minProperties: 1 })
export type DashboardPatch = Static<typeof DashboardPatch>

/** A stored dashboard. `version` grows by one at each change and is the ETag. */
export const Dashboard = Type.Composite(
  [
    DashboardInput,
    Type.Object({
      id: Type.String({ description: 'UUIDv7' }),
      version: Type.Integer({ minimum: 1 }),
      createdAt: Type.String({ description: 'ISO 8601 UTC' }),
      updatedAt: Type.String({ description: 'ISO 8601 UTC' }),
    }),
  ],
  { additionalProperties: false },
)
export type Dashboard = Static<typeof Dashboard>

/** A dashboard in a list. */
export const DashboardSummary = Type.Pick(Dashboard, [
  'id',
  'slug',
  'title',
  'description',
  'version',
  'createdAt',
  'updatedAt',
])
export type DashboardSummary = Static<typeof DashboardSummary>

/**
 * Body of `POST /dashboards/:id/query`.
 * `widgets`: ids in the order they should be answered, visible ones first; all when absent.
 * `filters`: the whole filter state, only on members of the dashboard's filters; the defaults when absent, none when empty.
 */
export const DashboardQuery = Type.Object(
  {
    widgets: Type.Optional(Type.Array(Identifier, { maxItems: 100 })),
    filters: Type.Optional(Type.Array(Filter, { maxItems: 50 })),
    timezone: Type.Optional(TimeZone),
    renewQuery: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type DashboardQuery = Static<typeof DashboardQuery>

/** Body of `POST /dashboards/:id/filters/:filterId/options`: the values a multi-select offers. */
export const FilterOptionsQuery = Type.Object(
  {
    search: Type.Optional(
      Type.String({ maxLength: 200, description: 'Keep values or labels that contain this text.' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: '100 when absent.' })),
  },
  { additionalProperties: false },
)
export type FilterOptionsQuery = Static<typeof FilterOptionsQuery>
