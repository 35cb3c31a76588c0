import type { MeasureSource } from '../schema/measure.ts'
import type { FolderSource, ViewCubeSource, ViewSource } from '../schema/model.ts'
import type { Report } from './build-context.ts'
import { buildDefaultFilters } from './build-default-filters.ts'
import { linkAddressesOf, linkOwner } from './build-link-addresses.ts'
import { buildViewPolicies } from './build-policies.ts'
import { buildPresentation } from './build-presentation.ts'
import { buildViewMeasure } from './build-view-measures.ts'
import { isPublic } from './describe-member.ts'
import { readTitle } from './member-title.ts'
import type { Cube, Dimension, Folder, Hierarchy, Measure, Member, MemberRef, View, ViewMember } from './model.ts'
import type { ModelIndex, ViewDraft } from './model-index.ts'
import type { Keys, ModelProblems } from './model-problems.ts'
import { didYouMean } from './nearest-name.ts'
import type { ViewRoles } from './view-roles.ts'

/** Where joins lead, and what to call a cube that a view reaches in a second way. */
export interface Ways {
  readonly index: ModelIndex
  readonly roles: ViewRoles
}

/** Turns one well-formed view into its checked form. Adds every fault to `problems`; the result counts only without any. */
export function buildView(
  draft: ViewDraft,
  cubes: ReadonlyMap<string, Cube>,
  ways: Ways,
  problems: ModelProblems,
): View {
  const { source } = draft
  const report: Report = (keys, message) => {
    const origin = draft.origin(keys)
    problems.add(origin.file, origin.keys, message)
  }
  const builder = new ViewBuilder(source, cubes, ways, report)
  builder.addCubes(source.cubes ?? [], ['cubes'])
  for (const [position, measure] of (source.measures ?? []).entries())
    builder.addMeasure(measure, ['measures', position])
  const { members } = builder
  if (members.size === 0 && (source.cubes ?? []).length === 0) report([], 'a view needs cubes')
  return Object.freeze({
    name: source.name,
    ...readTitle(source.title, source.name),
    description: source.description,
    isPublic: isPublic(source),
    ...(source.meta !== undefined && { meta: source.meta }),
    members,
    defaultFilters: buildDefaultFilters(source, members, report),
    policies: Object.freeze(buildViewPolicies(source, members, report)),
    folders: builder.folders(source.folders ?? [], ['folders']),
    hierarchies: Object.freeze(builder.hierarchies),
    groups: Object.freeze([
      ...new Set([...(source.view_group === undefined ? [] : [source.view_group]), ...(source.view_groups ?? [])]),
    ]),
  })
}

/** The ways of a view from roots that joins connect. */
interface WayTree {
  readonly roots: readonly string[]
  /** By which node the first way reaches each. */
  readonly parents: Map<string, string>
  /** Nodes that several ways reach. */
  readonly contested: Set<string>
}

type Include = Exclude<Exclude<ViewCubeSource['includes'], '*'>[number], string>

interface Included {
  readonly include: Include
  /** Whether the view names it, and not only `*`. */
  readonly isNamed: boolean
  readonly at: Keys
}

class ViewBuilder {
  readonly members = new Map<string, ViewMember>()
  readonly hierarchies: Hierarchy[] = []
  readonly #waiting: (() => void)[] = []
  readonly #source: ViewSource
  readonly #cubes: ReadonlyMap<string, Cube>
  readonly #index: ModelIndex
  readonly #roles: ViewRoles
  readonly #report: Report
  /** Names of the view's members by join path as written, for folders. */
  readonly #byPath = new Map<string, string[]>()
  /** Where members come from, as the author named the way. */
  readonly #writtenPaths = new Map<string, string>()
  /** For roots that joins connect. */
  #trees: WayTree[] = []

  constructor(source: ViewSource, cubes: ReadonlyMap<string, Cube>, { index, roles }: Ways, report: Report) {
    this.#source = source
    this.#cubes = cubes
    this.#index = index
    this.#roles = roles
    this.#report = report
  }

