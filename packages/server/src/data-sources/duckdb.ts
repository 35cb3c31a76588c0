import { AnalyticsError } from '@datainsight/core'
import { type DuckDBConnection, DuckDBInstance, DuckDBTypeId, type DuckDBValue, StatementType } from '@duckdb/node-api'
import { ColumnMemory } from './column-memory.ts'
import type {
  DataSource,
  ExplainLimits,
  PoolLoad,
  RawColumns,
  Statement,
  StatementLimits,
  StreamLimits,
} from './data-source.ts'
import { DriverFault } from './driver-fault.ts'
import { DuckDBCheck } from './duckdb-check.ts'
import { type Prepared, PreparedStatements } from './duckdb-prepared.ts'
import { identifier, isReadLater, literal, registerTables, type TableFile } from './duckdb-tables.ts'
import { addChunk } from './duckdb-vectors.ts'
import { FileStates, fileState } from './file-states.ts'
import { enumsAmong, type PackedColumns, unpackAll } from './packed-column.ts'
import { notASelect, tooManyRows, unanswered } from './source-faults.ts'
import { startDeadline, stoppedError } from './statement-deadline.ts'

/** Where a DuckDB source reads from and how much it may use. */
export interface DuckDBOptions {
  readonly name: string
  /** See {@link DataSource.id}. */
  readonly id?: string
  /** Tables by name, each one file. */
  readonly tables?: Readonly<Record<string, TableFile>>
  /** A DuckDB database file, opened read-only, instead of `tables`. */
  readonly database?: string
  /** A folder whose Parquet files become tables later; see {@link FolderSource}. */
  readonly directory?: string
  /** DuckDB's `memory_limit`, such as `1GB` (the default). */
  readonly memoryLimit?: string
  /** Worker threads of the engine; 2 when absent. */
  readonly threads?: number
  /**
   * Statements at the same time; 3 when absent. Each occupies one thread of Node's pool (4 unless UV_THREADPOOL_SIZE says
   * otherwise), which file access, DNS and password hashing need as well.
   */
  readonly concurrency?: number
  /** Reuse of answers while no file changed, milliseconds; one hour when absent. */
  readonly cacheTtlMs?: number
}

/** How often a statement that should stop is told so, milliseconds. */
const INTERRUPT_AGAIN_MS = 25

/** Rows of a chunk when the caller says nothing. */
const CHUNK_ROWS = 4_096

/**
 * Opens DuckDB over the given files and locks it: no file but those can be read, nothing is downloaded or loaded, and no
 * statement can lift these settings. DuckDB allows all of that until told otherwise.
 * @throws AnalyticsError `query_failed` when a file cannot be read.
 */
export async function openDuckDB(options: DuckDBOptions): Promise<DataSource> {
  const source = new DuckDBSource(options)
  await source.open()
  return source
}

/** A source whose tables are Parquet files of one folder, told as they come and go. Not for statements of callers. */
export interface FolderSource extends DataSource {
  /** Makes files one table, in memory with `load`; columns go by name, and take the widest of their types. @throws AnalyticsError when they cannot be read. */
  defineTable(name: string, files: readonly string[], load?: boolean): Promise<void>
  dropTable(name: string): Promise<void>
}

/** Opens DuckDB over a folder, locked as {@link openDuckDB} does: it reads files of that folder and no others. */
export async function openDuckDBFolder(options: DuckDBOptions & { readonly directory: string }): Promise<FolderSource> {
  const source = new DuckDBSource(options)
  await source.open()
  return source
}

/** A connection in use by one statement, prepared and bound. */
interface Lease {
  readonly prepared: Prepared
  /** @throws AnalyticsError when the statement was told to stop. */
  throwIfStopped(): void
  /** The fault that tells why the statement ended. */
  toFault(error: unknown): unknown
  /** Stops the statement and waits for `work`, whatever becomes of it. */
  abandon(work: Promise<unknown>): Promise<void>
  end(): void
}

