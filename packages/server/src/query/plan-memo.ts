import type { CompiledQuery } from '@datainsight/core/compile'
import { LRUCache } from 'lru-cache'
import type { KeyHolder } from '../cache/freshness.ts'

/** A compiled query, ready to be looked up or run. */
export interface Plan extends KeyHolder {
  readonly compiled: CompiledQuery
  /** The same where columns become texts: for when the database refused a text as no value of a column's type. */
  readonly compileTexts: () => CompiledQuery
  /** Members that the query names; see `membersOf`. */
  readonly members: readonly string[]
  /** Whose data source of the statement's name is asked. */
  readonly organizationId: string
  /** Whether refresh keys alone say when its answer is old. */
  readonly isRuled: boolean
  /** How long after its time an answer may be given, milliseconds. */
  readonly maxStaleMs: number
}

/** Longest text remembered, characters. Longer questions are compiled each time. */
const MAX_TEXT_LENGTH = 32_768

/**
 * Remembers what a question compiles to for a caller, so that a repeated one costs two map lookups. The question is known by
 * its exact text, the caller by `Principal.securityKey`; both are replaced by small numbers, because a long joined key would
 * have to be hashed again for each request.
 */
export class PlanMemo {
  readonly #plans = new LRUCache<string, Plan>({ max: 20_000 })
  readonly #texts = new LRUCache<string, number>({
    maxSize: 32 * 1024 * 1024,
    sizeCalculation: (_, text) => 2 * text.length + 100,
  })
  readonly #callers = new LRUCache<string, number>({ max: 20_000 })
  /** A reload gives another id: plans of the old model are found no more, and age out. */
  readonly #models = new LRUCache<string, number>({ max: 20_000 })
  #nextId = 1

  /**
   * The plan of `text` for a caller, made by `compile` when it is not known, or no longer true at `nowMs` because words such
   * as "today" have moved on.
   */
  get(modelId: string, securityKey: string, text: string, nowMs: number, compile: () => Plan): Plan {
    if (text.length > MAX_TEXT_LENGTH) return compile()
    const model = this.#idOf(this.#models, modelId)
    const key = `${model}:${this.#idOf(this.#callers, securityKey)}:${this.#idOf(this.#texts, text)}`
    const known = this.#plans.get(key)
    if (known !== undefined && nowMs < (known.compiled.validUntilMs ?? Number.POSITIVE_INFINITY)) return known
    const plan = compile()
    this.#plans.set(key, plan)
    return plan
  }

  /** Ids are never used twice, so a plan of a forgotten text or caller cannot be found by another. */
  #idOf(ids: LRUCache<string, number>, text: string): number {
    const known = ids.get(text)
    if (known !== undefined) return known
    const id = this.#nextId++
    ids.set(text, id)
    return id
  }
}
