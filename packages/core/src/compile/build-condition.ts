import type { Model } from '../model/model.ts'
import type { FilterTest } from '../query/filter-test.ts'
import type { ResolvedFilter } from '../query/resolve-query.ts'
import { memberExpression } from './member-expression.ts'
import type { Condition, Expression } from './plan.ts'

/** The condition of a resolved filter tree. */
export function buildCondition(model: Model, filter: ResolvedFilter): Condition {
  if (filter.kind === 'condition') {
    return testCondition(filter.test, memberExpression(model, filter.node, filter.member).expression)
  }
  return { kind: filter.kind, conditions: filter.filters.map((child) => buildCondition(model, child)) }
}

/** A test applied to an expression. */
export function testCondition(test: FilterTest, argument: Expression): Condition {
  return { ...test, argument }
}
