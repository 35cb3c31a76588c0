import fc from 'fast-check'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestServer, type TestServer } from './build-test-server.ts'
import { bodyOf, mutated, type Schema } from './fuzz-bodies.ts'

/** Requests of one run, over all routes that take a body. */
const REQUESTS = 2_000
/** Growth of the process beyond which something holds on to what it was sent, bytes. */
const MAX_GROWTH_BYTES = 600_000_000
/** The same requests in each run, so that a run fails for what changed; `ATTACK_SEED=<integer>` sends others. */
const SEED = Number(process.env.ATTACK_SEED ?? 20_001)
const WORDS = [
  'orders.count',
  'orders.revenue',
  'orders.region',
  'orders.email',
  'orders.amount',
  'orders',
  'default',
  'sales',
  'north',
  'equals',
  'day',
  'today',
  'UTC',
  '2026-01-01',
  '12.5',
  'model.yml',
  'cubes:\n  - name: a\n    sql_table: orders\n    measures: [{ name: count, type: count }]\n',
  '127.0.0.1',
  'round(orders.revenue / orders.count)',
  '{"measures":["orders.count"],"dimensions":["orders.region"]}',
]

/** What fields of these names hold where it should fit. */
const KNOWN: Readonly<Record<string, readonly unknown[]>> = {
  measures: [['orders.count'], ['orders.revenue', 'orders.count'], []],
  dimensions: [['orders.region'], ['orders.region', 'orders.email'], []],
  segments: [[]],
  timeDimensions: [[]],
  bins: [[], [{ dimension: 'orders.amount', width: 10 }]],
  calculations: [[], [{ name: 'a', expression: 'orders.revenue / orders.count' }]],
  filters: [[], [{ member: 'orders.region', operator: 'equals', values: ['north'] }]],
  order: [[], [['orders.region', 'asc']], { 'orders.region': 'desc' }],
  subtotals: [true, [[]]],
  topN: [{ dimension: 'orders.region', limit: 1, others: true }],
  cursor: ['eyJ2IjoxfQ'],
  member: ['orders.region', 'orders.email'],
  dimension: ['orders.region', 'orders.amount'],
  operator: ['equals', 'contains', 'gt', 'set'],
  timezone: ['UTC', 'Europe/Brussels'],
  slug: ['sales', 'a-b'],
  visualization: [{ type: 'metric' }],
  layout: [{ x: 0, y: 0, w: 3, h: 3 }],
  format: ['csv', 'ndjson'],
  path: ['model.yml', 'a/b.yaml'],
  files: [
    [
      {
        path: 'orders.yml',
        text: 'cubes: [{ name: orders, sql_table: orders, measures: [{ name: count, type: count }] }]',
      },
    ],
  ],
  host: ['127.0.0.1'],
  attributes: [{ region: ['north'] }],
  resources: [[], [{ type: 'dashboard', id: 'sales' }]],
  actions: [['view', 'explore']],
}

interface Route {
  readonly method: 'POST' | 'PATCH'
  readonly url: string
  readonly schema: Schema
}

