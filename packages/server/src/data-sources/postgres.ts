import { setTimeout as sleep } from 'node:timers/promises'
import { AnalyticsError } from '@datainsight/core'
import pg from 'pg'
import type { DataSource, RawColumns, RawValue, Statement, StatementLimits } from './data-source.ts'
import { DriverFault } from './driver-fault.ts'
import { cancelBackend } from './postgres-cancel.ts'
import { startDeadline, stoppedError } from './statement-deadline.ts'

/** Where a PostgreSQL source is and how much of it we use. */
export interface PostgresOptions {
  readonly name: string
  /** `postgresql://user:password@host:port/database`; the role should hold SELECT and nothing else. */
  readonly url: string
  /** Statements, and so connections, at the same time; 10 when absent. */
  readonly concurrency?: number
  /** Reuse of an answer, milliseconds; 60,000 when absent. PostgreSQL does not tell when its data changed. */
  readonly cacheTtlMs?: number
  /** Longest wait for a connection, milliseconds; 5,000 when absent. */
  readonly connectTimeoutMs?: number
  /** Told about connections that broke while nobody used them. */
  readonly onIdleError?: (error: Error) => void
}

/** The statement's own timeout comes this much after ours, as a second wall, milliseconds. */
const GRACE_MS = 500

/** How often, and how many times, a statement that should stop is cancelled. */
const CANCEL_AGAIN_MS = 100
const CANCEL_ATTEMPTS = 20

const OID = { bool: 16, int2: 21, int4: 23, float4: 700, float8: 701 } as const

/**
 * A PostgreSQL source over a pool of its own. Connections are made when first needed.
 *
 * A statement is sent as `begin read only; set local …`, itself, and `rollback`, in one write and so in one round trip
 * (pipelining). The rollback undoes whatever the statement did to its session – `set_config('…', false)` too – so nothing
 * of one caller is there for the next.
 */
export function openPostgres(options: PostgresOptions): DataSource {
  return new PostgresSource(options)
}

class PostgresSource implements DataSource {
  readonly name: string
  readonly dialect = 'postgres'
  readonly concurrency: number
  readonly cacheTtlMs: number
  readonly #pool: pg.Pool

  constructor(options: PostgresOptions) {
    this.name = options.name
    this.concurrency = options.concurrency ?? 10
    this.cacheTtlMs = options.cacheTtlMs ?? 60_000
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: this.concurrency,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
      keepAlive: true,
      pipeline: true,
      application_name: 'datainsight',
    })
    // Without these listeners, a connection that breaks would end the process: while idle, or (the pool listens to idle ones
    // only) while in use or on its way out. A statement under way hears of it by its own promise.
    this.#pool.on('error', (error) => options.onIdleError?.(error))
    this.#pool.on('connect', (client) => client.on('error', () => undefined))
  }

  async query(statement: Statement, limits: StatementLimits): Promise<RawColumns> {
    if (limits.signal.aborted) throw stoppedError('abort', limits.timeoutMs)
    let client: pg.PoolClient
    try {
      client = await this.#pool.connect()
    } catch (error) {
      throw new AnalyticsError('query_failed', `the data source ${this.name} cannot be reached`, {
        cause: new DriverFault(error),
      })
    }
    if (limits.signal.aborted) {
      client.release()
      throw stoppedError('abort', limits.timeoutMs)
    }
    const settled = new AbortController()
    let cancelling: Promise<void> | undefined
    const deadline = startDeadline(limits, () => {
      cancelling = cancelUntil(settled.signal, client)
    })
    try {
      const result = await runInTransaction(client, statement, limits.timeoutMs + GRACE_MS)
      if (result.rows.length > limits.maxRows) {
        throw new AnalyticsError('query_failed', `the statement returned more than ${limits.maxRows} rows`)
      }
      return toColumns(result)
    } catch (error) {
      if (deadline.reason !== undefined) throw stoppedError(deadline.reason, limits.timeoutMs)
      if (error instanceof AnalyticsError) throw error
      if (error instanceof pg.DatabaseError && error.code === '57014') throw stoppedError('timeout', limits.timeoutMs)
      throw new AnalyticsError('query_failed', `the data source ${this.name} could not answer`, {
        cause: new DriverFault(error),
      })
    } finally {
      deadline.release()
      settled.abort()
      // A cancelled session is thrown away: the request might still be on its way and would hit whoever comes next.
      // One that is not idle again (the rollback failed, the socket broke) is of no use either.
      const reusable = deadline.reason === undefined && client.getTransactionStatus() === 'I'
      if (cancelling !== undefined) await cancelling
      client.release(!reusable)
    }
  }

  /** PostgreSQL has no cheap sign of change, so answers are reused for `cacheTtlMs` and no longer. */
  dataVersion(): string {
    return ''
  }

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end()
  }
}

