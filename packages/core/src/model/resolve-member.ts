import type { MemberRef } from './model.ts'
import type { MemberKind, ModelIndex } from './model-index.ts'
import { didYouMean } from './nearest-name.ts'

/** Names that stand for the cube which holds a reference. */
export const OWN_NAMES: ReadonlySet<string> = new Set(['CUBE', 'TABLE'])

/**
 * The member a list names from inside a cube: `status`, `CUBE.status`, `orders.status`, or with the cubes on the way
 * `orders.customers.name`; braces around it are dropped. Reports what is wrong and answers `undefined`.
 */
export function resolveMember(
  written: string,
  cube: string,
  index: ModelIndex,
  kinds: readonly MemberKind[],
  report: (message: string) => void,
): MemberRef | undefined {
  const parts = written.replaceAll(/[${}\s]/g, '').split('.')
  const member = parts.pop()!
  const name = parts.at(-1)
  const isOwn = name === undefined || OWN_NAMES.has(name) || name === cube
  const owner = isOwn ? cube : index.cubeOfNode.get(name)
  if (owner === undefined) {
    report(`unknown cube: ${name}${didYouMean(name!, index.cubeOfNode.keys())}`)
    return undefined
  }
  const members = index.drafts.get(owner)?.members
  const kind = members?.get(member)
  if (kind === undefined) {
    report(`unknown member: ${owner}.${member}${didYouMean(member, members?.keys() ?? [])}`)
    return undefined
  }
  if (kind !== 'unknown' && !kinds.includes(kind)) {
    report(`${written} is a ${kind}, not a ${kinds.join(' or a ')}`)
    return undefined
  }
  return Object.freeze({ node: isOwn ? undefined : name, member })
}
