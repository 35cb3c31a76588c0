import { setTimeout as sleep } from 'node:timers/promises'
import type { SecureContextOptions } from 'node:tls'
import mysql, {
  type FieldPacket,
  type Pool,
  type PoolConnection,
  type PoolOptions,
  type QueryOptions,
  type TypedParameterValue,
} from 'mysql2'
import { ChunkQueue } from './chunk-queue.ts'
import type { ConnectGuard } from './connect-guard.ts'
import type {
  DataSource,
  PoolLoad,
  RawColumns,
  RawValue,
  Statement,
  StatementLimits,
  StreamLimits,
} from './data-source.ts'
import { enumsAmong } from './packed-column.ts'
import { notASelect, tooManyRows, unanswered, unreachable } from './source-faults.ts'
import { startDeadline, stoppedError } from './statement-deadline.ts'

/** Where a MySQL or MariaDB source is and how much of it we use. */
export interface MySqlOptions {
  readonly name: string
  /** See {@link DataSource.id}. */
  readonly id?: string
  readonly host: string
  readonly port: number
  readonly database: string
  /** The account should hold SELECT and nothing else, FILE least of all. */
  readonly user: string
  readonly password: string
  /** `false` sends everything in the clear. `verify: false` encrypts to whoever answers. */
  readonly tls: ({ readonly verify: boolean } & Pick<SecureContextOptions, 'ca'>) | false
  /** Statements, and so connections, at the same time; 10 when absent. */
  readonly concurrency?: number
  /** Reuse of an answer, milliseconds; 60,000 when absent. */
  readonly cacheTtlMs?: number
  /** Longest wait for a connection, milliseconds; 5,000 when absent. */
  readonly connectTimeoutMs?: number
  /** Opens the connections; straight ones when absent. */
  readonly guard?: ConnectGuard
  /** Told about connections that broke while nobody used them. */
  readonly onIdleError?: (error: Error) => void
}

// Node finds no such name in the package's CommonJS file, where it is set on the exported object.
const { TypedParameter } = mysql

/** The server's own time limit comes this much after ours, as a second wall, milliseconds. */
const GRACE_MS = 500
/** How often, and how many times, a statement that should stop is killed. */
const KILL_AGAIN_MS = 100
const KILL_ATTEMPTS = 20
/** Rows of a chunk when the caller says nothing. */
const CHUNK_ROWS = 4_096
/** Longest list of columns a server may announce; a hostile one could announce 2^64. */
const MAX_COLUMNS = 4_096

/** Of a column, in the protocol. */
const ENUM_FLAG = 256
const SET_FLAG = 2_048
/**
 * Backslashes escape and double quotes hold text: the modes that statements are written for, whatever the server's. Quotients of
 * decimals get as many digits as other databases give them; four more than the dividend's is the default.
 */
export const SETTINGS =
  "set names utf8mb4, time_zone = '+00:00', sql_mode = 'NO_ENGINE_SUBSTITUTION', div_precision_increment = 12"
/** `statement timeout` of MariaDB and `query execution was interrupted, maximum time exceeded` of MySQL. */
const TIMEOUT_ERRORS = new Set([1969, 3024])

/**
 * A MySQL or MariaDB source over a pool of its own.
 *
 * Statements go through the binary protocol only (prepare and execute): the text protocol would put values into the text, by
 * rules of the client. A session is read-only and in UTC; after each statement it is reset (COM_RESET_CONNECTION) and set up
 * again, while nobody waits, so that user variables, locks and temporary tables of one caller are gone for the next.
 */
export function openMySql(options: MySqlOptions): DataSource {
  return new MySqlSource(options)
}

/** What the pool keeps to itself and has no figures of. */
interface PoolParts {
  readonly _allConnections: { readonly length: number }
  readonly _freeConnections: { readonly length: number }
  readonly _connectionQueue: { readonly length: number }
}

