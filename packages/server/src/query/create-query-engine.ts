import { AnalyticsError, type Query } from '@datainsight/core'
import { compileQuery, type FindRollup } from '@datainsight/core/compile'
import type { Model } from '@datainsight/core/model'
import type { Answer } from '../cache/answer.ts'
import { freshnessOfCubes } from '../cache/cube-freshness.ts'
import { Freshness, type FreshnessSource } from '../cache/freshness.ts'
import { type CacheKey, type Inspection, type Lookup, ResultCache } from '../cache/result-cache.ts'
import { statementKey } from '../cache/statement-key.ts'
import type { DataSource, DataSourceDirectory } from '../data-sources/data-source.ts'
import type { PackedColumns } from '../data-sources/packed-column.ts'
import type { Principal } from '../principal.ts'
import { laneOf } from './lane-of.ts'
import { membersOf } from './members-of.ts'
import { orAsTexts, streamOrAsTexts } from './or-as-texts.ts'
import { type Plan, PlanMemo } from './plan-memo.ts'
import type { StageTimings } from './query-trace.ts'
import { runStatement } from './run-statement.ts'
import { SourceGates } from './source-gates.ts'
import type { GateLimits, GroupLimits, LaneName } from './statement-gate.ts'
import { streamStatement } from './stream-statement.ts'

/** What an engine is made of. */
export interface QueryEngineOptions {
  /** An organization's model now; another object after it changed. */
  readonly model: (organizationId: string) => Model
  /** Handed in, and closed by whoever opened them. */
  readonly dataSources: DataSourceDirectory
  /** Answers kept; a cache of its own in memory when absent. */
  readonly cache?: ResultCache
  /** What is known of changes of data; only what the sources themselves tell when absent. */
  readonly freshness?: Freshness
  /** What stored aggregates of an organization's model can answer; `epoch` differs when that does. None when absent. */
  readonly rollups?: (
    organizationId: string,
    model: Model,
  ) => { readonly epoch: string; readonly find: FindRollup } | undefined
  /** Longest run of one statement, milliseconds; 30,000 when absent. */
  readonly statementTimeoutMs?: number
  /** Queue bounds of each data source; `concurrency` is the source's own. */
  readonly gate?: Omit<GateLimits, 'concurrency'>
  /** Queue bounds of an organization at a data source, instead of `gate`; called for each statement. */
  readonly limitsOf?: (organizationId: string, source: DataSource) => GroupLimits | undefined
  readonly now?: () => Date
}

/** Who asks: the part of a principal that decides what the answer is. */
export type Caller = Pick<Principal, 'security' | 'securityKey' | 'timezone'> & Partial<Pick<Principal, 'locale'>>

/** What a plan depends on besides query and caller. `text` must differ when `limit` does. */
export interface PlanOptions {
  /** Rows of a query that names no limit; 10,000 when absent. `caller.security.maxRows` holds in any case. */
  readonly limit?: number
  /** Whether the query came in a body that its route's schema was held against; false when absent. */
  readonly isChecked?: boolean
}

/** Terms of one run. */
export interface RunOptions {
  readonly signal: AbortSignal
  /** Asks the data source even if there is an answer; false when absent. */
  readonly renew?: boolean
  /** Filled in by the one run, of those that wait for the same answer, that asks the data source. */
  readonly timings?: StageTimings | undefined
}