class DuckDBSource implements FolderSource {
  readonly name: string
  readonly id?: string
  readonly dialect = 'duckdb'
  readonly canAnalyze = true
  readonly concurrency: number
  readonly cacheTtlMs: number
  readonly #options: DuckDBOptions
  /** Of files read again by each statement. */
  readonly #files: FileStates
  readonly #loaded: string
  /** Tables told to it that are loaded. */
  readonly #inMemory = new Set<string>()
  readonly #idle: DuckDBConnection[] = []
  /** Connections in use or idle. */
  #open = 0
  readonly #check = new DuckDBCheck()
  readonly #prepared = new PreparedStatements()
  #instance: DuckDBInstance | undefined
  #running = new Set<Promise<unknown>>()
  #closed = false

  constructor(options: DuckDBOptions) {
    this.#options = options
    this.name = options.name
    if (options.id !== undefined) this.id = options.id
    this.concurrency = options.concurrency ?? 3
    this.cacheTtlMs = options.cacheTtlMs ?? 3_600_000
    const files = Object.values(options.tables ?? {}).map((table) => table.file)
    this.#files = new FileStates(options.database === undefined ? files.filter(isReadLater) : [options.database])
    // Loaded files are what they were at start, so their state then is part of the version for as long as we run.
    this.#loaded = files
      .filter((file) => !isReadLater(file))
      .map(fileState)
      .join(',')
  }

