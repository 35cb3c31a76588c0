import type { ResolvedColumn, ResolvedQuery } from '../query/resolved-query.ts'
import type { Expression, NamedExpression, Relation } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { Question } from './question.ts'
import { RowScope } from './row-scope.ts'

/**
 * Rows as they are: of each measure its argument, or 1 for a count, where its conditions hold. Columns that only order come last.
 */
export function ungroupedRelation(query: ResolvedQuery, question: Question, context: PlanContext): Relation {
  const [first] = question.measures
  const fact = first && { node: first.node, shifts: [], window: undefined, path: first.viewMember?.path }
  const scope = new RowScope(context, question, fact)
  const columns = [...query.columns, ...query.hidden].map((column, index): NamedExpression => {
    const name = `c${index}`
    if (column.kind === 'measure') return { name, expression: rowValue(column, scope) }
    const shown = column.kind === 'extreme' ? { ...column, kind: 'dimension' as const } : column
    return { name, expression: scope.grouping(shown) }
  })
  const where = scope.conditions()
  const { from, joins } = scope.rows()
  return { kind: 'select', from, joins, columns, where, groupBy: undefined, having: [] }
}

function rowValue(column: Extract<ResolvedColumn, { kind: 'measure' }>, scope: RowScope): Expression {
  const { node, member, isMasked } = column
  if (isMasked)
    return scope.mask(node, typeof member.mask === 'object' ? { ...member, mask: undefined } : member, false)
  scope.needNode(node)
  return {
    kind: 'row-value',
    argument: member.sql === undefined ? undefined : scope.template(node, member.sql),
    filters: member.filters.map((filter) => scope.template(node, filter)),
  }
}
