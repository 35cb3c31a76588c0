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

const caches = new WeakMap<Model, Map<string, ReadonlyMap<string, ShortestPath>>>()

function pathsFrom(model: Model, root: string): ReadonlyMap<string, ShortestPath> {
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
 * Joins the needed cubes along the shortest way. Joins lead to one row each, so nothing is counted twice as long as measures
 * belong to the root.
 * @throws AnalyticsError `no_join_path` naming the cubes: measures of two cubes, no way, or two ways of the same length.
 */
export function joinTree(
  model: Model,
  needed: ReadonlySet<string>,
  measured: ReadonlySet<string>,
  security: Security,
): JoinTree {
  const root = findRoot(model, needed, measured, security)
  const paths = pathsFrom(model, root)
  const joins = new Map<string, TreeJoin>()
  for (const name of needed) {
    const way = paths.get(name)
    if (way === undefined) throw noWay(model, root, name, measured.size > 0)
    if (way.other !== undefined) throw twoWays(model, security, way.path, way.other)
    for (const [index, to] of way.path.entries()) {
      if (index === 0 || joins.has(to)) continue
      const from = model.nodes.get(way.path[index - 1]!)!
      joins.set(to, { from, to: model.nodes.get(to)!, join: from.cube.joins.find((join) => join.target === to)! })
    }
  }
  return { root: model.nodes.get(root)!, joins: [...joins.values()] }
}

function findRoot(
  model: Model,
  needed: ReadonlySet<string>,
  measured: ReadonlySet<string>,
  security: Security,
): string {
  if (measured.size > 1) {
    const [first, second] = measured
    throw new AnalyticsError(
      'no_join_path',
      `measures of ${first} and ${second} cannot be asked together: rows would be counted more than once`,
      {
        hint: 'Ask for the measures of each cube in a query of its own.',
      },
    )
  }
  const [measuredNode] = measured
  if (measuredNode !== undefined) return measuredNode
  const all = [...needed]
  const reachesAll = (name: string) => all.every((other) => pathsFrom(model, name).has(other))
  const own = all.find(reachesAll)
  if (own !== undefined) return own

  // No needed cube leads to all others: look for a cube between them, the nearest.
  let nearest: string[] = []
  let least = Number.POSITIVE_INFINITY
  for (const node of model.nodes.values()) {
    if (!isCubeOpen(node.cube, security) || !reachesAll(node.name)) continue
    const steps = all.reduce((sum, other) => sum + pathsFrom(model, node.name).get(other)!.path.length, 0)
    if (steps < least) nearest = [node.name]
    else if (steps === least) nearest.push(node.name)
    least = Math.min(least, steps)
  }
  const [only, other] = nearest
  if (only === undefined) {
    throw new AnalyticsError('no_join_path', `no joins connect ${all.join(' and ')}`, {
      hint: 'Ask for them in queries of their own, or add a join to the model.',
    })
  }
  if (other !== undefined) {
    throw new AnalyticsError(
      'no_join_path',
      `${all.join(' and ')} are connected through ${only} and through ${other}`,
      {
        hint: `Add a measure or a dimension of ${only} or ${other} to say which is meant.`,
      },
    )
  }
  return only
}

function noWay(model: Model, root: string, name: string, hasMeasure: boolean): AnalyticsError {
  const cube = model.nodes.get(name)!.cube
  const roles = [...pathsFrom(model, root).keys()].filter(
    (other) => other !== name && model.nodes.get(other)!.cube === cube,
  )
  const isBackwards = pathsFrom(model, name).has(root)
  const reason =
    hasMeasure && isBackwards ? `: each ${root} has many ${name}, so its measures would count rows more than once` : ''
  return new AnalyticsError(
    'no_join_path',
    `no join leads from ${root} to ${name}${reason}`,
    roles.length === 0 ? {} : { hint: `${root} reaches ${cube.name} as ${roles.join(' or ')}.` },
  )
}

function twoWays(model: Model, security: Security, path: readonly string[], other: readonly string[]): AnalyticsError {
  // Cubes on the way may be closed to the caller, who then learns no names.
  const show = (way: readonly string[]) =>
    way.map((name) => (isCubeOpen(model.nodes.get(name)!.cube, security) ? name : '…')).join(' → ')
  return new AnalyticsError(
    'no_join_path',
    `two ways lead from ${path[0]} to ${path.at(-1)}: ${show(path)} and ${show(other)}`,
    {
      hint: 'Give the joins aliases in the model, so that each way has a name of its own.',
    },
  )
}