describe(`one request, seed ${SEED}`, () => {
  let server: TestServer
  let routes: readonly Route[]
  let credentials: readonly Record<string, string>[]
  beforeAll(async () => {
    const plain = {
      ...Object.fromEntries(['health', 'static', 'read', 'write', 'query', 'login'].map((name) => [name, 1e9])),
    }
    server = await buildTestServer({ config: { ratesPerMinute: plain as never } })
    routes = await routesWithBodies(server.app)
    const admin = (await server.addUser('admin')).token
    const embed = await server.mint({ actions: ['view', 'filter', 'explore', 'export:csv'] })
    credentials = [
      { authorization: `Bearer ${admin}` },
      { 'x-api-key': server.apiKey },
      { authorization: `Bearer ${embed}` },
    ]
  })
  afterAll(() => server.close())

  const answer = async () =>
    (
      await server.asKey({
        method: 'POST',
        url: '/api/v1/query',
        payload: { query: { measures: ['orders.count'], dimensions: ['orders.region'], renewQuery: true } },
      })
    ).json<{ data: unknown }>().data

  it('DOS-18 never ends the process, breaks it or fills it, whatever its body', async () => {
    const before = await answer()
    const rss = process.memoryUsage().rss
    const seen = new Map<number, number>()
    const runs = Math.ceil(REQUESTS / routes.length)
    for (const { method, url, schema } of routes) {
      const body = mutated(bodyOf(schema, WORDS, KNOWN))
      const id = fc.constantFrom(
        'sales',
        'sales',
        'default',
        '0',
        '1',
        '../x',
        '%00',
        '%ff',
        "';--",
        '__proto__',
        'x'.repeat(300),
      )
      const request = fc.record({
        body,
        id,
        who: fc.constantFrom(0, 0, 0, 1, 2),
        ifMatch: fc.constantFrom('*', '"1"', 'x'),
      })
      await fc.assert(
        fc.asyncProperty(request, async (asked) => {
          const response = await server.app.inject({
            method,
            url: url.replaceAll(/\{\w+\}/g, asked.id),
            headers: { 'content-type': 'application/json', 'if-match': asked.ifMatch, ...credentials[asked.who] },
            payload: JSON.stringify(asked.body),
          } as InjectOptions)
          seen.set(response.statusCode, (seen.get(response.statusCode) ?? 0) + 1)
          // A source that an earlier body made up is said to fail, which is true.
          const isMadeUp =
            url.startsWith('/api/v1/data-sources/{id}/') && response.json<{ code?: string }>().code === 'query_failed'
          if (!isMadeUp) {
            expect(response.statusCode, `${method} ${url}: ${response.body.slice(0, 300)}`).toBeLessThan(500)
          }
          expect(response.body).not.toMatch(/\n\s+at |internal_error|node_modules/)
        }),
        { numRuns: runs, seed: SEED, interruptAfterTimeLimit: 120_000 },
      )
    }
    expect({}).not.toHaveProperty('polluted')
    expect(await answer()).toEqual(before)
    // Else the bodies are so wild that nothing behind the schemas is reached.
    expect(seen.get(200) ?? 0, JSON.stringify([...seen])).toBeGreaterThan(60)
    expect(process.memoryUsage().rss - rss).toBeLessThan(MAX_GROWTH_BYTES)
  }, 300_000)

  it.each([
    ['lists 10,000 deep', () => `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['objects 10,000 deep', () => `${'{"query":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['filters 1,000 deep', () => `{"query":{"filters":[${'{"and":['.repeat(1_000)}${']}'.repeat(1_000)}]}}`],
    ['no JSON', () => '{"query":'],
    ['a prototype', () => '{"__proto__":{"admin":true}}'],
    ['a prototype inside', () => '{"query":{"measures":["orders.count"],"__proto__":{"limit":1}}}'],
    ['a constructor', () => '{"query":{"constructor":{"prototype":{"a":1}}}}'],
    ['bytes that are no UTF-8', () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ])('DOS-03 DOS-04 is refused as a body of %s, on every route', async (_, text) => {
    for (const { method, url } of routes) {
      const response = await server.app.inject({
        method,
        url: url.replaceAll(/\{\w+\}/g, 'sales'),
        headers: { 'content-type': 'application/json', ...credentials[0] },
        payload: text(),
      })
      expect([400, 413], `${method} ${url}: ${response.statusCode} ${response.body.slice(0, 200)}`).toContain(
        response.statusCode,
      )
    }
  })

  it('DOS-03 is refused when its body is larger than the route takes, before it is read to its end', async () => {
    for (const { method, url } of routes) {
      const response = await server.app.inject({
        method,
        url: url.replaceAll(/\{\w+\}/g, 'sales'),
        headers: { 'content-type': 'application/json', ...credentials[0] },
        payload: `{"a":"${'x'.repeat(5_000_000)}"}`,
      })
      expect(response.statusCode, `${method} ${url}`).toBe(413)
    }
  })
})

/** Routes that take a body, with its schema, from the document we publish. */
async function routesWithBodies(app: FastifyInstance): Promise<Route[]> {
  const { body } = await app.inject({ method: 'GET', url: '/openapi.json' })
  const { paths } = JSON.parse(body) as {
    paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>
  }
  const found = Object.entries(paths).flatMap(([url, methods]) =>
    (['post', 'patch'] as const).flatMap((method) => {
      const schema = methods[method]?.requestBody?.content['application/json']?.schema
      return schema === undefined ? [] : [{ method: method.toUpperCase() as Route['method'], url, schema }]
    }),
  )
  const declared = app.routeTable.filter(({ method }) => method === 'POST' || method === 'PATCH')
  expect(found.map(({ method, url }) => `${method} ${url.replaceAll(/\{(\w+)\}/g, ':$1')}`).sort()).toEqual(
    declared.map(({ method, url }) => `${method} ${url}`).sort(),
  )
  return found
}
