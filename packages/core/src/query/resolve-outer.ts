import { isGivenSwitch } from '../model/given-switch.ts'
import { CALCULATION_PREFIX, MAX_SUBTOTALS } from '../schema/query.ts'
import type { MemberFinder } from './member-finder.ts'
import type { NormalizedQuery } from './normalize-query.ts'
import type { QueryProblems } from './query-problems.ts'
import type { QueryTerms } from './query-terms.ts'
import type { Position, ResolvedCalculation, ResolvedTopN } from './resolved-query.ts'

/** What goes around the groups, for the parts of it that name columns. */
export interface OuterScope {
  readonly query: NormalizedQuery
  readonly terms: QueryTerms
  readonly calculations: readonly ResolvedCalculation[]
  readonly finder: MemberFinder
  readonly problems: QueryProblems
}

/** Most columns that group in a query with subtotals: each is a bit of `$grouping`. */
const MAX_GROUPINGS = 20

/** The grouping columns that each subtotal keeps, the finest first, without the one that keeps all. */
export function resolveSubtotals({ query, terms, problems }: OuterScope): readonly (readonly Position[])[] | undefined {
  const { subtotals } = query
  if (subtotals === undefined) return undefined
  const all = terms.columns.flatMap(({ kind }, index) => (kind === 'measure' ? [] : [index]))
  if (all.length === 0 || all.length > MAX_GROUPINGS) {
    const message = `subtotals need 1 to ${MAX_GROUPINGS} columns that group, not ${all.length}`
    problems.add('invalid_request', 'subtotals', message)
    return undefined
  }
  const given = all.find((position) => isGivenSwitch(terms.columns[position]!.member))
  if (given !== undefined) {
    const message = `${terms.columns[given]!.name} is a switch without a column: nothing sums up its values, so there are no subtotals`
    problems.add('invalid_request', 'subtotals', message)
    return undefined
  }
  if (subtotals === true) return all.map((_, index) => all.slice(0, all.length - 1 - index))
  const sets = new Map<string, readonly Position[]>()
  for (const [index, names] of subtotals.entries()) {
    const kept = new Set<Position>()
    for (const [at, name] of names.entries()) {
      const column = all.find((position) => terms.columns[position]!.name === name) ?? terms.bucketOf(name)
      if (column !== undefined) kept.add(column)
      else if (problems.isEmpty)
        problems.add('invalid_request', `subtotals[${index}][${at}]`, `${name} is not a column that groups`)
    }
    const positions = [...kept].sort((a, b) => a - b)
    if (positions.length < all.length) sets.set(positions.join(), positions)
  }
  const found = [...sets.values()].sort((a, b) => b.length - a.length)
  return found.slice(0, MAX_SUBTOTALS)
}

/** The label of the rest when the query names none. */
const OTHERS = 'Others'

export function resolveTopN(scope: OuterScope): ResolvedTopN | undefined {
  const { query, terms, finder, problems } = scope
  const { topN } = query
  if (topN === undefined) return undefined
  const found = finder.find(topN.dimension, 'topN.dimension', ['dimension'])
  const by = rankedBy(scope)
  if (found === undefined || by === undefined || !finder.mayRead(found, 'topN.dimension')) return undefined
  const column = terms.columns.findIndex(
    (other) => other.kind === 'dimension' && other.node === found.node && other.member === found.member,
  )
  if (column === -1) {
    problems.add('invalid_request', 'topN.dimension', `${topN.dimension} is not one of the query's dimensions`)
    return undefined
  }
  if (isGivenSwitch(found.member)) {
    const message = `${topN.dimension} is a switch without a column: all its values are given, and none is the top`
    problems.add('invalid_request', 'topN.dimension', message)
    return undefined
  }
  const others = topN.others === true ? OTHERS : topN.others === false ? undefined : topN.others
  return { column, limit: topN.limit, by, direction: topN.direction ?? 'desc', others }
}

function rankedBy({ query, terms, calculations, finder, problems }: OuterScope): Position | undefined {
  const { measure } = query.topN!
  if (measure === undefined) {
    const first = terms.columns.findIndex(({ kind }) => kind === 'measure')
    const position = first >= 0 ? first : calculations.length > 0 ? terms.calculation(0) : undefined
    const ranked = first >= 0 ? terms.columns[first] : calculations[0]
    if (position === undefined || ranked === undefined) {
      if (problems.isEmpty) problems.add('invalid_request', 'topN', 'topN needs a measure to rank by')
      return undefined
    }
    return finder.mayRead(ranked, 'topN') ? position : undefined
  }
  if (measure.startsWith(`${CALCULATION_PREFIX}.`)) {
    const index = calculations.findIndex(({ name }) => name === measure)
    if (index >= 0) return finder.mayRead(calculations[index]!, 'topN.measure') ? terms.calculation(index) : undefined
    if (problems.isEmpty) problems.add('unknown_member', 'topN.measure', finder.unknown(measure, ['measure']))
    return undefined
  }
  const found = finder.find(measure, 'topN.measure', ['measure'])
  return found !== undefined && finder.mayRead(found, 'topN.measure') ? terms.measure(found) : undefined
}
