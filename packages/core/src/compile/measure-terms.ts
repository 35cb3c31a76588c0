import { AnalyticsError } from '../errors.ts'
import { hasAggregate } from '../model/aggregate-sql.ts'
import type {
  CubeNode,
  Dimension,
  Measure,
  Model,
  MultiStage,
  SqlTemplate,
  SwitchCase,
  ViewMember,
} from '../model/model.ts'
import type { NamedThrough } from '../query/resolved-query.ts'
import { type Fact, isComputed, type Leaf, type Shift } from './fact.ts'
import { groupsColumn } from './groups.ts'
import type { Expression } from './plan.ts'
import type { AskedMeasure, Question } from './question.ts'
import { allowedValues, switchAt } from './switch-values.ts'

/** A measure computed from measures that are aggregated already; its column is `name`. */
export interface Stage {
  readonly name: string
  readonly node: CubeNode
  readonly member: Measure
  readonly stage: MultiStage
  readonly shifts: readonly Shift[]
  /** Through which view it was named: the way to its node, also for what it is made of. */
  readonly via: NamedThrough
}

/** What of a question says which measure a switch chooses. */
export type TermsQuestion = Pick<Question, 'groupings' | 'rowFilters'>

/** Takes measures apart into what is answered by itself: aggregates of rows, fact by fact, and stages. */
export class MeasureTerms {
  readonly stages: Stage[] = []
  readonly #model: Model
  readonly #question: TermsQuestion
  readonly #isTimed: () => boolean
  readonly #facts = new Map<string, Fact & { readonly leaves: Leaf[] }>()
  #count = 0

  /**
   * `question` groups by the switches that its measures depend on, or holds each to one value. `isTimed` tells whether it has a
   * time that windows can be about; called for each measure that has a window.
   */
  constructor(model: Model, question: TermsQuestion, isTimed: () => boolean) {
    this.#model = model
    this.#question = question
    this.#isTimed = isTimed
  }

  /** The value of a measure over columns of the combined facts and stages. */
  value(asked: AskedMeasure): Expression {
    const { node, member, isMasked, shifts = [], view, viewMember } = asked
    const via = { view, viewMember }
    const path = viewMember?.path
    if (isMasked) return groupsColumn(this.#leaf({ node, shifts: [], window: undefined, path }, member, true))
    if (member.multiStage !== undefined) return this.#multiStage(node, member, member.multiStage, shifts, via)
    if (this.#isDerived(node, member)) return this.#derived(node, member.sql!, shifts, via)
    const window = member.rollingWindow !== undefined && this.#isTimed() ? member.rollingWindow : undefined
    return groupsColumn(this.#leaf({ node, shifts, window, path }, member, false))
  }

  #multiStage(
    node: CubeNode,
    member: Measure,
    stage: MultiStage,
    shifts: readonly Shift[],
    via: NamedThrough,
  ): Expression {
    const shifted = [
      ...shifts,
      ...stage.timeShifts.map(
        ({ timeDimension, by }): Shift => ({
          node: timeDimension === undefined ? undefined : (timeDimension.node ?? node.name),
          member: timeDimension?.member,
          by,
        }),
      ),
    ]
    if (stage.switchOn !== undefined) return this.#case(node, stage.switchOn, shifted, via)
    const { groupBy, reduceBy, addGroupBy, filter } = stage
    const isPlain = [groupBy, reduceBy, addGroupBy, filter].every((key) => key === undefined)
    // One group stays one group: only an aggregate of several would change anything.
    if (isPlain && member.type !== 'rank' && !member.type.startsWith('count'))
      return this.#derived(node, member.sql!, shifted, via)
    const name = `m${this.#count++}`
    this.stages.push({ name, node, member, stage, shifts: shifted, via })
    return groupsColumn(name)
  }

  /** The measure for the one value that the switch has, or for that of each group. */
  #case(
    node: CubeNode,
    { dimension, whens, otherwise }: SwitchCase,
    shifts: readonly Shift[],
    via: NamedThrough,
  ): Expression {
    const of = switchAt(this.#model, node, dimension)
    const place = this.#question.groupings.findIndex(
      (grouping) => grouping.kind === 'dimension' && grouping.node === of.node && grouping.member === of.member,
    )
    if (place === -1) {
      const [only] = allowedValues(of, this.#question)
      const { sql } = whens.find(({ value }) => value === only) ?? { sql: otherwise }
      return this.#derived(node, sql, shifts, via)
    }
    return {
      kind: 'case',
      whens: whens.map(({ value, sql }) => ({
        condition: {
          kind: 'equals',
          isNegated: false,
          argument: groupsColumn(`g${place}`),
          values: [{ type: 'text', value }],
        },
        value: this.#derived(node, sql, shifts, via),
      })),
      otherwise: this.#derived(node, otherwise, shifts, via),
    }
  }

  #derived(node: CubeNode, sql: SqlTemplate, shifts: readonly Shift[], via: NamedThrough): Expression {
    return measuresExpression(this.#model, node, sql, {
      measure: (asked) => this.value({ ...asked, ...viaOf(asked, node, via), shifts }),
    })
  }

