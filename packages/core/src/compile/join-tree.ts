import { AnalyticsError } from '../errors.ts'
import { isCubeOpen } from '../model/access.ts'
import type { CubeNode, Join, Model } from '../model/model.ts'
import { type ShortestPath, shortestPaths } from '../model/shortest-paths.ts'
import type { Security } from '../security.ts'

/** One join of a statement, from a node already in it. */
export interface TreeJoin {
  readonly from: CubeNode
  readonly to: CubeNode
  readonly join: Join
}

/** The cubes of a statement: a root, and the joins that lead to the others, each after the one it starts from. */
export interface JoinTree {
  readonly root: CubeNode
  readonly joins: readonly TreeJoin[]
}

/** A node a statement needs. `path`: the nodes on the way to it, both ends included; `undefined`: the shortest way. */
export interface Need {
  readonly node: string
  readonly path?: readonly string[] | undefined
}

const caches = new WeakMap<Model, Map<string, ReadonlyMap<string, ShortestPath>>>()

/** The shortest ways along joins from a node. */
export function pathsFrom(model: Model, root: string): ReadonlyMap<string, ShortestPath> {
  let cache = caches.get(model)
  if (cache === undefined) {
    cache = new Map()
    caches.set(model, cache)
  }
  let paths = cache.get(root)
  if (paths === undefined) {
    paths = shortestPaths(root, (name) => model.nodes.get(name)!.cube.joins.map((join) => join.target))
    cache.set(root, paths)
  }
  return paths
}

/**
 * Joins the needed nodes. The root is `fact` where joins lead from it to everything else, else the first needed node they lead
 * from, else the nearest node of the model.
 * @throws AnalyticsError `no_join_path` naming the nodes: no way, two ways of the same length, two nodes between them.
 */
export function joinTree(model: Model, needs: readonly Need[], fact: string | undefined, security: Security): JoinTree {
  const parents = explicitParents(model, needs, security)
  const anchors = new Set<string>()
  const anchor = (name: string) => {
    if (!parents.has(name)) anchors.add(name)
  }
  if (fact !== undefined) anchor(fact)
  for (const need of needs) anchor(need.path?.[0] ?? need.node)
  if (anchors.size === 0) {
    const names = needs.map(({ node }) => shown(model, security, node))
    throw new AnalyticsError('no_join_path', `the ways to ${[...new Set(names)].join(' and ')} go in a circle`, {
      hint: ALIAS_HINT,
    })
  }
  const root = findRoot(model, [...anchors], fact, security)
  const paths = pathsFrom(model, root)
  for (const name of anchors) {
    const way = paths.get(name)!
    if (way.other !== undefined) throw twoWays(model, security, way.path, way.other)
    for (let at = 1; at < way.path.length; at++) setParent(model, parents, way.path[at]!, way.path[at - 1]!, security)
  }
  return { root: model.nodes.get(root)!, joins: orderJoins(model, root, parents) }
}

type Parents = Map<string, string>

/** Who leads to whom along the ways that are given. */
function explicitParents(model: Model, needs: readonly Need[], security: Security): Parents {
  const parents: Parents = new Map()
  for (const { path } of needs) {
    for (let at = 1; at < (path?.length ?? 0); at++) setParent(model, parents, path![at]!, path![at - 1]!, security)
  }
  return parents
}

function setParent(model: Model, parents: Parents, name: string, parent: string, security: Security): void {
  const known = parents.get(name)
  if (known !== undefined && known !== parent) {
    throw new AnalyticsError(
      'no_join_path',
      `two ways lead to ${name}: through ${shown(model, security, known)} and through ${shown(model, security, parent)}`,
      { hint: ALIAS_HINT },
    )
  }
  parents.set(name, parent)
}

function orderJoins(model: Model, root: string, parents: Parents): readonly TreeJoin[] {
  const joins = new Map<string, TreeJoin>()
  const add = (name: string, depth: number): void => {
    const parent = parents.get(name)
    if (name === root || parent === undefined || joins.has(name)) return
    // A circle of given ways leads nowhere.
    if (depth > parents.size) throw new AnalyticsError('no_join_path', `the ways to ${name} go in a circle`)
    add(parent, depth + 1)
    const from = model.nodes.get(parent)!
    joins.set(name, {
      from,
      to: model.nodes.get(name)!,
      join: [...from.cube.joins, ...(from.viewJoins ?? [])].find((candidate) => candidate.target === name)!,
    })
  }
  for (const name of parents.keys()) add(name, 0)
  return fullLast(root, [...joins.values()])
}

/**
 * Full joins after all others that do not start from them, by their names: the rows that they add would not last through an inner
 * join beside them, and the order of a query's columns must not decide that.
 */
