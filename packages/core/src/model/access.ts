import type { Security } from '../security.ts'
import { attributeTestHolds } from './attribute-test.ts'
import type { AccessPolicy, Cube, CubeNode, Member, Model, View, ViewMember } from './model.ts'

/** The view a member was named through; both `undefined` for a member named by its cube or role. */
export interface ViaView {
  readonly view?: View | undefined
  readonly viewMember?: ViewMember | undefined
}

const DIRECT: ViaView = {}

type Policies = readonly AccessPolicy[]

/** What was found for each caller: a query asks for every member it names, and a caller asks many queries. */
const matching = new WeakMap<Security, WeakMap<Policies, Policies>>()

/** The policies of a cube or view that apply to the caller: by role, and when all their conditions hold. */
export function matchingPolicies({ policies }: { readonly policies: Policies }, security: Security): Policies {
  let ofCaller = matching.get(security)
  if (ofCaller === undefined) {
    ofCaller = new WeakMap()
    matching.set(security, ofCaller)
  }
  let found = ofCaller.get(policies)
  if (found === undefined) {
    found = policies.filter(
      ({ roles, conditions }) =>
        roles.some((role) => role === '*' || security.roles.includes(role)) &&
        conditions.every((condition) => attributeTestHolds(condition, security)),
    )
    ofCaller.set(policies, found)
  }
  return found
}

/**
 * Whether the caller may see anything of a cube. With policies: when one matches. Without: users and API keys do, embed
 * tokens do not.
 */
export function isCubeOpen(cube: Cube, security: Security): boolean {
  return cube.policies.length === 0 ? security.kind !== 'embed' : matchingPolicies(cube, security).length > 0
}

/** Whether the caller may see anything of a view. One without policies leaves it to those of its cubes. */
export function isViewOpen(view: View, security: Security): boolean {
  return view.policies.length === 0 || matchingPolicies(view, security).length > 0
}

/** How a policy treats a member: `opens` its values, shows it masked, or hides it (`undefined`). */
export type Grant = 'opens' | 'masks' | undefined

/** The best that any of the policies grants. Without policies (of a cube that is open) all is open but what is classified. */
function bestGrant(policies: readonly AccessPolicy[], member: string): Grant {
  if (policies.some((policy) => policy.opens(member))) return 'opens'
  return policies.some((policy) => policy.masks(member)) ? 'masks' : undefined
}

/**
 * Whether a policy gives its rows to a query on this member: one whose values show needs `opens`, one masked in the answer may be
 * either. A policy opens its rows only to queries on members that it opens.
 */
export function policyAdmits(policy: AccessPolicy, member: string, isMasked: boolean): boolean {
  return policy.opens(member) || (isMasked && policy.masks(member))
}

/**
 * Whether the caller may name a member. A hidden one must look exactly like one that does not exist. Of a view's member, both
 * the view's policies and the cube's must show it; a cube that is not public can still be shown through a view.
 */
export function isMemberVisible(
  model: Model,
  node: CubeNode,
  member: Member,
  security: Security,
  via: ViaView = DIRECT,
): boolean {
  const { view, viewMember } = via
  const isShown =
    view === undefined || viewMember === undefined
      ? node.cube.isPublic && member.isPublic
      : view.isPublic && viewMember.isPublic
  return isShown && isGranted(model, node, member, security, via)
}

/** Whether policies and the caller's token leave a member, be it shown or not. */
function isGranted(
  model: Model,
  node: CubeNode,
  member: Member,
  security: Security,
  { view, viewMember }: ViaView,
): boolean {
  const { cube } = node
  if (view !== undefined && viewMember !== undefined) {
    if (!isViewOpen(view, security)) return false
    if (view.policies.length > 0 && bestGrant(matchingPolicies(view, security), viewMember.name) === undefined)
      return false
    if (viewMember.madeOf !== undefined) {
      if (security.deniedMembers.length > 0 && isListed(model, node, member, security.deniedMembers)) return false
      return viewMember.madeOf.every((part) =>
        isGranted(model, model.nodes.get(part.node)!, part.member, security, { view, viewMember: part }),
      )
    }
  }
  if (!isCubeOpen(cube, security)) return false
  if (cube.policies.length > 0 && bestGrant(matchingPolicies(cube, security), member.name) === undefined) return false
  if (security.deniedMembers.length > 0 && isListed(model, node, member, security.deniedMembers)) return false
  return (
    member.touches.length === 0 ||
    member.touches.every((touched) => isCubeOpen(model.nodes.get(touched)!.cube, security))
  )
}

/**
 * Whether the caller sees a mask in place of a member's values: by its token, because no policy of the caller opens the member
 * and one masks it (of the cube, or of the view it is named through), or because it is classified and nobody named it.
 */
export function isMemberMasked(
  model: Model,
  node: CubeNode,
  member: Member,
  security: Security,
  { view, viewMember }: ViaView = DIRECT,
): boolean {
  const { cube } = node
  if (security.maskedMembers.length > 0 && isListed(model, node, member, security.maskedMembers)) return true
  const isOpenInView =
    view !== undefined && viewMember !== undefined && view.policies.length > 0
      ? bestGrant(matchingPolicies(view, security), viewMember.name) === 'opens'
      : undefined
  if (isOpenInView === false) return true
  if (view !== undefined && viewMember?.madeOf !== undefined)
    return viewMember.madeOf.some((part) =>
      isMemberMasked(model, model.nodes.get(part.node)!, part.member, security, { view, viewMember: part }),
    )
  if (cube.policies.length > 0) return bestGrant(matchingPolicies(cube, security), member.name) !== 'opens'
  return member.kind !== 'segment' && member.isPii && isOpenInView !== true
}

/**
 * Whether a list of `cube.member` names a member or one its SQL is made of: a total over a hidden member gives it away.
 * A name with a cube stands for the member in each of the cube's roles, and one with a view for the member behind it.
 */
function isListed(model: Model, node: CubeNode, member: Member, names: readonly string[]): boolean {
  return isNamed(model, node, member, new Set(names.flatMap((name) => [name, ...baseOf(model, name)])))
}

function isNamed(model: Model, node: CubeNode, member: Member, names: ReadonlySet<string>): boolean {
  if (names.has(`${node.name}.${member.name}`) || names.has(`${node.cube.name}.${member.name}`)) return true
  return member.uses.some((use) => {
    const target = use.node === undefined ? node : model.nodes.get(use.node)!
    return isNamed(model, target, target.cube.members.get(use.member)!, names)
  })
}

function baseOf(model: Model, name: string): readonly string[] {
  const dot = name.indexOf('.')
  const found = model.views.get(name.slice(0, dot))?.members.get(name.slice(dot + 1))
  return found === undefined ? [] : [`${found.node}.${found.member.name}`]
}
