import type { Query } from '@datainsight/core'
import { LRUCache } from 'lru-cache'

/** What the warmer does with queries; a part of the query engine. `P` is a plan, `C` a caller. */
export interface WarmerEngine<C, P extends { readonly key: string }> {
  plan(query: Query, caller: C, text: string): P
  /** Until when memory has an answer that is good, and how long it was good for at first; undefined when it has none. */
  reuse(plan: P): { readonly untilMs: number; readonly ttlMs: number } | undefined
  refresh(plan: P, freshAfterMs: number): Promise<void>
  /** Statements that somebody waits for. */
  readonly waiting: () => number
}

/** What is kept warm. */
export interface WarmerOptions<C, P extends { readonly key: string }> {
  readonly engine: WarmerEngine<C, P>
  /** Most used queries of dashboards that are kept warm. */
  readonly maxQueries: number
  /** A caller counts as present for this long after a request, milliseconds; ten minutes when absent. */
  readonly presentMs?: number
  readonly onFault?: (error: unknown) => void
  /** Milliseconds since 1970; the system's clock when absent. */
  readonly now?: () => number
}

interface Use<C> {
  /** Made anew each time: "today" moves on. */
  readonly query: () => Query | undefined
  readonly caller: C
  readonly seenAtMs: number
  /** Views, each worth half of what it was a quarter of an hour before. */
  readonly weight: number
}

/** How often is looked for answers whose time ends, milliseconds. */
const LOOK_MS = 1_000
/** An answer is refreshed this long before its time ends, or a quarter of its time if that is less, milliseconds. */
const LEAD_MS = 5_000
const HALF_LIFE_MS = 900_000

/**
 * Refreshes the answers that dashboards ask for most, before their time ends and after their data changed, while their viewers are there. It
 * asks on behalf of somebody who asked the same, with that caller's rights as they were then, under the model as it is now; what
 * it brings goes nowhere but into the cache, where only those find it who would be asked the same statement. One statement at a time, and none
 * while somebody waits.
 */
export class Warmer<C, P extends { readonly key: string }> {
  readonly #options: WarmerOptions<C, P>
  readonly #presentMs: number
  readonly #now: () => number
  readonly #uses: LRUCache<string, Use<C>>
  #timer: NodeJS.Timeout | undefined
  #running = false

  constructor(options: WarmerOptions<C, P>) {
    this.#options = options
    this.#presentMs = options.presentMs ?? 600_000
    this.#now = options.now ?? Date.now
    this.#uses = new LRUCache({ max: Math.max(1_000, options.maxQueries * 10) })
  }

  /** Queries known of, kept warm or not. */
  get size(): number {
    return this.#uses.size
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), LOOK_MS)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#uses.clear()
  }

  /** Notes that a dashboard was viewed. Queries that cannot be planned are left to the view itself. */
  noteView(caller: C, queries: readonly (() => Query | undefined)[]): void {
    for (const query of queries) {
      try {
        const now = this.#now()
        const plan = this.#planOf(query, caller)
        if (plan === undefined) continue
        const before = this.#uses.get(plan.key)
        this.#uses.set(plan.key, { query, caller, seenAtMs: now, weight: 1 + weightAt(before, now) })
      } catch {
        // Its viewer is told.
      }
    }
  }

  /** Forgets every caller, such as after one of them was revoked: those who still may will ask again. */
  forgetCallers(): void {
    this.#uses.clear()
  }

  /** Refreshes what is due, unless that is being done already. */
  async look(): Promise<void> {
    if (this.#running) return
    this.#running = true
    try {
      for (const [key, use] of this.#mostUsed()) {
        if (this.#options.engine.waiting() > 0) return
        // Callers may have been forgotten while the last one was refreshed.
        if (this.#uses.peek(key) === use) await this.#refresh(use)
      }
    } finally {
      this.#running = false
    }
  }

  async #refresh(use: Use<C>): Promise<void> {
    const { engine, onFault } = this.#options
    try {
      const plan = this.#planOf(use.query, use.caller)
      if (plan === undefined) return
      const reuse = engine.reuse(plan)
      const dueMs = this.#now() + Math.min(LEAD_MS, (reuse?.ttlMs ?? 0) / 4)
      if (reuse === undefined || reuse.untilMs <= dueMs) await engine.refresh(plan, dueMs)
    } catch (error) {
      onFault?.(error)
    }
  }

  #planOf(query: () => Query | undefined, caller: C): P | undefined {
    const asked = query()
    return asked && this.#options.engine.plan(asked, caller, JSON.stringify(asked))
  }

  #mostUsed(): [string, Use<C>][] {
    const now = this.#now()
    const present: [string, Use<C>][] = []
    for (const [key, use] of this.#uses.entries()) {
      if (now - use.seenAtMs < this.#presentMs) present.push([key, use])
      else this.#uses.delete(key)
    }
    return present.sort(([, a], [, b]) => weightAt(b, now) - weightAt(a, now)).slice(0, this.#options.maxQueries)
  }
}

function weightAt<C>(use: Use<C> | undefined, nowMs: number): number {
  return use === undefined ? 0 : use.weight * 2 ** ((use.seenAtMs - nowMs) / HALF_LIFE_MS)
}
