/** Values of a rule: written in the model, or an attribute of the caller. */
export type RuleValue = { readonly value: number | string } | { readonly attribute: string }

/** A condition on a dimension of the cube, or a member of the view, that holds it. */
export type Rule =
  | { readonly member: string; readonly operator: RuleOperator; readonly values: readonly RuleValue[] }
  | { readonly and: readonly Rule[] }
  | { readonly or: readonly Rule[] }

export type RuleOperator = 'equals' | 'notEquals' | 'gt' | 'lte' | 'set' | 'notSet'

export interface Policy {
  readonly role: '*' | 'viewer' | 'boss'
  /** An attribute that must be true. */
  readonly when: string | undefined
  /** `undefined`: all. */
  readonly includes: readonly string[] | undefined
  /** Only with `includes`. */
  readonly masks: readonly string[] | undefined
  /** `undefined`: every row. */
  readonly rules: readonly Rule[] | undefined
}

/** Who asks. */
export interface Caller {
  readonly kind: 'user' | 'embed'
  readonly roles: readonly string[]
  readonly attributes: Readonly<Record<string, readonly (number | string)[] | boolean>>
  /** Conditions of the token, on dimensions of cubes. */
  readonly filters: readonly Rule[]
  readonly denied: readonly string[]
  readonly masked: readonly string[]
}

/** A person in every role, whose attributes are all there. */
export const EVERYTHING: Caller = {
  kind: 'user',
  roles: ['viewer', 'boss'],
  attributes: { texts: ['x'], numbers: [1], trusted: true },
  filters: [],
  denied: [],
  masked: [],
}

export function policiesYaml(policies: readonly Policy[]): string {
  if (policies.length === 0) return ''
  const entries = policies.map(({ role, when, includes, masks, rules }) => {
    const parts = [`role: "${role}"`]
    if (when !== undefined) parts.push(`conditions: [{ if: "{ securityContext.${when} }" }]`)
    if (includes !== undefined) parts.push(`member_level: { includes: [${includes.join(', ')}] }`)
    if (masks !== undefined) parts.push(`member_masking: { includes: [${masks.join(', ')}] }`)
    if (rules !== undefined) parts.push(`row_level: { filters: [${rules.map(ruleYaml).join(', ')}] }`)
    return `      - { ${parts.join(', ')} }`
  })
  return `    access_policy:\n${entries.join('\n')}\n`
}

function ruleYaml(rule: Rule): string {
  if ('and' in rule) return `{ and: [${rule.and.map(ruleYaml).join(', ')}] }`
  if ('or' in rule) return `{ or: [${rule.or.map(ruleYaml).join(', ')}] }`
  const values = rule.values.map((value) =>
    'attribute' in value ? `"{ securityContext.${value.attribute} }"` : JSON.stringify(value.value),
  )
  const written = values.length === 0 ? '' : `, values: [${values.join(', ')}]`
  return `{ member: ${rule.member}, operator: ${rule.operator}${written} }`
}
