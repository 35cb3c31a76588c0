import { isGivenSwitch } from '../model/given-switch.ts'
import type { CubeNode, Measure, MemberRef, SqlTemplate } from '../model/model.ts'
import { isComputed } from './fact.ts'
import { GROUPS, groupsColumn, settleGroups } from './groups.ts'
import { measuresExpression, type Stage } from './measure-terms.ts'
import type { AggregateFunction, Condition, Expression, NamedExpression, Relation, Select } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { AskedMeasure, Grouping, MemberGrouping, Question } from './question.ts'
import { stageQuestion } from './stage-question.ts'
import { givenSwitches } from './switch-values.ts'

/** Aggregates that every database computes over a window. */
const WINDOWED: ReadonlySet<string> = new Set(['sum', 'avg', 'min', 'max', 'count', 'rank'])

/**
 * The values of a measure that is computed from aggregated measures: a row per group of the question, columns g0, g1, … and the
 * stage's.
 *
 * The inner measures are answered with the question's groupings and those the stage adds. Where the stage keeps all groupings, they
 * are then aggregated by them. Where it keeps fewer, windows aggregate them, so that each row has the value of the wider group it
 * belongs to; nulls are equal in a window as they are in a group. What no window computes, and what is made of other rows than
 * the question's, is aggregated by itself and given to each group that belongs to one.
 */
export function stageRelation(stage: Stage, question: Question, context: PlanContext): Relation {
  const { member } = stage
  const { filter, addGroupBy } = stage.stage
  const isKept = question.groupings.map((grouping) => keeps(stage, grouping))
  const isAggregated = member.type !== 'rank' && (!isComputed(member) || addGroupBy !== undefined)
  if (filter === undefined && isAggregated && isKept.every(Boolean)) {
    const own = aggregatedRelation(stage, question, context, isKept)
    const isOfSwitches = question.groupings.length > 0 && givenSwitches(question.groupings).size === isKept.length
    return isOfSwitches ? everyValue(own, stage, question, context) : own
  }
  return filter === undefined && WINDOWED.has(member.type) && member.filters.length === 0
    ? windowRelation(stage, question, context, isKept)
    : joinedRelation(stage, question, context, isKept)
}

/** Inner groups aggregated by the groupings that are kept, in their order: g0, g1, … and the stage's column. */
function aggregatedRelation(
  stage: Stage,
  question: Question,
  context: PlanContext,
  isKept: readonly boolean[],
): Select {
  const { member } = stage
  const groupings = [...question.groupings, ...addedGroupings(stage, question, context)]
  const terms = new InnerMeasures(stage, context, groupings)
  const argument = member.sql === undefined ? undefined : terms.expression(member.sql)
  const filters = member.filters.map((condition) => terms.expression(condition))
  const inner = settleGroups(context.answer({ ...question, groupings, measures: terms.measures }))
  const value: Expression = isComputed(member)
    ? argument!
    : {
        kind: 'aggregate',
        function: member.type as AggregateFunction,
        argument,
        filters,
        ...(member.percentile !== undefined && { percentile: member.percentile }),
      }
  const kept = question.groupings.flatMap((_, index) => (isKept[index] ? [groupsColumn(`g${index}`)] : []))
  const columns = kept.map((expression, index): NamedExpression => ({ name: `g${index}`, expression }))
  return {
    ...over(inner.relation, [...columns, { name: stage.name, expression: value }]),
    groupBy: columns.map((_, index) => index),
  }
}

