import type { Cube, Member } from './model.ts'

/** Measures that tell how many, not what. */
const COUNTS: ReadonlySet<string> = new Set(['count', 'count_distinct', 'count_distinct_approx'])

/**
 * Marks members whose SQL shows values of members classified `pii`, in any number of steps, as classified themselves: the
 * domain of an address is part of the address. Counts are not. Changes the cubes' maps, before anybody else holds them.
 */
export function classifyDerived(cubes: ReadonlyMap<string, Cube>, cubeOfNode: ReadonlyMap<string, string>): void {
  let isAny = false
  for (const cube of cubes.values()) {
    for (const member of cube.members.values()) isAny ||= member.kind !== 'segment' && member.isPii
  }
  // Members may use each other in any order, so this repeats until nothing is new.
  while (isAny) {
    isAny = false
    for (const cube of cubes.values()) {
      for (const member of cube.members.values()) {
        if (!mayInherit(member) || !usesPii(member, cube, cubes, cubeOfNode)) continue
        ;(cube.members as Map<string, Member>).set(member.name, Object.freeze({ ...member, isPii: true }))
        isAny = true
      }
    }
  }
}

function mayInherit(member: Member): member is Exclude<Member, { kind: 'segment' }> {
  if (member.kind === 'segment' || member.isPii || member.uses.length === 0) return false
  return member.kind === 'dimension' || !COUNTS.has(member.type)
}

function usesPii(
  member: Member,
  cube: Cube,
  cubes: ReadonlyMap<string, Cube>,
  cubeOfNode: ReadonlyMap<string, string>,
): boolean {
  return member.uses.some(({ node, member: name }) => {
    const owner = node === undefined ? cube : cubes.get(cubeOfNode.get(node) ?? '')
    const used = owner?.members.get(name)
    return used !== undefined && used.kind !== 'segment' && used.isPii
  })
}
