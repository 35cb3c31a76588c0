import type { FilterTest } from '../query/filter-test.ts'
import type { Condition, Expression } from './plan.ts'

/** A tree of conditions: leaves are what is resolved, and differ for rows and groups. */
type FilterTree<L extends { readonly kind: string }> =
  | L
  | { readonly kind: 'and' | 'or'; readonly filters: readonly FilterTree<L>[] }

/** The condition of a resolved filter tree. `leaf` gives that of what is no group of others. */
export function buildCondition<L extends { readonly kind: 'condition' | 'measure-filter' }>(
  filter: FilterTree<L>,
  leaf: (condition: L) => Condition,
): Condition {
  if (filter.kind === 'condition' || filter.kind === 'measure-filter') return leaf(filter as L)
  const { kind, filters } = filter as Exclude<FilterTree<L>, L>
  return { kind, conditions: filters.map((child) => buildCondition(child, leaf)) }
}

/** A test applied to an expression. */
export function testCondition(test: FilterTest, argument: Expression): Condition {
  return { ...test, argument }
}
