import { AnalyticsError, type CacheState, type ErrorCode, type Query, type Security } from '@datainsight/core'
import type { Answer } from '../cache/answer.ts'
import type { Lookup } from '../cache/result-cache.ts'
import type { Principal } from '../principal.ts'
import { membersOf } from './members-of.ts'
import type { Plan } from './plan-memo.ts'

/** What a query was asked for. */
export const QUERY_KINDS = ['query', 'batch', 'dashboard', 'options', 'suggest', 'export', 'cube'] as const
export type QueryKind = (typeof QUERY_KINDS)[number]

/** Who asked, and through what. */
export interface Asked {
  readonly principal: Pick<Principal, 'kind' | 'organizationId' | 'subject'> & {
    readonly security: Pick<Security, 'attributes'>
  }
  readonly kind: QueryKind
  readonly requestId: string
  readonly dashboardId?: string | undefined
}

/** Where the time went, milliseconds. Stages that did not happen are 0. */
export interface StageTimings {
  planMs: number
  /** Until a place at the data source was free. */
  waitMs: number
  databaseMs: number
  /** From what the driver handed over to bytes. */
  convertMs: number
  /** For exports all the time that the client was waited for. */
  sendMs: number
}

/** How a query ended. */
export interface QueryOutcome {
  readonly plan: Plan | undefined
  readonly members: readonly string[]
  readonly lookup: Lookup | undefined
  /** Rows and bytes of a stream; those of an answer are its own. */
  readonly streamed?: { readonly rows: number; readonly bytes: number }
  readonly timings: Readonly<StageTimings>
  readonly totalMs: number
  readonly error: ErrorCode | undefined
}

/** Hears of each query. Must return at once and never throw: it stands in the way of answers. */
export interface QueryObserver {
  /** An answer from memory: called often, so it gets what is there anyway. */
  hit(asked: Asked, plan: Plan, answer: Answer, totalMs: number): void
  done(asked: Asked, outcome: QueryOutcome): void
}

/** For those who keep no records. */
export const NO_OBSERVER: QueryObserver = { hit: () => undefined, done: () => undefined }

/** One query from the question to its end. After `plan`, call one of `hit`, `run`, `streamed` and `fail`, once. */
export class QueryTrace {
  readonly timings: StageTimings = { planMs: 0, waitMs: 0, databaseMs: 0, convertMs: 0, sendMs: 0 }
  readonly #observer: QueryObserver
  readonly #asked: Asked
  readonly #query: Query
  readonly #startedMs = performance.now()
  #plan: Plan | undefined

  constructor(observer: QueryObserver, asked: Asked, query: Query) {
    this.#observer = observer
    this.#asked = asked
    this.#query = query
  }

  /** What is known now, as a `Server-Timing` header (W3C Server Timing). */
  serverTiming(state: CacheState): string {
    const { planMs, waitMs, databaseMs, convertMs } = this.timings
    const durations =
      duration('plan', planMs) + duration('wait', waitMs) + duration('db', databaseMs) + duration('convert', convertMs)
    return `cache;desc=${state}${durations}${duration('total', performance.now() - this.#startedMs)}`
  }

  /** Makes the plan by `work`. A fault of the query ends the trace. */
  plan(work: () => Plan): Plan {
    try {
      this.#plan = work()
      this.timings.planMs = performance.now() - this.#startedMs
      return this.#plan
    } catch (error) {
      this.fail(error)
      throw error
    }
  }

  hit(answer: Answer): void {
    this.#observer.hit(this.#asked, this.#plan as Plan, answer, performance.now() - this.#startedMs)
  }

  /** Waits for an answer and passes it to `send`, whose time counts as sending. */
  async run(asked: Promise<Lookup>, send?: (found: Lookup) => void): Promise<Lookup> {
    let lookup: Lookup
    try {
      lookup = await asked
    } catch (error) {
      this.fail(error)
      throw error
    }
    const sentFromMs = performance.now()
    send?.(lookup)
    this.timings.sendMs = performance.now() - sentFromMs
    this.#end({ lookup })
    return lookup
  }

  /** The end of a stream, or what stopped it. */
  streamed(streamed: { readonly rows: number; readonly bytes: number }, error?: unknown): void {
    this.#end({ streamed, error })
  }

  fail(error: unknown): void {
    this.#end({ error })
  }

  #end({
    lookup,
    streamed,
    error,
  }: {
    lookup?: Lookup
    streamed?: { rows: number; bytes: number }
    error?: unknown
  }): void {
    this.#observer.done(this.#asked, {
      plan: this.#plan,
      members: this.#plan?.members ?? membersOf(this.#query),
      lookup,
      ...(streamed && { streamed }),
      timings: this.timings,
      totalMs: performance.now() - this.#startedMs,
      error: error === undefined ? undefined : error instanceof AnalyticsError ? error.code : 'internal_error',
    })
  }
}

/** To the microsecond; nothing for a stage that did not happen. */
function duration(name: string, ms: number): string {
  return ms > 0 ? `, ${name};dur=${Math.round(ms * 1_000) / 1_000}` : ''
}
