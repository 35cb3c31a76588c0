import { hash } from 'node:crypto'
import type { CacheState } from '@datainsight/core'
import { LRUCache } from 'lru-cache'
import { type Answer, etagOf, MIN_COMPRESSED_BYTES } from './answer.ts'
import { compressBrotli } from './brotli.ts'
import { withOwnMemory } from './deflate-bytes.ts'
import { fillOnce } from './fill-once.ts'
import { HitCounts } from './hit-counts.ts'
import { type Amount, MemoryLevel } from './memory-level.ts'
import { nextTtl } from './next-ttl.ts'
import { packAnswer, unpackAnswer } from './pack-answer.ts'
import type { Scope } from './scope.ts'
import type { SharedLevel, StoredBytes } from './shared-level.ts'
import { SingleFlight } from './single-flight.ts'
import { isFresh, isUsable, type StoredAnswer } from './stored-answer.ts'

/** Bounds and levels of the answer cache. */
export interface ResultCacheOptions {
  /** Memory for answers, with what holding them costs, bytes; 128 MB when absent, none when 0. */
  readonly maxBytes?: number
  /** Larger answers are not kept in memory, bytes; 8 MB when absent. */
  readonly maxAnswerBytes?: number
  /** The levels that nodes share, fastest first; none when absent. */
  readonly levels?: readonly SharedLevel[]
  /** How far an answer's time of reuse may move from the source's own; see `nextTtl`. 1, fixed, when absent. */
  readonly ttlFactor?: number
  /** Longest wait for an answer that another node makes, milliseconds; 35,000 when absent. */
  readonly waitMs?: number
  /** Hears of a refresh behind an old answer that failed: nobody waits for it. */
  readonly onRefreshFault?: (error: unknown) => void
  /** Milliseconds since 1970; the system's clock when absent. */
  readonly now?: () => number
}

/** What an answer is kept under. */
export interface CacheKey {
  /** Name of the statement within its organization; see `statementKey`. */
  readonly statement: string
  /** What is known of changes of its data. An answer that was made for another version is old. */
  readonly version: string
  /** Both as one text, within this process. */
  readonly text: string
  /** Both as one name of 43 characters, for what nodes share. */
  readonly id: string
  readonly scope: Scope
}

/** Makes a key; `text` and `id` are derived. */
export function toCacheKey(statement: string, version: string, scope: Scope): CacheKey {
  return new NamedKey(statement, version, scope)
}

class NamedKey implements CacheKey {
  readonly statement: string
  readonly version: string
  readonly text: string
  readonly scope: Scope
  #id: string | undefined

  constructor(statement: string, version: string, scope: Scope) {
    this.statement = statement
    this.version = version
    this.text = `${statement}\n${version}`
    this.scope = scope
  }

  get id(): string {
    this.#id ??= hash('sha256', this.text, 'base64url')
    return this.#id
  }
}

/** Where an answer came from: a level of the cache or the data source. */
export type AnswerOrigin = 'memory' | 'redis' | 'table' | 'source'

/** How an answer came about. */
export interface Lookup {
  readonly answer: Answer
  readonly state: CacheState
  readonly from: AnswerOrigin
}

/** Terms of one lookup. */
export interface LookupOptions {
  /** The data source's own time of reuse, milliseconds; nothing is kept when 0. */
  readonly ttlMs: number
  readonly signal: AbortSignal
  /** Ask the data source even if there is an answer; what it says replaces the stored one. */
  readonly renew: boolean
  /** An answer may be given this long after its time, while a new one is fetched behind it, milliseconds; 0 when absent. */
  readonly maxStaleMs?: number
  /** The answer means something else from this moment on; never when absent. */
  readonly validUntilMs?: number | undefined
  /** Asks the data source. */
  readonly load: (signal: AbortSignal) => Promise<Answer>
}

