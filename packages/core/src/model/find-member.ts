import type { CubeNode, Member, Model } from './model.ts'

/** A member and the cube or role it was named under. */
export interface FoundMember {
  readonly node: CubeNode
  readonly member: Member
}

/** The member that `cube.member` names, or `undefined`. Says nothing of who may see it. */
export function findMember(model: Model, name: string): FoundMember | undefined {
  const dot = name.indexOf('.')
  if (dot < 1) return undefined
  const node = model.nodes.get(name.slice(0, dot))
  const member = node?.cube.members.get(name.slice(dot + 1))
  return node === undefined || member === undefined ? undefined : { node, member }
}
