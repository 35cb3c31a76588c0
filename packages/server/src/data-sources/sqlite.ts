import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { AnalyticsError } from '@datainsight/core'
import type {
  DataSource,
  PoolLoad,
  RawColumns,
  RawValue,
  Statement,
  StatementLimits,
  StreamLimits,
} from './data-source.ts'
import { FileStates } from './file-states.ts'
import { notASelect, tooManyRows, unanswered } from './source-faults.ts'
import type { SqliteAnswer, SqliteRequest } from './sqlite-worker.ts'
import { startDeadline, stoppedError } from './statement-deadline.ts'

/** A SQLite file and how much of it we use. */
export interface SqliteOptions {
  readonly name: string
  /** See {@link DataSource.id}. */
  readonly id?: string
  /** Absolute path. Opened for reading only. */
  readonly file: string
  /** Statements, and so processes, at the same time; 2 when absent. */
  readonly concurrency?: number
  /** Reuse of answers while the file did not change, milliseconds; one hour when absent. */
  readonly cacheTtlMs?: number
}

/** Rows of a chunk when the caller says nothing. */
const CHUNK_ROWS = 4_096
/** Longest start of a process, milliseconds. */
const START_TIMEOUT_MS = 20_000

/**
 * A SQLite source. Each statement runs in a process of its own that is killed when the statement should stop: SQLite blocks
 * whoever calls it and offers Node no interrupt. Processes are kept for the next statement and end with the source.
 * The file is opened read-only, extensions are off, and the schema of the file is not trusted with functions.
 */
export function openSqlite(options: SqliteOptions): DataSource {
  return new SqliteSource(options)
}

class SqliteSource implements DataSource {
  readonly name: string
  readonly id?: string
  readonly dialect = 'sqlite'
  readonly concurrency: number
  readonly cacheTtlMs: number
  readonly #file: string
  readonly #states: FileStates
  readonly #idle: ChildProcess[] = []
  readonly #all = new Set<ChildProcess>()
  readonly #running = new Set<Promise<void>>()
  #closed = false

  constructor(options: SqliteOptions) {
    this.name = options.name
    if (options.id !== undefined) this.id = options.id
    this.#file = options.file
    // A database in WAL mode changes there first.
    this.#states = new FileStates([options.file, `${options.file}-wal`])
    this.concurrency = options.concurrency ?? 2
    this.cacheTtlMs = options.cacheTtlMs ?? 3_600_000
  }

