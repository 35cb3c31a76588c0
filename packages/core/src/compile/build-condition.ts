import type { FilterTest } from '../query/filter-test.ts'
import type { ResolvedCondition, ResolvedFilter } from '../query/resolve-query.ts'
import type { Condition, Expression } from './plan.ts'

/** The condition of a resolved filter tree. `argument` gives the expression that a condition tests. */
export function buildCondition(
  filter: ResolvedFilter,
  argument: (condition: ResolvedCondition) => Expression,
): Condition {
  if (filter.kind === 'condition') return testCondition(filter.test, argument(filter))
  return { kind: filter.kind, conditions: filter.filters.map((child) => buildCondition(child, argument)) }
}

/** A test applied to an expression. */
export function testCondition(test: FilterTest, argument: Expression): Condition {
  return { ...test, argument }
}
