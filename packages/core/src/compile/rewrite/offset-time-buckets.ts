import { isUtc } from '../../query/time-zone.ts'
import { zoneOffsets } from '../../query/zone-offsets.ts'
import { freezeDeep } from '../freeze-deep.ts'
import type { Condition, Expression, Plan, PlanColumn } from '../plan.ts'

/** Most changes of clocks worth writing out. */
const MAX_OFFSETS = 12

/**
 * Applies to time buckets in a zone other than UTC whose dimension the query bounds, for databases that convert zones slowly.
 *
 * Within the bounds a zone has one offset from UTC, or a few, one after the other, so adding the offset gives the same local time
 * as the conversion. Rows outside the bounds are not in the answer. Clocks are read from the same tz database that ICU has.
 */
export function offsetTimeBuckets(plan: Plan): Plan {
  if (!plan.columns.some(({ expression }) => isZoned(expression))) return plan
  return freezeDeep({ ...plan, columns: plan.columns.map((column) => offsetColumn(column, boundsOf(plan))) })
}

type Bucket = Extract<Expression, { kind: 'bucket' }>
type Bounds = ReadonlyMap<Expression, readonly [number, number]>

function isZoned(expression: Expression): expression is Bucket {
  return expression.kind === 'bucket' && !isUtc(expression.timezone)
}

function offsetColumn(column: PlanColumn, bounds: Bounds): PlanColumn {
  const { expression } = column
  if (!isZoned(expression)) return column
  const bound = bounds.get(expression.argument)
  const offsets = bound === undefined ? undefined : zoneOffsets(expression.timezone, bound[0], bound[1], MAX_OFFSETS)
  return offsets === undefined ? column : { ...column, expression: { ...expression, offsets } }
}

/** Spans that every row must lie in, by the expression they bound. A fenced root holds some of the query's conditions. */
function boundsOf(plan: Plan): Bounds {
  const bounds = new Map<Expression, readonly [number, number]>()
  const add = (condition: Condition): void => {
    if (condition.kind === 'and') for (const part of condition.conditions) add(part)
    else if (condition.kind === 'within' && !condition.isNegated && condition.spans.length === 1) {
      const [start, end] = condition.spans[0]!
      bounds.set(condition.argument, [Date.parse(String(start.value)), Date.parse(String(end.value))])
    }
  }
  for (const condition of plan.where) add(condition)
  if (plan.root.where !== undefined) add(plan.root.where)
  return bounds
}
