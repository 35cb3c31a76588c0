import { AnalyticsError } from '../errors.ts'
import type { CubeNode, Dimension, Model, SqlTemplate } from '../model/model.ts'
import type { TreeJoin } from './join-tree.ts'
import { joinWithout, templateExpression } from './member-expression.ts'
import type { Expression, JoinNode } from './plan.ts'

/** A calendar whose days stand for others: those that `sql` gives. */
export interface ShiftedCalendar {
  readonly node: CubeNode
  readonly member: Dimension
  readonly sql: SqlTemplate
}

/**
 * How two nodes join. Rows join those days of a calendar whose shift leads to theirs, and no others; its own days go on saying
 * when the answer is. `shifted`: such calendars, by name.
 * @throws AnalyticsError `unsupported` when a join names a shifted calendar by something else than its days.
 */
export function joinCondition(
  model: Model,
  { from, to, join }: TreeJoin,
  shifted: ReadonlyMap<string, ShiftedCalendar>,
): { readonly type: JoinNode['type']; readonly expression: Expression } {
  const calendar = shifted.get(to.name) ?? shifted.get(from.name)
  if (calendar === undefined)
    return { type: join.type, expression: templateExpression(model, from, join.sql).expression }
  const expression = joinWithout(model, from, join.sql, (node, member) => {
    if (node !== calendar.node || member.kind !== 'dimension') return undefined
    return member.isPrimaryKey || member === calendar.member ? calendar.sql : undefined
  })
  if (expression !== undefined) return { type: to === calendar.node ? 'inner' : join.type, expression }
  // Other cubes may join a calendar too, by something else than its days.
  if (to !== calendar.node && from !== calendar.node) throw new Error('a calendar is mapped where it does not stand')
  throw new AnalyticsError(
    'unsupported',
    `the join of ${from.name} and ${to.name} does not name the primary key of the calendar, which its time_shift takes the place of`,
    { hint: `Write it with the calendar's primary key, such as {${calendar.node.name}.date_key}.` },
  )
}
