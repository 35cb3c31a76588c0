export { isCubeOpen, isMemberMasked, isMemberVisible, isViewOpen, type ViaView } from './access.ts'
export { dimensionColumnType, measureColumnType } from './column-type.ts'
export { type FoundMember, findMember } from './find-member.ts'
export { formatInterval, type Interval, parseInterval } from './interval.ts'
export { type JsonSchema, modelJsonSchema } from './json-schema.ts'
export { titleIn } from './member-title.ts'
export { memberTypes } from './member-types.ts'
export type {
  AccessPolicy,
  Cube,
  CubeNode,
  CustomGranularity,
  Dimension,
  Folder,
  Hierarchy,
  Measure,
  Member,
  MemberRef,
  Model,
  PreAggregation,
  RefreshKey,
  Segment,
  View,
  ViewGroup,
  ViewMember,
} from './model.ts'
export { type ModelText, parseModel } from './parse-model.ts'
export { type ReadMetaOptions, readMeta } from './read-meta.ts'
