import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EmbedTokenRequest } from '@datainsight/core'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type QueryServer, startQueryServer } from './query-server.ts'

/** Real sockets. Flights of BIG have 20 MB of destinations, those of JFK take ten minutes, those of MID a second. */
const IDLE_MS = 400
const BIG = { dimensions: ['flights.destination'], limit: 5_000 }
const SLOW = { measures: ['flights.avg_delay'] }
const GRANTS: Partial<EmbedTokenRequest> = {
  attributes: { airport: ['BIG', 'JFK', 'MID'] },
  actions: ['view', 'filter', 'explore', 'export:csv'],
}

let database: Awaited<ReturnType<typeof createDatabase>>
let admin: pg.Client
/** Its statements wait for what it locks. */
let lock: pg.Client
let server: QueryServer
let token: string
let dashboardId: string

beforeAll(async () => {
  database = await createDatabase()
  admin = new pg.Client(database.url)
  lock = new pg.Client(database.url)
  await Promise.all([admin.connect(), lock.connect()])
  await admin.query(`
    create function slow_if(origin text) returns bigint language plpgsql volatile as
      'begin perform pg_sleep(case origin when ''JFK'' then 600 when ''MID'' then 1 else 0 end); return 1; end';
    create table departures ("date" timestamp, distance bigint, origin text, destination text);
    insert into departures select '2001-01-01', 100, 'BIG', repeat(md5(n::text), 150) from generate_series(1, 4200) n;
    insert into departures values ('2001-01-01', 100, 'JFK', 'LAX'), ('2001-01-01', 100, 'MID', 'LAX');
    create view flights as select "date", slow_if(origin) as delay, distance, origin, destination from departures;
    create table airports (iata text, name text, city text, state text, country text, latitude float8, longitude float8)`)
  server = await listen(IDLE_MS)
  dashboardId = await server.createDashboard({
    slug: 'wide',
    title: 'Wide',
    // A limit of its own: an answer that is in memory is sent before the other statement has begun.
    widgets: [{ ...BIG, limit: 4_999 }, SLOW].map((query, index) => ({
      id: `w${index}`,
      title: 'Wide',
      layout: { x: 0, y: index, w: 3, h: 1 },
      query: { ...query, filters: [{ member: 'flights.origin', operator: 'equals', values: [index ? 'JFK' : 'BIG'] }] },
      visualization: { type: 'table' },
    })),
  })
  token = await server.token({ ...GRANTS, resources: [{ type: 'dashboard', id: dashboardId }] })
})

afterAll(async () => {
  await server.close()
  await Promise.all([admin.end(), lock.end()])
  await database.drop()
})

async function listen(idleMs: number): Promise<QueryServer> {
  const started = await startQueryServer(
    { type: 'postgres', name: 'default', url: database.url, concurrency: 8 },
    { DATAINSIGHT_STREAM_IDLE_MS: String(idleMs) },
  )
  await started.app.listen({ port: 0, host: '127.0.0.1' })
  return started
}

const portOf = ({ app }: QueryServer) => (app.server.address() as AddressInfo).port

/** Sends a request and reads nothing. `ended` settles when the server gives the connection up. */
async function askUnread(
  path: string,
  body: unknown,
  accept = '*/*',
  from = { server, token },
): Promise<{ socket: Socket; ended: Promise<void> }> {
  const text = JSON.stringify(body)
  const accepted = once(from.server.app.server, 'connection')
  const socket = connect(portOf(from.server), '127.0.0.1')
  socket.on('error', () => undefined)
  const [peer] = (await accepted) as [Socket]
  const ended = new Promise<void>((resolve) => peer.once('close', () => resolve()))
  socket.pause()
  socket.write(
    [
      `POST ${path} HTTP/1.1`,
      'host: x',
      `authorization: Bearer ${from.token}`,
      `accept: ${accept}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(text)}`,
      '',
      text,
    ].join('\r\n'),
  )
  return { socket, ended }
}

async function running(): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid()`,
  )
  return rows[0]?.count ?? -1
}

const only = (origin: string) => [{ member: 'flights.origin', operator: 'equals', values: [origin] }]
const big = { ...BIG, filters: only('BIG') }

describe('DOS-07: a reader that takes nothing', () => {
  it.each([
    ['JSON', 'application/json'],
    ['NDJSON', 'application/x-ndjson'],
    ['Arrow', 'application/vnd.apache.arrow.stream'],
    ['CSV', 'text/csv'],
  ])('is cut off from an answer in %s', async (_, accept) => {
    const { socket, ended } = await askUnread('/api/v1/query', { query: big }, accept)
    await ended
    socket.destroy()
  })

  it.each([
    [
      'a batch',
      '/api/v1/query/batch',
      () => ({
        queries: [
          { ...big, limit: 4_998 },
          { ...SLOW, filters: only('JFK') },
        ].map(toBatch),
      }),
    ],
    ['a dashboard', () => `/api/v1/dashboards/${dashboardId}/query`, () => ({})],
  ])('is cut off from %s, and its statements are stopped', async (_, path, body) => {
    // All of them have begun before the first is answered, from when on the reader is waited for.
    await lock.query('begin; lock table departures in access exclusive mode')
    const { socket, ended } = await askUnread(typeof path === 'string' ? path : path(), body())
    await expect.poll(running).toBe(2)
    await lock.query('commit')
    await ended
    await expect.poll(running).toBe(0)
    socket.destroy()
  })

  it('is cut off from an answer to a Cube client', async () => {
    const { socket, ended } = await askUnread('/cubejs-api/v1/load', { query: big })
    await ended
    socket.destroy()
  })
})

describe('a reader that takes its time', () => {
  it('gets the whole answer', async () => {
    // Long enough for a machine that stands still for a moment: a reader on it takes nothing meanwhile.
    const idleMs = 4_000
    const patient = await listen(idleMs)
    const from = { server: patient, token: await patient.token(GRANTS) }
    const { socket } = await askUnread('/api/v1/query', { query: big }, 'text/csv', from)
    const whole = 4_200 * 4_800
    const slowUntilMs = performance.now() + 1.5 * idleMs
    let bytes = 0
    for await (const chunk of socket) {
      bytes += chunk.length
      if (performance.now() < slowUntilMs) await sleep(30)
      else if (bytes > whole) break
    }
    expect(performance.now()).toBeGreaterThan(slowUntilMs)
    expect(bytes).toBeGreaterThan(whole)
    await patient.close()
  })

  it('may wait longer for its answer than others for their next byte', async () => {
    const response = await fetch(`http://127.0.0.1:${portOf(server)}/api/v1/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: { ...SLOW, filters: only('MID') } }),
    })
    expect([response.status, await response.json()]).toMatchObject([200, { data: [[1]] }])
  })
})

const toBatch = (query: object, index: number) => ({ id: `q${index}`, query })
