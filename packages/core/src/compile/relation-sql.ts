import { sql } from 'kysely'
import { AnalyticsError } from '../errors.ts'
import type { Dialect, Sql } from './dialects/dialect.ts'
import type { Expression, From, JoinNode, PlanOrder, Relation, Select, SourceNode, Union } from './plan.ts'
import { ordinal } from './raw-sql.ts'
import { rowsSql } from './rows-sql.ts'
import { conditionSql, toBareSql } from './to-sql.ts'
import { INNER, namesOf, selectColumns } from './visible-columns.ts'

/** A relation as a whole `select`, without brackets. */
export function relationSql(relation: Relation, dialect: Dialect): Sql {
  return relation.kind === 'union' ? unionSql(relation, dialect) : selectSql(relation, dialect)
}

function unionSql({ parts }: Union, dialect: Dialect): Sql {
  return sql.join(
    parts.map((part) => relationSql(part, dialect)),
    sql` union all `,
  )
}

function selectSql(select: Select, dialect: Dialect): Sql {
  if (select.top !== undefined && !dialect.ordersByPosition) return wrappedTopSql(select, select.top, dialect)
  const { from, joins, where, groupBy, having, top } = select
  const text = [sql`select ${columnsSql(select, dialect)} from ${fromSql(from, dialect)}`]
  for (const join of joins) text.push(joinSql(join, dialect))
  if (where.length > 0) text.push(sql` where ${all(where, dialect)}`)
  if (groupBy !== undefined && groupBy.length > 0) {
    text.push(sql` group by ${sql.join(groupBy.map((position) => groupTerm(select, position, dialect)))}`)
  }
  if (having.length > 0) text.push(sql` having ${all(having, dialect)}`)
  if (top !== undefined) {
    text.push(sql`${orderByPositions(top.order, dialect)} ${dialect.page(top.limit, 0, true)}`)
  }
  return sql.join(text, sql``)
}

function groupTerm({ columns }: Select, position: number, dialect: Dialect): Sql {
  return dialect.groupBy === 'ordinal' ? ordinal(position + 1) : toBareSql(columns[position]!.expression, dialect)
}

/** The first rows of a select, ordered by the names of its columns. */
function wrappedTopSql(select: Select, top: NonNullable<Select['top']>, dialect: Dialect): Sql {
  const names = namesOf(select)
  const around = selectColumns({ ...select, top: undefined }, INNER, names)
  const order = orderByNames(top.order, INNER, names, dialect)
  return sql`${selectSql(around, dialect)}${order} ${dialect.page(top.limit, 0, true)}`
}

function columnsSql({ columns }: Select, dialect: Dialect): Sql {
  return sql.join(columns.map(({ name, expression }) => sql`${columnSql(expression, dialect)} as ${sql.id(name)}`))
}

/** Not every database can select a condition as it stands. */
function columnSql(expression: Expression, dialect: Dialect): Sql {
  return expression.kind === 'test'
    ? dialect.flag(conditionSql(expression.condition, dialect))
    : toBareSql(expression, dialect)
}

function all(conditions: Select['where'], dialect: Dialect): Sql {
  return sql.join(
    conditions.map((condition) => conditionSql(condition, dialect)),
    sql` and `,
  )
}

/** ` order by 1 …` by positions in the select list; nothing when there is no order. Nulls come last in both directions. */
export function orderByPositions(order: readonly PlanOrder[], dialect: Dialect): Sql {
  return orderBy(order, (column) => ordinal(column + 1), dialect)
}

/** The same by columns of an alias that the select list need not have. */
export function orderByNames(
  order: readonly PlanOrder[],
  alias: string,
  names: readonly string[],
  dialect: Dialect,
): Sql {
  return orderBy(order, (column) => sql.id(alias, names[column]!), dialect)
}

function orderBy(order: readonly PlanOrder[], term: (column: number) => Sql, dialect: Dialect): Sql {
  if (order.length === 0) return sql``
  const terms = order.map(({ column, direction }) => dialect.orderBy(term(column), direction))
  return sql` order by ${sql.join(terms)}`
}

const JOINS = {
  left: sql` left join `,
  inner: sql` inner join `,
  full: sql` full join `,
  cross: sql` cross join `,
} as const

function joinSql({ type, from, on }: JoinNode, dialect: Dialect): Sql {
  if (type === 'full' && !dialect.supports.fullJoin) {
    throw new AnalyticsError('unsupported', `${dialect.name} has no full joins, and ${from.alias} is joined by one`, {
      hint: 'Make the join of the model a left join.',
    })
  }
  const joined = sql`${JOINS[type]}${fromSql(from, dialect)}`
  if (type === 'cross') return joined
  if (on.length === 0) throw new Error('a join without conditions reached the SQL')
  return sql`${joined} on ${all(on, dialect)}`
}

function fromSql(from: From, dialect: Dialect): Sql {
  const alias = sql.id(from.alias)
  switch (from.kind) {
    case 'source':
      return sql`${sourceSql(from, dialect)} as ${alias}`
    case 'derived':
      return sql`(${relationSql(from.relation, dialect)}) as ${alias}`
    case 'rows':
      return sql`${rowsSql(from, dialect)} as ${alias}`
  }
}

function sourceSql(source: SourceNode, dialect: Dialect): Sql {
  const rows =
    source.rows.kind === 'table'
      ? dialect.table(source.rows.identifiers)
      : sql`(${toBareSql(source.rows.sql, dialect)})`
  if (source.where === undefined && source.mark === undefined) return rows
  const alias = sql.id(source.alias)
  const columns = source.mark === undefined ? sql`*` : sql`${alias}.*, 1 as ${sql.id(source.mark)}`
  const where = source.where === undefined ? sql`` : sql` where ${conditionSql(source.where, dialect)}`
  return sql`(select ${columns} from ${rows} as ${alias}${where}${source.isFenced ? dialect.fence : sql``})`
}
