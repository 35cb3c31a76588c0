import { Refused, type Sight } from './sight.ts'
import { cubeOf, isOfSecondWay, joinBetween, nodesOf, type Row, type World, type WorldJoin } from './world.ts'

/** One row of each node of a join tree; `null` where none matched. */
export type Joined = Readonly<Record<string, Row | null>>

/** A node that a question reads, with the whole way to it where a view gives one. */
export interface Need {
  readonly node: string
  readonly path?: readonly string[]
  /** Whether the whole way is meant, not only the part of it on which it leaves the others of its view. */
  readonly isFixed?: boolean
}

interface Tree {
  readonly root: string
  readonly joins: readonly { readonly from: string; readonly join: WorldJoin }[]
}

/** Rows of the needed nodes, joined; and whether a row of `fact` may stand in several. */
export function joinRows(
  world: World,
  sight: Sight,
  needs: readonly Need[],
  fact: string | undefined,
): { rows: Joined[]; isMultiplied: boolean } {
  const tree = treeOf(world, sight, needs, fact)
  let rows: Joined[] = sight.rows(tree.root).map((row) => ({ [tree.root]: row }))
  for (const { from, join } of tree.joins) {
    const others = sight.rows(join.node)
    rows = joinAll(rows, from, join, others)
  }
  return { rows, isMultiplied: fact !== undefined && isMultiplied(tree, fact) }
}

function joinAll(rows: readonly Joined[], from: string, join: WorldJoin, others: readonly Row[]): Joined[] {
  const matched = new Set<Row>()
  const joined = rows.flatMap((known): Joined[] => {
    const value = known[from]?.[join.from] ?? null
    const matches = value === null ? [] : others.filter((row) => row[join.to] === value)
    for (const row of matches) matched.add(row)
    if (matches.length === 0) return join.type === 'inner' ? [] : [{ ...known, [join.node]: null }]
    return matches.map((row) => ({ ...known, [join.node]: row }))
  })
  if (join.type !== 'full') return joined
  return [...joined, ...others.filter((row) => !matched.has(row)).map((row) => ({ [join.node]: row }))]
}

/** Whether going from the fact to the other nodes of the tree leads to many rows somewhere. */
function isMultiplied(tree: Tree, fact: string): boolean {
  const seen = new Set([fact])
  const open = [fact]
  for (const node of open) {
    for (const { from, join } of tree.joins) {
      const isForward = from === node
      const isBackward = join.node === node
      const next = isForward ? join.node : from
      if ((!isForward && !isBackward) || seen.has(next)) continue
      if (join.relationship === (isForward ? 'one_to_many' : 'many_to_one')) return true
      seen.add(next)
      open.push(next)
    }
  }
  return false
}

/**
 * The ways that views give are taken from where they part. Everything else is reached by the one shortest way from a root: the fact
 * where joins lead from it to the rest, else the first needed node they lead from, else the nearest open one.
 */
function treeOf(world: World, sight: Sight, needs: readonly Need[], fact: string | undefined): Tree {
  const parents = new Map<string, string>()
  const setParent = (node: string, parent: string) => {
    if ((parents.get(node) ?? parent) !== parent) throw new Refused(`two ways to ${node}`)
    parents.set(node, parent)
  }
  const isView = ({ path, isFixed }: Need) => path !== undefined && isFixed !== true
  const ways = [...needs.filter(isView), ...needs.filter((need) => !isView(need))].map((need) => {
    const { node, path = [node] } = need
    return isView(need) ? partOf(path, needs, fact) : path
  })
  for (const way of ways) for (const [at, node] of way.entries()) if (at > 0) setParent(node, way[at - 1]!)
  const starts = [...(fact === undefined ? [] : [fact]), ...ways.map((way) => way[0]!)]
  const needed = [...new Set(starts)].filter((node) => !parents.has(node))
  if (needed.length === 0) throw new Refused('ways go in a circle')
  const root = rootOf(world, sight, needed)
  const shortest = waysFrom(world, root)
  for (const node of needed) {
    const found = shortest.get(node)!
    if (found.length > 1) throw new Refused(`two ways to ${node}`)
    let from = root
    for (const join of found[0]!) {
      setParent(join.node, from)
      from = join.node
    }
  }
  if (parents.has(root)) throw new Refused(`a way leads back to ${root}`)
  const joins: { from: string; join: WorldJoin }[] = []
  const joined = new Set([root])
  for (;;) {
    const next = [...parents]
      .filter(([node, parent]) => joined.has(parent) && !joined.has(node))
      .map(([node, from]) => ({ from, join: joinBetween(world, from, node)! }))
    // Full ones last, by their names: the others would drop what they add.
    const rank = ({ join }: Tree['joins'][number]) => (join.type === 'full' ? `1${join.node}` : '0')
    const [one] = next.sort((a, b) => (rank(a) < rank(b) ? -1 : Number(rank(a) > rank(b))))
    if (one === undefined) break
    joins.push(one)
    joined.add(one.join.node)
  }
  if (joins.length !== parents.size) throw new Refused('ways go in a circle')
  return { root, joins }
}

/**
 * A view's way, from the last node that all the ways of the same view pass. A second way is the only one to its end: where other
 * things are asked for too, it is taken from the fact, or from where it leaves the nodes that all ways lead to.
 */
function partOf(path: readonly string[], needs: readonly Need[], fact: string | undefined): readonly string[] {
  const ways = needs.flatMap((need) => (need.isFixed !== true && need.path !== undefined ? [need.path] : []))
  const siblings = ways.filter((other) => other[0] === path[0])
  let common = 0
  while (siblings.every((other) => other[common + 1] !== undefined && other[common + 1] === path[common + 1]))
    common += 1
  const second = path.findIndex(isOfSecondWay)
  const at = fact === undefined ? -1 : path.indexOf(fact)
  const isAlone = siblings.length === ways.length && (fact === undefined || at >= common)
  if (second === -1 || second > common || isAlone) return path.slice(common)
  return path.slice(at !== -1 && at < second ? at : second - 1)
}

function rootOf(world: World, sight: Sight, needed: readonly string[]): string {
  const stepsFrom = (root: string) => {
    const ways = waysFrom(world, root)
    return needed.every((node) => ways.has(node))
      ? needed.reduce((sum, node) => sum + ways.get(node)![0]!.length, 0)
      : undefined
  }
  const own = needed.find((node) => stepsFrom(node) !== undefined)
  if (own !== undefined) return own
  const candidates = nodesOf(world).flatMap((node) => {
    const steps = sight.isOpen(cubeOf(world, node)) ? stepsFrom(node) : undefined
    return steps === undefined ? [] : [{ node, steps }]
  })
  const least = Math.min(...candidates.map((candidate) => candidate.steps))
  const nearest = candidates.filter((candidate) => candidate.steps === least)
  if (nearest.length !== 1) throw new Refused(`${nearest.length} roots`)
  return nearest[0]!.node
}

/** All shortest ways along joins from a node to each other. */
function waysFrom(world: World, root: string): Map<string, WorldJoin[][]> {
  const ways = new Map<string, WorldJoin[][]>([[root, [[]]]])
  for (let open = [root]; open.length > 0; ) {
    const next = new Map<string, WorldJoin[][]>()
    for (const node of open) {
      for (const join of cubeOf(world, node).joins) {
        if (ways.has(join.node)) continue
        const longer = ways.get(node)!.map((way) => [...way, join])
        next.set(join.node, [...(next.get(join.node) ?? []), ...longer])
      }
    }
    for (const [node, found] of next) ways.set(node, found)
    open = [...next.keys()]
  }
  return ways
}
