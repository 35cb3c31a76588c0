import { type Filter, MAX_FILTER_CONDITIONS, MAX_FILTER_DEPTH } from '@datainsight/core'

/** What is wrong with the size of a filter tree, which its schema cannot say; undefined when nothing is. */
export function findFilterExcess(filters: readonly Filter[]): string | undefined {
  let conditions = 0
  let deepest = 0
  const visit = (list: readonly Filter[], depth: number) => {
    for (const filter of list) {
      if ('and' in filter) visit(filter.and, depth + 1)
      else if ('or' in filter) visit(filter.or, depth + 1)
      else conditions++
      deepest = Math.max(deepest, depth)
    }
  }
  visit(filters, 0)
  if (deepest > MAX_FILTER_DEPTH) return `must be nested at most ${MAX_FILTER_DEPTH} deep, not ${deepest}`
  if (conditions > MAX_FILTER_CONDITIONS)
    return `must have at most ${MAX_FILTER_CONDITIONS} conditions, not ${conditions}`
  return undefined
}
