import { createHash } from 'node:crypto'
import { AnalyticsError } from '@datainsight/core'
import {
  coarserTable,
  type FindRollup,
  findRollupAmong,
  type ReadyRollup,
  type UnreadyRollup,
} from '@datainsight/core/compile'
import type { Model } from '@datainsight/core/model'
import type { DataSource } from '../data-sources/data-source.ts'
import type { SourcePlace } from '../data-sources/source-place.ts'
import type { Database } from '../database/schema.ts'
import { FreshRead } from '../fresh-read.ts'
import { repeat } from '../repeat.ts'
import { coveredBy } from './build-range.ts'
import { buildRollup, readRefreshValue, type StartedBuild } from './build-rollup.ts'
import { defineRollups, type RollupDefinition, type RollupPlace } from './define-rollups.ts'
import { heldTimes } from './held-times.ts'
import { ELSEWHERE, type ParquetStore } from './parquet-store.ts'
import { isRefreshDue } from './refresh-due.ts'
import { forgetPastBuilds, mayTry, noteLost, readAbandoned, readBuilds, retireUnnamed } from './repository.ts'
import type { RollupBuild } from './rollup-build.ts'
import type { RollupStore } from './rollup-store.ts'
import { TableStore } from './table-store.ts'

/** How often each node looks for builds of others, milliseconds. */
export const ROLLUP_POLL_MS = 2_000
/** How long a build that was replaced stays, for statements that still read it, milliseconds. */
const GRACE_MS = 600_000

export interface RollupsOptions {
  readonly db: Database
  /** Where rollups are kept whose data source has no schema for them. */
  readonly files: ParquetStore
  readonly model: (organizationId: string) => Model
  readonly sourceOf: (organizationId: string, name: string) => DataSource | undefined
  /** Where an organization's data source of a name is. Cheap. */
  readonly placeOf: (organizationId: string, name: string) => SourcePlace | undefined
  /** Where all data sources of all organizations are. */
  readonly places: () => Iterable<SourcePlace>
  /** Zones whose wall clocks buckets follow; at least one. */
  readonly timezones: readonly string[]
  /** Longest run of one statement, milliseconds. */
  readonly timeoutMs: number
  /** How often is looked for rollups to build, milliseconds; 0: this node builds only what it is asked to. */
  readonly intervalMs: number
  readonly graceMs?: number
  /** How long a build may go on without a sign of life before another node takes it over, milliseconds; 30,000 when absent. */
  readonly leaseMs?: number
  readonly now?: () => Date
  readonly onError: (error: unknown, what: string) => void
  /** Hears of what an operator should know, once each. */
  readonly onNotice?: (what: string) => void
}

/** A build that is read, or why this node does not read it. */
interface KnownBuild {
  readonly build: RollupBuild
  readonly problem: string | undefined
}

/** What the rollups of a model can answer now. `epoch` changes when that does. */
export interface RollupView {
  readonly epoch: string
  readonly find: FindRollup
}

/** A rollup and how it stands. */
export interface RollupStatus {
  readonly definition: RollupDefinition
  /** The build to read. */
  readonly ready: RollupBuild | undefined
  /** Whether this node reads it. */
  readonly isRead: boolean
  /** Why it cannot. */
  readonly problem: string | undefined
  /** The newest, whatever became of it. */
  readonly last: RollupBuild | undefined
}

/** The rollups of all organizations: what can be read, and the loop that builds them. */
export class Rollups {
  readonly #options: RollupsOptions
  readonly #views = new WeakMap<Model, Map<string, { readonly builds: string; readonly view: RollupView }>>()
  readonly #definitions = new WeakMap<Model, Map<string, readonly RollupDefinition[]>>()
  readonly #tableStores = new WeakMap<SourcePlace, TableStore>()
  /** By organization. `key` differs when what is read does: part of the keys of plans. */
  #ready = new Map<string, { readonly key: string; readonly builds: ReadonlyMap<string, KnownBuild> }>()
  readonly #stop = new AbortController()
  readonly #running = new Set<Promise<unknown>>()
  readonly #reading = new FreshRead(() => this.#read())
  readonly #stopLoops: (() => void)[] = []
  #isTakingOver = false
  #hasNoticed = false
  #sweptAtMs = Number.NEGATIVE_INFINITY

