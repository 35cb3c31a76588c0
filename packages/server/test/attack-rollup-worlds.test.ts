import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import type { RollupEntry } from '../src/rollups/routes.ts'
import { createDatabase, type QueryServer, startQueryServer } from './query-server.ts'

/**
 * Two worlds with rollups, which hold the rows of everybody summed up: in one there is a tenant `b` who asks the same just before,
 * in the other there never was. The token of `a` must not be able to tell which one it is in.
 */
const MODEL = `cubes:
  - name: orders
    sql_table: orders
    dimensions:
      - { name: tenant, type: string, sql: "{CUBE}.tenant" }
      - { name: status, type: string, sql: "{CUBE}.status" }
      - { name: share, type: number, sql: "100 / {CUBE}.amount" }
      - { name: at, type: time, sql: "{CUBE}.at" }
    measures:
      - { name: count, type: count }
      - { name: revenue, type: sum, sql: "{CUBE}.amount" }
      - { name: average, type: avg, sql: "{CUBE}.amount" }
      - { name: most, type: max, sql: "{CUBE}.amount" }
      - { name: buyers, type: count_distinct, sql: "{CUBE}.customer" }
      - { name: running, type: sum, sql: "{CUBE}.amount", rolling_window: { trailing: unbounded } }
    access_policy:
      - role: "*"
        row_level: { filters: [{ member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }] }
      - { role: api-key, row_level: { allow_all: true } }
    pre_aggregations:
      - name: by_day
        measures: [count, revenue, average, most]
        dimensions: [tenant, status]
        time_dimension: at
        granularity: day
        partition_granularity: month
      - { name: by_status, measures: [count, buyers], dimensions: [tenant, status] }
      - { name: of_nobody, measures: [revenue], dimensions: [status] }
      # Fails where somebody has an amount of nothing.
      - { name: by_share, measures: [count], dimensions: [tenant, share] }
`
const BUILT = ['by_day', 'by_status', 'of_nobody']
type Row = readonly (string | number | null)[]

function rowsOf(isLarge: boolean): Row[] {
  // Several a day, so that the days of a tenant are few enough to have a table of their own.
  const day = (index: number, from: string) =>
    new Date(Date.parse(from) + index * 20_000_000).toISOString().slice(0, 19).replace('T', ' ')
  const own: Row[] = Array.from({ length: 60 }, (_, index) => [
    'a',
    ['paid', 'open', 'late', null][index % 4] as string | null,
    1 + ((index * 37) % 90),
    index % 7,
    day(Math.floor(index / 5), '2026-03-01Z'),
  ])
  const hidden: Row[] = Array.from({ length: 150 }, (_, index) => [
    'b',
    ['only-b', 'paid', 'open'][index % 3] as string,
    index % 5 === 0 ? 0 : 5_000 + index,
    index % 40,
    day(index, '2026-01-28Z'),
  ])
  // Before and after: no order of rows may show.
  return isLarge ? [...hidden.slice(0, 70), ...own, ...hidden.slice(70)] : own
}

interface World {
  readonly server: QueryServer
  readonly dataUrl: string
  readonly token: string
  /** Of tenant `b`; `undefined` where there is none. */
  readonly other: string | undefined
  close(): Promise<void>
}

