import type { Security } from '../security.ts'
import type { AccessPolicy, Cube, CubeNode, Member, Model } from './model.ts'

/** The policies of a cube that apply to the caller. */
export function matchingPolicies(cube: Cube, security: Security): readonly AccessPolicy[] {
  return cube.policies.filter((policy) => policy.role === '*' || security.roles.includes(policy.role))
}

/**
 * Whether the caller may see anything of a cube. With policies: when one matches. Without: users and API keys do, embed
 * tokens do not.
 */
export function isCubeOpen(cube: Cube, security: Security): boolean {
  return cube.policies.length === 0 ? security.kind !== 'embed' : matchingPolicies(cube, security).length > 0
}

/** Whether the caller may name a member. A hidden one must look exactly like one that does not exist. */
export function isMemberVisible(model: Model, node: CubeNode, member: Member, security: Security): boolean {
  const { cube } = node
  if (!cube.isPublic || !member.isPublic || !isCubeOpen(cube, security)) return false
  if (cube.policies.length > 0 && !matchingPolicies(cube, security).some((policy) => policy.opens(member.name)))
    return false
  if (security.deniedMembers.length > 0 && isListed(model, node, member, security.deniedMembers)) return false
  return (
    member.touches.length === 0 ||
    member.touches.every((touched) => isCubeOpen(model.nodes.get(touched)!.cube, security))
  )
}

/** Whether every value of a member is null for the caller. */
export function isMemberMasked(model: Model, node: CubeNode, member: Member, security: Security): boolean {
  return security.maskedMembers.length > 0 && isListed(model, node, member, security.maskedMembers)
}

/**
 * Whether a list of `cube.member` names a member or one its SQL is made of: a total over a hidden member gives it away.
 * A name with a cube stands for the member in each of the cube's roles.
 */
function isListed(model: Model, node: CubeNode, member: Member, names: readonly string[]): boolean {
  if (names.includes(`${node.name}.${member.name}`) || names.includes(`${node.cube.name}.${member.name}`)) return true
  return member.uses.some((use) => {
    const target = use.node === undefined ? node : model.nodes.get(use.node)!
    return isListed(model, target, target.cube.members.get(use.member)!, names)
  })
}
