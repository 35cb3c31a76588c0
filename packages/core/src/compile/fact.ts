import type { Interval } from '../model/interval.ts'
import type { CubeNode, Dimension, Measure, RollingWindow } from '../model/model.ts'
import type { AggregateFunction, Expression } from './plan.ts'

/** A measure that aggregates rows of its own cube. */
export interface Leaf {
  /** Its column. */
  readonly name: string
  readonly member: Measure
  readonly isMasked: boolean
}

/** A time dimension's rows taken for later or earlier than they are; without `member`, of every time dimension. */
export interface Shift {
  readonly node: string | undefined
  readonly member: string | undefined
  /** Added to each row's local time. */
  readonly by: Interval
}

/** Measures of one node, over the same rows, that one select can answer. */
export interface Fact {
  readonly node: CubeNode
  readonly leaves: readonly Leaf[]
  readonly shifts: readonly Shift[]
  /** Which rows count for a bucket; `undefined`: those in it. */
  readonly window: RollingWindow | undefined
  /** The way to the node, where a view gives it. */
  readonly path: readonly string[] | undefined
}

/** How much later a fact takes the times of a dimension; `undefined` when as they are. */
export function shiftOf(shifts: readonly Shift[], node: CubeNode, member: Dimension): Interval | undefined {
  let months = 0
  let ms = 0
  for (const shift of shifts) {
    if (shift.member !== undefined && (shift.member !== member.name || shift.node !== node.name)) continue
    months += shift.by.months
    ms += shift.by.ms
  }
  return months === 0 && ms === 0 ? undefined : { months, ms }
}

/** Types of measures that are SQL over aggregates, or over other measures. */
const COMPUTED: ReadonlySet<string> = new Set(['number', 'string', 'time', 'boolean'])

/** Whether a measure is an expression rather than one aggregate of a column. */
export function isComputed(measure: Measure): boolean {
  return COMPUTED.has(measure.type)
}

/** The aggregate of a measure that is one. */
export function aggregateOf(measure: Measure): AggregateFunction {
  if (isComputed(measure) || measure.type === 'rank') throw new Error(`${measure.name} is no aggregate`)
  return measure.type as AggregateFunction
}

const INDIFFERENT: ReadonlySet<string> = new Set(['min', 'max', 'count_distinct', 'count_distinct_approx'])

/** Whether rows that stand twice change its value. */
export function countsRepeats({ member, isMasked }: Leaf): boolean {
  return !isMasked && !INDIFFERENT.has(member.type)
}

/** Whether its value over no rows is 0 rather than null. */
export function countsFromZero({ member, isMasked }: Leaf): boolean {
  return !isMasked && member.type.startsWith('count')
}

/** A column of the caller's own cube: null in a row where the cube's row is missing. */
export function isPlainColumn(expression: Expression): boolean {
  return expression.kind === 'sql' && expression.isColumn
}
