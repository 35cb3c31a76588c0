import type { Condition, Expression, From, Relation, Select } from './plan.ts'

type Change = (expression: Expression) => Expression | undefined

/** A copy of an expression in which `change` replaced what it gave something for; what it left alone is looked into. */
export function mapExpression(expression: Expression, change: Change): Expression {
  const changed = change(expression)
  if (changed !== undefined) return changed
  const map = (part: Expression): Expression => mapExpression(part, change)
  switch (expression.kind) {
    case 'sql':
      return expression.pieces.every((piece) => typeof piece === 'string' || piece.kind === 'alias')
        ? expression
        : { ...expression, pieces: expression.pieces.map((piece) => (typeof piece === 'string' ? piece : map(piece))) }
    case 'aggregate':
    case 'row-value':
      return {
        ...expression,
        argument: expression.argument === undefined ? undefined : map(expression.argument),
        filters: expression.filters.map(map),
      }
    case 'window':
      return {
        ...expression,
        argument: expression.argument === undefined ? undefined : map(expression.argument),
        partition: expression.partition.map(map),
        order: expression.order.map((entry) => ({ ...entry, expression: map(entry.expression) })),
      }
    case 'case':
      return {
        ...expression,
        whens: expression.whens.map(({ condition, value }) => ({
          condition: mapCondition(condition, change),
          value: map(value),
        })),
        otherwise: expression.otherwise === undefined ? undefined : map(expression.otherwise),
      }
    case 'test':
      return { ...expression, condition: mapCondition(expression.condition, change) }
    case 'instant':
    case 'bucket':
    case 'bin':
    case 'cast':
    case 'negate':
    case 'local-time':
    case 'add-interval':
    case 'truncate':
      return { ...expression, argument: map(expression.argument) }
    case 'arithmetic':
      return { ...expression, left: map(expression.left), right: map(expression.right) }
    case 'call':
      return { ...expression, args: expression.args.map(map) }
    case 'geo':
      return { ...expression, latitude: map(expression.latitude), longitude: map(expression.longitude) }
    case 'alias':
    case 'column':
    case 'parameter':
    case 'integer':
    case 'local':
    case 'null':
    case 'absent':
    case 'filters':
    case 'argument':
      return expression
  }
}

/** A copy of a condition with its expressions changed as by {@link mapExpression}. */
export function mapCondition(condition: Condition, change: Change): Condition {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return { ...condition, conditions: condition.conditions.map((part) => mapCondition(part, change)) }
    case 'never':
      return condition
    case 'not':
      return { ...condition, condition: mapCondition(condition.condition, change) }
    case 'expression':
      return { ...condition, expression: mapExpression(condition.expression, change) }
    case 'relate':
      return {
        ...condition,
        left: mapExpression(condition.left, change),
        right: mapExpression(condition.right, change),
      }
    default:
      return { ...condition, argument: mapExpression(condition.argument, change) }
  }
}

/** A copy of a relation in which every select, innermost first, went through `change`. */
export function mapSelects(relation: Relation, change: (select: Select) => Select): Relation {
  if (relation.kind === 'union') return { ...relation, parts: relation.parts.map((part) => mapSelects(part, change)) }
  const from = mapFrom(relation.from, change)
  const joins = relation.joins.map((join) => {
    const joined = mapFrom(join.from, change)
    return joined === join.from ? join : { ...join, from: joined }
  })
  const isSame = from === relation.from && joins.every((join, index) => join === relation.joins[index])
  return change(isSame ? relation : { ...relation, from, joins })
}

function mapFrom(from: From, change: (select: Select) => Select): From {
  return from.kind === 'derived' ? { ...from, relation: mapSelects(from.relation, change) } : from
}

/** Every expression in an expression, itself first. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression
  switch (expression.kind) {
    case 'sql':
      for (const piece of expression.pieces) if (typeof piece !== 'string') yield* partsOf(piece)
      break
    case 'aggregate':
    case 'row-value':
      if (expression.argument !== undefined) yield* partsOf(expression.argument)
      for (const filter of expression.filters) yield* partsOf(filter)
      break
    case 'window':
      if (expression.argument !== undefined) yield* partsOf(expression.argument)
      for (const part of expression.partition) yield* partsOf(part)
      for (const entry of expression.order) yield* partsOf(entry.expression)
      break
    case 'case':
      for (const { condition, value } of expression.whens) {
        for (const part of testedBy(condition)) yield* partsOf(part)
        yield* partsOf(value)
      }
      if (expression.otherwise !== undefined) yield* partsOf(expression.otherwise)
      break
    case 'test':
      for (const part of testedBy(expression.condition)) yield* partsOf(part)
      break
    case 'instant':
    case 'bucket':
    case 'bin':
    case 'cast':
    case 'negate':
    case 'local-time':
    case 'add-interval':
    case 'truncate':
      yield* partsOf(expression.argument)
      break
    case 'arithmetic':
      yield* partsOf(expression.left)
      yield* partsOf(expression.right)
      break
    case 'call':
      for (const arg of expression.args) yield* partsOf(arg)
      break
    case 'geo':
      yield* partsOf(expression.latitude)
      yield* partsOf(expression.longitude)
      break
    case 'alias':
    case 'column':
    case 'parameter':
    case 'integer':
    case 'local':
    case 'null':
    case 'absent':
    case 'filters':
    case 'argument':
  }
}

/** The expressions that a condition tests. */
export function testedBy(condition: Condition): readonly Expression[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.flatMap(testedBy)
    case 'never':
      return []
    case 'not':
      return testedBy(condition.condition)
    case 'expression':
      return [condition.expression]
    case 'relate':
      return [condition.left, condition.right]
    default:
      return [condition.argument]
  }
}

/** What a relation reads, at any depth. */
export function* sourcesOf(relation: Relation): Generator<Exclude<From, { kind: 'derived' }>> {
  if (relation.kind === 'union') {
    for (const part of relation.parts) yield* sourcesOf(part)
    return
  }
  for (const from of [relation.from, ...relation.joins.map((join) => join.from)]) {
    if (from.kind === 'derived') yield* sourcesOf(from.relation)
    else yield from
  }
}
