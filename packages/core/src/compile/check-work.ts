import { AnalyticsError } from '../errors.ts'
import { memberSize } from '../model/member-size.ts'
import type { CubeNode, Member, Model } from '../model/model.ts'
import type { ResolvedFilter, ResolvedQuery } from '../query/resolved-query.ts'

/** Most members a statement is made of, each as often as it is written. Some microseconds are spent on each. */
export const MAX_STATEMENT_PARTS = 50_000

/**
 * Refuses a question that would take long to plan: what its members are made of, once for each subtotal and compared span.
 * @throws AnalyticsError `invalid_request`.
 */
export function checkWork(query: ResolvedQuery, model: Model): void {
  const find = (node: string) => model.nodes.get(node)?.cube
  const sizeOf = ({ node, member }: { readonly node: CubeNode; readonly member: Member }) =>
    memberSize(member, node.cube, find).parts
  const sizeOfFilter = (filter: ResolvedFilter): number => {
    if ('filters' in filter) return sum(filter.filters.map(sizeOfFilter))
    // What is compared is written again for each text that it may contain.
    const times = filter.kind === 'condition' && filter.test.kind === 'like' ? filter.test.values.length : 1
    return sizeOf(filter) * times
  }
  const each = sum([
    ...[...query.columns, ...query.hidden, ...query.segments].map(sizeOf),
    ...query.rowFilters.map(sizeOfFilter),
  ])
  const asked = (1 + (query.subtotals?.length ?? 0)) * (query.comparison?.spans.length ?? 1)
  const parts = each * asked
  if (parts <= MAX_STATEMENT_PARTS) return
  throw new AnalyticsError(
    'invalid_request',
    `the members asked for are made of ${parts} others in all, more than ${MAX_STATEMENT_PARTS}`,
    {
      hint:
        asked > 1 ? 'Ask for fewer members, or fewer subtotals or compared spans.' : 'Ask for fewer members or values.',
    },
  )
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
