import { mapCondition, mapExpression, mapSelects, partsOf, testedBy } from '../map-plan.ts'
import type { DerivedNode, Expression, Plan, Select } from '../plan.ts'

/**
 * Applies to a select that only computes on, or filters, one derived select: `select f(q.m) from (select sum(x) as m …) as q`
 * becomes `select f(sum(x)) …`.
 *
 * Each inner column is replaced by its expression. A condition on inner rows becomes one of the inner select: on its groups where
 * it groups, on its rows where it does not. That is the order in which SQL tests anyway, so the rows are the same. Not done where
 * the inner select numbers or limits its rows, where a column that groups would be lost, or where more is done with
 * one than to show it.
 */
export function mergeSelects(plan: Plan): Plan {
  return { ...plan, relation: mapSelects(plan.relation, merge) }
}

/** Functions that some databases can only say by a subquery over their arguments, where no aggregate may stand. */
const SUBQUERIES: ReadonlySet<string> = new Set(['least', 'greatest', 'power'])

function hasSubquery({ columns, where }: Select): boolean {
  const expressions = [...columns.map(({ expression }) => expression), ...where.flatMap(testedBy)]
  for (const expression of expressions) {
    for (const part of partsOf(expression)) if (part.kind === 'call' && SUBQUERIES.has(part.function)) return true
  }
  return false
}

function merge(outer: Select): Select {
  const { from } = outer
  if (from.kind !== 'derived' || outer.joins.length > 0 || outer.groupBy !== undefined || outer.having.length > 0)
    return outer
  const inner = from.relation
  if (inner.kind !== 'select' || inner.top !== undefined || outer.top !== undefined) return outer
  if (hasSubquery(outer)) return outer
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
  if (groupBy !== undefined && computesWithGroups(outer, from, inner)) return outer
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

/**
 * Whether the outer select does more with a column that groups than show it once. The inner select would then hold its
 * expression twice, and two texts with parameters are not the same expression to a database.
 */
function computesWithGroups(outer: Select, from: DerivedNode, inner: Select): boolean {
  const groups = new Set(inner.groupBy!.map((position) => inner.columns[position]!.name))
  const isGroup = (expression: Expression) =>
    expression.kind === 'column' && expression.alias === from.alias && groups.has(expression.name)
  const shown = outer.columns.flatMap(({ expression }) => (isGroup(expression) ? [expression] : []))
  const computed = outer.columns.flatMap(({ expression }) => (isGroup(expression) ? [] : [expression]))
  const tested = outer.where.flatMap(testedBy)
  return (
    shown.length > groups.size || [...computed, ...tested].some((expression) => [...partsOf(expression)].some(isGroup))
  )
}

/** Without a column that groups, only an aggregate in the select list makes one row of all. */
function keepsGroups(groupBy: readonly number[] | undefined, columns: Select['columns']): boolean {
  return groupBy?.length !== 0 || columns.some(({ expression }) => contains(expression, 'aggregate'))
}

function contains(expression: Expression, kind: Expression['kind']): boolean {
  for (const part of partsOf(expression)) if (part.kind === kind) return true
  return false
}
