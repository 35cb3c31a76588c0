import { freezeDeep } from '../freeze-deep.ts'
import { type Condition, type Expression, isGroup, type Plan, type SourceNode } from '../plan.ts'

/**
 * Applies when rows are hidden and a condition of the query computes something, such as `1 / amount > 0`.
 *
 * Databases merge a subquery's conditions with those around it and test the cheapest first, so the query's condition may run on
 * hidden rows; an error it raises there (division by zero, a cast) tells of their values. A fenced subquery is tested first as a
 * whole. Conditions on plain columns cannot fail; those of the root move inside the fence, where indexes serve them, which is
 * correct because a condition on a root row does not depend on what is joined to it.
 */
export function fenceSources(plan: Plan): Plan {
  const isHiding = plan.root.where !== undefined || plan.joins.some((join) => join.source.where !== undefined)
  if (!isHiding || plan.where.every(isHarmless)) return plan
  const isMovable = (condition: Condition) =>
    plan.root.where !== undefined && isHarmless(condition) && isAbout(condition, plan.root.alias)
  const moved = plan.where.filter(isMovable)
  return freezeDeep({
    ...plan,
    root: fence(plan.root, moved),
    joins: plan.joins.map((join) => ({ ...join, source: fence(join.source, []) })),
    where: plan.where.filter((condition) => !moved.includes(condition)),
  })
}

function fence(source: SourceNode, moved: readonly Condition[]): SourceNode {
  if (source.where === undefined) return source
  const where: Condition = moved.length === 0 ? source.where : { kind: 'and', conditions: [source.where, ...moved] }
  return { ...source, where, isFenced: true }
}

/** Whether testing it can raise no error. */
function isHarmless(condition: Condition): boolean {
  if (isGroup(condition)) return condition.conditions.every(isHarmless)
  if (condition.kind === 'never') return true
  const expression = condition.kind === 'expression' ? condition.expression : condition.argument
  return expression.kind === 'sql' && expression.isColumn
}

/** Whether all columns it reads belong to one source. */
function isAbout(condition: Condition, alias: string): boolean {
  if (isGroup(condition)) return condition.conditions.every((part) => isAbout(part, alias))
  if (condition.kind === 'never') return true
  const aliases = new Set<string>()
  collectAliases(condition.kind === 'expression' ? condition.expression : condition.argument, aliases)
  return aliases.size === 1 && aliases.has(alias)
}

function collectAliases(expression: Expression, aliases: Set<string>): void {
  if (expression.kind === 'alias') aliases.add(expression.alias)
  else if (expression.kind === 'sql')
    for (const piece of expression.pieces) if (typeof piece !== 'string') collectAliases(piece, aliases)
}
