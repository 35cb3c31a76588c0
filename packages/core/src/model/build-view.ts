import type { FolderSource, ViewCubeSource, ViewSource } from '../schema/model.ts'
import type { Report } from './build-context.ts'
import { buildViewPolicies } from './build-policies.ts'
import { buildPresentation } from './build-presentation.ts'
import { isPublic } from './describe-member.ts'
import { readTitle } from './member-title.ts'
import type { Cube, Dimension, Folder, Hierarchy, Measure, Member, MemberRef, View, ViewMember } from './model.ts'
import type { ModelIndex, ViewDraft } from './model-index.ts'
import type { Keys, ModelProblems } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'

/** Turns one well-formed view into its checked form. Adds every fault to `problems`; the result counts only without any. */
export function buildView(
  draft: ViewDraft,
  cubes: ReadonlyMap<string, Cube>,
  index: ModelIndex,
  problems: ModelProblems,
): View {
  const { source } = draft
  const report: Report = (keys, message) => {
    const origin = draft.origin(keys)
    problems.add(origin.file, origin.keys, message)
  }
  const builder = new ViewBuilder(source, cubes, index, report)
  for (const [position, cube] of (source.cubes ?? []).entries()) builder.addCube(cube, ['cubes', position])
  const { members } = builder
  if (members.size === 0 && (source.cubes ?? []).length === 0) report([], 'a view needs cubes')
  return Object.freeze({
    name: source.name,
    ...readTitle(source.title, source.name),
    description: source.description,
    isPublic: isPublic(source),
    ...(source.meta !== undefined && { meta: source.meta }),
    members,
    policies: Object.freeze(buildViewPolicies(source, members, report)),
    folders: builder.folders(source.folders ?? [], ['folders']),
    hierarchies: Object.freeze(builder.hierarchies),
    groups: Object.freeze([
      ...new Set([...(source.view_group === undefined ? [] : [source.view_group]), ...(source.view_groups ?? [])]),
    ]),
  })
}

type Include = Exclude<Exclude<ViewCubeSource['includes'], '*'>[number], string>

class ViewBuilder {
  readonly members = new Map<string, ViewMember>()
  readonly hierarchies: Hierarchy[] = []
  readonly #source: ViewSource
  readonly #cubes: ReadonlyMap<string, Cube>
  readonly #index: ModelIndex
  readonly #report: Report
  /** Names of the view's members by join path as written, for folders. */
  readonly #byPath = new Map<string, string[]>()

  constructor(source: ViewSource, cubes: ReadonlyMap<string, Cube>, index: ModelIndex, report: Report) {
    this.#source = source
    this.#cubes = cubes
    this.#index = index
    this.#report = report
  }

  addCube(source: ViewCubeSource, keys: Keys): void {
    const path = this.#path(source.join_path, [...keys, 'join_path'])
    if (path === undefined) return
    const node = path.at(-1)!
    const cube = this.#cubes.get(this.#index.cubeOfNode.get(node)!)
    if (cube === undefined) return
    if (source.alias !== undefined && source.prefix !== true)
      this.#report([...keys, 'alias'], 'alias is the prefix of the members and needs prefix: true')
    const prefix = source.prefix === true ? `${source.alias ?? node}_` : ''
    const excluded = this.#excluded(source, cube, keys)
    const names = new Map<string, string>()
    for (const { include, isNamed, at } of this.#includes(source, cube, keys)) {
      if (excluded.has(include.name)) continue
      const member = cube.members.get(include.name)
      if (member === undefined) continue
      const name = prefix + (include.alias ?? include.name)
      names.set(include.name, name)
      this.#add(name, { member, include, node, path, isNamed }, at)
    }
    const inPath = this.#byPath.get(path.join('.')) ?? []
    this.#byPath.set(path.join('.'), [...inPath, ...names.values()])
    this.#addHierarchies(source, cube, prefix, names, excluded)
  }

