import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import type { Dialect, Sql } from './dialect.ts'
import type { Plan } from './plan.ts'
import { orderByNames, orderByPositions, relationSql } from './relation-sql.ts'
import { INNER, namesOf, visibleColumns } from './visible-columns.ts'

/** Only the text is wanted. DuckDB reads PostgreSQL's quotes and parameter marks, so one compiler serves both. */
const builder = new Kysely<Record<string, Record<string, unknown>>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** SQL text with its parameters in order. */
export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** The statement of a plan. */
export function toStatement(plan: Plan, dialect: Dialect): Statement {
  const select = visibleColumns(plan)
  const names = namesOf(plan.relation)
  const order = names.length === plan.width ? orderByPositions(plan.order) : orderByNames(plan.order, INNER, names)
  const offset = plan.offset > 0 ? sql` offset ${plan.offset}` : sql``
  return statement(sql`${relationSql(select, dialect)}${order} limit ${plan.fetchLimit}${offset}`)
}

/** The statement that counts all rows of a plan, whatever its limit. */
export function toTotalStatement(plan: Plan, dialect: Dialect): Statement {
  return statement(
    sql`select count(*) as ${sql.id('total')} from (${relationSql(plan.relation, dialect)}) as ${sql.id('q')}`,
  )
}

function statement(text: Sql): Statement {
  const { sql: written, parameters } = text.compile(builder)
  return Object.freeze({ sql: written, parameters: Object.freeze([...parameters]) })
}