/** A session in use by one statement. */
interface Lease {
  readonly connection: PoolConnection
  /** The fault that tells why the statement ended. */
  toFault(error: unknown): unknown
  /** @throws AnalyticsError when the statement was told to stop: a killed SLEEP() answers as if all was well. */
  throwIfStopped(): void
  /** Gives the session back; without `completed` its statement is stopped first and the session thrown away. */
  end(completed: boolean): Promise<void>
}

class MySqlSource implements DataSource {
  readonly name: string
  readonly id?: string
  readonly dialect = 'mysql'
  readonly concurrency: number
  readonly cacheTtlMs: number
  readonly #config: PoolOptions
  readonly #pool: Pool
  /** The time limit each session was set up with, milliseconds; absent for one that was not set up. */
  readonly #timeouts = new WeakMap<PoolConnection, number>()
  /** Sessions on their way back to the pool. */
  readonly #returning = new Set<Promise<void>>()
  #isMariaDB: boolean | undefined
  #closed = false

  constructor(options: MySqlOptions) {
    this.name = options.name
    if (options.id !== undefined) this.id = options.id
    this.concurrency = options.concurrency ?? 10
    this.cacheTtlMs = options.cacheTtlMs ?? 60_000
    this.#config = toConfig(options)
    this.#pool = mysql.createPool({
      ...this.#config,
      connectionLimit: this.concurrency,
      maxIdle: this.concurrency,
      idleTimeout: 60_000,
    })
    this.#pool.on('connection', (connection) => {
      // Without a listener a connection that breaks while idle would end the process.
      connection.on('error', (error: Error) => options.onIdleError?.(error))
    })
  }

  get pool(): PoolLoad {
    const { _allConnections: all, _freeConnections: free, _connectionQueue: queue } = this.#pool as unknown as PoolParts
    return { size: all.length, idle: free.length, waiting: queue.length }
  }

  async query(statement: Statement, limits: StatementLimits): Promise<RawColumns> {
    const lease = await this.#lease(statement, limits)
    let completed = false
    try {
      const { rows, fields } = await execute(lease.connection, statement)
      completed = true
      lease.throwIfStopped()
      if (rows.length > limits.maxRows) throw tooManyRows(limits.maxRows)
      return { ...toColumns(rows, fields.length), ...enumsAmong(fields.length, (index) => isEnum(fields[index]!)) }
    } catch (error) {
      throw lease.toFault(error)
    } finally {
      await lease.end(completed)
    }
  }

  async *stream(statement: Statement, limits: StreamLimits): AsyncGenerator<RawColumns> {
    const lease = await this.#lease(statement, limits)
    const { connection } = lease
    const queue = new ChunkQueue({
      chunkRows: limits.chunkRows ?? CHUNK_ROWS,
      maxRows: limits.maxRows,
      pause: () => connection.pause(),
      resume: () => connection.resume(),
    })
    let completed = false
    const sent = connection.execute(toOptions(statement), toValues(statement.parameters))
    sent.on('result', (row: unknown) => {
      // What is no row is the summary of a statement without any.
      if (Array.isArray(row)) queue.push(row.map(toRaw))
      else queue.fail(notASelect())
    })
    sent.on('error', (error: Error) => queue.fail(error))
    sent.on('end', () => queue.finish())
    try {
      for await (const chunk of queue.chunks()) {
        lease.throwIfStopped()
        yield chunk
      }
      completed = true
      lease.throwIfStopped()
    } catch (error) {
      throw lease.toFault(error)
    } finally {
      queue.stop()
      connection.resume()
      await lease.end(completed)
    }
  }

  async explain({ sql, parameters }: Statement, limits: StatementLimits): Promise<string> {
    if (!isSelect(sql)) throw notASelect()
    const { columns } = await this.query({ sql: `explain format=json ${sql}`, parameters }, limits)
    return String(columns[0]?.[0] ?? '')
  }

  /** MySQL has no cheap sign of change, so answers are reused for `cacheTtlMs` and no longer. */
  dataVersion(): string {
    return ''
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await Promise.allSettled(this.#returning)
    await new Promise<void>((resolve) => this.#pool.end(() => resolve()))
  }

  async #lease({ sql }: Statement, limits: StatementLimits): Promise<Lease> {
    if (limits.signal.aborted) throw stoppedError('abort', limits.timeoutMs)
    if (!isSelect(sql)) throw notASelect()
    let connection: PoolConnection
    try {
      connection = await take(this.#pool)
    } catch (error) {
      throw unreachable(this.name, error)
    }
    try {
      if (this.#timeouts.get(connection) !== limits.timeoutMs) await this.#setUp(connection, limits.timeoutMs)
    } catch (error) {
      connection.destroy()
      throw unreachable(this.name, error)
    }
    if (limits.signal.aborted) {
      connection.release()
      throw stoppedError('abort', limits.timeoutMs)
    }
    const settled = new AbortController()
    let killing: Promise<void> | undefined
    const kill = () => {
      killing ??= this.#killUntil(settled.signal, connection)
    }
    const deadline = startDeadline(limits, kill)
    return {
      connection,
      throwIfStopped: deadline.throwIfStopped,
      toFault: (error) => {
        if (deadline.fault !== undefined) return deadline.fault
        if (TIMEOUT_ERRORS.has((error as { errno?: number }).errno ?? 0)) {
          return stoppedError('timeout', limits.timeoutMs)
        }
        return unanswered(this.name, error)
      },
      end: async (completed) => {
        deadline.release()
        if (killing === undefined && (completed || isIdle(connection))) {
          const returning = this.#giveBack(connection, limits.timeoutMs).finally(() =>
            this.#returning.delete(returning),
          )
          this.#returning.add(returning)
          return
        }
        // A statement that was left is stopped; its session is thrown away, because a kill might still be on its way and
        // would hit whoever comes next.
        kill()
        await Promise.race([untilIdle(connection, settled.signal), killing])
        settled.abort()
        await killing
        connection.destroy()
      },
    }
  }

  async #giveBack(connection: PoolConnection, timeoutMs: number): Promise<void> {
    try {
      this.#timeouts.delete(connection)
      await reset(connection)
      await this.#setUp(connection, timeoutMs)
      connection.release()
    } catch {
      connection.destroy()
    }
  }

  async #setUp(connection: PoolConnection, timeoutMs: number): Promise<void> {
    this.#isMariaDB ??= /mariadb/i.test(String((await ask(connection, 'select version()'))[0]))
    const limit = this.#isMariaDB
      ? `max_statement_time = ${(timeoutMs + GRACE_MS) / 1_000}`
      : `max_execution_time = ${Math.ceil(timeoutMs + GRACE_MS)}`
    await ask(connection, 'set session transaction read only')
    await ask(connection, `${SETTINGS}, ${limit}`)
    this.#timeouts.set(connection, timeoutMs)
  }

  /**
   * Kills what the session does until `settled`, from a connection of its own. A kill that arrives before the statement has
   * begun finds nothing, so it is repeated; when that does not help, the session is closed, which frees our caller at once.
   */
  async #killUntil(settled: AbortSignal, connection: PoolConnection): Promise<void> {
    let killer: mysql.Connection | undefined
    try {
      killer = mysql.createConnection(this.#config)
      killer.on('error', () => undefined)
      for (let attempt = 0; attempt < KILL_ATTEMPTS && !settled.aborted; attempt++) {
        await ask(killer, `kill query ${Number(connection.threadId)}`)
        // Rejects when the signal aborts, which is what is waited for.
        await sleep(KILL_AGAIN_MS, undefined, { signal: settled }).catch(() => undefined)
      }
    } catch {
      // The statement has ended, or nobody can be reached any more.
    } finally {
      killer?.destroy()
    }
    if (!settled.aborted) connection.destroy()
  }
}

