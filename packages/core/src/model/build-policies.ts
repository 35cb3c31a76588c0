import type { AccessPolicySource, PolicyFilter } from '../schema/access-policy.ts'
import type { Scalar } from '../schema/common.ts'
import type { CubeSource } from '../schema/cube.ts'
import type { ViewSource } from '../schema/model.ts'
import { readAttributePath } from './attribute-path.ts'
import type { Report } from './build-context.ts'
import { linkOwner } from './build-link-addresses.ts'
import type { AccessPolicy, AttributeTest, Member, PolicyValue, RowRule, ViewMember } from './model.ts'
import type { Keys } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'
import { parseNumber } from './number-value.ts'
import { comparedType, operatorProblem } from './operator-fit.ts'
import { parseAttributeTest } from './parse-attribute-test.ts'
import { quoteValue } from './quote-value.ts'

/** What policies speak of: a cube or a view, and its members by name. Read again at each question, as members are finished later. */
interface Subject {
  readonly name: string
  readonly members: ReadonlyMap<string, Member | ViewMember>
  readonly report: Report
}

/** The access policies of a cube, checked against its members. */
export function buildCubePolicies(
  source: CubeSource,
  members: ReadonlyMap<string, Member>,
  report: Report,
): AccessPolicy[] {
  return buildPolicies(source.access_policy, { name: source.name, members, report })
}

/** The access policies of a view, checked against its members. */
export function buildViewPolicies(
  source: ViewSource,
  members: ReadonlyMap<string, ViewMember>,
  report: Report,
): AccessPolicy[] {
  return buildPolicies(source.access_policy, { name: source.name, members, report })
}

function buildPolicies(sources: readonly AccessPolicySource[] | undefined, subject: Subject): AccessPolicy[] {
  return (sources ?? []).map((source, index) => {
    const keys = ['access_policy', index]
    const level = memberLists(source.member_level, [...keys, 'member_level'], subject)
    const masking = memberLists(source.member_masking, [...keys, 'member_masking'], subject)
    if (masking !== undefined && level === undefined)
      subject.report([...keys, 'member_masking'], 'member_masking needs member_level, which says what is not masked')
    const isIncluded = (member: string) => level === undefined || isListed(level, member)
    const isNamed = (member: string) =>
      level !== undefined && level.includes !== '*' && isListed(level, member) && level.includes.has(member)
    return Object.freeze({
      roles: readRoles(source, keys, subject.report),
      conditions: Object.freeze(readConditions(source, keys, subject.report)),
      opens: (name: string) => {
        const member = governing(subject, name)
        return isIncluded(member) && (!isPii(subject, member) || isNamed(member))
      },
      masks: (name: string) => {
        const member = governing(subject, name)
        return (masking !== undefined && isListed(masking, member)) || (isIncluded(member) && isPii(subject, member))
      },
      rule: rowRule(source, keys, subject),
    })
  })
}

/** The member whose level a member has: of a link's address, the dimension it is of. */
function governing({ members }: Subject, name: string): string {
  const found = members.get(name)
  const member = found !== undefined && 'member' in found ? found.member : found
  const owner = member?.kind === 'dimension' ? linkOwner(name, member) : undefined
  return owner !== undefined && members.has(owner) ? owner : name
}

function isPii({ members }: Subject, name: string): boolean {
  const found = members.get(name)
  const member = found !== undefined && 'member' in found ? found.member : found
  return member !== undefined && member.kind !== 'segment' && member.isPii
}

function readRoles(source: AccessPolicySource, keys: Keys, report: Report): readonly string[] {
  const written = (['role', 'group', 'groups'] as const).filter((key) => source[key] !== undefined)
  const [key, second] = written
  if (key === undefined) report(keys, 'role is missing; write role: "*" for everyone')
  if (second !== undefined) report([...keys, second], `give ${key} or ${second}, not both`)
  return Object.freeze(source.groups ?? [source.role ?? source.group ?? ''])
}

function readConditions(source: AccessPolicySource, keys: Keys, report: Report): AttributeTest[] {
  return (source.conditions ?? []).map((condition, index) => {
    const test =
      typeof condition.if === 'boolean'
        ? ({ kind: 'constant', value: condition.if } as const)
        : parseAttributeTest(condition.if)
    if (typeof test !== 'string') return test
    report([...keys, 'conditions', index, 'if'], test)
    return { kind: 'constant', value: false }
  })
}

interface MemberLists {
  readonly includes: '*' | ReadonlySet<string>
  readonly excludes: '*' | ReadonlySet<string>
}

function isListed({ includes, excludes }: MemberLists, member: string): boolean {
  return (includes === '*' || includes.has(member)) && excludes !== '*' && !excludes.has(member)
}

