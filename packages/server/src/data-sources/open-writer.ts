import { AnalyticsError, type DataSourceTarget, type DataSourceType, type Problem } from '@datainsight/core'
import { toWriter } from './client-writer.ts'
import { openMySqlWriter } from './mysql-writer.ts'
import { DRIVER_DEFAULTS, openClient, type SourceEnvironment, toTls } from './open-source.ts'
import { openPostgresWriter } from './postgres-writer.ts'
import type { SourceWriter } from './source-place.ts'

/** Where the rollups of a source are kept, and by whose right; see `docs/how-to/speed-up-with-rollups.md`. */
export interface RollupSettings {
  readonly schema: string
  /** `postgres://user:password@host/database` of an account that may write there; the source's own when absent. */
  readonly url?: string
}

/** Schemes of addresses, by type. Other types write with their source's own account. */
const SCHEMES: Partial<Readonly<Record<DataSourceType, RegExp>>> = {
  postgres: /^postgres(?:ql)?:$/,
  redshift: /^(?:postgres(?:ql)?|redshift):$/,
  mysql: /^(?:mysql|mariadb):$/,
}
/** Types whose tables nobody can write here: files, and a database that we read by a session that can do nothing else. */
const READ_ONLY: readonly DataSourceType[] = ['sqlite', 'duckdb', 'clickhouse']

/** What is wrong with the settings for a type. Never names the address, which holds a password. */
export function findRollupProblems(type: DataSourceType, rollups: RollupSettings, root: string): Problem[] {
  if (READ_ONLY.includes(type)) return [{ path: root, message: `cannot be kept in a source of type ${type}` }]
  if (rollups.url === undefined) return []
  const path = `${root}.url`
  const scheme = SCHEMES[type]
  if (scheme === undefined)
    return [{ path, message: `is not for sources of type ${type}; they write by their own account` }]
  const isAddress = URL.canParse(rollups.url) && isWhole(new URL(rollups.url), scheme)
  return isAddress ? [] : [{ path, message: `is no address such as ${type}://user:password@host/database` }]
}

/**
 * Connects to a source with the right to write.
 * @throws AnalyticsError `query_failed` when it cannot be reached.
 */
export async function openWriter(
  name: string,
  target: DataSourceTarget,
  { url }: RollupSettings,
  { guard }: Pick<SourceEnvironment, 'guard'>,
): Promise<SourceWriter> {
  switch (target.type) {
    case 'postgres':
    case 'redshift': {
      const { tls, ca } = target.connection
      const at = { port: target.type === 'redshift' ? 5_439 : 5_432, ...addressOf(target, url) }
      return openPostgresWriter({ name, dialect: target.type, url: { ...at, tls: toTls(at.host, tls, ca) }, guard })
    }
    case 'mysql': {
      const { tls, ca } = target.connection
      const encrypted = tls === 'off' ? false : { verify: tls !== 'unverified', ...(ca === undefined ? {} : { ca }) }
      return openMySqlWriter({ name, port: 3_306, ...addressOf(target, url), tls: encrypted, guard })
    }
    case 'sqlite':
    case 'duckdb':
    case 'clickhouse':
      throw new AnalyticsError('unsupported', `rollups cannot be kept in a source of type ${target.type}`)
    default:
      return toWriter(name, DRIVER_DEFAULTS[target.type].dialect, await openClient(target, { concurrency: 1 }, guard))
  }
}

interface Address {
  readonly host: string
  readonly port?: number
  readonly database: string
  readonly user: string
  readonly password: string
}

function addressOf(
  target: Extract<DataSourceTarget, { type: 'postgres' | 'redshift' | 'mysql' }>,
  url?: string,
): Address {
  if (url === undefined) {
    const { host, port, database, user } = target.connection
    return { host, database, user, password: target.credentials.password, ...(port !== undefined && { port }) }
  }
  const { hostname, port, pathname, username, password } = new URL(url)
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(port !== '' && { port: Number(port) }),
    database: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  }
}

/** Whether an address says all that is needed, and nothing that would be ignored. */
function isWhole({ protocol, hostname, pathname, username, search, hash }: URL, scheme: RegExp): boolean {
  return (
    scheme.test(protocol) && hostname !== '' && pathname.length > 1 && username !== '' && search === '' && hash === ''
  )
}
