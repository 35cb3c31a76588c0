import { createHash } from 'node:crypto'
import type { Dialect, RawColumns, Statement, StatementLimits } from './data-source.ts'

/** Where a data source is, and what may be written there. */
export interface SourcePlace {
  /** Changes with the database or the files, and with the account, which may see other rows; not with passwords. A hash. */
  readonly target: string
  /** Where rollups of the source are kept as tables; `undefined`: not in the source. */
  readonly rollups: RollupSchema | undefined
}

/** A schema of a source that belongs to rollups alone. */
export interface RollupSchema {
  readonly schema: string
  /** Connects with the right to write. Whoever asks for it closes it. */
  openWriter(): Promise<SourceWriter>
}

/** One session that may change something: for builders of rollups, never for a question. */
export interface SourceWriter {
  readonly dialect: Dialect
  /**
   * Runs one statement; resolves to how many rows it wrote, 0 where the database does not tell.
   * @throws AnalyticsError as `DataSource.query` does.
   */
  run(statement: Statement, limits: Omit<StatementLimits, 'maxRows'>): Promise<number>
  /** The answer of a select. */
  read(statement: Statement, limits: StatementLimits): Promise<RawColumns>
  /** Types of the columns of a select as a table's definition says them; absent where `create table as` takes parameters. */
  typesOf?(statement: Statement, limits: Omit<StatementLimits, 'maxRows'>): Promise<readonly string[]>
  close(): Promise<void>
}

/** Settings of a connection that do not say which rows there are. */
const NO_PLACE = new Set(['tls', 'ca', 'warehouse', 'password'])

/** What {@link SourcePlace.target} is of a connection: its other settings, in any order. */
export function hashTarget(type: string, connection: Readonly<Record<string, unknown>>): string {
  const settings = Object.entries(connection)
    .filter(([name, value]) => value !== undefined && !NO_PLACE.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([type, settings]))
    .digest('base64url')
    .slice(0, 22)
}
