import { sql } from 'kysely'
import type { Dialect, Sql } from './dialect.ts'
import type { RowsNode } from './plan.ts'
import { toBareSql } from './to-sql.ts'

/** Rows written out as `select … union all select …`, which every database reads, unlike `values`. */
export function rowsSql({ columns, rows }: RowsNode, dialect: Dialect): Sql {
  if (rows.length === 0) throw new Error('no rows reached the SQL')
  const selects = rows.map((row, index) => {
    const cells = row.map((cell) => toBareSql(cell, dialect))
    // The first select names the columns of all.
    const named = index === 0 ? cells.map((cell, at) => sql`${cell} as ${sql.id(columns[at]!)}`) : cells
    return sql`select ${sql.join(named)}`
  })
  return sql.join(selects, sql` union all `)
}
