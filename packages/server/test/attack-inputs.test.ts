import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import type { DashboardInput } from '@datainsight/core'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestServer, SALES, type TestServer } from './build-test-server.ts'

const PAYLOADS = [
  `orders.count"; drop table orders --`,
  "' or 1=1 --",
  "'; drop table dashboards; --",
  `\\'; drop table orders; --`,
  '$1',
  '*/ ; drop table orders; /*',
  "read_csv('/etc/passwd')",
  '/etc/passwd',
  "query('select 1')",
  'pg_sleep(10)',
  '__proto__',
  'constructor',
  // Lead bytes of GBK and Shift JIS, half a pair, marks that turn text around.
  '\u00bf\u0027 or 1=1 --',
  '\u8160\\',
  '\u202eorders.count',
  'ｏｒｄｅｒｓ.count',
]
const COUNT = { measures: ['orders.count'] }

let server: TestServer
let admin: string
beforeAll(async () => {
  server = await buildTestServer()
  admin = (await server.addUser('owner')).token
})
afterAll(() => server.close())

const ask = (method: string, url: string, payload?: object): Promise<LightMyRequestResponse> =>
  server.asToken(admin, {
    method: method as 'GET',
    url,
    headers: { 'if-match': '*' },
    ...(payload !== undefined && { payload }),
  } as InjectOptions)
const query = (asked: object) => ask('POST', '/api/v1/query', { query: asked })
const rowsIn = (response: LightMyRequestResponse) => response.json<{ data: unknown[][] }>().data

/** The answer to a question that nothing may change. */
const expectWhole = async () => {
  expect(rowsIn(await query({ ...COUNT, renewQuery: true }))).toEqual([[3]])
  const list = await ask('GET', '/api/v1/dashboards')
  expect(list.json<{ items: { slug: string }[] }>().items.map(({ slug }) => slug)).toContain('sales')
}

