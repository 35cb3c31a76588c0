import { comparedType } from '../../model/operator-fit.ts'
import type { ResolvedQuery, ResolvedTopN } from '../../query/resolved-query.ts'
import { answerQuestion } from '../answer-question.ts'
import { freeAlias } from '../free-alias.ts'
import { GROUPS, groupsColumn } from '../groups.ts'
import type { Condition, Expression } from '../plan.ts'
import type { PlanContext } from '../plan-context.ts'
import type { Grouping, Lookup, LookupGrouping, MemberGrouping, Question } from '../question.ts'
import { innerQuestion } from '../stage-question.ts'
import { checkNoSwitches } from '../switch-values.ts'
import { QueryValues, sourcesOfPosition } from './query-values.ts'

/** How a question groups by the top values of a dimension and the rest. */
export interface TopValues {
  /** Takes the place of the dimension: its value where it is a top one, else the label of the rest. */
  readonly grouping: LookupGrouping
  /** 1 for the rest, 0 for a top value. */
  readonly flag: LookupGrouping
  /** Whether the rest is part of the answer. */
  readonly keepsRest: boolean
}

/**
 * Ranks the values of a dimension by a question on it alone, with the same conditions on rows; conditions on groups are about the
 * answer's groups and do not count here. Every fact then looks its rows' values up among the top ones, so the rest is aggregated
 * from rows. Null is a value like others.
 */
export function topValues(
  query: ResolvedQuery,
  topN: ResolvedTopN,
  question: Question,
  context: PlanContext,
): TopValues {
  const lookup = rankedValues(query, topN, question, context)
  const isTop: Condition = {
    kind: 'present',
    isNegated: false,
    argument: { kind: 'column', alias: lookup.alias, name: MARK },
  }
  const of = query.columns[topN.column] as MemberGrouping
  const label = topN.others
  const isLabelled = isText(query, topN)
  const value = (own: Expression): Expression => {
    // A label fits among texts only; where it does not, null stands for the rest, and the flag tells it apart.
    const text: Expression = isLabelled ? { kind: 'cast', to: 'text', argument: own } : own
    const otherwise: Expression | undefined =
      label !== undefined && isLabelled
        ? { kind: 'cast', to: 'text', argument: { kind: 'parameter', parameter: { type: 'text', value: label } } }
        : undefined
    return { kind: 'case', whens: [{ condition: isTop, value: text }], otherwise }
  }
  const flag = (): Expression => ({
    kind: 'case',
    whens: [{ condition: isTop, value: { kind: 'integer', value: 0 } }],
    otherwise: { kind: 'integer', value: 1 },
  })
  return {
    grouping: { kind: 'lookup', of, lookup, value },
    flag: { kind: 'lookup', of, lookup, value: flag },
    keepsRest: label !== undefined,
  }
}

function isText({ columns }: ResolvedQuery, { column }: ResolvedTopN): boolean {
  const { member } = columns[column] as MemberGrouping
  return comparedType(member.type) === 'string'
}

const KEY = 'v'
const MARK = 'di_top'
const RANK = 'r'

function rankedValues(query: ResolvedQuery, topN: ResolvedTopN, question: Question, context: PlanContext): Lookup {
  const values = new QueryValues(query, sourcesOfPosition(query, topN.by))
  const grouping = query.columns[topN.column] as Grouping
  const ranked = { ...question, groupings: [grouping], measures: values.measures }
  checkNoSwitches(ranked, context.model, innerQuestion(context), 'what topN ranks by')
  const groups = answerQuestion(ranked, context)
  return {
    alias: freeAlias(context.model, 'top_values'),
    key: KEY,
    isText: isText(query, topN),
    relation: {
      kind: 'select',
      from: { kind: 'derived', alias: GROUPS, relation: groups.relation },
      joins: [],
      columns: [
        { name: KEY, expression: groupsColumn(groups.groupings[0]!) },
        { name: MARK, expression: { kind: 'integer', value: 1 } },
        { name: RANK, expression: values.value(topN.by, groups) },
      ],
      where: [],
      groupBy: undefined,
      having: [],
      top: {
        order: [
          { column: 2, direction: topN.direction },
          { column: 0, direction: 'asc' },
        ],
        limit: topN.limit,
      },
    },
  }
}
