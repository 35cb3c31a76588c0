import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { DataSourceTarget, DataSourceType } from '@datainsight/core'
import { openBigQuery } from './clients/bigquery.ts'
import { openClickHouse } from './clients/clickhouse.ts'
import { type Client, openClientSource } from './clients/client-source.ts'
import { openDatabricks } from './clients/databricks.ts'
import { openSnowflake } from './clients/snowflake.ts'
import { openSqlServer } from './clients/sqlserver.ts'
import { openTrino } from './clients/trino.ts'
import type { ConnectGuard } from './connect-guard.ts'
import type { DataSource, Dialect } from './data-source.ts'
import { openDuckDB } from './duckdb.ts'
import { openMySql } from './mysql.ts'
import { openPostgres } from './postgres.ts'
import { resolveDuckDBFiles, resolveSourceFile } from './source-files.ts'
import { openSqlite } from './sqlite.ts'

/** What all sources of a server are opened with. */
export interface SourceEnvironment {
  readonly guard: ConnectGuard
  /** Folder that stored sources may name files of; they may name none when absent. */
  readonly filesDir: string | undefined
  /** Hears of connections that broke while nobody used them. */
  readonly onIdleError?: (source: string, error: Error) => void
}

/** How a source is called and how much of it we use. */
export interface SourceSettings {
  readonly name: string
  readonly id?: string
  readonly concurrency?: number
  readonly cacheTtlMs?: number
}

/** What a driver takes when its source says nothing. */
export interface DriverDefaults {
  readonly dialect: Dialect
  readonly concurrency: number
  readonly cacheTtlMs: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** What is known of a source before it is opened. */
export const DRIVER_DEFAULTS: Readonly<Record<DataSourceType, DriverDefaults>> = {
  postgres: { dialect: 'postgres', concurrency: 10, cacheTtlMs: MINUTE_MS },
  redshift: { dialect: 'redshift', concurrency: 5, cacheTtlMs: MINUTE_MS },
  mysql: { dialect: 'mysql', concurrency: 10, cacheTtlMs: MINUTE_MS },
  sqlite: { dialect: 'sqlite', concurrency: 2, cacheTtlMs: HOUR_MS },
  duckdb: { dialect: 'duckdb', concurrency: 3, cacheTtlMs: HOUR_MS },
  clickhouse: { dialect: 'clickhouse', concurrency: 10, cacheTtlMs: MINUTE_MS },
  snowflake: { dialect: 'snowflake', concurrency: 8, cacheTtlMs: 10 * MINUTE_MS },
  bigquery: { dialect: 'bigquery', concurrency: 10, cacheTtlMs: 10 * MINUTE_MS },
  sqlserver: { dialect: 'sqlserver', concurrency: 10, cacheTtlMs: MINUTE_MS },
  trino: { dialect: 'trino', concurrency: 5, cacheTtlMs: 5 * MINUTE_MS },
  databricks: { dialect: 'databricks', concurrency: 8, cacheTtlMs: 10 * MINUTE_MS },
}

/**
 * Opens a source that somebody stored or asks to test. Network databases are connected to at the first statement.
 * @throws AnalyticsError `invalid_request` for a file that may not be read, `query_failed` for one that cannot.
 */
export async function openSource(
  target: DataSourceTarget,
  settings: SourceSettings,
  environment: SourceEnvironment,
): Promise<DataSource> {
  const { guard } = environment
  const onIdleError = (error: Error) => environment.onIdleError?.(settings.name, error)
  switch (target.type) {
    case 'postgres':
    case 'redshift': {
      const { host, port = target.type === 'redshift' ? 5_439 : 5_432, database, user, tls, ca } = target.connection
      const url = { host, port, database, user, password: target.credentials.password, tls: toTls(host, tls, ca) }
      return openPostgres({ ...settings, dialect: target.type, url, guard, onIdleError })
    }
    case 'mysql': {
      const { host, port = 3_306, database, user, tls, ca } = target.connection
      const encrypted = tls === 'off' ? false : { verify: tls !== 'unverified', ...(ca === undefined ? {} : { ca }) }
      const { password } = target.credentials
      return openMySql({ ...settings, host, port, database, user, password, tls: encrypted, guard, onIdleError })
    }
    case 'sqlite': {
      const file = resolveSourceFile(environment.filesDir, target.connection.file, 'connection.file')
      return openSqlite({ ...settings, file })
    }
    case 'duckdb':
      return openDuckDB({ ...settings, ...resolveDuckDBFiles(target.connection, environment.filesDir) })
    default: {
      const { dialect, concurrency, cacheTtlMs } = DRIVER_DEFAULTS[target.type]
      const full = {
        ...settings,
        concurrency: settings.concurrency ?? concurrency,
        cacheTtlMs: settings.cacheTtlMs ?? cacheTtlMs,
      }
      return openClientSource(full, dialect, await openClient(target, full, guard))
    }
  }
}

type ClientTarget = Exclude<DataSourceTarget, { type: 'postgres' | 'redshift' | 'mysql' | 'sqlite' | 'duckdb' }>

/** The official client of a database. @throws AnalyticsError `query_failed` when it is not installed. */
export function openClient(
  target: ClientTarget,
  settings: { concurrency: number },
  guard: ConnectGuard,
): Promise<Client> {
  switch (target.type) {
    case 'clickhouse':
      return openClickHouse(target, guard)
    case 'snowflake':
      return openSnowflake(target)
    case 'bigquery':
      return openBigQuery(target)
    case 'sqlserver':
      return openSqlServer(target, settings, guard)
    case 'trino':
      return openTrino(target, guard)
    case 'databricks':
      return openDatabricks(target, guard)
  }
}

/** How Node encrypts to a host. */
export function toTls(
  host: string,
  tls: 'verify' | 'unverified' | 'off' | undefined,
  ca: string | undefined,
): TlsOptions | false {
  if (tls === 'off') return false
  // The connection goes to an address that was checked; the certificate is for the name.
  return { host, rejectUnauthorized: tls !== 'unverified', ...(ca === undefined ? {} : { ca }) }
}
