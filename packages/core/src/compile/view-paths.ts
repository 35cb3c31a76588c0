import type { Need } from './join-tree.ts'

/**
 * The ways to nodes that a view gives, from the last node that all of them pass: a question about customers alone, asked through
 * a view of orders, is about all customers. A role that a view made for a second way is found by that way only, so where anything
 * else is asked for too, its way is kept from the node of `fact`, or from the one before the role. `isOfView` tells such roles.
 */
export function viewNeeds(
  paths: readonly (readonly string[])[],
  fact: string | undefined,
  isOfView: (node: string) => boolean,
): readonly Need[] {
  return paths.map((path) => {
    const siblings = paths.filter((other) => other[0] === path[0])
    const start = commonLength(siblings) - 1
    const role = path.findIndex(isOfView)
    const isAlone = siblings.length === paths.length && (fact === undefined || path.indexOf(fact) >= start)
    if (role === -1 || role > start || isAlone) return { node: path.at(-1)!, path: path.slice(start) }
    const at = fact === undefined ? -1 : path.indexOf(fact)
    return { node: path.at(-1)!, path: path.slice(at >= 0 && at < role ? at : role - 1) }
  })
}

function commonLength(paths: readonly (readonly string[])[]): number {
  const [first] = paths
  if (first === undefined) return 0
  let length = 1
  while (length < first.length && paths.every((path) => path[length] === first[length])) length += 1
  return Math.min(length, ...paths.map((path) => path.length))
}