  #leaf(rows: Omit<Fact, 'leaves'>, member: Measure, isMasked: boolean): string {
    const key = factKey(rows)
    let fact = this.#facts.get(key)
    if (fact === undefined) {
      fact = { ...rows, leaves: [] }
      this.#facts.set(key, fact)
    }
    const known = fact.leaves.find((leaf) => leaf.member === member && leaf.isMasked === isMasked)
    if (known !== undefined) return known.name
    const name = `m${this.#count++}`
    fact.leaves.push({ name, member, isMasked })
    return name
  }

  /** Whether a measure is made of measures alone. One with columns or aggregates of its own is evaluated over rows. */
  #isDerived(node: CubeNode, measure: Measure): boolean {
    if (!isComputed(measure) || measure.sql === undefined) return false
    if (hasAggregate(measure.sql)) return false
    let hasMeasure = false
    for (const piece of measure.sql.pieces) {
      if (typeof piece === 'string') continue
      if (piece.kind !== 'member') return false
      const target = piece.node === undefined ? node : this.#model.nodes.get(piece.node)!
      if (target.cube.members.get(piece.member)?.kind !== 'measure') return false
      hasMeasure = true
    }
    return hasMeasure
  }

  /** The facts of every measure whose value was asked. */
  get facts(): readonly Fact[] {
    return [...this.#facts.values()]
  }
}

/** Through which view a part of a measure is reached: each measure that a view's own is made of has a way of its own. */
function viaOf({ node, member }: AskedMeasure, owner: CubeNode, via: NamedThrough): NamedThrough | undefined {
  const { view, viewMember } = via
  if (viewMember?.madeOf === undefined) return node === owner ? via : undefined
  const part = partsOf(viewMember).find((one) => one.node === node.name && one.member === member)
  return part && { view, viewMember: part }
}

/** The measures of cubes that a member of a view is made of. */
function partsOf(viewMember: ViewMember): readonly ViewMember[] {
  return viewMember.madeOf === undefined ? [viewMember] : viewMember.madeOf.flatMap(partsOf)
}

function factKey({ node, shifts, window, path }: Omit<Fact, 'leaves'>): string {
  const isPlain = shifts.length === 0 && window === undefined && path === undefined
  return isPlain ? node.name : JSON.stringify([node.name, shifts, window, path])
}

/** What stands for the members that SQL over measures names. */
export interface MeasureColumns {
  readonly measure: (asked: AskedMeasure) => Expression
  /** `undefined`, as when absent: no value of the dimension is there. */
  readonly dimension?: (node: CubeNode, member: Dimension) => Expression | undefined
}

/**
 * SQL over measures, each replaced by its value.
 * @throws AnalyticsError `unsupported` when it also reads columns, or dimensions that the groups do not have.
 */
export function measuresExpression(
  model: Model,
  node: CubeNode,
  sql: SqlTemplate,
  columns: MeasureColumns,
): Expression {
  const pieces = sql.pieces.map((piece) => {
    if (typeof piece === 'string') return piece
    const target = piece.node === undefined ? node : model.nodes.get(piece.node)!
    const member = piece.kind === 'member' ? target.cube.members.get(piece.member) : undefined
    const value =
      member?.kind === 'measure'
        ? columns.measure({ node: target, member, isMasked: false })
        : member?.kind === 'dimension'
          ? columns.dimension?.(target, member)
          : undefined
    if (value === undefined)
      throw new AnalyticsError('unsupported', `a measure of ${node.name} mixes measures with columns of ${target.name}`)
    return value
  })
  const [only] = pieces
  if (pieces.length === 1 && typeof only === 'object') return only
  return { kind: 'sql', pieces, isColumn: false }
}
