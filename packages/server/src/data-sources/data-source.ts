import type { StatementLimits as QueueLimits } from '@datainsight/core'
import type { DialectName } from '@datainsight/core/compile'
import type { PackedColumns } from './packed-column.ts'

/** SQL families we connect to and compile for. */
export type Dialect = DialectName

/** One compiled statement: text with the parameter marks of its database (`$1`, `?`, `@p1`, …) and their values. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** Ours, and about the database itself: not held to what the SQL of a model may call. False when absent. */
  readonly readsCatalog?: boolean
}

/**
 * A value as a driver hands it over, without loss: `bigint` for integers, `number` for binary floats, text for exact decimals
 * and for times (`YYYY-MM-DD[ T]HH:MM:SS[.ffffff][+00]`, always UTC).
 */
export type RawValue = string | number | bigint | boolean | null

/** A result by columns: `columns[c][r]`. All columns have `rowCount` values. */
export interface RawColumns {
  readonly columns: readonly (readonly RawValue[])[]
  readonly rowCount: number
  /** Columns whose order is not that of the texts they are handed over as: enums. None when absent. */
  readonly enums?: ReadonlySet<number>
}

/** Bounds of one statement. */
export interface StatementLimits {
  /** Stops the statement in the database when it aborts. */
  readonly signal: AbortSignal
  /** The statement is stopped after this time, milliseconds. */
  readonly timeoutMs: number
  /** Most rows read. More are a fault of the compiler, which always writes a `limit`: the statement fails. */
  readonly maxRows: number
}

/** Bounds of a statement whose rows are handed over as they come. */
export interface StreamLimits extends StatementLimits {
  /** Rows of a chunk; 4,096 when absent. A driver whose database sends other portions may differ, by no more than a factor of 2.
   * Fewer where they are large. */
  readonly chunkRows?: number
}

/** Connections of a source now; for one in this process its workers or sessions. */
export interface PoolLoad {
  /** Open, in use or not. */
  readonly size: number
  readonly idle: number
  /** Statements that wait for one. */
  readonly waiting: number
}

/** Bounds of a plan. */
export interface ExplainLimits extends StatementLimits {
  /** Run the statement and say how long each step took; false when absent. Only for sources that `canAnalyze`. */
  readonly analyze?: boolean
}

/**
 * A place that answers SQL. Reads only.
 * `query` throws {@link AnalyticsError} `query_timeout`, `query_cancelled` or `query_failed` (the driver's error is its `cause`).
 */
export interface DataSource {
  readonly name: string
  /** Tells it from other organizations' sources of the same name; absent for sources that serve all organizations. */
  readonly id?: string
  readonly dialect: Dialect
  /** Statements it runs at the same time; the caller queues the others. */
  readonly concurrency: number
  /** How many statements may run and wait here, instead of what the organization says; the organization's when absent. */
  readonly limits?: QueueLimits
  /** Connections open now; absent for a source that keeps none. */
  readonly pool?: PoolLoad | undefined
  /** How long an answer may be reused while {@link dataVersion} stays the same, milliseconds. */
  readonly cacheTtlMs: number
  query(statement: Statement, limits: StatementLimits): Promise<RawColumns>
  /**
   * The same answer in chunks, none of them empty, at constant memory: the next rows are read once the last chunk was taken.
   * Leaving the loop early stops the statement in the database. Fails as `query` does, also after some chunks.
   */
  stream?(statement: Statement, limits: StreamLimits): AsyncIterable<RawColumns>
  /** As `query`, for readers that take columns as bytes where the driver has them so. Absent where it never has. */
  queryPacked?(statement: Statement, limits: StatementLimits): Promise<PackedColumns>
  /** As `stream`, for the same readers. */
  streamPacked?(statement: Statement, limits: StreamLimits): AsyncIterable<PackedColumns>
  /** The database's own plan of a statement, as text. The statement is not run unless `analyze` asks for measured times. */
  explain?(statement: Statement, limits: ExplainLimits): Promise<string>
  /** Whether `explain` heeds `analyze`; false when absent. */
  readonly canAnalyze?: boolean
  /**
   * A short text that changes when the data of these tables is known to have changed. Cheap: called for each request.
   * Part of the key of stored answers; that of a source with an `id` starts with it, so that no two organizations share answers.
   */
  dataVersion(tables: readonly string[]): string
  close(): Promise<void>
}

/** Finds the source that a name stands for. */
export interface DataSourceDirectory {
  /**
   * The source of this name for an organization: its own, or one that serves all organizations. Does not connect, and costs a
   * map lookup. The same object until its configuration changes; another one then.
   */
  get(organizationId: string, name: string): DataSource | undefined
}

/** A directory of sources that serve every organization. */
export function shareSources(sources: ReadonlyMap<string, DataSource>): DataSourceDirectory {
  return { get: (_organizationId, name) => sources.get(name) }
}
