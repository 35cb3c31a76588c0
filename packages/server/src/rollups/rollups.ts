import { AnalyticsError } from '@datainsight/core'
import {
  type DialectName,
  type FindRollup,
  findRollupAmong,
  type ReadyRollup,
  type UnreadyRollup,
} from '@datainsight/core/compile'
import type { Model } from '@datainsight/core/model'
import type { DataSource } from '../data-sources/data-source.ts'
import type { Database } from '../database/schema.ts'
import { type BuildOutcome, buildRollup, folderOf, readRefreshValue } from './build-rollup.ts'
import { defineRollups, type RollupDefinition } from './define-rollups.ts'
import { heldTimes } from './held-times.ts'
import type { ParquetStore } from './parquet-store.ts'
import { forgetPastBuilds, mayTry, readBuilds } from './repository.ts'
import type { RollupBuild } from './rollup-build.ts'

/** The data source that rollups are read from. No model and no caller can name it: names have no `$`. */
export const ROLLUP_SOURCE = '$rollups'
/** How often each node looks for builds of others, milliseconds. */
export const ROLLUP_POLL_MS = 2_000
/** How often a rollup whose refresh key says nothing is built anew, milliseconds. */
const EVERY_MS = 3_600_000
/** How often the SQL of a refresh key is asked when it does not say, milliseconds. */
const ASK_EVERY_MS = 60_000
/** How long a build that was replaced stays, for statements that still read it, milliseconds. */
const GRACE_MS = 600_000

/** Largest build kept in memory, and all of them together, as bytes of Parquet. In memory they take a multiple. */
const MAX_LOADED_BYTES = 8 * 1_048_576
const ALL_LOADED_BYTES = 64 * 1_048_576

/** What reads stored rollups: tables come and go. */
export interface RollupReader extends DataSource {
  defineTable(name: string, files: readonly string[], load?: boolean): Promise<void>
  dropTable(name: string): Promise<void>
}

export interface RollupsOptions {
  readonly db: Database
  readonly store: ParquetStore
  readonly reader: RollupReader
  readonly model: (organizationId: string) => Model
  readonly sourceOf: (organizationId: string, name: string) => DataSource | undefined
  /** Zone whose wall clock buckets follow. */
  readonly timezone: string
  /** Longest run of one statement, milliseconds. */
  readonly timeoutMs: number
  /** How often is looked for rollups to build, milliseconds; 0: this node builds only what it is asked to. */
  readonly intervalMs: number
  readonly graceMs?: number
  readonly now?: () => Date
  readonly onError: (error: unknown, what: string) => void
}

/** What the rollups of a model can answer now. `epoch` changes when that does. */
export interface RollupView {
  readonly epoch: string
  readonly find: FindRollup
}

/** A rollup and how it stands. */
export interface RollupStatus {
  readonly definition: RollupDefinition
  /** The build that is read. */
  readonly ready: RollupBuild | undefined
  /** The newest, whatever became of it. */
  readonly last: RollupBuild | undefined
}

/** The rollups of all organizations: what can be read, and the loop that builds them. */
export class Rollups {
  readonly #options: RollupsOptions
  readonly #views = new WeakMap<Model, Map<string, { readonly builds: string; readonly view: RollupView }>>()
  readonly #definitions = new WeakMap<Model, Map<string, readonly RollupDefinition[]>>()
  /** Tables that the reader has, by build. */
  readonly #tables = new Map<string, RollupBuild>()
  /** Ids of the builds that are read, by organization: part of the keys of plans. */
  #ready = new Map<string, { readonly key: string; readonly builds: ReadonlyMap<string, RollupBuild> }>()
  readonly #stop = new AbortController()
  readonly #running = new Set<Promise<unknown>>()
  #refreshing: Promise<void> | undefined
  #poll: NodeJS.Timeout | undefined
  #loop: NodeJS.Timeout | undefined

