import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type QueryServer, startQueryServer } from './query-server.ts'

/** Everything that a page must not learn begins with these letters, in the database, the model's SQL and the people's addresses. */
const MARK = 'zz_'
const MODEL = `
cubes:
  - name: orders
    sql_table: zz_schema.zz_orders
    joins: [{ name: customers, sql: "{CUBE}.zz_customer = {customers}.zz_id", relationship: many_to_one }]
    dimensions:
      - { name: id, sql: "{CUBE}.zz_id", type: number, primary_key: true }
      - { name: region, sql: "{CUBE}.zz_region", type: string }
      - { name: day, sql: "{CUBE}.zz_day", type: time }
      - { name: absent, sql: "{CUBE}.zz_absent", type: string }
      - { name: uncast, sql: "({CUBE}.zz_secret)::int", type: number }
      - { name: wrong, sql: "{CUBE}.zz_secret", type: number }
      - { name: refused, sql: "(select zz_password from zz_schema.zz_refused limit 1)", type: string }
      - { name: hidden, sql: "{CUBE}.zz_secret", type: string, public: false }
    measures:
      - { name: count, type: count }
      - { name: divided, sql: "sum({CUBE}.zz_amount) / (sum({CUBE}.zz_amount) - sum({CUBE}.zz_amount))", type: number }
      - { name: slow, sql: "sum(case when pg_sleep(20) is null then 1 else {CUBE}.zz_amount end)", type: number }
    access_policy:
      - { role: "*", row_level: { filters: [{ member: region, operator: equals, values: ["{ securityContext.region }"] }] } }
      - { role: api-key, row_level: { allow_all: true } }
  - name: customers
    sql_table: zz_schema.zz_customers
    dimensions:
      - { name: id, sql: "{CUBE}.zz_id", type: number, primary_key: true }
      - { name: name, sql: "{CUBE}.zz_name", type: string }
    access_policy: [{ role: "*", row_level: { allow_all: true } }]
  - name: missing
    sql_table: zz_schema.zz_gone
    measures: [{ name: count, type: count }]
    access_policy: [{ role: "*", row_level: { allow_all: true } }]
  - name: closed
    sql_table: zz_schema.zz_closed
    measures: [{ name: count, type: count }]
    access_policy: [{ role: owner, row_level: { allow_all: true } }]
`
const region = { member: 'orders.region', operator: 'equals', values: ['north'] }
const TYPED = { member: 'orders.day', operator: 'gt', values: ['x'] }
const RANGE = { dimension: 'orders.day', dateRange: 'the day after never' }
/** Questions that succeed, and one for each way to fail. */
const QUERIES: readonly object[] = [
  { measures: ['orders.count'], dimensions: ['orders.region', 'customers.name'], filters: [region], total: true },
  { measures: ['orders.count'], timeDimensions: [{ dimension: 'orders.day', granularity: 'month' }], limit: 1 },
  { dimensions: ['orders.absent'] },
  { dimensions: ['orders.uncast'] },
  { dimensions: ['orders.wrong'] },
  { dimensions: ['orders.refused'] },
  { measures: ['orders.divided'] },
  { measures: ['missing.count'] },
  { measures: ['closed.count'] },
  { measures: ['orders.count', 'missing.count'], dimensions: ['orders.region'] },
  { dimensions: ['orders.hidden'] },
  { dimensions: ['orders.nope'] },
  { measures: ['orders.count'], filters: [TYPED] },
  { measures: ['orders.count'], timeDimensions: [RANGE] },
  { measures: ['orders.count'], timezone: 'Mars/Olympus' },
  { measures: ['orders.count'], cursor: 'AAAA' },
  { measures: ['orders.count'], nothing: 1 },
  { measures: [1] },
  {},
]
const SLOW = { measures: ['orders.slow'] }
const TIMES_OUT = [SLOW]

let database: Awaited<ReturnType<typeof createDatabase>>
let admin: pg.Client
let server: QueryServer
let folder: string
let dashboardId: string
let secrets: string[]
let token: string
let poor: string

