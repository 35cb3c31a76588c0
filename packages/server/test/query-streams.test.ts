import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseModel } from '@datainsight/core/model'
import Fastify from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shareSources } from '../src/data-sources/data-source.ts'
import { openDuckDB } from '../src/data-sources/duckdb.ts'
import { type Caller, createQueryEngine } from '../src/query/create-query-engine.ts'
import { streamFrames } from '../src/query/stream-frames.ts'
import { createDatabase, type QueryServer, readFrames, startQueryServer } from './query-server.ts'

const PASSWORD = 'correct horse battery staple'

/** Real sockets; a PostgreSQL source whose flights of JFK take ten minutes each. */
let database: Awaited<ReturnType<typeof createDatabase>>
let admin: pg.Client
let server: QueryServer
let address: string

beforeAll(async () => {
  database = await createDatabase()
  admin = new pg.Client(database.url)
  await admin.connect()
  await admin.query(`
    create function slow_if(origin text) returns bigint language plpgsql volatile as
      'begin if origin = ''JFK'' then perform pg_sleep(600); end if; return 1; end';
    create table departures ("date" timestamp, distance bigint, origin text, destination text);
    insert into departures select '2001-01-01', 100, origin, destination from
      unnest(array['SEA', 'JFK']) origin, (values ('LAX'), ('BUR')) d (destination);
    create view flights as select "date", slow_if(origin) as delay, distance, origin, destination from departures;
    create table airports (iata text, name text, city text, state text, country text, latitude float8, longitude float8)`)
  server = await startQueryServer(
    { type: 'postgres', name: 'default', url: database.url, concurrency: 4 },
    { DATAINSIGHT_ADMIN_PASSWORD: PASSWORD },
  )
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}/api/v1`
})

afterAll(async () => {
  await server.close()
  await admin.end()
  await database.drop()
})

const SLOW = { measures: ['flights.avg_delay'] }
const QUICK = { measures: ['flights.total_distance'] }

async function running(): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid()`,
  )
  return rows[0]?.count ?? -1
}

/** One figure of `/metrics`. */
async function figure(name: string): Promise<number> {
  const { body } = await server.app.inject({ url: '/metrics' })
  const line = body.split('\n').find((text) => text.startsWith(`${name} `))
  return Number(line?.slice(name.length))
}

