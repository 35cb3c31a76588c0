import { AnalyticsError } from '../errors.ts'
import type { Interval } from '../model/interval.ts'
import type { CubeNode, Dimension, Measure, RollingWindow, SqlTemplate, TimeShift } from '../model/model.ts'
import type { AggregateFunction, Expression } from './plan.ts'

/** A measure that aggregates rows of its own cube. */
export interface Leaf {
  /** Its column. */
  readonly name: string
  readonly member: Measure
  readonly isMasked: boolean
}

/**
 * A time dimension's rows taken for later or earlier than they are; without `member`, of every time dimension. `by` is how much
 * later a measure looks, or the name that calendars have for it.
 */
export interface Shift {
  readonly node: string | undefined
  readonly member: string | undefined
  readonly by: TimeShift['by']
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

/** Where a dimension's values are looked for: so much later, added to each row's local time, or at those that a calendar says. */
export type ShiftedBy = { readonly interval: Interval } | { readonly sql: SqlTemplate }

/**
 * How a fact shifts a time dimension; `undefined` when not at all.
 * @throws AnalyticsError `unsupported` when a calendar's shift comes with another one.
 */
export function shiftOf(shifts: readonly Shift[], node: CubeNode, member: Dimension): ShiftedBy | undefined {
  let months = 0
  let ms = 0
  let sql: SqlTemplate | undefined
  let count = 0
  for (const shift of shifts) {
    if (shift.member !== undefined && (shift.member !== member.name || shift.node !== node.name)) continue
    const found = resolveShift(shift.by, member)
    if (found === undefined) continue
    count += 1
    if ('pieces' in found) sql = found
    else {
      months -= found.months
      ms -= found.ms
    }
  }
  if (sql !== undefined) {
    if (count === 1) return { sql }
    throw new AnalyticsError(
      'unsupported',
      `a shift that the calendar ${node.name} maps by sql comes with another one`,
      {
        hint: 'Declare both together as one shift of the calendar.',
      },
    )
  }
  return months === 0 && ms === 0 ? undefined : { interval: { months, ms } }
}

/** A calendar's own word for a shift comes first: by its name, or by the same interval. */
function resolveShift(by: TimeShift['by'], { calendar }: Dimension): Interval | SqlTemplate | undefined {
  if ('name' in by) {
    const named = calendar?.shifts.find(({ name }) => name === by.name)
    return named?.sql ?? named?.interval
  }
  const same = calendar?.shifts.find(({ interval }) => interval?.months === by.months && interval.ms === by.ms)
  return same?.sql ?? by
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
