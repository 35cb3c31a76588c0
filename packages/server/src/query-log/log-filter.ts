import { type SqlBool, sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { CacheOrigin, QueryRecord } from './query-record.ts'

/** Which records of an organization. */
export interface LogFilter {
  readonly from: Date
  /** Not included. */
  readonly to: Date
  readonly source?: string | undefined
  readonly dashboardId?: string | undefined
  readonly member?: string | undefined
  readonly shape?: string | undefined
  readonly cache?: CacheOrigin | undefined
  readonly kind?: QueryRecord['kind'] | undefined
  readonly callerKind?: QueryRecord['callerKind'] | undefined
  readonly tenantHash?: string | undefined
  readonly error?: string | undefined
  /** True: only those that failed; false: only those that did not. */
  readonly failed?: boolean | undefined
  /** Only those that took as long, milliseconds. */
  readonly minMs?: number | undefined
}

/** The records of an organization that a filter keeps. */
export function selectRecords(db: Database, organizationId: string, filter: LogFilter) {
  const { member, failed, minMs } = filter
  let query = db
    .selectFrom('query_log')
    .where('organization_id', '=', organizationId)
    .where('at', '>=', filter.from)
    .where('at', '<', filter.to)
  for (const [column, value] of [
    ['source', filter.source],
    ['dashboard_id', filter.dashboardId],
    ['shape', filter.shape],
    ['cache', filter.cache],
    ['kind', filter.kind],
    ['caller_kind', filter.callerKind],
    ['tenant_hash', filter.tenantHash],
    ['error', filter.error],
  ] as const) {
    if (value !== undefined) query = query.where(sql.ref(column), '=', value)
  }
  if (member !== undefined) query = query.where(sql<SqlBool>`${member} = any(members)`)
  if (failed !== undefined) query = query.where('error', failed ? 'is not' : 'is', null)
  if (minMs !== undefined) query = query.where('max_ms', '>=', minMs)
  return query
}