/** What the driver takes. */
export function toConfig(options: MySqlOptions): PoolOptions {
  const { host, port, database, user, password, tls, guard } = options
  return {
    host,
    port,
    database,
    user,
    password,
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: options.connectTimeoutMs ?? 5_000,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    decimalNumbers: false,
    jsonStrings: true,
    rowsAsArray: true,
    multipleStatements: false,
    // A server may answer any statement with a demand for a local file.
    flags: ['-LOCAL_FILES'],
    ...(guard && { stream: () => guard.connect(host, port) }),
    ...(tls !== false && {
      ssl: {
        rejectUnauthorized: tls.verify,
        verifyIdentity: tls.verify,
        ...(tls.ca === undefined ? {} : { ca: tls.ca as string }),
      },
    }),
  }
}

function isSelect(sql: string): boolean {
  return /^[\s(]*(?:select|with|explain format=json\s+[\s(]*(?:select|with))\b/i.test(sql)
}

function take(pool: Pool): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)))
  })
}

/** Runs one of our own statements, which have no values, and answers the first row. */
export function ask(connection: mysql.Connection, sql: string): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    connection.query({ sql, rowsAsArray: true }, (error, rows) => {
      if (error) reject(error)
      else resolve((Array.isArray(rows) ? (rows[0] as unknown as unknown[]) : undefined) ?? [])
    })
  })
}

