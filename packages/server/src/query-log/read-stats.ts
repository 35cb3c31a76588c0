import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { type LogFilter, selectRecords } from './log-filter.ts'

/** What figures are added up by. */
export const STATS_GROUPS = ['query', 'member', 'source', 'dashboard', 'tenant', 'rollup', 'error'] as const
export type StatsGroup = (typeof STATS_GROUPS)[number]
/** What they are sorted by, highest first. */
export const STATS_ORDERS = ['count', 'time', 'mean', 'p95', 'slowest', 'errors', 'bytes', 'latest'] as const
export type StatsOrder = (typeof STATS_ORDERS)[number]

/** Figures of one group. */
export interface QueryStats {
  /** The shape, member, source, dashboard, hash of a tenant, rollup or code of a fault. */
  readonly key: string
  /** Of a shape: what it asks for. */
  readonly members: readonly string[] | undefined
  /** Of a shape: whom it asks. */
  readonly source: string | undefined
  readonly count: number
  /** Answers that no data source was asked for. */
  readonly cached: number
  /** Answers made from a rollup, also those kept since. */
  readonly fromRollup: number
  readonly errors: number
  readonly rows: number
  readonly bytes: number
  readonly totalMs: number
  readonly meanMs: number
  /** Of those that a data source was asked for. */
  readonly p50Ms: number | undefined
  readonly p95Ms: number | undefined
  readonly maxMs: number
  readonly databaseMs: number
  readonly latestAt: Date
}

const KEYS = {
  query: sql<string>`shape`,
  member: sql<string>`member`,
  source: sql<string>`source`,
  dashboard: sql<string>`dashboard_id`,
  tenant: sql<string>`tenant_hash`,
  rollup: sql<string>`rollup`,
  error: sql<string>`error`,
} as const

/** Exact percentiles of the answers that data sources were asked for. */
const PERCENTILES = sql<number[]>`percentile_cont(array[0.5, 0.95]) within group (order by max_ms)`

const ORDERS: Readonly<Record<Exclude<StatsOrder, 'p95'>, RawBuilder<unknown>>> = {
  count: sql`sum(count)`,
  time: sql`sum(total_ms)`,
  mean: sql`sum(total_ms) / sum(count)`,
  slowest: sql`max(max_ms)`,
  errors: sql`sum(count) filter (where error is not null)`,
  bytes: sql`sum(bytes)`,
  latest: sql`max(at)`,
}

/** A part of the groups in an order. */
export interface StatsPage {
  readonly by: StatsGroup
  readonly order: StatsOrder
  readonly limit: number
  readonly offset: number
}

/**
 * An organization's figures, added up by group. Percentiles need sorted records, so they are found for the groups of the page
 * alone, and for all of them only when they decide the order.
 */
export async function readQueryStats(
  db: Database,
  organizationId: string,
  filter: LogFilter,
  page: StatsPage,
): Promise<QueryStats[]> {
  const key = KEYS[page.by]
  const groups = () =>
    byGroup(selectRecords(db, organizationId, filter), page.by).where(sql<SqlBool>`${key} is not null`)
  const inOrder =
    page.order === 'p95'
      ? await groups()
          .where('cache', '=', 'miss')
          .select(key.as('key'))
          .groupBy(key)
          .orderBy(sql`percentile_cont(0.95) within group (order by max_ms)`, 'desc')
          .orderBy(key)
          .limit(page.limit)
          .offset(page.offset)
          .execute()
      : undefined
  const among = (keys: readonly { readonly key: string }[]) =>
    sql<SqlBool>`${key} = any(${keys.map((each) => each.key)}::text[])`
  let query = groups()
    .select([
      key.as('key'),
      sql<string>`sum(count)`.as('count'),
      sql<string>`coalesce(sum(count) filter (where cache in ('L1', 'L2', 'L3', 'stale')), 0)`.as('cached'),
      sql<string>`coalesce(sum(count) filter (where rollup is not null and error is null), 0)`.as('from_rollup'),
      sql<string>`coalesce(sum(count) filter (where error is not null), 0)`.as('errors'),
      sql<number>`sum(rows::float8 * count)`.as('rows'),
      sql<number>`sum(bytes::float8)`.as('bytes'),
      sql<number>`sum(total_ms)`.as('total_ms'),
      sql<number>`sum(total_ms) / sum(count)`.as('mean_ms'),
      sql<number>`max(max_ms)`.as('max_ms'),
      sql<number>`sum(database_ms)`.as('database_ms'),
      sql<Date>`max(at)`.as('latest_at'),
    ])
    .groupBy(key)
  if (inOrder !== undefined) query = query.where(among(inOrder))
  else if (page.order !== 'p95') {
    query = query
      .orderBy(ORDERS[page.order], (order) => order.desc().nullsLast())
      .orderBy(key)
      .limit(page.limit)
      .offset(page.offset)
  }
  const found = await query.execute()
  const rank = new Map(inOrder?.map((each, index) => [each.key, index]))
  const rows = inOrder === undefined ? found : found.sort((a, b) => (rank.get(a.key) ?? 0) - (rank.get(b.key) ?? 0))
  if (rows.length === 0) return []
  const times = await groups()
    .where('cache', '=', 'miss')
    .where(among(rows))
    .select([key.as('key'), PERCENTILES.as('ms')])
    .groupBy(key)
    .execute()
  const timesOf = new Map(times.map((each) => [each.key, each.ms]))
  const shapes = page.by === 'query' ? await describeShapes(db, organizationId, filter, rows) : undefined
  return rows.map((row) => ({
    key: row.key,
    members: shapes?.get(row.key)?.members,
    source: shapes?.get(row.key)?.source,
    count: Number(row.count),
    cached: Number(row.cached),
    fromRollup: Number(row.from_rollup),
    errors: Number(row.errors),
    rows: row.rows,
    bytes: row.bytes,
    totalMs: row.total_ms,
    meanMs: row.mean_ms,
    p50Ms: timesOf.get(row.key)?.[0],
    p95Ms: timesOf.get(row.key)?.[1],
    maxMs: row.max_ms,
    databaseMs: row.database_ms,
    latestAt: row.latest_at,
  }))
}

function byGroup(records: ReturnType<typeof selectRecords>, by: StatsGroup) {
  if (by !== 'member') return records
  const each = sql<{ member: string }>`unnest(members)`.as<'each'>(sql`each(member)`)
  // Typed as the records it comes from: all that is read of them stays, and `member` is only named by `KEYS`.
  return records.innerJoinLateral(each, (join) => join.onTrue()) as unknown as typeof records
}

/**
 * What shapes stand for: read from one record each, found by the index on shapes. Carried along while adding up, the arrays
 * would cost more than all the figures.
 */
async function describeShapes(
  db: Database,
  organizationId: string,
  { from, to }: LogFilter,
  groups: readonly { readonly key: string }[],
): Promise<ReadonlyMap<string, { readonly members: readonly string[]; readonly source: string | undefined }>> {
  const { rows } = await sql<{ key: string; members: string[]; source: string | null }>`
    select asked.key, one.members, one.source
    from unnest(${groups.map(({ key }) => key)}::text[]) as asked(key)
    cross join lateral (
      select members, source from query_log
      where organization_id = ${organizationId} and shape = asked.key and at >= ${from} and at < ${to}
      order by at desc, id desc limit 1
    ) as one`.execute(db)
  return new Map(rows.map(({ key, members, source }) => [key, { members, source: source ?? undefined }]))
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
