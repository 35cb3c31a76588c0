export { isCubeOpen, isMemberMasked, isMemberVisible, isViewOpen, type ViaView } from './access.ts'
export { dimensionColumnType, measureColumnType } from './column-type.ts'
export { type FoundMember, findMember } from './find-member.ts'
export { type Interval, parseInterval } from './interval.ts'
export { titleIn } from './member-title.ts'
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
export { readMeta } from './read-meta.ts'
