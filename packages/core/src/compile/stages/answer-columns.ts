import type { Position, ResolvedQuery } from '../../query/resolved-query.ts'
import type { OrderDirection } from '../../schema/query.ts'
import { groupsColumn } from '../groups.ts'
import type { NamedExpression } from '../plan.ts'
import type { Answer, Mark } from './answer.ts'
import type { QueryValues } from './query-values.ts'

/** One term of an order. */
export interface OrderTerm {
  /** Position in the columns of the relation. */
  readonly column: number
  readonly direction: OrderDirection
  /** The grouping whose rolling up the column says, for columns behind the answer's. */
  readonly bit: number | undefined
}

/** The columns of an answer and how its rows are ordered. */
export interface AnswerColumns {
  /** c0, c1, … of the answer, then those that only order. */
  readonly columns: readonly NamedExpression[]
  /** How many belong to the answer. */
  readonly width: number
  readonly order: readonly OrderTerm[]
}

/** Groupings, marks, measures, calculations; behind them what orders and is not shown. */
export function answerColumns(answer: Answer, query: ResolvedQuery, values: QueryValues): AnswerColumns {
  const groupings = answer.groupings.map(groupsColumn)
  const marks = answer.marks.map(({ kind, name }): NamedExpression['expression'] =>
    kind === 'flag'
      ? {
          kind: 'test',
          condition: { kind: 'relate', operator: '=', left: groupsColumn(name), right: { kind: 'integer', value: 1 } },
        }
      : groupsColumn(name),
  )
  const first = answer.groupings.length
  const count = query.columns.length + query.calculations.length
  const measures = Array.from({ length: count - first }, (_, index) => values.value(first + index, answer))
  const shown = [...groupings, ...marks, ...measures]
  const ordering = new AnswerOrder(answer, query, shown.length)
  const order = ordering.terms()
  const hidden = ordering.extra.map((extra) =>
    extra.kind === 'hidden' ? values.value(extra.position, answer) : groupsColumn(extra.name),
  )
  return {
    columns: [...shown, ...hidden].map((expression, index) => ({ name: `c${index}`, expression })),
    width: shown.length,
    order,
  }
}

type Extra =
  | { readonly kind: 'hidden'; readonly position: Position }
  /** A column of the groups. */
  | { readonly kind: 'groups'; readonly name: string }

/**
 * The asked order, or Cube's default: the first time dimension upwards (or, our own addition, the first bin), else the first
 * measure downwards, else the first dimension upwards. What groups rows and is not yet in it comes last, so that equal rows keep
 * their order from one run to the next; where a switch that is not shown makes several rows of one group, everything they show. Each sum stands after what it sums up, the rest of a top after the top, and, unless
 * asked otherwise, one period after the other.
 */
class AnswerOrder {
  readonly extra: Extra[] = []
  readonly #answer: Answer
  readonly #query: ResolvedQuery
  readonly #width: number
  readonly #terms: OrderTerm[] = []

  constructor(answer: Answer, query: ResolvedQuery, width: number) {
    this.#answer = answer
    this.#query = query
    this.#width = width
  }

  terms(): readonly OrderTerm[] {
    const { order } = this.#query
    if (order === undefined) this.#addDefault()
    else for (const { column, direction } of order) this.#addPosition(column, direction)
    for (const index of this.#answer.groupings.keys()) this.#addGrouping(index, 'asc')
    this.#addMark('period')
    if (this.#answer.isSpread) this.#addShown()
    return this.#terms
  }

  #addDefault(): void {
    const { columns, calculations } = this.#query
    this.#addMark('period')
    if (this.#answer.rolledUp !== undefined) return
    for (const kind of ['time', 'bin'] as const) {
      const column = columns.findIndex((candidate) => candidate.kind === kind && !candidate.isMasked)
      if (column >= 0) {
        this.#addPosition(column, 'asc')
        return
      }
    }
    const values = [...columns, ...calculations]
    const measure = values.findIndex((value) => !value.isMasked && (!('kind' in value) || value.kind === 'measure'))
    if (measure === -1) return
    this.#addMark('flag')
    this.#addPosition(measure, 'desc')
  }

  #addPosition(position: Position, direction: OrderDirection): void {
    const { groupings, marks } = this.#answer
    const shown = this.#query.columns.length + this.#query.calculations.length
    if (position < groupings.length) this.#addGrouping(position, direction)
    else if (position < shown) this.#add(position + marks.length, direction)
    else this.#addExtra({ kind: 'hidden', position }, direction)
  }

  #addGrouping(index: number, direction: OrderDirection): void {
    if (this.#terms.some(({ column }) => column === index)) return
    const bit = this.#answer.rolledUp?.[index]
    if (bit !== undefined) this.#addExtra({ kind: 'groups', name: bit }, 'asc', index)
    if (this.#query.topN?.column === index) this.#addMark('flag')
    if (!this.#query.columns[index]!.isMasked) this.#add(index, direction)
  }

  #addShown(): void {
    const { columns, calculations } = this.#query
    for (const [position, { isMasked }] of [...columns, ...calculations].entries()) {
      if (!isMasked) this.#addPosition(position, 'asc')
    }
  }

  #addMark(kind: Mark['kind']): void {
    const index = this.#answer.marks.findIndex((mark) => mark.kind === kind)
    if (index >= 0) this.#add(this.#answer.groupings.length + index, 'asc')
  }

  #addExtra(extra: Extra, direction: OrderDirection, bit?: number): void {
    this.#add(this.#width + this.extra.push(extra) - 1, direction, bit)
  }

  #add(column: number, direction: OrderDirection, bit?: number): void {
    if (!this.#terms.some((term) => term.column === column)) this.#terms.push({ column, direction, bit })
  }
}
