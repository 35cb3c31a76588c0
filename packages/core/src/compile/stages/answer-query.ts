import { timestamp } from '../../query/filter-test.ts'
import type { Position, ResolvedQuery } from '../../query/resolved-query.ts'
import { answerQuestion } from '../answer-question.ts'
import { GROUPS, groupsColumn, settleGroups } from '../groups.ts'
import type { Condition, Expression, NamedExpression, Relation, Select } from '../plan.ts'
import type { PlanContext } from '../plan-context.ts'
import type { Grouping, Question } from '../question.ts'
import { innerQuestion } from '../stage-question.ts'
import { impliedSwitches } from '../switch-values.ts'
import type { Answer, Mark } from './answer.ts'
import { type TopValues, topValues } from './top-values.ts'

/**
 * Answers a query as often as it takes – for each compared span, for each subtotal – and unites the answers, so that every row
 * is aggregated from rows of the source: right for averages and distinct counts too. One answer alone is returned as it is.
 */
export function answerQuery(query: ResolvedQuery, question: Question, context: PlanContext): Answer {
  const questions = periodQuestions(query, question)
  const top = query.topN && topValues(query, query.topN, questions[0]!, context)
  const all = groupingPositions(query)
  const sets = [all, ...(query.subtotals ?? [])]
  const isSpread = impliedSwitches(question, context.model, innerQuestion(context)).length > 0
  if (questions.length === 1 && sets.length === 1 && top === undefined)
    return { ...answerQuestion(question, context), marks: [], rolledUp: undefined, isSpread }

  const parts = questions.flatMap((asked, period) =>
    sets.map((kept): Part => ({ kept, period, relation: partRelation(query, asked, kept, top, context) })),
  )
  const marks = marksOf(query)
  const selects = parts.map((part) => markedSelect(query, part, marks))
  const relation: Relation = selects.length === 1 ? selects[0]! : { kind: 'union', parts: selects }
  return {
    relation,
    groupings: all.map((_, index) => `g${index}`),
    values: question.measures.map((_, index) => groupsColumn(`m${index}`)),
    marks,
    rolledUp: query.subtotals && all.map((_, index) => `r${index}`),
    isSpread,
  }
}

/** One of the answers: which groupings it keeps, of which period. Its columns are g0, g1, … of those kept, `flag`, m0, m1, …. */
interface Part {
  readonly kept: readonly Position[]
  readonly period: number
  readonly relation: Select
}

function periodQuestions(query: ResolvedQuery, question: Question): readonly Question[] {
  const { comparison } = query
  if (comparison === undefined) return [question]
  return comparison.spans.map((span) => {
    const spans = [[timestamp(span.startMs), timestamp(span.endMs)] as const]
    const { node, member, view, viewMember } = comparison
    const within = {
      kind: 'condition' as const,
      node,
      member,
      view,
      viewMember,
      test: { kind: 'within' as const, isNegated: false, spans },
    }
    return { ...question, rowFilters: [within, ...question.rowFilters] }
  })
}

function groupingPositions({ columns }: ResolvedQuery): readonly Position[] {
  return columns.flatMap(({ kind }, index) => (kind === 'measure' ? [] : [index]))
}

const FLAG = 'flag'

function partRelation(
  query: ResolvedQuery,
  question: Question,
  kept: readonly Position[],
  top: TopValues | undefined,
  context: PlanContext,
): Select {
  if (kept.length === 0 && question.measures.length === 0)
    return oneRow(partRelation(query, question, groupingPositions(query), top, context))
  const groupings = kept.map((position): Grouping => {
    const isTopped = top !== undefined && position === query.topN?.column
    return isTopped ? top.grouping : (query.columns[position] as Grouping)
  })
  // Where the rest stays and the dimension is summed up, nothing tells top values from others.
  const isFlagged = top !== undefined && (!top.keepsRest || kept.includes(query.topN!.column))
  const asked = { ...question, groupings: isFlagged ? [...groupings, top.flag] : groupings }
  const settled = settleGroups(answerQuestion(asked, context))
  const flag = isFlagged ? groupsColumn(settled.groupings.at(-1)!) : undefined
  const where: Condition[] =
    flag === undefined || top!.keepsRest ? [] : [{ kind: 'relate', operator: '=', left: flag, right: ZERO }]
  return {
    kind: 'select',
    from: { kind: 'derived', alias: GROUPS, relation: settled.relation },
    joins: [],
    columns: [
      ...groupings.map((_, index) => ({ name: `g${index}`, expression: groupsColumn(settled.groupings[index]!) })),
      { name: FLAG, expression: flag ?? ZERO },
      ...settled.measures.map((name) => ({ name, expression: groupsColumn(name) })),
    ],
    where,
    groupBy: undefined,
    having: [],
  }
}

/** The grand total of an answer without measures: one row, where the answer has any. */
function oneRow(answer: Select): Select {
  const rows: Expression = { kind: 'aggregate', function: 'count', argument: undefined, filters: [] }
  // Ranks need a measure, so no row is of the rest; an aggregate, because SQLite knows no condition on groups without one.
  const flag: Expression = { kind: 'aggregate', function: 'min', argument: groupsColumn(FLAG), filters: [] }
  return {
    kind: 'select',
    from: { kind: 'derived', alias: GROUPS, relation: answer },
    joins: [],
    columns: [{ name: FLAG, expression: flag }],
    where: [],
    groupBy: [],
    having: [{ kind: 'relate', operator: '>', left: rows, right: ZERO }],
  }
}

const ZERO: Expression = { kind: 'integer', value: 0 }

function marksOf(query: ResolvedQuery): readonly Mark[] {
  const marks: Mark[] = []
  if (query.subtotals !== undefined) marks.push({ kind: 'grouping', name: 'grouping' })
  if (query.topN?.others !== undefined) marks.push({ kind: 'flag', name: FLAG })
  if (query.comparison !== undefined) marks.push({ kind: 'period', name: 'period' })
  return marks
}

/** A part in the columns of the whole. The first part keeps every grouping, so nulls of the others have typed columns above. */
function markedSelect(query: ResolvedQuery, { kept, period, relation }: Part, marks: readonly Mark[]): Select {
  const all = groupingPositions(query)
  const rolledUp = all.map((position) => !kept.includes(position))
  const bits = rolledUp.reduce((mask, isRolledUp, index) => mask + (isRolledUp ? 2 ** index : 0), 0)
  const marked: Readonly<Record<Mark['kind'], Expression>> = {
    grouping: { kind: 'integer', value: bits },
    flag: groupsColumn(FLAG),
    period: { kind: 'integer', value: period },
  }
  const groupings = all.map((position, index): NamedExpression => {
    const column = kept.indexOf(position)
    return { name: `g${index}`, expression: column === -1 ? { kind: 'absent' } : groupsColumn(`g${column}`) }
  })
  const measures = relation.columns.filter(({ name }) => name.startsWith('m'))
  return {
    kind: 'select',
    from: { kind: 'derived', alias: GROUPS, relation },
    joins: [],
    columns: [
      ...groupings,
      ...(query.subtotals === undefined
        ? []
        : rolledUp.map(
            (isRolledUp, index): NamedExpression => ({
              name: `r${index}`,
              expression: { kind: 'integer', value: isRolledUp ? 1 : 0 },
            }),
          )),
      ...marks.map(({ kind, name }) => ({ name, expression: marked[kind] })),
      ...measures.map(({ name }) => ({ name, expression: groupsColumn(name) })),
    ],
    where: [],
    groupBy: undefined,
    having: [],
  }
}
