import type { CubeNode, Member, Model, View, ViewMember } from './model.ts'

/** A member and the cube or role it lives in; named through a view, also the view and the member as the view has it. */
export interface FoundMember {
  readonly node: CubeNode
  readonly member: Member
  readonly view?: View
  readonly viewMember?: ViewMember
}

/** The member that `cube.member` or `view.member` names, or `undefined`. Says nothing of who may see it. */
export function findMember(model: Model, name: string): FoundMember | undefined {
  const dot = name.indexOf('.')
  if (dot < 1) return undefined
  const owner = name.slice(0, dot)
  const node = model.nodes.get(owner)
  if (node !== undefined && node.isOfView !== true) {
    const member = node.cube.members.get(name.slice(dot + 1))
    return member === undefined ? undefined : { node, member }
  }
  const view = model.views.get(owner)
  const viewMember = view?.members.get(name.slice(dot + 1))
  if (view === undefined || viewMember === undefined) return undefined
  return { node: model.nodes.get(viewMember.node)!, member: viewMember.member, view, viewMember }
}
