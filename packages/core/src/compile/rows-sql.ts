import type { Dialect, Sql } from './dialects/dialect.ts'
import type { RowsNode } from './plan.ts'
import { toBareSql } from './to-sql.ts'

/** Rows written out, in brackets. */
export function rowsSql({ columns, rows }: RowsNode, dialect: Dialect): Sql {
  if (rows.length === 0) throw new Error('no rows reached the SQL')
  return dialect.valuesRows(
    columns,
    rows.map((row) => row.map((cell) => toBareSql(cell, dialect))),
  )
}
