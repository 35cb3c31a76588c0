import { sql } from 'kysely'
import type { Dialect, Sql } from './dialects/dialect.ts'
import { queryBuilderOf } from './dialects/query-builder.ts'
import type { Plan } from './plan.ts'
import { orderByNames, orderByPositions, relationSql } from './relation-sql.ts'
import { INNER, namesOf, visibleColumns } from './visible-columns.ts'

/** SQL text with its parameters in order. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** The statement of a plan. */
export function toStatement(plan: Plan, dialect: Dialect): Statement {
  const select = visibleColumns(plan, dialect)
  const order =
    select === plan.relation
      ? orderByPositions(plan.order, dialect)
      : orderByNames(plan.order, INNER, namesOf(plan.relation), dialect)
  const page = dialect.page(plan.fetchLimit, plan.offset, plan.order.length > 0)
  return statement(sql`${relationSql(select, dialect)}${order} ${page}`, dialect)
}

/** The statement that counts all rows of a plan, whatever its limit. */
export function toTotalStatement(plan: Plan, dialect: Dialect): Statement {
  return statement(
    sql`select count(*) as ${sql.id('total')} from (${relationSql(plan.relation, dialect)}) as ${sql.id('q')}`,
    dialect,
  )
}

function statement(text: Sql, dialect: Dialect): Statement {
  const { sql: written, parameters } = text.compile(queryBuilderOf(dialect))
  return Object.freeze({ sql: written, parameters: Object.freeze([...parameters]) })
}
