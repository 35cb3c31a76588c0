import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'
import type { Database, DatabaseSchema } from './schema.ts'

/** SQLSTATEs of a server that cannot answer just now: no connection, shutting down, recovering, out of room or in conflict. */
const UNAVAILABLE = /^(?:08...|53...|57P0[1-5]|40001|58...|XX...)$/

/**
 * Makes a database of a replica's pool whose reads go to `primary` once when the replica cannot answer: it may be gone before
 * anybody has missed it. Everything but a read stays a fault. `onFault` hears of each.
 */
export function fallBackTo(primary: Database, pool: pg.Pool, onFault: (error: unknown) => void): Database {
  // The pool listens to idle connections only; one that breaks while in use would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const replica = new PostgresDialect({ pool })
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new FallBackDriver(replica.createDriver(), primary, onFault),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
  return new Kysely<DatabaseSchema>({ dialect })
}

class FallBackDriver implements Driver {
  readonly #driver: Driver
  readonly #primary: Database
  readonly #onFault: (error: unknown) => void

  constructor(driver: Driver, primary: Database, onFault: (error: unknown) => void) {
    this.#driver = driver
    this.#primary = primary
    this.#onFault = onFault
  }

  init(): Promise<void> {
    return this.#driver.init()
  }

  async acquireConnection(): Promise<FallBackConnection> {
    try {
      return new FallBackConnection(await this.#driver.acquireConnection(), this.#primary, this.#onFault)
    } catch (error) {
      this.#onFault(error)
      return new FallBackConnection(undefined, this.#primary, this.#onFault)
    }
  }

  async releaseConnection({ replica }: FallBackConnection): Promise<void> {
    if (replica !== undefined) await this.#driver.releaseConnection(replica)
  }

  async beginTransaction(): Promise<void> {
    throw new Error('a replica is only read from, one statement at a time')
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  destroy(): Promise<void> {
    return this.#driver.destroy()
  }
}

class FallBackConnection implements DatabaseConnection {
  /** `undefined` when the replica gave none. */
  readonly replica: DatabaseConnection | undefined
  readonly #primary: Database
  readonly #onFault: (error: unknown) => void

  constructor(replica: DatabaseConnection | undefined, primary: Database, onFault: (error: unknown) => void) {
    this.replica = replica
    this.#primary = primary
    this.#onFault = onFault
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (query.query.kind !== 'SelectQueryNode' && query.query.kind !== 'RawNode') {
      throw new Error('a replica is only read from')
    }
    if (this.replica !== undefined) {
      try {
        return await this.replica.executeQuery<R>(query)
      } catch (error) {
        if (!isUnavailable(error)) throw error
        this.#onFault(error)
      }
    }
    return this.#primary.executeQuery<R>(query as CompiledQuery<R>)
  }

  // biome-ignore lint/correctness/useYield: nobody streams metadata.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('metadata is not streamed')
  }
}

/** Whether another server may answer: faults of the network have no SQLSTATE. */
function isUnavailable(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || UNAVAILABLE.test(code)
}
