import type { DataSource } from '../data-sources/data-source.ts'
import { type GateLimits, type GroupLimits, StatementGate } from './statement-gate.ts'

/** Gates without a statement that are kept for sources that may be gone. */
const MAX_GATES = 1_000

/** One gate for each data source, made when it is first asked. A source that was configured anew gets a new gate. */
export class SourceGates {
  readonly #limits: Omit<GateLimits, 'concurrency'> | undefined
  readonly #concurrencyOf: (source: DataSource) => number
  readonly #limitsOf: ((group: string, source: DataSource) => GroupLimits | undefined) | undefined
  readonly #gates = new Map<string, { readonly source: DataSource; readonly gate: StatementGate }>()

  /**
   * `concurrencyOf`: places at a source; its own `concurrency` when absent. `limitsOf`: what an organization has at a source
   * instead of `limits`; none has anything when absent.
   */
  constructor(
    limits?: Omit<GateLimits, 'concurrency'>,
    concurrencyOf = (source: DataSource) => source.concurrency,
    limitsOf?: (group: string, source: DataSource) => GroupLimits | undefined,
  ) {
    this.#limits = limits
    this.#concurrencyOf = concurrencyOf
    this.#limitsOf = limitsOf
  }

  of(source: DataSource): StatementGate {
    const id = source.id ?? source.name
    const known = this.#gates.get(id)
    if (known?.source === source) return known.gate
    const limits = { ...this.#limits, concurrency: this.#concurrencyOf(source) }
    const gate = new StatementGate(limits, (group) => this.#limitsOf?.(group, source))
    if (this.#gates.size >= MAX_GATES) this.#forgetIdle()
    this.#gates.set(id, { source, gate })
    return gate
  }

  /** Statements running and waiting now, by name of the source: those of all organizations' sources of that name together. */
  get load(): Readonly<Record<string, StatementGate['load']>> {
    const loads: Record<string, { running: number; waiting: number }> = {}
    for (const { source, gate } of this.#gates.values()) {
      const { running, waiting } = loads[source.name] ?? { running: 0, waiting: 0 }
      loads[source.name] = { running: running + gate.load.running, waiting: waiting + gate.load.waiting }
    }
    return loads
  }

  #forgetIdle(): void {
    for (const [id, { gate }] of this.#gates) {
      if (gate.load.running === 0 && gate.load.waiting === 0) this.#gates.delete(id)
    }
  }
}
