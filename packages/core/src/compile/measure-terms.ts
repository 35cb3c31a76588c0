import type { CubeNode, Measure, Model } from '../model/model.ts'
import { type Fact, isComputed, type Leaf } from './fact.ts'
import { groupsColumn } from './groups.ts'
import type { Expression } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { AskedMeasure } from './question.ts'

/** Functions that aggregate: SQL with one of them is over rows, not over measures. */
const AGGREGATES =
  /\b(?:sum|count|avg|min|max|median|percentile_cont|percentile_disc|string_agg|array_agg|bool_or|bool_and|stddev\w*|var\w*|approx\w*|any_value|corr|mode|list|listagg|group_concat|uniq\w*|quantile\w*|arg_min|arg_max|argMin|argMax)\s*\(/i

/** Takes measures apart into the aggregates of rows they are made of, fact by fact. */
export class MeasureTerms {
  readonly #context: PlanContext
  readonly #facts = new Map<string, { node: CubeNode; leaves: Leaf[] }>()
  #count = 0

  constructor(context: PlanContext) {
    this.#context = context
  }

  /** The value of a measure over columns of the combined facts. */
  value({ node, member, isMasked }: AskedMeasure): Expression {
    if (!isMasked && isDerived(this.#context.model, node, member)) return this.#derived(node, member)
    return groupsColumn(this.#leaf(node, member, isMasked))
  }

  #derived(node: CubeNode, measure: Measure): Expression {
    const pieces = measure.sql!.pieces.map((piece) => {
      if (typeof piece === 'string') return piece
      const target = piece.node === undefined ? node : this.#context.model.nodes.get(piece.node)!
      const name = piece.kind === 'member' ? piece.member : ''
      return this.value({ node: target, member: target.cube.members.get(name) as Measure, isMasked: false })
    })
    const [only] = pieces
    if (pieces.length === 1 && typeof only === 'object') return only
    return { kind: 'sql', pieces, isColumn: false }
  }

  #leaf(node: CubeNode, member: Measure, isMasked: boolean): string {
    let fact = this.#facts.get(node.name)
    if (fact === undefined) {
      fact = { node, leaves: [] }
      this.#facts.set(node.name, fact)
    }
    const known = fact.leaves.find((leaf) => leaf.member === member && leaf.isMasked === isMasked)
    if (known !== undefined) return known.name
    const name = `m${this.#count++}`
    fact.leaves.push({ name, member, isMasked })
    return name
  }

  /** The facts of every measure whose value was asked. */
  get facts(): readonly Fact[] {
    return [...this.#facts.values()]
  }
}

/** Whether a measure is made of measures alone. One with columns or aggregates of its own is evaluated over rows. */
function isDerived(model: Model, node: CubeNode, measure: Measure): boolean {
  if (!isComputed(measure) || measure.sql === undefined) return false
  let hasMeasure = false
  for (const piece of measure.sql.pieces) {
    if (typeof piece === 'string') {
      if (AGGREGATES.test(piece)) return false
    } else {
      if (piece.kind === 'alias') return false
      const target = piece.node === undefined ? node : model.nodes.get(piece.node)!
      if (target.cube.members.get(piece.member)?.kind !== 'measure') return false
      hasMeasure = true
    }
  }
  return hasMeasure
}
