import { AnalyticsError } from '../errors.ts'
import { isCubeOpen, isMemberMasked, matchingPolicies, policyAdmits } from '../model/access.ts'
import { attributeValues } from '../model/attribute-values.ts'
import { findMember } from '../model/find-member.ts'
import type { AccessPolicy, CubeNode, Dimension, Model, PolicyValue, RowRule } from '../model/model.ts'
import type { Clock } from '../query/date-value.ts'
import { readFilterTest } from '../query/filter-test.ts'
import type { Scalar } from '../schema/common.ts'
import type { Filter } from '../schema/filter.ts'
import type { Security } from '../security.ts'
import { testCondition } from './build-condition.ts'
import { freezeDeep } from './freeze-deep.ts'
import { memberExpression, templateExpression } from './member-expression.ts'
import type { Condition, SourceNode } from './plan.ts'

/** The rows of a cube, in one of its roles, that a statement wants to read. */
export interface Source {
  readonly model: Model
  readonly node: CubeNode
  /** Members of this cube that the query names: a policy opens its rows only to queries on members it opens. */
  readonly members: ReadonlySet<string>
  /** Reads dates in rules. Its zone is the caller's own, never one that the query names. */
  readonly clock: Clock
}

/** What {@link planSource} gives: the node, and when words in its rules mean something else. */
export interface PlannedSource {
  readonly source: SourceNode
  readonly validUntilMs: number | undefined
}

/**
 * Makes a source node with the row rules and token filters of `security` already in its filter.
 * The only constructor of source nodes, so no rewrite can add an unprotected one.
 * @throws AnalyticsError `missing_attribute` when every rule of the caller needs an attribute it lacks; `forbidden` when no policy
 * opens the named members together, or a token filter cannot be applied.
 */
export function planSource(source: Source, security: Security): PlannedSource {
  const binder = new RuleBinder(source, security)
  const { condition, policies } = binder.rowRule()
  const conditions = [condition, ...binder.tokenFilters()].filter((entry) => entry !== undefined)
  const { cube } = source.node
  const node = {
    kind: 'source',
    alias: source.node.name,
    cube: cube.name,
    rows:
      cube.rows.kind === 'table'
        ? { kind: 'table', identifiers: cube.rows.identifiers }
        : { kind: 'sql', sql: templateExpression(source.model, source.node, cube.rows.sql, []) },
    where: conditions.length === 0 ? undefined : conditions.length === 1 ? conditions[0] : { kind: 'and', conditions },
    isFenced: false,
    mark: undefined,
    policies,
  }
  return { source: freezeDeep(node) as unknown as SourceNode, validUntilMs: binder.validUntilMs }
}

class RuleBinder {
  validUntilMs: number | undefined
  readonly #source: Source
  readonly #security: Security

  constructor(source: Source, security: Security) {
    this.#source = source
    this.#security = security
  }

