import { freeAlias } from './free-alias.ts'
import { GROUPS, groupsColumn } from './groups.ts'
import type { Expression, JoinNode, NamedExpression, Relation, Select } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { Question } from './question.ts'
import { allowedValues, givenSwitches, type Switch } from './switch-values.ts'

/**
 * Groups of rows, one for each value of the switches that a question groups by: no row says anything of those, so each group
 * stands beside each value. `groups` has the question's other groupings, g0, g1, … in their order, and columns `values`;
 * `undefined` where nothing but switches groups and nothing is measured.
 */
export function spreadSwitches(
  groups: Relation | undefined,
  values: readonly string[],
  question: Question,
  context: PlanContext,
): Relation {
  const switches = givenSwitches(question.groupings)
  if (switches.size === 0) return groups!
  const lists = [...switches].map(([place, of]) => valueList(place, of, question, context))
  let position = 0
  const groupings = question.groupings.map((_, index): NamedExpression => {
    const list = lists.find(({ place }) => place === index)
    return { name: `g${index}`, expression: list?.column ?? groupsColumn(`g${position++}`) }
  })
  const joins = lists.map(({ join }) => join)
  const [first, ...rest] = joins
  const select: Omit<Select, 'from' | 'joins'> = {
    kind: 'select',
    columns: [...groupings, ...values.map((name) => ({ name, expression: groupsColumn(name) }))],
    where: lists.some(({ isEmpty }) => isEmpty) ? [{ kind: 'never' }] : [],
    groupBy: undefined,
    having: [],
  }
  if (groups === undefined) return { ...select, from: first!.from, joins: rest }
  return { ...select, from: { kind: 'derived', alias: GROUPS, relation: groups }, joins }
}

interface ValueList {
  readonly place: number
  readonly join: JoinNode
  readonly column: Expression
  readonly isEmpty: boolean
}

function valueList(place: number, of: Switch, question: Question, context: PlanContext): ValueList {
  const alias = freeAlias(context.model, `switch${place}`)
  const name = 'value'
  const allowed = allowedValues(of, question)
  // Rows that are written out are at least one.
  const listed = allowed.length === 0 ? [''] : allowed
  const rows = listed.map((value): Expression[] => [
    { kind: 'cast', to: 'text', argument: { kind: 'parameter', parameter: { type: 'text', value } } },
  ])
  return {
    place,
    join: { type: 'cross', from: { kind: 'rows', alias, columns: [name], rows }, on: [] },
    column: { kind: 'column', alias, name },
    isEmpty: allowed.length === 0,
  }
}