const tokenOf = (airport: string) => server.token({ attributes: { airport: [airport] } })
const post = async (path: string, body: unknown, airport: string, init: RequestInit = {}) =>
  fetch(`${address}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenOf(airport)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...init,
  })

describe('a client that goes away', () => {
  it('stops the statement of its query', async () => {
    const controller = new AbortController()
    const asked = post('/query', { query: SLOW }, 'JFK', { signal: controller.signal }).catch(
      (error: Error) => error.name,
    )
    await expect.poll(running).toBe(1)
    controller.abort()
    expect(await asked).toBe('AbortError')
    await expect.poll(running).toBe(0)
  })

  it('stops the statements of its batch, those that wait too', async () => {
    const controller = new AbortController()
    const queries = Array.from({ length: 8 }, (_, offset) => ({ id: `q${offset}`, query: { ...SLOW, offset } }))
    const asked = post('/query/batch', { queries }, 'JFK', { signal: controller.signal }).catch(
      (error: Error) => error.name,
    )
    await expect.poll(running).toBe(2)
    controller.abort()
    expect(await asked).toBe('AbortError')
    await expect.poll(running).toBe(0)
  })

  it('stops its own statement and no other, whether an export or a plan that is measured', async () => {
    const token = await server.token({ attributes: { airport: ['JFK'] }, actions: ['view', 'explore', 'export:csv'] })
    const leave = (path: string, body: object, credential: Record<string, string>) => {
      const controller = new AbortController()
      const headers = { ...credential, 'content-type': 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify(body), signal: controller.signal }
      const left = fetch(`${address}${path}`, init).catch((error: Error) => error.name)
      return async () => {
        controller.abort()
        expect(await left).toBe('AbortError')
      }
    }
    const file = { query: { dimensions: ['flights.delay'] }, format: 'csv' }
    const ofTenant = { authorization: `Bearer ${token}` }
    const waiting = () => figure('datainsight_exports{source="default",state="waiting"}')
    const leaveFirst = leave('/query/export', file, ofTenant)
    await expect.poll(running).toBe(1)
    const leavePlan = leave('/query/sql', { query: SLOW, explain: true, analyze: true }, { 'x-api-key': server.apiKey })
    await expect.poll(running).toBe(2)
    const leaveSecond = leave('/query/export', file, ofTenant)
    await expect.poll(waiting).toBe(1)
    await leaveFirst()
    // The place of the first is the second's.
    await expect.poll(waiting).toBe(0)
    await expect.poll(running).toBe(2)
    await leavePlan()
    await expect.poll(running).toBe(1)
    await leaveSecond()
    await expect.poll(running).toBe(0)
    // Every place is free again, and its connection fit for the next.
    for (let limit = 100; limit < 108; limit++) {
      const response = await post('/query', { query: { ...QUICK, limit } }, 'SEA')
      expect((await response.json()) as { data: unknown }).toMatchObject({ data: [[200]] })
    }
  })
})

describe('the limits of an organization', () => {
  const asAdmin = async (method: 'GET' | 'PATCH', payload?: object) => {
    const credentials = { email: 'admin@example.com', password: PASSWORD }
    const login = await server.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: credentials })
    return server.app.inject({
      method,
      url: '/api/v1/organizations/current/limits',
      headers: { authorization: `Bearer ${login.json<{ accessToken: string }>().accessToken}` },
      ...(payload && { payload }),
    })
  }

  it('DOS-06: hold for its tenants as soon as they are changed, and show in the figures', async () => {
    const defaults = { tenantQueue: 100, queue: 500, queueWaitMs: 30_000 }
    expect((await asAdmin('GET')).json()).toEqual({ limits: {}, defaults })
    const narrow = { tenantConcurrency: 1, tenantQueue: 1 }
    expect((await asAdmin('PATCH', narrow)).json()).toEqual({ limits: narrow, defaults })
    const token = await server.token({ attributes: { airport: ['JFK'] } })
    const controller = new AbortController()
    const ask = (offset: number) =>
      fetch(`${address}/query`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: { ...SLOW, offset } }),
        signal: controller.signal,
      })
    const first = [ask(0), ask(1)].map((asked) => asked.catch((error: Error) => error.name))
    await expect.poll(() => figure('datainsight_statements{source="default",state="waiting"}')).toBe(1)
    const refused = await ask(2)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    // The one that has the place may still be on its way to the database.
    await expect.poll(running).toBe(1)
    expect(await figure('datainsight_pool_size{source="default"}')).toBeGreaterThanOrEqual(1)
    expect(await figure('datainsight_pool_waiting{source="default"}')).toBe(0)
    expect((await asAdmin('PATCH', { tenantConcurrency: null, tenantQueue: null })).json()).toEqual({
      limits: {},
      defaults,
    })
    // Another place for the tenant, and room to wait.
    const later = [ask(3), ask(4)].map((asked) => asked.catch((error: Error) => error.name))
    await expect.poll(() => figure('datainsight_statements{source="default",state="waiting"}')).toBe(3)
    controller.abort()
    expect(await Promise.all([...first, ...later])).toEqual(Array(4).fill('AbortError'))
    await expect.poll(running).toBe(0)
  })

  it('are integers in their bounds, and nothing else', async () => {
    for (const wrong of [{}, { tenantQueue: 0 }, { queue: 1.5 }, { queueWaitMs: '5' }, { tenantConcurency: 1 }])
      expect((await asAdmin('PATCH', wrong)).statusCode, JSON.stringify(wrong)).toBe(400)
  })
})

describe('a stream', () => {
  it('brings what is ready before what is slow', async () => {
    const controller = new AbortController()
    // The first token sees both airports: one query reads the slow rows, the other only quick ones.
    const token = await server.token({ attributes: { airport: ['SEA', 'JFK'] } })
    const sea = [{ member: 'flights.origin', operator: 'equals', values: ['SEA'] }]
    const response = await fetch(`${address}/query/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-encoding': 'gzip' },
      body: JSON.stringify({
        queries: [
          { id: 'slow', query: SLOW },
          { id: 'quick', query: { ...QUICK, filters: sea } },
        ],
      }),
      signal: controller.signal,
    })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    const reader = response.body?.getReader()
    let text = ''
    while (!text.includes('\n')) text += new TextDecoder().decode((await reader?.read())?.value)
    expect(readFrames(text)).toMatchObject([{ id: 'quick', result: { data: [[expect.anything()]] } }])
    controller.abort()
    await expect.poll(running).toBe(0)
  })

  it('starts nothing new for a reader that does not read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'datainsight-wide-'))
    const lines = Array.from({ length: 4_000 }, (_, n) => `${n}${'x'.repeat(400)}`)
    writeFileSync(join(folder, 'wide.csv'), `text\n${lines.join('\n')}\n`)
    const source = await openDuckDB({ name: 'default', tables: { wide: { file: join(folder, 'wide.csv') } } })
    let statements = 0
    const ask = source.queryPacked?.bind(source)
    if (ask === undefined) throw new Error('answers are asked for otherwise')
    source.queryPacked = (statement, limits) => {
      statements++
      return ask(statement, limits)
    }
    const engine = createQueryEngine({ model: () => WIDE, dataSources: shareSources(new Map([['default', source]])) })
    const app = Fastify()
    app.get('/', (request, reply) => {
      const frames = Array.from({ length: 50 }, (_, offset) => ({
        id: `q${offset}`,
        result: () => ({ dimensions: ['wide.text'], offset, limit: 3_900, renewQuery: true }),
      }))
      streamFrames(request, reply, frames, { engine, caller: CALLER, concurrency: 4 })
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    await once(socket, 'connect')
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
    // All answers are 80 MB; the buffers of both ends hold a few.
    await settled(() => statements)
    expect(statements).toBeGreaterThan(0)
    expect(statements).toBeLessThan(40)
    const text = await readAll(socket)
    expect(text.match(/"id":"q\d+"/g)).toHaveLength(50)
    expect(statements).toBe(50)
    await app.close()
    await source.close()
    rmSync(folder, { recursive: true })
  })
})

const WIDE = parseModel([
  {
    path: 'wide.yml',
    text: `
cubes:
  - name: wide
    sql_table: wide
    dimensions: [{ name: text, sql: "{CUBE}.text", type: string }]
    access_policy: [{ role: "*", row_level: { allow_all: true } }]
`,
  },
])
const CALLER: Caller = {
  security: {
    organizationId: 'o',
    kind: 'embed',
    roles: [],
    attributes: {},
    filters: [],
    deniedMembers: [],
    maskedMembers: [],
    maxRows: 50_000,
  },
  securityKey: 'o',
  timezone: undefined,
}

/** Resolves when a figure is above zero and has been the same for a while. */
async function settled(read: () => number): Promise<void> {
  let last = 0
  for (let same = 0; same < 5; ) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    same = last > 0 && read() === last ? same + 1 : 0
    last = read()
  }
}

async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.resume()
  await once(socket, 'end')
  return Buffer.concat(chunks).toString('latin1')
}
