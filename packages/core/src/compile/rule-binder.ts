import { AnalyticsError } from '../errors.ts'
import { matchingPolicies, policyAdmits } from '../model/access.ts'
import { attributeValues } from '../model/attribute-values.ts'
import type { AccessPolicy, Dimension, PolicyValue, RowRule, ViewMember } from '../model/model.ts'
import type { Clock } from '../query/date-value.ts'
import { type FilterTest, readFilterTest } from '../query/filter-test.ts'
import type { Scalar } from '../schema/common.ts'
import type { Security } from '../security.ts'
import { testCondition } from './build-condition.ts'
import type { Condition, Expression } from './plan.ts'

/** A cube or view whose policies are bound to a caller. */
export interface RuleOwner {
  readonly name: string
  /** Whether the caller may learn the name. */
  readonly isPublic: boolean
  readonly policies: readonly AccessPolicy[]
}

/** A row rule with the caller's attributes in it; no condition when a policy opens every row. */
export interface BoundRule {
  readonly condition: Condition | undefined
  readonly policies: readonly string[]
  /** Those that are joined by "or", as the model has them; `undefined` for a policy that opens every row. */
  readonly rules: readonly (RowRule | undefined)[]
}

/** Turns row rules into conditions for one caller. */
export class RuleBinder {
  /** When words in the rules mean something else. */
  validUntilMs: number | undefined
  readonly #security: Security
  readonly #clock: Clock
  readonly #expression: (dimension: Dimension, viewMember: ViewMember | undefined) => Expression

  /** `expression` gives a dimension's value for a row. `clock` reads dates, in the caller's own zone. */
  constructor(
    security: Security,
    clock: Clock,
    expression: (dimension: Dimension, viewMember: ViewMember | undefined) => Expression,
  ) {
    this.#security = security
    this.#clock = clock
    this.#expression = expression
  }

  /**
   * The policies of the caller that open all of `members`, joined by "or". `isMasked` tells which of them show as masks.
   * @throws AnalyticsError `forbidden` when no policy opens them together; `missing_attribute` when every rule needs an attribute
   * that the caller lacks.
   */
  bind(owner: RuleOwner, members: Iterable<string>, isMasked: (member: string) => boolean): BoundRule {
    const named = [...members]
    const opening = matchingPolicies(owner, this.#security).filter((policy) =>
      named.every((member) => policyAdmits(policy, member, isMasked(member))),
    )
    if (opening.length === 0) {
      throw new AnalyticsError(
        'forbidden',
        owner.isPublic
          ? `no policy of ${owner.name} opens these members together: ${named.join(', ')}`
          : 'no policy opens all members of this query together',
      )
    }
    const missing = new Set<string>()
    const bound = opening.flatMap((policy) => {
      const condition = policy.rule === undefined ? 'all' : this.#rule(policy.rule, missing)
      return condition === undefined ? [] : [{ policy, condition }]
    })
    if (bound.length === 0) throw missingAttribute(owner, missing)
    const policies = bound.map(
      ({ policy, condition }) =>
        `${owner.name}: role ${policy.roles.join(', ')}${condition === 'all' ? '' : ' (row rule)'}`,
    )
    const rules = bound.map(({ policy }) => policy.rule)
    const found = bound.map(({ condition }) => condition)
    if (found.includes('all')) return { condition: undefined, policies, rules }
    const conditions = found as Condition[]
    return { condition: conditions.length === 1 ? conditions[0] : { kind: 'or', conditions }, policies, rules }
  }

  /** `undefined` when an attribute is missing: then the whole policy says nothing, also where the rule is negated or in an "or". */
  #rule(rule: RowRule, missing: Set<string>): Condition | undefined {
    if (rule.kind !== 'condition') {
      if (rule.rules.length === 0) return { kind: 'never' }
      const conditions = rule.rules.map((child) => this.#rule(child, missing))
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
    const test = this.test(rule.operator, values, rule.dimension)
    if (test === undefined) {
      for (const value of rule.values) if ('attribute' in value) missing.add(value.attribute)
      return undefined
    }
    return testCondition(test, this.#expression(rule.dimension, rule.viewMember))
  }

  #readValue(value: PolicyValue): readonly Scalar[] | undefined {
    return 'value' in value ? [value.value] : attributeValues(this.#security, value)
  }

  /** A test of a dimension; `undefined` when a value does not fit its type. */
  test(
    operator: Extract<RowRule, { kind: 'condition' }>['operator'],
    values: readonly Scalar[],
    { type }: Dimension,
  ): FilterTest | undefined {
    const { test, spans } = readFilterTest(operator, values, type, this.#clock)
    for (const { validUntilMs } of spans) {
      if (test !== undefined && validUntilMs !== undefined)
        this.validUntilMs = Math.min(this.validUntilMs ?? validUntilMs, validUntilMs)
    }
    return test
  }
}

function missingAttribute(owner: RuleOwner, missing: ReadonlySet<string>): AnalyticsError {
  const names = [...missing].map((name) => `attributes.${name}`)
  const whose = owner.isPublic ? `the policy of ${owner.name}` : 'a policy'
  return new AnalyticsError(
    'missing_attribute',
    `${whose} needs ${names.join(' and ') || 'a row rule'}, which this caller lacks`,
    { problems: names.map((path) => ({ path, message: 'missing, empty or not usable' })) },
  )
}
