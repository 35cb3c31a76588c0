import type { Dimension, Measure, Member } from '../model/model.ts'
import type { OrderDirection } from '../schema/query.ts'
import type { Found } from './member-finder.ts'
import type { HiddenColumn, Position, ResolvedColumn } from './resolved-query.ts'

/** The columns of a query and those it needs besides, by position. Hidden ones are added as they are asked for. */
export class QueryTerms {
  readonly columns: readonly ResolvedColumn[]
  readonly hidden: HiddenColumn[] = []
  readonly #calculationCount: number

  constructor(columns: readonly ResolvedColumn[], calculationCount: number) {
    this.columns = columns
    this.#calculationCount = calculationCount
  }

  /** The position of a calculation by its index in the query. */
  calculation(index: number): Position {
    return this.columns.length + index
  }

  /** The first column of a member: by the name it was asked under, else under any. */
  columnOf({ name, node, member }: Pick<Found<Member>, 'name' | 'node' | 'member'>): Position | undefined {
    const named = this.columns.findIndex((column) => column.name === name)
    const index =
      named >= 0 ? named : this.columns.findIndex((column) => column.node === node && column.member === member)
    return index === -1 ? undefined : index
  }

  /** The time column that `cube.member.granularity` names. */
  bucketOf(name: string): Position | undefined {
    const index = this.columns.findIndex(
      (column) => column.kind === 'time' && name === `${column.name}.${column.granularity}`,
    )
    return index === -1 ? undefined : index
  }

  /** A measure, as a hidden column when the query does not show it. */
  measure(found: Found<Measure>): Position {
    return this.columnOf(found) ?? this.#hide({ kind: 'measure', ...found })
  }

  /** What orders groups by a dimension that the query does not show. */
  extreme(found: Found<Dimension>, direction: OrderDirection, isUngrouped: boolean): Position {
    const pick = isUngrouped ? 'row' : direction === 'asc' ? 'min' : 'max'
    return this.#hide({ ...found, kind: 'extreme', isMasked: false, pick })
  }

  #hide(column: HiddenColumn): Position {
    const isSame = (other: HiddenColumn) =>
      other.kind === column.kind &&
      other.node === column.node &&
      other.member === column.member &&
      (other.kind === 'measure' || column.kind === 'measure' || other.pick === column.pick)
    let index = this.hidden.findIndex(isSame)
    if (index === -1) index = this.hidden.push(column) - 1
    return this.columns.length + this.#calculationCount + index
  }
}
