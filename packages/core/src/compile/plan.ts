import type { Parameter } from '../query/filter-test.ts'
import type { ZoneOffset } from '../query/zone-offsets.ts'
import type { Granularity, OrderDirection } from '../schema/query.ts'

/**
 * A statement before it is text: plain, frozen, serialisable data. SQL text in it was written by a model author; everything a
 * request said is a {@link Parameter} or a word of a closed list.
 */
export interface Plan {
  readonly root: SourceNode
  readonly joins: readonly JoinNode[]
  /** Result columns in order; aliases are c0, c1, … */
  readonly columns: readonly PlanColumn[]
  /** Conditions on rows; all must hold. */
  readonly where: readonly Condition[]
  /** Conditions on groups; all must hold. */
  readonly having: readonly Condition[]
  /** Whether rows are grouped by the columns that are no measures. */
  readonly isGrouped: boolean
  readonly order: readonly PlanOrder[]
  /** Rows to fetch: one more than the limit, so that truncation shows. */
  readonly fetchLimit: number
  readonly offset: number
}

declare const PROTECTED: unique symbol

/** Rows of one cube, only those the caller may see. Only `planSource` makes them, and rewrites keep `where`. */
export interface SourceNode {
  readonly [PROTECTED]: true
  /** Name in the statement: the cube's, or its role's. */
  readonly alias: string
  readonly cube: string
  readonly rows:
    | { readonly kind: 'table'; readonly identifiers: readonly string[] }
    | { readonly kind: 'sql'; readonly sql: Expression }
  /** Row rule and token filters; `undefined` when every row is open. */
  readonly where: Condition | undefined
  /** Keeps the database from testing other conditions on rows that `where` removes. */
  readonly isFenced: boolean
  /** Cube and role of each policy used; no values. */
  readonly policies: readonly string[]
}

/** A left join to at most one row. */
export interface JoinNode {
  readonly source: SourceNode
  readonly on: Expression
}

export interface PlanColumn {
  readonly expression: Expression
  readonly isMeasure: boolean
}

export interface PlanOrder {
  /** Position in `columns`, from 0. */
  readonly column: number
  readonly direction: OrderDirection
}

export type AggregateFunction = 'count' | 'count_distinct' | 'sum' | 'avg' | 'min' | 'max'

export type NullType = 'string' | 'number' | 'boolean' | 'time'

export type Expression =
  /** Author SQL: strings are text, the rest is put in between. `isColumn`: one column, which needs no parentheses. */
  | { readonly kind: 'sql'; readonly pieces: readonly (string | Expression)[]; readonly isColumn: boolean }
  /** A source's alias. */
  | { readonly kind: 'alias'; readonly alias: string }
  | {
      readonly kind: 'aggregate'
      readonly function: AggregateFunction
      readonly argument: Expression | undefined
      readonly filters: readonly Expression[]
    }
  /** A measure's value for one row: the argument, or 1 where the filters hold. */
  | { readonly kind: 'row-value'; readonly argument: Expression | undefined; readonly filters: readonly Expression[] }
  /** An instant as UTC without an offset. */
  | { readonly kind: 'instant'; readonly argument: Expression }
  /** Local start of the bucket that holds an instant. `offsets`: see `rewrite/offset-time-buckets.ts`. */
  | {
      readonly kind: 'bucket'
      readonly granularity: Granularity
      readonly timezone: string
      readonly argument: Expression
      readonly offsets: readonly ZoneOffset[] | undefined
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
  /** A masked value; `isAggregate` where rows are grouped without a column that groups them. */
  | { readonly kind: 'null'; readonly type: NullType; readonly isAggregate: boolean }

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
  /** A condition of the model: a segment. */
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'never' }

export function isGroup(condition: Condition): condition is ConditionGroup {
  return condition.kind === 'and' || condition.kind === 'or'
}
