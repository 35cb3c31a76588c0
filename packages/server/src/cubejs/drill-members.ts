import type { Security } from '@datainsight/core'
import { type FoundMember, findMember, isMemberVisible, type Model, type View } from '@datainsight/core/model'

/** Drill members, together and apart by kind: the client spreads the groups into the query it drills down with. */
export interface DrillMembers {
  readonly drillMembers: readonly string[]
  readonly drillMembersGrouped: { readonly measures: readonly string[]; readonly dimensions: readonly string[] }
}

/**
 * The drill members of a measure that the caller may see, by the names to ask for: in a role under the role's name, in a view as
 * the view has them.
 */
export function drillMembersOf(
  model: Model,
  { node, member, view }: FoundMember,
  security: Security,
): readonly string[] {
  const declared = member.kind === 'measure' ? member.drillMembers : []
  return declared.flatMap((written) => {
    const [owner, base] = written.split('.') as [string, string]
    const ownName = `${owner === node.cube.name ? node.name : owner}.${base}`
    const name = view === undefined ? ownName : nameInView(model, view, ownName)
    const found = name === undefined ? undefined : findMember(model, name)
    const isSeen = found !== undefined && isMemberVisible(model, found.node, found.member, security, found)
    return isSeen ? [name!] : []
  })
}

/** Names of drill members in the two forms the client reads. */
export function groupDrillMembers(model: Model, names: readonly string[]): DrillMembers {
  const isMeasure = (name: string) => findMember(model, name)?.member.kind === 'measure'
  return {
    drillMembers: names,
    drillMembersGrouped: {
      measures: names.filter(isMeasure),
      dimensions: names.filter((name) => !isMeasure(name)),
    },
  }
}

function nameInView(model: Model, view: View, name: string): string | undefined {
  const found = findMember(model, name)
  for (const member of view.members.values()) {
    if (member.node === found?.node.name && member.member === found.member) return `${view.name}.${member.name}`
  }
  return undefined
}