/** What the cache holds under a key, for whoever looks into it. */
export interface Inspection {
  readonly level: 'memory' | 'redis' | 'table'
  readonly stored: StoredAnswer
  readonly isFresh: boolean
}

/** Pause after a refresh that failed, milliseconds. */
const RETRY_MS = 1_000
/** Brotli streams waiting to be made; more are left to later hits. */
const MAX_BROTLI_QUEUE = 100

/**
 * Answers by the hash of their statement: in memory, in Redis, in a table, in this order. An answer found below is given to the levels
 * above. For one key the data source is asked once at a time, however many wait on however many nodes. Faults are never stored.
 */
export class ResultCache {
  readonly #memory: MemoryLevel
  readonly #levels: readonly SharedLevel[]
  readonly #flights = new SingleFlight<Lookup>()
  readonly #counts = new HitCounts()
  readonly #brotliQueue = new Set<CacheKey>()
  /** When a refresh that was tried may be tried again, until it succeeds. */
  readonly #failed = new LRUCache<string, number>({ max: 1_000 })
  readonly #options: Required<Pick<ResultCacheOptions, 'ttlFactor' | 'waitMs' | 'onRefreshFault' | 'now'>>

  constructor(options: ResultCacheOptions = {}) {
    const { maxBytes = 128 * 1024 * 1024, maxAnswerBytes = 8 * 1024 * 1024 } = options
    this.#memory = new MemoryLevel({ maxBytes, maxAnswerBytes })
    this.#levels = options.levels ?? []
    const { ttlFactor = 1, waitMs = 35_000, onRefreshFault = () => undefined, now = Date.now } = options
    this.#options = { ttlFactor, waitMs, onRefreshFault, now }
  }