  constructor(options: RollupsOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    await this.refresh()
    const { intervalMs, onError } = this.#options
    const look = () => this.refresh().finally(() => this.#lookAfterOthers())
    this.#stopLoops.push(repeat(look, ROLLUP_POLL_MS, (error) => onError(error, 'rollups could not be read')))
    if (intervalMs === 0) return
    const build = () => this.#track(this.buildDue())
    this.#stopLoops.push(repeat(build, intervalMs, (error) => onError(error, 'rollups could not be looked after')))
  }

  /** Stops building, and waits for what is under way. */
  async close(): Promise<void> {
    for (const stop of this.#stopLoops) stop()
    this.#stop.abort()
    await Promise.allSettled([...this.#running, this.#reading.settled()])
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
      const known = ready?.builds.get(name)
      if (known === undefined || known.build.hash !== hash) return { cube, reason: `${name}: it is not built yet` }
      if (known.problem !== undefined) return { cube, reason: `${name}: ${known.problem}` }
      const { dimensions, segments, joins, measures } = shape
      const covers = coveredBy(known.build.parts, shape)
      const times = shape.times.map((time, at) => ({ ...time, holds: heldTimes(known.build.parts, at) }))
      const { levels, ...at } = this.#storeOf(organizationId, definition).tablesOf(known.build, definition.source)
      const table = { name, ...at, dimensions, segments, joins, times, measures, covers }
      const coarser = known.build.levels.map((level, index) =>
        coarserTable(table, shape.columns, level.columns, levels[index]!),
      )
      return { cube, rows: known.build.rows, table: { ...table, coarser } }
    })
    // Two definitions of one name may have been built of different databases.
    const hashes = createHash('sha256').update(definitions.map(({ hash }) => hash).join(' '))
    const view = { epoch: `${organizationId} ${builds} ${hashes.digest('base64url')}`, find: findRollupAmong(offers) }
    views.set(organizationId, { builds, view })
    return view
  }

  /** The rollups that a model defines for an organization. */
  define(organizationId: string, model: Model): readonly RollupDefinition[] {
    const byOrganization = this.#definitions.get(model) ?? new Map<string, readonly RollupDefinition[]>()
    this.#definitions.set(model, byOrganization)
    const known = byOrganization.get(organizationId)
    // Sources come, go and are replaced while a model stays.
    if (known?.every((definition) => this.#isAtPlace(organizationId, definition)) === true) return known
    const made = defineRollups(model, this.#options.timezones, (name) => this.#placeOf(organizationId, name))
    byOrganization.set(organizationId, made)
    this.#views.get(model)?.delete(organizationId)
    return made
  }

  async status(organizationId: string): Promise<readonly RollupStatus[]> {
    const definitions = this.define(organizationId, this.#options.model(organizationId))
    const builds = await readBuilds(this.#options.db, ['building', 'ready', 'failed'], organizationId)
    return definitions.map((definition) => {
      const own = builds.filter((build) => build.name === definition.name)
      const known = this.#ready.get(organizationId)?.builds.get(definition.name)
      const isKnown = known !== undefined && known.build.hash === definition.hash
      return {
        definition,
        ready: own.find(({ state, hash }) => state === 'ready' && hash === definition.hash),
        isRead: isKnown && known.problem === undefined,
        problem: isKnown ? known.problem : undefined,
        last: own[0],
      }
    })
  }

  /**
   * Starts a build now, whatever the refresh key says. Resolves when it has begun.
   * @throws AnalyticsError `not_found` for an unknown rollup, `unsupported` for one that cannot be built, `conflict` for one that is
   * being built, by this node or another.
   */
  async startBuild(organizationId: string, name: string): Promise<StartedBuild> {
    const definition = this.define(organizationId, this.#options.model(organizationId)).find((one) => one.name === name)
    if (definition === undefined) throw new AnalyticsError('not_found', `unknown rollup: ${name}`)
    if (definition.shape === undefined) throw new AnalyticsError('unsupported', definition.problems.join('; '))
    const started = await this.#build(organizationId, definition)
    if (started !== undefined) return started
    throw new AnalyticsError('conflict', `${name} is being built now`, {
      hint: 'GET /rollups says when it is ready',
    })
  }

  /** Builds what is due, one after the other. */
  async buildDue(): Promise<void> {
    const organizations = await this.#options.db.selectFrom('organizations').select('id').execute()
    for (const { id } of organizations) {
      const definitions = this.define(id, this.#options.model(id))
      for (const definition of definitions.filter(({ shape }) => shape?.refresh.isScheduled === true)) {
        if (this.#stop.signal.aborted) return
        try {
          if (await this.#isDue(id, definition)) await (await this.#build(id, definition))?.done
        } catch (error) {
          this.#options.onError(error, `the rollup ${definition.name} could not be looked at`)
        }
      }
      const names = new Set(definitions.map(({ name }) => name))
      const unnamed = [...(this.#ready.get(id)?.builds.keys() ?? [])].filter((name) => !names.has(name))
      await retireUnnamed(this.#options.db, id, unnamed, this.#graceMs)
    }
    await this.#clean()
  }

  /** Goes on with what other nodes began and left. */
  async takeOver(): Promise<void> {
    for (const { organizationId, name } of await readAbandoned(this.#options.db)) {
      const model = this.#options.model(organizationId)
      const definition = this.define(organizationId, model).find((one) => one.name === name)
      if (definition?.shape === undefined || this.#stop.signal.aborted) continue
      await (await this.#build(organizationId, definition))?.done
    }
  }

  /** Reads what was built, by this node or others. */
  refresh(): Promise<void> {
    return this.#reading.run()
  }

  async #read(): Promise<void> {
    const { db, files, onNotice } = this.#options
    const kept = await readBuilds(db, ['ready', 'retired'])
    const problems = await files.sync(kept)
    const ready = new Map<string, Map<string, KnownBuild>>()
    for (const build of kept.filter(({ state }) => state === 'ready')) {
      const own = ready.get(build.organizationId) ?? new Map<string, KnownBuild>()
      if (!own.has(build.name)) own.set(build.name, { build, problem: problems.get(build.id) })
      ready.set(build.organizationId, own)
    }
    this.#ready = new Map(
      [...ready].map(([organizationId, builds]) => [
        organizationId,
        { key: [...builds.values()].map(({ build, problem }) => build.id + (problem ?? '')).join(' '), builds },
      ]),
    )
    if (this.#hasNoticed || ![...problems.values()].includes(ELSEWHERE)) return
    this.#hasNoticed = true
    onNotice?.(
      `rollups that another node built are not in ${files.directory}: this node reads rows until all nodes share that folder or keep rollups in the data source`,
    )
  }

  async #isDue(organizationId: string, definition: RollupDefinition): Promise<boolean> {
    const { db } = this.#options
    const { build, problem } = this.#ready.get(organizationId)?.builds.get(definition.name) ?? {}
    if (!(await mayTry(db, { organizationId, name: definition.name }))) return false
    if (build === undefined || build.hash !== definition.hash) return true
    // Another node can read what is on its own disk: building it here would take it away there.
    if (problem !== undefined && problem !== ELSEWHERE) return true
    const { shape } = definition
    const source = this.#options.sourceOf(organizationId, definition.source)
    if (shape === undefined || source === undefined) return false
    const limits = { signal: this.#stop.signal, timeoutMs: this.#options.timeoutMs }
    return isRefreshDue(shape, build, this.#now().getTime(), () => readRefreshValue({ definition, source }, limits))
  }

  async #build(organizationId: string, definition: RollupDefinition): Promise<StartedBuild | undefined> {
    const { db, timeoutMs, sourceOf, leaseMs } = this.#options
    const source = sourceOf(organizationId, definition.source)
    if (source === undefined) throw new AnalyticsError('query_failed', `unknown data source: ${definition.source}`)
    const { build: last, problem } = this.#ready.get(organizationId)?.builds.get(definition.name) ?? {}
    const started = await buildRollup(
      { db, timeoutMs, now: () => this.#now(), ...(leaseMs !== undefined && { leaseMs }) },
      {
        organizationId,
        definition,
        source,
        store: this.#storeOf(organizationId, definition),
        previous: problem === undefined && last?.hash === definition.hash ? last : undefined,
        signal: this.#stop.signal,
      },
    )
    if (started === undefined) return undefined
    const done = started.done.then(async (outcome) => {
      if (outcome === 'built') await this.refresh()
      return outcome
    })
    return { done: this.#track(done) }
  }

  async #clean(): Promise<void> {
    const { db, files } = this.#options
    await forgetPastBuilds(db, this.#graceMs)
    files.removeBut(await readBuilds(db, ['ready', 'retired', 'building']), Date.now() - this.#graceMs)
    if (performance.now() - this.#sweptAtMs < this.#graceMs) return
    this.#sweptAtMs = performance.now()
    for (const place of this.#options.places()) {
      try {
        await this.#sweep(place)
      } catch (error) {
        this.#options.onError(error, 'tables of past rollups could not be removed')
      }
    }
  }

  /** Removes what nobody reads from a source's schema, and no longer reads what is not there. */
  async #sweep(place: SourcePlace): Promise<void> {
    const store = this.#tableStoreAt(place)
    if (store === undefined) return
    const { db, timeoutMs } = this.#options
    const lost = await store.sweep(() => readBuilds(db, ['ready', 'retired', 'building']), {
      signal: this.#stop.signal,
      timeoutMs,
    })
    await noteLost(db, lost)
    if (lost.length > 0) await this.refresh()
  }

  #storeOf(organizationId: string, { source }: RollupDefinition): RollupStore {
    const place = this.#options.placeOf(organizationId, source)
    return (place && this.#tableStoreAt(place)) ?? this.#options.files
  }

  #tableStoreAt(place: SourcePlace): TableStore | undefined {
    if (place.rollups === undefined) return undefined
    const store = this.#tableStores.get(place) ?? new TableStore(place.target, place.rollups)
    this.#tableStores.set(place, store)
    return store
  }

  #placeOf(organizationId: string, name: string): RollupPlace | undefined {
    const dialect = this.#options.sourceOf(organizationId, name)?.dialect
    const place = this.#options.placeOf(organizationId, name)
    if (dialect === undefined || place === undefined) return undefined
    return { dialect, target: place.target, schema: place.rollups?.schema }
  }

  #isAtPlace(organizationId: string, { source, place }: RollupDefinition): boolean {
    const now = this.#options.placeOf(organizationId, source)
    return (
      place?.dialect === this.#options.sourceOf(organizationId, source)?.dialect &&
      place?.target === now?.target &&
      place?.schema === now?.rollups?.schema
    )
  }

  get #graceMs(): number {
    return this.#options.graceMs ?? GRACE_MS
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

  /** Not waited for: a build takes its time, and what others publish meanwhile is read. */
  #lookAfterOthers(): void {
    if (this.#isTakingOver || this.#options.intervalMs === 0 || this.#stop.signal.aborted) return
    this.#isTakingOver = true
    this.#track(this.takeOver())
      .catch((error) => this.#options.onError(error, 'a rollup that another node left could not be built'))
      .finally(() => {
        this.#isTakingOver = false
      })
  }
}
