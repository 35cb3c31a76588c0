import type { CubeNode, Measure } from '../model/model.ts'
import type { AggregateFunction, Expression } from './plan.ts'

/** A measure that aggregates rows of its own cube. */
export interface Leaf {
  /** Its column. */
  readonly name: string
  readonly member: Measure
  readonly isMasked: boolean
}

/** Measures of one node that one select can answer. */
export interface Fact {
  readonly node: CubeNode
  readonly leaves: readonly Leaf[]
}

/** Types of measures that are SQL over aggregates, or over other measures. */
const COMPUTED: ReadonlySet<string> = new Set(['number', 'string', 'time', 'boolean'])

/** Whether a measure is an expression rather than one aggregate of a column. */
export function isComputed(measure: Measure): boolean {
  return COMPUTED.has(measure.type)
}

/** The aggregate of a measure that has one. */
export function aggregateOf(measure: Measure): AggregateFunction {
  return measure.type as AggregateFunction
}

const INDIFFERENT: ReadonlySet<string> = new Set(['min', 'max', 'count_distinct', 'count_distinct_approx'])

/** Whether rows that stand twice change its value. */
export function countsRepeats({ member, isMasked }: Leaf): boolean {
  return !isMasked && !INDIFFERENT.has(member.type)
}

/** A column of the caller's own cube: null in a row where the cube's row is missing. */
export function isPlainColumn(expression: Expression): boolean {
  return expression.kind === 'sql' && expression.isColumn
}