function memberLists(
  source: AccessPolicySource['member_level'],
  keys: Keys,
  { members, report }: Subject,
): MemberLists | undefined {
  if (source === undefined) return undefined
  const listed = (key: 'includes' | 'excludes'): ReadonlySet<string> | '*' => {
    const list = source[key]
    if (list === undefined) return key === 'includes' ? '*' : new Set()
    if (list === '*') return '*'
    for (const [index, name] of list.entries()) {
      if (!members.has(name))
        report([...keys, key, index], `unknown member: ${name}${didYouMean(name, members.keys())}`)
    }
    return new Set(list)
  }
  return { includes: listed('includes'), excludes: listed('excludes') }
}

function rowRule(policy: AccessPolicySource, keys: Keys, subject: Subject): RowRule | undefined {
  const level = policy.row_level
  if (level === undefined) return undefined
  const at = [...keys, 'row_level']
  const hasFilters = level.filters !== undefined && level.filters.length > 0
  if (level.allow_all === true && hasFilters) subject.report(at, 'give filters or allow_all, not both')
  if (level.allow_all === true) return undefined
  if (!hasFilters) {
    // `allow_all: false` alone opens no row, and says so.
    if (level.allow_all === undefined)
      subject.report(at, 'filters are missing; write allow_all: true to open every row')
    return NO_ROW
  }
  const rules = level.filters!.map((filter, index) => buildRule(filter, [...at, 'filters', index], subject))
  return rules.length === 1 ? rules[0] : Object.freeze({ kind: 'and', rules: Object.freeze(rules) })
}

/** No rules joined by "or": holds for nothing. */
const NO_ROW: RowRule = Object.freeze({ kind: 'or', rules: Object.freeze([]) })

function buildRule(filter: PolicyFilter, keys: Keys, subject: Subject): RowRule {
  if ('and' in filter || 'or' in filter) {
    const kind = 'and' in filter ? 'and' : 'or'
    const children = 'and' in filter ? filter.and : filter.or
    return Object.freeze({
      kind,
      rules: Object.freeze(children.map((child, index) => buildRule(child, [...keys, kind, index], subject))),
    })
  }
  const { members, report } = subject
  const name = memberName(subject.name, filter.member)
  const found = name === undefined ? undefined : members.get(name)
  if (found === undefined) {
    report(
      [...keys, 'member'],
      `unknown member: ${filter.member}${didYouMean(name ?? filter.member, members.keys())}; a row rule names members of its own cube or view`,
    )
    return NO_ROW
  }
  const viewMember = 'member' in found ? found : undefined
  const member = 'member' in found ? found.member : found
  const problem = unfitForRules(member, name!)
  if (problem !== undefined) report([...keys, 'member'], problem)
  if (member.kind !== 'dimension') return NO_ROW
  const values = (filter.values ?? []).map((value, index) => policyValue(value, [...keys, 'values', index], report))
  const misfit = operatorProblem(filter.operator, member.type, values.length)
  if (misfit !== undefined) report([...keys, filter.values === undefined ? 'operator' : 'values'], misfit)
  for (const [index, value] of values.entries()) {
    if ('value' in value && comparedType(member.type) === 'number' && parseNumber(value.value) === undefined) {
      report([...keys, 'values', index], `${quoteValue(value.value)} is not a number`)
    }
  }
  return Object.freeze({
    kind: 'condition',
    dimension: member,
    ...(viewMember !== undefined && { viewMember }),
    operator: filter.operator,
    values: Object.freeze(values),
  })
}

/** Rules are tested on rows of one cube before anything is joined, so they can name only what such a row has. */
function unfitForRules(member: Member, name: string): string | undefined {
  if (member.kind !== 'dimension') return `${name} is a ${member.kind}; a row rule names dimensions`
  if (member.touches.length > 0)
    return `${name} reaches into ${member.touches.join(', ')}; a row rule uses columns of its own cube`
  if (member.type === 'switch' && member.sql.pieces.length === 0)
    return `${name} is a switch without sql; a row rule uses columns of its own cube`
  return undefined
}

/** `origin`, `flights.origin`, `{CUBE}.origin`, `{CUBE.origin}` → `origin`. */
function memberName(owner: string, written: string): string | undefined {
  const parts = written.replaceAll(/[${}\s]/g, '').split('.')
  if (parts.length === 1) return parts[0]
  return parts.length === 2 && (parts[0] === owner || parts[0] === 'CUBE' || parts[0] === 'TABLE')
    ? parts[1]
    : undefined
}

function policyValue(value: Scalar, keys: Keys, report: Report): PolicyValue {
  if (typeof value !== 'string') return Object.freeze({ value })
  const written = /^\$?\{\s*([\w.]+)\s*\}$/.exec(value)?.[1]
  const attribute = written === undefined ? undefined : readAttributePath(written)
  if (attribute !== undefined) return attribute
  // A misspelt attribute must not become a text that is compared literally.
  if (/[{}]/.test(value)) report(keys, `${quoteValue(value)} is not an attribute; write { securityContext.name }`)
  return Object.freeze({ value })
}
