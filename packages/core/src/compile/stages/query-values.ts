import type { Measure } from '../../model/model.ts'
import { membersOf } from '../../query/expression/check-expression.ts'
import type { HiddenColumn, Position, ResolvedCalculation, ResolvedQuery } from '../../query/resolved-query.ts'
import { type Groups, groupsColumn } from '../groups.ts'
import type { Expression } from '../plan.ts'
import type { AskedMeasure } from '../question.ts'
import { calculationExpression } from './calculation-expression.ts'

/** Where the values of a query's positions are found in groups. */
export class QueryValues {
  readonly #query: ResolvedQuery
  /** Positions of measures, in the order in which a question asks for them. */
  readonly #measured: readonly Position[]

  /** `measured`: positions that the question asks for; all of the query's when absent. */
  constructor(query: ResolvedQuery, measured?: readonly Position[]) {
    this.#query = query
    this.#measured = measured ?? measuredPositions(query)
  }

  /** The measures to ask for. */
  get measures(): readonly AskedMeasure[] {
    return this.#measured.map((position) => {
      const column = this.#query.columns[position] ?? hiddenAt(this.#query, position)!
      const { node, isMasked, view, viewMember } = column
      return {
        node,
        isMasked,
        view,
        viewMember,
        member: column.kind === 'extreme' ? extremeMeasure(column) : (column.member as Measure),
      }
    })
  }

  /** The value of a position: over columns of the groups, under their alias. */
  value(position: Position, groups: Groups): Expression {
    const { columns } = this.#query
    const column = columns[position]
    if (column !== undefined && column.kind !== 'measure') {
      const grouping = columns.slice(0, position).filter(({ kind }) => kind !== 'measure').length
      return groupsColumn(groups.groupings[grouping]!)
    }
    const calculation = calculationAt(this.#query, position)
    if (calculation === undefined) return groups.values[this.#measured.indexOf(position)]!
    if (calculation.isMasked) return { kind: 'null', type: nullType(calculation), isAggregate: false }
    return calculationExpression(calculation.expression, (inner) => this.value(inner, groups))
  }
}

/** The positions that a position is computed from: itself, or the measures of a calculation. */
export function sourcesOfPosition(query: ResolvedQuery, position: Position): readonly Position[] {
  const calculation = calculationAt(query, position)
  return calculation === undefined ? [position] : [...new Set(membersOf(calculation.expression))]
}

export function calculationAt(query: ResolvedQuery, position: Position): ResolvedCalculation | undefined {
  return query.calculations[position - query.columns.length]
}

export function hiddenAt(query: ResolvedQuery, position: Position): HiddenColumn | undefined {
  return query.hidden[position - query.columns.length - query.calculations.length]
}

function measuredPositions(query: ResolvedQuery): readonly Position[] {
  const first = query.columns.length + query.calculations.length
  return [
    ...query.columns.flatMap(({ kind }, index) => (kind === 'measure' ? [index] : [])),
    ...query.hidden.map((_, index) => first + index),
  ]
}

const NULL_TYPES = { text: 'string', number: 'number', boolean: 'boolean', time: 'time' } as const

function nullType({ expression }: ResolvedCalculation): (typeof NULL_TYPES)[keyof typeof NULL_TYPES] {
  return NULL_TYPES[expression.type]
}

/** The lowest or highest value of a dimension as a measure of its cube. The name is one that no member can have. */
function extremeMeasure({ member, pick }: Extract<HiddenColumn, { kind: 'extreme' }>): Measure {
  const reference = { kind: 'member' as const, node: undefined, member: member.name }
  const { name, title, description, isPublic, touches, presentation, isPii } = member
  return {
    kind: 'measure',
    type: pick === 'max' ? 'max' : 'min',
    name: `${pick} ${name}`,
    title,
    description,
    isPublic,
    uses: [{ node: undefined, member: name }],
    touches,
    sql: { pieces: [reference], isColumn: false },
    filters: [],
    better: undefined,
    presentation,
    isPii,
    mask: undefined,
    percentile: undefined,
    rollingWindow: undefined,
    multiStage: undefined,
    drillMembers: [],
  }
}
