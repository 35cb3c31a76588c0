import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { EMBEDDED_MAX_CONNECTIONS, startEmbeddedDatabase } from './embedded-database.ts'
import type { Database, DatabaseSchema } from './schema.ts'

/** Where the metadata lives. */
export interface DatabaseOptions {
  /** PostgreSQL to use; the embedded database when undefined. */
  readonly databaseUrl: string | undefined
  /** Where the embedded database keeps its files. */
  readonly dataDir: string
  /** Most connections to PostgreSQL. */
  readonly maxConnections: number
  /** Called when connections break while idle, or the embedded database dies. */
  readonly onError: (error: Error) => void
}

/** An open metadata database; whoever opened it closes it. */
export interface OpenDatabase {
  readonly db: Database
  close(): Promise<void>
}

/** Opens the metadata database: PostgreSQL, or PGlite behind the same driver, so that there is one code path. */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const { databaseUrl, dataDir, maxConnections, onError } = options
  const embedded = databaseUrl === undefined ? await startEmbeddedDatabase(dataDir) : undefined
  embedded?.onFailure(onError)
  const pool = new pg.Pool(
    embedded === undefined
      ? {
          connectionString: databaseUrl,
          max: maxConnections,
          connectionTimeoutMillis: 5_000,
          idleTimeoutMillis: 30_000,
          statement_timeout: 10_000,
          idle_in_transaction_session_timeout: 30_000,
          application_name: 'datainsight',
        }
      : {
          host: embedded.socketDir,
          user: 'postgres',
          database: 'postgres',
          max: EMBEDDED_MAX_CONNECTIONS,
          connectionTimeoutMillis: 10_000,
          query_timeout: 15_000,
        },
  )
  // Without these listeners a connection that breaks would end the process: while idle, or while in use, of which the statement
  // under way hears by its own promise.
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<DatabaseSchema>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    close: async () => {
      await db.destroy()
      await embedded?.close()
    },
  }
}
