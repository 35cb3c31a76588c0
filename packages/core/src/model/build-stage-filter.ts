import type { PolicyFilter } from '../schema/access-policy.ts'
import type { MeasureSource } from '../schema/measure.ts'
import { type BuildContext, DIMENSIONS, type Report, SEGMENTS } from './build-context.ts'
import type { MemberRef, StageCondition, StageFilter } from './model.ts'
import type { Keys } from './model-problems.ts'
import { parseNumber } from './number-value.ts'
import { comparedType, operatorProblem } from './operator-fit.ts'
import { quoteValue } from './quote-value.ts'

/** Turns the `filter` of a multi-stage measure into its checked form. */
export function buildStageFilter(
  source: NonNullable<MeasureSource['filter']>,
  keys: Keys,
  context: BuildContext,
): StageFilter {
  const { exclude, keep_only: keepOnly, include = [], mode = 'relative' } = source
  if (exclude !== undefined && keepOnly !== undefined)
    context.report([...keys, 'keep_only'], 'give exclude or keep_only, not both')
  const listed = (names: readonly string[] | undefined, key: string): readonly MemberRef[] | undefined =>
    names === undefined ? undefined : context.members(names, [...keys, key], [...DIMENSIONS, ...SEGMENTS])
  return Object.freeze({
    mode,
    exclude: listed(exclude, 'exclude'),
    keepOnly: listed(keepOnly, 'keep_only'),
    include: Object.freeze(
      include.flatMap((filter, position) => buildCondition(filter, [...keys, 'include', position], context) ?? []),
    ),
  })
}

/** The dimensions that conditions test. */
export function testedMembers(conditions: readonly StageCondition[]): readonly MemberRef[] {
  return conditions.flatMap((condition) =>
    condition.kind === 'condition' ? [condition.of] : testedMembers(condition.conditions),
  )
}

function buildCondition(filter: PolicyFilter, keys: Keys, context: BuildContext): StageCondition | undefined {
  if ('and' in filter || 'or' in filter) {
    const kind = 'and' in filter ? 'and' : 'or'
    const children = 'and' in filter ? filter.and : filter.or
    return Object.freeze({
      kind,
      conditions: Object.freeze(
        children.flatMap((child, index) => buildCondition(child, [...keys, kind, index], context) ?? []),
      ),
    })
  }
  const { operator, values = [] } = filter
  const of = context.member(filter.member, [...keys, 'member'], DIMENSIONS)
  if (of === undefined) return undefined
  const type = context.dimension(of)?.type
  if (type === undefined) return undefined
  const misfit = operatorProblem(operator, type, values.length)
  if (misfit !== undefined) context.report([...keys, filter.values === undefined ? 'operator' : 'values'], misfit)
  checkValues(values, type, [...keys, 'values'], context.report)
  return Object.freeze({ kind: 'condition', of, operator, values: Object.freeze([...values]) })
}

function checkValues(
  values: NonNullable<Extract<PolicyFilter, { member: string }>['values']>,
  type: Parameters<typeof comparedType>[0],
  keys: Keys,
  report: Report,
): void {
  for (const [index, value] of values.entries()) {
    if (typeof value === 'string' && /[{}]/.test(value))
      report(
        [...keys, index],
        `${quoteValue(value)}: a value is written out here; what depends on the caller belongs in access_policy`,
      )
    else if (comparedType(type) === 'number' && parseNumber(value) === undefined)
      report([...keys, index], `${quoteValue(value)} is not a number`)
  }
}
