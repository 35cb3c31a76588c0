import type { CubeMeta, DimensionMeta, FolderMeta, GranularityMeta, MeasureMeta, Meta } from '../schema/meta.ts'
import { GRANULARITIES } from '../schema/query.ts'
import type { Security } from '../security.ts'
import { isMemberMasked, isMemberVisible, type ViaView } from './access.ts'
import { linkAddress } from './build-link-addresses.ts'
import { measureColumnType } from './column-type.ts'
import { formatInterval } from './interval.ts'
import { titleIn, titleOfName } from './member-title.ts'
import type {
  CubeNode,
  CustomGranularity,
  Dimension,
  Folder,
  Hierarchy,
  Link,
  Measure,
  Member,
  MetaData,
  Model,
  Presentation,
  Titled,
  View,
  ViewMember,
} from './model.ts'

export interface ReadMetaOptions {
  /** Language of titles, such as `de-AT`; the model's default titles when absent. */
  readonly locale?: string | undefined
}

/**
 * The model as a caller may see it: members it may not name are absent, as are cubes and views without any left, and measures that
 * no query can be answered with.
 */
export function readMeta(model: Model, security: Security, { locale }: ReadMetaOptions = {}): Meta {
  const components = connectedComponents(model)
  const reader = new MetaReader(model, security, locale)
  const cubes: CubeMeta[] = []
  for (const node of model.nodes.values())
    if (node.isOfView !== true) cubes.push(reader.node(node, components.get(node.name)!))
  for (const view of model.views.values()) cubes.push(reader.view(view, componentOf(view, components)))
  const shown = cubes.filter((cube) => cube.measures.length + cube.dimensions.length + cube.segments.length > 0)
  const viewGroups = [...model.viewGroups.values()].flatMap((group) => {
    const views = shown.filter((cube) => cube.viewGroups?.includes(group.name)).map((cube) => cube.name)
    if (views.length === 0) return []
    return [
      {
        name: group.name,
        title: titleIn(group, locale),
        ...(group.description !== undefined && { description: group.description }),
        views,
      },
    ]
  })
  return { cubes: shown, ...(viewGroups.length > 0 && { viewGroups }) }
}

/** A member as it is shown under one owner: a cube, a role, or a view. */
interface ShownMember {
  readonly name: string
  readonly titled: Titled
  readonly description: string | undefined
  readonly meta: MetaData | undefined
  readonly presentation: Presentation
  readonly formatPattern: string | undefined
  readonly node: CubeNode
  readonly member: Member
  readonly via: ViaView
}

class MetaReader {
  readonly #model: Model
  readonly #security: Security
  readonly #locale: string | undefined

  constructor(model: Model, security: Security, locale: string | undefined) {
    this.#model = model
    this.#security = security
    this.#locale = locale
  }