describe('texts from outside', () => {
  it.each(PAYLOADS)('SQL-01 SQL-05 SQL-20 stays text in every form of question: %j', async (text) => {
    const value = [{ member: 'orders.region', operator: 'equals', values: [text] }]
    const found = await query({ ...COUNT, filters: value })
    expect(found.statusCode, found.body).toBe(200)
    expect(rowsIn(found)).toEqual([[0]])
    for (const part of ['contains', 'startsWith', 'endsWith']) {
      const filters = [{ member: 'orders.region', operator: part, values: [text] }]
      expect(rowsIn(await query({ ...COUNT, filters })), part).toEqual([[0]])
    }
    const suggested = await ask('POST', '/api/v1/query/suggest', { member: 'orders.region', search: text })
    expect(suggested.json()).toEqual({ values: [], truncated: false })
    const options: [string, object][] = [
      ['/api/v1/query', { query: { measures: [text] } }],
      ['/api/v1/query/sql', { query: { measures: ['orders.count'], timezone: text } }],
      ['/api/v1/query/suggest', { member: text }],
      ['/api/v1/query/export', { query: { dimensions: [text] }, format: 'csv' }],
      ['/cubejs-api/v1/load', { query: { measures: [text] } }],
      ['/cubejs-api/v1/load', { query: { measures: ['orders.count'], order: { 'orders.count': text } } }],
      ['/cubejs-api/v1/sql', { query: { measures: ['orders.count'], timezone: text } }],
      ['/cubejs-api/v1/dry-run', { query: { measures: ['orders.count'], segments: [text] } }],
      ['/api/v1/cache/inspect', { query: { segments: [text], measures: ['orders.count'] } }],
    ]
    for (const [url, body] of options) {
      const refused = await ask('POST', url, body)
      expect(refused.statusCode, `${url} ${JSON.stringify(body)}: ${refused.body}`).toBe(400)
      expect(refused.body).not.toMatch(/Parser Error|Binder Error|syntax error|from orders/i)
    }
    await expectWhole()
  })

  it.each(PAYLOADS)(
    'SQL-17 is refused where a dashboard stores it, or stays text when its question is asked: %j',
    async (text) => {
      const board = (changes: object): DashboardInput => ({
        ...SALES,
        slug: 'second',
        widgets: [{ ...SALES.widgets[0]!, query: { ...COUNT, ...changes } }],
      })
      for (const changes of [
        { dimensions: [text] },
        { order: [[text, 'asc']] },
        { timezone: text },
        { calculations: [{ name: 'a', expression: text }] },
        { filters: [{ member: text, operator: 'set' }] },
      ]) {
        const stored = await ask('POST', '/api/v1/dashboards', board(changes as object))
        expect(stored.statusCode, stored.body).toBe(400)
      }
      const filters = [{ member: 'orders.region', operator: 'equals' as const, values: [text] }]
      const stored = await ask('POST', '/api/v1/dashboards', board({ filters }))
      expect(stored.statusCode, stored.body).toBe(201)
      const answer = await ask('POST', '/api/v1/dashboards/second/query', {})
      expect(answer.statusCode).toBe(200)
      expect(answer.body).toContain('"data":[[0]]')
      expect((await ask('DELETE', '/api/v1/dashboards/second')).statusCode).toBe(204)
      await expectWhole()
    },
  )

  it('SQL-17 is checked again when asked: what was put into the database past us is refused, not run', async () => {
    const stored = await ask('POST', '/api/v1/dashboards', { ...SALES, slug: 'planted' })
    expect(stored.statusCode, stored.body).toBe(201)
    const widget = { ...SALES.widgets[0]!, query: { measures: ['orders.count"); drop table orders; --'] } }
    await server.app.db
      .updateTable('dashboards')
      .set({ definition: JSON.stringify({ ...SALES, slug: 'planted', widgets: [widget] }) as never })
      .where('slug', '=', 'planted')
      .execute()
    const answer = await ask('POST', '/api/v1/dashboards/planted/query', {})
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('unknown_member')
    await expectWhole()
  })

  it.each([
    ['limit', ['10; drop table orders', -1, 1.5, '1e9', null, 9_007_199_254_740_992, 1e9, true, [1]]],
    ['offset', ['0', -1, 0.5, null, 1e18, {}]],
  ] as const)('SQL-07 DOS-01 is no %s', async (name, values) => {
    for (const value of values) {
      const response = await query({ ...COUNT, [name]: value })
      expect(response.statusCode, `${value}: ${response.body}`).toBe(400)
    }
    expect((await query(COUNT)).statusCode).toBe(200)
  })

  it.each([
    'search=%25%27%3B--&cursor=x',
    'cursor=eyJ2IjoxfQ',
    'cursor=1%27%20or%201%3D1',
    'limit=1%3Bdrop',
    'sort=title;drop',
    'filter[a]=1',
    'limit=1&limit=2',
  ])('SQL-23 refuses ?%s in every list', async (text) => {
    const lists = server.app.routeTable.filter(
      ({ method, url, policy }) =>
        method === 'GET' && !url.includes(':') && policy.permission !== undefined && url.startsWith('/api/'),
    )
    expect(lists.length).toBeGreaterThan(6)
    for (const { url } of lists) {
      const response = await ask('GET', `${url}?${text}`)
      expect(response.statusCode, `${url}: ${response.body}`).toBeLessThan(500)
      // Lists that take no such parameter leave it unread.
      if (response.statusCode === 200) expect(response.body, url).toEqual((await ask('GET', url)).body)
    }
  })

  it.each([
    "select * from read_csv('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from glob('/etc/*')",
    "select * from sniff_csv('/etc/passwd')",
    "select getenv('HOME') as region",
    "attach '/tmp/x.db'",
    "copy orders to '/tmp/attacks.csv'",
    "export database '/tmp/attacks'",
    'install httpfs',
    "set memory_limit = '100GB'",
    'pragma database_list',
    'create secret s (type s3)',
  ])('SQL-21 lets SQL of a model do nothing outside its tables: %s', async (text) => {
    const files = [
      {
        path: 'orders.yml',
        text: `cubes:\n  - name: orders\n    sql: ${JSON.stringify(text)}\n    measures: [{ name: count, type: count }]\n    dimensions: [{ name: region, type: string, sql: region }]\n`,
      },
    ]
    const draft = await ask('POST', '/api/v1/models/drafts', { title: 'Outside', files })
    expect(draft.statusCode, draft.body).toBe(201)
    const url = `/api/v1/models/drafts/${draft.json<{ id: string }>().id}`
    const published = await ask('POST', `${url}/publish`, { allowBrokenDashboards: true })
    if (published.statusCode !== 200) {
      expect(published.statusCode, published.body).toBe(422)
      expect((await ask('DELETE', url)).statusCode).toBe(204)
      return
    }
    const answer = await query({ measures: ['orders.count'] })
    const restored = await ask('POST', '/api/v1/models/versions/0/restore', {})
    expect(restored.statusCode, restored.body).toBe(200)
    expect(answer.statusCode, answer.body).toBe(502)
    expect(answer.body).not.toMatch(/root:|passwd|memory_limit/)
    await expectWhole()
  })

  it('SQL-15 no statement carries a comment, whoever asks and whatever the dashboard is called', async () => {
    const asked = await server.app.inject({
      method: 'POST',
      url: '/api/v1/query/sql',
      headers: {
        authorization: `Bearer ${admin}`,
        'x-request-id': '*/; drop table orders; --',
        'user-agent': "'; drop table orders; --",
        traceparent: '*/ drop',
      },
      payload: { query: COUNT },
    })
    expect(asked.statusCode, asked.body).toBe(200)
    expect(asked.json<{ sql: string }>().sql).not.toMatch(/--|\/\*|drop/)
  })
})

