import { mapSelects, partsOf, sourcesOf, testedBy } from '../map-plan.ts'
import {
  type Condition,
  type Expression,
  type From,
  isGroup,
  type Plan,
  type Relation,
  type Select,
  type SourceNode,
} from '../plan.ts'

/**
 * Applies when rows are hidden and a condition of the query computes something, such as `1 / amount > 0`.
 *
 * Databases merge a subquery's conditions with those around it, through any number of selects, and test the cheapest first, so the
 * query's condition may run on hidden rows; an error it raises there (division by zero, a cast) tells of their values. A fenced
 * subquery is tested first as a whole. Conditions on plain columns cannot fail, and those on aggregates cannot move below the
 * grouping. Conditions on plain columns of a select's root move inside the fence, where indexes serve them, which is correct
 * because a condition on a root row does not depend on what is joined to it, unless a full join makes rows without a root.
 */
export function fenceSources(plan: Plan): Plan {
  const { relation } = plan
  let isHiding = false
  for (const from of sourcesOf(relation)) isHiding ||= from.kind === 'source' && from.where !== undefined
  if (!isHiding || isHarmless(relation)) return plan
  return { ...plan, relation: mapSelects(relation, fenceSelect) }
}

function fenceSelect(select: Select): Select {
  const { from, where } = select
  const isMovable = (condition: Condition) =>
    from.kind === 'source' &&
    from.where !== undefined &&
    isSafe(condition, select) &&
    isAbout(condition, from.alias) &&
    select.joins.every((join) => join.type !== 'full')
  const moved = where.filter(isMovable)
  return {
    ...select,
    from: fence(from, moved),
    joins: select.joins.map((join) => ({ ...join, from: fence(join.from, []) })),
    where: where.filter((condition) => !moved.includes(condition)),
  }
}

function fence(from: From, moved: readonly Condition[]): From {
  if (from.kind !== 'source' || from.where === undefined) return from
  const where: Condition = moved.length === 0 ? from.where : { kind: 'and', conditions: [from.where, ...moved] }
  return { ...from, where, isFenced: true } satisfies SourceNode
}

/** Whether no condition of a relation can raise an error. */
function isHarmless(relation: Relation): boolean {
  if (relation.kind === 'union') return relation.parts.every(isHarmless)
  return (
    [...relation.where, ...relation.having].every((condition) => isSafe(condition, relation)) &&
    [relation.from, ...relation.joins.map((join) => join.from)].every(
      (from) => from.kind !== 'derived' || isHarmless(from.relation),
    )
  )
}

function isSafe(condition: Condition, select: Select): boolean {
  return isGroup(condition)
    ? condition.conditions.every((part) => isSafe(part, select))
    : testedBy(condition).every((expression) => cannotFail(expression, select))
}

/** Whether a condition on an expression of a select can raise no error on rows that are hidden. */
function cannotFail(expression: Expression, select: Select): boolean {
  switch (expression.kind) {
    case 'sql': {
      if (expression.isColumn) return true
      for (const part of partsOf(expression)) if (part.kind === 'aggregate') return true
      return false
    }
    case 'column': {
      const from = [select.from, ...select.joins.map((join) => join.from)].find(
        (candidate) => candidate.alias === expression.alias,
      )
      return from?.kind !== 'derived' || cannotFailIn(from.relation, expression.name)
    }
    case 'aggregate':
    case 'window':
    case 'integer':
    case 'parameter':
      return true
    default:
      return false
  }
}

function cannotFailIn(relation: Relation, name: string): boolean {
  if (relation.kind === 'union') return relation.parts.every((part) => cannotFailIn(part, name))
  const column = relation.columns.find((candidate) => candidate.name === name)
  return column !== undefined && cannotFail(column.expression, relation)
}

/** Whether all columns it reads belong to one source. */
function isAbout(condition: Condition, alias: string): boolean {
  if (isGroup(condition)) return condition.conditions.every((part) => isAbout(part, alias))
  if (condition.kind === 'never') return true
  const aliases = new Set<string>()
  for (const expression of testedBy(condition)) {
    for (const part of partsOf(expression)) {
      if (part.kind === 'alias' || part.kind === 'column') aliases.add(part.alias)
    }
  }
  return aliases.size === 1 && aliases.has(alias)
}
