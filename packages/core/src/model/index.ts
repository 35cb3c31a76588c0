export { type FoundMember, findMember } from './find-member.ts'
export type { AccessPolicy, Cube, CubeNode, Dimension, Measure, Member, Model, Segment } from './model.ts'
export { type ModelText, parseModel } from './parse-model.ts'
export { readMeta } from './read-meta.ts'