it.each(['\ud800', 'a\udc00b'])('SQL-20 refuses half a pair, which PostgreSQL cannot keep: %j', async (text) => {
  const stored = await ask('POST', '/api/v1/dashboards', { ...SALES, slug: 'half', title: text })
  expect(stored.statusCode, stored.body).toBe(400)
  const key = await ask('POST', '/api/v1/dashboards', { ...SALES, slug: 'half', [text]: 1 })
  expect(key.statusCode, key.body).toBe(400)
  const whole = await ask('POST', '/api/v1/dashboards', { ...SALES, slug: `whole-${text.length}`, title: '😀 \\ud800' })
  expect(whole.statusCode, whole.body).toBe(201)
})

describe('bounds before any statement', () => {
  const values = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`)
  it.each<[string, object]>([
    ['5,000 dimensions', { dimensions: values(5_000).map((name) => `orders.${name}`) }],
    ['51 measures', { measures: values(51).map(() => 'orders.count') }],
    [
      '500 filters',
      {
        ...COUNT,
        filters: values(500).map((value) => ({ member: 'orders.region', operator: 'equals', values: [value] })),
      },
    ],
    ['1,001 values', { ...COUNT, filters: [{ member: 'orders.region', operator: 'equals', values: values(1_001) }] }],
    [
      'a value of 10,001 characters',
      { ...COUNT, filters: [{ member: 'orders.region', operator: 'equals', values: ['x'.repeat(10_001)] }] },
    ],
    ['21 calculations', { ...COUNT, calculations: values(21).map((name) => ({ name, expression: 'orders.count' })) }],
    ['33 subtotals', { ...COUNT, dimensions: ['orders.region'], subtotals: values(33).map(() => []) }],
    [
      'nine compared spans',
      { ...COUNT, timeDimensions: [{ dimension: 'orders.region', compareDateRange: values(9) }] },
    ],
    ['a cursor of 32,001 characters', { ...COUNT, cursor: 'a'.repeat(32_001) }],
    ['a top of 1,001', { ...COUNT, dimensions: ['orders.region'], topN: { dimension: 'orders.region', limit: 1_001 } }],
    [
      'an expression 1,000 deep',
      { ...COUNT, calculations: [{ name: 'a', expression: `${'('.repeat(900)}1${')'.repeat(900)}` }] },
    ],
  ])('DOS-01 DOS-04 refuse %s', async (_, asked) => {
    const response = await query(asked)
    expect(response.statusCode, response.body.slice(0, 300)).toBe(400)
    expect(response.body.length).toBeLessThan(50_000)
  })

  it('DOS-01 refuse 100,000 values and a batch of 200', async () => {
    const filters = [{ member: 'orders.region', operator: 'equals', values: values(100_000) }]
    expect([400, 413]).toContain((await query({ ...COUNT, filters })).statusCode)
    const queries = values(200).map((id) => ({ id, query: COUNT }))
    expect((await ask('POST', '/api/v1/query/batch', { queries })).statusCode).toBe(400)
  })

  it('DOS-08 answer others while sockets send nothing or half of a head', async () => {
    await server.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = server.app.server.address() as AddressInfo
    const sockets = Array.from({ length: 200 }, (_, index) => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      if (index % 2 === 0) socket.write('POST /api/v1/query HTTP/1.1\r\nHost: x\r\nX-A: ')
      return socket
    })
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/query`, {
        method: 'POST',
        headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify({ query: COUNT }),
      })
      expect(response.status).toBe(200)
      // They are not waited for for ever.
      expect(server.app.server.headersTimeout).toBeLessThanOrEqual(60_000)
      expect(server.app.server.requestTimeout).toBeLessThanOrEqual(60_000)
    } finally {
      for (const socket of sockets) socket.destroy()
    }
  })
})