/** Where nothing but switches groups there is one whole, which has a value of each also when it has no rows. */
function everyValue(own: Relation, stage: Stage, question: Question, context: PlanContext): Relation {
  const alias = 'w'
  const column = (name: string): Expression => ({ kind: 'column', alias, name })
  const value = column(stage.name)
  const isMissing: Condition = { kind: 'present', isNegated: true, argument: value }
  const zero: Expression = { kind: 'integer', value: 0 }
  const expression: Expression = stage.member.type.startsWith('count')
    ? { kind: 'case', whens: [{ condition: isMissing, value: zero }], otherwise: value }
    : value
  const values = settleGroups(context.answer({ ...question, measures: [] })).relation
  const groupings = groupingColumns(question.groupings)
  const on = groupings.map(
    ({ name, expression: left }): Condition => ({ kind: 'relate', operator: 'same', left, right: column(name) }),
  )
  return {
    ...over(values, [...groupings, { name: stage.name, expression }]),
    joins: [{ type: 'left', from: { kind: 'derived', alias, relation: own }, on }],
  }
}

function windowRelation(stage: Stage, question: Question, context: PlanContext, isKept: readonly boolean[]): Relation {
  const { member } = stage
  const added = addedGroupings(stage, question, context)
  const all = [...question.groupings, ...added]
  const terms = new InnerMeasures(stage, context, all)
  const argument = member.sql === undefined ? undefined : terms.expression(member.sql)
  const order = stage.stage.orderBy.map(({ sql, direction }) => ({ expression: terms.expression(sql), direction }))
  const inner = settleGroups(context.answer({ ...question, groupings: all, measures: terms.measures }))
  const partition = question.groupings.flatMap((_, index) => (isKept[index] ? [groupsColumn(`g${index}`)] : []))
  const groupings = groupingColumns(question.groupings)
  const value: Expression = {
    kind: 'window',
    function: member.type as AggregateFunction | 'rank',
    argument,
    partition,
    order,
  }
  const rows = over(inner.relation, [...groupings, { name: stage.name, expression: value }])
  if (added.length === 0) return rows
  // Rows of one group differ in what was added alone; the window gave all of them one value, but for a rank.
  const one: Expression = {
    kind: 'aggregate',
    function: member.type === 'rank' ? 'min' : 'max',
    argument: groupsColumn(stage.name),
    filters: [],
  }
  return {
    ...over(rows, [...groupings, { name: stage.name, expression: one }]),
    groupBy: groupings.map((_, index) => index),
  }
}

/**
 * A value answered by itself, and given to each group of the question that belongs to one of its groups. The question's own
 * conditions say which groups there are, whatever the stage's filter makes the value of.
 */
function joinedRelation(stage: Stage, question: Question, context: PlanContext, isKept: readonly boolean[]): Relation {
  const { member, node } = stage
  // A rank is one of its own group.
  const isJoined = member.type === 'rank' ? isKept.map(() => true) : isKept
  const inner = stageQuestion(stage.stage.filter, node, question, context)
  const value = ownValue({ ...stage, stage: { ...stage.stage, filter: undefined } }, inner, context, isKept)
  const { measures } = termsOf(stage, context, [...question.groupings, ...addedGroupings(stage, question, context)])
  const groups = settleGroups(context.answer({ ...question, measures }))
  const alias = 'w'
  let position = 0
  const on = isJoined.flatMap((isIn, index) =>
    isIn
      ? [
          {
            kind: 'relate' as const,
            operator: 'same' as const,
            left: groupsColumn(`g${index}`),
            right: { kind: 'column' as const, alias, name: `g${position++}` },
          },
        ]
      : [],
  )
  return {
    ...over(groups.relation, [
      ...groupingColumns(question.groupings),
      { name: stage.name, expression: { kind: 'column', alias, name: stage.name } },
    ]),
    joins: [
      {
        type: on.length === 0 ? 'cross' : 'left',
        from: { kind: 'derived', alias, relation: value },
        on,
      },
    ],
  }
}

