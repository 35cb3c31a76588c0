import type { Selectable } from 'kysely'
import type { Database, QueryLogTable } from '../database/schema.ts'
import { type LogFilter, selectRecords } from './log-filter.ts'
import type { QueryRecord } from './query-record.ts'

/** Stores records. @throws what the database throws, `23514` when a day has no partition. */
export async function insertQueryRecords(db: Database, records: readonly QueryRecord[]): Promise<void> {
  if (records.length === 0) return
  await db
    .insertInto('query_log')
    .values(
      records.map((record) => ({
        id: record.id,
        at: record.at,
        organization_id: record.organizationId,
        request_id: record.requestId,
        kind: record.kind,
        caller_kind: record.callerKind,
        caller_hash: record.callerHash,
        dashboard_id: record.dashboardId ?? null,
        shape: record.shape,
        members: [...record.members],
        source: record.source ?? null,
        cache: record.cache ?? null,
        rollup: record.rollup ?? null,
        count: record.count,
        rows: record.rows,
        bytes: record.bytes,
        plan_ms: record.planMs,
        wait_ms: record.waitMs,
        database_ms: record.databaseMs,
        convert_ms: record.convertMs,
        send_ms: record.sendMs,
        total_ms: record.totalMs,
        max_ms: record.maxMs,
        error: record.error ?? null,
        tenant_hash: record.tenantHash ?? null,
        rollup_reasons: [...record.rollupReasons],
      })),
    )
    .execute()
}

/** Where a page of the log goes on: after this record. */
export interface LogPosition {
  readonly at: Date
  readonly id: string
}

/** An organization's records, newest first, at most `limit`. */
export async function listQueryRecords(
  db: Database,
  organizationId: string,
  filter: LogFilter,
  page: { readonly limit: number; readonly after: LogPosition | undefined },
): Promise<QueryRecord[]> {
  let query = selectRecords(db, organizationId, filter).selectAll()
  const { after } = page
  if (after !== undefined)
    query = query.where((where) => where(where.refTuple('at', 'id'), '<', where.tuple(after.at, after.id)))
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(page.limit).execute()
  return rows.map(toRecord)
}

/** How far the moment in a record's id may be from the record's own: both are read from the clock, one after the other. */
const ID_DISTANCE_MS = 60_000

/** One record of an organization; `undefined` when there is none. The moment in its id leads to the day it is kept in. */
export async function findQueryRecord(
  db: Database,
  organizationId: string,
  id: string,
): Promise<QueryRecord | undefined> {
  const atMs = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  if (atMs > Date.now() + ID_DISTANCE_MS) return undefined
  const row = await db
    .selectFrom('query_log')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('at', '>=', new Date(atMs - ID_DISTANCE_MS))
    .where('at', '<', new Date(atMs + ID_DISTANCE_MS))
    .executeTakeFirst()
  return row && toRecord(row)
}

function toRecord(row: Selectable<QueryLogTable>): QueryRecord {
  return {
    id: row.id,
    at: row.at,
    organizationId: row.organization_id,
    requestId: row.request_id,
    kind: row.kind,
    callerKind: row.caller_kind,
    callerHash: row.caller_hash,
    tenantHash: row.tenant_hash ?? undefined,
    dashboardId: row.dashboard_id ?? undefined,
    shape: row.shape,
    members: row.members,
    source: row.source ?? undefined,
    cache: row.cache ?? undefined,
    rollup: row.rollup ?? undefined,
    rollupReasons: row.rollup_reasons,
    count: row.count,
    rows: Number(row.rows),
    bytes: Number(row.bytes),
    planMs: row.plan_ms,
    waitMs: row.wait_ms,
    databaseMs: row.database_ms,
    convertMs: row.convert_ms,
    sendMs: row.send_ms,
    totalMs: row.total_ms,
    maxMs: row.max_ms,
    error: row.error ?? undefined,
  }
}
