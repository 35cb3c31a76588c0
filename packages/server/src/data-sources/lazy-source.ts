import { AnalyticsError, type StatementLimits as QueueLimits } from '@datainsight/core'
import type { DataSource, PoolLoad, RawColumns, Statement, StatementLimits, StreamLimits } from './data-source.ts'
import { DRIVER_DEFAULTS, type SourceSettings } from './open-source.ts'
import type { PackedColumns } from './packed-column.ts'
import type { StoredSource } from './repository.ts'
import { hashTarget, type SourcePlace, type SourceWriter } from './source-place.ts'

/** Makes the driver of a source. */
export type OpenDriver = (settings: Required<SourceSettings>) => Promise<DataSource>

/** A stored source that opens its driver when it is first asked, and again after a rest. */
export class LazySource implements DataSource {
  readonly row: StoredSource
  readonly name: string
  readonly id: string
  readonly organizationId: string
  readonly dialect: DataSource['dialect']
  readonly concurrency: number
  readonly cacheTtlMs: number
  readonly limits: QueueLimits
  readonly place: SourcePlace
  readonly #openDriver: OpenDriver
  /** Part of each data version: another organization's source of this name, or this one before a change, shares no answer. */
  readonly #identity: string
  #driver: Promise<DataSource> | undefined
  #opened: DataSource | undefined
  #running = 0
  #idle: Promise<void> = Promise.resolve()
  #becomeIdle: () => void = () => undefined
  #usedAtMs = performance.now()
  #isClosed = false

  constructor(row: StoredSource, openDriver: OpenDriver, openWriter: () => Promise<SourceWriter>) {
    this.row = row
    this.name = row.name
    this.id = row.id
    this.organizationId = row.organization_id
    const defaults = DRIVER_DEFAULTS[row.type]
    this.dialect = defaults.dialect
    this.concurrency = row.concurrency ?? defaults.concurrency
    this.cacheTtlMs = row.cache_ttl_seconds === null ? defaults.cacheTtlMs : row.cache_ttl_seconds * 1_000
    this.limits = row.limits ?? {}
    this.#openDriver = openDriver
    this.place = {
      target: hashTarget(row.type, row.connection),
      rollups: row.rollups === null ? undefined : { schema: row.rollups.schema, openWriter },
    }
    this.#identity = `${row.id}@${row.version}`
  }

  get pool(): PoolLoad | undefined {
    return this.#opened?.pool
  }

  get isOpen(): boolean {
    return this.#driver !== undefined
  }

  /** Whether no statement runs. */
  get isIdle(): boolean {
    return this.#running === 0
  }

  /** `performance.now()` of the last use. */
  get usedAtMs(): number {
    return this.#usedAtMs
  }

  async query(statement: Statement, limits: StatementLimits): Promise<RawColumns> {
    return this.#use((driver) => driver.query(statement, limits))
  }

  async queryPacked(statement: Statement, limits: StatementLimits): Promise<PackedColumns> {
    return this.#use((driver) => driver.queryPacked?.(statement, limits) ?? driver.query(statement, limits))
  }

  stream(statement: Statement, limits: StreamLimits): AsyncGenerator<RawColumns> {
    return this.#chunks(statement, limits, (driver) => driver.stream?.(statement, limits))
  }

  streamPacked(statement: Statement, limits: StreamLimits): AsyncGenerator<PackedColumns> {
    return this.#chunks(
      statement,
      limits,
      (driver) => driver.streamPacked?.(statement, limits) ?? driver.stream?.(statement, limits),
    )
  }

  async *#chunks<T>(
    statement: Statement,
    limits: StreamLimits,
    open: (driver: DataSource) => AsyncIterable<T> | undefined,
  ): AsyncGenerator<T | RawColumns> {
    this.#enter()
    try {
      const driver = await this.#getDriver()
      const chunks = open(driver)
      if (chunks !== undefined) yield* chunks
      else {
        const result = await driver.query(statement, limits)
        if (result.rowCount > 0) yield result
      }
    } finally {
      this.#leave()
    }
  }

  async explain(statement: Statement, limits: StatementLimits): Promise<string> {
    return this.#use(async (driver) => {
      if (driver.explain !== undefined) return driver.explain(statement, limits)
      throw new AnalyticsError('query_failed', `the data source ${this.name} cannot explain statements`)
    })
  }

  dataVersion(tables: readonly string[]): string {
    // A file that is not open has no state yet; opening it changes the version once.
    return `${this.#identity};${this.#opened?.dataVersion(tables) ?? ''}`
  }

  /** Closes the driver until the next statement. Call it when idle. */
  async rest(): Promise<void> {
    const driver = this.#driver
    this.#driver = undefined
    this.#opened = undefined
    await (await driver?.catch(() => undefined))?.close()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#idle
    await this.rest()
  }

  async #use<T>(work: (driver: DataSource) => Promise<T>): Promise<T> {
    this.#enter()
    try {
      return await work(await this.#getDriver())
    } finally {
      this.#leave()
    }
  }

  #enter(): void {
    if (this.#isClosed) throw new AnalyticsError('query_failed', `the data source ${this.name} was changed or removed`)
    this.#usedAtMs = performance.now()
    if (this.#running++ > 0) return
    this.#idle = new Promise((resolve) => {
      this.#becomeIdle = resolve
    })
  }

  #leave(): void {
    this.#usedAtMs = performance.now()
    if (--this.#running === 0) this.#becomeIdle()
  }

  async #getDriver(): Promise<DataSource> {
    const { name, id, concurrency, cacheTtlMs } = this
    this.#driver ??= this.#openDriver({ name, id, concurrency, cacheTtlMs })
    const driver = this.#driver
    try {
      this.#opened = await driver
      return this.#opened
    } catch (error) {
      // The next one tries again.
      if (this.#driver === driver) this.#driver = undefined
      throw error
    }
  }
}
