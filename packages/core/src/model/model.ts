import type { Scalar } from '../schema/common.ts'
import type { DimensionType } from '../schema/dimension.ts'
import type { FilterOperator } from '../schema/filter.ts'
import type { MeasureType } from '../schema/measure.ts'
import type { ValueFormat } from '../schema/result.ts'
import type { Interval } from './interval.ts'
import type { TableIdentifier } from './table-name.ts'

/** A member by name. `node` is the cube or role it belongs to; `undefined` means the cube (or view) that holds the reference. */
export interface MemberRef {
  readonly node: string | undefined
  readonly member: string
}

/**
 * A name inside author SQL. `node` is the cube or role it points into; `undefined` means the cube that holds the SQL,
 * in whatever role it is asked.
 */
export type SqlReference =
  | FilterArgument
  | { readonly kind: 'alias'; readonly node: string | undefined }
  | {
      readonly kind: 'member'
      readonly node: string | undefined
      readonly member: string
      /** `{created_at.month}`: the start of that bucket of a time dimension. */
      readonly granularity?: string
      /**
       * `{b.d.id}`: the nodes on the way from the cube that holds the SQL (left out) to `node`, where the author wrote more than
       * one; `undefined` for the only shortest way.
       */
      readonly path?: readonly string[]
    }
  | FilterParams
  | {
      /** `{SQL_UTILS.convertTz(sql)}`: the wall clock of the query's zone. */
      readonly kind: 'local-time'
      readonly node?: undefined
      readonly sql: SqlTemplate
    }

/** `{FILTER_PARAMS…}` and `{FILTER_GROUP(…)}` in the `sql` of a cube: the query's own conditions on these members, else `1 = 1`. */
export interface FilterParams {
  readonly kind: 'filters'
  readonly node?: undefined
  readonly params: readonly FilterParam[]
}

/** A member, and SQL to test in its place. */
export interface FilterParam {
  /** A cube or role; `undefined`: the cube that holds the SQL, in whatever role it is asked. */
  readonly node: string | undefined
  readonly member: string
  readonly sql: SqlTemplate
  /** Of a lambda: how many values it takes, which stand in `sql` as arguments; `undefined`: `sql` is what is tested. */
  readonly arity: number | undefined
}

/** A value of the query's filter, in the SQL of a {@link FilterParam}. */
export interface FilterArgument {
  readonly kind: 'argument'
  readonly node?: undefined
  readonly position: number
}

/** SQL an author wrote, cut at its references. Strings are SQL text; no request text ever gets in here. */
export interface SqlTemplate {
  readonly pieces: readonly (string | SqlReference)[]
  /** Whether it is one column of its own cube, `{CUBE}.column`: needs no parentheses and cannot raise an error. */
  readonly isColumn: boolean
}

/** How values are shown; the same keys as a result's `Column`. */
export interface Presentation {
  readonly format?: ValueFormat
  readonly currency?: string
  readonly unit?: string
  readonly fractionDigits?: number
}

/** Titles by language tag; `undefined` when one text serves all. */
export type Titles = ReadonlyMap<string, string> | undefined

/** What has a title. `title` is the English one, or the first, or made of the name. `titleIn` reads it for a locale. */
export interface Titled {
  readonly title: string
  readonly titles?: Titles
}

/** Anything the author wrote for clients; nothing here reads it. */
export type MetaData = Readonly<Record<string, unknown>>

interface MemberBase extends Titled {
  readonly name: string
  readonly description: string | undefined
  readonly isPublic: boolean
  readonly meta?: MetaData
  /** Members this one's SQL uses, directly; `node` as in {@link SqlReference}. */
  readonly uses: readonly MemberRef[]
  /** Cubes and roles other than its own that its SQL touches directly. */
  readonly touches: readonly string[]
}

/** What dimensions and measures have in common. */
interface ValueBase extends MemberBase {
  readonly presentation: Presentation
  /** A display pattern outside {@link ValueFormat}, such as `%Y-%m-%d` or `abbr_1`; for clients. */
  readonly formatPattern?: string
  /** What stands in for the value of a masked member; `undefined`: null. For a measure, SQL is an aggregate. */
  readonly mask: SqlTemplate | Scalar | undefined
  /**
   * Whether it is, or shows values of, a member classified `pii`: masked unless a policy names it. Counts of such members are not.
   */
  readonly isPii: boolean
  readonly links?: readonly Link[]
}

/** A link shown beside a value, as written; for clients. */
export type Link = Readonly<Record<string, unknown>>

