import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectionOptions as TlsOptions } from 'node:tls'
import pg from 'pg'
import type { ConnectGuard } from './connect-guard.ts'
import type {
  DataSource,
  ExplainLimits,
  PoolLoad,
  RawColumns,
  RawValue,
  Statement,
  StatementLimits,
  StreamLimits,
} from './data-source.ts'
import { type PackedColumns, unpackAll } from './packed-column.ts'
import { cancelBackend } from './postgres-cancel.ts'
import { takeRows } from './postgres-rows.ts'
import { toRawValue } from './postgres-types.ts'
import { PullQueue } from './pull-queue.ts'
import { type ChunkSink, RowPacker } from './row-packer.ts'
import { tooManyRows, unanswered, unreachable } from './source-faults.ts'
import { startDeadline, stoppedError } from './statement-deadline.ts'

/** Where a PostgreSQL source is and how much of it we use. */
export interface PostgresOptions {
  readonly name: string
  /** See {@link DataSource.id}. */
  readonly id?: string
  /** `postgresql://user:password@host:port/database`, or its parts; the role should hold SELECT and nothing else. */
  readonly url: string | PostgresAddress
  /** `postgres` when absent. Redshift speaks the same protocol and another dialect. */
  readonly dialect?: 'postgres' | 'redshift'
  /** Statements, and so connections, at the same time; 10 when absent. */
  readonly concurrency?: number
  /** Reuse of an answer, milliseconds; 60,000 when absent. PostgreSQL does not tell when its data changed. */
  readonly cacheTtlMs?: number
  /** Longest wait for a connection, milliseconds; 5,000 when absent. */
  readonly connectTimeoutMs?: number
  /** Opens the connections; straight ones when absent. */
  readonly guard?: ConnectGuard
  /** Told about connections that broke while nobody used them. */
  readonly onIdleError?: (error: Error) => void
}

/** The parts of an address. */
export interface PostgresAddress {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  /** `false` sends everything in the clear. */
  readonly tls: TlsOptions | false
}

/** The statement's own timeout comes this much after ours, as a second wall, milliseconds. */
const GRACE_MS = 500

/** How often, and how many times, a statement that should stop is cancelled. */
const CANCEL_AGAIN_MS = 100
const CANCEL_ATTEMPTS = 20

/** Rows of a chunk when the caller says nothing. */
const CHUNK_ROWS = 4_096
/** A chunk of large rows ends here, however few they are, bytes. */
const CHUNK_BYTES = 1_024 * 1_024
/** Chunks, and their bytes, that may wait for the reader before the server has to. */
const MAX_WAITING = 8
const MAX_WAITING_BYTES = 4 * 1_024 * 1_024

/**
 * A PostgreSQL source over a pool of its own. Connections are made when first needed.
 *
 * A statement is sent as `begin read only; set local …`, itself, and `rollback`, in one write and so in one round trip
 * (pipelining). The rollback undoes whatever the statement did to its session – `set_config('…', false)` too – so nothing
 * of one caller is there for the next.
 */
export function openPostgres(options: PostgresOptions): PostgresSource {
  return new PostgresSource(options)
}

/** A session in use by one statement. */
interface Lease {
  readonly client: pg.PoolClient
  /** The fault that tells why the statement ended. */
  toFault(error: unknown): unknown
  /** Gives the session back; without `completed` its statement is stopped first and the session thrown away. */
  end(completed: boolean): Promise<void>
}

export class PostgresSource implements DataSource {
  readonly name: string
  readonly id?: string
  readonly dialect: 'postgres' | 'redshift'
  readonly canAnalyze: boolean
  readonly concurrency: number
  readonly cacheTtlMs: number
  readonly #pool: pg.Pool
  readonly #connect: ((host: string, port: number) => Socket) | undefined

