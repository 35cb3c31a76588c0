import type { Interval } from '../model/interval.ts'
import { toLocalIso } from '../query/calendar.ts'
import { type FilterTest, type Parameter, timestamp } from '../query/filter-test.ts'
import { toLocal } from '../query/time-zone.ts'
import type { Condition, Expression } from './plan.ts'

const DAY_MS = 86_400_000
/** More than clocks change and than months differ in length. */
const MARGIN_MS = 5 * DAY_MS

/** A time dimension's value for each row. */
export interface ShiftedTime {
  /** An instant. */
  readonly argument: Expression
  /** Added to its local time. */
  readonly by: Interval
  readonly timezone: string
}

/** The local time at which a row counts. */
export function shiftedLocal({ argument, by, timezone }: ShiftedTime): Expression {
  return {
    kind: 'add-interval',
    argument: { kind: 'local-time', timezone, argument, offsets: undefined },
    interval: by,
  }
}

/**
 * A test of a time whose rows count as later than they are: their shifted wall clock is compared with that of the bounds. Where
 * the test is a span that rows must lie in, a wider one on the instant itself comes first, so that indexes serve.
 */
export function shiftedCondition(test: FilterTest, time: ShiftedTime): Condition {
  const any = localCondition(test, shiftedLocal(time), time.timezone)
  if (test.kind !== 'within' || test.isNegated || test.spans.length !== 1) return any
  const [start, end] = test.spans[0]!
  const wide: Condition = {
    kind: 'within',
    isNegated: false,
    argument: time.argument,
    spans: [[around(start, time.by, -1), around(end, time.by, 1)]],
  }
  return { kind: 'and', conditions: [wide, any] }
}

/** A test of an instant, on its wall clock in a zone. */
export function localCondition(test: FilterTest, local: Expression, timezone: string): Condition {
  const at = (value: Parameter): Expression => ({
    kind: 'local',
    iso: toLocalIso(toLocal(timezone, Date.parse(String(value.value)))),
  })
  if (test.kind === 'present') return { ...test, argument: local }
  if (test.kind === 'compare') return { kind: 'relate', operator: test.operator, left: local, right: at(test.value) }
  if (test.kind !== 'within') throw new Error(`a time is not tested by ${test.kind}`)
  const spans = test.spans.map(
    ([start, end]): Condition => ({
      kind: 'and',
      conditions: [
        { kind: 'relate', operator: '>=', left: local, right: at(start) },
        { kind: 'relate', operator: '<', left: local, right: at(end) },
      ],
    }),
  )
  const any: Condition = spans.length === 1 ? spans[0]! : { kind: 'or', conditions: spans }
  if (!test.isNegated) return any
  const absent: Condition = { kind: 'present', isNegated: true, argument: local }
  return { kind: 'or', conditions: [{ kind: 'not', condition: any }, absent] }
}

/** An instant before the shift, well outside of what the shift may move across a bound. */
function around({ value }: Parameter, by: Interval, side: 1 | -1): Parameter {
  const instant = Date.parse(String(value)) - by.ms
  const moved = new Date(instant)
  moved.setUTCMonth(moved.getUTCMonth() - by.months)
  return timestamp(moved.getTime() + side * MARGIN_MS)
}
