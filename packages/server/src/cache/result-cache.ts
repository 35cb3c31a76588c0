import { inflateRawSync } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { type Answer, answerBytes, toAnswer } from './answer.ts'
import type { RedisCache } from './redis-cache.ts'
import { SingleFlight } from './single-flight.ts'

/** Bounds of the answer cache. */
export interface ResultCacheOptions {
  /** Memory for answers, bytes; 128 MB when absent, none when 0. */
  readonly maxBytes?: number
  /** Larger answers are not kept in memory, bytes; 8 MB when absent. */
  readonly maxAnswerBytes?: number
  /** The second level; memory only when absent. */
  readonly second?: RedisCache
}

/** How an answer came about. */
export interface Lookup {
  readonly answer: Answer
  readonly state: 'hit' | 'miss'
}

/** Terms of one lookup. */
export interface LookupOptions {
  readonly ttlMs: number
  readonly signal: AbortSignal
  /** Ask the data source even if there is an answer; what it says replaces the stored one. */
  readonly renew: boolean
  /** Asks the data source. */
  readonly load: (signal: AbortSignal) => Promise<Answer>
}

/**
 * Answers by the hash of their statement: first level in memory, second in Redis. For one key the data source is asked once
 * at a time, however many wait. Faults are never stored.
 */
export class ResultCache {
  readonly #memory: LRUCache<string, Answer>
  readonly #redis: RedisCache | undefined
  readonly #flights = new SingleFlight<Lookup>()

  constructor(options: ResultCacheOptions = {}) {
    this.#memory = new LRUCache({
      // Zero would mean without bounds; one byte holds nothing.
      maxSize: Math.max(1, options.maxBytes ?? 128 * 1024 * 1024),
      maxEntrySize: options.maxAnswerBytes ?? 8 * 1024 * 1024,
      sizeCalculation: answerBytes,
    })
    this.#redis = options.second
  }

  /** Bytes and answers in memory, and lookups under way. */
  get size(): { readonly bytes: number; readonly answers: number; readonly flights: number } {
    return { bytes: this.#memory.calculatedSize, answers: this.#memory.size, flights: this.#flights.size }
  }

  /** The answer in memory, without waiting for anything. */
  peek(key: string): Answer | undefined {
    return this.#memory.get(key)
  }

  /** The answer from memory, Redis or the data source, in this order. */
  get(key: string, options: LookupOptions): Promise<Lookup> {
    const { signal, renew } = options
    // Whoever wants a new answer must not be given one that was asked for before.
    if (renew) return this.#flights.run(`renew:${key}`, signal, (stop) => this.#load(key, options, stop))
    const stored = this.#memory.get(key)
    if (stored !== undefined) return Promise.resolve({ answer: stored, state: 'hit' })
    return this.#flights.run(key, signal, async (stop) => {
      return (await this.#fromRedis(key)) ?? (await this.#load(key, options, stop))
    })
  }

  /** Forgets what is in memory. */
  clear(): void {
    this.#memory.clear()
  }

  async #load(key: string, { ttlMs, load }: LookupOptions, signal: AbortSignal): Promise<Lookup> {
    const answer = await load(signal)
    if (ttlMs > 0) {
      this.#memory.set(key, answer, { ttl: ttlMs })
      // Not awaited: the caller has the answer. A slow Redis holds nothing but these bytes, for a bounded time.
      void this.#redis?.set(key, packAnswer(answer), ttlMs)
    }
    return { answer, state: 'miss' }
  }

  async #fromRedis(key: string): Promise<Lookup | undefined> {
    const stored = await this.#redis?.get(key)
    if (stored === undefined) return undefined
    const answer = unpackAnswer(stored.payload)
    const ttl = stored.expiresAtMs - Date.now()
    if (ttl > 1) this.#memory.set(key, answer, { ttl })
    return { answer, state: 'hit' }
  }
}

/** One byte that says whether the rest is deflated, then the head. */
function packAnswer({ head, deflated }: Answer): Buffer {
  return deflated === undefined
    ? Buffer.concat([Uint8Array.of(0), head])
    : Buffer.concat([Uint8Array.of(1), deflated.deflated])
}

function unpackAnswer(payload: Buffer): Answer {
  const body = payload.subarray(1)
  if (payload[0] === 0) return toAnswer(Buffer.from(body))
  // The stored form ends with a full flush and no last block, which the default finish takes for a cut-off stream.
  return toAnswer(inflateRawSync(body, { finishFlush: 2 }))
}
