import fc from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AttackWorld, buildWorld } from './attack-worlds.ts'

/**
 * Two worlds: in one there are a tenant `b` and days that the token of `a` does not open; in the other they never were. Whoever
 * holds that token must not be able to tell which one they are in, whatever they ask, and whatever `b` and the vendor's own key
 * asked before them.
 */
const MEASURES = ['count', 'revenue', 'average', 'buyers', 'paid', 'running', 'month', 'so_far', 'before', 'place'].map(
  (name) => `orders.${name}`,
)
const OTHER_FACTS = ['customers.count', 'refunds.count', 'refunds.paid_back']
const RANGES: (string | [string, string])[] = [
  ['2026-03-01', '2026-03-31'],
  ['2026-04-01', '2026-04-30'],
  ['2025-12-01', '2026-06-30'],
  ['2026-02-15', '2026-03-10'],
  ['2026-05-01', '2026-05-31'],
  'last 12 months',
  'from 400 days ago to now',
]
const texts = fc.constantFrom('paid', 'open', 'only-b', 'only-early', 'Ann 1', 'only-b 101', '%', "' or 1=1 --")
const condition = fc.oneof(
  fc.record({
    member: fc.constantFrom('orders.status', 'customers.name', 'orders.nothing', 'orders.tenant'),
    operator: fc.constantFrom('equals', 'notEquals', 'contains', 'notContains', 'set', 'notSet'),
    values: fc.array(texts, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    member: fc.constantFrom('orders.amount', 'orders.share', 'orders.count', 'orders.revenue', 'customers.orders_made'),
    operator: fc.constantFrom('gt', 'lte', 'equals', 'notEquals'),
    values: fc.constantFrom([0], [1], [50], [1_000]),
  }),
  fc.record({
    member: fc.constant('orders.at'),
    operator: fc.constantFrom('inDateRange', 'notInDateRange', 'beforeDate', 'afterDate'),
    values: fc.constantFrom(['2026-01-01'], ['2026-03-15'], ['2026-06-01']),
  }),
  fc.constant({ member: 'orders.paid', operator: 'measureFilter' }),
)
const timed = fc.record({
  granularity: fc.constantFrom('day', 'week', 'month', 'quarter', 'year', 'sprint', undefined),
  span: fc.constantFrom<[string, unknown]>(
    ...RANGES.map((range): [string, unknown] => ['dateRange', range]),
    ['compareDateRange', [RANGES[0], RANGES[1]]],
    ['compareDateRange', [RANGES[2], RANGES[0], RANGES[4]]],
    ['dateRange', undefined],
  ),
  fill: fc.constantFrom('null', 'zero', undefined, undefined),
})
const query = fc
  .record({
    measures: fc.uniqueArray(fc.constantFrom(...MEASURES, ...OTHER_FACTS), { minLength: 1, maxLength: 3 }),
    dimensions: fc.uniqueArray(
      fc.constantFrom('orders.status', 'customers.name', 'customers.orders_made', 'orders.share', 'orders.tenant'),
      { maxLength: 2 },
    ),
    time: fc.option(timed, { nil: undefined }),
    filters: fc.array(fc.oneof(condition, fc.record({ or: fc.array(condition, { minLength: 1, maxLength: 2 }) })), {
      maxLength: 2,
    }),
    extra: fc.constantFrom(
      {},
      {},
      { subtotals: true },
      { topN: { dimension: 'orders.status', limit: 2, others: true } },
      { topN: { dimension: 'customers.name', limit: 1, others: 'Rest', direction: 'asc' } },
      { segments: ['orders.large'] },
      { total: true, limit: 3 },
      { limit: 2, offset: 1, total: true },
      { calculations: [{ name: 'per', expression: 'orders.revenue / orders.buyers' }] },
      { ungrouped: true, order: [['orders.id', 'asc']] },
      { bins: [{ dimension: 'orders.amount', width: 25 }] },
    ),
    timezone: fc.constantFrom('UTC', 'Europe/Brussels', 'Asia/Kolkata'),
  })
  .map(({ time, extra, measures, dimensions, ...rest }) => {
    const needed = 'topN' in extra && extra.topN !== undefined ? [extra.topN.dimension] : []
    const [name, range] = time?.span ?? ['dateRange', undefined]
    return {
      ...rest,
      ...extra,
      // Tables without a rule are the same for everybody; what is asked here always has one.
      measures,
      dimensions: [...new Set([...dimensions, ...needed])],
      ...(time !== undefined && {
        timeDimensions: [
          {
            dimension: 'orders.at',
            ...(time.granularity !== undefined && { granularity: time.granularity }),
            ...(range !== undefined && { [name]: range }),
            ...(time.fill !== undefined &&
              time.granularity !== undefined &&
              range !== undefined && { fill: time.fill }),
          },
        ],
      }),
    }
  })

const ONCE = /"(?:requestId|durationMs|refreshedAt|lastRefreshTime|id|createdAt|updatedAt)":(?:"[^"]*"|[\d.]+)/g
const CACHE_STATE = /"cache":"[a-z]+"/g

/** Everything a caller sees, but what belongs to one request and the time of day. */
function seen(response: LightMyRequestResponse, isFirstNode: boolean) {
  const headers = Object.entries(response.headers).filter(
    ([name]) => !['x-request-id', 'date', 'content-length', 'age'].includes(name) && !name.startsWith('x-ratelimit'),
  )
  const body = response.body.replaceAll(ONCE, '').replaceAll(isFirstNode ? /^$/g : CACHE_STATE, '')
  return {
    status: response.statusCode,
    // Whether another node's answer has arrived here yet is a matter of moments.
    headers: Object.fromEntries(headers.filter(([name]) => isFirstNode || name !== 'x-cache')),
    lines: response.headers['content-type']?.toString().includes('ndjson') ? body.split('\n').sort() : body,
  }
}

describe.each([
  ['duckdb', 3],
  ['postgres', 1],
] as const)('two worlds on %s with %i nodes each', (kind, nodes) => {
  let large: AttackWorld
  let small: AttackWorld
  beforeAll(async () => {
    ;[large, small] = [await buildWorld(kind, true, nodes), await buildWorld(kind, false, nodes)]
  }, 120_000)
  afterAll(async () => {
    await large?.close()
    await small?.close()
  })

  /** Asks on every node of both worlds, after others asked the same. The status of the first node's answer. */
  async function expectSame(url: string, payload: unknown, headers: Record<string, string> = {}): Promise<number> {
    const ask = (world: AttackWorld, node: number, credential: Record<string, string>) =>
      world.nodes[node]!.app.inject({
        method: payload === undefined ? 'GET' : 'POST',
        url,
        headers: { ...credential, ...headers },
        ...(payload !== undefined && { payload: payload as object }),
      })
    const as = (token: string) => ({ authorization: `Bearer ${token}` })
    let status = 0
    for (let node = 0; node < nodes; node += 1) {
      for (const world of [large, small]) {
        await ask(world, node, as(world.other))
        await ask(world, node, { 'x-api-key': world.nodes[node]!.apiKey })
      }
      const [inLarge, inSmall] = await Promise.all([
        ask(large, node, as(large.token)),
        ask(small, node, as(small.token)),
      ])
      expect(seen(inLarge, node === 0)).toEqual(seen(inSmall, node === 0))
      if (node === 0) status = inLarge.statusCode
    }
    return status
  }

  it('ISO-11 ISO-20 ISO-21 cannot be told apart by any question, its totals, subtotals, others, periods or windows', async () => {
    let answered = 0
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        if ((await expectSame('/api/v1/query', { query: asked })) === 200) answered += 1
      }),
      { numRuns: nodes === 1 ? 80 : 30 },
    )
    // Refusals are the same in every world; enough must be answers.
    expect(answered).toBeGreaterThan(8)
  }, 240_000)

  it('ISO-11 ISO-13 cannot be told apart by batches, files and Cube’s forms', async () => {
    await fc.assert(
      fc.asyncProperty(query, query, async (one, two) => {
        await expectSame('/api/v1/query/batch', {
          queries: [
            { id: 'a', query: one },
            { id: 'b', query: two },
          ],
        })
        await expectSame('/api/v1/query', { query: one }, { accept: 'text/csv' })
        await expectSame('/api/v1/query', { query: two }, { accept: 'application/x-ndjson' })
        await expectSame('/api/v1/query/export', { query: one, format: 'csv' })
        await expectSame('/api/v1/query/sql', { query: one })
        const { bins: _, topN: __, subtotals: ___, calculations: ____, ...plain } = two as Record<string, unknown>
        await expectSame('/cubejs-api/v1/load', { query: plain })
        await expectSame('/cubejs-api/v1/dry-run', { query: plain })
        await expectSame('/cubejs-api/v1/sql', { query: plain })
      }),
      { numRuns: 4 },
    )
  }, 240_000)

  it('ISO-11 ISO-21 cannot be told apart page by page', async () => {
    const asked = { measures: ['orders.revenue'], dimensions: ['orders.status', 'customers.name'], limit: 4 }
    const cursors = [undefined, undefined] as (string | undefined)[]
    for (let page = 0; page < 20; page += 1) {
      const [inLarge, inSmall] = await Promise.all(
        [large, small].map(({ nodes, token }, index) =>
          nodes[0]!.post(
            '/query',
            { query: { ...asked, ...(cursors[index] !== undefined && { cursor: cursors[index] }) } },
            token,
          ),
        ),
      )
      expect(seen(inLarge!, true)).toEqual(seen(inSmall!, true))
      const nextOf = (response: LightMyRequestResponse | undefined) =>
        response?.json<{ meta: { nextCursor?: string } }>().meta.nextCursor
      cursors.splice(0, 2, nextOf(inLarge), nextOf(inSmall))
      if (cursors[0] === undefined) {
        expect(page).toBeGreaterThan(2)
        return
      }
      // The same cursor under another limit, and for the other tenant before.
      await expectSame('/api/v1/query', { query: { ...asked, limit: 3, cursor: cursors[0] } })
    }
    throw new Error('the pages do not end')
  }, 60_000)

  it('ISO-11 ISO-20 cannot be told apart by suggestions, dashboards, their filters and what the model says', async () => {
    for (const search of ['', 'only', 'A', "'"]) {
      for (const member of ['orders.status', 'customers.name', 'orders.at', 'orders.tenant', 'customers.orders_made'])
        await expectSame('/api/v1/query/suggest', { member, search, limit: 3 })
      await expectSame('/api/v1/dashboards/board/filters/status/options', { search, limit: 2 })
    }
    for (const range of RANGES) {
      const values = [range].flat()
      await expectSame('/api/v1/dashboards/board/query', {
        filters: [{ member: 'orders.at', operator: 'inDateRange', values }],
      })
    }
    await expectSame('/api/v1/dashboards/board/query', {})
    await expectSame('/api/v1/dashboards/board/query', { widgets: ['table'], filters: [] })
    await expectSame('/api/v1/dashboards/other/query', {})
    for (const url of [
      '/api/v1/meta',
      '/cubejs-api/v1/meta',
      '/api/v1/dashboards/board',
      '/api/v1/query/log',
      '/api/v1/cache',
    ])
      await expectSame(url, undefined)
  }, 120_000)

  it('ISO-17 were answered from every level there is', async () => {
    if (nodes === 1 || process.env.TEST_REDIS_URL === undefined) return
    const hits = async (node: number) => {
      const { app, apiKey } = large.nodes[node]!
      const status = await app.inject({ method: 'GET', url: '/api/v1/cache', headers: { 'x-api-key': apiKey } })
      const { levels } = status.json<{ levels: { level: string; hits: number }[] }>()
      return Object.fromEntries(levels.map(({ level, hits }) => [level, hits]))
    }
    expect((await hits(1)).redis).toBeGreaterThan(10)
    expect((await hits(2)).table).toBeGreaterThan(10)
  })

  it('ISO-20 would notice: b and the vendor see more', async () => {
    const body = { query: { measures: ['orders.count'] } }
    const [a, b, all] = [
      await large.nodes[0]!.post('/query', body, large.token),
      await large.nodes[0]!.post('/query', body, large.other),
      await large.nodes[0]!.post('/query', body),
    ].map((response) => response.json<{ data: [[number]] }>().data[0][0])
    expect(a).toBe(120)
    expect(b).toBeGreaterThan(120)
    expect(all).toBe(320)
  })
})