/** The first value whose condition holds. Texts are values, not SQL. */
export interface CaseTemplate {
  readonly whens: readonly { readonly condition: SqlTemplate; readonly label: SqlTemplate | Scalar }[]
  readonly otherwise: SqlTemplate | Scalar | undefined
}

/** Buckets of `interval`, one of which starts at the origin: `originMs`, else 1970-01-01 (weeks: a Monday) moved by `offset`. */
export interface CustomGranularity extends Titled {
  readonly name: string
  readonly interval: Interval
  readonly offset: Interval | undefined
  /** Local wall clock as if it were UTC, milliseconds since 1970. */
  readonly originMs: number | undefined
}

/** What a calendar cube says of one of its time dimensions. */
export interface Calendar {
  /** Start of the bucket by granularity, in place of the built-in one. */
  readonly granularities: ReadonlyMap<string, SqlTemplate>
  readonly shifts: readonly CalendarShift[]
}

/** A shift found by its name or its (signed) interval; the shifted time is `sql`, or, without, the interval away. */
export interface CalendarShift {
  readonly name: string | undefined
  readonly interval: Interval | undefined
  readonly sql: SqlTemplate | undefined
}

export interface Dimension extends ValueBase {
  readonly kind: 'dimension'
  readonly type: DimensionType
  /** Empty when `caseOf` is given, and for a `switch` without a column. */
  readonly sql: SqlTemplate
  /** Second coordinate of a `geo` dimension, whose `sql` is the latitude. */
  readonly longitude: SqlTemplate | undefined
  readonly isPrimaryKey: boolean
  /** Takes the place of `sql`. */
  readonly caseOf: CaseTemplate | undefined
  /** Whether `sql` holds measures of other cubes, answered for each row of this one. */
  readonly subQuery: boolean
  readonly propagatesFilters: boolean
  /** What a `switch` may be. */
  readonly values?: readonly string[]
  /** Of a time dimension, by name. */
  readonly granularities: ReadonlyMap<string, CustomGranularity>
  readonly calendar?: Calendar
  /** Whose link's address this is; `undefined` for dimensions that the model writes. */
  readonly linkOf?: string
  /** How clients should sort it. */
  readonly order?: 'asc' | 'desc'
}

/** Rows around each bucket. */
export type RollingWindow =
  | {
      readonly kind: 'range'
      /** `undefined`: nothing. */
      readonly trailing: Interval | 'unbounded' | undefined
      readonly leading: Interval | 'unbounded' | undefined
      readonly offset: 'start' | 'end'
    }
  | { readonly kind: 'to_date'; readonly granularity: string }

/**
 * A shift of one time dimension, or of all the query has when `timeDimension` is `undefined`: by an interval, prior ones negative,
 * or by what calendars say under a name.
 */
export interface TimeShift {
  readonly timeDimension: MemberRef | undefined
  readonly by: Interval | { readonly name: string }
}

/** How a measure is computed from measures already aggregated. */
export interface MultiStage {
  readonly timeShifts: readonly TimeShift[]
  readonly groupBy: readonly MemberRef[] | undefined
  readonly reduceBy: readonly MemberRef[] | undefined
  readonly addGroupBy: readonly MemberRef[] | undefined
  /** `undefined`: the query's filters hold as they are. */
  readonly filter: StageFilter | undefined
  readonly orderBy: readonly { readonly sql: SqlTemplate; readonly direction: 'asc' | 'desc' }[]
  /** One measure for each value of a switch dimension: takes the place of the measure's `sql`. */
  readonly switchOn: SwitchCase | undefined
}

/** Which of the query's conditions rows of an inner stage must meet. Row rules hold in any case. */
export interface StageFilter {
  /** What `exclude` and `keepOnly` choose from: the conditions of the stage around this one, or those of the query itself. */
  readonly mode: 'relative' | 'fixed'
  /** Dimensions and segments whose conditions are dropped. */
  readonly exclude: readonly MemberRef[] | undefined
  /** Dimensions and segments whose conditions alone are kept. */
  readonly keepOnly: readonly MemberRef[] | undefined
  /** Conditions that are added; all must hold. */
  readonly include: readonly StageCondition[]
}

export type StageCondition =
  | {
      readonly kind: 'condition'
      /** A dimension. */
      readonly of: MemberRef
      readonly operator: FilterOperator
      readonly values: readonly Scalar[]
    }
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly StageCondition[] }

/** The measure for each value of a switch dimension. */
export interface SwitchCase {
  readonly dimension: MemberRef
  readonly whens: readonly { readonly value: string; readonly sql: SqlTemplate }[]
  readonly otherwise: SqlTemplate
}