/** A stage's value by the groupings that it keeps; a rank's by all. */
function ownValue(stage: Stage, question: Question, context: PlanContext, isKept: readonly boolean[]): Relation {
  const { member } = stage
  if (member.type === 'rank') return windowRelation(stage, question, context, isKept)
  if (!isComputed(member) || stage.stage.addGroupBy !== undefined)
    return aggregatedRelation(stage, question, context, isKept)
  const kept = question.groupings.filter((_, index) => isKept[index])
  const terms = new InnerMeasures(stage, context, kept)
  const value = terms.expression(member.sql!)
  const groups = settleGroups(context.answer({ ...question, groupings: kept, measures: terms.measures }))
  return over(groups.relation, [...groupingColumns(kept), { name: stage.name, expression: value }])
}

function groupingColumns(groupings: readonly Grouping[]): NamedExpression[] {
  return groupings.map((_, index) => ({ name: `g${index}`, expression: groupsColumn(`g${index}`) }))
}

function termsOf(stage: Stage, context: PlanContext, groupings: readonly Grouping[]): InnerMeasures {
  const terms = new InnerMeasures(stage, context, groupings)
  if (stage.member.sql !== undefined) terms.expression(stage.member.sql)
  for (const { sql } of stage.stage.orderBy) terms.expression(sql)
  return terms
}

/** The measures that a stage's SQL names, and their columns in the settled answer; dimensions in it are groupings of that. */
class InnerMeasures {
  readonly measures: AskedMeasure[] = []
  readonly #stage: Stage
  readonly #context: PlanContext
  readonly #groupings: readonly Grouping[]

  constructor(stage: Stage, context: PlanContext, groupings: readonly Grouping[]) {
    this.#stage = stage
    this.#context = context
    this.#groupings = groupings
  }

  expression(sql: SqlTemplate): Expression {
    return measuresExpression(this.#context.model, this.#stage.node, sql, {
      measure: (asked) => groupsColumn(`m${this.#position(asked)}`),
      dimension: (node, member) => {
        const index = this.#groupings.findIndex(
          (grouping) => grouping.kind === 'dimension' && grouping.node === node && grouping.member === member,
        )
        return index === -1 ? undefined : groupsColumn(`g${index}`)
      },
    })
  }

  #position(asked: { readonly node: CubeNode; readonly member: Measure; readonly isMasked: boolean }): number {
    const index = this.measures.findIndex((known) => known.node === asked.node && known.member === asked.member)
    const { node, via, shifts } = this.#stage
    return index === -1 ? this.measures.push({ ...asked, ...(asked.node === node && via), shifts }) - 1 : index
  }
}

function keeps({ node, stage }: Stage, grouping: Grouping): boolean {
  const own = grouping.kind === 'lookup' ? grouping.of : grouping
  const isIn = (refs: readonly MemberRef[]) =>
    refs.some((ref) => (ref.node ?? node.name) === own.node.name && ref.member === own.member.name)
  // Measures for different values of a switch are of different kinds, so that nothing adds them up by itself.
  if (stage.groupBy !== undefined) return isIn(stage.groupBy) || isGivenSwitch(own.member)
  return stage.reduceBy === undefined || !isIn(stage.reduceBy)
}

function addedGroupings({ node, stage, via }: Stage, question: Question, context: PlanContext): MemberGrouping[] {
  return (stage.addGroupBy ?? []).flatMap((ref): MemberGrouping[] => {
    const owner: CubeNode = ref.node === undefined ? node : context.model.nodes.get(ref.node)!
    const member = owner.cube.members.get(ref.member)
    if (member?.kind !== 'dimension') throw new Error(`${ref.member} is no dimension`)
    const isThere = question.groupings.some(
      (grouping) => grouping.kind === 'dimension' && grouping.node === owner && grouping.member === member,
    )
    return isThere
      ? []
      : [
          {
            kind: 'dimension',
            name: `${owner.name}.${member.name}`,
            node: owner,
            member,
            isMasked: false,
            ...(owner === node && via),
          },
        ]
  })
}

function over(relation: Relation, columns: readonly NamedExpression[]): Select {
  return {
    kind: 'select',
    from: { kind: 'derived', alias: GROUPS, relation },
    joins: [],
    columns,
    where: [],
    groupBy: undefined,
    having: [],
  }
}
