import { type SqlBool, sql } from 'kysely'
import type { Database } from '../database/schema.ts'
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
      })),
    )
    .execute()
}

/** Where a page of the log goes on: after this record. */
export interface LogPosition {
  readonly at: Date
  readonly id: string
}

/** Which records of an organization. */
export interface LogFilter {
  readonly from: Date
  /** Not included. */
  readonly to: Date
  readonly source?: string | undefined
  readonly dashboardId?: string | undefined
  readonly member?: string | undefined
  /** Only those that failed. */
  readonly failed?: boolean | undefined
  /** Only those that took as long, milliseconds. */
  readonly minMs?: number | undefined
}

/** An organization's records, newest first, at most `limit`. */
export async function listQueryRecords(
  db: Database,
  organizationId: string,
  filter: LogFilter,
  page: { readonly limit: number; readonly after: LogPosition | undefined },
): Promise<QueryRecord[]> {
  let query = matching(db, organizationId, filter).selectAll()
  const { after } = page
  if (after !== undefined)
    query = query.where((where) => where(where.refTuple('at', 'id'), '<', where.tuple(after.at, after.id)))
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(page.limit).execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    organizationId: row.organization_id,
    requestId: row.request_id,
    kind: row.kind,
    callerKind: row.caller_kind,
    callerHash: row.caller_hash,
    dashboardId: row.dashboard_id ?? undefined,
    shape: row.shape,
    members: row.members,
    source: row.source ?? undefined,
    cache: row.cache ?? undefined,
    rollup: row.rollup ?? undefined,
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
  }))
}

/** What figures are added up by. */
export const STATS_GROUPS = ['query', 'member', 'source', 'dashboard'] as const
export type StatsGroup = (typeof STATS_GROUPS)[number]
/** What they are sorted by, highest first. */
export const STATS_ORDERS = ['count', 'time', 'slowest', 'errors'] as const
export type StatsOrder = (typeof STATS_ORDERS)[number]

/** Figures of one group. */
export interface QueryStats {
  /** The shape, member, source or dashboard. */
  readonly key: string
  /** Of a shape: what it asks for. */
  readonly members: readonly string[] | undefined
  readonly count: number
  /** Answers that no data source was asked for. */
  readonly cached: number
  readonly errors: number
  readonly bytes: number
  readonly meanMs: number
  /** Of those that a data source was asked for. */
  readonly p95Ms: number | undefined
  readonly maxMs: number
  readonly databaseMs: number
}

const KEYS = {
  query: sql<string>`shape`,
  member: sql<string>`member`,
  source: sql<string>`source`,
  dashboard: sql<string>`dashboard_id`,
} as const

const ORDERS = {
  count: sql`sum(count)`,
  time: sql`sum(total_ms)`,
  slowest: sql`max(max_ms)`,
  errors: sql`sum(count) filter (where error is not null)`,
} as const

/** An organization's figures, added up by group. */
export async function readQueryStats(
  db: Database,
  organizationId: string,
  filter: LogFilter,
  page: { readonly by: StatsGroup; readonly order: StatsOrder; readonly limit: number; readonly offset: number },
): Promise<QueryStats[]> {
  const key = KEYS[page.by]
  const from = matching(db, organizationId, filter)
  const rows = await (page.by === 'member'
    ? from.innerJoinLateral(sql<{ member: string }>`unnest(members)`.as<'each'>(sql`each(member)`), (join) =>
        join.onTrue(),
      )
    : from
  )
    .select([
      key.as('key'),
      sql<string>`sum(count)`.as('count'),
      sql<string>`coalesce(sum(count) filter (where cache in ('L1', 'L2', 'L3', 'stale')), 0)`.as('cached'),
      sql<string>`coalesce(sum(count) filter (where error is not null), 0)`.as('errors'),
      sql<string>`sum(bytes)`.as('bytes'),
      sql<number>`sum(total_ms) / sum(count)`.as('mean_ms'),
      sql<number | null>`percentile_cont(0.95) within group (order by max_ms) filter (where cache = 'miss')`.as(
        'p95_ms',
      ),
      sql<number>`max(max_ms)`.as('max_ms'),
      sql<number>`sum(database_ms)`.as('database_ms'),
      sql<string[]>`min(members)`.as('members'),
    ])
    .where(sql<SqlBool>`${key} is not null`)
    .groupBy(key)
    .orderBy(ORDERS[page.order], (order) => order.desc().nullsLast())
    .orderBy(key)
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map((row) => ({
    key: row.key,
    members: page.by === 'query' ? row.members : undefined,
    count: Number(row.count),
    cached: Number(row.cached),
    errors: Number(row.errors),
    bytes: Number(row.bytes),
    meanMs: row.mean_ms,
    p95Ms: row.p95_ms ?? undefined,
    maxMs: row.max_ms,
    databaseMs: row.database_ms,
  }))
}

function matching(db: Database, organizationId: string, filter: LogFilter) {
  const { from, to, source, dashboardId, member, failed, minMs } = filter
  return db
    .selectFrom('query_log')
    .where('organization_id', '=', organizationId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .$if(source !== undefined, (query) => query.where('source', '=', source as string))
    .$if(dashboardId !== undefined, (query) => query.where('dashboard_id', '=', dashboardId as string))
    .$if(member !== undefined, (query) => query.where(sql<SqlBool>`${member} = any(members)`))
    .$if(failed === true, (query) => query.where('error', 'is not', null))
    .$if(minMs !== undefined, (query) => query.where('max_ms', '>=', minMs as number))
}

/** Queries of one shape that data sources were asked for and no rollup answered. */
export interface UnstoredShape {
  readonly members: readonly string[]
  readonly count: number
  readonly databaseMs: number
}

/** The shapes that cost the data sources most since a time, and that no rollup answered. */
export async function readUnstoredShapes(db: Database, organizationId: string, from: Date): Promise<UnstoredShape[]> {
  const rows = await db
    .selectFrom('query_log')
    .where('organization_id', '=', organizationId)
    .where('at', '>=', from)
    .where('cache', '=', 'miss')
    .where('rollup', 'is', null)
    .where('error', 'is', null)
    .select([
      sql<string[]>`min(members)`.as('members'),
      sql<string>`sum(count)`.as('count'),
      sql<number>`sum(database_ms)`.as('database_ms'),
    ])
    .groupBy('shape')
    .orderBy(sql`sum(database_ms)`, 'desc')
    .orderBy('shape')
    .limit(200)
    .execute()
  return rows.map((row) => ({ members: row.members, count: Number(row.count), databaseMs: row.database_ms }))
}