export interface Measure extends ValueBase {
  readonly kind: 'measure'
  readonly type: MeasureType
  /** `undefined` for a `count` of rows, a `rank` and a `case`. */
  readonly sql: SqlTemplate | undefined
  readonly filters: readonly SqlTemplate[]
  readonly better: 'higher' | 'lower' | undefined
  /** Of type `percentile`: 0…1. */
  readonly percentile: number | undefined
  readonly rollingWindow: RollingWindow | undefined
  readonly multiStage: MultiStage | undefined
  /** Dimensions to show when somebody drills into it, `cube.member`. */
  readonly drillMembers: readonly string[]
}

export interface Segment extends MemberBase {
  readonly kind: 'segment'
  readonly sql: SqlTemplate
}

export type Member = Dimension | Measure | Segment

export type Relationship = 'one_to_one' | 'one_to_many' | 'many_to_one'

/** A way to rows of another cube. */
export interface Join {
  /** The cube or role it leads to. */
  readonly target: string
  readonly relationship: Relationship
  /** Rows without a match: `left` keeps this cube's, `inner` none, `full` both. */
  readonly type: 'left' | 'inner' | 'full'
  readonly sql: SqlTemplate
}

/** An attribute of the caller, by its path below `securityContext`; `attribute` is the path joined by dots. */
export interface AttributeRef {
  readonly attribute: string
  readonly path: readonly string[]
}

/** A value of a row rule: written in the model, or an attribute of the caller. */
export type PolicyValue = { readonly value: Scalar } | AttributeRef

/** A row rule on dimensions of the cube, or members of the view, that holds it. */
export type RowRule =
  | {
      readonly kind: 'condition'
      readonly dimension: Dimension
      /** Where `dimension` lives, in a view's rule; `undefined` in a cube's. */
      readonly viewMember?: ViewMember
      readonly operator: FilterOperator
      readonly values: readonly PolicyValue[]
    }
  | { readonly kind: 'and' | 'or'; readonly rules: readonly RowRule[] }

/** A question about the caller's attributes. A missing attribute is false, also when it is negated by `not`. */
export type AttributeTest =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'set'; readonly of: AttributeRef }
  | {
      readonly kind: 'compare'
      readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>='
      readonly of: AttributeRef
      readonly value: Scalar
    }
  | { readonly kind: 'not'; readonly test: AttributeTest }
  | { readonly kind: 'and' | 'or'; readonly tests: readonly AttributeTest[] }

export interface AccessPolicy {
  /** Names of roles; `*` is everyone. */
  readonly roles: readonly string[]
  /** All must hold for the policy to count. */
  readonly conditions: readonly AttributeTest[]
  /** Members whose values the policy opens. One classified `pii` only when `includes` names it. */
  readonly opens: (member: string) => boolean
  /** Members the policy shows, but masked, as long as no other policy of the caller opens them. */
  readonly masks: (member: string) => boolean
  /** `undefined`: every row. */
  readonly rule: RowRule | undefined
}

/** Where a cube's rows come from. */
export type CubeRows =
  | { readonly kind: 'table'; readonly identifiers: readonly TableIdentifier[]; readonly name: string }
  | { readonly kind: 'sql'; readonly sql: SqlTemplate }

/** Levels to drill through, coarse to fine. In a view, members of the view. */
export interface Hierarchy extends Titled {
  readonly name: string
  readonly description?: string
  readonly isPublic: boolean
  readonly levels: readonly MemberRef[]
}

/** A group of a view's members in lists. */
export interface Folder extends Titled {
  readonly name: string
  readonly members: readonly string[]
  readonly folders: readonly Folder[]
}

/** When data counts as changed. All `undefined`: as the server is configured. */
export interface RefreshKey {
  /** At least as often, milliseconds. */
  readonly everyMs: number | undefined
  /** A cron expression and the zone it is read in. */
  readonly cron: { readonly expression: string; readonly timezone: string } | undefined
  /** A select whose answer changes with the data. */
  readonly sql: SqlTemplate | undefined
  readonly isImmutable: boolean
  /** Of a partitioned rollup: only partitions that end in the update window are built again. */
  readonly isIncremental: boolean
  readonly updateWindow: Interval | undefined
}

