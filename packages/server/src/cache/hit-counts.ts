import type { AnswerOrigin } from './result-cache.ts'

/** How often an answer came from where. */
export type Hits = Record<AnswerOrigin, number>

/** Counts per organization since the start: what others ask is nobody's business. */
export class HitCounts {
  readonly #byOrganization = new Map<string, Hits>()

  add(organizationId: string, from: AnswerOrigin): void {
    let hits = this.#byOrganization.get(organizationId)
    if (hits === undefined) {
      hits = { memory: 0, redis: 0, table: 0, source: 0 }
      this.#byOrganization.set(organizationId, hits)
    }
    hits[from]++
  }

  of(organizationId: string): Hits {
    return { ...(this.#byOrganization.get(organizationId) ?? { memory: 0, redis: 0, table: 0, source: 0 }) }
  }
}