  /** Its processes. The gate before it lets in no more than there may be. */
  get pool(): PoolLoad {
    return { size: this.#all.size, idle: this.#idle.length, waiting: 0 }
  }

  async query(statement: Statement, limits: StatementLimits): Promise<RawColumns> {
    const columns: RawValue[][] = []
    let rowCount = 0
    for await (const chunk of this.#run(statement, { ...limits, chunkRows: Math.min(limits.maxRows + 1, 16_384) })) {
      chunk.columns.forEach((values, index) => {
        const column = columns[index]
        if (column === undefined) columns[index] = [...values]
        else for (const value of values) column.push(value)
      })
      rowCount += chunk.rowCount
    }
    return { columns, rowCount }
  }

  async *stream(statement: Statement, limits: StreamLimits): AsyncGenerator<RawColumns> {
    for await (const chunk of this.#run(statement, limits)) if (chunk.rowCount > 0) yield chunk
  }

  async explain({ sql, parameters }: Statement, limits: StatementLimits): Promise<string> {
    if (!isSelect(sql)) throw notASelect()
    const { columns } = await this.query({ sql: `explain query plan ${sql}`, parameters }, limits)
    return (columns[3] ?? []).join('\n')
  }

  /** Chunks, the last of which may be empty. */
  async *#run(statement: Statement, limits: StreamLimits): AsyncGenerator<RawColumns> {
    if (!isSelect(statement.sql)) throw notASelect()
    if (limits.signal.aborted) throw stoppedError('abort', limits.timeoutMs)
    if (this.#closed) throw new AnalyticsError('query_failed', `the data source ${this.name} is closed`)
    let release: () => void = () => undefined
    const running = new Promise<void>((resolve) => {
      release = resolve
    })
    this.#running.add(running)
    let worker: ChildProcess | undefined
    const deadline = startDeadline(limits, () => worker?.kill('SIGKILL'))
    let isDone = false
    try {
      worker = this.#idle.pop() ?? (await this.#start())
      if (deadline.reason !== undefined) worker.kill('SIGKILL')
      let request: SqliteRequest = {
        kind: 'start',
        sql: statement.sql,
        parameters: statement.parameters.map(toParameter),
        chunkRows: limits.chunkRows ?? CHUNK_ROWS,
      }
      for (let total = 0; !isDone; ) {
        const answer = await exchange(worker, request)
        if ('error' in answer) {
          isDone = true
          throw Object.assign(new Error(answer.error.message), { code: answer.error.code })
        }
        isDone = answer.isLast
        total += answer.rowCount
        if (total > limits.maxRows) throw tooManyRows(limits.maxRows)
        yield answer
        deadline.throwIfStopped()
        request = { kind: 'next' }
      }
    } catch (error) {
      throw deadline.fault ?? unanswered(this.name, error)
    } finally {
      deadline.release()
      if (worker !== undefined) this.#release(worker, isDone)
      this.#running.delete(running)
      release()
    }
  }

  dataVersion(): string {
    return this.#states.current
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#running)
    await Promise.all(
      [...this.#all].map((worker) => {
        const ended = once(worker, 'exit')
        worker.kill('SIGKILL')
        return ended
      }),
    )
  }

  async #start(): Promise<ChildProcess> {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const worker = fork(new URL(`./sqlite-worker.${extension}`, import.meta.url), [this.#file], {
      // Nothing of ours is there to be read: no environment, no flags.
      env: {},
      execArgv: ['--no-warnings'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    this.#all.add(worker)
    worker.once('exit', () => {
      this.#all.delete(worker)
      const index = this.#idle.indexOf(worker)
      if (index >= 0) this.#idle.splice(index, 1)
    })
    worker.on('error', () => undefined)
    const timer = setTimeout(() => worker.kill('SIGKILL'), START_TIMEOUT_MS)
    try {
      await heard(worker)
      // Our own end does not wait for idle ones.
      worker.unref()
      worker.channel?.unref()
      return worker
    } catch {
      worker.kill('SIGKILL')
      throw Object.assign(new Error('unable to open the database file'), { code: 'ERR_SQLITE_ERROR' })
    } finally {
      clearTimeout(timer)
    }
  }

  #release(worker: ChildProcess, isDone: boolean): void {
    if (worker.killed || !worker.connected) return
    if (this.#idle.length >= this.concurrency) worker.kill('SIGKILL')
    else {
      // Between two messages the worker waits, so a statement that was left can be put aside.
      if (!isDone) worker.send({ kind: 'stop' } satisfies SqliteRequest)
      this.#idle.push(worker)
    }
  }
}

/** Sends a request and waits for the answer. Rejects when the process ends instead. */
function exchange(worker: ChildProcess, request: SqliteRequest): Promise<SqliteAnswer> {
  const answered = heard(worker)
  worker.channel?.ref()
  worker.send(request, (error) => {
    if (error !== null) worker.kill('SIGKILL')
  })
  return answered.finally(() => worker.channel?.unref()) as Promise<SqliteAnswer>
}

function heard(worker: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const end = () => {
      worker.off('message', onMessage)
      worker.off('exit', onExit)
    }
    const onMessage = (message: unknown) => {
      end()
      resolve(message)
    }
    const onExit = () => {
      end()
      reject(new Error('the process ended'))
    }
    worker.once('message', onMessage)
    worker.once('exit', onExit)
    if (worker.exitCode !== null || worker.signalCode !== null) onExit()
  })
}

function isSelect(sql: string): boolean {
  return /^\s*(?:select|with|values|explain query plan\s+(?:select|with))\b/i.test(sql)
}

/** Whole numbers are bound as such: as a REAL, `$1 / 2` would be another number. SQLite has no booleans. */
function toParameter(value: unknown): string | number | bigint | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value === 'string' || typeof value === 'bigint') return value
  throw new TypeError(`a parameter must be a scalar, not ${typeof value}`)
}
