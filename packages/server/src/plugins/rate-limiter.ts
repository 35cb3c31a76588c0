import { LRUCache } from 'lru-cache'

/** Length of a window, milliseconds. */
export const WINDOW_MS = 60_000
/** How often counts are exchanged with Redis. Nodes together may exceed a limit by what they take within one interval. */
export const SYNC_INTERVAL_MS = 1_000
/** Most callers counted at a time; the least recent are forgotten first. */
const MAX_COUNTERS = 100_000

interface Counter {
  /** Requests counted here and not yet told to Redis. */
  pending: number
  /** Requests of all nodes as of the last exchange; of this node when there is none. */
  total: number
}

/** The few Redis commands needed. `ioredis` has them. */
export interface CounterStore {
  /** Adds to each counter and answers the new totals, in order. */
  add(counts: readonly { readonly key: string; readonly by: number }[], expiresInMs: number): Promise<readonly number[]>
}

export interface RateLimiterOptions {
  readonly store?: CounterStore
  /** Called when the store fails; counting goes on in memory. */
  readonly onStoreError?: (error: unknown) => void
  readonly now?: () => number
}

/**
 * Counts requests in fixed windows of a minute. Deciding is synchronous and in memory, so it costs no round trip;
 * with a store the nodes exchange counts every second, and while it is down each node limits by itself.
 */
export class RateLimiter {
  readonly #counters = new LRUCache<string, Counter>({ max: MAX_COUNTERS })
  readonly #store: CounterStore | undefined
  readonly #onStoreError: (error: unknown) => void
  readonly #now: () => number
  readonly #dirty = new Set<string>()
  #window = 0
  #exchange: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(options: RateLimiterOptions = {}) {
    this.#store = options.store
    this.#onStoreError = options.onStoreError ?? (() => undefined)
    this.#now = options.now ?? Date.now
    if (this.#store !== undefined) {
      this.#timer = setInterval(() => {
        if (this.#exchange === undefined) void this.sync()
      }, SYNC_INTERVAL_MS)
      this.#timer.unref()
    }
  }

  /** Counts one request. Answers 0 when it may pass, else the seconds until it may. */
  take(key: string, limit: number): number {
    const counter = this.#counter(key)
    if (counter.total + counter.pending >= limit) return this.#secondsLeft()
    counter.pending++
    if (this.#store !== undefined) this.#dirty.add(key)
    return 0
  }

  /** Seconds until `key` may pass again, 0 when it may now; counts nothing. */
  peek(key: string, limit: number): number {
    const counter = this.#counter(key)
    return counter.total + counter.pending >= limit ? this.#secondsLeft() : 0
  }

  /** Exchanges counts with the store, one exchange at a time: the next would tell again what a slow one is telling. */
  async sync(): Promise<void> {
    while (this.#exchange !== undefined) await this.#exchange
    if (this.#store === undefined || this.#dirty.size === 0) return
    this.#exchange = this.#tell(this.#store).finally(() => {
      this.#exchange = undefined
    })
    await this.#exchange
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #tell(store: CounterStore): Promise<void> {
    const window = this.#window
    const batch = [...this.#dirty].flatMap((key) => {
      const counter = this.#counters.peek(key)
      return counter === undefined || counter.pending === 0 ? [] : [{ key, counter, by: counter.pending }]
    })
    this.#dirty.clear()
    try {
      const counts = batch.map(({ key, by }) => ({ key: `datainsight:rate:${window}:${key}`, by }))
      const totals = await store.add(counts, WINDOW_MS * 2)
      batch.forEach(({ counter, by }, index) => {
        counter.total = totals[index] ?? counter.total + by
        counter.pending -= by
      })
    } catch (error) {
      for (const { key } of batch) this.#dirty.add(key)
      this.#onStoreError(error)
    }
  }

  #counter(key: string): Counter {
    const window = Math.floor(this.#now() / WINDOW_MS)
    if (window !== this.#window) {
      this.#window = window
      this.#counters.clear()
      this.#dirty.clear()
    }
    let counter = this.#counters.get(key)
    if (counter === undefined) {
      counter = { pending: 0, total: 0 }
      this.#counters.set(key, counter)
    }
    return counter
  }

  #secondsLeft(): number {
    return Math.max(1, Math.ceil((WINDOW_MS - (this.#now() % WINDOW_MS)) / 1_000))
  }
}
