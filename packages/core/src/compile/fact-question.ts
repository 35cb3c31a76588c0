import type { CubeNode, Model } from '../model/model.ts'
import type { NamedThrough, ResolvedFilter } from '../query/resolved-query.ts'
import type { Fact } from './fact.ts'
import { pathsFrom } from './join-tree.ts'
import type { Question } from './question.ts'

type Named = NamedThrough & { readonly node: CubeNode }

/**
 * What is asked of one of a question's facts: everything, without the conditions that belong to another of them alone. Such a
 * condition tests only members that a view takes from the cubes of that other fact, to which no joins lead from this one. Any other
 * condition that the fact cannot reach stays, and is refused where the cubes are joined. Row rules are not among them.
 */
export function factQuestion(fact: Fact, facts: readonly Fact[], question: Question, model: Model): Question {
  const { segments, rowFilters } = question
  const others = new Set(facts.map(rootOf))
  others.delete(rootOf(fact))
  if (others.size === 0 || (segments.length === 0 && rowFilters.length === 0)) return question
  const isForeign = ({ node, viewMember }: Named) =>
    viewMember !== undefined && others.has(viewMember.path[0]!) && !areConnected(model, fact.node, node)
  return {
    ...question,
    segments: segments.filter((segment) => !isForeign(segment)),
    rowFilters: rowFilters.flatMap((filter) => own(filter, isForeign) ?? []),
  }
}

/** The cube that a view lists a fact under. */
function rootOf({ path, node }: Fact): string {
  return path?.[0] ?? node.name
}

/** A condition without the parts that belong to another fact; an "or" is taken as a whole. */
function own(filter: ResolvedFilter, isForeign: (named: Named) => boolean): ResolvedFilter | undefined {
  if (filter.kind === 'condition' || filter.kind === 'measure-filter') return isForeign(filter) ? undefined : filter
  if (filter.kind === 'or') {
    const tested = tests(filter)
    return tested.length > 0 && tested.every(isForeign) ? undefined : filter
  }
  const filters = filter.filters.flatMap((child) => own(child, isForeign) ?? [])
  return filters.length === 0 ? undefined : { ...filter, filters }
}

function tests(filter: ResolvedFilter): readonly Named[] {
  return filter.kind === 'condition' || filter.kind === 'measure-filter' ? [filter] : filter.filters.flatMap(tests)
}

/** Whether joins lead from some cube to both. Roles that views make are reached in ways that only the joins themselves can tell. */
function areConnected(model: Model, a: CubeNode, b: CubeNode): boolean {
  if (b.isOfView === true) return true
  for (const from of model.nodes.keys()) {
    const paths = pathsFrom(model, from)
    if (paths.has(a.name) && paths.has(b.name)) return true
  }
  return false
}