  constructor(options: RollupsOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    await this.refresh()
    this.#schedulePoll()
    if (this.#options.intervalMs > 0) this.#scheduleLoop()
  }

  /** Stops building, and waits for what is under way. */
  async close(): Promise<void> {
    clearTimeout(this.#poll)
    clearTimeout(this.#loop)
    this.#stop.abort()
    await Promise.allSettled([...this.#running, this.#refreshing])
  }

  /** What can answer queries of an organization; `undefined` when its model has no rollups. */
  view(organizationId: string, model: Model): RollupView | undefined {
    const definitions = this.define(organizationId, model)
    if (definitions.length === 0) return undefined
    const ready = this.#ready.get(organizationId)
    const builds = ready?.key ?? ''
    const views = this.#views.get(model) ?? new Map<string, { builds: string; view: RollupView }>()
    this.#views.set(model, views)
    const known = views.get(organizationId)
    if (known?.builds === builds) return known.view
    const offers = definitions.map((definition): ReadyRollup | UnreadyRollup => {
      const { name, cube, shape, problems, hash } = definition
      if (shape === undefined) return { cube, reason: problems.join('; ') }
      const build = ready?.builds.get(name)
      if (build === undefined || build.hash !== hash) return { cube, reason: `${name}: it is not built yet` }
      const { dimensions, measures } = shape
      const times = shape.times.map((time, at) => ({ ...time, holds: heldTimes(build.parts, at) }))
      const identifiers = [tableOf(build)]
      return {
        cube,
        rows: build.rows,
        table: { name, dataSource: ROLLUP_SOURCE, identifiers, dimensions, times, measures },
      }
    })
    const view = { epoch: `${organizationId} ${builds}`, find: findRollupAmong(offers) }
    views.set(organizationId, { builds, view })
    return view
  }

  /** The rollups that a model defines for an organization. */
  define(organizationId: string, model: Model): readonly RollupDefinition[] {
    const byOrganization = this.#definitions.get(model) ?? new Map<string, readonly RollupDefinition[]>()
    this.#definitions.set(model, byOrganization)
    const dialect = (name: string): DialectName | undefined => this.#options.sourceOf(organizationId, name)?.dialect
    const known = byOrganization.get(organizationId)
    // Sources come, go and are replaced while a model stays.
    if (known?.every((definition) => definition.dialect === dialect(definition.source)) === true) return known
    const made = defineRollups(model, this.#options.timezone, dialect)
    byOrganization.set(organizationId, made)
    this.#views.get(model)?.delete(organizationId)
    return made
  }

  async status(organizationId: string): Promise<readonly RollupStatus[]> {
    const definitions = this.define(organizationId, this.#options.model(organizationId))
    const builds = await readBuilds(this.#options.db, ['building', 'ready', 'failed'], organizationId)
    return definitions.map((definition) => {
      const own = builds.filter((build) => build.name === definition.name)
      return {
        definition,
        ready: own.find(({ state, hash }) => state === 'ready' && hash === definition.hash),
        last: own[0],
      }
    })
  }

  /**
   * Starts a build now, whatever the refresh key says.
   * @throws AnalyticsError `not_found` for an unknown rollup, `unsupported` for one that cannot be built.
   */
  startBuild(organizationId: string, name: string): Promise<BuildOutcome> {
    const definition = this.define(organizationId, this.#options.model(organizationId)).find((one) => one.name === name)
    if (definition === undefined) throw new AnalyticsError('not_found', `unknown rollup: ${name}`)
    if (definition.shape === undefined) throw new AnalyticsError('unsupported', definition.problems.join('; '))
    return this.#track(this.#build(organizationId, definition))
  }

  /** Builds what is due, one after the other. */
  async buildDue(): Promise<void> {
    const organizations = await this.#options.db.selectFrom('organizations').select('id').execute()
    for (const { id } of organizations) {
      const due = this.define(id, this.#options.model(id)).filter(({ shape }) => shape?.refresh.isScheduled === true)
      for (const definition of due) {
        if (this.#stop.signal.aborted) return
        try {
          if (await this.#isDue(id, definition)) await this.#build(id, definition)
        } catch (error) {
          this.#options.onError(error, `the rollup ${definition.name} could not be looked at`)
        }
      }
    }
    await this.#clean()
  }

  /** Reads what was built, by this node or others. */
  async refresh(): Promise<void> {
    while (this.#refreshing !== undefined) await this.#refreshing.catch(() => undefined)
    this.#refreshing = this.#read()
    try {
      await this.#refreshing
    } finally {
      this.#refreshing = undefined
    }
  }

  async #read(): Promise<void> {
    const { db, store, reader } = this.#options
    const kept = await readBuilds(db, ['ready', 'retired'])
    const ready = new Map<string, Map<string, RollupBuild>>()
    for (const build of kept.filter(({ state }) => state === 'ready')) {
      if (!this.#tables.has(build.id)) {
        // Files of another node's disk are not there: this node reads rows.
        if (!build.parts.every(({ file }) => store.has(file))) continue
        await reader.defineTable(
          tableOf(build),
          build.parts.map(({ file }) => store.pathOf(file)),
          this.#hasRoom(build),
        )
        this.#tables.set(build.id, build)
      }
      const own = ready.get(build.organizationId) ?? new Map<string, RollupBuild>()
      if (!own.has(build.name)) own.set(build.name, build)
      ready.set(build.organizationId, own)
    }
    this.#ready = new Map(
      [...ready].map(([organizationId, builds]) => [
        organizationId,
        { key: [...builds.values()].map(({ id }) => id).join(' '), builds },
      ]),
    )
    const ids = new Set(kept.map(({ id }) => id))
    for (const [id, build] of this.#tables) {
      if (ids.has(id)) continue
      this.#tables.delete(id)
      await reader.dropTable(tableOf(build))
    }
  }

  /** Whether a build is kept in memory: a small one is read several times as fast. */
  #hasRoom({ bytes }: RollupBuild): boolean {
    const all = [...this.#tables.values()].filter((other) => other.bytes <= MAX_LOADED_BYTES)
    const loaded = all.reduce((sum, other) => sum + other.bytes, 0)
    return bytes <= MAX_LOADED_BYTES && loaded + bytes <= ALL_LOADED_BYTES
  }

  async #isDue(organizationId: string, definition: RollupDefinition): Promise<boolean> {
    const { db } = this.#options
    const build = this.#ready.get(organizationId)?.builds.get(definition.name)
    const refresh = definition.shape?.refresh
    if (!(await mayTry(db, { organizationId, name: definition.name }))) return false
    if (build === undefined || build.hash !== definition.hash) return true
    const age = this.#now().getTime() - (build.endedAt?.getTime() ?? 0)
    if (age < (refresh?.everyMs ?? (refresh?.sql === undefined ? EVERY_MS : ASK_EVERY_MS))) return false
    if (refresh?.sql === undefined) return true
    const source = this.#options.sourceOf(organizationId, definition.source)
    if (source === undefined) return false
    const value = await readRefreshValue(
      { definition, source },
      { signal: this.#stop.signal, timeoutMs: this.#options.timeoutMs },
    )
    return value !== build.refreshValue
  }

  async #build(organizationId: string, definition: RollupDefinition): Promise<BuildOutcome> {
    const { db, store, timeoutMs, sourceOf } = this.#options
    const source = sourceOf(organizationId, definition.source)
    if (source === undefined) throw new AnalyticsError('query_failed', `unknown data source: ${definition.source}`)
    const before = this.#ready.get(organizationId)?.builds.get(definition.name)
    const outcome = await buildRollup(
      { db, store, timeoutMs, now: () => this.#now() },
      {
        organizationId,
        definition,
        source,
        previous: before?.hash === definition.hash ? before : undefined,
        signal: this.#stop.signal,
      },
    )
    if (outcome === 'built') await this.refresh()
    return outcome
  }

  async #clean(): Promise<void> {
    const { db, store, graceMs = GRACE_MS } = this.#options
    await forgetPastBuilds(db, graceMs)
    const kept = await readBuilds(db, ['ready', 'retired', 'building'])
    const files = new Set(kept.flatMap(({ parts }) => parts.map(({ file }) => file)))
    const open = kept.filter(({ state }) => state === 'building').map(folderOf)
    store.removeBut((file) => files.has(file) || open.some((folder) => file.startsWith(folder)), Date.now() - graceMs)
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date()
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work)
    const done = () => this.#running.delete(work)
    work.then(done, done)
    return work
  }

  #schedulePoll(): void {
    this.#poll = setTimeout(async () => {
      await this.refresh().catch((error) => this.#options.onError(error, 'rollups could not be read'))
      if (!this.#stop.signal.aborted) this.#schedulePoll()
    }, ROLLUP_POLL_MS)
    this.#poll.unref()
  }

  #scheduleLoop(): void {
    this.#loop = setTimeout(async () => {
      await this.#track(this.buildDue()).catch((error) =>
        this.#options.onError(error, 'rollups could not be looked after'),
      )
      if (!this.#stop.signal.aborted) this.#scheduleLoop()
    }, this.#options.intervalMs)
    this.#loop.unref()
  }
}

function tableOf({ id }: RollupBuild): string {
  return `b_${id.replaceAll('-', '')}`
}
