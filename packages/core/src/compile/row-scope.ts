import { AnalyticsError } from '../errors.ts'
import type { CubeNode, Dimension, Measure, Member, SqlTemplate } from '../model/model.ts'
import { comparedType } from '../model/operator-fit.ts'
import type { ResolvedFilter, RowCondition } from '../query/resolved-query.ts'
import { buildCondition, testCondition } from './build-condition.ts'
import { type JoinTree, joinTree, type Need, type Standing, standingOf, typeOf } from './join-tree.ts'
import { memberExpression, templateExpression } from './member-expression.ts'
import type { Condition, Expression, From, JoinNode, NullType } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { Grouping, Lookup, MemberGrouping, Question } from './question.ts'

/** Name of the column that shows whether a row of a cube without a primary key is there. */
const MARK = 'di_present'

/** What a select over cubes reads. */
export interface JoinedRows {
  readonly from: From
  readonly joins: readonly JoinNode[]
  /** How the rows of the fact stand in these. */
  readonly standing: Standing
}

/**
 * Makes the expressions of one select over cubes, and remembers which cubes they need.
 * `fact` is the node whose rows are measured, if any.
 */
export class RowScope {
  readonly #context: PlanContext
  readonly #fact: CubeNode | undefined
  readonly #needs: Need[] = []
  readonly #lookups = new Map<Lookup, Expression>()

  constructor(context: PlanContext, fact: CubeNode | undefined) {
    this.#context = context
    this.#fact = fact
  }

  /** A member's value for a row; of a measure, its aggregate. */
  member(node: CubeNode, member: Member): Expression {
    const { expression, needs } = memberExpression(this.#context.model, node, member)
    this.#need({ node: node.name })
    for (const need of needs) this.#need(need)
    return expression
  }

  /** SQL of a member as seen from its node. */
  template(node: CubeNode, template: SqlTemplate): Expression {
    const needs: Need[] = []
    const expression = templateExpression(this.#context.model, node, template, needs)
    this.#need({ node: node.name })
    for (const need of needs) this.#need(need)
    return expression
  }

  /** The value that a grouping groups by. */
  grouping(grouping: Grouping, question: Question): Expression {
    if (grouping.kind !== 'lookup') return this.#memberGrouping(grouping, question)
    const own = this.#memberGrouping(grouping.of, question)
    this.#lookups.set(grouping.lookup, own)
    return grouping.value(own)
  }

  #memberGrouping(grouping: MemberGrouping, question: Question): Expression {
    const { node, member } = grouping
    if (grouping.isMasked) {
      this.needNode(node)
      return { kind: 'null', type: nullTypeOf(member), isAggregate: false }
    }
    const argument = this.member(node, member)
    switch (grouping.kind) {
      case 'time':
        return {
          kind: 'bucket',
          granularity: grouping.buckets,
          timezone: question.timezone,
          rules: question.rules,
          argument,
          offsets: undefined,
        }
      case 'bin': {
        const { width, min, max } = grouping.bin
        return { kind: 'bin', argument, width, min, max }
      }
      case 'dimension':
        return member.type === 'time' ? { kind: 'instant', argument } : argument
    }
  }

  /** The question's conditions on rows. */
  conditions(question: Question): Condition[] {
    return [
      ...question.segments.map(
        ({ node, member }): Condition => ({ kind: 'expression', expression: this.member(node, member) }),
      ),
      ...question.rowFilters.map((filter) => this.#filter(filter)),
    ]
  }

  #filter(filter: ResolvedFilter): Condition {
    return buildCondition<RowCondition>(filter, (condition) => {
      const { node } = condition
      if (condition.kind === 'condition') return testCondition(condition.test, this.member(node, condition.member))
      const conditions = condition.member.filters.map(
        (own): Condition => ({ kind: 'expression', expression: this.template(node, own) }),
      )
      return { kind: 'and', conditions }
    })
  }

  /** Values of the primary key of the fact; none when it has none. */
  key(): readonly Expression[] {
    const fact = this.#fact!
    return primaryKeyOf(fact).map((dimension) => this.member(fact, dimension))
  }

  /** Reads a node's rows, of which no value is wanted: a masked value needs nothing else. */
  needNode(node: CubeNode): void {
    this.#need({ node: node.name })
  }

  #need(need: Need): void {
    if (!this.#needs.some(({ node, path }) => node === need.node && isSameWay(path, need.path))) this.#needs.push(need)
  }

  get needs(): readonly Need[] {
    return this.#needs
  }

  /** Joins everything the expressions made so far need. */
  rows(): JoinedRows {
    const { model, security } = this.#context
    return this.#join(joinTree(model, this.#needs, this.#fact?.name, security))
  }

  #join(tree: JoinTree): JoinedRows {
    const standing: Standing =
      this.#fact === undefined ? { isMultiplied: false, isOptional: false } : standingOf(tree, this.#fact.name)
    return {
      from: this.#source(tree.root, standing),
      joins: [
        ...tree.joins.map(
          ({ from, to, join }): JoinNode => ({
            type: typeOf(join),
            from: this.#source(to, standing),
            on: [{ kind: 'expression', expression: templateExpression(this.#context.model, from, join.sql, []) }],
          }),
        ),
        ...[...this.#lookups].map(
          ([lookup, own]): JoinNode => ({
            type: 'left',
            from: { kind: 'derived', alias: lookup.alias, relation: lookup.relation },
            on: [
              {
                kind: 'relate',
                operator: 'same',
                left: own,
                right: { kind: 'column', alias: lookup.alias, name: lookup.key },
              },
            ],
          }),
        ),
      ],
      standing,
    }
  }

  #source(node: CubeNode, standing: Standing): From {
    const source = this.#context.source(node)
    const isMarked = standing.isOptional && node === this.#fact && primaryKeyOf(node).length === 0
    return isMarked ? { ...source, mark: MARK } : source
  }

  /** Whether a row of the fact is there, where there may be none. */
  presence(): Condition {
    const [key] = this.key()
    const argument: Expression = key ?? { kind: 'column', alias: this.#fact!.name, name: MARK }
    return { kind: 'present', isNegated: false, argument }
  }
}

function isSameWay(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return (
    a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((name, at) => name === b[at]))
  )
}

export function primaryKeyOf(node: CubeNode): readonly Dimension[] {
  const key: Dimension[] = []
  for (const member of node.cube.members.values()) {
    if (member.kind === 'dimension' && member.isPrimaryKey) key.push(member)
  }
  return key
}

export function nullTypeOf(member: Dimension | Measure): NullType {
  if (member.kind === 'measure') return 'number'
  const type = comparedType(member.type)
  return type === 'geo' ? 'string' : type
}

/** @throws AnalyticsError `no_join_path`: rows of a fact stand more than once and nothing tells them apart. */
export function needsPrimaryKey(fact: CubeNode): AnalyticsError {
  return new AnalyticsError(
    'no_join_path',
    `rows of ${fact.name} would be counted more than once: it is joined to cubes of which each of its rows has many`,
    { hint: `Declare a dimension of ${fact.cube.name} with primary_key: true, so that its rows can be told apart.` },
  )
}
