import type { Filter, Query } from '@datainsight/core'

/** The members that a query names, each once and sorted; no values. Names need not exist. */
export function membersOf(query: Query): readonly string[] {
  const names = new Set<string>([
    ...(query.measures ?? []),
    ...(query.dimensions ?? []),
    ...(query.segments ?? []),
    ...(query.timeDimensions ?? []).map(({ dimension }) => dimension),
    ...(query.bins ?? []).map(({ dimension }) => dimension),
    ...(query.topN === undefined ? [] : [query.topN.dimension, query.topN.measure ?? query.topN.dimension]),
  ])
  for (const filter of query.filters ?? []) addFilterMembers(filter, names)
  return Object.freeze([...names].sort())
}

function addFilterMembers(filter: Filter, names: Set<string>): void {
  if ('member' in filter) names.add(filter.member)
  else for (const part of 'and' in filter ? filter.and : filter.or) addFilterMembers(part, names)
}