  /** The nodes of a join path, or `undefined` after reporting where it breaks off. */
  #path(written: string, keys: Keys): readonly string[] | undefined {
    const [root, ...rest] = written.replaceAll(/[${}\s]/g, '').split('.')
    if (!this.#index.cubeOfNode.has(root!)) {
      this.#report(keys, `unknown cube: ${root}${didYouMean(root!, this.#index.cubeOfNode.keys())}`)
      return undefined
    }
    const path = [root!]
    for (const name of rest) {
      const cube = this.#index.cubeOfNode.get(path.at(-1)!)!
      const target = this.#index.joinTarget(cube, name)
      if (target === undefined) {
        const targets = this.#index.joinTargets(cube)
        const roles = targets.filter((one) => this.#index.cubeOfNode.get(one) === name)
        this.#report(
          keys,
          roles.length > 1
            ? `several joins lead from ${path.at(-1)} to ${name}; write ${roles.join(' or ')}`
            : `no join leads from ${path.at(-1)} to ${name}${didYouMean(name, targets)}`,
        )
        return undefined
      }
      path.push(target)
    }
    return Object.freeze(path)
  }

  #excluded(source: ViewCubeSource, cube: Cube, keys: Keys): ReadonlySet<string> {
    for (const [position, name] of (source.excludes ?? []).entries()) {
      if (!cube.members.has(name) && !cube.hierarchies.some((one) => one.name === name))
        this.#report(
          [...keys, 'excludes', position],
          `unknown member: ${cube.name}.${name}${didYouMean(name, cube.members.keys())}`,
        )
    }
    return new Set(source.excludes)
  }

  #includes(source: ViewCubeSource, cube: Cube, keys: Keys): { include: Include; isNamed: boolean; at: Keys }[] {
    if (source.includes === '*')
      return [...cube.members.keys()].map((name) => ({ include: { name }, isNamed: false, at: [...keys, 'includes'] }))
    return source.includes.flatMap((written, position) => {
      const at = [...keys, 'includes', position]
      const include = typeof written === 'string' ? { name: written } : written
      if (cube.members.has(include.name)) return [{ include, isNamed: true, at }]
      if (!cube.hierarchies.some((one) => one.name === include.name)) {
        this.#report(at, `unknown member: ${cube.name}.${include.name}${didYouMean(include.name, cube.members.keys())}`)
      }
      return []
    })
  }

  #add(
    name: string,
    found: { member: Member; include: Include; node: string; path: readonly string[]; isNamed: boolean },
    at: Keys,
  ): void {
    const { member, include, node, path, isNamed } = found
    const known = this.members.get(name)
    if (known !== undefined) {
      const paths = [known.path, path].map(
        (one, index) => `${one.join('.')}.${index === 0 ? known.member.name : member.name}`,
      )
      this.#report(
        at,
        `duplicate member: ${this.#source.name}.${name} is both ${paths.join(' and ')}; give one an alias or a prefix`,
      )
      return
    }
    const base = member.kind === 'segment' ? undefined : member
    const shown =
      base !== undefined && !isOverridden(include)
        ? base
        : buildPresentation(overriding(include, base), undefined, at, this.#report)
    const hidden = include.public === false || include.shown === false
    const meta = include.meta ?? member.meta
    const formatPattern = include.format === undefined ? base?.formatPattern : shown.formatPattern
    this.members.set(
      name,
      Object.freeze({
        name,
        ...(include.title === undefined
          ? { title: member.title, ...(member.titles !== undefined && { titles: member.titles }) }
          : readTitle(include.title, name)),
        description: include.description ?? member.description,
        // What a view lists by name it shows; `*` takes over what the cube shows.
        isPublic: !hidden && (isNamed || include.public === true || member.isPublic),
        ...(meta !== undefined && { meta }),
        presentation: shown.presentation,
        ...(formatPattern !== undefined && { formatPattern }),
        node,
        member,
        path,
      }),
    )
  }

  #addHierarchies(
    source: ViewCubeSource,
    cube: Cube,
    prefix: string,
    names: ReadonlyMap<string, string>,
    excluded: ReadonlySet<string>,
  ): void {
    const listed =
      source.includes === '*'
        ? undefined
        : new Set(source.includes.map((one) => (typeof one === 'string' ? one : one.name)))
    for (const hierarchy of cube.hierarchies) {
      if (excluded.has(hierarchy.name)) continue
      const levels = hierarchy.levels.flatMap((level): MemberRef[] => {
        const name = level.node === undefined ? names.get(level.member) : this.#memberOf(level.node, level.member)
        return name === undefined ? [] : [Object.freeze({ node: undefined, member: name })]
      })
      const isWanted = listed === undefined || listed.has(hierarchy.name) || levels.length === hierarchy.levels.length
      if (!isWanted || levels.length === 0) continue
      this.hierarchies.push(
        Object.freeze({ ...hierarchy, name: prefix + hierarchy.name, levels: Object.freeze(levels) }),
      )
    }
  }

  #memberOf(node: string, member: string): string | undefined {
    for (const [name, one] of this.members) if (one.node === node && one.member.name === member) return name
    return undefined
  }

  folders(sources: readonly FolderSource[], keys: Keys): readonly Folder[] {
    return Object.freeze(sources.map((source, position) => this.#folder(source, [...keys, position])))
  }

  #folder(source: FolderSource, keys: Keys): Folder {
    const members: string[] = []
    const folders: Folder[] = []
    if (source.includes === '*') members.push(...this.members.keys())
    else {
      for (const [position, item] of source.includes.entries()) {
        const at = [...keys, 'includes', position]
        if (typeof item === 'string') {
          if (this.members.has(item) || this.hierarchies.some((one) => one.name === item)) members.push(item)
          else this.#report(at, `unknown member: ${this.#source.name}.${item}${didYouMean(item, this.members.keys())}`)
        } else if ('join_path' in item) members.push(...this.#inPath(item.join_path, [...at, 'join_path']))
        else folders.push(this.#folder(item, at))
      }
    }
    return Object.freeze({
      name: source.name,
      ...(source.title === undefined ? { title: source.name } : readTitle(source.title, source.name)),
      members: Object.freeze([...new Set(members)]),
      folders: Object.freeze(folders),
    })
  }

  #inPath(written: string, keys: Keys): readonly string[] {
    const path = this.#path(written, keys)
    if (path === undefined) return []
    const found = this.#byPath.get(path.join('.'))
    if (found === undefined) this.#report(keys, `the view takes no members from ${path.join('.')}`)
    return found ?? []
  }
}

type Formats = Pick<Include, 'format' | 'currency' | 'unit' | 'fraction_digits'>

function isOverridden({ format, currency, unit, fraction_digits: digits }: Formats): boolean {
  return format !== undefined || currency !== undefined || unit !== undefined || digits !== undefined
}

/** What the view says of how values are shown, over what the member says. A new format does not keep the old one's details. */
function overriding(include: Formats, base: Dimension | Measure | undefined): Formats {
  if (base === undefined || include.format !== undefined) return include
  const { format, currency, unit, fractionDigits } = base.presentation
  return {
    format,
    currency: include.currency ?? currency,
    unit: include.unit ?? unit,
    fraction_digits: include.fraction_digits ?? fractionDigits,
  }
}