function reset(connection: PoolConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.reset((error) => (error ? reject(error) : resolve()))
  })
}

function toOptions({ sql }: Statement): QueryOptions {
  return { sql, rowsAsArray: true }
}

function execute(
  connection: PoolConnection,
  statement: Statement,
): Promise<{ rows: readonly (readonly unknown[])[]; fields: readonly FieldPacket[] }> {
  return new Promise((resolve, reject) => {
    connection.execute(toOptions(statement), toValues(statement.parameters), (error, rows, fields) => {
      if (error) reject(error)
      else if (!Array.isArray(rows) || !Array.isArray(fields)) reject(notASelect())
      else if (fields.length > MAX_COLUMNS) reject(new Error(`the server answered with ${fields.length} columns`))
      else resolve({ rows: rows as unknown as unknown[][], fields })
    })
  })
}

/** Enums, and sets of them: the protocol sends both as texts. */
function isEnum({ flags }: FieldPacket): boolean {
  return (Number(flags) & (ENUM_FLAG | SET_FLAG)) !== 0
}

/** Whole numbers are sent as such: a DOUBLE is refused after LIMIT. Nothing but scalars may reach the driver. */
export function toValues(parameters: readonly unknown[]): (string | number | boolean | null | TypedParameterValue)[] {
  return parameters.map((value) => {
    if (value === null || value === undefined) return null
    switch (typeof value) {
      case 'bigint':
        return TypedParameter.LONGLONG(value)
      case 'number':
        return Number.isSafeInteger(value) ? TypedParameter.LONGLONG(value) : value
      case 'boolean':
      case 'string':
        return value
      default:
        throw new TypeError(`a parameter must be a scalar, not ${typeof value}`)
    }
  })
}

/** An answer by columns. */
export function toColumns(rows: readonly (readonly unknown[])[], width: number): RawColumns {
  const columns = Array.from({ length: width }, (_, index) => {
    const column = new Array<RawValue>(rows.length)
    for (let row = 0; row < rows.length; row++) column[row] = toRaw((rows[row] as readonly unknown[])[index])
    return column
  })
  return { columns, rowCount: rows.length }
}

/** Bytes become hexadecimal text, as PostgreSQL writes them; shapes become JSON. */
function toRaw(value: unknown): RawValue {
  if (typeof value !== 'object' || value === null) return value as RawValue
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  return JSON.stringify(value)
}

interface Internals {
  readonly _command: unknown
  readonly stream: { readonly destroyed: boolean }
}

function isIdle(connection: PoolConnection): boolean {
  const { _command, stream } = connection as unknown as Internals
  return _command === null || _command === undefined || stream.destroyed
}

async function untilIdle(connection: PoolConnection, settled: AbortSignal): Promise<void> {
  while (!isIdle(connection) && !settled.aborted) {
    await sleep(5, undefined, { signal: settled }).catch(() => undefined)
  }
}