  /** Bytes and answers in memory, and lookups under way. */
  get size(): Amount & { readonly flights: number } {
    return { ...this.#memory.size, flights: this.#flights.size }
  }

  /** The levels that nodes share. */
  get levels(): readonly SharedLevel[] {
    return this.#levels
  }

  /** What memory holds of an organization, and how often each level had what was asked. */
  statsOf(organizationId: string): { readonly memory: Amount; readonly hits: ReturnType<HitCounts['of']> } {
    return { memory: this.#memory.sizeOf(organizationId), hits: this.#counts.of(organizationId) }
  }

  /** The fresh answer in memory, without waiting for anything. */
  peek(key: CacheKey): Answer | undefined {
    const stored = this.#memory.find(key.statement)
    if (stored === undefined || !isFresh(stored, key.version, this.#options.now())) return undefined
    this.#counts.add(key.scope.organizationId, 'memory')
    const { answer } = stored
    if (answer.brotli === undefined && answer.head.length >= MIN_COMPRESSED_BYTES) this.#queueBrotli(key)
    return answer
  }

  /** The answer from the first level that has it, or from the data source. */
  get(key: CacheKey, options: LookupOptions): Promise<Lookup> {
    const { signal, renew, maxStaleMs = 0 } = options
    const now = this.#options.now()
    // Whoever wants a new answer must not be given one that was asked for before.
    if (renew) return this.#flights.run(`renew:${key.text}`, signal, (stop) => this.#renew(key, options, stop))
    const stored = this.#memory.find(key.statement)
    if (stored !== undefined && isFresh(stored, key.version, now)) {
      this.#counts.add(key.scope.organizationId, 'memory')
      return Promise.resolve({ answer: stored.answer, state: 'hit', from: 'memory' })
    }
    if (stored !== undefined && maxStaleMs > 0 && isUsable(stored, key.version, now, maxStaleMs)) {
      this.#counts.add(key.scope.organizationId, 'memory')
      this.#refreshBehind(key, options, now)
      return Promise.resolve({ answer: stored.answer, state: 'stale', from: 'memory' })
    }
    // One statement is one miss: whether a second caller comes while it runs or after is a matter of chance, and must not show.
    const joins = this.#flights.has(key.text)
    const finding = this.#find(key, options, now)
    if (!joins) return finding
    return finding.then(({ answer }) => {
      this.#counts.add(key.scope.organizationId, 'memory')
      return { answer, state: 'hit', from: 'memory' }
    })
  }

  /**
   * Brings a new answer into memory unless there is one whose time ends later than `freshAfterMs`, now when absent; once at a
   * time for a key. Nobody's leaving stops it.
   */
  async refresh(key: CacheKey, options: Omit<LookupOptions, 'signal'>, freshAfterMs?: number): Promise<void> {
    const after = freshAfterMs ?? this.#options.now()
    const stored = this.#memory.find(key.statement)
    if (stored !== undefined && isFresh(stored, key.version, after)) return
    await this.#find(key, { ...options, signal: new AbortController().signal }, after)
  }

  /** Until when memory has an answer that is good, milliseconds since 1970, and how long it was good for at first. */
  reuseOf(key: CacheKey): { readonly untilMs: number; readonly ttlMs: number } | undefined {
    const stored = this.#memory.find(key.statement)
    if (stored?.version !== key.version) return undefined
    return { untilMs: stored.freshUntilMs, ttlMs: stored.ttlMs }
  }

  /** What each level holds under a key. Leaves the levels as they are. */
  async inspect(key: CacheKey): Promise<Inspection[]> {
    const now = this.#options.now()
    const held: Inspection[] = []
    const inMemory = this.#memory.find(key.statement)
    if (inMemory !== undefined)
      held.push({ level: 'memory', stored: inMemory, isFresh: isFresh(inMemory, key.version, now) })
    for (const level of this.#levels) {
      const bytes = await level.find(key.id)
      if (bytes === undefined) continue
      const stored = toStored(bytes, key)
      held.push({ level: level.name, stored, isFresh: isFresh(stored, key.version, now) })
    }
    return held
  }

  /** Counts the answers in memory that a change concerns. They are old by their version; this makes them count as such. */
  outdate(concerns: (scope: Scope) => boolean): number {
    return this.#memory.outdate(concerns)
  }

  /** Forgets what is in memory. */
  clear(): void {
    this.#memory.clear()
  }

  #find(key: CacheKey, options: LookupOptions, freshAfterMs: number): Promise<Lookup> {
    return this.#flights.run(key.text, options.signal, async (stop) => {
      let last = this.#memory.find(key.statement)
      let from: AnswerOrigin = 'source'
      const levels = options.ttlMs > 0 ? this.#levels : []
      if (levels.length === 0) {
        const { answer } = await this.#load(key, options, last, stop)
        this.#counts.add(key.scope.organizationId, 'source')
        return { answer, state: 'miss', from: 'source' }
      }
      const found = await fillOnce<StoredAnswer>({
        levels,
        id: key.id,
        signal: stop,
        waitMs: this.#options.waitMs,
        freshAfterMs,
        read: (bytes, level) => {
          const stored = toStored(bytes, key)
          if (isFresh(stored, key.version, freshAfterMs)) {
            from = level.name
            return stored
          }
          if (last === undefined || last.storedAtMs < stored.storedAtMs) last = stored
          return undefined
        },
        make: (inner) => this.#load(key, options, last, inner),
        publish: (stored, levels) => this.#publish(key, stored, options, levels),
      })
      this.#counts.add(key.scope.organizationId, from)
      if (from !== 'source') this.#keep(key, found)
      return { answer: found.answer, state: from === 'source' ? 'miss' : 'hit', from }
    })
  }

  async #renew(key: CacheKey, options: LookupOptions, signal: AbortSignal): Promise<Lookup> {
    const stored = await this.#load(key, options, this.#memory.find(key.statement), signal)
    this.#counts.add(key.scope.organizationId, 'source')
    void this.#publish(key, stored, options, this.#levels)
    return { answer: stored.answer, state: 'miss', from: 'source' }
  }

