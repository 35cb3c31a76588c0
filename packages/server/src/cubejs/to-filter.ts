import { AnalyticsError, type Filter, type FilterCondition } from '@datainsight/core'
import type { CubeCondition, CubeFilter } from './cube-query.ts'

/**
 * Cube's condition in our words: `dimension` becomes `member`, and null among the values of `equals` and `notEquals` becomes
 * `notSet` and `set`.
 * @throws AnalyticsError `invalid_filter` for a condition on no member or on two.
 */
export function toFilter(filter: CubeFilter, path: string): Filter {
  if ('and' in filter) return { and: filter.and.map((child, index) => toFilter(child, `${path}.and[${index}]`)) }
  if ('or' in filter) return { or: filter.or.map((child, index) => toFilter(child, `${path}.or[${index}]`)) }
  return toCondition(filter, path)
}

function toCondition({ member, dimension, operator, values }: CubeCondition, path: string): Filter {
  const name = member ?? dimension
  if (name === undefined) throw misfit(`${path}.member`, 'a filter needs a member')
  if (member !== undefined && dimension !== undefined && member !== dimension) {
    throw misfit(`${path}.dimension`, `a filter names one member, not ${member} and ${dimension}`)
  }
  // Cube's tools send an empty list, or what was typed before the operator changed.
  if (operator === 'set' || operator === 'notSet' || operator === 'measureFilter') return { member: name, operator }
  const given = (values ?? []).filter((value) => value !== null)
  if (given.length === (values ?? []).length) return { member: name, operator, values: given }
  if (operator !== 'equals' && operator !== 'notEquals') {
    throw misfit(`${path}.values`, `${operator} does not compare with null; use set or notSet`)
  }
  const presence: FilterCondition = { member: name, operator: operator === 'equals' ? 'notSet' : 'set' }
  if (given.length === 0) return presence
  const rest: FilterCondition = { member: name, operator, values: given }
  return operator === 'equals' ? { or: [rest, presence] } : { and: [rest, presence] }
}

function misfit(path: string, message: string): AnalyticsError {
  return new AnalyticsError('invalid_filter', message, { problems: [{ path, message }] })
}
