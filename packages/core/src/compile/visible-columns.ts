import type { Dialect } from './dialects/dialect.ts'
import type { NamedExpression, Plan, Relation, Select } from './plan.ts'

/** The alias of the relation inside. */
export const INNER = 'q'

/**
 * What a plan's statement selects: its relation, or, where some columns only order or the relation is a union, whose parts
 * cannot be ordered each by itself, or the database cannot order by places in the select list, a select of the visible columns
 * around it.
 */
export function visibleColumns({ relation, width, order }: Plan, dialect: Dialect): Select {
  const names = namesOf(relation)
  const isOrderable = dialect.ordersByPosition || order.length === 0
  if (relation.kind === 'select' && relation.top === undefined && names.length === width && isOrderable) return relation
  return selectColumns(relation, INNER, names.slice(0, width))
}

/** A select of some columns of a relation, under their names. */
export function selectColumns(relation: Relation, alias: string, names: readonly string[]): Select {
  return {
    kind: 'select',
    from: { kind: 'derived', alias, relation },
    joins: [],
    columns: names.map((name): NamedExpression => ({ name, expression: { kind: 'column', alias, name } })),
    where: [],
    groupBy: undefined,
    having: [],
  }
}

/** The names of a relation's columns. */
export function namesOf(relation: Relation): readonly string[] {
  return relation.kind === 'union' ? namesOf(relation.parts[0]!) : relation.columns.map((column) => column.name)
}
