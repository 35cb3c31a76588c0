import type { RollupColumn } from '@datainsight/core/compile'
import type { DataSource, Statement } from '../data-sources/data-source.ts'
import type { RollupBuild, StoredPart } from './rollup-build.ts'

/** What is built: its columns in the order of the answers that fill it. */
export interface BuildPlan extends Pick<RollupBuild, 'organizationId' | 'name' | 'id'> {
  readonly columns: readonly RollupColumn[]
  /** Columns of each index. Files have none. */
  readonly indexes: readonly (readonly string[])[]
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
  /** Resolves once readers can read the parts as one table. */
  finish(parts: readonly StoredPart[]): Promise<void>
  close(): Promise<void>
}

/** A table that a build is read from. */
export interface StoredTable {
  readonly dataSource: string
  readonly identifiers: readonly string[]
}

/** Where builds of rollups are kept. */
export interface RollupStore {
  /** Tells it from others; each build says which one it is in. */
  readonly id: string
  /** Most parts of one rollup. */
  readonly maxParts: number
  beginBuild(plan: BuildPlan, source: DataSource, limits: BuildLimits): Promise<BuildSession>
  /** What to read a build of the data source `source` from. */
  tableOf(build: RollupBuild, source: string): StoredTable
}
