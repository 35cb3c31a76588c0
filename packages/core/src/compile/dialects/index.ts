import { bigquery } from './bigquery.ts'
import { clickhouse } from './clickhouse.ts'
import { databricks } from './databricks.ts'
import type { Dialect, DialectName } from './dialect.ts'
import { duckdb } from './duckdb.ts'
import { mysql } from './mysql.ts'
import { postgres } from './postgres.ts'
import { redshift } from './redshift.ts'
import { snowflake } from './snowflake.ts'
import { sqlite } from './sqlite.ts'
import { sqlserver } from './sqlserver.ts'
import { trino } from './trino.ts'

const DIALECTS: Readonly<Record<DialectName, Dialect>> = Object.freeze({
  postgres,
  duckdb,
  mysql,
  sqlite,
  redshift,
  clickhouse,
  snowflake,
  bigquery,
  sqlserver,
  trino,
  databricks,
})

/** The words of a database. */
export function dialectOf(name: DialectName): Dialect {
  return DIALECTS[name]
}
