import type { Cube, Member } from './model.ts'

/** Most parts of a member's SQL once what it refers to stands in place of its name. */
export const MAX_MEMBER_PARTS = 5_000
/** Longest chain of members that refer to each other. */
export const MAX_MEMBER_LEVELS = 1_000

/** A stage or a sub-query is a select of its own. */
const SELECT_PARTS = 25

/** How much SQL a member becomes. */
export interface MemberSize {
  /** Members in it, each as often as it is written; those with a select of their own count as {@link SELECT_PARTS}. */
  readonly parts: number
  /** Members in its longest chain of references. */
  readonly levels: number
}

const sizes = new WeakMap<Member, MemberSize>()

/** The size of a member; those it uses are asked of `find`, which gives the cube they are members of. They must not use it in turn. */
export function memberSize(member: Member, cube: Cube, find: (node: string) => Cube | undefined): MemberSize {
  const known = sizes.get(member)
  if (known !== undefined) return known
  const isSelect =
    (member.kind === 'dimension' && member.subQuery) ||
    (member.kind === 'measure' && (member.multiStage !== undefined || member.rollingWindow !== undefined))
  let parts = isSelect ? SELECT_PARTS : 1
  let levels = 1
  for (const { node, member: name } of member.uses) {
    const owner = node === undefined ? cube : find(node)
    const used = owner?.members.get(name)
    if (owner === undefined || used === undefined) continue
    const inner = memberSize(used, owner, find)
    parts += inner.parts
    levels = Math.max(levels, 1 + inner.levels)
  }
  const size = Object.freeze({ parts, levels })
  sizes.set(member, size)
  return size
}
