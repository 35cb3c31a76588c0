import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Query, ResultSet } from '@datainsight/core'
import type { FastifyInstance, InjectOptions } from 'fastify'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildServer } from '../src/build-server.ts'
import { insertRevocation } from '../src/identity/repository.ts'
import { buildTestServer, type TestServer } from './build-test-server.ts'
import { createDatabase } from './query-server.ts'

const MODEL = `
cubes:
  - name: orders
    sql_table: public.orders
    meta: { tags: [sales] }
    measures: [{ name: count, type: count }]
    dimensions: [{ name: region, type: string, sql: region }]
    access_policy: &policy
      - role: "*"
        row_level:
          filters: [{ member: region, operator: equals, values: ["{ securityContext.region }"] }]
      - role: owner
        row_level: { allow_all: true }
      - role: api-key
        row_level: { allow_all: true }
  - name: watched
    sql_table: orders
    refresh_key: { sql: select max(number) from orders, every: 1 second }
    measures: [{ name: count, type: count }]
    dimensions: [{ name: region, type: string, sql: region }]
    access_policy: *policy
`
const COUNT: Query = { measures: ['orders.count'] }
const WATCHED: Query = { measures: ['watched.count'] }
describe.runIf(process.env.TEST_DATABASE_URL !== undefined)('the cache of two nodes over HTTP', () => {
  let source: Awaited<ReturnType<typeof createDatabase>>
  let client: pg.Client
  let one: TestServer
  let two: FastifyInstance
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-cache-'))

  beforeAll(async () => {
    writeFileSync(join(folder, 'orders.yml'), MODEL)
    source = await createDatabase()
    client = new pg.Client(source.url)
    await client.connect()
    await client.query('create table orders (number serial, region text)')
    const dataSources = [{ type: 'postgres' as const, name: 'default', url: source.url, cacheTtlMs: 3_600_000 }]
    const config = { modelDir: folder, cacheWarming: 10, cacheTableBytes: 1_000_000 }
    one = await buildTestServer({ database: 'postgres', config, dataSources })
    two = await buildServer({ ...one.config, dataDir: mkdtempSync(join(folder, 'two-')) }, { dataSources })
  }, 60_000)
  afterAll(async () => {
    await two.close()
    await one.close()
    await client.end()
    await source.drop()
    rmSync(folder, { recursive: true })
  })
  beforeEach(() => client.query("truncate orders restart identity; insert into orders (region) values ('north')"))
  afterEach(() => post('/cache/invalidate', { all: true }))

  const post = async (path: string, payload: object, node: Pick<FastifyInstance, 'inject'> = one.app) => {
    const request: InjectOptions = { method: 'POST', url: `/api/v1${path}`, payload }
    return node.inject({ ...request, headers: { 'x-api-key': one.apiKey } })
  }
  const ask = async (node: FastifyInstance, query: Query = COUNT) => {
    const response = await post('/query', { query }, node)
    expect(response.statusCode, response.body).toBe(200)
    const { data, meta } = response.json<ResultSet>()
    return `${meta.cache} ${data[0]?.[0]}`
  }
  const addOrder = () => client.query("insert into orders (region) values ('south')")

  it('gives one node’s answer to the other, through the table', async () => {
    expect(await ask(one.app)).toBe('miss 1')
    await addOrder()
    await expect.poll(() => ask(two)).toBe('hit 1')
    const status = await one.asKey({ method: 'GET', url: '/api/v1/cache' })
    expect(status.json()).toMatchObject({
      levels: [
        { level: 'memory', available: true, answers: 1 },
        { level: 'table', available: true, answers: 1 },
      ],
    })
  })

  it.each([
    ['a table', '/data-sources/default/data-changed', { tables: ['orders'] }],
    ['a source', '/data-sources/default/data-changed', {}],
    ['a source to forget', '/cache/invalidate', { source: 'default' }],
    ['a table to forget', '/cache/invalidate', { source: 'default', tables: ['public.orders'] }],
    ['a cube', '/cache/invalidate', { tags: ['orders'] }],
    ['a tag', '/cache/invalidate', { tags: ['sales'] }],
    ['everything', '/cache/invalidate', { all: true }],
  ])('asks anew on both nodes after it was told of %s', async (_, path, body) => {
    expect(await ask(one.app)).toBe('miss 1')
    await expect.poll(async () => (await rowsOfTable()).length).toBe(1)
    // It may not have heard yet of what the test before announced.
    await expect.poll(() => ask(two)).toBe('hit 1')
    await addOrder()
    const told = await post(path, body)
    expect(told.json()).toEqual({ memory: 1, table: 1 })
    expect(await ask(one.app)).toBe('miss 2')
    await expect.poll(() => ask(two)).toBe('hit 2')
  })
  const rowsOfTable = () => one.app.db.selectFrom('cache_entries').select('key').execute()

  it.each([
    ['another table', '/data-sources/default/data-changed', { tables: ['customers'] }],
    ['another cube', '/cache/invalidate', { tags: ['watched'] }],
  ])('keeps answers after it was told of %s', async (_, path, body) => {
    await ask(one.app)
    await addOrder()
    expect((await post(path, body)).json()).toMatchObject({ memory: 0 })
    expect(await ask(one.app)).toBe('hit 1')
  })

  it('asks anew when a refresh key’s statement says something else', async () => {
    expect(await ask(one.app, WATCHED)).toBe('miss 1')
    expect(await ask(one.app, WATCHED)).toBe('hit 1')
    await addOrder()
    await expect.poll(() => ask(one.app, WATCHED)).toMatch(/ 2$/)
    await expect.poll(() => ask(two, WATCHED)).toMatch(/ 2$/)
  })

  it('gives an old answer to a query that takes one, and a new one to the next', async () => {
    await ask(one.app)
    await addOrder()
    await post('/cache/invalidate', { all: true })
    expect(await ask(one.app, { ...COUNT, maxStaleSeconds: 3_600 })).toBe('stale 1')
    await expect.poll(() => ask(one.app, { ...COUNT, maxStaleSeconds: 3_600 })).toBe('hit 2')
    expect((await post('/query', { query: { ...COUNT, maxStaleSeconds: 86_401 } })).statusCode).toBe(400)
  })

  it('says what is held of a query', async () => {
    const inspect = async () => (await post('/cache/inspect', { query: COUNT })).json()
    expect(await inspect()).toMatchObject({ source: 'default', tables: ['public.orders'], tags: ['orders', 'sales'] })
    const isFresh = async () => (await inspect()).levels.map(({ fresh }: { fresh: boolean }) => fresh)
    expect(await isFresh()).not.toContain(true)
    const answer = await post('/query', { query: COUNT })
    await expect.poll(isFresh).toEqual([true, true])
    for (const level of (await inspect()).levels) {
      expect(level).toMatchObject({
        fresh: true,
        ttlSeconds: 3_600,
        dataVersion: answer.json<ResultSet>().meta.dataVersion,
        bytes: expect.any(Number),
      })
    }
    expect((await inspect()).levels[0].etag).toBe(answer.headers.etag)
  })

  it.each([
    ['nothing', '/cache/invalidate', {}, 400],
    ['tables of no source', '/cache/invalidate', { tables: ['orders'] }, 400],
    ['a source there is not', '/cache/invalidate', { source: 'gone' }, 404],
    ['a change of a source there is not', '/data-sources/gone/data-changed', {}, 404],
    ['a cube there is not', '/cache/inspect', { query: { measures: ['gone.count'] } }, 400],
  ])('refuses %s', async (_, path, body, status) => {
    expect((await post(path, body)).statusCode).toBe(status)
  })

  it('ISO-12 is out of reach of other organizations and of whoever has no right to it', async () => {
    await ask(one.app)
    const stranger = await one.addOrganization()
    const owner = await one.addUser('owner', stranger.organizationId)
    const headers = { authorization: `Bearer ${owner.token}` }
    const status = await one.app.inject({ method: 'GET', url: '/api/v1/cache', headers })
    expect(status.json()).toMatchObject({ levels: [{ answers: 0, hits: 0 }, { answers: 0 }], misses: 0, hitRate: null })
    await addOrder()
    const told = await one.app.inject({
      method: 'POST',
      url: '/api/v1/cache/invalidate',
      headers,
      payload: { all: true },
    })
    expect(told.json()).toEqual({ memory: 0, table: 0 })
    expect(await ask(one.app)).toBe('hit 1')
    const viewer = await one.addUser('viewer')
    const refused = await one.asToken(viewer.token, { method: 'GET', url: '/api/v1/cache' })
    expect(refused.statusCode).toBe(403)
  })

  it('keeps a dashboard warm after its data changed, until its viewer is revoked', async () => {
    const token = await one.mint({ attributes: { region: ['north'] } })
    const view = async () => {
      const response = await one.asToken(token, { method: 'POST', url: '/api/v1/dashboards/sales/query', payload: {} })
      expect(response.statusCode, response.body).toBe(200)
      const { result } = JSON.parse(response.body.split('\n')[0] ?? '') as { result: ResultSet }
      return `${result.meta.cache} ${result.data[0]?.[0]}`
    }
    const misses = async () =>
      (await one.asKey({ method: 'GET', url: '/api/v1/cache' })).json<{ misses: number }>().misses
    await view()
    await client.query("insert into orders (region) values ('north'), ('south')")
    let before = await misses()
    await post('/cache/invalidate', { all: true })
    await expect.poll(misses).toBe(before + 1)
    // Of its own rows, not of all of them.
    expect(await view()).toBe('hit 2')
    await insertRevocation(one.app.db, one.organizationId, {
      kind: 'token',
      subject: JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).jti,
      expiresAt: new Date(Date.now() + 60_000),
    })
    await one.app.refreshIdentities()
    before = await misses()
    await post('/cache/invalidate', { all: true })
    // As long as it took above, and more.
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(await misses()).toBe(before)
  })
})
