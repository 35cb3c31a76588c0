import { AnalyticsError } from '../errors.ts'
import type { CubeNode, MemberRef, SqlTemplate } from '../model/model.ts'
import { GROUPS, groupsColumn, settleGroups } from './groups.ts'
import { measuresExpression, type Stage } from './measure-terms.ts'
import type { AggregateFunction, Expression, NamedExpression, Relation, Select } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { AskedMeasure, Grouping, MemberGrouping, Question } from './question.ts'

/** Aggregates that every database computes over a window. */
const WINDOWED: ReadonlySet<string> = new Set(['sum', 'avg', 'min', 'max', 'count', 'rank'])

/**
 * The values of a measure that is computed from aggregated measures: a row per group of the question, columns g0, g1, … and the
 * stage's.
 *
 * The inner measures are answered with the question's groupings and those the stage adds. Windows over the groupings that it
 * keeps then aggregate them, so that each row has the value of the wider group it belongs to; nulls are equal in a window as they
 * are in a group.
 */
export function stageRelation(stage: Stage, question: Question, context: PlanContext): Relation {
  const { member, node } = stage
  const added = addedGroupings(stage, question, context)
  const isKept = question.groupings.map((grouping) => keeps(stage, grouping))
  if (isExpression(member.type)) return groupedExpression(stage, question, context, isKept)
  if (!WINDOWED.has(member.type)) {
    throw new AnalyticsError(
      'unsupported',
      `${node.name}.${member.name} is a ${member.type} of aggregated measures, which is not supported`,
      { hint: 'Multi-stage measures may be sum, avg, min, max, count, rank or number.' },
    )
  }
  const terms = new InnerMeasures(stage, context)
  const argument = member.sql === undefined ? undefined : terms.expression(member.sql)
  const order = stage.stage.orderBy.map(({ sql, direction }) => ({ expression: terms.expression(sql), direction }))
  const inner = settleGroups(
    context.answer({ ...question, groupings: [...question.groupings, ...added], measures: terms.measures }),
  )
  const partition = question.groupings.flatMap((_, index) => (isKept[index] ? [groupsColumn(`g${index}`)] : []))
  const groupings = question.groupings.map(
    (_, index): NamedExpression => ({
      name: `g${index}`,
      expression: groupsColumn(`g${index}`),
    }),
  )
  const isRank = member.type === 'rank'
  if (!isRank && isKept.every(Boolean)) {
    const value: Expression = {
      kind: 'aggregate',
      function: member.type as AggregateFunction,
      argument,
      filters: [],
    }
    return {
      ...over(inner.relation, [...groupings, { name: stage.name, expression: value }]),
      groupBy: groupings.map((_, index) => index),
    }
  }
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
    function: isRank ? 'min' : 'max',
    argument: groupsColumn(stage.name),
    filters: [],
  }
  return {
    ...over(rows, [...groupings, { name: stage.name, expression: one }]),
    groupBy: groupings.map((_, index) => index),
  }
}

/** A number made of measures at fewer groupings: answered there, and given to each group that belongs to one. */
function groupedExpression(
  stage: Stage,
  question: Question,
  context: PlanContext,
  isKept: readonly boolean[],
): Relation {
  if (stage.stage.addGroupBy !== undefined) {
    throw new AnalyticsError(
      'unsupported',
      `${stage.node.name}.${stage.member.name} is a ${stage.member.type} with add_group_by, which says no way to aggregate`,
    )
  }
  const terms = new InnerMeasures(stage, context)
  const value = terms.expression(stage.member.sql!)
  const kept = question.groupings.filter((_, index) => isKept[index])
  const wide = settleGroups(context.answer({ ...question, groupings: kept, measures: terms.measures }))
  const fine = settleGroups(context.answer({ ...question, measures: terms.measures }))
  const alias = 'w'
  const wideValue = over(wide.relation, [
    ...kept.map((_, index): NamedExpression => ({ name: `g${index}`, expression: groupsColumn(`g${index}`) })),
    { name: stage.name, expression: value },
  ])
  let position = 0
  const on = isKept.flatMap((isIn, index) =>
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
    ...over(fine.relation, [
      ...question.groupings.map(
        (_, index): NamedExpression => ({
          name: `g${index}`,
          expression: groupsColumn(`g${index}`),
        }),
      ),
      { name: stage.name, expression: { kind: 'column', alias, name: stage.name } },
    ]),
    joins: [
      {
        type: on.length === 0 ? 'cross' : 'left',
        from: { kind: 'derived', alias, relation: wideValue },
        on,
      },
    ],
  }
}

/** The measures that a stage's SQL names, and their columns in the settled answer. */
class InnerMeasures {
  readonly measures: AskedMeasure[] = []
  readonly #stage: Stage
  readonly #context: PlanContext

  constructor(stage: Stage, context: PlanContext) {
    this.#stage = stage
    this.#context = context
  }

  expression(sql: SqlTemplate): Expression {
    return measuresExpression(this.#context.model, this.#stage.node, sql, (asked) => {
      let index = this.measures.findIndex((known) => known.node === asked.node && known.member === asked.member)
      if (index === -1) index = this.measures.push({ ...asked, shifts: this.#stage.shifts }) - 1
      return groupsColumn(`m${index}`)
    })
  }
}

function isExpression(type: string): boolean {
  return type === 'number' || type === 'string' || type === 'time' || type === 'boolean'
}

function keeps({ node, stage }: Stage, grouping: Grouping): boolean {
  const own = grouping.kind === 'lookup' ? grouping.of : grouping
  const isIn = (refs: readonly MemberRef[]) =>
    refs.some((ref) => (ref.node ?? node.name) === own.node.name && ref.member === own.member.name)
  if (stage.groupBy !== undefined) return isIn(stage.groupBy)
  return stage.reduceBy === undefined || !isIn(stage.reduceBy)
}

function addedGroupings({ node, stage }: Stage, question: Question, context: PlanContext): MemberGrouping[] {
  return (stage.addGroupBy ?? []).flatMap((ref): MemberGrouping[] => {
    const owner: CubeNode = ref.node === undefined ? node : context.model.nodes.get(ref.node)!
    const member = owner.cube.members.get(ref.member)
    if (member?.kind !== 'dimension') throw new Error(`${ref.member} is no dimension`)
    const isThere = question.groupings.some(
      (grouping) => grouping.kind === 'dimension' && grouping.node === owner && grouping.member === member,
    )
    return isThere
      ? []
      : [{ kind: 'dimension', name: `${owner.name}.${member.name}`, node: owner, member, isMasked: false }]
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
