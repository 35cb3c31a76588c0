import { mapCondition, mapExpression, mapSelects, partsOf } from '../map-plan.ts'
import type { DerivedNode, Expression, Plan, Select } from '../plan.ts'

/**
 * Applies to a select that only computes on, or filters, one derived select: `select f(q.m) from (select sum(x) as m …) as q`
 * becomes `select f(sum(x)) …`.
 *
 * Each inner column is replaced by its expression. A condition on inner rows becomes one of the inner select: on its groups where
 * it groups, on its rows where it does not. That is the order in which SQL tests anyway, so the rows are the same. Not done where
 * the inner select numbers or limits its rows, or where a column that groups would be lost.
 */
export function mergeSelects(plan: Plan): Plan {
  return { ...plan, relation: mapSelects(plan.relation, merge) }
}

function merge(outer: Select): Select {
  const { from } = outer
  if (from.kind !== 'derived' || outer.joins.length > 0 || outer.groupBy !== undefined || outer.having.length > 0)
    return outer
  const inner = from.relation
  if (inner.kind !== 'select' || inner.top !== undefined || outer.top !== undefined) return outer
  const replace = replacer(from, inner)
  const columns = outer.columns.map(({ name, expression }) => ({
    name,
    expression: mapExpression(expression, replace),
  }))
  const conditions = outer.where.map((condition) => mapCondition(condition, replace))
  if (outer.where.length > 0 && inner.columns.some(({ expression }) => contains(expression, 'window'))) return outer
  const groupBy = inner.groupBy?.map((position) => {
    const { name } = inner.columns[position]!
    return outer.columns.findIndex(({ expression }) => expression.kind === 'column' && expression.name === name)
  })
  if (groupBy?.includes(-1) || !keepsGroups(groupBy, columns)) return outer
  return {
    ...inner,
    columns,
    groupBy,
    where: groupBy === undefined ? [...inner.where, ...conditions] : inner.where,
    having: groupBy === undefined ? inner.having : [...inner.having, ...conditions],
  }
}

function replacer(from: DerivedNode, inner: Select): (expression: Expression) => Expression | undefined {
  const byName = new Map(inner.columns.map(({ name, expression }) => [name, expression]))
  return (expression) =>
    expression.kind === 'column' && expression.alias === from.alias ? byName.get(expression.name) : undefined
}

/** Without a column that groups, only an aggregate in the select list makes one row of all. */
function keepsGroups(groupBy: readonly number[] | undefined, columns: Select['columns']): boolean {
  return groupBy?.length !== 0 || columns.some(({ expression }) => contains(expression, 'aggregate'))
}

function contains(expression: Expression, kind: Expression['kind']): boolean {
  for (const part of partsOf(expression)) if (part.kind === kind) return true
  return false
}
