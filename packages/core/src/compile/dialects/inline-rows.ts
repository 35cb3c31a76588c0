import { sql } from 'kysely'
import type { Sql } from './dialect.ts'

/** Rows as `values` with names for the columns. */
export function valuesTable(columns: readonly string[], rows: readonly (readonly Sql[])[]): Sql {
  const lines = sql.join(rows.map((row) => sql`(${sql.join(row)})`))
  return sql`(select * from (values ${lines}) as ${sql.id('v')}(${sql.join(columns.map((name) => sql.id(name)))}))`
}

/** Rows as selects, for databases whose `values` has no names or is no table. The first select names the columns. */
export function unionOfSelects(columns: readonly string[], rows: readonly (readonly Sql[])[]): Sql {
  const selects = rows.map((row, index) => {
    const cells = row.map((cell, column) => (index === 0 ? sql`${cell} as ${sql.id(columns[column]!)}` : cell))
    return sql`select ${sql.join(cells)}`
  })
  return sql`(${sql.join(selects, sql` union all `)})`
}
