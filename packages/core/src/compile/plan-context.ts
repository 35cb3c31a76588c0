import type { CubeNode, Model, View } from '../model/model.ts'
import type { Clock } from '../query/date-value.ts'
import type { Security } from '../security.ts'
import type { Groups } from './groups.ts'
import type { SourceNode } from './plan.ts'
import { planSource } from './plan-source.ts'
import type { Question } from './question.ts'
import type { FindRollup } from './rollup.ts'

/** What a statement is planned with. */
export interface PlanSetting {
  readonly model: Model
  readonly security: Security
  /** Reads dates in row rules. */
  readonly clock: Clock
  /** Members the query names, by node. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>
  /** Views the query names members through, and which members. */
  readonly views: ReadonlyMap<View, ReadonlySet<string>>
  /** Looks for rollups; without it every fact reads rows. */
  readonly rollups?: FindRollup | undefined
  /** Answers the questions that a question is made of: sub-queries, stages. */
  readonly answer: (question: Question, context: PlanContext) => Groups
}

/** What the parts of one statement share, and a record of what was read. */
export class PlanContext {
  readonly model: Model
  readonly security: Security
  readonly clock: Clock
  readonly views: ReadonlyMap<View, ReadonlySet<string>>
  readonly findRollup: FindRollup | undefined
  readonly #setting: PlanSetting
  readonly #rollups = new Set<string>()
  readonly #rollupReasons = new Set<string>()
  readonly #sources = new Map<string, SourceNode>()
  readonly #nodes = new Map<string, CubeNode>()
  readonly #policies = new Set<string>()
  #validUntilMs: number | undefined

  constructor(setting: PlanSetting) {
    this.model = setting.model
    this.security = setting.security
    this.clock = setting.clock
    this.views = setting.views
    this.findRollup = setting.rollups
    this.#setting = setting
  }

  /** Members of a node that the query names. */
  membersOf(node: CubeNode): ReadonlySet<string> {
    return this.#setting.members.get(node.name) ?? new Set()
  }

  answer(question: Question): Groups {
    return this.#setting.answer(question, this)
  }

  /** The rows of a node that the caller may see; the same ones wherever the statement reads it. */
  source(node: CubeNode): SourceNode {
    let source = this.#sources.get(node.name)
    if (source === undefined) {
      const members = this.membersOf(node)
      const planned = planSource({ model: this.model, node, members, clock: this.clock }, this.security)
      source = planned.source
      this.#sources.set(node.name, source)
      this.#nodes.set(node.name, node)
      this.notePolicies(source.policies, planned.validUntilMs)
    }
    return source
  }

  /** Records policies that shaped the statement, and when words in them mean something else. */
  notePolicies(policies: readonly string[], validUntilMs: number | undefined): void {
    for (const policy of policies) this.#policies.add(policy)
    if (validUntilMs !== undefined) this.#validUntilMs = Math.min(this.#validUntilMs ?? validUntilMs, validUntilMs)
  }

  /** Records which rollup a fact reads, or why it reads none. */
  noteRollup(name: string | undefined, reasons: readonly string[]): undefined {
    if (name !== undefined) this.#rollups.add(name)
    for (const reason of reasons) this.#rollupReasons.add(reason)
    return undefined
  }

  /** Names of the rollups read, and why other facts read none. */
  get rollups(): { readonly used: readonly string[]; readonly reasons: readonly string[] } {
    return { used: [...this.#rollups], reasons: [...this.#rollupReasons] }
  }

  /** Every node read so far. */
  get nodes(): readonly CubeNode[] {
    return [...this.#nodes.values()]
  }

  /** Cube or view and role of each policy used. */
  get policies(): readonly string[] {
    return [...this.#policies]
  }

  /** When words in the row rules mean something else. */
  get validUntilMs(): number | undefined {
    return this.#validUntilMs
  }
}
