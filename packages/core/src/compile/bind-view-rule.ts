import { isMemberMasked } from '../model/access.ts'
import type { Dimension, View, ViewMember } from '../model/model.ts'
import { testedBy } from './map-plan.ts'
import { inZone, memberExpression } from './member-expression.ts'
import type { Condition, Expression } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { Question } from './question.ts'
import { RuleBinder } from './rule-binder.ts'

/** The row rule of a view's policies for the caller, and the members that it tests, which the rows must be joined to. */
export interface ViewRule {
  readonly condition: Condition
  readonly tested: readonly { readonly viewMember: ViewMember; readonly dimension: Dimension }[]
}

/** Binds the row rule of a view, of which `members` are asked for; `undefined` where the caller may see all rows. */
export function bindViewRule(
  view: View,
  members: ReadonlySet<string>,
  { timezone, rules }: Question,
  context: PlanContext,
): ViewRule | undefined {
  if (view.policies.length === 0) return undefined
  const { model, security, clock } = context
  const named = new Map<Expression, ViewRule['tested'][number][]>()
  const binder = new RuleBinder(security, clock, (dimension, viewMember) => {
    const node = model.nodes.get(viewMember!.node)!
    const expression = inZone(memberExpression(model, node, dimension), timezone, rules)
    named.set(expression, [...(named.get(expression) ?? []), { viewMember: viewMember!, dimension }])
    return expression
  })
  const { condition, policies } = binder.bind(view, members, (name) => {
    const viewMember = view.members.get(name)!
    return isMemberMasked(model, model.nodes.get(viewMember.node)!, viewMember.member, security, { view, viewMember })
  })
  context.notePolicies(policies, binder.validUntilMs)
  if (condition === undefined) return undefined
  // A rule that another policy makes needless, or that lacks an attribute, joins nothing.
  return { condition, tested: testedBy(condition).flatMap((argument) => named.get(argument) ?? []) }
}
