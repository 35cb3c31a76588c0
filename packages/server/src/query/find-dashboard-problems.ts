import { AnalyticsError, type DashboardPatch, type Problem, type Query } from '@datainsight/core'
import type { Caller } from './create-query-engine.ts'

/** Not the dashboard's faults: the author's own rights say nothing about a viewer's, and a data source may come back. */
const OF_OTHERS: ReadonlySet<string> = new Set(['forbidden', 'missing_attribute', 'query_failed'])

/**
 * What a model has against the queries and filters of a dashboard, with paths from its root: a wrong name should be told
 * to the author who stores it, not to everybody who opens it. `check` compiles a query for the author.
 */
export function findDashboardProblems(
  check: (query: Query, author: Caller) => void,
  author: Caller,
  input: DashboardPatch,
): Problem[] {
  const problemsOf = (query: Query, place: (path: string) => string): Problem[] => {
    try {
      check(query, author)
      return []
    } catch (error) {
      if (!(error instanceof AnalyticsError)) throw error
      if (OF_OTHERS.has(error.code)) return []
      if (error.problems.length === 0) return [{ path: place(''), message: error.message }]
      return error.problems.map(({ path, message }) => ({ path: place(path), message }))
    }
  }
  const widgets = (input.widgets ?? []).flatMap(({ query }, index) =>
    problemsOf(query, (path) => [`widgets[${index}].query`, path].filter(Boolean).join('.')),
  )
  const filters = (input.filters ?? []).flatMap((filter, index) => [
    ...problemsOf({ dimensions: [filter.member] }, () => `filters[${index}].member`),
    ...(filter.type === 'multi_select' && filter.labelMember !== undefined
      ? problemsOf({ dimensions: [filter.labelMember] }, () => `filters[${index}].labelMember`)
      : []),
    ...(filter.type === 'multi_select' && filter.orderMeasure !== undefined
      ? problemsOf({ measures: [filter.orderMeasure] }, () => `filters[${index}].orderMeasure`)
      : []),
  ])
  return [...widgets, ...filters]
}
