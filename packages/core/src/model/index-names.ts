import type { CubeSource, JoinSource } from '../schema/cube.ts'
import type { ViewSource } from '../schema/model.ts'
import { CALCULATION_PREFIX } from '../schema/query.ts'
import { expandRowsSql, hasSqlCall } from './expand-rows-sql.ts'
import { type Extended, extendCubes, extendViews, type ReadSource } from './extend-sources.ts'
import { readTitle } from './member-title.ts'
import type { Titled } from './model.ts'
import type { CubeDraft, MemberKind, ViewDraft } from './model-index.ts'
import type { ModelProblems } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'
import { MAX_IDENTIFIER_BYTES } from './table-name.ts'

/** Every name of a model. */
export interface ModelNames {
  readonly drafts: ReadonlyMap<string, CubeDraft>
  readonly views: ReadonlyMap<string, ViewDraft>
  /** The cube behind each cube name and alias. */
  readonly cubeOfNode: ReadonlyMap<string, string>
  /** Titles of roles. */
  readonly titles: ReadonlyMap<string, Titled>
}

/** Names that SQL or queries read as something else: `calc.<name>` is a query's own calculation. */
const RESERVED: ReadonlySet<string> = new Set([
  'CUBE',
  'TABLE',
  'FILTER_PARAMS',
  'FILTER_GROUP',
  'SECURITY_CONTEXT',
  'SQL_UTILS',
  'COMPILE_CONTEXT',
  'securityContext',
  CALCULATION_PREFIX,
])

/** Collects names, and reports those that occur twice, are reserved or too long, or lead nowhere. */
export function indexNames(
  cubes: readonly ReadSource<CubeSource>[],
  views: readonly ReadSource<ViewSource>[],
  problems: ModelProblems,
): ModelNames {
  const taken: Taken = new Map()
  const extendedCubes = extendCubes(collect('cube', cubes, taken, problems), problems)
  const extendedViews = extendViews(collect('view', views, taken, problems), problems)
  const drafts = new Map<string, CubeDraft>()
  const cubeOfNode = new Map<string, string>()
  for (const [name, extended] of extendedCubes) {
    const sql = extended.isBroken ? undefined : extended.source.sql
    const rowsSql =
      sql === undefined || !hasSqlCall(sql)
        ? undefined
        : expandRowsSql(
            sql,
            name,
            (other) => sourceOf(extendedCubes, other),
            (message) => addAt(extended, ['sql'], message, problems),
          )
    drafts.set(name, {
      ...extended,
      members: memberKinds(extended, problems),
      ...(rowsSql !== undefined && { rowsSql }),
    })
    cubeOfNode.set(name, name)
  }
  const roles = new RoleNames(drafts, extendedViews, cubeOfNode, problems)
  for (const draft of drafts.values()) if (!draft.isBroken) roles.addJoins(draft)
  return { drafts, views: extendedViews, cubeOfNode, titles: roles.titles }
}

function sourceOf(cubes: ReadonlyMap<string, Extended<CubeSource>>, name: string): CubeSource | undefined {
  const found = cubes.get(name)
  return found === undefined || found.isBroken ? undefined : found.source
}

/** Where each name was given first. Finding a place means reading the file again, so it waits until somebody asks. */
type Taken = Map<string, () => string>

/** Cubes or views by name. */
function collect<Source extends { name: string }>(
  kind: 'cube' | 'view',
  sources: readonly ReadSource<Source>[],
  taken: Taken,
  problems: ModelProblems,
): Map<string, ReadSource<Source>> {
  const found = new Map<string, ReadSource<Source>>()
  for (const read of sources) {
    const { file, keys, source } = read
    const name: unknown = isRecord(source) ? source.name : undefined
    if (typeof name !== 'string') continue
    const first = taken.get(name)
    if (first !== undefined) {
      problems.add(file, [...keys, 'name'], `duplicate ${kind}: ${name}; the first is at ${first()}`)
      continue
    }
    checkName(name, (message) => problems.add(file, [...keys, 'name'], message))
    found.set(name, read)
    taken.set(name, () => placeOf(read))
  }
  return found
}

