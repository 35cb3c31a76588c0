import type { Condition, Expression, NamedExpression, Relation, Select } from './plan.ts'
import { namesOf } from './visible-columns.ts'

/** Groups of one fact: columns of groupings, named alike in all parts, and columns of values, named differently in each. */
export interface GroupsPart {
  readonly relation: Relation
  readonly values: readonly string[]
  /** Those of `values` that are true or false. */
  readonly booleans: ReadonlySet<string>
}

const ALIAS = 'q'

/**
 * One row for each group that any part has, with the values of all parts; null where a part lacks the group.
 *
 * The parts are united, each with nulls in the others' columns, and grouped again: grouping takes nulls for equal, which joining
 * by columns does not, and needs no full join. Parts are united two by two, so that each null has a typed column beside it.
 */
export function combineGroups(parts: readonly GroupsPart[], groupings: readonly string[]): Relation {
  const [only] = parts
  if (parts.length === 1) return only!.relation
  const booleans = new Set(parts.flatMap((part) => [...part.booleans]))
  const united = unite(parts, groupings)
  const columns: NamedExpression[] = [
    ...groupings.map((name) => ({ name, expression: column(name) })),
    ...united.values.map((name): NamedExpression => {
      const value: Expression = { kind: 'aggregate', function: 'max', argument: column(name), filters: [] }
      return { name, expression: booleans.has(name) ? isOne(value) : value }
    }),
  ]
  return { ...around(united.relation, columns), groupBy: groupings.map((_, index) => index) }
}

function unite(parts: readonly GroupsPart[], groupings: readonly string[]): GroupsPart {
  const [first, ...others] = parts
  if (others.length === 0) return { ...first!, relation: numberBooleans(first!) }
  const rest = unite(others, groupings)
  const own = first!
  const absent = (name: string): NamedExpression => ({ name, expression: { kind: 'absent' } })
  const kept = (name: string): NamedExpression => ({ name, expression: column(name) })
  const left = [...groupings.map(kept), ...own.values.map(kept), ...rest.values.map(absent)]
  const right = [...groupings.map(kept), ...own.values.map(absent), ...rest.values.map(kept)]
  return {
    relation: { kind: 'union', parts: [around(numberBooleans(own), left), around(rest.relation, right)] },
    values: [...own.values, ...rest.values],
    booleans: new Set(),
  }
}

/** Booleans have no greatest value in some databases, so they are 1 and 0 between the parts and the whole. */
function numberBooleans({ relation, booleans }: GroupsPart): Relation {
  if (booleans.size === 0) return relation
  const columns = namesOf(relation).map(
    (name): NamedExpression => ({
      name,
      expression: booleans.has(name) ? oneOrZero(column(name)) : column(name),
    }),
  )
  return around(relation, columns)
}

function oneOrZero(value: Expression): Expression {
  const isTrue: Condition = { kind: 'expression', expression: value }
  const isKnown: Condition = { kind: 'present', isNegated: false, argument: value }
  return {
    kind: 'case',
    whens: [
      { condition: isTrue, value: { kind: 'integer', value: 1 } },
      { condition: isKnown, value: { kind: 'integer', value: 0 } },
    ],
    otherwise: undefined,
  }
}

function isOne(value: Expression): Expression {
  return {
    kind: 'test',
    condition: { kind: 'relate', operator: '=', left: value, right: { kind: 'integer', value: 1 } },
  }
}

function column(name: string): Expression {
  return { kind: 'column', alias: ALIAS, name }
}

function around(relation: Relation, columns: readonly NamedExpression[]): Select {
  return {
    kind: 'select',
    from: { kind: 'derived', alias: ALIAS, relation },
    joins: [],
    columns,
    where: [],
    groupBy: undefined,
    having: [],
  }
}