/** Answers queries. See `docs/explanation/query-path.md`. */
export interface QueryEngine {
  /** The model that an organization's queries are compiled against now. */
  model(organizationId: string): Model
  now(): Date
  /**
   * Compiles a query, or finds it compiled. `text` stands for the query and must differ when the query does.
   * @throws AnalyticsError with every problem of the query.
   */
  plan(query: Query, caller: Caller, text: string, options?: PlanOptions): Plan
  /**
   * Compiles a query against a model that is not in use yet.
   * @throws AnalyticsError with every problem of the query.
   */
  check(query: Query, caller: Caller, model: Model): void
  /** The stored answer, if memory has it. Does not wait. */
  peek(plan: Plan): Answer | undefined
  /**
   * The answer from the cache or the data source.
   * @throws AnalyticsError `query_failed`, `query_timeout`, `query_cancelled`, `rate_limited`, `overloaded`.
   */
  run(plan: Plan, caller: Caller, options: RunOptions): Promise<Lookup>
  /**
   * The rows of the data source as they come, past every cache. At most a quarter of a source's places are for streams, one
   * for each lane, so that downloads do not hold up dashboards.
   * @throws AnalyticsError as {@link run} does, also after some rows.
   */
  stream(
    plan: Plan,
    caller: Caller,
    options: { readonly signal: AbortSignal; readonly timeoutMs: number; readonly timings?: StageTimings },
  ): AsyncGenerator<PackedColumns, void, undefined>
  /**
   * The data source's own plan of a statement; with `analyze` it runs the statement and measures.
   * @throws AnalyticsError `invalid_request` when the data source cannot, else as {@link run} does.
   */
  explain(
    plan: Plan,
    caller: Caller,
    options: { readonly signal: AbortSignal; readonly analyze?: boolean },
  ): Promise<string>
  /** Whether an organization has a data source of this name. */
  hasSource(organizationId: string, name: string): boolean
  /** Statements that wait for a place. */
  waiting(): number
  /** Brings an answer that is good after a moment, milliseconds since 1970, into the cache, behind everything that is waited for. */
  refresh(plan: Plan, freshAfterMs: number): Promise<void>
  /** Until when memory has an answer that is good, milliseconds since 1970, and how long it was good for at first. */
  reuse(plan: Plan): { readonly untilMs: number; readonly ttlMs: number } | undefined
  /** The key of an answer, and what each level holds under it. */
  inspect(plan: Plan): Promise<{ readonly key: CacheKey; readonly held: readonly Inspection[] }>
  /** Figures for metrics. */
  load(): {
    readonly cache: ResultCache['size']
    readonly gates: SourceGates['load']
    /** Those of exports, which also wait for places of their own. */
    readonly exportGates: SourceGates['load']
  }
}

/** Reuse of an answer all of whose cubes say by refresh keys when it is old, milliseconds: a day. */
const RULED_TTL_MS = 86_400_000

/** Lines of a plan. */
const MAX_PLAN_LINES = 10_000