  node(node: CubeNode, connectedComponent: number): CubeMeta {
    const { cube } = node
    const meta = emptyCube(node.name, 'cube', titleIn(node, this.#locale), cube, connectedComponent)
    const shown = new Set<string>()
    for (const member of cube.members.values()) {
      if (!isMemberVisible(this.#model, node, member, this.#security)) continue
      shown.add(member.name)
      this.#add(meta, node, {
        name: member.name,
        titled: member,
        description: member.description,
        meta: member.meta,
        presentation: member.kind === 'segment' ? NOTHING : member.presentation,
        formatPattern: member.kind === 'segment' ? undefined : member.formatPattern,
        node,
        member,
        via: {},
      })
    }
    for (const hierarchy of cube.hierarchies) {
      this.#addHierarchy(meta, hierarchy, ({ node: level, member }) => {
        if (level === undefined) return shown.has(member) ? `${node.name}.${member}` : undefined
        const target = this.#model.nodes.get(level)!
        const found = target.cube.members.get(member)!
        return isMemberVisible(this.#model, target, found, this.#security) ? `${level}.${member}` : undefined
      })
    }
    return meta
  }

  view(view: View, connectedComponent: number): CubeMeta {
    const meta = emptyCube(view.name, 'view', titleIn(view, this.#locale), view, connectedComponent)
    const shown = new Set<string>()
    for (const viewMember of view.members.values()) {
      const node = this.#model.nodes.get(viewMember.node)!
      const via = { view, viewMember }
      if (!isMemberVisible(this.#model, node, viewMember.member, this.#security, via)) continue
      shown.add(viewMember.name)
      this.#add(meta, view, {
        name: viewMember.name,
        titled: viewMember,
        description: viewMember.description,
        meta: viewMember.meta,
        presentation: viewMember.presentation,
        formatPattern: viewMember.formatPattern,
        node,
        member: viewMember.member,
        via,
      })
    }
    const nameOf = (member: string) => (shown.has(member) ? `${view.name}.${member}` : undefined)
    for (const hierarchy of view.hierarchies) this.#addHierarchy(meta, hierarchy, ({ member }) => nameOf(member))
    const hierarchies = new Set(meta.hierarchies.map(({ name }) => name))
    meta.folders = view.folders.flatMap((folder) => this.#folder(folder, view, shown, hierarchies))
    if (view.groups.length > 0) meta.viewGroups = [...view.groups]
    return meta
  }

  #add(meta: CubeMeta, owner: Titled & { readonly name: string }, shown: ShownMember): void {
    const { member, titled, description } = shown
    const shortTitle = titleIn(titled, this.#locale)
    const base = {
      name: `${owner.name}.${shown.name}`,
      title: `${titleIn(owner, this.#locale)} ${shortTitle}`,
      shortTitle,
      ...(description !== undefined && { description }),
      ...(shown.via.viewMember !== undefined &&
        shown.via.viewMember.madeOf === undefined && {
          aliasMember: `${shown.node.isOfView ? shown.node.cube.name : shown.node.name}.${member.name}`,
        }),
      ...(shown.meta !== undefined && { meta: { ...shown.meta } }),
    }
    if (member.kind === 'segment') meta.segments.push(base)
    else if (member.kind === 'dimension')
      meta.dimensions.push({ ...base, ...this.#value(shown, member, base.name), ...this.#dimension(member) })
    else meta.measures.push({ ...base, ...this.#value(shown, member, base.name), ...this.#measure(member, shown) })
  }

  #value({ presentation, formatPattern, node, via }: ShownMember, member: Dimension | Measure, name: string) {
    return {
      ...presentation,
      ...(formatPattern !== undefined && { formatPattern }),
      ...(member.links !== undefined && {
        links: member.links.map((link, position) => linkMeta(link, position, member, name)),
      }),
      ...(isMemberMasked(this.#model, node, member, this.#security, via) && { masked: true as const }),
    }
  }

  #measure(
    measure: Measure,
    { node, via }: ShownMember,
  ): Pick<MeasureMeta, 'type' | 'aggType' | 'better' | 'cumulative' | 'drillMembers'> {
    const { rollingWindow } = measure
    const drillMembers = measure.drillMembers.flatMap((name) => this.#drillMember(name, node, via) ?? [])
    return {
      type: measureColumnType(measure),
      aggType: measure.type,
      ...(measure.better !== undefined && { better: measure.better }),
      ...(rollingWindow?.kind === 'range' && rollingWindow.trailing === 'unbounded' && { cumulative: true as const }),
      ...(drillMembers.length > 0 && { drillMembers }),
    }
  }

  /** A drill member by the name the caller can ask for; in a view, the view's member for it, when it has one. */
  #drillMember(written: string, from: CubeNode, { view }: ViaView): string | undefined {
    const [owner, member] = written.split('.') as [string, string]
    const name = owner === from.cube.name ? from.name : owner
    if (view !== undefined) {
      for (const viewMember of view.members.values()) {
        if (viewMember.node === name && viewMember.member.name === member) return this.#visibleIn(view, viewMember)
      }
      return undefined
    }
    const node = this.#model.nodes.get(name)!
    const found = node.cube.members.get(member)!
    return isMemberVisible(this.#model, node, found, this.#security) ? `${name}.${member}` : undefined
  }

  #visibleIn(view: View, viewMember: ViewMember): string | undefined {
    const node = this.#model.nodes.get(viewMember.node)!
    return isMemberVisible(this.#model, node, viewMember.member, this.#security, { view, viewMember })
      ? `${view.name}.${viewMember.name}`
      : undefined
  }

  #dimension(dimension: Dimension): Pick<DimensionMeta, 'type' | 'primaryKey' | 'granularities' | 'values' | 'order'> {
    const granularities = [
      ...[...dimension.granularities.values()].map((one) => this.#granularity(one)),
      ...[...(dimension.calendar?.granularities.keys() ?? [])]
        .filter((name) => !(GRANULARITIES as readonly string[]).includes(name))
        .map((name): GranularityMeta => ({ name, title: titleOfName(name) })),
    ]
    return {
      type: dimension.type,
      ...(dimension.isPrimaryKey && { primaryKey: true }),
      ...(granularities.length > 0 && { granularities }),
      ...(dimension.values !== undefined && { values: [...dimension.values] }),
      ...(dimension.order !== undefined && { order: dimension.order }),
    }
  }

  #granularity(custom: CustomGranularity): GranularityMeta {
    return {
      name: custom.name,
      title: titleIn(custom, this.#locale),
      interval: formatInterval(custom.interval),
      ...(custom.offset !== undefined && { offset: formatInterval(custom.offset) }),
      ...(custom.originMs !== undefined && { origin: new Date(custom.originMs).toISOString().slice(0, -1) }),
    }
  }

  #addHierarchy(
    meta: CubeMeta,
    hierarchy: Hierarchy,
    nameOf: (level: Hierarchy['levels'][number]) => string | undefined,
  ): void {
    if (!hierarchy.isPublic) return
    const levels = hierarchy.levels.flatMap((level) => nameOf(level) ?? [])
    if (levels.length === 0) return
    meta.hierarchies.push({
      name: `${meta.name}.${hierarchy.name}`,
      title: titleIn(hierarchy, this.#locale),
      ...(hierarchy.description !== undefined && { description: hierarchy.description }),
      levels,
    })
  }

  #folder(folder: Folder, view: View, shown: ReadonlySet<string>, hierarchies: ReadonlySet<string>): FolderMeta[] {
    const members = folder.members
      .filter((name) => shown.has(name) || hierarchies.has(`${view.name}.${name}`))
      .map((name) => `${view.name}.${name}`)
    const folders = folder.folders.flatMap((inner) => this.#folder(inner, view, shown, hierarchies))
    if (members.length + folders.length === 0) return []
    return [{ name: folder.name, title: titleIn(folder, this.#locale), members, folders }]
  }
}

const NOTHING: Presentation = Object.freeze({})

function emptyCube(
  name: string,
  type: CubeMeta['type'],
  title: string,
  { description, meta }: { readonly description: string | undefined; readonly meta?: MetaData },
  connectedComponent: number,
): CubeMeta {
  return {
    name,
    type,
    title,
    ...(description !== undefined && { description }),
    ...(meta !== undefined && { meta: { ...meta } }),
    measures: [],
    dimensions: [],
    segments: [],
    hierarchies: [],
    folders: [],
    connectedComponent,
  }
}

/** The component of a view's root. */
function componentOf(view: View, components: ReadonlyMap<string, number>): number {
  const [first] = view.members.values()
  return first === undefined ? 0 : components.get(first.path[0]!)!
}

/** Numbers cubes so that those connected by joins, in either direction, share a number. */
function connectedComponents(model: Model): ReadonlyMap<string, number> {
  const parent = new Map<string, string>([...model.nodes.keys()].map((name) => [name, name]))
  const rootOf = (name: string): string => {
    let root = name
    while (parent.get(root) !== root) root = parent.get(root)!
    parent.set(name, root)
    return root
  }
  for (const node of model.nodes.values())
    for (const join of node.cube.joins) parent.set(rootOf(join.target), rootOf(node.name))
  const numbers = new Map<string, number>()
  const components = new Map<string, number>()
  for (const name of model.nodes.keys()) {
    const root = rootOf(name)
    if (!numbers.has(root)) numbers.set(root, numbers.size + 1)
    components.set(name, numbers.get(root)!)
  }
  return components
}

/**
 * A link, with the dimension that is its address, and without the SQL that makes it: that names columns, which are nobody's business
 * who asks. `name`: what the member it is of is called.
 */
function linkMeta(
  { url, sql: _sql, params, ...link }: Link,
  position: number,
  { kind }: Dimension | Measure,
  name: string,
): Record<string, unknown> {
  const keys = Array.isArray(params) ? (params as { key: string }[]).map(({ key }) => ({ key })) : undefined
  return {
    ...link,
    ...(kind === 'dimension' && url !== undefined && { address: linkAddress(name, link, position) }),
    ...(keys !== undefined && { params: keys }),
  }
}
