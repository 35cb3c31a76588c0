import type { DuckDBConnection } from '@duckdb/node-api'
import { LRUCache } from 'lru-cache'

/** A statement that DuckDB has parsed and planned. */
export type Prepared = Awaited<ReturnType<DuckDBConnection['prepare']>>

/** Statements kept for each connection; one takes some ten kilobytes. */
const MAX_KEPT = 100

/** Longest text that is kept, characters. */
const MAX_TEXT_LENGTH = 32_768

/**
 * What tells the time but counts as a constant for DuckDB, which may then work it out only once for all runs: `localtime`,
 * `localtimestamp`, `current_localtime…()`, and `age` of one value. `now()` and `current_date` count as what they are.
 */
const CLOCK_TAKEN_FOR_CONSTANT = /localtime|\bage\b|current_transaction_id/i

/**
 * Prepared statements of each connection, by their text. Questions that differ in values alone, such as a report of another
 * month, share a text, and preparing it anew costs most of a millisecond.
 *
 * Nothing in a kept one grows old: DuckDB opens the files of its tables, sees their columns and reads the clock at each run. The
 * tests hold it to that, for every function it has that takes no arguments.
 */
export class PreparedStatements {
  readonly #kept = new WeakMap<DuckDBConnection, LRUCache<string, Prepared>>()

  /** Whether a statement gives the same rows as one prepared anew. Its tables must be none that hide SQL of others, as views do. */
  static mayKeep(sql: string): boolean {
    return sql.length <= MAX_TEXT_LENGTH && !CLOCK_TAKEN_FOR_CONSTANT.test(sql)
  }

  /** Only for whoever has the connection to itself, until the next `keep` or `drop`. */
  find(connection: DuckDBConnection, sql: string): Prepared | undefined {
    return this.#kept.get(connection)?.get(sql)
  }

  /**
   * Keeps a statement that ended well, without the values of its caller; destroys the one that was used least recently when there
   * are too many.
   */
  keep(connection: DuckDBConnection, sql: string, prepared: Prepared): void {
    prepared.clearBindings()
    let kept = this.#kept.get(connection)
    if (kept === undefined) {
      kept = new LRUCache({ max: MAX_KEPT, dispose: (dropped) => dropped.destroySync() })
      this.#kept.set(connection, kept)
    }
    kept.set(sql, prepared)
  }

  /** Destroys a statement, kept or not. */
  drop(connection: DuckDBConnection, sql: string, prepared: Prepared): void {
    const kept = this.#kept.get(connection)
    if (kept?.peek(sql) === prepared) kept.delete(sql)
    else prepared.destroySync()
  }

  /** Before the connection is closed. */
  dropAll(connection: DuckDBConnection): void {
    this.#kept.get(connection)?.clear()
  }
}
