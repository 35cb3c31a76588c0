import type { ViewSource } from '../schema/model.ts'
import type { Report } from './build-context.ts'
import { isGivenSwitch } from './given-switch.ts'
import type { DefaultFilter, ViewMember } from './model.ts'
import type { Keys } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'
import { parseNumber } from './number-value.ts'
import { comparedType, operatorProblem } from './operator-fit.ts'
import { quoteValue } from './quote-value.ts'

type Source = NonNullable<ViewSource['default_filters']>[number]

/** Turns the `default_filters` of a view into their checked form. `members` are those of the view. */
export function buildDefaultFilters(
  { name: view, default_filters: sources = [] }: ViewSource,
  members: ReadonlyMap<string, ViewMember>,
  report: Report,
): readonly DefaultFilter[] {
  const find = (written: string, keys: Keys): ViewMember | undefined => {
    const found = memberOf(written, view, members)
    if (found === undefined) report(keys, `unknown member: ${written}${didYouMean(written, members.keys())}`)
    return found
  }
  const build = (source: Source, position: number): readonly DefaultFilter[] => {
    const keys = ['default_filters', position]
    const of = find(source.member, [...keys, 'member'])
    const unless = (source.unless ?? []).flatMap((name, at) => find(name, [...keys, 'unless', at])?.name ?? [])
    if (of === undefined) return []
    const { operator, values = [] } = source
    const { member } = of
    if (member.kind !== 'dimension') {
      report([...keys, 'member'], `${source.member} is a ${member.kind}, not a dimension`)
      return []
    }
    const misfit = operatorProblem(operator, member.type, values.length)
    if (misfit !== undefined) report([...keys, source.values === undefined ? 'operator' : 'values'], misfit)
    for (const [index, value] of values.entries()) {
      if (typeof value === 'string' && /[{}]/.test(value))
        report(
          [...keys, 'values', index],
          `${quoteValue(value)}: a value is written out here; what depends on the caller belongs in access_policy`,
        )
      else if (comparedType(member.type) === 'number' && parseNumber(value) === undefined)
        report([...keys, 'values', index], `${quoteValue(value)} is not a number`)
      else if (isGivenSwitch(member) && !member.values?.includes(String(value)))
        report([...keys, 'values', index], `${quoteValue(value)} is none of the values of ${source.member}`)
    }
    return [Object.freeze({ of, operator, values: Object.freeze([...values]), unless: Object.freeze(unless) })]
  }
  return Object.freeze(sources.flatMap(build))
}

/** A member by its name in the view, with or without the view's, or by that in its cube, at the end of a way or alone. */
function memberOf(written: string, view: string, members: ReadonlyMap<string, ViewMember>): ViewMember | undefined {
  const parts = written.replaceAll(/[${}\s]/g, '').split('.')
  const name = parts.pop()!
  const owner = parts.pop()
  if (owner === undefined || owner === view || owner === 'CUBE') {
    const own = members.get(name)
    if (own !== undefined || owner !== undefined) return own
  }
  const found = [...members.values()].filter(
    (one) => one.member.name === name && (owner === undefined || one.node === owner),
  )
  return found.length === 1 ? found[0] : undefined
}