/** A stored answer. Only `rollup` is built and used; the other kinds are kept for tools. */
export interface PreAggregation {
  readonly name: string
  readonly kind: 'rollup' | 'original_sql' | 'rollup_join' | 'rollup_lambda'
  readonly measures: readonly MemberRef[]
  readonly dimensions: readonly MemberRef[]
  readonly segments: readonly MemberRef[]
  readonly timeDimensions: readonly { readonly dimension: MemberRef; readonly granularity: string | undefined }[]
  readonly partitionGranularity: 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year' | undefined
  readonly refreshKey: RefreshKey | undefined
  /** Selects of one moment each. */
  readonly buildRangeStart: SqlTemplate | undefined
  readonly buildRangeEnd: SqlTemplate | undefined
  readonly indexes: readonly {
    readonly name: string
    readonly columns: readonly string[]
    readonly isAggregate: boolean
  }[]
  /** Of `rollup_join` and `rollup_lambda`: `cube.rollup`. */
  readonly rollups: readonly string[]
  readonly isScheduled: boolean
  /** Whether a date range that cuts through a bucket may be answered from it all the same; never without being asked for. */
  readonly allowsLooseRanges: boolean
}

export interface Cube extends Titled {
  readonly name: string
  readonly description: string | undefined
  readonly isPublic: boolean
  readonly sqlAlias?: string
  readonly meta?: MetaData
  readonly dataSource: string
  readonly rows: CubeRows
  readonly members: ReadonlyMap<string, Member>
  readonly joins: readonly Join[]
  readonly hierarchies: readonly Hierarchy[]
  readonly preAggregations: readonly PreAggregation[]
  readonly refreshKey: RefreshKey | undefined
  readonly policies: readonly AccessPolicy[]
  /** Whether policies open to everyone were checked to limit rows by an attribute of the caller. */
  readonly tenantRequired: boolean
  readonly isCalendar: boolean
}

/**
 * A name queries use before the dot: a cube under its own name, or a cube in the role a join's `alias` gives it.
 */
export interface CubeNode extends Titled {
  readonly name: string
  readonly cube: Cube
  /** Whether `name` is a join's alias, or stands for a second way of a view. */
  readonly isRole: boolean
  /** Whether it was made for a second way of a view: no query names it, and no way leads there but those of views. */
  readonly isOfView?: boolean
  /** Joins that lead to such roles. */
  readonly viewJoins?: readonly Join[]
}

/** A member under the name a view gives it. */
export interface ViewMember extends Titled {
  readonly name: string
  readonly description: string | undefined
  readonly isPublic: boolean
  readonly meta?: MetaData
  /** The member's own, with what the view says otherwise. */
  readonly presentation: Presentation
  readonly formatPattern?: string
  /** The cube or role the member lives in: the last of `path`. */
  readonly node: string
  readonly member: Member
  /** Nodes from the view's root, both ends included: `['orders', 'customers']`. */
  readonly path: readonly string[]
  /**
   * Of a measure of the view itself, which no cube has: the view's measures that it is computed of. Who may not see one of them
   * does not see it, and it is masked where one of them is. `node` and `path` are those of the first.
   */
  readonly madeOf?: readonly ViewMember[]
}

/** A condition that a view adds to queries, unless they have one of their own on a member of the view that `unless` names. */
export interface DefaultFilter {
  /** A dimension. */
  readonly of: ViewMember
  readonly operator: FilterOperator
  readonly values: readonly Scalar[]
  readonly unless: readonly string[]
}

/** Members of several cubes under one name. */
export interface View extends Titled {
  readonly name: string
  readonly description: string | undefined
  readonly isPublic: boolean
  readonly meta?: MetaData
  readonly members: ReadonlyMap<string, ViewMember>
  /** Conditions of queries that name its members. */
  readonly defaultFilters: readonly DefaultFilter[]
  /** Row rules name members of the view. */
  readonly policies: readonly AccessPolicy[]
  readonly folders: readonly Folder[]
  readonly hierarchies: readonly Hierarchy[]
  /** Names of view groups it belongs to. */
  readonly groups: readonly string[]
}

/** A collection of views in lists. */
export interface ViewGroup extends Titled {
  readonly name: string
  readonly description: string | undefined
}

/** A checked, immutable semantic model. Look names up in its maps only. */
export interface Model {
  /** Hash of the sources: same text, same id. */
  readonly id: string
  readonly cubes: ReadonlyMap<string, Cube>
  /** Cubes and roles by the name queries use. */
  readonly nodes: ReadonlyMap<string, CubeNode>
  /** Their names differ from those of nodes. */
  readonly views: ReadonlyMap<string, View>
  readonly viewGroups: ReadonlyMap<string, ViewGroup>
}
