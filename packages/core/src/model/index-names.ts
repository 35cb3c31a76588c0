import type { CubeSource } from '../schema/model.ts'
import { CALCULATION_PREFIX } from '../schema/query.ts'
import { titleOfName } from './member-title.ts'
import type { CubeDraft, MemberKind } from './model-index.ts'
import type { Keys, ModelProblems } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'
import type { ModelFile } from './read-model-file.ts'
import { MAX_IDENTIFIER_BYTES } from './table-name.ts'

/** A cube as read: `source` has the right shape only when it is not broken. */
interface ReadCube {
  readonly file: ModelFile
  readonly index: number
  readonly source: CubeSource
  readonly isBroken: boolean
}

/** Every name of a model. */
export interface ModelNames {
  readonly drafts: ReadonlyMap<string, CubeDraft>
  /** The cube behind each cube name and alias. */
  readonly cubeOfNode: ReadonlyMap<string, string>
  /** Titles of roles. */
  readonly titles: ReadonlyMap<string, string>
}

/** Names that SQL or queries read as something else: `calc.<name>` is a query's own calculation. */
const RESERVED: ReadonlySet<string> = new Set([
  'CUBE',
  'TABLE',
  'FILTER_PARAMS',
  'SECURITY_CONTEXT',
  'securityContext',
  CALCULATION_PREFIX,
])

/** Collects names, and reports those that occur twice, are reserved or too long, or lead nowhere. */
export function indexNames(cubes: readonly ReadCube[], problems: ModelProblems): ModelNames {
  const drafts = new Map<string, CubeDraft>()
  const cubeOfNode = new Map<string, string>()
  const titles = new Map<string, string>()
  for (const { file, index, source, isBroken } of cubes) {
    const keys = ['cubes', index]
    const name: unknown = isRecord(source) ? source.name : undefined
    if (typeof name !== 'string') continue
    const first = drafts.get(name)
    if (first !== undefined) {
      const place = first.file.placeOf(first.keys)
      problems.add(
        file,
        [...keys, 'name'],
        `duplicate cube: ${name}; the first is at ${first.file.path}:${place.line}:${place.column}`,
      )
      continue
    }
    checkName(name, (message) => problems.add(file, [...keys, 'name'], message))
    drafts.set(name, { file, keys, source, isBroken, members: memberKinds(source, file, keys, problems) })
    cubeOfNode.set(name, name)
  }
  for (const draft of drafts.values()) if (!draft.isBroken) addJoins(draft, drafts, cubeOfNode, titles, problems)
  return { drafts, cubeOfNode, titles }
}

function checkName(name: string, report: (message: string) => void): void {
  if (RESERVED.has(name)) report(`${name} is a reserved name`)
  if (new TextEncoder().encode(name).length > MAX_IDENTIFIER_BYTES) {
    report(
      `${name.slice(0, 20)}… is longer than ${MAX_IDENTIFIER_BYTES} bytes, the longest identifier PostgreSQL keeps`,
    )
  }
}

const MEMBER_LISTS = [
  ['dimensions', 'dimension'],
  ['measures', 'measure'],
  ['segments', 'segment'],
] as const

function memberKinds(
  source: CubeSource,
  file: ModelFile,
  keys: Keys,
  problems: ModelProblems,
): ReadonlyMap<string, MemberKind> {
  const kinds = new Map<string, MemberKind>()
  for (const [list, kind] of MEMBER_LISTS) {
    const items: unknown = source[list]
    if (!Array.isArray(items)) continue
    for (const [index, item] of items.entries()) {
      const name: unknown = isRecord(item) ? item.name : undefined
      if (typeof name !== 'string') continue
      const at = [...keys, list, index, 'name']
      if (kinds.has(name))
        problems.add(file, at, `duplicate member: ${source.name}.${name} is already a ${kinds.get(name)}`)
      else kinds.set(name, kind)
      if (RESERVED.has(name)) problems.add(file, at, `${name} is a reserved name`)
    }
  }
  return kinds
}

function addJoins(
  draft: CubeDraft,
  drafts: ReadonlyMap<string, CubeDraft>,
  cubeOfNode: Map<string, string>,
  titles: Map<string, string>,
  problems: ModelProblems,
): void {
  const { file, keys, source } = draft
  const targets = new Set<string>()
  for (const [index, join] of (source.joins ?? []).entries()) {
    const at = [...keys, 'joins', index]
    if (!drafts.has(join.name)) {
      problems.add(file, [...at, 'name'], `unknown cube: ${join.name}${didYouMean(join.name, drafts.keys())}`)
      continue
    }
    if (join.alias === undefined) {
      if (join.name === source.name) problems.add(file, at, `a join of ${source.name} with itself needs an alias`)
      if (join.title !== undefined) problems.add(file, [...at, 'title'], 'a join has a title only with an alias')
      if (targets.has(join.name)) problems.add(file, at, `a second join to ${join.name} needs an alias`)
      targets.add(join.name)
      continue
    }
    checkName(join.alias, (message) => problems.add(file, [...at, 'alias'], message))
    const taken = cubeOfNode.get(join.alias)
    if (drafts.has(join.alias)) problems.add(file, [...at, 'alias'], `alias ${join.alias} is the name of a cube`)
    else if (taken !== undefined)
      problems.add(file, [...at, 'alias'], `alias ${join.alias} is used twice; each role needs a name of its own`)
    else {
      cubeOfNode.set(join.alias, join.name)
      titles.set(join.alias, join.title ?? titleOfName(join.alias))
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
