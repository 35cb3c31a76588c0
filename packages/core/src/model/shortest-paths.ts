/** The shortest way to a node; `other` is a second one of the same length, which makes the way ambiguous. */
export interface ShortestPath {
  /** Names from the root to the node, both included. */
  readonly path: readonly string[]
  readonly other: readonly string[] | undefined
}

/** Shortest ways from `root` along directed edges, breadth first. */
export function shortestPaths(
  root: string,
  edgesOf: (node: string) => readonly string[],
): ReadonlyMap<string, ShortestPath> {
  const found = new Map<string, ShortestPath>([[root, { path: [root], other: undefined }]])
  let frontier = [root]
  while (frontier.length > 0) {
    const next: string[] = []
    for (const from of frontier) {
      const { path, other } = found.get(from)!
      for (const to of edgesOf(from)) {
        const known = found.get(to)
        if (known === undefined) {
          found.set(to, { path: [...path, to], other: other === undefined ? undefined : [...other, to] })
          next.push(to)
        } else if (known.path.length === path.length + 1 && known.other === undefined) {
          found.set(to, { path: known.path, other: [...path, to] })
        }
      }
    }
    frontier = next
  }
  return found
}