beforeAll(async () => {
  database = await createDatabase()
  admin = new pg.Client(database.url)
  await admin.connect()
  await admin.query(`
    create schema zz_schema;
    create table zz_schema.zz_orders (zz_id int, zz_customer int, zz_region text, zz_day timestamp, zz_amount int, zz_secret text);
    insert into zz_schema.zz_orders values (1, 1, 'north', '2001-01-01', 5, 'zz_value'), (2, 1, 'north', '2001-02-01', 6, 'zz_value');
    create table zz_schema.zz_customers (zz_id int, zz_name text);
    insert into zz_schema.zz_customers values (1, 'Ada');
    create table zz_schema.zz_closed (zz_id int);
    create table zz_schema.zz_refused (zz_password text);
    create role zz_reader_${process.pid} login;
    grant usage on schema zz_schema to zz_reader_${process.pid};
    grant select on zz_schema.zz_orders, zz_schema.zz_customers to zz_reader_${process.pid}`)
  folder = mkdtempSync(join(tmpdir(), `${MARK}folder-`))
  mkdirSync(join(folder, 'model'))
  writeFileSync(join(folder, 'model/zz_file.yml'), MODEL)
  const url = Object.assign(new URL(database.url), { username: `zz_reader_${process.pid}` }).href
  server = await startQueryServer(
    { type: 'postgres', name: 'default', url, concurrency: 8 },
    {
      DATAINSIGHT_MODEL_DIR: join(folder, 'model'),
      DATAINSIGHT_ADMIN_EMAIL: 'zz_admin@example.com',
      DATAINSIGHT_QUERY_TIMEOUT_MS: '300',
      DATAINSIGHT_EXPORT_TIMEOUT_MS: '1000',
      DATAINSIGHT_ORGANIZATION: 'zz_organization',
    },
  )
  // Stored by hand: one that cannot be answered would be refused.
  const widgets = [...QUERIES.slice(0, 11), SLOW].map((query, index) => ({
    id: `w${index}`,
    title: 'Widget',
    layout: { x: 0, y: index, w: 3, h: 1 },
    query,
    visualization: { type: 'table' },
  }))
  dashboardId = await server.createDashboard({ slug: 'all', title: 'All', widgets: [widgets[0]] as never })
  const filters = ['region', 'absent', 'uncast'].map((name) => ({
    id: name,
    type: 'multi_select',
    title: name,
    member: `orders.${name}`,
  }))
  await server.app.db
    .updateTable('dashboards')
    .set({ definition: JSON.stringify({ slug: 'all', title: 'All', widgets, filters }) as never })
    .where('id', '=', dashboardId)
    .execute()
  const ids = await Promise.all(
    (['organizations', 'users', 'api_keys'] as const).map((table) =>
      server.app.db.selectFrom(table).select('id').execute(),
    ),
  )
  const { host, hostname, port, pathname } = new URL(database.url)
  secrets = [
    MARK,
    'example.com',
    'select "',
    'select count',
    'from "',
    'sum(',
    'postgres',
    '.yml',
    '.ts:',
    'node_modules',
    folder,
    pathname.slice(1),
    host,
  ]
  secrets.push(...(port === '' ? [] : [`:${port}`]), hostname, ...ids.flat().map(({ id }) => id))
  const grant = { resources: [{ type: 'dashboard' as const, id: dashboardId }] }
  const actions = ['view', 'filter', 'explore', 'export:csv', 'export:ndjson'] as never
  token = await server.token({ ...grant, attributes: { region: ['north'] }, actions })
  poor = await server.token({ ...grant, attributes: {}, actions: ['view', 'explore'] as never })
}, 60_000)

afterAll(async () => {
  await server.close()
  await admin.query(`drop owned by zz_reader_${process.pid}; drop role zz_reader_${process.pid}`)
  await admin.end()
  await database.drop()
  rmSync(folder, { recursive: true })
})

interface Asked {
  readonly path: string
  readonly body?: object
  readonly accept?: string
}
const ask = (query: object, path: string, more: object = {}): Asked => ({ path, body: { query, ...more } })
const inUrl = (path: string) => (query: object) => ({
  path: `${path}?query=${encodeURIComponent(JSON.stringify(query))}`,
})
const every = [...QUERIES, ...TIMES_OUT]
const members = ['orders.region', 'orders.absent', 'orders.uncast', 'orders.hidden', 'closed.count', 'x']

