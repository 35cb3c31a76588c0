import { type Static, Type } from '@sinclair/typebox'
import { DimensionType, MeasureType } from './model.ts'
import { ColumnType, ValueFormat } from './result.ts'

const MEMBER = {
  name: Type.String({ description: '`cube.member`' }),
  title: Type.String(),
  shortTitle: Type.String({ description: 'The title without the cube’s.' }),
  description: Type.Optional(Type.String()),
}

const PRESENTATION = {
  format: Type.Optional(ValueFormat),
  currency: Type.Optional(Type.String()),
  unit: Type.Optional(Type.String()),
}

/** A cube as the caller may see it; members the caller may not name are absent. */
export const CubeMeta = Type.Object({
  name: Type.String(),
  title: Type.String(),
  description: Type.Optional(Type.String()),
  measures: Type.Array(Type.Object({ ...MEMBER, ...PRESENTATION, type: ColumnType, aggType: MeasureType })),
  dimensions: Type.Array(
    Type.Object({ ...MEMBER, ...PRESENTATION, type: DimensionType, primaryKey: Type.Optional(Type.Boolean()) }),
  ),
  segments: Type.Array(Type.Object(MEMBER)),
  connectedComponent: Type.Integer({ description: 'Cubes with the same number can be asked together.' }),
})
export type CubeMeta = Static<typeof CubeMeta>

/** The model as the caller may see it. */
export const Meta = Type.Object({ cubes: Type.Array(CubeMeta) })
export type Meta = Static<typeof Meta>
