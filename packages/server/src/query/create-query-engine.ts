import { AnalyticsError, type Query } from '@datainsight/core'
import { compileQuery, type DialectName } from '@datainsight/core/compile'
import type { Model } from '@datainsight/core/model'
import type { Answer } from '../cache/answer.ts'
import { type Lookup, ResultCache, type ResultCacheOptions } from '../cache/result-cache.ts'
import { statementKey } from '../cache/statement-key.ts'
import type { DataSource, DataSourceDirectory, RawColumns } from '../data-sources/data-source.ts'
import type { Principal } from '../principal.ts'
import { type Plan, PlanMemo } from './plan-memo.ts'
import { runStatement } from './run-statement.ts'
import { SourceGates } from './source-gates.ts'
import type { GateLimits, StatementGate } from './statement-gate.ts'
import { streamStatement } from './stream-statement.ts'

/** What an engine is made of. */
export interface QueryEngineOptions {
  /** An organization's model now; another object after it changed. */
  readonly model: (organizationId: string) => Model
  /** Handed in, and closed by whoever opened them. */
  readonly dataSources: DataSourceDirectory
  readonly cache?: ResultCacheOptions
  /** Longest run of one statement, milliseconds; 30,000 when absent. */
  readonly statementTimeoutMs?: number
  /** Queue bounds of each data source; `concurrency` is the source's own. */
  readonly gate?: Omit<GateLimits, 'concurrency'>
  readonly now?: () => Date
}

/** Who asks: the part of a principal that decides what the answer is. */
export type Caller = Pick<Principal, 'security' | 'securityKey' | 'timezone'>

/** What a plan depends on besides query and caller. `text` must differ when it does. */
export interface PlanOptions {
  /** Rows of a query that names no limit; 10,000 when absent. `caller.security.maxRows` holds in any case. */
  readonly limit?: number
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
  run(plan: Plan, caller: Caller, options: { readonly signal: AbortSignal; readonly renew?: boolean }): Promise<Lookup>
  /**
   * The rows of the data source as they come, past every cache. At most a quarter of a source's places are for streams, one
   * for each lane, so that downloads do not hold up dashboards.
   * @throws AnalyticsError as {@link run} does, also after some rows.
   */
  stream(
    plan: Plan,
    caller: Caller,
    options: { readonly signal: AbortSignal; readonly timeoutMs: number },
  ): AsyncGenerator<RawColumns, void, undefined>
  /** Figures for metrics. */
  load(): { readonly cache: ResultCache['size']; readonly gates: Readonly<Record<string, StatementGate['load']>> }
}

/** Makes the engine. It holds no connection of its own. */
export function createQueryEngine(options: QueryEngineOptions): QueryEngine {
  const { dataSources, statementTimeoutMs = 30_000, now = () => new Date() } = options
  const memo = new PlanMemo()
  const cache = new ResultCache(options.cache)
  const gates = new SourceGates(options.gate)
  const streamGates = new SourceGates({ ...options.gate, laneConcurrency: 1, laneQueue: 2 }, ({ concurrency }) =>
    Math.max(1, Math.floor(concurrency / 4)),
  )

  const sourceOf = (organizationId: string, name: string): DataSource => {
    const source = dataSources.get(organizationId, name)
    if (source === undefined) throw new AnalyticsError('query_failed', `unknown data source: ${name}`)
    return source
  }

  const cacheKey = (plan: Plan): string => {
    const { dataSource, tables } = plan.compiled
    const version = sourceOf(plan.organizationId, dataSource).dataVersion(tables)
    if (plan.cacheKey?.version !== version) plan.cacheKey = { version, text: `${plan.key}@${version}` }
    return plan.cacheKey.text
  }

  return {
    model: options.model,
    now,
    plan(query, caller, text, planOptions) {
      const { organizationId } = caller.security
      const model = options.model(organizationId)
      const at = now()
      const planFor = (callerKey: string) =>
        memo.get(model.id, callerKey, text, at.getTime(), () => {
          const compiled = compileQuery(model, query, {
            security: caller.security,
            now: at,
            dialect: (name) => sourceOf(organizationId, name).dialect as DialectName,
            ...(caller.timezone === undefined ? {} : { timezone: caller.timezone }),
            ...planOptions,
          })
          return { compiled, key: statementKey(compiled), organizationId, cacheKey: undefined }
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
        dialect: (name) => sourceOf(caller.security.organizationId, name).dialect as DialectName,
        ...(caller.timezone === undefined ? {} : { timezone: caller.timezone }),
      })
    },
    peek: (plan) => cache.peek(cacheKey(plan)),
    run(plan, caller, { signal, renew = false }) {
      const { compiled } = plan
      const source = sourceOf(plan.organizationId, compiled.dataSource)
      return cache.get(cacheKey(plan), {
        ttlMs: source.cacheTtlMs,
        signal,
        renew,
        load: (stop) =>
          gates
            .of(source)
            .run(caller.securityKey, stop, () =>
              runStatement(source, compiled, { signal: stop, timeoutMs: statementTimeoutMs, now }),
            ),
      })
    },
    async *stream(plan, caller, limits) {
      const source = sourceOf(plan.organizationId, plan.compiled.dataSource)
      const leaveStreams = await streamGates.of(source).enter(caller.securityKey, limits.signal)
      try {
        const leave = await gates.of(source).enter(caller.securityKey, limits.signal)
        try {
          yield* streamStatement(source, plan.compiled, limits)
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
    }),
  }
}
