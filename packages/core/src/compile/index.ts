export { nextCron } from '../query/next-cron.ts'
export { isTimeZone } from '../query/time-zone.ts'
export { applyFilters } from './apply-filters.ts'
export {
  type AnswerRows,
  type CompiledQuery,
  type CompileOptions,
  compileQuery,
  cursorAfter,
  nextCursor,
} from './compile.ts'
export { DIALECT_NAMES, type DialectName } from './dialects/dialect.ts'
export { findRollupAmong, type ReadyRollup, type UnreadyRollup } from './find-rollup.ts'
export { localDateRange } from './local-date-range.ts'
export { previousPeriodQuery } from './previous-period-query.ts'
export type { FactRequest, FindRollup, RollupLeaf, RollupReason, RollupTable, RollupTime } from './rollup.ts'
export {
  coveredSpan,
  coversOf,
  type LocalSpan,
  outerParts,
  partEnd,
  type RollupBuildOptions,
  type RollupPart,
  rollupBuildQuery,
  rollupPartsQuery,
} from './rollup-build-query.ts'
export { coarserTable, levelColumns, type RollupLevel } from './rollup-levels.ts'
export {
  type RefreshTerm,
  type RollupColumn,
  type RollupRefresh,
  type RollupShape,
  shapeRollup,
} from './rollup-shape.ts'
export type { Statement } from './to-kysely.ts'
export { trendQuery } from './trend-query.ts'
