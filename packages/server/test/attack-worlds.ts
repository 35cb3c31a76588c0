import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DashboardInput } from '@datainsight/core'
import pg from 'pg'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import { createDatabase, type QueryServer, startQueryServer } from './query-server.ts'

/** The only days that the token of tenant `a` opens. */
export const OPEN_DAYS = ['2026-03-01', '2026-04-30'] as const

const MODEL = `
cubes:
  - name: orders
    sql_table: orders
    joins:
      - { name: customers, relationship: many_to_one, sql: "{CUBE}.customer = {customers.id}" }
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: status, type: string, sql: "{CUBE}.status" }
      - { name: amount, type: number, sql: "{CUBE}.amount" }
      - { name: share, type: number, sql: "100 / {CUBE}.amount" }
      - name: at
        type: time
        sql: "{CUBE}.at"
        granularities: [{ name: sprint, interval: 2 weeks, origin: "2026-01-05" }]
    measures:
      - { name: count, type: count }
      - { name: revenue, type: sum, sql: "{CUBE}.amount" }
      - { name: average, type: avg, sql: "{CUBE}.amount" }
      - { name: buyers, type: count_distinct, sql: "{CUBE}.customer" }
      - { name: paid, type: count, filters: [{ sql: "{CUBE}.status = 'paid'" }] }
      - { name: running, type: sum, sql: "{CUBE}.amount", rolling_window: { trailing: unbounded } }
      - { name: month, type: count, rolling_window: { trailing: 1 month } }
      - { name: so_far, type: sum, sql: "{CUBE}.amount", rolling_window: { type: to_date, granularity: year } }
      - { name: before, type: number, multi_stage: true, sql: "{revenue}", time_shift: [{ interval: 1 month, type: prior }] }
      - { name: place, type: rank, multi_stage: true, order_by: [{ sql: "{revenue}", dir: desc }], reduce_by: [status] }
    segments: [{ name: large, sql: "{CUBE}.amount >= 50" }]
    access_policy: &policy
      - role: "*"
        row_level: { filters: [{ member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }] }
      - role: api-key
        row_level: { allow_all: true }
  - name: customers
    sql_table: customers
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: name, type: string, sql: "{CUBE}.name" }
      - { name: tenant, type: string, sql: "{CUBE}.tenant", public: false }
      - { name: orders_made, type: number, sub_query: true, sql: "{orders.count}" }
    measures: [{ name: count, type: count }]
    joins:
      - { name: orders, relationship: one_to_many, sql: "{CUBE}.id = {orders}.customer" }
    access_policy: *policy
  - name: refunds
    sql_table: refunds
    joins:
      - { name: customers, relationship: many_to_one, sql: "{CUBE}.customer = {customers.id}" }
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: tenant, type: string, sql: "{CUBE}.tenant", public: false }
    measures:
      - { name: count, type: count }
      - { name: paid_back, type: sum, sql: "{CUBE}.amount" }
    access_policy: *policy
views:
  - name: sales
    cubes:
      - { join_path: orders, includes: [status, at, count, revenue] }
      - { join_path: orders.customers, prefix: true, includes: [name] }
`.replace(
  '- { name: status,',
  '- { name: tenant, type: string, sql: "{CUBE}.tenant", public: false }\n      - { name: status,',
)

/** A dashboard with stored questions and a filter whose options come from the data. */
export const BOARD: DashboardInput = {
  slug: 'board',
  title: 'Board',
  filters: [
    { id: 'status', type: 'multi_select', member: 'orders.status', title: 'Status', orderMeasure: 'orders.revenue' },
    { id: 'days', type: 'date_range', member: 'orders.at', title: 'Days' },
  ],
  widgets: [
    {
      id: 'revenue',
      title: 'Revenue',
      layout: { x: 0, y: 0, w: 3, h: 3 },
      query: { measures: ['orders.revenue'] },
      visualization: { type: 'metric' },
      comparison: { dimension: 'orders.at', period: 'previous_period' },
    },
    {
      id: 'table',
      title: 'Statuses',
      layout: { x: 0, y: 3, w: 6, h: 3 },
      query: { measures: ['orders.count'], dimensions: ['orders.status', 'customers.name'], subtotals: true },
      visualization: { type: 'table' },
    },
  ],
}

type Row = readonly (string | number | null)[]
const TABLES = {
  orders: ['id', 'tenant', 'customer', 'status', 'amount', 'at'],
  customers: ['id', 'tenant', 'name'],
  refunds: ['id', 'tenant', 'customer', 'amount'],
} as const
const TYPES: Readonly<Record<string, string>> = {
  tenant: 'varchar',
  status: 'varchar',
  name: 'varchar',
  at: 'timestamp',
}

