import type { CubeNode } from '../model/model.ts'
import type { ResolvedColumn, ResolvedQuery } from '../query/resolved-query.ts'
import { isPlainColumn } from './fact.ts'
import { standingOf } from './join-tree.ts'
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
  const { tree } = scope.rows()
  const present = columns.map(({ name, expression }, index): NamedExpression => {
    const column = query.columns[index]
    const isOptional = column?.kind === 'measure' && standingOf(tree, column.node.name).isOptional
    return { name, expression: isOptional ? whenPresent(expression, column.node, scope) : expression }
  })
  const { from, joins } = scope.rows()
  return { kind: 'select', from, joins, columns: present, where, groupBy: undefined, having: [] }
}

/** Of a row that is not there, such as that of a customer without orders, nothing counts or is computed. */
function whenPresent(expression: Expression, node: CubeNode, scope: RowScope): Expression {
  if (expression.kind !== 'row-value') return expression
  const { argument, filters } = expression
  if (argument !== undefined && isPlainColumn(argument)) return expression
  return { ...expression, filters: [...filters, { kind: 'test', condition: scope.presence(node) }] }
}

function rowValue(column: Extract<ResolvedColumn, { kind: 'measure' }>, scope: RowScope): Expression {
  const { node, member, isMasked } = column
  scope.through(column)
  if (isMasked)
    return scope.mask(node, typeof member.mask === 'object' ? { ...member, mask: undefined } : member, false)
  scope.needNode(node)
  return {
    kind: 'row-value',
    argument: member.sql === undefined ? undefined : scope.template(node, member.sql),
    filters: member.filters.map((filter) => scope.template(node, filter)),
  }
}
