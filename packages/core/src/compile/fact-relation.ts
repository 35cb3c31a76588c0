import { AnalyticsError } from '../errors.ts'
import type { CubeNode } from '../model/model.ts'
import { countsRepeats, type Fact, isPlainColumn, type Leaf } from './fact.ts'
import type { Condition, Expression, JoinNode, NamedExpression, Relation, Select } from './plan.ts'
import { freeAlias, type PlanContext } from './plan-context.ts'
import type { Question } from './question.ts'
import { needsPrimaryKey, nullTypeOf, RowScope } from './row-scope.ts'

/** The answer of one fact: a row per group with columns g0, g1, … and one for each leaf. */
export function factRelation(fact: Fact, question: Question, context: PlanContext): Relation {
  const scope = new RowScope(context, fact.node)
  const groupings = groupingColumns(scope, question)
  const where = scope.conditions(question)
  const rowNeeds = scope.needs.length
  const leaves = fact.leaves.map((leaf) => leafExpression(scope, fact.node, leaf))
  const { from, joins, standing } = scope.rows()
  if (standing.isMultiplied && fact.leaves.some(countsRepeats))
    return distinctRelation(fact, question, context, rowNeeds)
  return {
    kind: 'select',
    from,
    joins,
    columns: [
      ...groupings,
      ...fact.leaves.map(({ name }, index) => ({
        name,
        expression: standing.isOptional ? whenPresent(leaves[index]!, scope) : leaves[index]!,
      })),
    ],
    where,
    groupBy: groupings.map((_, index) => index),
    having: [],
  }
}

/** The groups of a question without measures: the values that occur together. */
export function distinctGroups(question: Question, context: PlanContext): Relation {
  const scope = new RowScope(context, undefined)
  const columns = groupingColumns(scope, question)
  const where = scope.conditions(question)
  const { from, joins } = scope.rows()
  return { kind: 'select', from, joins, columns, where, groupBy: columns.map((_, index) => index), having: [] }
}

function groupingColumns(scope: RowScope, question: Question): NamedExpression[] {
  return question.groupings.map((grouping, index) => ({
    name: `g${index}`,
    expression: scope.grouping(grouping, question),
  }))
}

function leafExpression(scope: RowScope, node: CubeNode, { member, isMasked }: Leaf): Expression {
  return isMasked ? { kind: 'null', type: nullTypeOf(member), isAggregate: true } : scope.member(node, member)
}

/**
 * A fact whose rows stand more than once in the rows that group and filter: which of its rows belong to which group comes first,
 * each once, and then the rows are read again and aggregated.
 */
function distinctRelation(fact: Fact, question: Question, context: PlanContext, rowNeeds: number): Relation {
  const { node } = fact
  const keyScope = new RowScope(context, node)
  const groupings = groupingColumns(keyScope, question)
  const where = keyScope.conditions(question)
  const keys = keyScope.key().map((expression, index) => ({ name: `k${index}`, expression }))
  if (keys.length === 0) throw needsPrimaryKey(node)
  const rows = keyScope.rows()
  const columns = [...groupings, ...keys]
  const members: Select = {
    kind: 'select',
    from: rows.from,
    joins: rows.joins,
    columns,
    where,
    groupBy: columns.map((_, index) => index),
    having: [],
  }

  const alias = freeAlias(context.model, 'keys')
  const scope = new RowScope(context, node)
  const key = scope.key()
  const leaves = fact.leaves.map((leaf) => leafExpression(scope, node, leaf))
  const values = scope.rows()
  if (values.standing.isMultiplied) throw manyValues(fact, scope, rowNeeds)
  const on = key.map(
    (right, index): Condition => ({
      kind: 'relate',
      operator: '=',
      left: { kind: 'column', alias, name: `k${index}` },
      right,
    }),
  )
  const { isOptional } = rows.standing
  const first: JoinNode = { type: isOptional ? 'left' : 'inner', from: values.from, on }
  return {
    kind: 'select',
    from: { kind: 'derived', alias, relation: members },
    joins: [first, ...values.joins],
    columns: [
      ...groupings.map(({ name }): NamedExpression => ({ name, expression: { kind: 'column', alias, name } })),
      ...fact.leaves.map(({ name }, index) => ({
        name,
        expression: isOptional ? whenPresent(leaves[index]!, scope) : leaves[index]!,
      })),
    ],
    where: [],
    groupBy: groupings.map((_, index) => index),
    having: [],
  }
}

function manyValues({ node }: Fact, scope: RowScope, _rowNeeds: number): AnalyticsError {
  const others = scope.needs.flatMap((need) => (need.node === node.name ? [] : [need.node]))
  return new AnalyticsError(
    'no_join_path',
    `a measure of ${node.name} takes values from another cube, of which each of its rows has many`,
    { hint: others.length === 0 ? 'Ask for it alone.' : 'Define the measure in the cube that holds the values.' },
  )
}

/**
 * An aggregate over rows in which the fact's may be missing, such as those of customers without orders: counts what is there,
 * and computes nothing of nulls that no row holds.
 */
function whenPresent(expression: Expression, scope: RowScope): Expression {
  if (expression.kind !== 'aggregate') return expression
  const { argument, filters } = expression
  if (argument !== undefined && isPlainColumn(argument)) return expression
  const presence = scope.presence()
  if (argument === undefined && filters.length === 0 && 'argument' in presence)
    return { ...expression, argument: presence.argument }
  return { ...expression, filters: [...filters, { kind: 'test', condition: presence }] }
}