  constructor(options: PostgresOptions) {
    this.name = options.name
    if (options.id !== undefined) this.id = options.id
    this.dialect = options.dialect ?? 'postgres'
    this.canAnalyze = this.dialect === 'postgres'
    this.concurrency = options.concurrency ?? 10
    this.cacheTtlMs = options.cacheTtlMs ?? 60_000
    const { guard } = options
    this.#connect = guard?.connect
    this.#pool = new pg.Pool({
      ...toClientConfig(options.url),
      max: this.concurrency,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
      keepAlive: true,
      // Redshift is PostgreSQL 8 at heart and makes no promise about statements sent ahead.
      pipeline: this.dialect === 'postgres',
      application_name: 'datainsight',
      ...(guard && { stream: () => guard.socket() }),
    })
    // Without these listeners, a connection that breaks would end the process: while idle, or (the pool listens to idle ones
    // only) while in use or on its way out. A statement under way hears of it by its own promise.
    this.#pool.on('error', (error) => options.onIdleError?.(error))
    this.#pool.on('connect', (client) => client.on('error', () => undefined))
  }

  get pool(): PoolLoad {
    const { totalCount: size, idleCount: idle, waitingCount: waiting } = this.#pool
    return { size, idle, waiting }
  }

  async query(statement: Statement, limits: StatementLimits): Promise<RawColumns> {
    const lease = await this.#lease(limits)
    let completed = false
    try {
      const result = await inTransaction(lease.client, limits.timeoutMs + GRACE_MS, () =>
        lease.client.query<RawValue[]>(toQuery(statement)),
      )
      completed = true
      if (result.rows.length > limits.maxRows) throw tooManyRows(limits.maxRows)
      return toColumns(result)
    } catch (error) {
      throw lease.toFault(error)
    } finally {
      await lease.end(completed)
    }
  }

  async queryPacked(statement: Statement, limits: StatementLimits): Promise<PackedColumns> {
    const lease = await this.#lease(limits)
    const answer = new OneChunk()
    const packer = new RowPacker({ sink: answer, maxRows: limits.maxRows })
    const giveBack = takeRows(socketOf(lease.client), packer)
    let completed = false
    try {
      await inTransaction(lease.client, limits.timeoutMs + GRACE_MS, () => submit(lease.client, statement))
      completed = true
      packer.finish()
      return answer.get()
    } catch (error) {
      throw lease.toFault(error)
    } finally {
      giveBack()
      await lease.end(completed)
    }
  }

  async *stream(statement: Statement, limits: StreamLimits): AsyncGenerator<RawColumns> {
    for await (const chunk of this.streamPacked(statement, limits)) {
      const values = unpackAll(chunk)
      chunk.release?.()
      yield values
    }
  }

  async *streamPacked(statement: Statement, limits: StreamLimits): AsyncGenerator<PackedColumns> {
    const lease = await this.#lease(limits)
    const socket = socketOf(lease.client)
    const queue = new PullQueue<PackedColumns>({
      maxItems: MAX_WAITING,
      maxBytes: MAX_WAITING_BYTES,
      // The server waits when its window is full: nothing piles up here, and the plan may still be a parallel one,
      // which a cursor's is not.
      pause: () => socket.pause(),
      resume: () => socket.resume(),
    })
    const chunk = { rows: limits.chunkRows ?? CHUNK_ROWS, bytes: CHUNK_BYTES }
    const packer = new RowPacker({ sink: queue, chunk, maxRows: limits.maxRows })
    const giveBack = takeRows(socket, packer)
    let completed = false
    try {
      const ended = inTransaction(lease.client, limits.timeoutMs + GRACE_MS, () => submit(lease.client, statement))
      ended.then(
        () => packer.finish(),
        (error) => queue.fail(error),
      )
      yield* queue.items()
      completed = true
    } catch (error) {
      throw lease.toFault(error)
    } finally {
      queue.stop()
      giveBack()
      socket.resume()
      await lease.end(completed)
    }
  }

  async explain({ sql, parameters }: Statement, limits: ExplainLimits): Promise<string> {
    const { columns } = await this.query(
      { sql: `explain ${limits.analyze === true ? 'analyze ' : ''}${sql}`, parameters },
      limits,
    )
    return (columns[0] ?? []).join('\n')
  }

  /** PostgreSQL has no cheap sign of change, so answers are reused for `cacheTtlMs` and no longer. */
  dataVersion(): string {
    return ''
  }

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end()
  }

  async #lease(limits: StatementLimits): Promise<Lease> {
    if (limits.signal.aborted) throw stoppedError('abort', limits.timeoutMs)
    let client: pg.PoolClient
    try {
      client = await this.#pool.connect()
    } catch (error) {
      throw unreachable(this.name, error)
    }
    if (limits.signal.aborted) {
      client.release()
      throw stoppedError('abort', limits.timeoutMs)
    }
    const settled = new AbortController()
    let cancelling: Promise<void> | undefined
    const cancel = () => {
      cancelling ??= cancelUntil(settled.signal, client, this.#connect)
    }
    const deadline = startDeadline(limits, cancel)
    return {
      client,
      toFault: (error) => {
        if (deadline.fault !== undefined) return deadline.fault
        if (error instanceof pg.DatabaseError && error.code === '57014') {
          return stoppedError('timeout', limits.timeoutMs)
        }
        return unanswered(this.name, error)
      },
      end: async (completed) => {
        deadline.release()
        if (!completed && client.getTransactionStatus() !== 'I') {
          cancel()
          await idleAgain(client, settled.signal, CANCEL_ATTEMPTS * CANCEL_AGAIN_MS)
        }
        settled.abort()
        // A cancelled session is thrown away: the request might still be on its way and would hit whoever comes next.
        // One that is not idle again (the rollback failed, the socket broke) is of no use either.
        const reusable = cancelling === undefined && client.getTransactionStatus() === 'I'
        if (cancelling !== undefined) await cancelling
        client.release(!reusable)
      },
    }
  }
}

