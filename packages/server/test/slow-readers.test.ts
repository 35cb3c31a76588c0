import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type QueryServer, startQueryServer } from './query-server.ts'

/** Real sockets. Flights of BIG have 20 MB of destinations, those of JFK take ten minutes, those of MID a second. */
const IDLE_MS = 400
const BIG = { dimensions: ['flights.destination'], limit: 5_000 }
const SLOW = { measures: ['flights.avg_delay'] }

let database: Awaited<ReturnType<typeof createDatabase>>
let admin: pg.Client
let server: QueryServer
let port: number
let token: string
let dashboardId: string

beforeAll(async () => {
  database = await createDatabase()
  admin = new pg.Client(database.url)
  await admin.connect()
  await admin.query(`
    create function slow_if(origin text) returns bigint language plpgsql volatile as
      'begin perform pg_sleep(case origin when ''JFK'' then 600 when ''MID'' then 1 else 0 end); return 1; end';
    create table departures ("date" timestamp, distance bigint, origin text, destination text);
    insert into departures select '2001-01-01', 100, 'BIG', repeat(md5(n::text), 150) from generate_series(1, 4200) n;
    insert into departures values ('2001-01-01', 100, 'JFK', 'LAX'), ('2001-01-01', 100, 'MID', 'LAX');
    create view flights as select "date", slow_if(origin) as delay, distance, origin, destination from departures;
    create table airports (iata text, name text, city text, state text, country text, latitude float8, longitude float8)`)
  server = await startQueryServer(
    { type: 'postgres', name: 'default', url: database.url, concurrency: 8 },
    { DATAINSIGHT_STREAM_IDLE_MS: String(IDLE_MS) },
  )
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  port = (server.app.server.address() as AddressInfo).port
  dashboardId = await server.createDashboard({
    slug: 'wide',
    title: 'Wide',
    widgets: [BIG, SLOW].map((query, index) => ({
      id: `w${index}`,
      title: 'Wide',
      layout: { x: 0, y: index, w: 3, h: 1 },
      query: { ...query, filters: [{ member: 'flights.origin', operator: 'equals', values: [index ? 'JFK' : 'BIG'] }] },
      visualization: { type: 'table' },
    })),
  })
  token = await server.token({
    resources: [{ type: 'dashboard', id: dashboardId }],
    attributes: { airport: ['BIG', 'JFK', 'MID'] },
    actions: ['view', 'filter', 'explore', 'export:csv'],
  })
})

afterAll(async () => {
  await server.close()
  await admin.end()
  await database.drop()
})

/** Sends a request and reads nothing. `ended` settles when the server gives the connection up. */
async function askUnread(
  path: string,
  body: unknown,
  accept = '*/*',
): Promise<{ socket: Socket; ended: Promise<void> }> {
  const text = JSON.stringify(body)
  const accepted = once(server.app.server, 'connection')
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  const [peer] = (await accepted) as [Socket]
  const ended = new Promise<void>((resolve) => peer.once('close', () => resolve()))
  socket.pause()
  socket.write(
    [
      `POST ${path} HTTP/1.1`,
      'host: x',
      `authorization: Bearer ${token}`,
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
    ['a batch', '/api/v1/query/batch', () => ({ queries: [big, { ...SLOW, filters: only('JFK') }].map(toBatch) })],
    ['a dashboard', () => `/api/v1/dashboards/${dashboardId}/query`, () => ({})],
  ])('is cut off from %s, and its statements are stopped', async (_, path, body) => {
    const { socket, ended } = await askUnread(typeof path === 'string' ? path : path(), body())
    await expect.poll(running, { timeout: 10_000 }).toBeGreaterThan(0)
    await ended
    await expect.poll(running, { timeout: 10_000 }).toBe(0)
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
    const { socket } = await askUnread('/api/v1/query', { query: big }, 'text/csv')
    let bytes = 0
    socket.on('data', (chunk) => {
      bytes += chunk.length
    })
    const whole = 4_200 * 4_800
    while (bytes < whole) {
      socket.resume()
      await sleep(20)
      socket.pause()
      await sleep(IDLE_MS / 4)
    }
    expect(bytes).toBeGreaterThan(whole)
    socket.destroy()
  })

  it('may wait longer for its answer than others for their next byte', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: { ...SLOW, filters: only('MID') } }),
    })
    expect([response.status, await response.json()]).toMatchObject([200, { data: [[1]] }])
  })
})

const toBatch = (query: object, index: number) => ({ id: `q${index}`, query })