  async #load(
    key: CacheKey,
    options: LookupOptions,
    last: StoredAnswer | undefined,
    signal: AbortSignal,
  ): Promise<StoredAnswer> {
    // Before the statement: what changes while it runs may be missing in its answer.
    const storedAtMs = this.#options.now()
    const answer = await options.load(signal)
    // A change that was announced says nothing of how often the data changes by itself.
    const comparable = last !== undefined && last.version === key.version && last.ttlMs > 0
    const ttlMs = nextTtl(
      comparable ? { ttlMs: last.ttlMs, unchanged: last.answer.dataVersion === answer.dataVersion } : undefined,
      { baseMs: options.ttlMs, factor: this.#options.ttlFactor },
    )
    const freshUntilMs = Math.min(storedAtMs + ttlMs, options.validUntilMs ?? Number.POSITIVE_INFINITY)
    const stored = { answer, version: key.version, ttlMs, storedAtMs, freshUntilMs }
    if (options.ttlMs > 0) this.#keep(key, stored)
    return stored
  }

  #keep(key: CacheKey, stored: StoredAnswer): void {
    stored.answer.etag ??= etagOf(stored.answer)
    this.#memory.store(key.statement, stored, key.scope)
    if (stored.answer.head.length >= MIN_COMPRESSED_BYTES) this.#deflateLater(key, stored)
  }

  /** For those who ask next. Whoever waits for this answer is sent it first: promises come before the next turn of the loop. */
  #deflateLater(key: CacheKey, stored: StoredAnswer): void {
    setImmediate(() => {
      if (this.#memory.find(key.statement)?.answer !== stored.answer) return
      void stored.answer.deflated
      // Stored again, because it grew.
      this.#memory.store(key.statement, stored, key.scope)
    })
  }

  async #publish(
    key: CacheKey,
    stored: StoredAnswer,
    { ttlMs, maxStaleMs = 0 }: LookupOptions,
    levels: readonly SharedLevel[],
  ): Promise<void> {
    if (ttlMs <= 0 || levels.length === 0) return
    const { freshUntilMs } = stored
    // Kept for as long again, so that the next answer can be compared with it.
    const expiresAtMs = freshUntilMs + Math.max(stored.ttlMs, maxStaleMs)
    const bytes = { payload: packAnswer(stored), freshUntilMs, expiresAtMs }
    await Promise.all(levels.map((level) => level.store(key.id, bytes, key.scope)))
  }

  /** Once at a time, and not again for a moment after a fault. */
  #refreshBehind(key: CacheKey, options: LookupOptions, now: number): void {
    if (this.#flights.has(key.text) || now < (this.#failed.get(key.text) ?? 0)) return
    this.#failed.set(key.text, now + RETRY_MS)
    this.refresh(key, options).then(() => this.#failed.delete(key.text), this.#options.onRefreshFault)
  }

  /** One at a time: data sources and files need the thread pool too. */
  #queueBrotli(key: CacheKey): void {
    if (this.#brotliQueue.has(key) || this.#brotliQueue.size >= MAX_BROTLI_QUEUE) return
    this.#brotliQueue.add(key)
    if (this.#brotliQueue.size === 1) void this.#drainBrotli()
  }

  async #drainBrotli(): Promise<void> {
    for (const key of this.#brotliQueue) {
      const stored = this.#memory.find(key.statement)
      if (stored !== undefined && stored.answer.brotli === undefined) {
        const brotli = withOwnMemory(await compressBrotli(stored.answer.head))
        // Only while it is still the one, and stored again, because it grew.
        if (this.#memory.find(key.statement)?.answer === stored.answer) {
          stored.answer.brotli = brotli
          this.#memory.store(key.statement, stored, key.scope)
        }
      }
      this.#brotliQueue.delete(key)
    }
  }
}

function toStored(bytes: StoredBytes, key: CacheKey): StoredAnswer {
  return { ...unpackAnswer(bytes.payload), version: key.version, freshUntilMs: bytes.freshUntilMs }
}
