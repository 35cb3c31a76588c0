import type { RollupColumn, RollupLevel } from '@datainsight/core/compile'
import type { DataSource, Statement } from '../data-sources/data-source.ts'
import type { RollupBuild, StoredLevel, StoredPart } from './rollup-build.ts'

/** What is built: its columns in the order of the answers that fill it. */
export interface BuildPlan extends Pick<RollupBuild, 'organizationId' | 'name' | 'id'> {
  readonly columns: readonly RollupColumn[]
  /** Columns of each index. Files have none. */
  readonly indexes: readonly (readonly string[])[]
  /** Coarser tables to try. */
  readonly levels: readonly RollupLevel[]
  /** The build some of whose parts may be parts of this one too. */
  readonly previous: Pick<RollupBuild, 'parts' | 'levels'> | undefined
}

/** A part to write and what fills it. */
export interface PartTask {
  readonly start: StoredPart['start']
  /** Of the part among the build's. */
  readonly index: number
  readonly statement: Statement
}

/** Bounds of the statements of a build. */
export interface BuildLimits {
  readonly signal: AbortSignal
  /** Of each statement, milliseconds. */
  readonly timeoutMs: number
}

/** A build under way. Nobody reads any of it until it is published. */
export interface BuildSession {
  /** Whether a part of the last build is still there, to be part of this one too. */
  has(part: StoredPart): boolean
  /** @throws AnalyticsError of the source, or `unsupported` when a value cannot be kept. */
  write(task: PartTask): Promise<StoredPart>
  /** Resolves once readers can read the parts as one table, to the levels that are much smaller than they are. */
  finish(parts: readonly StoredPart[]): Promise<readonly StoredLevel[]>
  close(): Promise<void>
}

/** Tables that a build is read from. */
export interface StoredTables {
  readonly dataSource: string
  readonly identifiers: readonly string[]
  /** Of its levels, in their order. */
  readonly levels: readonly (readonly string[])[]
}

/** Most rows of a level that is kept, as a share of those that it sums up. */
const MAX_SHARE = 0.5

/** Those worth reading in place of the parts, the fewest rows first. */
export function worthwhile(levels: readonly StoredLevel[], parts: readonly StoredPart[]): readonly StoredLevel[] {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0)
  return levels.filter((level) => level.rows <= rows * MAX_SHARE).toSorted((a, b) => a.rows - b.rows)
}

/** Where builds of rollups are kept. */
export interface RollupStore {
  /** Tells it from others; each build says which one it is in. */
  readonly id: string
  /** Most parts of one rollup. */
  readonly maxParts: number
  beginBuild(plan: BuildPlan, source: DataSource, limits: BuildLimits): Promise<BuildSession>
  /** What to read a build of the data source `source` from. */
  tablesOf(build: RollupBuild, source: string): StoredTables
}
