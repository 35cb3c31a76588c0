import { isUtc } from '../../query/time-zone.ts'
import { zoneOffsets } from '../../query/zone-offsets.ts'
import { mapSelects } from '../map-plan.ts'
import type { Condition, Expression, NamedExpression, Plan, Select } from '../plan.ts'

/** Most changes of clocks worth writing out. */
const MAX_OFFSETS = 12

/**
 * Applies to time buckets in a zone other than UTC whose dimension the select bounds, for databases that convert zones slowly.
 *
 * Within the bounds a zone has one offset from UTC, or a few, one after the other, so adding the offset gives the same local time
 * as the conversion. Rows outside the bounds are not in the answer. Clocks are read from the same tz database that ICU has.
 */
export function offsetTimeBuckets(plan: Plan): Plan {
  return { ...plan, relation: mapSelects(plan.relation, offsetSelect) }
}

function offsetSelect(select: Select): Select {
  if (!select.columns.some(({ expression }) => isZoned(expression))) return select
  const bounds = boundsOf(select)
  return { ...select, columns: select.columns.map((column) => offsetColumn(column, bounds)) }
}

type Bucket = Extract<Expression, { kind: 'bucket' }>
type Bounds = ReadonlyMap<Expression, readonly [number, number]>

function isZoned(expression: Expression): expression is Bucket {
  return expression.kind === 'bucket' && !isUtc(expression.timezone)
}

function offsetColumn(column: NamedExpression, bounds: Bounds): NamedExpression {
  const { expression } = column
  if (!isZoned(expression)) return column
  const bound = bounds.get(expression.argument)
  const offsets = bound === undefined ? undefined : zoneOffsets(expression.timezone, bound[0], bound[1], MAX_OFFSETS)
  return offsets === undefined ? column : { ...column, expression: { ...expression, offsets } }
}

/** Spans that every row must lie in, by the expression they bound. A fenced root holds some of the query's conditions. */
function boundsOf({ from, where }: Select): Bounds {
  const bounds = new Map<Expression, readonly [number, number]>()
  const add = (condition: Condition): void => {
    if (condition.kind === 'and') for (const part of condition.conditions) add(part)
    else if (condition.kind === 'within' && !condition.isNegated && condition.spans.length === 1) {
      const [start, end] = condition.spans[0]!
      bounds.set(condition.argument, [Date.parse(String(start.value)), Date.parse(String(end.value))])
    }
  }
  for (const condition of where) add(condition)
  if (from.kind === 'source' && from.where !== undefined) add(from.where)
  return bounds
}
