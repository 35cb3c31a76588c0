import type { Interval } from '../model/interval.ts'
import type { TableIdentifier } from '../model/table-name.ts'
import type { CalendarRules } from '../query/calendar.ts'
import type { ExpressionFunction } from '../query/expression/functions.ts'
import type { Parameter } from '../query/filter-test.ts'
import type { CustomBuckets } from '../query/time-buckets.ts'
import type { ZoneOffset } from '../query/zone-offsets.ts'
import type { Granularity, OrderDirection } from '../schema/query.ts'

/**
 * A statement before it is text: plain, frozen, serialisable data. SQL text in it was written by a model author; everything a
 * request said is a {@link Parameter} or a word of a closed list.
 *
 * How a question becomes a plan:
 *
 * 1. `buildPlan` makes a {@link Question} (`question.ts`) of the resolved query: groupings, measures, conditions on rows.
 * 2. `answerQuestion` answers a question with `Groups` (`groups.ts`): a relation with one row per group, and an expression over it for
 *    each measure. Each fact (`fact-relation.ts`), rollup (`rollup-relation.ts`) and stage of measures (`stage-relation.ts`) is a
 *    relation of its own; `combineGroups` puts several together.
 * 3. Stages (`stages/`, one file each) take groups and give groups: what wraps the answer – calculations, subtotals, filling,
 *    compared spans – goes there, may ask `answerQuestion` again with another question, and joins or unites what it gets.
 * 4. `buildPlan` selects the columns of the answer, tests conditions on groups and orders.
 * 5. Rewrites (`rewrite/`, one file each) give a plan with the same rows: nested selects become one, hidden rows are fenced.
 */
export interface Plan {
  /** Rows of the answer; the first columns are those of the answer in order, c0, c1, …; more may follow, to order by. */
  readonly relation: Relation
  /** Columns of the relation that are in the answer. */
  readonly width: number
  readonly order: readonly PlanOrder[]
  /** Rows to fetch: one more than the limit, so that truncation shows. */
  readonly fetchLimit: number
  readonly offset: number
}

export interface PlanOrder {
  /** Position in the columns of the relation, from 0. */
  readonly column: number
  readonly direction: OrderDirection
}

/** Rows with named columns. Relations nest; what is inside one has names of its own. */
export type Relation = Select | Union

export interface Select {
  readonly kind: 'select'
  readonly from: From
  readonly joins: readonly JoinNode[]
  readonly columns: readonly NamedExpression[]
  /** Conditions on rows; all must hold. */
  readonly where: readonly Condition[]
  /** Positions of the columns that group; empty: all rows are one group; `undefined`: rows stay rows. */
  readonly groupBy: readonly number[] | undefined
  /** Conditions on groups; all must hold. */
  readonly having: readonly Condition[]
  /** Only the first so many rows, ordered; `undefined`: all, in no order. */
  readonly top?: { readonly order: readonly PlanOrder[]; readonly limit: number } | undefined
}

/** All rows of every part, equal ones too. Parts have as many columns, named like those of the first. */
export interface Union {
  readonly kind: 'union'
  readonly parts: readonly Relation[]
}

export interface NamedExpression {
  readonly name: string
  readonly expression: Expression
}

/** What a select reads, under an alias. */
export type From = SourceNode | DerivedNode | RowsNode

declare const PROTECTED: unique symbol

/**
 * Rows of one cube, or of a rollup of it, only those the caller may see. Only `planSource` makes them, and rewrites keep `where`.
 * No other part of a plan names a table.
 */
export interface SourceNode {
  readonly [PROTECTED]: true
  readonly kind: 'source'
  /** Name in the statement: the cube's, or its role's. */
  readonly alias: string
  readonly cube: string
  readonly dataSource: string
  readonly rows:
    | { readonly kind: 'table'; readonly identifiers: readonly TableIdentifier[] }
    | { readonly kind: 'sql'; readonly sql: Expression }
  /** Row rule and token filters; `undefined` when every row is open. */
  readonly where: Condition | undefined
  /** Keeps the database from testing other conditions on rows that `where` removes. */
  readonly isFenced: boolean
  /** Name of a column that is 1 in every row, so that a row joined from nothing shows. */
  readonly mark: string | undefined
  /** Cube and role of each policy used; no values. */
  readonly policies: readonly string[]
}

/** A relation in brackets. */
export interface DerivedNode {
  readonly kind: 'derived'
  readonly alias: string
  readonly relation: Relation
}

/** Rows written out, such as the buckets of a span of time. At least one row. */
export interface RowsNode {
  readonly kind: 'rows'
  readonly alias: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Expression[])[]
}

export interface JoinNode {
  /** `cross` has no conditions. `full` is refused for databases without it. */
  readonly type: 'left' | 'inner' | 'full' | 'cross'
  readonly from: From
  /** All must hold. */
  readonly on: readonly Condition[]
}

export type AggregateFunction =
  | 'count'
  | 'count_distinct'
  | 'count_distinct_approx'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'median'
  | 'percentile'

export type NullType = 'string' | 'number' | 'boolean' | 'time'