/** Rows of one world: `a`'s open ones, and in the larger world also what `a` may not see: its other days, and all of `b`. */
function rowsOf(isLarge: boolean): Record<keyof typeof TABLES, Row[]> {
  let state = 11
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 8) % below
  }
  const day = (from: string, days: number) =>
    new Date(Date.parse(from) + next(days) * 86_400_000 + next(24) * 3_600_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ')
  const open: Row[] = Array.from({ length: 120 }, (_, index) => [
    index + 1,
    'a',
    // Some name a customer of b, whom a does not see in either world.
    next(9) === 0 ? 101 : 1 + next(6),
    ['paid', 'open', 'late', 'void', null][next(5)] as string | null,
    1 + next(90),
    day('2026-03-01', 61),
  ])
  const hidden: Row[] = Array.from({ length: 200 }, (_, index) => {
    const isB = index % 3 !== 0
    const status = isB ? ['only-b', 'paid', 'open'][next(3)] : ['only-early', 'paid'][next(2)]
    // Amounts of nothing: who runs a condition on these rows first fails on them.
    const amount = next(4) === 0 ? 0 : 1_000 + next(9_000)
    const at = isB ? day('2025-12-01', 300) : next(2) === 0 ? day('2025-12-01', 89) : day('2026-05-02', 60)
    return [
      1_000 + index,
      isB ? 'b' : 'a',
      isB ? 101 + next(5) : 1 + next(6),
      status as string,
      isB ? amount : 1 + amount,
      at,
    ]
  })
  const customers = (ids: number[], tenant: string): Row[] =>
    ids.map((id) => [id, tenant, `${tenant === 'a' ? 'Ann' : 'only-b'} ${id}`])
  const refunds = (count: number, from: number, tenant: string): Row[] =>
    Array.from({ length: count }, (_, index) => [
      from + index,
      tenant,
      (tenant === 'a' ? 1 : 101) + next(5),
      1 + next(40),
    ])
  return {
    orders: isLarge ? [...hidden, ...open] : open,
    customers: [...customers([1, 2, 3, 4, 5, 6], 'a'), ...(isLarge ? customers([101, 102, 103, 104, 105], 'b') : [])],
    refunds: [...refunds(30, 1, 'a'), ...(isLarge ? refunds(50, 500, 'b') : [])],
  }
}

/** One world: its nodes share a metadata database, and all but the last the Redis of the run. */
export interface AttackWorld {
  readonly nodes: readonly QueryServer[]
  /** The token of tenant `a`, which opens {@link OPEN_DAYS}. */
  readonly token: string
  /** A token of tenant `b`, who has no rows in the smaller world. Were it `a`'s there, it would ask `a`'s statements first. */
  readonly other: string
  close(): Promise<void>
}

/** Builds a world on a kind of source. `nodes` of one share nothing but the databases. */
export async function buildWorld(kind: 'duckdb' | 'postgres', isLarge: boolean, nodes: number): Promise<AttackWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-attack-world-'))
  const metadata = await createDatabase()
  const data = kind === 'postgres' ? await createDatabase() : undefined
  mkdirSync(join(folder, 'model'))
  writeFileSync(join(folder, 'model/model.yml'), MODEL)
  const source = data === undefined ? asFiles(folder, isLarge) : await asTables(data.url, isLarge)
  const env = {
    DATABASE_URL: metadata.url,
    DATAINSIGHT_SECRET: randomBytes(48).toString('base64'),
    DATAINSIGHT_MODEL_DIR: join(folder, 'model'),
    DATAINSIGHT_CACHE_TABLE_BYTES: '50000000',
  }
  const redis = process.env.TEST_REDIS_URL
  const servers: QueryServer[] = []
  for (let index = 0; index < nodes; index += 1) {
    const isLast = nodes > 1 && index === nodes - 1
    servers.push(
      await startQueryServer(source, { ...env, ...(redis !== undefined && !isLast && { REDIS_URL: redis }) }),
    )
  }
  const [first] = servers as [QueryServer]
  await first.createDashboard(BOARD)
  const grants = {
    resources: [{ type: 'dashboard' as const, id: 'board' }],
    actions: ['view' as const, 'filter' as const, 'explore' as const, 'export:csv' as const],
  }
  const token = await first.token({
    ...grants,
    attributes: { tenant: ['a'] },
    filters: [{ member: 'orders.at', operator: 'inDateRange', values: [...OPEN_DAYS] }],
  })
  return {
    nodes: servers,
    token,
    other: await first.token({ ...grants, attributes: { tenant: ['b'] } }),
    async close() {
      for (const server of servers) await server.close()
      await data?.drop()
      await metadata.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function asFiles(folder: string, isLarge: boolean): DataSourceOptions {
  const tables = Object.fromEntries(
    Object.entries(rowsOf(isLarge)).map(([table, rows]) => {
      const file = join(folder, `${table}.csv`)
      writeFileSync(
        file,
        [TABLES[table as 'orders'], ...rows].map((row) => row.map((cell) => cell ?? '').join(',')).join('\n'),
      )
      return [table, { file }]
    }),
  )
  return { type: 'duckdb', name: 'default', tables }
}

async function asTables(url: string, isLarge: boolean): Promise<DataSourceOptions> {
  const client = new pg.Client(url)
  await client.connect()
  for (const [table, rows] of Object.entries(rowsOf(isLarge))) {
    const columns = TABLES[table as 'orders']
    await client.query(
      `create table ${table} (${columns.map((name) => `${name} ${TYPES[name] ?? 'integer'}`).join(', ')})`,
    )
    const marks = (row: Row, at: number) =>
      `(${row.map((_, index) => `$${at * columns.length + index + 1}`).join(', ')})`
    await client.query(`insert into ${table} values ${rows.map(marks).join(', ')}`, rows.flat())
  }
  await client.query('analyze')
  await client.end()
  // Answers must not grow old in the middle: the worlds would be asked a moment apart, on both sides of it.
  return { type: 'postgres', name: 'default', url, cacheTtlMs: 3_600_000 }
}
