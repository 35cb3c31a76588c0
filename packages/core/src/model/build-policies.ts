import type { Scalar } from '../schema/common.ts'
import type { AccessPolicySource, CubeSource, PolicyFilter } from '../schema/model.ts'
import type { AccessPolicy, Member, PolicyValue, RowRule } from './model.ts'
import type { Keys } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'
import { parseNumber } from './number-value.ts'
import { operatorProblem } from './operator-fit.ts'
import { quoteValue } from './quote-value.ts'

type Report = (keys: Keys, message: string) => void
type Members = ReadonlyMap<string, Member>

/** The access policies of a cube, checked against its members. */
export function buildPolicies(source: CubeSource, members: Members, report: Report): AccessPolicy[] {
  return (source.access_policy ?? []).map((policy, index) => {
    const keys = ['access_policy', index]
    const role = policy.role ?? policy.group
    if (role === undefined) report(keys, 'role is missing; write role: "*" for everyone')
    if (policy.role !== undefined && policy.group !== undefined)
      report([...keys, 'group'], 'give role or group, not both')
    return Object.freeze({
      role: role ?? '',
      opens: openedMembers(policy, members, keys, report),
      rule: rowRule(source.name, policy, members, keys, report),
    })
  })
}

function openedMembers(
  policy: AccessPolicySource,
  members: Members,
  keys: Keys,
  report: Report,
): (member: string) => boolean {
  const level = policy.member_level
  const listed = (key: 'includes' | 'excludes'): ReadonlySet<string> | '*' => {
    const list = level?.[key]
    if (list === undefined) return key === 'includes' ? '*' : new Set()
    if (list === '*') return '*'
    for (const [index, name] of list.entries()) {
      if (!members.has(name))
        report([...keys, 'member_level', key, index], `unknown member: ${name}${didYouMean(name, members.keys())}`)
    }
    return new Set(list)
  }
  const includes = listed('includes')
  const excludes = listed('excludes')
  return (member) => (includes === '*' || includes.has(member)) && excludes !== '*' && !excludes.has(member)
}

function rowRule(
  cube: string,
  policy: AccessPolicySource,
  members: Members,
  keys: Keys,
  report: Report,
): RowRule | undefined {
  const level = policy.row_level
  if (level === undefined) return undefined
  const at = [...keys, 'row_level']
  const hasFilters = level.filters !== undefined && level.filters.length > 0
  if (level.allow_all === true && hasFilters) report(at, 'give filters or allow_all, not both')
  if (level.allow_all === true) return undefined
  if (!hasFilters) {
    report(at, 'filters are missing; write allow_all: true to open every row')
    return { kind: 'or', rules: [] }
  }
  const rules = level.filters!.map((filter, index) =>
    buildRule(cube, filter, members, [...at, 'filters', index], report),
  )
  return rules.length === 1 ? rules[0] : Object.freeze({ kind: 'and', rules: Object.freeze(rules) })
}

function buildRule(cube: string, filter: PolicyFilter, members: Members, keys: Keys, report: Report): RowRule {
  if ('and' in filter || 'or' in filter) {
    const kind = 'and' in filter ? 'and' : 'or'
    const children = 'and' in filter ? filter.and : filter.or
    return Object.freeze({
      kind,
      rules: Object.freeze(
        children.map((child, index) => buildRule(cube, child, members, [...keys, kind, index], report)),
      ),
    })
  }
  const nothing: RowRule = { kind: 'or', rules: [] }
  const name = memberName(cube, filter.member)
  const member = name === undefined ? undefined : members.get(name)
  if (member === undefined) {
    report(
      [...keys, 'member'],
      `unknown member: ${filter.member}${didYouMean(name ?? filter.member, members.keys())}; a row rule names members of its own cube`,
    )
    return nothing
  }
  if (member.kind !== 'dimension') {
    report([...keys, 'member'], `${name} is a ${member.kind}; a row rule names dimensions`)
    return nothing
  }
  if (member.touches.length > 0) {
    report(
      [...keys, 'member'],
      `${name} reaches into ${member.touches.join(', ')}; a row rule uses columns of its own cube`,
    )
    return nothing
  }
  const values = (filter.values ?? []).map((value, index) => policyValue(value, [...keys, 'values', index], report))
  const misfit = operatorProblem(filter.operator, member.type, values.length)
  if (misfit !== undefined) report([...keys, filter.values === undefined ? 'operator' : 'values'], misfit)
  for (const [index, value] of values.entries()) {
    if ('value' in value && member.type === 'number' && parseNumber(value.value) === undefined) {
      report([...keys, 'values', index], `${quoteValue(value.value)} is not a number`)
    }
  }
  return Object.freeze({
    kind: 'condition',
    dimension: member,
    operator: filter.operator,
    values: Object.freeze(values),
  })
}

/** `origin`, `flights.origin`, `{CUBE}.origin`, `{CUBE.origin}` → `origin`. */
function memberName(cube: string, written: string): string | undefined {
  const parts = written.replaceAll(/[${}\s]/g, '').split('.')
  if (parts.length === 1) return parts[0]
  return parts.length === 2 && (parts[0] === cube || parts[0] === 'CUBE' || parts[0] === 'TABLE') ? parts[1] : undefined
}

const ATTRIBUTE =
  /^\$?\{\s*(?:securityContext|security_context|userAttributes|user_attributes)\.([A-Za-z_]\w{0,63})\s*\}$/

function policyValue(value: Scalar, keys: Keys, report: Report): PolicyValue {
  if (typeof value !== 'string') return Object.freeze({ value })
  const attribute = ATTRIBUTE.exec(value)?.[1]
  if (attribute !== undefined) return Object.freeze({ attribute })
  // A misspelt attribute must not become a text that is compared literally.
  if (/[{}]/.test(value)) report(keys, `${quoteValue(value)} is not an attribute; write { securityContext.name }`)
  return Object.freeze({ value })
}
