import { AnalyticsError, type DataSourceTarget } from '@datainsight/core'
import type { Database } from '../database/schema.ts'
import { FreshRead } from '../fresh-read.ts'
import { repeat } from '../repeat.ts'
import type { DataSource, DataSourceDirectory, PoolLoad } from './data-source.ts'
import type { KeyRing } from './key-ring.ts'
import { LazySource } from './lazy-source.ts'
import { openSource, type SourceEnvironment } from './open-source.ts'
import { openWriter } from './open-writer.ts'
import { readAllSources, readCredentials, readRevision, type StoredSource } from './repository.ts'
import type { SourcePlace } from './source-place.ts'

/** How often each node looks for changes. A change is effective everywhere within this plus one read: well under 5 s. */
export const SOURCE_POLL_MS = 2_000

export interface SourceRegistryOptions {
  readonly db: Database
  readonly keys: KeyRing
  /** Sources of the configuration, which serve every organization. Closed by whoever opened them. */
  readonly shared: ReadonlyMap<string, DataSource> & { readonly places: ReadonlyMap<string, SourcePlace> }
  readonly environment: SourceEnvironment
  readonly onError: (error: unknown) => void
  /** Stored sources that may be open at the same time; 100 when absent. */
  readonly maxOpen?: number
  /** An open source that nobody asked for this long is closed, milliseconds; 600,000 when absent. */
  readonly idleMs?: number
}

/**
 * The data sources of all organizations, by heart: their names cost a map lookup, their connections are made when first needed
 * and closed when idle. Credentials are read and opened for a connection and not kept.
 */
export class SourceRegistry implements DataSourceDirectory {
  readonly #options: SourceRegistryOptions
  readonly #maxOpen: number
  readonly #idleMs: number
  /** By organization, then by name. */
  #stored: ReadonlyMap<string, ReadonlyMap<string, LazySource>> = new Map()
  #byId = new Map<string, LazySource>()
  #revision: string | undefined
  readonly #reading = new FreshRead(() => this.#read())
  #stopReading: () => void = () => undefined
  readonly #closing = new Set<Promise<void>>()

  constructor(options: SourceRegistryOptions) {
    this.#options = options
    this.#maxOpen = options.maxOpen ?? 100
    this.#idleMs = options.idleMs ?? 600_000
  }

  /** Reads everything, then keeps reading what changes. */
  async start(): Promise<void> {
    await this.refresh()
    const turn = async () => {
      await this.refresh()
      this.#closeIdle()
    }
    this.#stopReading = repeat(turn, SOURCE_POLL_MS, this.#options.onError)
  }

  get(organizationId: string, name: string): DataSource | undefined {
    return this.#options.shared.get(name) ?? this.#stored.get(organizationId)?.get(name)
  }

  /** Where the source of this name is; `undefined` when there is none. */
  place(organizationId: string, name: string): SourcePlace | undefined {
    return this.#options.shared.places.get(name) ?? this.#stored.get(organizationId)?.get(name)?.place
  }