async function buildWorld(store: 'files' | 'tables', isLarge: boolean): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-rollup-world-'))
  writeFileSync(join(folder, 'orders.yml'), MODEL)
  const data = await createDatabase()
  const client = new pg.Client(data.url)
  await client.connect()
  await client.query(`create schema rollups;
    create table orders (tenant text, status text, amount integer, customer integer, at timestamp)`)
  const rows = rowsOf(isLarge)
  const marks = rows.map((_, at) => `(${[1, 2, 3, 4, 5].map((n) => `$${at * 5 + n}`).join(', ')})`)
  await client.query(`insert into orders values ${marks.join(', ')}`, rows.flat())
  await client.end()
  const source: DataSourceOptions = {
    type: 'postgres',
    name: 'default',
    url: data.url,
    // Answers must not grow old in the middle: the worlds are asked a moment apart.
    cacheTtlMs: 3_600_000,
    ...(store === 'tables' && { rollups: { schema: 'rollups' } }),
  }
  const server = await startQueryServer(source, {
    DATAINSIGHT_MODEL_DIR: folder,
    DATAINSIGHT_ROLLUP_INTERVAL_MS: '0',
  })
  for (const name of [...BUILT, 'by_share']) {
    const response = await server.post(`/rollups/orders.${name}/build`, {})
    if (response.statusCode !== 202) throw new Error(response.body)
  }
  await vi.waitFor(
    async () => {
      const response = await server.app.inject({ url: '/api/v1/rollups', headers: { 'x-api-key': server.apiKey } })
      const { rollups } = response.json<{ rollups: RollupEntry[] }>()
      const isDone = ({ name, isRead, state }: RollupEntry) =>
        isRead || (name === 'orders.by_share' && state === 'failed')
      if (!rollups.every(isDone)) throw new Error(response.body)
    },
    { timeout: 30_000, interval: 50 },
  )
  const grants = { actions: ['view' as const, 'filter' as const, 'explore' as const, 'export:csv' as const] }
  return {
    server,
    dataUrl: data.url,
    token: await server.token({ ...grants, attributes: { tenant: ['a'] } }),
    other: isLarge ? await server.token({ ...grants, attributes: { tenant: ['b'] } }) : undefined,
    async close() {
      await server.close()
      await data.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const RANGES = [['2026-03-01', '2026-03-20'], ['2026-01-01', '2026-12-31'], ['2026-01-01', '2026-01-31'], undefined]
const condition = fc.oneof(
  fc.record({
    member: fc.constantFrom('orders.status', 'orders.tenant', 'orders.nothing'),
    operator: fc.constantFrom('equals', 'notEquals', 'contains', 'notSet'),
    values: fc.constantFrom(['paid'], ['only-b'], ['b']),
  }),
  fc.record({
    member: fc.constantFrom('orders.count', 'orders.revenue', 'orders.share'),
    operator: fc.constantFrom('gt', 'lte'),
    values: fc.constantFrom([0], [10], [1_000]),
  }),
)
const query = fc
  .record({
    measures: fc.uniqueArray(
      fc.constantFrom(...['count', 'revenue', 'average', 'most', 'buyers', 'running'].map((name) => `orders.${name}`)),
      { minLength: 1, maxLength: 2 },
    ),
    dimensions: fc.uniqueArray(fc.constantFrom('orders.status', 'orders.status', 'orders.share', 'orders.tenant'), {
      maxLength: 2,
    }),
    granularity: fc.constantFrom('day', 'week', 'month', undefined, undefined),
    range: fc.constantFrom(...RANGES),
    filters: fc.array(condition, { maxLength: 1 }),
    extra: fc.constantFrom(
      {},
      {},
      { subtotals: true },
      { total: true, limit: 2 },
      { topN: { dimension: 'orders.status', limit: 1, others: true } },
    ),
  })
  .map(({ granularity, range, extra, dimensions, ...rest }) => ({
    ...rest,
    ...extra,
    dimensions: 'topN' in extra ? [...new Set([...dimensions, 'orders.status'])] : dimensions,
    ...((granularity !== undefined || range !== undefined) && {
      timeDimensions: [
        {
          dimension: 'orders.at',
          ...(granularity !== undefined && { granularity }),
          ...(range !== undefined && { dateRange: range }),
        },
      ],
    }),
  }))

const ONCE = /"(?:requestId|durationMs|refreshedAt|lastRefreshTime)":(?:"[^"]*"|[\d.]+)/g

/** All that a caller sees, cache states among it, but what belongs to one request. */
function seen(response: LightMyRequestResponse) {
  const headers = Object.entries(response.headers).filter(
    ([name]) => !['x-request-id', 'date', 'content-length', 'age'].includes(name) && !name.startsWith('x-ratelimit'),
  )
  return {
    status: response.statusCode,
    headers: Object.fromEntries(headers),
    body: response.body.replaceAll(ONCE, ''),
  }
}

describe.each(['files', 'tables'] as const)('two worlds with rollups as %s', (store) => {
  let large: World
  let small: World
  beforeAll(async () => {
    ;[large, small] = await Promise.all([buildWorld(store, true), buildWorld(store, false)])
  }, 120_000)
  afterAll(async () => {
    await large?.close()
    await small?.close()
  })

  async function expectSame(path: string, body: object, headers: Record<string, string> = {}): Promise<number> {
    const ask = async (world: World, token: string) =>
      world.server.app.inject({
        method: 'POST',
        url: path,
        headers: { authorization: `Bearer ${token}`, ...headers },
        payload: body,
      })
    await ask(large, large.other as string)
    // Twice, so that what was kept is seen too.
    const inLarge = [await ask(large, large.token), await ask(large, large.token)]
    const inSmall = [await ask(small, small.token), await ask(small, small.token)]
    expect(inLarge.map(seen)).toEqual(inSmall.map(seen))
    return inLarge[0]!.statusCode
  }

  it('ISO-11 ISO-20 cannot be told apart by rows, totals, errors and what is kept', async () => {
    let answered = 0
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        if ((await expectSame('/api/v1/query', { query: asked })) === 200) answered += 1
      }),
      { numRuns: 25 },
    )
    expect(answered).toBeGreaterThan(10)
  }, 60_000)

  it('ISO-11 ISO-19 cannot be told apart by suggestions, files, Cube’s form and explanations', async () => {
    for (const search of ['', 'only', 'p'])
      await expectSame('/api/v1/query/suggest', { member: 'orders.status', search, limit: 3 })
    const asked = {
      measures: ['orders.count', 'orders.average'],
      dimensions: ['orders.status'],
      timeDimensions: [{ dimension: 'orders.at', granularity: 'week' }],
    }
    expect(await expectSame('/api/v1/query', { query: asked }, { accept: 'text/csv' })).toBe(200)
    await expectSame('/api/v1/query/export', { query: asked, format: 'csv' })
    await expectSame('/cubejs-api/v1/load', { query: asked })
    const buyers = { measures: ['orders.buyers'], dimensions: ['orders.tenant', 'orders.status'] }
    expect(await expectSame('/api/v1/query', { query: buyers })).toBe(200)
    for (const path of ['/api/v1/query/sql', '/cubejs-api/v1/sql', '/api/v1/cache/inspect'])
      await expectSame(path, { query: asked })
  })

  it('ISO-20 would notice: rollups answered, and hold what b has', async () => {
    for (const { server } of [large, small]) {
      const response = await server.app.inject({
        url: '/api/v1/query/log?limit=100',
        headers: { 'x-api-key': server.apiKey },
      })
      const { items } = response.json<{ items: { rollup: string | null; caller: { kind: string } }[] }>()
      const read = items.filter(({ caller }) => caller.kind === 'embed').map(({ rollup }) => rollup)
      expect(read.filter((name) => name === 'orders.by_day').length).toBeGreaterThan(5)
      expect(read).toContain('orders.by_status')
      // It has no column for the rule.
      expect(read).not.toContain('orders.of_nobody')
    }
    const total = async ({ server }: World) =>
      (await server.query({ measures: ['orders.count'] })).json<{ data: [[number]] }>().data[0][0]
    expect([await total(large), await total(small)]).toEqual([210, 60])
    // Nor does what b's rows made impossible show.
    const states = await Promise.all(
      [large, small].map(async ({ server }) => {
        const response = await server.app.inject({ url: '/api/v1/rollups', headers: { 'x-api-key': server.apiKey } })
        return response.json<{ rollups: RollupEntry[] }>().rollups.at(-1)?.state
      }),
    )
    expect(states).toEqual(['failed', 'ready'])
  })

  it('ISO-20 cannot be told apart by what the days of each tenant are summed up in', async () => {
    const days = RANGES.flatMap((dateRange) =>
      ['day', 'week', undefined].map((granularity) => ({
        measures: ['orders.revenue', 'orders.count'],
        timeDimensions: [
          { dimension: 'orders.at', ...(granularity && { granularity }), ...(dateRange && { dateRange }) },
        ],
        ...(granularity === 'day' && { subtotals: true }),
      })),
    )
    for (const { server, dataUrl } of [large, small]) {
      const builds = await server.app.db.selectFrom('rollup_builds').select(['name', 'parts', 'levels']).execute()
      const { parts, levels } = builds.find(({ name }) => name === 'orders.by_day')!
      expect(levels).toContainEqual(expect.objectContaining({ columns: [expect.any(String)] }))
      if (store === 'files') continue
      // Without its parts only what sums them up can answer.
      const client = new pg.Client(dataUrl)
      await client.connect()
      for (const { file } of parts as { file: string }[]) await client.query(`truncate rollups.${file}`)
      await client.end()
    }
    for (const asked of days) expect(await expectSame('/api/v1/query', { query: { ...asked, limit: 999 } })).toBe(200)
    const own = rowsOf(false)
    const sum = own.reduce((total, [, , amount]) => total + Number(amount), 0)
    const response = await large.server.post('/query', { query: { ...days.at(-1), limit: 999 } }, large.token)
    expect(response.json<{ data: unknown }>().data).toEqual([[sum], [own.length]])
  })
})
