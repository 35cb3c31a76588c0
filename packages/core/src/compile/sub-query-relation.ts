import type { ResolvedFilter } from '../query/resolved-query.ts'
import { GROUPS, groupsColumn } from './groups.ts'
import { mapExpression } from './map-plan.ts'
import {
  type MemberExpression,
  memberExpression,
  SUB_QUERY_VALUE,
  type SubQuery,
  subQueryExpression,
  templateExpression,
} from './member-expression.ts'
import type { Relation } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { AskedMeasure, MemberGrouping, Question } from './question.ts'

import { innerQuestion } from './stage-question.ts'
import { checkNoSwitches } from './switch-values.ts'

/**
 * The values of a `sub_query` dimension: a row for each of its cube's keys, k0, k1, …, with the value. Measures are grouped by the
 * key, by the same rules as any question; the asked question's conditions hold where the dimension propagates them, but for those on
 * sub-queries that propagate conditions themselves: they would be made of one another without end.
 */
export function subQueryRelation(subQuery: SubQuery, asked: Question, context: PlanContext): Relation {
  const { node, dimension } = subQuery
  const measures: AskedMeasure[] = []
  const value = subQueryExpression(context.model, subQuery, (owner, member) => {
    let index = measures.findIndex((known) => known.node === owner && known.member === member)
    if (index === -1) index = measures.push({ node: owner, member, isMasked: false }) - 1
    return { kind: 'column', alias: MEASURES, name: String(index) }
  })
  const groupings: MemberGrouping[] = []
  for (const member of node.cube.members.values()) {
    if (member.kind === 'dimension' && member.isPrimaryKey)
      groupings.push({ kind: 'dimension', name: `${node.name}.${member.name}`, node, member, isMasked: false })
  }
  const question: Question = {
    ...asked,
    groupings,
    measures,
    rowFilters: dimension.propagatesFilters ? asked.rowFilters.flatMap((filter) => propagated(filter, context)) : [],
    segments: dimension.propagatesFilters ? asked.segments.filter((segment) => !isCircular(segment, context)) : [],
  }
  checkNoSwitches(question, context.model, innerQuestion(context), `${node.name}.${dimension.name}`)
  const groups = context.answer(question)
  return {
    kind: 'select',
    from: { kind: 'derived', alias: GROUPS, relation: groups.relation },
    joins: [],
    columns: [
      ...groups.groupings.map((name, index) => ({ name: `k${index}`, expression: groupsColumn(name) })),
      {
        name: SUB_QUERY_VALUE,
        expression: mapExpression(value, (part) =>
          part.kind === 'column' && part.alias === MEASURES ? groups.values[Number(part.name)] : undefined,
        ),
      },
    ],
    where: [],
    groupBy: undefined,
    having: [],
  }
}

/** Stands for the measures of a sub-query until their answer is there. */
const MEASURES = ''

/** What of a condition is propagated: of an "and" each part by itself, as if they stood side by side. */
function propagated(filter: ResolvedFilter, context: PlanContext): readonly ResolvedFilter[] {
  if (filter.kind === 'and') return filter.filters.flatMap((child) => propagated(child, context))
  return isCircular(filter, context) ? [] : [filter]
}

/** Whether a condition tests a sub-query that propagates conditions. */
function isCircular(filter: ResolvedFilter | Question['segments'][number], context: PlanContext): boolean {
  const { model } = context
  const propagates = ({ subQueries }: MemberExpression) =>
    subQueries.some(({ dimension }) => dimension.propagatesFilters)
  if ('filters' in filter) return filter.filters.some((child) => isCircular(child, context))
  if ('kind' in filter && filter.kind === 'measure-filter')
    return filter.member.filters.some((own) => propagates(templateExpression(model, filter.node, own)))
  return propagates(memberExpression(model, filter.node, filter.member))
}
