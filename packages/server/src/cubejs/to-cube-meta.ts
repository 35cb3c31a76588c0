import type { CubeMeta, Meta } from '@datainsight/core'
import type { Model } from '@datainsight/core/model'
import { toAggregateType, toCubeFormat, toCubeType } from './cube-types.ts'
import { groupDrillMembers } from './group-drill-members.ts'

/** The answer of `GET /meta` in Cube's form. */
export function toCubeMeta(model: Model, meta: Meta, options: { readonly onlyViews: boolean }): { cubes: unknown[] } {
  const cubes = options.onlyViews ? [] : meta.cubes.map((cube) => describeCube(model, cube))
  return { cubes }
}

/** What is listed may be asked: members that the caller may not see are not in `meta`. */
const VISIBLE = { isVisible: true, public: true } as const

function describeCube(model: Model, cube: CubeMeta) {
  return {
    name: cube.name,
    type: 'cube',
    title: cube.title,
    ...(cube.description !== undefined && { description: cube.description }),
    ...VISIBLE,
    connectedComponent: cube.connectedComponent,
    measures: cube.measures.map((measure) => {
      const drillMembers: readonly string[] = []
      return {
        ...describeMember(measure),
        type: toCubeType(measure.type),
        aggType: toAggregateType(measure.aggType),
        cumulative: false,
        cumulativeTotal: false,
        drillMembers,
        drillMembersGrouped: groupDrillMembers(model, drillMembers),
      }
    }),
    dimensions: cube.dimensions.map((dimension) => ({
      ...describeMember(dimension),
      type: toCubeType(dimension.type),
      primaryKey: dimension.primaryKey === true,
      suggestFilterValues: true,
    })),
    segments: cube.segments.map(describeMember),
    hierarchies: [],
    folders: [],
    nestedFolders: [],
  }
}

type MemberMeta = CubeMeta['segments'][number] & Partial<Pick<CubeMeta['measures'][number], 'format' | 'currency'>>

function describeMember({ name, title, shortTitle, description, format, currency }: MemberMeta) {
  const cubeFormat = toCubeFormat(format)
  return {
    name,
    title,
    shortTitle,
    ...(description !== undefined && { description }),
    ...(cubeFormat !== undefined && { format: cubeFormat }),
    ...(currency !== undefined && { currency }),
    ...VISIBLE,
  }
}
