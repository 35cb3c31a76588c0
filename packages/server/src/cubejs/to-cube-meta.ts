import type { Security } from '@datainsight/core'
import {
  type CubeNode,
  dimensionColumnType,
  type FoundMember,
  findMember,
  type Hierarchy,
  isMemberVisible,
  type Member,
  type Model,
  measureColumnType,
  readMeta,
  type View,
} from '@datainsight/core/model'
import { toAggregateType, toCubeFormat, toCubeType } from './cube-types.ts'
import { describeFolders } from './describe-folders.ts'
import { describeGranularity } from './describe-granularity.ts'
import { drillMembersOf } from './drill-members.ts'
import { memberTitles } from './member-titles.ts'

/** What is listed may be asked: what the caller may not see is left out. */
const VISIBLE = { isVisible: true, public: true } as const

/** The answer of `GET /meta` in Cube's form: cubes and views with the members the caller may see. */
export function toCubeMeta(
  model: Model,
  security: Security,
  { onlyViews }: { readonly onlyViews: boolean },
): { readonly cubes: readonly object[] } {
  const components = new Map(readMeta(model, security).cubes.map((cube) => [cube.name, cube.connectedComponent]))
  const nodes = onlyViews
    ? []
    : [...model.nodes.values()].map((node) => describeNode(model, node, security, components))
  const views = [...model.views.values()].map((view) => describeView(model, view, security, components))
  return { cubes: [...nodes, ...views].filter((cube) => cube !== undefined) }
}

function describeNode(model: Model, node: CubeNode, security: Security, components: ReadonlyMap<string, number>) {
  const { cube } = node
  const members = [...cube.members.values()].map((member): FoundMember => ({ node, member }))
  return describeOwner(model, security, members, {
    name: node.name,
    type: 'cube',
    title: node.title,
    ...(cube.description !== undefined && { description: cube.description }),
    ...(cube.meta !== undefined && { meta: cube.meta }),
    connectedComponent: components.get(node.name),
    hierarchies: describeHierarchies(model, node.name, cube.hierarchies, security),
    folders: [],
    nestedFolders: [],
  })
}

function describeView(model: Model, view: View, security: Security, components: ReadonlyMap<string, number>) {
  const members = [...view.members.keys()].flatMap((name) => findMember(model, `${view.name}.${name}`) ?? [])
  const seen = members.filter((found) => isSeen(model, found, security))
  const names = new Set(seen.map(({ viewMember }) => viewMember?.name ?? ''))
  return describeOwner(model, security, seen, {
    name: view.name,
    type: 'view',
    title: view.title,
    ...(view.description !== undefined && { description: view.description }),
    ...(view.meta !== undefined && { meta: view.meta }),
    connectedComponent: seen.map(({ node }) => components.get(node.name)).find((number) => number !== undefined),
    hierarchies: describeHierarchies(model, view.name, view.hierarchies, security),
    ...describeFolders(view, names),
    ...(view.groups.length > 0 && { viewGroups: view.groups }),
  })
}

/** `undefined` when the caller may see none of its members. */
function describeOwner(model: Model, security: Security, members: readonly FoundMember[], about: object) {
  const seen = members.filter((found) => isSeen(model, found, security))
  if (seen.length === 0) return undefined
  const ofKind = <K extends Member['kind']>(kind: K) =>
    seen.flatMap((found) => {
      const { member } = found
      return member.kind === kind ? [{ found, member: member as Extract<Member, { kind: K }> }] : []
    })
  return {
    ...about,
    ...VISIBLE,
    measures: ofKind('measure').map(({ found, member }) => {
      const type = measureColumnType(member)
      const isCumulative = member.rollingWindow !== undefined
      return {
        ...describeMember(found),
        ...describeFormat(found, type),
        type: toCubeType(type),
        aggType: toAggregateType(member.type),
        cumulative: isCumulative,
        cumulativeTotal: isCumulative,
        ...drillMembersOf(model, found, security),
      }
    }),
    dimensions: ofKind('dimension').map(({ found, member }) => {
      const type = dimensionColumnType(member.type)
      return {
        ...describeMember(found),
        ...describeFormat(found, type),
        type: toCubeType(type),
        primaryKey: member.isPrimaryKey,
        suggestFilterValues: true,
        ...(member.granularities.size > 0 && {
          granularities: [...member.granularities.values()].map(describeGranularity),
        }),
        ...(member.order !== undefined && { order: member.order }),
        ...(member.values !== undefined && { values: member.values }),
      }
    }),
    segments: ofKind('segment').map(({ found }) => describeMember(found)),
  }
}

function isSeen(model: Model, found: FoundMember, security: Security): boolean {
  return isMemberVisible(model, found.node, found.member, security, found)
}

function describeMember(found: FoundMember) {
  const { node, member, view, viewMember } = found
  const { description, meta, name } = viewMember ?? member
  return {
    name: `${(view ?? node).name}.${name}`,
    ...memberTitles(found),
    ...(description !== undefined && { description }),
    ...(meta !== undefined && { meta }),
    ...(viewMember !== undefined && { aliasMember: `${node.name}.${member.name}` }),
    ...VISIBLE,
  }
}

function describeFormat({ member, viewMember }: FoundMember, type: Parameters<typeof toCubeFormat>[2]) {
  if (member.kind === 'segment') return {}
  const { presentation, formatPattern } = viewMember ?? member
  const format = toCubeFormat(presentation.format, formatPattern, type)
  return {
    ...(format !== undefined && { format }),
    ...(presentation.currency !== undefined && { currency: presentation.currency }),
  }
}

/** Hierarchies of which the caller may see a level; levels it may not see are left out. */
function describeHierarchies(model: Model, owner: string, hierarchies: readonly Hierarchy[], security: Security) {
  return hierarchies.flatMap(({ name, title, isPublic, levels }) => {
    const seen = levels
      .map(({ node, member }) => `${node ?? owner}.${member}`)
      .filter((level) => {
        const found = findMember(model, level)
        return found !== undefined && isSeen(model, found, security)
      })
    return isPublic && seen.length > 0 ? [{ name: `${owner}.${name}`, title, levels: seen, public: true }] : []
  })
}
