import type { Need } from './join-tree.ts'

/**
 * The ways to nodes that a view gives, from the last node that all of them pass: a question about customers alone, asked through
 * a view of orders, is about all customers.
 */
export function viewNeeds(paths: readonly (readonly string[])[]): readonly Need[] {
  return paths.map((path) => {
    const siblings = paths.filter((other) => other[0] === path[0])
    return { node: path.at(-1)!, path: path.slice(commonLength(siblings) - 1) }
  })
}

function commonLength(paths: readonly (readonly string[])[]): number {
  const [first] = paths
  if (first === undefined) return 0
  let length = 1
  while (length < first.length && paths.every((path) => path[length] === first[length])) length += 1
  return Math.min(length, ...paths.map((path) => path.length))
}
