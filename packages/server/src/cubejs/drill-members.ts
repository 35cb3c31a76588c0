import type { Security } from '@datainsight/core'
import { type FoundMember, findMember, isMemberVisible, type Model, type View } from '@datainsight/core/model'

/** What a caller may drill into, apart by kind as well: the client spreads the groups into the query it drills down with. */
export interface DrillMembers {
  readonly drillMembers: readonly string[]
  readonly drillMembersGrouped: { readonly measures: readonly string[]; readonly dimensions: readonly string[] }
}

/** The drill members of a measure that the caller may see. Through a view they are those of its members that the view has. */
export function drillMembersOf(model: Model, { member, view }: FoundMember, security: Security): DrillMembers {
  const declared = member.kind === 'measure' ? member.drillMembers : []
  const named = view === undefined ? declared : declared.flatMap((name) => nameInView(model, view, name) ?? [])
  const seen = named.flatMap((name) => {
    const found = findMember(model, name)
    const isSeen = found !== undefined && isMemberVisible(model, found.node, found.member, security, found)
    return isSeen ? [{ name, kind: found.member.kind }] : []
  })
  const namesOf = (kind: 'measure' | 'dimension') => seen.filter((one) => one.kind === kind).map(({ name }) => name)
  return {
    drillMembers: seen.map(({ name }) => name),
    drillMembersGrouped: { measures: namesOf('measure'), dimensions: namesOf('dimension') },
  }
}

function nameInView(model: Model, view: View, name: string): string | undefined {
  const found = findMember(model, name)
  for (const member of view.members.values()) {
    if (member.node === found?.node.name && member.member === found.member) return `${view.name}.${member.name}`
  }
  return undefined
}