/** All rows of an answer. */
class OneChunk implements ChunkSink {
  isEnded = false
  #chunk: PackedColumns = { columns: [], rowCount: 0 }
  #error: unknown

  push(chunk: PackedColumns): void {
    this.#chunk = chunk
  }

  finish(): void {
    this.isEnded = true
  }

  fail(error: unknown): void {
    this.#error ??= error
    this.isEnded = true
  }

  get(): PackedColumns {
    if (this.#error !== undefined) throw this.#error
    return this.#chunk
  }
}

/** What the driver takes. */
export function toClientConfig(url: string | PostgresAddress): pg.PoolConfig {
  if (typeof url === 'string') return { connectionString: url }
  const { tls, ...address } = url
  return { ...address, ssl: tls }
}

const TYPES: pg.CustomTypesConfig = { getTypeParser: toRawValue as pg.CustomTypesConfig['getTypeParser'] }

/** The settings that statements are written for. Per transaction rather than per connection: startup options do not pass PgBouncer. */
export const SETTINGS = "set local time zone 'UTC'; set local datestyle = 'ISO'; set local extra_float_digits = 1"
const BEGIN = `begin read only; ${SETTINGS}`

/** A statement as the driver takes it: one, whatever its text says. */
export function toQuery({ sql, parameters }: Statement): pg.QueryArrayConfig & { queryMode: 'extended' } {
  return {
    text: sql,
    values: [...parameters],
    rowMode: 'array',
    types: TYPES,
    // Without parameters pg would use the simple protocol, which runs several statements in one text.
    queryMode: 'extended',
  }
}

/** Sends a statement whose rows the driver does not see. Resolves when it has ended. */
function submit(client: pg.PoolClient, statement: Statement): Promise<void> {
  const query = new pg.Query(toQuery(statement))
  return new Promise((resolve, reject) => {
    query.once('end', () => resolve())
    query.once('error', reject)
    // Those that come after the reader left are dropped, as long as somebody listens.
    query.on('row', () => undefined)
    client.query(query)
  })
}

async function inTransaction<T>(client: pg.PoolClient, timeoutMs: number, run: () => Promise<T>): Promise<T> {
  const begun = client.query(`${BEGIN}; set local statement_timeout = ${Math.ceil(timeoutMs)}`)
  const answered = run()
  const ended = client.query('rollback')
  const [begin, answer, end] = await Promise.allSettled([begun, answered, ended])
  if (begin.status === 'rejected') throw begin.reason
  if (answer.status === 'rejected') throw answer.reason
  if (end.status === 'rejected') throw end.reason
  return answer.value
}

/** An answer by columns. */
export function toColumns({ rows, fields }: pg.QueryArrayResult<RawValue[]>): RawColumns {
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
export async function cancelUntil(
  settled: AbortSignal,
  client: pg.PoolClient | pg.Client,
  connect: ((host: string, port: number) => Socket) | undefined,
): Promise<void> {
  for (let attempt = 0; attempt < CANCEL_ATTEMPTS && !settled.aborted; attempt++) {
    try {
      await cancelBackend(client, keyOf(client), connect)
    } catch {
      break
    }
    // Rejects when the signal aborts, which is what is waited for.
    await sleep(CANCEL_AGAIN_MS, undefined, { signal: settled }).catch(() => undefined)
  }
  if (!settled.aborted) socketOf(client).destroy()
}

/** Resolves when the session has ended its statement and its transaction, or cannot any more. */
async function idleAgain(client: pg.PoolClient, settled: AbortSignal, maxMs: number): Promise<void> {
  const until = performance.now() + maxMs
  while (client.getTransactionStatus() !== 'I' && !socketOf(client).destroyed && performance.now() < until) {
    await sleep(5, undefined, { signal: settled }).catch(() => undefined)
  }
}

interface Internals {
  readonly processID: number
  readonly secretKey: number
  readonly connection: { readonly stream: Socket }
}

function keyOf(client: pg.PoolClient | pg.Client): { processId: number; secretKey: number } {
  const { processID, secretKey } = client as unknown as Internals
  return { processId: processID, secretKey }
}

function socketOf(client: pg.PoolClient | pg.Client): Internals['connection']['stream'] {
  return (client as unknown as Internals).connection.stream
}
