import {
  DummyDriver,
  Kysely,
  type CompiledQuery as KyselyQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import type { Dialect, Sql } from './dialect.ts'
import type { Plan, PlanOrder, SourceNode } from './plan.ts'
import { ordinal } from './raw-sql.ts'
import { conditionSql, toBareSql } from './to-sql.ts'

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
  let query = selectFrom(plan, dialect)
  for (const order of plan.order) query = query.orderBy(orderSql(order))
  query = query.limit(plan.fetchLimit)
  if (plan.offset > 0) query = query.offset(plan.offset)
  return statement(query.compile())
}

/** The statement that counts all rows of a plan, whatever its limit. */
export function toTotalStatement(plan: Plan, dialect: Dialect): Statement {
  return statement(builder.selectFrom(selectFrom(plan, dialect).as('q')).select(sql`count(*)`.as('total')).compile())
}

function statement({ sql: text, parameters }: KyselyQuery): Statement {
  return Object.freeze({ sql: text, parameters: Object.freeze([...parameters]) })
}

function selectFrom(plan: Plan, dialect: Dialect) {
  let query = builder
    .selectFrom(sourceSql(plan.root, dialect).as(plan.root.alias))
    .select(plan.columns.map((column, index) => toBareSql(column.expression, dialect).as(`c${index}`)))
  for (const { source, on } of plan.joins) {
    query = query.leftJoin(sourceSql(source, dialect).as(source.alias), (join) =>
      join.on(sql<boolean>`(${toBareSql(on, dialect)})`),
    )
  }
  for (const condition of plan.where)
    query = query.where(conditionSql(condition, dialect) as ReturnType<typeof sql<boolean>>)
  if (plan.isGrouped) {
    const groups = plan.columns.flatMap((column, index) => (column.isMeasure ? [] : [ordinal(index + 1)]))
    if (groups.length > 0) query = query.groupBy(groups)
  }
  for (const condition of plan.having)
    query = query.having(conditionSql(condition, dialect) as ReturnType<typeof sql<boolean>>)
  return query
}

function orderSql({ column, direction }: PlanOrder) {
  return direction === 'asc' ? sql`${ordinal(column + 1)} asc nulls last` : sql`${ordinal(column + 1)} desc nulls last`
}

function sourceSql(source: SourceNode, dialect: Dialect): Sql {
  const rows =
    source.rows.kind === 'table' ? sql.id(...source.rows.identifiers) : sql`(${toBareSql(source.rows.sql, dialect)})`
  if (source.where === undefined) return rows
  const fence = source.isFenced ? dialect.fence : sql``
  return sql`(select * from ${rows} as ${sql.id(source.alias)} where ${conditionSql(source.where, dialect)}${fence})`
}