export type Expression =
  /** Author SQL: strings are text, the rest is put in between. `isColumn`: one column, which needs no parentheses. */
  | { readonly kind: 'sql'; readonly pieces: readonly (string | Expression)[]; readonly isColumn: boolean }
  /** A source's alias. */
  | { readonly kind: 'alias'; readonly alias: string }
  /** A column of something with an alias in the same select. */
  | { readonly kind: 'column'; readonly alias: string; readonly name: string }
  /** A value beside the text. */
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  /** A whole number of ours in the text, such as a mark or a period. */
  | { readonly kind: 'integer'; readonly value: number }
  | {
      readonly kind: 'aggregate'
      readonly function: AggregateFunction
      /** `undefined` counts rows. */
      readonly argument: Expression | undefined
      /** Only rows where all hold. */
      readonly filters: readonly Expression[]
      /** Between 0 and 1, for `percentile`. */
      readonly percentile?: number | undefined
    }
  /** An aggregate or a rank over the rows that agree in `partition`, one value for each row. */
  | {
      readonly kind: 'window'
      readonly function: AggregateFunction | 'rank'
      readonly argument: Expression | undefined
      readonly partition: readonly Expression[]
      readonly order: readonly { readonly expression: Expression; readonly direction: OrderDirection }[]
    }
  /** A measure's value for one row: the argument, or 1 where the filters hold. */
  | { readonly kind: 'row-value'; readonly argument: Expression | undefined; readonly filters: readonly Expression[] }
  /** The value of the first case that holds, else `otherwise`, else null. */
  | {
      readonly kind: 'case'
      readonly whens: readonly { readonly condition: Condition; readonly value: Expression }[]
      readonly otherwise: Expression | undefined
    }
  /** A value of another type. */
  | { readonly kind: 'cast'; readonly to: 'text' | 'double'; readonly argument: Expression }
  /** Numbers; dividing by zero gives null. */
  | {
      readonly kind: 'arithmetic'
      readonly operator: '+' | '-' | '*' | '/'
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'negate'; readonly argument: Expression }
  /** A function of the expression grammar; the first argument of `if` is a `test`. */
  | { readonly kind: 'call'; readonly function: ExpressionFunction; readonly args: readonly Expression[] }
  /** A local time: `2026-03-29T00:00:00.000`. */
  | { readonly kind: 'local'; readonly iso: string }
  /** Whether a condition holds; null when that is unknown. */
  | { readonly kind: 'test'; readonly condition: Condition }
  /** An instant as UTC without an offset. */
  | { readonly kind: 'instant'; readonly argument: Expression }
  /** Local start of the bucket that holds an instant. `offsets`: see `rewrite/offset-time-buckets.ts`. */
  | {
      readonly kind: 'bucket'
      readonly granularity: Granularity | CustomBuckets
      readonly timezone: string
      readonly rules: CalendarRules
      readonly argument: Expression
      readonly offsets: readonly ZoneOffset[] | undefined
    }
  /** The wall clock of a zone at an instant, as a local time. */
  | {
      readonly kind: 'local-time'
      readonly timezone: string
      readonly argument: Expression
      readonly offsets: readonly ZoneOffset[] | undefined
    }
  /** A local time, later. */
  | { readonly kind: 'add-interval'; readonly argument: Expression; readonly interval: Interval }
  /** Start of the bucket that holds a local time. */
  | {
      readonly kind: 'truncate'
      readonly granularity: Granularity | CustomBuckets
      readonly rules: CalendarRules
      readonly argument: Expression
    }
  | {
      readonly kind: 'bin'
      readonly argument: Expression
      readonly width: number
      readonly min: number | undefined
      readonly max: number | undefined
    }
  /** `lat,lon`; null when either is. */
  | { readonly kind: 'geo'; readonly latitude: Expression; readonly longitude: Expression }
  /** `{FILTER_PARAMS…}` before `pushFilters` puts the query's conditions in its place; always true where it does not. */
  | { readonly kind: 'filters'; readonly params: readonly PushedParam[] }
  /** A value in the SQL of a {@link PushedParam}. */
  | { readonly kind: 'argument'; readonly position: number }
  /** A masked value; `isAggregate` where rows are grouped without a column that groups them. */
  | { readonly kind: 'null'; readonly type: NullType; readonly isAggregate: boolean }
  /** Null of the type that the same column has in the other part of a union of two. */
  | { readonly kind: 'absent' }

/** A dimension or segment, by node, and what is tested in its place: SQL, or with `arity` a condition over so many values. */
export interface PushedParam {
  readonly node: string
  readonly member: string
  readonly expression: Expression
  readonly arity: number | undefined
}

export interface ConditionGroup {
  readonly kind: 'and' | 'or'
  readonly conditions: readonly Condition[]
}

export type Condition =
  | ConditionGroup
  | {
      readonly kind: 'equals'
      readonly isNegated: boolean
      readonly argument: Expression
      readonly values: readonly Parameter[]
    }
  | {
      readonly kind: 'like'
      readonly isNegated: boolean
      readonly mode: 'contains' | 'startsWith' | 'endsWith'
      readonly argument: Expression
      readonly values: readonly string[]
    }
  | {
      readonly kind: 'compare'
      readonly operator: '<' | '<=' | '>' | '>='
      readonly argument: Expression
      readonly value: Parameter
    }
  | { readonly kind: 'present'; readonly isNegated: boolean; readonly argument: Expression }
  | {
      readonly kind: 'within'
      readonly isNegated: boolean
      readonly argument: Expression
      readonly spans: readonly (readonly [Parameter, Parameter])[]
    }
  /** A condition of the model: a segment, the way two cubes join. */
  | { readonly kind: 'expression'; readonly expression: Expression }
  /** Two expressions compared. `same` also holds where both are null. */
  | {
      readonly kind: 'relate'
      readonly operator: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'same'
      readonly left: Expression
      readonly right: Expression
    }
  /** Null where the condition is. */
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'never' }

export function isGroup(condition: Condition): condition is ConditionGroup {
  return condition.kind === 'and' || condition.kind === 'or'
}
