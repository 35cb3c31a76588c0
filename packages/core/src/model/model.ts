import type { Scalar } from '../schema/common.ts'
import type { FilterOperator } from '../schema/filter.ts'
import type { DimensionType, MeasureType } from '../schema/model.ts'
import type { ValueFormat } from '../schema/result.ts'

/**
 * A name inside author SQL. `node` is the cube or role it points into; `undefined` means the cube that holds the SQL,
 * in whatever role it is asked.
 */
export type SqlReference =
  | { readonly kind: 'alias'; readonly node: string | undefined }
  | { readonly kind: 'member'; readonly node: string | undefined; readonly member: string }

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

interface MemberBase {
  readonly name: string
  readonly title: string
  readonly description: string | undefined
  readonly isPublic: boolean
  /** Members this one's SQL uses, directly; `node` as in {@link SqlReference}. */
  readonly uses: readonly { readonly node: string | undefined; readonly member: string }[]
  /** Cubes and roles other than its own that its SQL touches directly. */
  readonly touches: readonly string[]
}

export interface Dimension extends MemberBase {
  readonly kind: 'dimension'
  readonly type: DimensionType
  readonly sql: SqlTemplate
  /** Second coordinate of a `geo` dimension, whose `sql` is the latitude. */
  readonly longitude: SqlTemplate | undefined
  readonly isPrimaryKey: boolean
  readonly presentation: Presentation
}

export interface Measure extends MemberBase {
  readonly kind: 'measure'
  readonly type: MeasureType
  /** `undefined` for a `count` of rows. */
  readonly sql: SqlTemplate | undefined
  readonly filters: readonly SqlTemplate[]
  readonly better: 'higher' | 'lower' | undefined
  readonly presentation: Presentation
}

export interface Segment extends MemberBase {
  readonly kind: 'segment'
  readonly sql: SqlTemplate
}

export type Member = Dimension | Measure | Segment

/** A way to one row of another cube. */
export interface Join {
  /** The cube or role it leads to. */
  readonly target: string
  readonly sql: SqlTemplate
}

/** A value of a row rule: written in the model, or an attribute of the caller. */
export type PolicyValue = { readonly value: Scalar } | { readonly attribute: string }

/** A row rule on dimensions of the cube that holds it. */
export type RowRule =
  | {
      readonly kind: 'condition'
      readonly dimension: Dimension
      readonly operator: FilterOperator
      readonly values: readonly PolicyValue[]
    }
  | { readonly kind: 'and' | 'or'; readonly rules: readonly RowRule[] }

export interface AccessPolicy {
  /** A role's name, or `*`. */
  readonly role: string
  /** Members the policy opens. */
  readonly opens: (member: string) => boolean
  /** `undefined`: every row. */
  readonly rule: RowRule | undefined
}

/** Where a cube's rows come from. */
export type CubeRows =
  | { readonly kind: 'table'; readonly identifiers: readonly string[]; readonly name: string }
  | { readonly kind: 'sql'; readonly sql: SqlTemplate }

export interface Cube {
  readonly name: string
  readonly title: string
  readonly description: string | undefined
  readonly isPublic: boolean
  readonly dataSource: string
  readonly rows: CubeRows
  readonly members: ReadonlyMap<string, Member>
  readonly joins: readonly Join[]
  readonly policies: readonly AccessPolicy[]
}

/**
 * A name queries use before the dot: a cube under its own name, or a cube in the role a join's `alias` gives it.
 */
export interface CubeNode {
  readonly name: string
  readonly title: string
  readonly cube: Cube
  /** Whether `name` is a join's alias. */
  readonly isRole: boolean
}

/** A checked, immutable semantic model. Look names up in its maps only. */
export interface Model {
  /** Hash of the sources: same text, same id. */
  readonly id: string
  readonly cubes: ReadonlyMap<string, Cube>
  /** Cubes and roles by the name queries use. */
  readonly nodes: ReadonlyMap<string, CubeNode>
}
