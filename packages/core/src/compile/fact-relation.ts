import { AnalyticsError } from '../errors.ts'
import { countsFromZero, countsRepeats, type Fact, isPlainColumn, type Leaf } from './fact.ts'
import { freeAlias } from './free-alias.ts'
import type { Condition, Expression, JoinNode, NamedExpression, Relation, Select } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { needsPrimaryKey } from './primary-key.ts'
import type { Question } from './question.ts'
import { RowScope } from './row-scope.ts'
import type { Spine } from './time-windows.ts'

/** The answer of one fact: a row per group with columns g0, g1, … and one for each leaf. */
export function factRelation(fact: Fact, question: Question, context: PlanContext): Relation {
  const scope = new RowScope(context, question, fact)
  const groupings = scope.groupings()
  const where = scope.conditions()
  const leaves = fact.leaves.map((leaf) => leafExpression(scope, fact, leaf))
  const { from, joins, standing } = scope.rows()
  const select =
    standing.isMultiplied && fact.leaves.some(countsRepeats)
      ? distinctRelation(fact, question, context)
      : grouped({ from, joins, where }, [
          ...groupings,
          ...leafColumns(fact, leaves, standing.isOptional ? scope : undefined),
        ])
  return scope.spine !== undefined && groupings.every(({ expression }) => isOfSpine(expression, scope.spine!))
    ? everyBucket(select, scope.spine, fact, groupings)
    : select
}

/** The groups of a question without measures: the values that occur together. */
export function distinctGroups(question: Question, context: PlanContext): Relation {
  const scope = new RowScope(context, question)
  const columns = scope.groupings()
  const where = scope.conditions()
  const { from, joins } = scope.rows()
  return { kind: 'select', from, joins, columns, where, groupBy: columns.map((_, index) => index), having: [] }
}

/** A select that groups by its columns g0, g1, …. */
function grouped(rows: Pick<Select, 'from' | 'joins' | 'where'>, columns: readonly NamedExpression[]): Select {
  return {
    kind: 'select',
    ...rows,
    columns,
    groupBy: columns.flatMap(({ name }, index) => (name.startsWith('g') ? [index] : [])),
    having: [],
  }
}

function leafExpression(scope: RowScope, { node }: Fact, { member, isMasked }: Leaf): Expression {
  return isMasked ? scope.mask(node, member, true) : scope.member(node, member)
}

/** `scope` when rows of the fact may be missing. */
function leafColumns(fact: Fact, leaves: readonly Expression[], scope: RowScope | undefined): NamedExpression[] {
  return fact.leaves.map(({ name }, index) => ({
    name,
    expression: scope === undefined ? leaves[index]! : whenPresent(leaves[index]!, scope),
  }))
}

/**
 * A fact whose rows stand more than once in the rows that group and filter: which of its rows belong to which group comes first,
 * each once, and then the rows are read again and aggregated.
 */
function distinctRelation(fact: Fact, question: Question, context: PlanContext): Select {
  const { node } = fact
  const keyScope = new RowScope(context, question, fact)
  const groupings = keyScope.groupings()
  const where = keyScope.conditions()
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
  const scope = new RowScope(context, { ...question, groupings: [] }, { ...fact, window: undefined, path: undefined })
  const key = scope.key()
  const leaves = fact.leaves.map((leaf) => leafExpression(scope, fact, leaf))
  const values = scope.rows()
  if (values.standing.isMultiplied) throw manyValues(fact)
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
  return grouped({ from: { kind: 'derived', alias, relation: members }, joins: [first, ...values.joins], where: [] }, [
    ...groupings.map(({ name }): NamedExpression => ({ name, expression: { kind: 'column', alias, name } })),
    ...leafColumns(fact, leaves, isOptional ? scope : undefined),
  ])
}

function manyValues({ node }: Fact): AnalyticsError {
  return new AnalyticsError(
    'no_join_path',
    `a measure of ${node.name} takes values from another cube, of which each of its rows has many`,
    { hint: 'Define the measure in the cube that holds the values.' },
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

function isOfSpine(expression: Expression, { from }: Spine): boolean {
  return expression.kind === 'column' && expression.alias === from.alias
}

/** Where windows are grouped by nothing but their buckets, a bucket without rows is in the answer too. */
function everyBucket(
  relation: Relation,
  spine: Spine,
  { leaves }: Fact,
  groupings: readonly NamedExpression[],
): Relation {
  const values = 'f'
  const column = (name: string): Expression => ({ kind: 'column', alias: values, name })
  return {
    kind: 'select',
    from: spine.from,
    joins: [
      {
        type: 'left',
        from: { kind: 'derived', alias: values, relation },
        on: groupings.map(({ name, expression }) => ({
          kind: 'relate',
          operator: '=',
          left: expression,
          right: column(name),
        })),
      },
    ],
    columns: [
      ...groupings,
      ...leaves.map((leaf) => ({
        name: leaf.name,
        expression: countsFromZero(leaf) ? orZero(column(leaf.name)) : column(leaf.name),
      })),
    ],
    where: [],
    groupBy: undefined,
    having: [],
  }
}

function orZero(value: Expression): Expression {
  const isMissing: Condition = { kind: 'present', isNegated: true, argument: value }
  return {
    kind: 'case',
    whens: [{ condition: isMissing, value: { kind: 'integer', value: 0 } }],
    otherwise: value,
  }
}