/** Values stay text except where a JavaScript value is exact: `int8` and `numeric` would lose digits, times their microseconds. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number): ((text: string) => RawValue) => {
    switch (oid) {
      case OID.bool:
        return (text) => text === 't'
      case OID.int2:
      case OID.int4:
      case OID.float4:
      case OID.float8:
        return Number
      default:
        return (text) => text
    }
  }) as pg.CustomTypesConfig['getTypeParser'],
}

/** Set per transaction rather than per connection: startup options do not pass PgBouncer. */
const BEGIN =
  "begin read only; set local time zone 'UTC'; set local datestyle = 'ISO'; set local extra_float_digits = 1"

async function runInTransaction(
  client: pg.PoolClient,
  { sql, parameters }: Statement,
  timeoutMs: number,
): Promise<pg.QueryArrayResult<RawValue[]>> {
  const config: pg.QueryArrayConfig & { queryMode: 'extended' } = {
    text: sql,
    values: [...parameters],
    rowMode: 'array',
    types: TYPES,
    // Without parameters pg would use the simple protocol, which runs several statements in one text.
    queryMode: 'extended',
  }
  const begun = client.query(`${BEGIN}; set local statement_timeout = ${Math.ceil(timeoutMs)}`)
  const answered = client.query<RawValue[]>(config)
  const ended = client.query('rollback')
  const [begin, answer, end] = await Promise.allSettled([begun, answered, ended])
  if (begin.status === 'rejected') throw begin.reason
  if (answer.status === 'rejected') throw answer.reason
  if (end.status === 'rejected') throw end.reason
  return answer.value
}

function toColumns({ rows, fields }: pg.QueryArrayResult<RawValue[]>): RawColumns {
  const columns = fields.map((_, index) => {
    const column = new Array<RawValue>(rows.length)
    for (let row = 0; row < rows.length; row++) column[row] = (rows[row] as RawValue[])[index] as RawValue
    return column
  })
  return { columns, rowCount: rows.length }
}

/**
 * Cancels what the session does until `settled`. A request that arrives before the statement has begun finds nothing to stop,
 * so it is repeated; when that does not help, the connection is closed, which frees our caller at once.
 */
async function cancelUntil(settled: AbortSignal, client: pg.PoolClient): Promise<void> {
  for (let attempt = 0; attempt < CANCEL_ATTEMPTS && !settled.aborted; attempt++) {
    try {
      await cancelBackend(client, keyOf(client))
    } catch {
      break
    }
    // Rejects when the signal aborts, which is what is waited for.
    await sleep(CANCEL_AGAIN_MS, undefined, { signal: settled }).catch(() => undefined)
  }
  if (!settled.aborted) destroy(client)
}

interface Internals {
  readonly processID: number
  readonly secretKey: number
  readonly connection: { readonly stream: { destroy(): void } }
}

function keyOf(client: pg.PoolClient): { processId: number; secretKey: number } {
  const { processID, secretKey } = client as unknown as Internals
  return { processId: processID, secretKey }
}

function destroy(client: pg.PoolClient): void {
  ;(client as unknown as Internals).connection.stream.destroy()
}