function placeOf<Source>({ file, keys }: ReadSource<Source>): string {
  const place = file.placeOf(keys)
  return `${file.path}:${place.line}:${place.column}`
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

function memberKinds(cube: Extended<CubeSource>, problems: ModelProblems): ReadonlyMap<string, MemberKind> {
  const { source } = cube
  const kinds = new Map<string, MemberKind>()
  for (const [list, kind] of MEMBER_LISTS) {
    const items: unknown = source[list]
    if (!Array.isArray(items)) continue
    for (const [index, item] of items.entries()) {
      const name: unknown = isRecord(item) ? item.name : undefined
      if (typeof name !== 'string') continue
      if (kinds.has(name))
        addAt(
          cube,
          [list, index, 'name'],
          `duplicate member: ${source.name}.${name} is already a ${kinds.get(name)}`,
          problems,
        )
      else kinds.set(name, kind)
      if (RESERVED.has(name)) addAt(cube, [list, index, 'name'], `${name} is a reserved name`, problems)
    }
  }
  for (const list of ['hierarchies', 'pre_aggregations'] as const) checkUnique(cube, list, problems)
  return kinds
}

function checkUnique(
  cube: Extended<CubeSource>,
  list: 'hierarchies' | 'pre_aggregations',
  problems: ModelProblems,
): void {
  const items: unknown = cube.source[list]
  if (!Array.isArray(items)) return
  const seen = new Set<unknown>()
  for (const [index, item] of items.entries()) {
    const name: unknown = isRecord(item) ? item.name : undefined
    if (seen.has(name)) addAt(cube, [list, index, 'name'], `duplicate name: ${String(name)}`, problems)
    seen.add(name)
  }
}

/** The names that joins give to cubes. */
class RoleNames {
  readonly titles = new Map<string, Titled>()
  readonly #origins = new Map<string, string>()
  readonly #drafts: ReadonlyMap<string, CubeDraft>
  readonly #views: ReadonlyMap<string, ViewDraft>
  readonly #cubeOfNode: Map<string, string>
  readonly #problems: ModelProblems

  constructor(
    drafts: ReadonlyMap<string, CubeDraft>,
    views: ReadonlyMap<string, ViewDraft>,
    cubeOfNode: Map<string, string>,
    problems: ModelProblems,
  ) {
    this.#drafts = drafts
    this.#views = views
    this.#cubeOfNode = cubeOfNode
    this.#problems = problems
  }

  addJoins(draft: CubeDraft): void {
    const { source } = draft
    const targets = new Set<string>()
    for (const [index, join] of (source.joins ?? []).entries()) {
      const report = (key: string | undefined, message: string) =>
        addAt(draft, key === undefined ? ['joins', index] : ['joins', index, key], message, this.#problems)
      if (!this.#drafts.has(join.name)) {
        report('name', `unknown cube: ${join.name}${didYouMean(join.name, this.#drafts.keys())}`)
      } else if (join.alias === undefined) {
        if (join.name === source.name) report(undefined, `a join of ${source.name} with itself needs an alias`)
        if (join.title !== undefined) report('title', 'a join has a title only with an alias')
        if (targets.has(join.name)) report(undefined, `a second join to ${join.name} needs an alias`)
        targets.add(join.name)
      } else this.#addRole(join.alias, join, originId(draft, index), (message) => report('alias', message))
    }
  }

  #addRole(alias: string, join: JoinSource, origin: string, report: (message: string) => void): void {
    checkName(alias, report)
    if (this.#drafts.has(alias)) report(`alias ${alias} is the name of a cube`)
    else if (this.#cubeOfNode.has(alias)) {
      // A join that came with `extends` gives the same role: both cubes join the same cube under its name.
      if (this.#origins.get(alias) !== origin) report(`alias ${alias} is used twice; each role needs a name of its own`)
    } else {
      if (this.#views.has(alias)) report(`alias ${alias} is the name of a view`)
      this.#origins.set(alias, origin)
      this.#cubeOfNode.set(alias, join.name)
      this.titles.set(alias, readTitle(join.title, alias))
    }
  }
}

function originId(draft: CubeDraft, index: number): string {
  const { file, keys } = draft.origin(['joins', index])
  return `${file.path}\0${keys.join('.')}`
}

function addAt(
  draft: { readonly origin: CubeDraft['origin'] },
  keys: readonly (string | number)[],
  message: string,
  problems: ModelProblems,
): void {
  const origin = draft.origin(keys)
  problems.add(origin.file, origin.keys, message)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
