import { AnalyticsError, type DataSourceTest } from '@datainsight/core'
import type { DataSource, Dialect, StatementLimits } from './data-source.ts'
import { DriverFault, type FaultKind } from './driver-fault.ts'

const VERSION_SQL: Readonly<Record<Dialect, string>> = {
  postgres: 'select version()',
  redshift: 'select version()',
  mysql: `select concat(if(version() like '%Maria%', '', 'MySQL '), version())`,
  sqlite: `select 'SQLite ' || sqlite_version()`,
  duckdb: `select 'DuckDB ' || version()`,
  clickhouse: `select concat('ClickHouse ', version())`,
  snowflake: `select 'Snowflake ' || current_version()`,
  bigquery: `select 'BigQuery'`,
  sqlserver: 'select @@version',
  trino: `select concat('Trino ', node_version) from system.runtime.nodes where coordinator limit 1`,
  databricks: 'select current_version().dbsql_version',
}

/** Longest version shown, characters. */
const MAX_VERSION = 200

/** What is wrong, in words of ours: a driver's own may hold the account, the statement or the server's banner. */
const MESSAGES: Readonly<Record<FaultKind, { readonly message: string; readonly hint?: string }>> = {
  unknown_host: {
    message: 'the host name is not known',
    hint: 'is it spelled right, and known where the server runs?',
  },
  unreachable: { message: 'the host cannot be reached', hint: 'does a firewall let this server through?' },
  refused: { message: 'the host is there, but nothing listens at the port', hint: 'check the port' },
  timeout: { message: 'the server did not answer in time', hint: 'does a firewall let this server through?' },
  not_allowed: {
    message: 'connections to this host are not allowed',
    hint: 'the operator of this server can allow it by DATAINSIGHT_ALLOWED_SOURCE_HOSTS',
  },
  tls: {
    message: 'no encrypted connection could be made',
    hint: 'give the authority that signed the certificate as ca, or set tls to unverified or off',
  },
  authentication: { message: 'the server refused the account or the password' },
  unknown_database: { message: 'there is no such database, or the account may not open it' },
  too_many_connections: { message: 'the server has no connection left for the account' },
  file: { message: 'the file cannot be read as a database' },
  missing_client: { message: 'the client of this database is not installed' },
  other: { message: 'the database could not answer' },
}

/** Connects and asks for the version. Never throws for what the database or the network does. */
export async function checkSource(source: DataSource, limits: StatementLimits): Promise<DataSourceTest> {
  const statement = { sql: VERSION_SQL[source.dialect], parameters: [], readsCatalog: true }
  try {
    const { columns } = await source.query(statement, limits)
    const version = String(columns[0]?.[0] ?? '')
      .split('\n')[0]!
      .slice(0, MAX_VERSION)
    // The second time, so that the figure is a round trip and not a handshake.
    const started = performance.now()
    await source.query(statement, limits)
    return { ok: true, version, latencyMs: Math.round((performance.now() - started) * 100) / 100 }
  } catch (error) {
    return describeFailure(error)
  }
}

/** What to tell of a fault while connecting. @throws whatever is no fault of a source. */
export function describeFailure(error: unknown): Extract<DataSourceTest, { ok: false }> {
  if (!(error instanceof AnalyticsError) || error.code === 'invalid_request' || error.code === 'query_cancelled') {
    throw error
  }
  const reason =
    error.code === 'query_timeout' ? 'timeout' : error.cause instanceof DriverFault ? error.cause.kind : 'other'
  const { message, hint } = MESSAGES[reason]
  if (reason === 'missing_client')
    return { ok: false, reason, message: error.message, ...(error.hint && { hint: error.hint }) }
  return { ok: false, reason, message, ...(hint === undefined ? {} : { hint }) }
}