function fullLast(root: string, joins: readonly TreeJoin[]): readonly TreeJoin[] {
  if (joins.every(({ join }) => join.type !== 'full')) return joins
  const ordered: TreeJoin[] = []
  const joined = new Set([root])
  for (const left = new Set(joins); left.size > 0; ) {
    const next = [...left].filter(({ from }) => joined.has(from.name))
    if (next.length === 0) return joins
    const plain = next.find(({ join }) => join.type !== 'full')
    const one = plain ?? next.reduce((a, b) => (b.to.name < a.to.name ? b : a))
    ordered.push(one)
    joined.add(one.to.name)
    left.delete(one)
  }
  return ordered
}

function findRoot(model: Model, anchors: readonly string[], fact: string | undefined, security: Security): string {
  const reachesAll = (name: string) => anchors.every((other) => pathsFrom(model, name).has(other))
  const own = anchors.find(reachesAll)
  if (own !== undefined) return own

  // No needed cube leads to all others: look for a cube between them, the nearest.
  let nearest: string[] = []
  let least = Number.POSITIVE_INFINITY
  for (const node of model.nodes.values()) {
    if (node.isOfView === true || !isCubeOpen(node.cube, security) || !reachesAll(node.name)) continue
    const steps = anchors.reduce((sum, other) => sum + pathsFrom(model, node.name).get(other)!.path.length, 0)
    if (steps < least) nearest = [node.name]
    else if (steps === least) nearest.push(node.name)
    least = Math.min(least, steps)
  }
  const [only, other] = nearest
  if (only === undefined) throw noWay(model, anchors, fact, security)
  if (other !== undefined) {
    throw new AnalyticsError(
      'no_join_path',
      `${anchors.join(' and ')} are connected through ${only} and through ${other}`,
      { hint: `Add a measure or a dimension of ${only} or ${other} to say which is meant.` },
    )
  }
  return only
}

function noWay(model: Model, anchors: readonly string[], fact: string | undefined, security: Security): AnalyticsError {
  const [first] = anchors
  const apart = anchors.filter((name) => name !== first && !areConnected(model, first!, name))
  const wanted = apart.length > 0 ? apart : anchors.slice(1)
  const roles = wanted
    .flatMap((name) => rolesReached(model, first!, name))
    .filter((name) => isShown(model, security, name))
  const message =
    fact === undefined
      ? `no joins connect ${anchors.join(' and ')}`
      : `no joins connect ${fact}, whose measures are asked for, with ${anchors.filter((name) => name !== fact).join(' and ')}`
  return new AnalyticsError('no_join_path', message, {
    hint:
      roles.length > 0
        ? `${first} reaches ${wanted.join(' and ')} as ${roles.join(' or ')}.`
        : fact === undefined
          ? 'Ask for them in queries of their own, or add a join to the model.'
          : `Groupings and row rules hold for every fact of a query, and so do conditions that are not of another fact alone: ask for the measures of ${fact} in a query of their own, or add a join to the model.`,
  })
}

function areConnected(model: Model, a: string, b: string): boolean {
  return pathsFrom(model, a).has(b) || pathsFrom(model, b).has(a)
}

function rolesReached(model: Model, root: string, name: string): readonly string[] {
  const { cube } = model.nodes.get(name)!
  return [...pathsFrom(model, root).keys()].filter((other) => other !== name && model.nodes.get(other)!.cube === cube)
}

const ALIAS_HINT = 'Give the joins aliases in the model, so that each way has a name of its own.'

function isShown(model: Model, security: Security, name: string): boolean {
  const { cube } = model.nodes.get(name)!
  return cube.isPublic && isCubeOpen(cube, security)
}

/** Cubes on the way may be closed to the caller, who then learns no names. */
function shown(model: Model, security: Security, name: string): string {
  return isShown(model, security, name) ? name : '…'
}

function twoWays(model: Model, security: Security, path: readonly string[], other: readonly string[]): AnalyticsError {
  const show = (way: readonly string[]) => way.map((name) => shown(model, security, name)).join(' → ')
  return new AnalyticsError(
    'no_join_path',
    `two ways lead from ${path[0]} to ${path.at(-1)}: ${show(path)} and ${show(other)}`,
    { hint: ALIAS_HINT },
  )
}

/** How the rows of a node stand in the rows of a tree. */
export interface Standing {
  /** Whether one of its rows may stand in several. */
  readonly isMultiplied: boolean
  /** Whether there may be rows without one of it. */
  readonly isOptional: boolean
}

export function standingOf({ root, joins }: JoinTree, node: string): Standing {
  const onWay = new Set<string>()
  for (let at: string | undefined = node; at !== undefined && at !== root.name; ) {
    onWay.add(at)
    at = joins.find((join) => join.to.name === at)?.from.name
  }
  let isMultiplied = false
  let isOptional = false
  for (const { to, join } of joins) {
    const isUpwards = onWay.has(to.name)
    // Seen from the node, the joins between it and the root go the other way.
    isMultiplied ||= join.relationship === (isUpwards ? 'many_to_one' : 'one_to_many')
    isOptional ||= join.type === 'full' || (isUpwards && join.type === 'left')
  }
  return { isMultiplied, isOptional }
}
