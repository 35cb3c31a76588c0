import type { CubeSource } from '../schema/cube.ts'
import type { ViewGroupSource, ViewSource } from '../schema/model.ts'
import { ModelSource } from '../schema/model.ts'
import { buildCube } from './build-cube.ts'
import { buildView } from './build-view.ts'
import { buildViewGroups } from './build-view-groups.ts'
import { followUses } from './check-cycles.ts'
import { checkShape } from './check-shape.ts'
import { classifyDerived } from './classify-derived.ts'
import type { ReadSource } from './extend-sources.ts'
import { indexNames } from './index-names.ts'
import { MAX_MEMBER_LEVELS, MAX_MEMBER_PARTS, memberSize } from './member-size.ts'
import type { Cube, CubeNode, Model, Titled, View } from './model.ts'
import { type CubeDraft, indexModel } from './model-index.ts'
import { keysOf, ModelProblems } from './model-problems.ts'
import { readModelFile } from './read-model-file.ts'
import { sha256Hex } from './sha256-hex.ts'
import { ViewRoles } from './view-roles.ts'

/** Most files of one model. */
const MAX_FILES = 5_000

/** One model file: `path` for messages, `text` in YAML or JSON. */
export interface ModelText {
  readonly path: string
  readonly text: string
}

/**
 * Reads a semantic model from its files. The result is immutable and serves every caller.
 * @throws AnalyticsError `model_invalid` with every problem of every file: `path` is `file:line:column cubes[0].measures[2].sql`.
 */
export function parseModel(files: readonly ModelText[]): Model {
  const problems = new ModelProblems()
  if (files.length > MAX_FILES) {
    problems.addAt('model', { line: 1, column: 1 }, '', `at most ${MAX_FILES} files are allowed, not ${files.length}`)
    problems.throwIfAny()
  }
  const read = readFiles(files, problems)
  const names = indexNames(read.cubes, read.views, problems)
  const index = indexModel(names.drafts, names.cubeOfNode)
  const cubes = new Map<string, Cube>()
  for (const [name, draft] of names.drafts) if (!draft.isBroken) cubes.set(name, buildCube(draft, index, problems))
  reportUses(cubes, names.drafts, names.cubeOfNode, problems)
  classifyDerived(cubes, names.cubeOfNode)
  const roles = new ViewRoles(names.cubeOfNode, (name) => names.views.has(name))
  const views = new Map<string, View>()
  for (const [name, draft] of names.views)
    if (!draft.isBroken) views.set(name, buildView(draft, cubes, { index, roles }, problems))
  const viewGroups = buildViewGroups(read.viewGroups, views, problems)
  problems.throwIfAny()
  return Object.freeze({
    id: modelId(files),
    cubes,
    nodes: buildNodes(cubes, names.titles, names.cubeOfNode, roles),
    views,
    viewGroups,
  })
}

interface ReadFiles {
  readonly cubes: ReadSource<CubeSource>[]
  readonly views: ReadSource<ViewSource>[]
  readonly viewGroups: ReadSource<ViewGroupSource>[]
}

/** Reads every file and checks its shape. What has a wrong shape is marked as broken and said no more of. */
function readFiles(files: readonly ModelText[], problems: ModelProblems): ReadFiles {
  const read: ReadFiles = { cubes: [], views: [], viewGroups: [] }
  for (const { path, text } of files) {
    const file = readModelFile(path, text)
    for (const { place, message } of file.problems) problems.addAt(path, place, '', message)
    if (file.problems.length > 0 || file.value === null || file.value === undefined) continue
    const broken = new Set<string>()
    for (const problem of checkShape(ModelSource, file.value)) {
      const keys = keysOf(problem.path)
      broken.add(`${keys[0]}.${keys[1]}`)
      problems.add(file, keys, problem.message)
    }
    const collect = <Source>(list: string, found: ReadSource<Source>[]) => {
      const sources: unknown = (file.value as Record<string, unknown>)[list]
      if (!Array.isArray(sources)) return
      for (const [index, source] of sources.entries())
        found.push({ file, keys: [list, index], source: source as Source, isBroken: broken.has(`${list}.${index}`) })
    }
    collect('cubes', read.cubes)
    collect('views', read.views)
    collect('view_groups', read.viewGroups)
  }
  return read
}

/** Members that use themselves, and those that become too much SQL: of a chain the first. */
function reportUses(
  cubes: ReadonlyMap<string, Cube>,
  drafts: ReadonlyMap<string, CubeDraft>,
  cubeOfNode: ReadonlyMap<string, string>,
  problems: ModelProblems,
): void {
  const report = (key: string, message: string) => {
    const [cube, member] = key.split('.') as [string, string]
    const draft = drafts.get(cube)!
    for (const list of ['dimensions', 'measures', 'segments'] as const) {
      const at = draft.source[list]?.findIndex((item) => item.name === member) ?? -1
      if (at < 0) continue
      const origin = draft.origin([list, at])
      problems.add(origin.file, origin.keys, message)
    }
  }
  const { cycles, order } = followUses(cubes, cubeOfNode)
  for (const cycle of cycles) report(cycle[0]!, `its sql leads back to itself: ${cycle.join(' → ')}`)
  if (cycles.length > 0) return
  for (const key of order) {
    const [name, member] = key.split('.') as [string, string]
    const cube = cubes.get(name)!
    const { parts, levels } = memberSize(cube.members.get(member)!, cube, (node) =>
      cubes.get(cubeOfNode.get(node) ?? ''),
    )
    if (parts > MAX_MEMBER_PARTS)
      report(key, `its sql becomes ${parts} parts with that of all members it refers to, more than ${MAX_MEMBER_PARTS}`)
    else if (levels > MAX_MEMBER_LEVELS)
      report(key, `its sql refers to members that refer to others, more than ${MAX_MEMBER_LEVELS} deep`)
    else continue
    // What uses it is as bad.
    return
  }
}

function buildNodes(
  cubes: ReadonlyMap<string, Cube>,
  titles: ReadonlyMap<string, Titled>,
  cubeOfNode: ReadonlyMap<string, string>,
  roles: ViewRoles,
): ReadonlyMap<string, CubeNode> {
  const nodes = new Map<string, CubeNode>()
  for (const [name, cubeName] of cubeOfNode) {
    const cube = cubes.get(cubeName)!
    const { title, titles: byLocale } = titles.get(name) ?? cube
    nodes.set(name, {
      name,
      title,
      ...(byLocale !== undefined && { titles: byLocale }),
      cube,
      isRole: name !== cubeName,
    })
  }
  roles.addTo(nodes, cubes)
  return nodes
}

/** The same whatever order the files come in. */
function modelId(files: readonly ModelText[]): string {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const content = JSON.stringify(sorted.map(({ path, text }) => [path, text]))
  return sha256Hex(content)
}
