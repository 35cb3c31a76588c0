import { findMember } from '../model/find-member.ts'
import { isGivenSwitch } from '../model/given-switch.ts'
import type { Dimension, Model, View } from '../model/model.ts'
import type { Filter } from '../schema/filter.ts'
import type { Clock, Span } from './date-value.ts'
import { readFilterTest } from './filter-test.ts'
import type { NormalizedQuery } from './normalize-query.ts'
import type { ResolvedFilter } from './resolved-query.ts'

/** Conditions that views add, and the spans of time they name. */
export interface DefaultConditions {
  readonly rows: readonly ResolvedFilter[]
  readonly spans: readonly Span[]
}

/**
 * The default filters of the views that a query names members of, but for those it releases: by a condition, a segment or a span of
 * time of its own on a member that `unless` lists.
 */
export function defaultConditions(
  views: Iterable<View>,
  query: NormalizedQuery,
  model: Model,
  clock: Clock,
): DefaultConditions {
  const rows: ResolvedFilter[] = []
  const spans: Span[] = []
  let asked: ReadonlySet<string> | undefined
  for (const view of new Set(views)) {
    for (const { of, operator, values, unless } of view.defaultFilters) {
      const member = of.member as Dimension
      asked ??= conditionedMembers(query, model)
      // Rows have no value of a switch without a column, and nothing in them depends on it.
      if (
        unless.some((name) => asked!.has(keyOf(view.members.get(name)!))) ||
        (query.ungrouped && isGivenSwitch(member))
      )
        continue
      const read = readFilterTest(operator, values, member.type, clock)
      if (read.test === undefined)
        throw new Error(`the default filter of ${view.name} on ${of.name}: ${read.problems[0]?.message}`)
      spans.push(...read.spans)
      const node = model.nodes.get(of.node)!
      rows.push({ kind: 'condition', node, member, test: read.test, view, viewMember: of, isOfModel: true })
    }
  }
  return { rows, spans }
}

function conditionedMembers({ filters, segments, timeDimensions }: NormalizedQuery, model: Model): ReadonlySet<string> {
  const names = [
    ...namesIn(filters),
    ...segments,
    ...timeDimensions.flatMap(({ dimension, dateRange, compareDateRange }) =>
      dateRange === undefined && compareDateRange === undefined ? [] : [dimension],
    ),
  ]
  return new Set(
    names.flatMap((name) => {
      const found = findMember(model, name)
      return found === undefined ? [] : [keyOf({ node: found.node.name, member: found.member })]
    }),
  )
}

function namesIn(filters: readonly Filter[]): string[] {
  return filters.flatMap((filter) =>
    'and' in filter ? namesIn(filter.and) : 'or' in filter ? namesIn(filter.or) : [filter.member],
  )
}

function keyOf({ node, member }: { readonly node: string; readonly member: { readonly name: string } }): string {
  return `${node}.${member.name}`
}