  async open(): Promise<void> {
    const { database, directory, tables, memoryLimit = '1GB', threads = 2 } = this.#options
    const instance = await DuckDBInstance.create(database ?? ':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      memory_limit: memoryLimit,
      threads: String(threads),
      // 1.5.1 to 1.5.6 take united joins of the same tables for the same rows: wrong numbers (duckdb/duckdb#25819).
      disabled_optimizers: 'common_subplan',
      ...(database === undefined ? {} : { access_mode: 'READ_ONLY' }),
    })
    this.#instance = instance
    const connection = await instance.connect()
    try {
      if (tables !== undefined) await registerTables(connection, tables)
      if (directory !== undefined) {
        // Files of the folder are never written again, so what was read of their footers stays true.
        await connection.run('set parquet_metadata_cache = true')
        await connection.run(`set allowed_directories = [${literal(`${directory}/`)}]`)
      }
      await connection.run("set global TimeZone = 'UTC'")
      await connection.run('set enable_external_access = false')
      // Last: nothing after it can be changed, by us or by a statement.
      await connection.run('set lock_configuration = true')
    } catch (error) {
      connection.closeSync()
      instance.closeSync()
      throw error
    }
    this.#open = 1
    this.#idle.push(connection)
  }

  /** Connections to the engine in this process. Whoever finds none idle opens one, so nobody waits. */
  get pool(): PoolLoad {
    return { size: this.#open, idle: this.#idle.length, waiting: 0 }
  }

  async query(statement: Statement, limits: StatementLimits): Promise<RawColumns> {
    return unpackAll(await this.queryPacked(statement, limits))
  }

  queryPacked(statement: Statement, limits: StatementLimits): Promise<PackedColumns> {
    return this.#track(this.#query(statement, limits))
  }

  async #query(statement: Statement, limits: StatementLimits, prefix = ''): Promise<PackedColumns> {
    // Views of a database file are SQL of others, which may read the clock as no kept statement should.
    const isKept = prefix === '' && this.#options.database === undefined && PreparedStatements.mayKeep(statement.sql)
    const lease = await this.#lease(statement, limits, { prefix, isKept })
    try {
      const result = await lease.prepared.run()
      lease.throwIfStopped()
      if (result.rowCount > limits.maxRows) throw tooManyRows(limits.maxRows)
      // The rows are there already; fetching them one chunk at a time would take a turn of the thread pool for each.
      const memory = Array.from({ length: result.columnCount }, () => new ColumnMemory())
      for (let index = 0; index < result.chunkCount; index++) addChunk(memory, result.getChunk(index))
      const columns = memory.map((column) => column.column())
      const enums = enumsAmong(columns.length, (index) => result.columnTypeId(index) === DuckDBTypeId.ENUM)
      return { columns, rowCount: result.rowCount, ...enums }
    } catch (error) {
      throw lease.toFault(error)
    } finally {
      lease.end()
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
    let end: () => void = () => undefined
    void this.#track(
      new Promise<void>((resolve) => {
        end = resolve
      }),
    )
    try {
      const lease = await this.#lease(statement, limits)
      try {
        yield* this.#chunks(lease, limits)
      } catch (error) {
        throw lease.toFault(error)
      } finally {
        lease.end()
      }
    } finally {
      end()
    }
  }

  /**
   * DuckDB hands over 2,048 rows at a time; a streamed result computes the next ones when they are asked for. It is asked before
   * the last ones are worked on, so that it has them ready, and never for more.
   */
  async *#chunks(lease: Lease, { chunkRows = CHUNK_ROWS, maxRows }: StreamLimits): AsyncGenerator<PackedColumns> {
    const result = await lease.prepared.stream()
    lease.throwIfStopped()
    const { columnCount } = result
    /** Memory of chunks that were given back. */
    const free: ColumnMemory[][] = []
    const take = () => free.pop() ?? Array.from({ length: columnCount }, () => new ColumnMemory())
    let memory = take()
    let rowCount = 0
    let total = 0
    let next: ReturnType<typeof result.fetchChunk> | undefined = result.fetchChunk()
    try {
      while (next !== undefined) {
        const asked: typeof next = next
        next = undefined
        const chunk = await asked
        lease.throwIfStopped()
        const isLast = chunk === null || chunk.rowCount === 0
        if (!isLast) {
          next = result.fetchChunk()
          // Its fault is told when its turn comes; until then nobody listens.
          next.catch(() => undefined)
          total += chunk.rowCount
          if (total > maxRows) throw tooManyRows(maxRows)
          addChunk(memory, chunk)
          rowCount += chunk.rowCount
        }
        if (rowCount >= chunkRows || (isLast && rowCount > 0)) {
          const used = memory
          const release = () => {
            for (const column of used) column.reset()
            free.push(used)
          }
          yield { columns: used.map((column) => column.column()), rowCount, release }
          // The reader may have taken long.
          lease.throwIfStopped()
          memory = take()
          rowCount = 0
        }
      }
    } finally {
      // The connection is free for the next statement once DuckDB has let go of this one.
      if (next !== undefined) await lease.abandon(next)
    }
  }

  async explain({ sql, parameters }: Statement, limits: ExplainLimits): Promise<string> {
    const prefix = `explain ${limits.analyze === true ? 'analyze ' : ''}`
    const { columns } = unpackAll(await this.#track(this.#query({ sql, parameters }, limits, prefix)))
    return (columns[1] ?? []).join('\n')
  }

  /**
   * `prefix` makes another statement of a select, of which it explains the plan. With `isKept` the statement stays prepared for
   * the next one of the same text.
   */
  async #lease(
    { sql, parameters, readsCatalog = false }: Statement,
    limits: StatementLimits,
    { prefix = '', isKept = false }: { readonly prefix?: string; readonly isKept?: boolean } = {},
  ): Promise<Lease> {
    if (limits.signal.aborted) throw stoppedError('abort', limits.timeoutMs)
    const connection = await this.#acquire()
    let interrupting: NodeJS.Timeout | undefined
    const deadline = startDeadline(limits, () => {
      connection.interrupt()
      // A statement that starts clears the mark of an interrupt, and it may wait for a thread to start on: ask until it ends.
      interrupting ??= setInterval(() => connection.interrupt(), INTERRUPT_AGAIN_MS)
    })
    let prepared: Prepared | undefined
    let hasFailed = false
    const end = () => {
      deadline.release()
      clearInterval(interrupting)
      if (prepared !== undefined) {
        if (isKept && !hasFailed) this.#prepared.keep(connection, sql, prepared)
        else this.#prepared.drop(connection, sql, prepared)
      }
      this.#release(connection)
    }
    // An interrupt between two steps finds nothing to stop, so the reason is looked at after each.
    const { throwIfStopped } = deadline
    const abandon = async (work: Promise<unknown>) => {
      connection.interrupt()
      interrupting ??= setInterval(() => connection.interrupt(), INTERRUPT_AGAIN_MS)
      await work.catch(() => undefined)
    }
    const toFault = (error: unknown) => {
      hasFailed = true
      return deadline.fault ?? unanswered(this.name, error)
    }
    try {
      const forbidden = readsCatalog ? undefined : await this.#check.findForbidden(connection, sql)
      if (forbidden !== undefined) throw this.#refuse(forbidden)
      throwIfStopped()
      if (isKept) prepared = this.#prepared.find(connection, sql)
      // `prepare` refuses several statements in one text; `run` would execute them all.
      prepared ??= await connection.prepare(prefix + sql)
      if (prepared.statementType !== (prefix === '' ? StatementType.SELECT : StatementType.EXPLAIN)) {
        throw notASelect()
      }
      for (const [index, value] of parameters.entries()) bind(prepared, index + 1, value)
      throwIfStopped()
      return { prepared, throwIfStopped, toFault, abandon, end }
    } catch (error) {
      const fault = toFault(error)
      end()
      throw fault
    }
  }

  /** Callers are not told what the model's SQL calls; its author is, by the log. */
  #refuse(forbidden: string): AnalyticsError {
    return new AnalyticsError('query_failed', `the data source ${this.name} refuses what the SQL of the model calls`, {
      hint: 'the log of the server names it',
      cause: new Error(`the SQL of a model must not use ${forbidden}`),
    })
  }

  /** Closing waits for `work`. */
  #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work)
    const done = () => this.#running.delete(work)
    work.then(done, done)
    return work
  }

  async defineTable(name: string, files: readonly string[], load = false): Promise<void> {
    const list = files.map(literal).join(', ')
    if (load) this.#inMemory.add(name)
    await this.#define(
      `create or replace ${load ? 'table' : 'view'} ${identifier(name)} as select * from read_parquet([${list}], union_by_name = true)`,
    )
  }

  async dropTable(name: string): Promise<void> {
    const kind = this.#inMemory.delete(name) ? 'table' : 'view'
    await this.#define(`drop ${kind} if exists ${identifier(name)}`)
  }

  async #define(statement: string): Promise<void> {
    const connection = await this.#acquire()
    try {
      await this.#track(connection.run(statement))
    } catch (error) {
      throw new AnalyticsError('query_failed', `the data source ${this.name} cannot read a table`, {
        cause: new DriverFault(error),
      })
    } finally {
      this.#release(connection)
    }
  }

  dataVersion(): string {
    return `${this.#loaded};${this.#files.current}`
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await Promise.allSettled(this.#running)
    for (const connection of this.#idle.splice(0)) this.#disconnect(connection)
    this.#instance?.closeSync()
  }

  async #acquire(): Promise<DuckDBConnection> {
    if (this.#closed || this.#instance === undefined) {
      throw new AnalyticsError('query_failed', `the data source ${this.name} is closed`)
    }
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    const connection = await this.#instance.connect()
    this.#open++
    return connection
  }

  #release(connection: DuckDBConnection): void {
    if (this.#closed || this.#idle.length >= this.concurrency) {
      this.#open--
      this.#disconnect(connection)
    } else this.#idle.push(connection)
  }

  #disconnect(connection: DuckDBConnection): void {
    this.#prepared.dropAll(connection)
    connection.closeSync()
  }
}

/** Numbers are bound as DOUBLE or BIGINT, never INTEGER: an INTEGER parameter overflows in `$1 * 3600`. */
function bind(prepared: Prepared, index: number, value: unknown): void {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) prepared.bindBigInt(index, BigInt(value))
    else prepared.bindDouble(index, value)
  } else prepared.bindValue(index, (value ?? null) as DuckDBValue)
}
