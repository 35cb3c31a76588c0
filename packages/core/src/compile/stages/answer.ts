import type { Groups } from '../groups.ts'

/** Groups with what tells rows of one answer apart. */
export interface Answer extends Groups {
  readonly marks: readonly Mark[]
  /** For each grouping a column that is 1 in rows that sum it up, else 0; `undefined` without subtotals. */
  readonly rolledUp: readonly string[] | undefined
  /** Whether a group has a row for each value of a switch that no column shows. */
  readonly isSpread: boolean
}

/** A column of whole numbers beside the groupings; see `Column.kind`. A `flag` is 1 or 0. */
export interface Mark {
  readonly kind: 'grouping' | 'flag' | 'period'
  readonly name: string
}