  /** Where all sources are. */
  places(): SourcePlace[] {
    return [...this.#options.shared.places.values(), ...[...this.#byId.values()].map(({ place }) => place)]
  }

  /** The source with this id, if it is the organization's. */
  getById(organizationId: string, id: string): DataSource | undefined {
    const source = this.#byId.get(id)
    return source?.organizationId === organizationId ? source : undefined
  }

  /** Figures for metrics. */
  get load(): { readonly known: number; readonly open: number } {
    const sources = [...this.#byId.values()]
    return { known: sources.length, open: sources.filter((source) => source.isOpen).length }
  }

  /** Connections open now, by name of the source: those of all organizations' sources of that name together. */
  get pools(): Readonly<Record<string, PoolLoad>> {
    const pools: Record<string, PoolLoad> = {}
    for (const { name, pool } of [...this.#options.shared.values(), ...this.#byId.values()]) {
      if (pool === undefined) continue
      const { size, idle, waiting } = pools[name] ?? { size: 0, idle: 0, waiting: 0 }
      pools[name] = { size: size + pool.size, idle: idle + pool.idle, waiting: waiting + pool.waiting }
    }
    return pools
  }

  /** Reads what changed now; call after writing on this node, so that the caller sees the effect at once. */
  refresh(): Promise<void> {
    return this.#reading.run()
  }

  /** Stops reading and closes every stored source after its running statements. */
  async close(): Promise<void> {
    this.#stopReading()
    await this.#reading.settled()
    for (const source of this.#byId.values()) this.#discard(source)
    await Promise.all(this.#closing)
  }

  async #read(): Promise<void> {
    const { db } = this.#options
    // Before the rows: what changes in between is seen by the next read.
    const revision = await readRevision(db)
    if (revision === this.#revision) return
    const byId = new Map<string, LazySource>()
    const stored = new Map<string, Map<string, LazySource>>()
    for (const row of await readAllSources(db)) {
      const known = this.#byId.get(row.id)
      const source = known?.row.version === row.version ? known : this.#makeSource(row)
      byId.set(row.id, source)
      const ofOrganization = stored.get(row.organization_id) ?? new Map<string, LazySource>()
      ofOrganization.set(row.name, source)
      stored.set(row.organization_id, ofOrganization)
    }
    const gone = [...this.#byId.values()].filter((source) => byId.get(source.id) !== source)
    this.#byId = byId
    this.#stored = stored
    this.#revision = revision
    for (const source of gone) this.#discard(source)
  }

  #makeSource(row: StoredSource): LazySource {
    const { environment } = this.#options
    return new LazySource(
      row,
      async (settings) => {
        await this.#makeRoom()
        const { target } = await this.#readTarget(row)
        return openSource(target, settings, environment)
      },
      async () => {
        const { target, rollupsUrl: url } = await this.#readTarget(row)
        const rollups = { schema: row.rollups!.schema, ...(url !== undefined && { url }) }
        return openWriter(row.name, target, rollups, environment)
      },
    )
  }

  async #readTarget(row: StoredSource): Promise<{ readonly target: DataSourceTarget; readonly rollupsUrl?: string }> {
    const { db, keys } = this.#options
    const sealed = await readCredentials(db, keys, row)
    if (sealed === undefined) {
      throw new AnalyticsError('query_failed', `the data source ${row.name} was changed just now`, {
        hint: 'ask again',
      })
    }
    const { rollupsUrl, ...credentials } = sealed
    // Stored only after it was checked against the schema of its type.
    const target = { type: row.type, connection: row.connection, credentials } as unknown as DataSourceTarget
    return { target, ...(typeof rollupsUrl === 'string' && { rollupsUrl }) }
  }

  /** @throws AnalyticsError `overloaded` when every open source has a running statement. */
  async #makeRoom(): Promise<void> {
    const open = [...this.#byId.values()].filter((source) => source.isOpen)
    if (open.length <= this.#maxOpen) return
    const oldest = open.filter((source) => source.isIdle).sort((a, b) => a.usedAtMs - b.usedAtMs)[0]
    if (oldest === undefined) {
      throw new AnalyticsError('overloaded', `all ${this.#maxOpen} data sources that may be open are busy`, {
        retryAfterSeconds: 1,
      })
    }
    await oldest.rest()
  }

  #closeIdle(): void {
    const before = performance.now() - this.#idleMs
    for (const source of this.#byId.values()) {
      if (source.isOpen && source.isIdle && source.usedAtMs < before) this.#track(source.rest())
    }
  }

  #discard(source: LazySource): void {
    this.#track(source.close())
  }

  #track(work: Promise<void>): void {
    const done = work.catch(this.#options.onError).finally(() => this.#closing.delete(done))
    this.#closing.add(done)
  }
}
