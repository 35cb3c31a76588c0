import type { CubeMeta, DimensionMeta, MeasureMeta, Meta } from '@datainsight/core'
import { dimensionColumnType, findMember, type Model } from '@datainsight/core/model'
import { toAggregateType, toCubeFormat, toCubeType } from './cube-types.ts'
import { groupDrillMembers } from './drill-members.ts'
import { toCubeFolders } from './to-cube-folders.ts'

/** What is listed may be asked: `meta` leaves out what the caller may not see. */
const VISIBLE = { isVisible: true, public: true } as const

/** The metadata of a caller in Cube's form. */
export function toCubeMeta(model: Model, meta: Meta, { onlyViews }: { readonly onlyViews: boolean }): object {
  const cubes = meta.cubes.filter(({ type }) => type === 'view' || !onlyViews)
  return {
    cubes: cubes.map((cube) => describeCube(model, cube)),
    ...(meta.viewGroups !== undefined && { viewGroups: meta.viewGroups }),
  }
}

function describeCube(model: Model, cube: CubeMeta) {
  const { measures, dimensions, segments, hierarchies, folders, ...about } = cube
  return {
    ...about,
    ...VISIBLE,
    measures: measures.map((measure) => describeMeasure(model, measure)),
    dimensions: dimensions.map(describeDimension),
    segments: segments.map((segment) => ({ ...segment, ...VISIBLE })),
    hierarchies: hierarchies.map((hierarchy) => ({ ...hierarchy, public: true })),
    ...toCubeFolders(folders),
  }
}

function describeMeasure(model: Model, measure: MeasureMeta) {
  const found = findMember(model, measure.name)?.member
  const rollingWindow = found?.kind === 'measure' ? found.rollingWindow : undefined
  return {
    ...describeMember(measure),
    ...describeFormat(measure, measure.type),
    type: toCubeType(measure.type),
    aggType: toAggregateType(measure.aggType),
    cumulative: rollingWindow !== undefined,
    cumulativeTotal: measure.cumulative === true,
    ...groupDrillMembers(model, measure.drillMembers ?? []),
  }
}

function describeDimension(dimension: DimensionMeta) {
  const { primaryKey, granularities, values, order } = dimension
  const type = dimensionColumnType(dimension.type)
  return {
    ...describeMember(dimension),
    ...describeFormat(dimension, type),
    type: toCubeType(type),
    primaryKey: primaryKey === true,
    suggestFilterValues: true,
    ...(granularities !== undefined && { granularities }),
    ...(values !== undefined && { values }),
    ...(order !== undefined && { order }),
  }
}

function describeMember({
  name,
  title,
  shortTitle,
  description,
  aliasMember,
  meta,
  links,
}: MeasureMeta | DimensionMeta) {
  return {
    name,
    title,
    shortTitle,
    ...(description !== undefined && { description }),
    ...(aliasMember !== undefined && { aliasMember }),
    ...(meta !== undefined && { meta }),
    ...(links !== undefined && { links }),
    ...VISIBLE,
  }
}

function describeFormat({ format, formatPattern, currency }: MeasureMeta | DimensionMeta, type: MeasureMeta['type']) {
  const cubeFormat = toCubeFormat(format, formatPattern, type)
  return {
    ...(cubeFormat !== undefined && { format: cubeFormat }),
    ...(currency !== undefined && { currency }),
  }
}