  /** The policies of the caller joined by "or"; no condition when one of them opens every row. */
  rowRule(): { readonly condition: Condition | undefined; readonly policies: readonly string[] } {
    const { cube } = this.#source.node
    // A closed cube can still stand on the way between two open ones: it joins as no rows.
    if (!isCubeOpen(cube, this.#security)) return { condition: { kind: 'never' }, policies: [`${cube.name}: closed`] }
    if (cube.policies.length === 0) return { condition: undefined, policies: [] }

    const opening = matchingPolicies(cube, this.#security).filter((policy) =>
      [...this.#source.members].every((member) => policyAdmits(policy, member, this.#isMasked(member))),
    )
    if (opening.length === 0) {
      throw new AnalyticsError(
        'forbidden',
        `no policy of ${cube.name} opens these members together: ${[...this.#source.members].join(', ')}`,
      )
    }
    const missing = new Set<string>()
    const bound = opening.flatMap((policy) => {
      const condition = this.#bindPolicy(policy, missing)
      return condition === undefined ? [] : [{ policy, condition }]
    })
    if (bound.length === 0) throw missingAttribute(cube.name, missing)
    const policies = bound.map(
      ({ policy, condition }) =>
        `${cube.name}: role ${policy.roles.join(', ')}${condition === 'all' ? '' : ' (row rule)'}`,
    )
    const conditions = bound.map(({ condition }) => condition)
    if (conditions.includes('all')) return { condition: undefined, policies }
    const rules = conditions as Condition[]
    return { condition: rules.length === 1 ? rules[0] : { kind: 'or', conditions: rules }, policies }
  }

  #isMasked(name: string): boolean {
    const { model, node } = this.#source
    return isMemberMasked(model, node, node.cube.members.get(name)!, this.#security)
  }

  #bindPolicy(policy: AccessPolicy, missing: Set<string>): Condition | 'all' | undefined {
    if (policy.rule === undefined) return 'all'
    return this.#bindRule(policy.rule, missing)
  }

  /** `undefined` when an attribute is missing: then the whole policy says nothing, also where the rule is negated or in an "or". */
  #bindRule(rule: RowRule, missing: Set<string>): Condition | undefined {
    if (rule.kind !== 'condition') {
      if (rule.rules.length === 0) return { kind: 'never' }
      const conditions = rule.rules.map((child) => this.#bindRule(child, missing))
      return conditions.includes(undefined) ? undefined : { kind: rule.kind, conditions: conditions as Condition[] }
    }
    const values: Scalar[] = []
    for (const value of rule.values) {
      const found = this.#readValue(value)
      if (found === undefined) {
        missing.add((value as { attribute: string }).attribute)
        return undefined
      }
      values.push(...found)
    }
    const { test, spans } = readFilterTest(rule.operator, values, rule.dimension.type, this.#source.clock)
    if (test === undefined) {
      for (const value of rule.values) if ('attribute' in value) missing.add(value.attribute)
      return undefined
    }
    for (const span of spans) this.#keepValidity(span.validUntilMs)
    return this.#condition(rule.dimension, test)
  }

  #readValue(value: PolicyValue): readonly Scalar[] | undefined {
    return 'value' in value ? [value.value] : attributeValues(this.#security, value)
  }

  /** Conditions of the token on this cube. */
  tokenFilters(): Condition[] {
    return this.#security.filters.flatMap((filter) => (this.#concerns(filter) ? [this.#tokenFilter(filter)] : []))
  }

  /** Whether a token filter is about this cube. One about several cubes at once fits in no source and must not be dropped. */
  #concerns(filter: Filter): boolean {
    const cubes = new Set(namedMembers(filter).map((name) => findMember(this.#source.model, name)?.node.name))
    const [cube] = cubes
    const node = cube === undefined ? undefined : this.#source.model.nodes.get(cube)
    if (cubes.size !== 1 || node === undefined) throw unusableFilter(filter)
    // A filter on a role would leave the same rows open under the cube's own name.
    if (node.isRole) throw unusableFilter(filter)
    return node.cube === this.#source.node.cube
  }

  #tokenFilter(filter: Filter): Condition {
    if ('and' in filter || 'or' in filter) {
      const children = 'and' in filter ? filter.and : filter.or
      if (children.length === 0) throw unusableFilter(filter)
      return { kind: 'and' in filter ? 'and' : 'or', conditions: children.map((child) => this.#tokenFilter(child)) }
    }
    const member = findMember(this.#source.model, filter.member)!.member
    if (member.kind !== 'dimension' || member.touches.length > 0) throw unusableFilter(filter)
    const { test, spans } = readFilterTest(filter.operator, filter.values ?? [], member.type, this.#source.clock)
    if (test === undefined) throw unusableFilter(filter)
    for (const span of spans) this.#keepValidity(span.validUntilMs)
    return this.#condition(member, test)
  }

  #condition(dimension: Dimension, test: Parameters<typeof testCondition>[0]): Condition {
    return testCondition(test, memberExpression(this.#source.model, this.#source.node, dimension).expression)
  }

  #keepValidity(validUntilMs: number | undefined): void {
    if (validUntilMs !== undefined) this.validUntilMs = Math.min(this.validUntilMs ?? validUntilMs, validUntilMs)
  }
}

function namedMembers(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(namedMembers)
  if ('or' in filter) return filter.or.flatMap(namedMembers)
  return [filter.member]
}

function missingAttribute(cube: string, missing: ReadonlySet<string>): AnalyticsError {
  const names = [...missing].map((name) => `attributes.${name}`)
  return new AnalyticsError(
    'missing_attribute',
    `the policy of ${cube} needs ${names.join(' and ') || 'a row rule'}, which this caller lacks`,
    {
      problems: names.map((path) => ({ path, message: 'missing, empty or not usable' })),
    },
  )
}

function unusableFilter(filter: Filter): AnalyticsError {
  const names = [...new Set(namedMembers(filter))].join(', ')
  return new AnalyticsError('forbidden', `a filter of this token cannot be applied: ${names}`, {
    hint: 'A token filter names dimensions of one cube, under the name of the cube itself, with values of their type.',
  })
}
