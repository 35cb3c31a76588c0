import type { Query } from '@datainsight/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QueryRecorder } from '../src/query-log/query-recorder.ts'
import { buildTestServer, type TestServer } from './build-test-server.ts'
import { DATABASES } from './test-databases.ts'

const COUNT: Query = { measures: ['orders.count'] }

interface LogItem {
  readonly id: string
  readonly at: string
  readonly kind: string
  readonly shape: string
  readonly rollupReasons: readonly string[]
  readonly caller: { readonly kind: string; readonly hash: string; readonly tenant?: string }
  readonly members: readonly string[]
  readonly cache?: string
  readonly source?: string
  readonly count: number
  readonly rows: number
  readonly bytes: number
  readonly requestId: string
  readonly dashboardId?: string
  readonly error?: string
  readonly ms: Readonly<Record<string, number>>
}

interface Span {
  readonly count: number
  readonly errors: number
  readonly rows: number
  readonly bytes: number
  readonly totalMs: number
  readonly fromRollup: number
  readonly cache: Readonly<Record<'L1' | 'L2' | 'L3' | 'stale' | 'miss', number>>
  readonly p50Ms: number
  readonly p95Ms: number
}

interface Timeline {
  readonly bucket: string
  readonly totals: Span
  readonly buckets: readonly (Span & { readonly at: string })[]
}

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