/** What an embed token may ask of each route that takes one. */
const REQUESTS: Readonly<Record<string, () => readonly Asked[]>> = {
  'GET /api/v1/dashboards/:id': () =>
    [dashboardId, 'all', 'other', 'x%00'].map((id) => ({ path: `/api/v1/dashboards/${id}` })),
  'GET /api/v1/meta': () => [{ path: '/api/v1/meta' }],
  'POST /api/v1/dashboards/:id/query': () => [
    ...[{}, { widgets: ['w0', 'nope'] }, { filters: { region: ['north'] } }, { filters: { x: 1 } }, { nope: 1 }].map(
      (body) => ({
        path: `/api/v1/dashboards/${dashboardId}/query`,
        body,
      }),
    ),
    { path: '/api/v1/dashboards/other/query', body: {} },
  ],
  'POST /api/v1/dashboards/:id/filters/:filterId/options': () =>
    ['region', 'absent', 'uncast', 'nope'].map((id) => ({
      path: `/api/v1/dashboards/${dashboardId}/filters/${id}/options`,
      body: { search: 'n' },
    })),
  'POST /api/v1/query': () => [
    ...every.map((query) => ask(query, '/api/v1/query')),
    ...['text/csv', 'application/x-ndjson', 'application/vnd.apache.arrow.stream', 'text/html'].map((accept) => ({
      ...ask(QUERIES[0] as object, '/api/v1/query'),
      accept,
    })),
  ],
  'POST /api/v1/query/batch': () => [
    {
      path: '/api/v1/query/batch',
      body: { queries: [...QUERIES.slice(0, 11), SLOW].map((query, id) => ({ id: `${id}`, query })) },
    },
    { path: '/api/v1/query/batch', body: { queries: every.map((query) => ({ id: 'same', query })) } },
  ],
  'POST /api/v1/query/export': () => [
    ...every.flatMap((query) => ['csv', 'ndjson'].map((format) => ask(query, '/api/v1/query/export', { format }))),
    ask(QUERIES[0] as object, '/api/v1/query/export', { format: 'arrow' }),
  ],
  'POST /api/v1/query/suggest': () =>
    members.map((member) => ({ path: '/api/v1/query/suggest', body: { member, search: 'n' } })),
  'GET /cubejs-api/v1/meta': () => [{ path: '/cubejs-api/v1/meta' }, { path: '/cubejs-api/v1/meta?extended' }],
  'GET /cubejs-api/v1/load': () => every.map(inUrl('/cubejs-api/v1/load')),
  'POST /cubejs-api/v1/load': () => every.map((query) => ask(query, '/cubejs-api/v1/load')),
  'GET /cubejs-api/v1/subscribe': () => QUERIES.slice(0, 4).map(inUrl('/cubejs-api/v1/subscribe')),
  'POST /cubejs-api/v1/subscribe': () => QUERIES.slice(0, 4).map((query) => ask(query, '/cubejs-api/v1/subscribe')),
  'GET /cubejs-api/v1/dry-run': () => QUERIES.map(inUrl('/cubejs-api/v1/dry-run')),
  'POST /cubejs-api/v1/dry-run': () => QUERIES.map((query) => ask(query, '/cubejs-api/v1/dry-run')),
  'GET /cubejs-api/v1/sql': () => QUERIES.slice(0, 3).map(inUrl('/cubejs-api/v1/sql')),
  'POST /cubejs-api/v1/sql': () => QUERIES.slice(0, 3).map((query) => ask(query, '/cubejs-api/v1/sql')),
}

/** Codes of the faults that came, in whatever form. */
const seen = new Set<string>()
const noteCodes = (text: string) => {
  for (const [, code] of text.matchAll(/"code":"([a-z_]+)"/g)) if (code !== undefined) seen.add(code)
}

const send = (method: string, { path, body, accept = '*/*' }: Asked, bearer: string): Promise<LightMyRequestResponse> =>
  server.app.inject({
    method: method as 'GET',
    url: path,
    headers: { authorization: `Bearer ${bearer}`, accept },
    ...(body === undefined ? {} : { payload: body }),
  })

describe('ISO-19: an embed token', () => {
  it('is tried on every route that takes one', () => {
    const routes = server.app.routeTable
      .filter(({ method, policy }) => method !== 'HEAD' && policy.auth.includes('embed'))
      .map(({ method, url }) => `${method} ${url}`)
    expect(Object.keys(REQUESTS).sort()).toEqual(routes.sort())
  })

  it.each(Object.keys(REQUESTS))('learns nothing of what is behind %s, whatever happens', async (route) => {
    const [method = ''] = route.split(' ')
    const asked = (REQUESTS[route] as () => readonly Asked[])()
    for (const bearer of [token, poor]) {
      for (const one of asked) {
        const answer = await send(method, one, bearer)
        noteCodes(answer.body)
        const sent = JSON.stringify(one)
        // Cube's clients are told of every fault of a query by 500.
        expect(answer.body, sent).not.toContain('internal_error')
        const text = `${JSON.stringify(answer.headers)}\n${answer.rawPayload.toString('latin1')}`.toLowerCase()
        for (const secret of secrets) {
          const found = text.indexOf(secret.toLowerCase())
          if (found >= 0) expect.fail(`${sent} tells ${text.slice(Math.max(0, found - 80), found + 60)}`)
        }
      }
    }
  })

  it('met every kind of fault on its way', () => {
    const expected = [
      'forbidden',
      'invalid_date_range',
      'invalid_filter',
      'invalid_request',
      'invalid_time_zone',
      'missing_attribute',
      'no_join_path',
      'not_acceptable',
      'not_found',
      'query_failed',
      'query_timeout',
      'unknown_member',
    ]
    expect([...seen].filter((code) => expected.includes(code)).sort()).toEqual(expected)
  })
})
