import type { Dialect, DialectName } from './dialect.ts'
import { duckdb } from './duckdb.ts'
import { mysql } from './mysql.ts'
import { postgres } from './postgres.ts'
import { sqlite } from './sqlite.ts'

const DIALECTS: ReadonlyMap<DialectName, Dialect> = new Map(
  [postgres, duckdb, mysql, sqlite].map((dialect) => [dialect.name, dialect]),
)

/** The words of a database. */
export function dialectOf(name: DialectName): Dialect {
  const dialect = DIALECTS.get(name)
  if (dialect === undefined) throw new Error(`no dialect is written for ${name}`)
  return dialect
}