  addCubes(sources: readonly ViewCubeSource[], keys: Keys): void {
    const paths = sources.map((source, position) => this.#path(source.join_path, [...keys, position, 'join_path']))
    for (const path of paths) if (path !== undefined) this.#addRoot(path[0]!)
    for (const path of paths) if (path !== undefined) this.#addToTree(path)
    for (const [position, source] of sources.entries()) {
      const path = paths[position]
      if (path !== undefined) this.#addCube(source, path, [...keys, position])
    }
    // Their levels may be of cubes that come later.
    for (const addHierarchies of this.#waiting) addHierarchies()
  }

  /** A measure of the view itself, made of measures that the view has so far. */
  addMeasure(source: MeasureSource, keys: Keys): void {
    const owner = { name: this.#source.name, members: this.members, report: this.#report }
    const built = buildViewMeasure(source, keys, owner)
    if (built === undefined) return
    if (this.members.has(built.name))
      this.#report([...keys, 'name'], `duplicate member: ${owner.name}.${built.name} is also taken from a cube`)
    else this.members.set(built.name, built)
  }

  #addCube(source: ViewCubeSource, written: readonly string[], keys: Keys): void {
    const path = this.#ownPath(written)
    const node = path.at(-1)!
    const cube = this.#cubes.get(this.#roles.cubeOf(node)!)
    if (cube === undefined) return
    if (source.alias !== undefined && source.prefix !== true)
      this.#report([...keys, 'alias'], 'alias is the prefix of the members and needs prefix: true')
    const prefix = source.prefix === true ? `${source.alias ?? written.at(-1)!}_` : ''
    const excluded = this.#excluded(source, cube, keys)
    const names = new Map<string, string>()
    for (const { include, isNamed, at } of withLinkAddresses(this.#includes(source, cube, keys), cube)) {
      if (excluded.has(include.name) || excluded.has(linkOwner(include.name, cube.members.get(include.name)!) ?? ''))
        continue
      const member = cube.members.get(include.name)
      if (member === undefined) continue
      const name = prefix + (include.alias ?? include.name)
      names.set(include.name, name)
      this.#add(name, { member, include, node, path, written: written.join('.'), isNamed }, at)
    }
    const inPath = this.#byPath.get(written.join('.')) ?? []
    this.#byPath.set(written.join('.'), [...inPath, ...names.values()])
    this.#waiting.push(() => this.#addHierarchies(source, cube, prefix, names, excluded))
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

  /**
   * A path in which each node is reached by one way only: where another path of the view reaches it by another way, a role of its
   * own stands for it. Roots that no joins connect share their cubes, which is what several facts have in common.
   */
  #ownPath(written: readonly string[]): readonly string[] {
    const [root, ...rest] = written
    const { roots, parents, contested } = this.#treeOf(root!)
    const path = [root!]
    for (const target of rest) {
      const parent = path.at(-1)!
      // From several roots even the first way is not the one that a question about another root would take.
      const isPlain = parents.get(target) === parent && (roots.length === 1 || !contested.has(target))
      path.push(isPlain ? target : this.#roles.roleOf(parent, target))
    }
    return Object.freeze(path)
  }

  #addToTree(path: readonly string[]): void {
    const { parents, contested } = this.#treeOf(path[0]!)
    for (let at = 1; at < path.length; at++) {
      const [parent, target] = [path[at - 1]!, path[at]!]
      const known = parents.get(target)
      // A root is where ways start, so another may lead to it; but none leads back to its own.
      if (known === undefined && target !== path[0]) parents.set(target, parent)
      else if (known !== parent) contested.add(target)
    }
  }

  #treeOf(root: string): WayTree {
    return this.#trees.find(({ roots }) => roots.includes(root))!
  }

  #addRoot(root: string): void {
    const reaches = (from: string, to: string) => this.#index.pathsFrom(this.#index.cubeOfNode.get(from)!).has(to)
    const isNear = ({ roots }: WayTree) =>
      roots.some((other) => other === root || reaches(other, root) || reaches(root, other))
    const near = this.#trees.filter(isNear)
    const roots = new Set([...near.flatMap((tree) => tree.roots), root])
    this.#trees = this.#trees.filter((tree) => !near.includes(tree))
    this.#trees.push({ roots: [...roots], parents: new Map(), contested: new Set() })
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

  #includes(source: ViewCubeSource, cube: Cube, keys: Keys): Included[] {
    if (source.includes === '*')
      return [...cube.members.keys()].map((name) => ({ include: { name }, isNamed: false, at: [...keys, 'includes'] }))
    const taken = new Set(source.includes.map((written) => (typeof written === 'string' ? written : written.name)))
    return source.includes.flatMap((written, position): Included[] => {
      const at = [...keys, 'includes', position]
      const include = typeof written === 'string' ? { name: written } : written
      if (cube.members.has(include.name)) return [{ include, isNamed: true, at }]
      const hierarchy = cube.hierarchies.find((one) => one.name === include.name)
      if (hierarchy === undefined)
        this.#report(at, `unknown member: ${cube.name}.${include.name}${didYouMean(include.name, cube.members.keys())}`)
      // A hierarchy brings its levels along.
      return (hierarchy?.levels ?? []).flatMap(({ node, member: name }) => {
        if (node !== undefined || taken.has(name)) return []
        taken.add(name)
        return [{ include: { name }, isNamed: false, at }]
      })
    })
  }

  #add(
    name: string,
    found: {
      member: Member
      include: Include
      node: string
      path: readonly string[]
      written: string
      isNamed: boolean
    },
    at: Keys,
  ): void {
    const { member, include, node, path, written, isNamed } = found
    const known = this.members.get(name)
    if (known !== undefined) {
      const paths = [`${this.#writtenPaths.get(name)}.${known.member.name}`, `${written}.${member.name}`]
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
    this.#writtenPaths.set(name, written)
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

/** With each dimension come the addresses of its links, under its name in the view. */
function withLinkAddresses(included: readonly Included[], cube: Cube): Included[] {
  const named = new Set(included.map(({ include }) => include.name))
  return included.flatMap((one) => {
    const { name, alias = name, public: isShown, shown } = one.include
    const addresses = linkAddressesOf(cube, name).filter((address) => !named.has(address.name))
    return [
      one,
      ...addresses.map((address) => ({
        ...one,
        include: { name: address.name, alias: alias + address.name.slice(name.length), public: isShown, shown },
      })),
    ]
  })
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
