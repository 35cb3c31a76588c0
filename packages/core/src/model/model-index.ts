import type { CubeSource } from '../schema/model.ts'
import type { Keys } from './model-problems.ts'
import type { ModelFile } from './read-model-file.ts'
import { type ShortestPath, shortestPaths } from './shortest-paths.ts'

/** What a name in a cube stands for. `unknown`: the member has faults of its own, reported elsewhere. */
export type MemberKind = 'dimension' | 'measure' | 'segment' | 'unknown'

/** A cube as written, with where it stands. */
export interface CubeDraft {
  readonly file: ModelFile
  readonly keys: Keys
  readonly source: CubeSource
  readonly members: ReadonlyMap<string, MemberKind>
  /** Whether its shape is wrong, so that nothing more can be said of it. */
  readonly isBroken: boolean
}

/** The names of a whole model, known before any SQL is read. */
export interface ModelIndex {
  readonly drafts: ReadonlyMap<string, CubeDraft>
  /** The cube behind each cube name and each join alias. */
  readonly cubeOfNode: ReadonlyMap<string, string>
  /** Shortest ways along joins from a cube, to cubes and roles. */
  readonly pathsFrom: (cube: string) => ReadonlyMap<string, ShortestPath>
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
  return { drafts, cubeOfNode, pathsFrom }
}