describe.each(DATABASES)('the query log on %s', (database) => {
  let server: TestServer
  beforeAll(async () => {
    server = await buildTestServer({ database })
  })
  afterAll(() => server.close())

  const ask = (query: Query | object, headers: Record<string, string> = { 'x-api-key': server.apiKey }) =>
    server.app.inject({ method: 'POST', url: '/api/v1/query', headers, payload: { query } })
  const log = async (search = '') => {
    const response = await server.asKey({ method: 'GET', url: `/api/v1/query/log${search}` })
    expect(response.statusCode, response.body).toBe(200)
    return response.json<{ items: LogItem[]; nextCursor?: string }>()
  }
  const stats = async (search = '') => {
    const response = await server.asKey({ method: 'GET', url: `/api/v1/query/stats${search}` })
    expect(response.statusCode, response.body).toBe(200)
    return response.json<{ items: Record<string, unknown>[]; nextOffset?: number }>()
  }

  it('keeps one record of a query, with members and stages and no values', async () => {
    const filters = [{ member: 'orders.region', operator: 'equals', values: ['secret-value'] }]
    const response = await ask({ ...COUNT, filters })
    expect(response.statusCode, response.body).toBe(200)
    await expect.poll(async () => (await log()).items.length).toBe(1)
    const { items } = await log()
    const [item] = items
    expect(item).toMatchObject({
      kind: 'query',
      caller: { kind: 'api-key', hash: expect.stringMatching(/^[0-9a-f]{16}$/) },
      members: ['orders.count', 'orders.region'],
      source: 'default',
      cache: 'miss',
      count: 1,
      rows: 1,
      requestId: response.headers['x-request-id'],
    })
    expect(item?.ms.database).toBeGreaterThan(0)
    expect(item?.ms.total).toBeGreaterThanOrEqual((item?.ms.database ?? 0) + (item?.ms.plan ?? 0))
    expect(item?.bytes).toBeGreaterThan(100)
    const { rows } = await sql<{ text: string }>`select query_log::text as text from query_log`.execute(server.app.db)
    expect(rows.map(({ text }) => text).join()).not.toMatch(/secret-value|select /i)
  })

  it('counts answers from memory together, by caller', async () => {
    const query: Query = { ...COUNT, limit: 77 }
    await ask(query)
    for (let again = 0; again < 5; again++) await ask(query)
    const { token } = await server.addUser('viewer')
    await ask(query, { authorization: `Bearer ${token}` })
    await ask(query, { authorization: `Bearer ${token}` })
    const findHits = async () => (await log()).items.filter(({ cache }) => cache === 'L1')
    // Records are made when answers have left, and each look at the log ends the counting of one.
    const counted = async () => {
      const counts: Record<string, number> = {}
      for (const { caller, count } of await findHits()) counts[caller.kind] = (counts[caller.kind] ?? 0) + count
      return counts
    }
    await expect.poll(counted).toEqual({ 'api-key': 5, user: 2 })
    const hits = await findHits()
    expect(new Set(hits.map(({ caller }) => caller.hash)).size).toBe(2)
    expect(new Set(hits.map(({ rows }) => rows))).toEqual(new Set([1]))
  })

  it('keeps faults by their code', async () => {
    await ask({ measures: ['orders.nothing'] })
    // The record is made when the answer has left, which the client may see first.
    await expect.poll(async () => (await log('?failed=true')).items.length).toBe(1)
    const { items } = await log('?failed=true')
    expect(items).toMatchObject([{ error: 'unknown_member', members: ['orders.nothing'], count: 1 }])
    expect(items[0]?.source).toBeUndefined()
  })

  it('knows the dashboard, and each query of a batch', async () => {
    await server.asKey({ method: 'POST', url: '/api/v1/dashboards/sales/query', payload: {} })
    const queries = ['a', 'b'].map((id, index) => ({ id, query: { ...COUNT, limit: 200 + index } }))
    await server.asKey({ method: 'POST', url: '/api/v1/query/batch', payload: { queries } })
    await server.asKey({ method: 'POST', url: '/api/v1/query/export', payload: { query: COUNT, format: 'csv' } })
    await expect.poll(async () => (await log()).items.filter(({ kind }) => kind === 'export').length).toBe(1)
    const { items } = await log()
    expect(items.filter(({ kind }) => kind === 'batch')).toHaveLength(2)
    const dashboards = items.filter(({ kind }) => kind === 'dashboard')
    expect(dashboards).toHaveLength(1)
    expect(items.find(({ kind }) => kind === 'export')).toMatchObject({ rows: 1, cache: 'miss' })
    const { items: byDashboard } = await stats('?by=dashboard')
    expect(byDashboard).toMatchObject([{ key: dashboards[0]?.dashboardId, count: 1 }])
  })

  it('adds up by query, member and source, in the order asked for, by pages', async () => {
    const { items: queries } = await stats()
    expect(queries[0]).toMatchObject({ members: ['orders.count'], errors: 0 })
    expect(queries[0]?.cached).toBe(7)
    const counts = queries.map(({ count }) => count as number)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    const { items: members } = await stats('?by=member&order=count')
    expect(members.map(({ key }) => key)).toEqual(['orders.count', 'orders.nothing', 'orders.region'])
    const { items: failing } = await stats('?order=errors&limit=1')
    expect(failing).toMatchObject([{ members: ['orders.nothing'], errors: 1 }])
    const first = await stats('?by=member&limit=2')
    const rest = await stats(`?by=member&limit=2&offset=${first.nextOffset}`)
    expect([...first.items, ...rest.items].map(({ key }) => key)).toEqual(members.map(({ key }) => key))
    expect(rest.nextOffset).toBeUndefined()
    expect((await stats('?by=source')).items).toMatchObject([{ key: 'default' }])
    expect((await stats('?order=slowest&minMs=86400000')).items).toEqual([])
  })

  it('goes through the log by pages, each record once', async () => {
    const all = (await log()).items.map((item) => item.requestId + item.cache)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await log(`?limit=3${cursor === undefined ? '' : `&cursor=${cursor}`}`)
      seen.push(...page.items.map((item) => item.requestId + item.cache))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual(all)
  })

  it('gives one record by its id, and none of nobody', async () => {
    const [item] = (await log('?limit=1')).items
    const found = await server.asKey({ method: 'GET', url: `/api/v1/query/log/${item?.id}` })
    expect(found.json()).toEqual(item)
    for (const id of ['019f0000-0000-7000-8000-000000000000', 'ffffffff-ffff-7fff-bfff-ffffffffffff']) {
      const none = await server.asKey({ method: 'GET', url: `/api/v1/query/log/${id}` })
      expect(none.statusCode, none.body).toBe(404)
    }
  })

  it('tells tenants apart by their attributes, whoever asks for them', async () => {
    const query: Query = { measures: ['orders.count'], limit: 901 }
    const mint = (sub: string, team: string) =>
      server.mint({ subject: sub, attributes: { region: ['north'], team: [team] }, actions: ['explore'] })
    for (const token of [await mint('a', 'red'), await mint('b', 'red'), await mint('c', 'blue')])
      await ask(query, { authorization: `Bearer ${token}` })
    const byTenant = async () => (await stats('?by=tenant&order=count')).items
    await expect.poll(async () => (await byTenant()).map(({ count }) => count)).toEqual([2, 1])
    const [red] = await byTenant()
    const { items } = await log(`?tenant=${red?.key}`)
    expect(items.map(({ caller }) => caller.tenant)).toEqual([red?.key, red?.key])
    expect(new Set(items.map(({ caller }) => caller.hash)).size).toBe(2)
    expect((await log('?caller=user')).items.every(({ caller }) => caller.tenant === undefined)).toBe(true)
  })

  it('shows a period over time, adding up to what the groups add up to', async () => {
    const timeline = async (search: string) => {
      const response = await server.asKey({ method: 'GET', url: `/api/v1/query/timeline${search}` })
      expect(response.statusCode, response.body).toBe(200)
      return response.json<Timeline>()
    }
    const period = `from=${hoursAgo(1)}&to=${hoursAgo(-1)}`
    const { totals, buckets, bucket } = await timeline(`?${period}&timezone=Asia/Kolkata`)
    const { items: queries } = await stats(`?${period}&limit=200`)
    const sum = (items: readonly object[], name: string) =>
      items.reduce((all, item) => all + Number((item as Record<string, unknown>)[name]), 0)
    expect(bucket).toBe('minute')
    for (const name of ['count', 'errors', 'rows', 'bytes', 'totalMs', 'fromRollup'] as const) {
      expect(sum(buckets, name), name).toBeCloseTo(totals[name], 3)
      expect(sum(queries, name), name).toBeCloseTo(totals[name], 3)
    }
    const { L1, L2, L3, stale, miss } = totals.cache
    expect(L1 + L2 + L3 + stale).toBe(sum(queries, 'cached'))
    expect(L1 + L2 + L3 + stale + miss + totals.errors).toBe(totals.count)
    expect(totals.p50Ms).toBeLessThanOrEqual(totals.p95Ms)
    const [last] = (await log()).items
    const local = new Date(Date.parse(last?.at ?? '') + 5.5 * 3_600_000).toISOString().slice(0, 16)
    expect(buckets.at(-1)?.at).toBe(`${local}:00.000`)
    const failed = await timeline(`?${period}&failed=true&bucket=day`)
    expect(failed.totals).toMatchObject({ count: totals.errors, errors: totals.errors })
    expect(failed.totals.p95Ms).toBeUndefined()
    expect((await timeline(`?${period}&cache=L2&source=nowhere`)).totals.count).toBe(0)
  })

  it('sorts by each order', async () => {
    const orders = { time: 'totalMs', mean: 'meanMs', p95: 'p95Ms', slowest: 'maxMs', bytes: 'bytes' }
    for (const [order, name] of Object.entries(orders)) {
      const values = (await stats(`?order=${order}`)).items.map((item) => Number(item[name]))
      expect(values.length, order).toBeGreaterThan(0)
      expect(values, order).toEqual([...values].sort((a, b) => b - a))
    }
    const { items } = await stats('?order=latest')
    expect(items[0]).toMatchObject({ members: ['orders.count'], source: 'default' })
    expect((await stats('?by=error')).items).toMatchObject([{ key: 'unknown_member', count: 1, errors: 1 }])
    expect((await log(`?shape=${items[0]?.key}&failed=false&kind=export`)).items).toHaveLength(1)
  })

  it('ISO-18: shows an organization its own queries only, to people who may see them', async () => {
    const other = await server.addOrganization()
    const foreign = await server.app.inject({ url: '/api/v1/query/log', headers: { 'x-api-key': other.apiKey } })
    expect(foreign.statusCode).toBe(403)
    const owner = await server.addUser('owner', other.organizationId)
    const theirs = await server.app.inject({
      url: '/api/v1/query/log',
      headers: { authorization: `Bearer ${owner.token}` },
    })
    expect(theirs.json()).toEqual({ items: [] })
    const { token } = await server.addUser('editor')
    const [item] = (await log('?limit=1')).items
    const stolen = await server.app.inject({
      url: `/api/v1/query/log/${item?.id}`,
      headers: { authorization: `Bearer ${owner.token}` },
    })
    expect(stolen.statusCode).toBe(404)
    for (const path of ['stats', 'timeline', 'log', `log/${item?.id}`]) {
      const denied = await server.app.inject({
        url: `/api/v1/query/${path}`,
        headers: { authorization: `Bearer ${token}` },
      })
      expect(denied.statusCode).toBe(403)
    }
  })

  it.each([
    '?from=yesterday',
    '?from=2024-13-01',
    '?from=2024-02-01&to=2024-01-01',
    '?by=caller',
    '?cache=L9',
    '?tenant=x',
    '?offset=-1',
    '?limit=201',
  ])('refuses %s', async (search) => {
    expect((await server.asKey({ method: 'GET', url: `/api/v1/query/stats${search}` })).statusCode).toBe(400)
  })

  it.each(['?timezone=Mars/Olympus', '?bucket=minute&from=2024-01-01&to=2024-02-01', '?bucket=week'])(
    'refuses a timeline of %s',
    async (search) => {
      expect((await server.asKey({ method: 'GET', url: `/api/v1/query/timeline${search}` })).statusCode).toBe(400)
    },
  )

  it('is cut by days', async () => {
    const { rows } = await sql<{ name: string; day: string }>`
      select tableoid::regclass::text as name, to_char(at at time zone 'UTC', 'YYYYMMDD') as day
      from query_log`.execute(server.app.db)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(({ name }) => name)).toEqual(rows.map(({ day }) => `query_log_${day}`))
  })

  it('loses records rather than memory or requests when they cannot be stored', async () => {
    const records: number[] = []
    let isDown = true
    const recorder = new QueryRecorder({
      insert: async (batch) => {
        if (isDown) throw new Error('away')
        records.push(batch.length)
      },
      hashKey: Buffer.alloc(32),
      flushMs: 600_000,
      maxBuffered: 10,
    })
    const asked = {
      principal: { kind: 'user', organizationId: server.organizationId, subject: 'u', security: { attributes: {} } },
      kind: 'query',
      requestId: 'r',
    } as const
    const timings = { planMs: 0, waitMs: 0, databaseMs: 0, convertMs: 0, sendMs: 0 }
    const outcome = { plan: undefined, members: ['a.b'], lookup: undefined, timings, totalMs: 1, error: undefined }
    for (let n = 0; n < 25; n++) recorder.done(asked, outcome)
    expect(recorder.dropped).toBe(15)
    await recorder.flush()
    expect(recorder.dropped).toBe(25)
    isDown = false
    recorder.done(asked, outcome)
    await recorder.close()
    expect([recorder.dropped, records]).toEqual([25, [1]])
  })
})
