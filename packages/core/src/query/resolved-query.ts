import type {
  CubeNode,
  Dimension,
  Measure,
  Presentation,
  Segment,
  SqlTemplate,
  View,
  ViewMember,
} from '../model/model.ts'
import type { Bin, Granularity, OrderDirection } from '../schema/query.ts'
import type { CalendarRules } from './calendar.ts'
import type { Span } from './date-value.ts'
import type { TypedExpression } from './expression/check-expression.ts'
import type { FilterTest } from './filter-test.ts'
import type { CustomBuckets } from './time-buckets.ts'

/** How a query names a member: as `cube.member`, or as `view.member`, whose policies and path then count too. */
export interface NamedThrough {
  readonly view?: View | undefined
  readonly viewMember?: ViewMember | undefined
}

/** Buckets whose starts a calendar cube has in its rows, as local times. */
export interface CalendarBuckets {
  readonly calendar: SqlTemplate
}

export function isOfCalendar(buckets: Granularity | CustomBuckets | CalendarBuckets): buckets is CalendarBuckets {
  return typeof buckets === 'object' && 'calendar' in buckets
}

/** What every column has. `name` is what the query calls it. */
interface ColumnBase extends NamedThrough {
  readonly name: string
  readonly node: CubeNode
  readonly isMasked: boolean
}

/** One member column, in the answer or behind it. */
export type ResolvedColumn = ColumnBase &
  (
    | {
        readonly kind: 'time'
        readonly member: Dimension
        /** As the query names it. */
        readonly granularity: string
        readonly buckets: Granularity | CustomBuckets | CalendarBuckets
        /** Title of a granularity of the model. */
        readonly custom: string | undefined
      }
    | { readonly kind: 'dimension'; readonly member: Dimension }
    | { readonly kind: 'bin'; readonly member: Dimension; readonly bin: Bin }
    | { readonly kind: 'measure'; readonly member: Measure }
  )

/**
 * A value the statement needs and the answer does not show: a measure that is ordered or filtered by, calculated with or ranked by;
 * for ordering also a dimension – of each group its lowest value (`min`, ascending) or highest (`max`), in an ungrouped query
 * (`row`) the row's own.
 */
export type HiddenColumn =
  | Extract<ResolvedColumn, { readonly kind: 'measure' }>
  | (ColumnBase & {
      readonly kind: 'extreme'
      readonly member: Dimension
      readonly isMasked: false
      readonly pick: 'min' | 'max' | 'row'
    })

/** A measure that the query computes; names in it are {@link Position}s of measures. Masked when one of them is. */
export interface ResolvedCalculation {
  /** `calc.<name>`. */
  readonly name: string
  readonly title: string
  readonly expression: TypedExpression<Position>
  readonly presentation: Presentation
  readonly isMasked: boolean
}

/** Counts through `columns`, then `calculations`, then `hidden`. */
export type Position = number

/** A condition on rows: on a dimension, its values typed, or the filters that a measure has of its own. */
export type RowCondition = NamedThrough & { readonly node: CubeNode } & (
    | {
        readonly kind: 'condition'
        readonly member: Dimension
        readonly test: FilterTest
        /** Whether the model says so, not the query: no policy is asked whether the caller may name the member. */
        readonly isOfModel?: true
      }
    | { readonly kind: 'measure-filter'; readonly member: Measure }
  )

export type ResolvedFilter = RowCondition | { readonly kind: 'and' | 'or'; readonly filters: readonly ResolvedFilter[] }

/** A condition on groups: on measures, calculations and, inside an "or" with those, on dimensions that are columns. */
export type GroupFilter =
  | { readonly kind: 'condition'; readonly column: Position; readonly test: FilterTest }
  | { readonly kind: 'and' | 'or'; readonly filters: readonly GroupFilter[] }

/** Spans that the question is answered for one by one. Conditions on them are not among `rowFilters`. */
export interface Comparison extends NamedThrough {
  readonly node: CubeNode
  readonly member: Dimension
  readonly spans: readonly Span[]
}

/** A time column whose every bucket of the span shall have a row; in each period its own span when the query compares. */
export interface FilledColumn {
  readonly column: Position
  readonly span: Span
  /** Whether counts and sums are 0 in the rows added, rather than null. */
  readonly isZero: boolean
}

/** The values of one dimension column that stay; the rest goes into one group labelled `others`, or away when `undefined`. */
export interface ResolvedTopN {
  readonly column: Position
  readonly limit: number
  /** A measure or a calculation. */
  readonly by: Position
  readonly direction: OrderDirection
  readonly others: string | undefined
}

/** A query whose every name is a member the caller may see and whose every value has its member's type. */
export interface ResolvedQuery {
  /** Time columns, dimensions, bins, measures. */
  readonly columns: readonly ResolvedColumn[]
  readonly calculations: readonly ResolvedCalculation[]
  readonly hidden: readonly HiddenColumn[]
  readonly segments: readonly (NamedThrough & { readonly node: CubeNode; readonly member: Segment })[]
  /** On rows, before grouping; all must hold. */
  readonly rowFilters: readonly ResolvedFilter[]
  /** On groups; all must hold. */
  readonly groupFilters: readonly GroupFilter[]
  /** `undefined`: the default order. */
  readonly order: readonly { readonly column: Position; readonly direction: OrderDirection }[] | undefined
  /** Positions of the grouping columns that each subtotal keeps, the finest first; `undefined`: none. */
  readonly subtotals: readonly (readonly Position[])[] | undefined
  readonly topN: ResolvedTopN | undefined
  readonly comparison: Comparison | undefined
  readonly fill: FilledColumn | undefined
  /** As the caller gave it. */
  readonly cursor: string | undefined
  readonly limit: number
  readonly offset: number
  readonly total: boolean
  readonly isUngrouped: boolean
  readonly timezone: string
  readonly rules: CalendarRules
  /** The first span of time the query keeps. */
  readonly span: Span | undefined
  /** When words of the query mean other spans. */
  readonly validUntilMs: number | undefined
}
