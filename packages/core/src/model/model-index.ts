import type { CubeSource } from '../schema/cube.ts'
import type { ViewSource } from '../schema/model.ts'
import type { Keys } from './model-problems.ts'
import type { ModelFile } from './read-model-file.ts'
import { type ShortestPath, shortestPaths } from './shortest-paths.ts'

/** What a name in a cube stands for. `unknown`: the member has faults of its own, reported elsewhere. */
export type MemberKind = 'dimension' | 'measure' | 'segment' | 'unknown'

/** Where a part of a cube or view was written: in its own file, or in that of the one it extends. */
export interface Origin {
  readonly file: ModelFile
  readonly keys: Keys
}

/** A cube as written, merged with what it extends, with where it stands. */
export interface CubeDraft {
  readonly file: ModelFile
  readonly keys: Keys
  readonly source: CubeSource
  readonly members: ReadonlyMap<string, MemberKind>
  /** Whether its shape is wrong, so that nothing more can be said of it. */
  readonly isBroken: boolean
  /** Where the value at `keys` of `source` was written. */
  readonly origin: (keys: Keys) => Origin
  /** Cubes it extends, directly or not; in SQL taken over from them their names stand for this cube. */
  readonly ancestors: ReadonlySet<string>
  /** `sql` with each `{cube.sql()}` replaced; `undefined` when there is none. */
  readonly rowsSql?: string
}

/** A view as written, merged with what it extends. */
export interface ViewDraft {
  readonly file: ModelFile
  readonly keys: Keys
  readonly source: ViewSource
  readonly isBroken: boolean
  readonly origin: (keys: Keys) => Origin
}

/** The names of a whole model, known before any SQL is read. */
export interface ModelIndex {
  readonly drafts: ReadonlyMap<string, CubeDraft>
  /** The cube behind each cube name and each join alias. */
  readonly cubeOfNode: ReadonlyMap<string, string>
  /** Shortest ways along joins from a cube, to cubes and roles. */
  readonly pathsFrom: (cube: string) => ReadonlyMap<string, ShortestPath>
  /** The node that a join of the cube leads to under this name: its alias, or the joined cube's when only one join leads there. */
  readonly joinTarget: (cube: string, name: string) => string | undefined
  /** Nodes that the cube's joins lead to. */
  readonly joinTargets: (cube: string) => readonly string[]
}

/** Indexes drafts by name. `cubeOfNode` maps cube names and aliases to cube names. */
export function indexModel(
  drafts: ReadonlyMap<string, CubeDraft>,
  cubeOfNode: ReadonlyMap<string, string>,
): ModelIndex {
  const edges = new Map<string, string[]>()
  for (const [name, draft] of drafts) {
    const joins = draft.isBroken ? [] : (draft.source.joins ?? [])
    edges.set(
      name,
      joins.map((join) => join.alias ?? join.name).filter((target) => cubeOfNode.has(target)),
    )
  }
  const edgesOf = (node: string) => edges.get(cubeOfNode.get(node) ?? '') ?? []
  const known = new Map<string, ReadonlyMap<string, ShortestPath>>()
  const pathsFrom = (cube: string) => {
    let paths = known.get(cube)
    if (paths === undefined) {
      paths = shortestPaths(cube, edgesOf)
      known.set(cube, paths)
    }
    return paths
  }
  const joinTarget = (cube: string, name: string) => {
    const targets = edges.get(cube) ?? []
    if (targets.includes(name)) return name
    const roles = targets.filter((target) => cubeOfNode.get(target) === name)
    return roles.length === 1 ? roles[0] : undefined
  }
  return { drafts, cubeOfNode, pathsFrom, joinTarget, joinTargets: (cube) => edges.get(cube) ?? [] }
}