/** Makes the engine. It holds no connection of its own. */
export function createQueryEngine(options: QueryEngineOptions): QueryEngine {
  const { dataSources, statementTimeoutMs = 30_000, now = () => new Date() } = options
  const memo = new PlanMemo()
  const { cache = new ResultCache(), freshness = new Freshness() } = options
  const gates = new SourceGates(options.gate, undefined, options.limitsOf)
  const streamGates = new SourceGates({ ...options.gate, laneConcurrency: 1, laneQueue: 2 }, ({ concurrency }) =>
    Math.max(1, Math.floor(concurrency / 4)),
  )

  const sourceOf = (organizationId: string, name: string): DataSource => {
    const source = dataSources.get(organizationId, name)
    if (source === undefined) throw new AnalyticsError('query_failed', `unknown data source: ${name}`)
    return source
  }

  const freshnessOf = (plan: Plan, source: DataSource): FreshnessSource => ({
    id: source.id ?? source.name,
    version: source.dataVersion(plan.compiled.tables),
    ask: async (sql) => {
      const limits = { signal: new AbortController().signal, timeoutMs: statementTimeoutMs, maxRows: 1 }
      const { columns } = await gates
        .of(source)
        .run('refresh keys', limits.signal, () => source.query({ sql, parameters: [] }, limits))
      return JSON.stringify(columns, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))
    },
  })
  const findKey = (plan: Plan, source: DataSource): CacheKey | undefined =>
    freshness.findKey(plan, {
      id: source.id ?? source.name,
      version: source.dataVersion(plan.compiled.tables),
    })
  const termsOf = (plan: Plan, source: DataSource, lane: LaneName, timings?: StageTimings) => ({
    ttlMs: plan.isRuled && source.cacheTtlMs > 0 ? RULED_TTL_MS : source.cacheTtlMs,
    maxStaleMs: plan.maxStaleMs,
    validUntilMs: plan.compiled.validUntilMs,
    renew: false,
    load: (stop: AbortSignal) => {
      const waitedFromMs = performance.now()
      return gates.of(source).run(lane, stop, () => {
        if (timings !== undefined) timings.waitMs = performance.now() - waitedFromMs
        const limits = { signal: stop, timeoutMs: statementTimeoutMs, now, timings }
        return orAsTexts(plan, (compiled) => runStatement(source, compiled, limits))
      })
    },
  })

  return {
    model: options.model,
    now,
    plan(query, caller, text, planOptions) {
      const { organizationId } = caller.security
      const model = options.model(organizationId)
      const at = now()
      const rollups = options.rollups?.(organizationId, model)
      const modelKey = rollups === undefined ? model.id : `${model.id} ${rollups.epoch}`
      const planFor = (callerKey: string) =>
        memo.get(modelKey, callerKey, text, at.getTime(), () => {
          const compile = (comparesTexts: boolean) =>
            compileQuery(model, query, {
              security: caller.security,
              now: at,
              dialect: (name) => sourceOf(organizationId, name).dialect,
              ...(caller.timezone === undefined ? {} : { timezone: caller.timezone }),
              locale: caller.locale,
              ...planOptions,
              ...(rollups && { rollups: rollups.find }),
              comparesTexts,
            })
          const compiled = compile(false)
          const { dataSource, tables, cubes } = compiled
          let members: readonly string[] | undefined
          const isStored = (compiled.explain?.rollups.length ?? 0) > 0
          const fresh = freshnessOfCubes(model, cubes)
          return {
            compiled,
            compileTexts: () => compile(true),
            organizationId,
            // Only records want them, after the answer.
            get members() {
              members ??= membersOf(query)
              return members
            },
            key: statementKey(organizationId, compiled),
            scope: { organizationId, source: dataSource, tables, tags: fresh.tags },
            // What is stored changes with its build alone, which the statement names.
            refreshRules: isStored ? [] : fresh.refreshRules,
            isRuled: !isStored && fresh.isRuled,
            maxStaleMs: (query.maxStaleSeconds ?? 0) * 1_000,
            cacheKey: undefined,
          }
        })
      const plan = planFor(caller.securityKey)
      const { dialect } = sourceOf(organizationId, plan.compiled.dataSource)
      // A source may have been replaced by one of another kind since the plan was remembered.
      return dialect === plan.compiled.dialect ? plan : planFor(`${caller.securityKey} ${dialect}`)
    },
    check(query, caller, model) {
      compileQuery(model, query, {
        security: caller.security,
        now: now(),
        dialect: (name) => sourceOf(caller.security.organizationId, name).dialect,
        ...(caller.timezone === undefined ? {} : { timezone: caller.timezone }),
      })
    },
    peek(plan) {
      const key = findKey(plan, sourceOf(plan.organizationId, plan.compiled.dataSource))
      return key && cache.peek(key)
    },
    async run(plan, caller, { signal, renew = false, timings }) {
      const source = sourceOf(plan.organizationId, plan.compiled.dataSource)
      const key = findKey(plan, source) ?? (await freshness.makeKey(plan, freshnessOf(plan, source)))
      return cache.get(key, { ...termsOf(plan, source, laneOf(caller.security), timings), signal, renew })
    },
    async explain(plan, caller, { signal, analyze = false }) {
      const source = sourceOf(plan.organizationId, plan.compiled.dataSource)
      if (source.explain === undefined || (analyze && source.canAnalyze !== true)) {
        const what = analyze ? 'measure its plans' : 'show its plans'
        throw new AnalyticsError('invalid_request', `the data source ${source.name} cannot ${what}`)
      }
      const limits = { signal, timeoutMs: statementTimeoutMs, maxRows: MAX_PLAN_LINES, analyze }
      return gates
        .of(source)
        .run(laneOf(caller.security), signal, () =>
          orAsTexts(plan, async (compiled) => (await source.explain?.(compiled, limits)) ?? ''),
        )
    },
    hasSource: (organizationId, name) => dataSources.get(organizationId, name) !== undefined,
    waiting: () => Object.values(gates.load).reduce((sum, { waiting }) => sum + waiting, 0),
    async refresh(plan, freshAfterMs) {
      const source = sourceOf(plan.organizationId, plan.compiled.dataSource)
      const key = await freshness.makeKey(plan, freshnessOf(plan, source))
      await cache.refresh(key, termsOf(plan, source, 'warming'), freshAfterMs)
    },
    reuse(plan) {
      const key = findKey(plan, sourceOf(plan.organizationId, plan.compiled.dataSource))
      return key && cache.reuseOf(key)
    },
    async inspect(plan) {
      const source = sourceOf(plan.organizationId, plan.compiled.dataSource)
      const key = await freshness.makeKey(plan, freshnessOf(plan, source))
      return { key, held: await cache.inspect(key) }
    },
    async *stream(plan, caller, limits) {
      const source = sourceOf(plan.organizationId, plan.compiled.dataSource)
      const waitedFromMs = performance.now()
      const leaveStreams = await streamGates.of(source).enter(laneOf(caller.security), limits.signal)
      try {
        const leave = await gates.of(source).enter(laneOf(caller.security), limits.signal)
        try {
          if (limits.timings !== undefined) limits.timings.waitMs = performance.now() - waitedFromMs
          yield* streamOrAsTexts(plan, (compiled) => streamStatement(source, compiled, limits))
        } finally {
          leave()
        }
      } finally {
        leaveStreams()
      }
    },
    load: () => ({
      cache: cache.size,
      gates: gates.load,
      exportGates: streamGates.load,
    }),
  }
}
