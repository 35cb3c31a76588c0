import { type Static, Type } from '@sinclair/typebox'
import { DimensionType } from './dimension.ts'
import { MeasureType } from './measure.ts'
import { ColumnType, ValueFormat } from './result.ts'

const MetaData = Type.Optional(
  Type.Record(Type.String(), Type.Unknown(), { description: 'What the author wrote for clients.' }),
)

const MEMBER = {
  name: Type.String({ description: '`cube.member` or `view.member`' }),
  title: Type.String(),
  shortTitle: Type.String({ description: 'The title without the cube’s.' }),
  description: Type.Optional(Type.String()),
  aliasMember: Type.Optional(Type.String({ description: 'Of a view’s member: the member behind it, `cube.member`.' })),
  meta: MetaData,
}

const PRESENTATION = {
  format: Type.Optional(ValueFormat),
  formatPattern: Type.Optional(
    Type.String({ description: 'A display pattern such as %Y-%m-%d, as the author wrote it.' }),
  ),
  currency: Type.Optional(Type.String()),
  unit: Type.Optional(Type.String()),
  fractionDigits: Type.Optional(Type.Integer()),
  masked: Type.Optional(Type.Literal(true, { description: 'The caller sees a mask in place of each value.' })),
  links: Type.Optional(
    Type.Array(Type.Record(Type.String(), Type.Unknown()), {
      description:
        'As the author wrote them, without SQL; `address` names the dimension that is the address of the link.',
    }),
  ),
}

/** A bucket size that the model adds to the built-in ones. */
export const GranularityMeta = Type.Object({
  name: Type.String(),
  title: Type.String(),
  interval: Type.Optional(Type.String({ description: 'Such as `1 year 6 months`; absent where a calendar says it.' })),
  offset: Type.Optional(Type.String()),
  origin: Type.Optional(Type.String({ description: 'Local start of one bucket, ISO 8601 without an offset.' })),
})
export type GranularityMeta = Static<typeof GranularityMeta>

export const MeasureMeta = Type.Object({
  ...MEMBER,
  ...PRESENTATION,
  type: ColumnType,
  aggType: MeasureType,
  better: Type.Optional(Type.Union([Type.Literal('higher'), Type.Literal('lower')])),
  cumulative: Type.Optional(Type.Literal(true, { description: 'Its window reaches back without end.' })),
  drillMembers: Type.Optional(
    Type.Array(Type.String(), { description: 'Members to show when somebody drills into it.' }),
  ),
})
export type MeasureMeta = Static<typeof MeasureMeta>

export const DimensionMeta = Type.Object({
  ...MEMBER,
  ...PRESENTATION,
  type: DimensionType,
  primaryKey: Type.Optional(Type.Boolean()),
  granularities: Type.Optional(Type.Array(GranularityMeta)),
  values: Type.Optional(Type.Array(Type.String(), { description: 'All that a switch may be.' })),
  order: Type.Optional(
    Type.Union([Type.Literal('asc'), Type.Literal('desc')], { description: 'How to sort it where nobody said.' }),
  ),
})
export type DimensionMeta = Static<typeof DimensionMeta>

export const HierarchyMeta = Type.Object({
  name: Type.String({ description: '`cube.hierarchy`' }),
  title: Type.String(),
  description: Type.Optional(Type.String()),
  levels: Type.Array(Type.String(), { description: 'Dimensions from coarse to fine.' }),
})
export type HierarchyMeta = Static<typeof HierarchyMeta>

/** A group of members in lists, with groups inside it. */
export interface FolderMeta {
  name: string
  title: string
  members: string[]
  folders: FolderMeta[]
}
export const FolderMeta = Type.Recursive(
  (self) =>
    Type.Object({
      name: Type.String(),
      title: Type.String(),
      members: Type.Array(Type.String()),
      folders: Type.Array(self),
    }),
  { $id: 'FolderMeta' },
)

/** A cube or a view as the caller may see it; members the caller may not name are absent. */
export const CubeMeta = Type.Object({
  name: Type.String(),
  type: Type.Union([Type.Literal('cube'), Type.Literal('view')]),
  title: Type.String(),
  description: Type.Optional(Type.String()),
  meta: MetaData,
  measures: Type.Array(MeasureMeta),
  dimensions: Type.Array(DimensionMeta),
  segments: Type.Array(Type.Object(MEMBER)),
  hierarchies: Type.Array(HierarchyMeta),
  folders: Type.Array(FolderMeta),
  viewGroups: Type.Optional(Type.Array(Type.String())),
  connectedComponent: Type.Integer({ description: 'Cubes with the same number can be asked together.' }),
})
export type CubeMeta = Static<typeof CubeMeta>

export const ViewGroupMeta = Type.Object({
  name: Type.String(),
  title: Type.String(),
  description: Type.Optional(Type.String()),
  views: Type.Array(Type.String()),
})
export type ViewGroupMeta = Static<typeof ViewGroupMeta>

/** The model as the caller may see it. */
export const Meta = Type.Object({
  cubes: Type.Array(CubeMeta),
  viewGroups: Type.Optional(Type.Array(ViewGroupMeta)),
})
export type Meta = Static<typeof Meta>
