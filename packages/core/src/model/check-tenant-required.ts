import type { Report } from './build-context.ts'
import type { AccessPolicy, RowRule } from './model.ts'

/**
 * Of a cube with `tenant_required`: reports policies open to everyone that some row passes without an attribute of the caller.
 * Policies of named roles (staff) may open every row, but not to an embed token: `planSource` sees to that.
 */
export function checkTenantRequired(policies: readonly AccessPolicy[], report: Report): void {
  if (policies.length === 0)
    report(['tenant_required'], 'tenant_required needs an access_policy that names an attribute')
  for (const [index, policy] of policies.entries()) {
    if (policy.roles.includes('*') && !bindsAttribute(policy.rule))
      report(
        ['access_policy', index],
        'tenant_required: a policy for "*" needs a row rule that compares a member by equals with an attribute, in every branch of an "or"',
      )
  }
}

/** Whether every row that a rule lets through equals an attribute of the caller in some member. */
export function bindsAttribute(rule: RowRule | undefined): boolean {
  if (rule === undefined) return false
  if (rule.kind !== 'condition')
    return rule.kind === 'and' ? rule.rules.some(bindsAttribute) : rule.rules.every(bindsAttribute)
  return rule.operator === 'equals' && rule.values.length > 0 && rule.values.every((value) => 'attribute' in value)
}
