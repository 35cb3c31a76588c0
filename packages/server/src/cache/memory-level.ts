import { LRUCache } from 'lru-cache'
import type { Scope } from './scope.ts'
import type { StoredAnswer } from './stored-answer.ts'

/**
 * What holding an answer costs besides its bytes and its key. Objects, buffers and places in the map are about 1,000; the rest is
 * what V8 and malloc keep around small pieces that come and go, seen as growth of the process by `bench/cache-keys`.
 */
export const ENTRY_OVERHEAD_BYTES = 2_400

/** Answers and bytes. */
export interface Amount {
  answers: number
  bytes: number
}

interface ScopeCount extends Amount {
  readonly key: string
  readonly scope: Scope
  isOutdated: boolean
  readonly ofOrganization: Amount
}

interface Held extends StoredAnswer {
  readonly count: ScopeCount
  readonly bytes: number
}

/** Bounds of the memory. */
export interface MemoryLevelOptions {
  /** For all answers, with what holding them costs, bytes; none are kept when 0. */
  readonly maxBytes: number
  /** Larger answers are not kept, bytes. */
  readonly maxAnswerBytes: number
}

/** The first level: answers in this process, the least recently used forgotten first. */
export class MemoryLevel {
  readonly #held: LRUCache<string, Held>
  /** Answers by what they were made from, as long as nothing of it is known to have changed. */
  readonly #scopes = new Map<string, ScopeCount>()
  readonly #organizations = new Map<string, Amount>()

  constructor({ maxBytes, maxAnswerBytes }: MemoryLevelOptions) {
    this.#held = new LRUCache({
      // Zero would mean without bounds; one byte holds nothing.
      maxSize: Math.max(1, maxBytes),
      maxEntrySize: Math.max(1, Math.min(maxAnswerBytes + ENTRY_OVERHEAD_BYTES, maxBytes)),
      sizeCalculation: ({ bytes }) => bytes,
      onInsert: ({ count, bytes }) => this.#count(count, 1, bytes),
      dispose: ({ count, bytes }) => this.#count(count, -1, -bytes),
    })
  }

  /** What is held of everybody. */
  get size(): Amount {
    return { answers: this.#held.size, bytes: this.#held.calculatedSize }
  }

  /** What is held of one organization. */
  sizeOf(organizationId: string): Amount {
    return { ...(this.#organizations.get(organizationId) ?? { answers: 0, bytes: 0 }) }
  }

  /** The answer of a statement, fresh or old. */
  find(key: string): StoredAnswer | undefined {
    return this.#held.get(key)
  }

  /** Keeps an answer, unless it is too large. */
  store(key: string, stored: StoredAnswer, scope: Scope): void {
    const bytes = stored.answer.heldBytes + 2 * key.length + ENTRY_OVERHEAD_BYTES
    this.#held.set(key, { ...stored, count: this.#countOf(scope), bytes })
  }

  /** Counts the answers that a change concerns; from then on they count as old. */
  outdate(concerns: (scope: Scope) => boolean): number {
    let answers = 0
    for (const [key, count] of this.#scopes) {
      if (!concerns(count.scope)) continue
      answers += count.answers
      count.isOutdated = true
      this.#scopes.delete(key)
    }
    return answers
  }

  clear(): void {
    this.#held.clear()
  }

  #countOf(scope: Scope): ScopeCount {
    const key = JSON.stringify(scope)
    const known = this.#scopes.get(key)
    if (known !== undefined) return known
    let ofOrganization = this.#organizations.get(scope.organizationId)
    if (ofOrganization === undefined) {
      ofOrganization = { answers: 0, bytes: 0 }
      this.#organizations.set(scope.organizationId, ofOrganization)
    }
    const count = { key, scope, ofOrganization, isOutdated: false, answers: 0, bytes: 0 }
    this.#scopes.set(key, count)
    return count
  }

  #count(count: ScopeCount, answers: number, bytes: number): void {
    for (const amount of [count, count.ofOrganization]) {
      amount.answers += answers
      amount.bytes += bytes
    }
    if (count.isOutdated) return
    // A replaced answer is taken away before the new one is added, so an empty count may come back.
    if (count.answers > 0) this.#scopes.set(count.key, count)
    else this.#scopes.delete(count.key)
  }
}
