import type { CubeNode, Model } from '../model/model.ts'
import type { Clock } from '../query/date-value.ts'
import type { Security } from '../security.ts'
import type { SourceNode } from './plan.ts'
import { planSource } from './plan-source.ts'

/** What the parts of one statement share: model, caller, and a record of what was read. */
export class PlanContext {
  readonly model: Model
  readonly security: Security
  readonly #clock: Clock
  readonly #members: ReadonlyMap<string, ReadonlySet<string>>
  readonly #sources = new Map<string, SourceNode>()
  readonly #nodes = new Map<string, CubeNode>()
  #validUntilMs: number | undefined

  /** `members`: those the query names, by node. `clock` reads dates in row rules. */
  constructor(model: Model, security: Security, clock: Clock, members: ReadonlyMap<string, ReadonlySet<string>>) {
    this.model = model
    this.security = security
    this.#clock = clock
    this.#members = members
  }

  /** The rows of a node that the caller may see; the same ones wherever the statement reads it. */
  source(node: CubeNode): SourceNode {
    let source = this.#sources.get(node.name)
    if (source === undefined) {
      const members = this.#members.get(node.name) ?? new Set<string>()
      const planned = planSource({ model: this.model, node, members, clock: this.#clock }, this.security)
      source = planned.source
      this.#sources.set(node.name, source)
      this.#nodes.set(node.name, node)
      if (planned.validUntilMs !== undefined)
        this.#validUntilMs = Math.min(this.#validUntilMs ?? planned.validUntilMs, planned.validUntilMs)
    }
    return source
  }

  /** Every node read so far. */
  get nodes(): readonly CubeNode[] {
    return [...this.#nodes.values()]
  }

  /** When words in the row rules mean something else. */
  get validUntilMs(): number | undefined {
    return this.#validUntilMs
  }
}

/** A name for something that is no cube, in a select where cubes are named: no cube or role has it in any case. */
export function freeAlias(model: Model, wanted: string): string {
  let alias = wanted
  while (isTaken(model, alias)) alias += '_'
  return alias
}

function isTaken(model: Model, alias: string): boolean {
  if (model.nodes.has(alias)) return true
  const lower = alias.toLowerCase()
  for (const name of model.nodes.keys()) if (name.length === lower.length && name.toLowerCase() === lower) return true
  return false
}
