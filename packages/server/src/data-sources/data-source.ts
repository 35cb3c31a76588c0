/** SQL families we compile to. */
export type Dialect = 'postgres' | 'duckdb'

/** One compiled statement: text with `$1`, `$2`, … and their values. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
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

/**
 * A place that answers SQL. Reads only.
 * `query` throws {@link AnalyticsError} `query_timeout`, `query_cancelled` or `query_failed` (the driver's error is its `cause`).
 */
export interface DataSource {
  readonly name: string
  readonly dialect: Dialect
  /** Statements it runs at the same time; the caller queues the others. */
  readonly concurrency: number
  /** How long an answer may be reused while {@link dataVersion} stays the same, milliseconds. */
  readonly cacheTtlMs: number
  query(statement: Statement, limits: StatementLimits): Promise<RawColumns>
  /** A short text that changes when the data of these tables is known to have changed. Cheap: called for each request. */
  dataVersion(tables: readonly string[]): string
  close(): Promise<void>
}
