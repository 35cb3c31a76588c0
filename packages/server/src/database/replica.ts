import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { fallBackTo } from './fall-back.ts'
import { type LogPosition, parseLogPosition } from './log-position.ts'
import type { Database, DatabaseSchema } from './schema.ts'

/** A replica that has not said how far it is for this long is left out, milliseconds. */
const SILENT_MS = 2_000

/** One streaming replica of the metadata database. */
export class Replica {
  readonly db: Database
  /** The replica and nothing else: what tells how far it is. */
  readonly #own: Database
  /** How far it has replayed the primary's log, as of the last answer. */
  position: LogPosition = 0n
  readonly #onError: (error: Error) => void
  #heardAtMs = Number.NEGATIVE_INFINITY
  #asking = false
  #failing = false

  /** `primary` answers reads that the replica fails to. */
  constructor(primary: Database, url: string, maxConnections: number, onError: (error: Error) => void) {
    this.#onError = onError
    const pool = new pg.Pool({
      connectionString: url,
      max: maxConnections,
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: 10_000,
      // A cancelled recovery conflict or a dead network must not hold a poll for ever.
      query_timeout: 12_000,
      application_name: 'datainsight',
    })
    pool.on('error', onError)
    this.#own = new Kysely<DatabaseSchema>({ dialect: new PostgresDialect({ pool }) })
    this.db = fallBackTo(primary, pool, (error) => this.#miss(error))
  }

  /** Whether it answers and has replayed up to `needed`. */
  has(needed: LogPosition): boolean {
    return performance.now() - this.#heardAtMs < SILENT_MS && this.position >= needed
  }

  /** Asks how far it is. A server that is not a replica is never read: nobody says what it holds. */
  async poll(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    try {
      const { rows } = await sql<{ position: string | null }>`
        select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() end::text as position`.execute(this.#own)
      const position = rows[0]?.position
      if (position === null || position === undefined) throw new Error('the server is not a replica')
      this.position = parseLogPosition(position)
      this.#heardAtMs = performance.now()
      this.#failing = false
    } catch (error) {
      this.#miss(error)
    } finally {
      this.#asking = false
    }
  }

  close(): Promise<void> {
    // They share a pool, which must be ended once.
    return this.#own.destroy()
  }

  /** Leaves it out until it has answered again. */
  #miss(error: unknown): void {
    this.#heardAtMs = Number.NEGATIVE_INFINITY
    // Once per failure, not four times a second.
    if (!this.#failing) this.#onError(new Error('a read replica cannot be used', { cause: error }))
    this.#failing = true
  }
}
