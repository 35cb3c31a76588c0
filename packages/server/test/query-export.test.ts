import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Query, ResultLine, ResultSet } from '@datainsight/core'
import { parseModel } from '@datainsight/core/model'
import { tableFromIPC } from '@uwdata/flechette'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type DataSource, type RawColumns, type StreamLimits, shareSources } from '../src/data-sources/data-source.ts'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import { errorHandler } from '../src/plugins/error-handler.ts'
import type { Principal } from '../src/principal.ts'
import { createQueryEngine } from '../src/query/create-query-engine.ts'
import { type ExportLimits, exportRoute } from '../src/query/export-route.ts'
import { copyFlights } from './query-flights.ts'
import { createDatabase, DUCKDB_FLIGHTS, type QueryServer, startQueryServer } from './query-server.ts'

const DAYS: Query = {
  measures: ['flights.count', 'flights.avg_delay'],
  timeDimensions: [{ dimension: 'flights.date', granularity: 'day' }],
  dimensions: ['destination_airport.name'],
  limit: 900,
}
const ROWS: Query = {
  dimensions: ['flights.date', 'flights.destination', 'flights.delay'],
  ungrouped: true,
  order: [['flights.date', 'asc']],
}
const SEA_FLIGHTS = 50_231

let flights: Awaited<ReturnType<typeof createDatabase>>
const servers = new Map<string, QueryServer>()
const on = (name: string) => servers.get(name) as QueryServer

beforeAll(async () => {
  flights = await createDatabase()
  await copyFlights(flights.url)
  const postgres: DataSourceOptions = { type: 'postgres', name: 'default', url: flights.url }
  servers.set('DuckDB', await startQueryServer(DUCKDB_FLIGHTS, { DATAINSIGHT_EXPORT_MAX_ROWS: '60000' }))
  servers.set('PostgreSQL', await startQueryServer(postgres, { DATAINSIGHT_EXPORT_MAX_ROWS: '60000' }))
})

afterAll(async () => {
  for (const server of servers.values()) await server.close()
  await flights.drop()
})

const ALL_EXPORTS = ['explore', 'export:csv', 'export:arrow', 'export:ndjson'] as const

describe.each(['DuckDB', 'PostgreSQL'])('POST /query/export on %s', (name) => {
  it('FIL-09: holds what the screen shows, in each form', async () => {
    const server = on(name)
    const token = await server.token({ actions: [...ALL_EXPORTS] })
    const shown = (await server.query(DAYS, token)).json<ResultSet>()
    const ask = (format: string) => server.post('/query/export', { query: DAYS, format }, token)

    const csv = await ask('csv')
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="export.csv"',
    })
    const onScreen = await server.post('/query', { query: DAYS }, token, { accept: 'text/csv' })
    expect(csv.body).toBe(onScreen.body)
    expect(csv.body.split('\r\n')).toHaveLength(shown.meta.rowCount + 2)

    const lines = readLines((await ask('ndjson')).body)
    expect(lines[0]).toEqual({ columns: shown.columns })
    expect(joined(lines)).toEqual(shown.data)
    expect(lines.at(-1)).toMatchObject({ meta: { rowCount: 900, truncated: true, timezone: 'UTC' } })

    const arrow = await ask('arrow')
    const stored = await server.post('/query', { query: DAYS }, token, {
      accept: 'application/vnd.apache.arrow.stream',
    })
    const columns = (body: Buffer) => {
      const table = tableFromIPC(body)
      return table.names.map((_, index) => [...(table.getChildAt(index)?.toArray() ?? [])])
    }
    expect(columns(arrow.rawPayload)).toEqual(columns(stored.rawPayload))
    const times = shown.data[0]?.map((cell) => Date.parse(`${cell}Z`))
    expect(columns(arrow.rawPayload)).toEqual([times, ...shown.data.slice(1)])
  })

  it('goes past the limit of answers, and only for who may', async () => {
    const server = on(name)
    const token = await server.token({ actions: ['explore', 'export:csv'] })
    const file = await server.post('/query/export', { query: ROWS, format: 'csv' }, token)
    expect(file.statusCode).toBe(200)
    expect(file.body.split('\r\n')).toHaveLength(SEA_FLIGHTS + 2)
    const refused = await server.post('/query/export', { query: ROWS, format: 'arrow' }, token)
    expect(refused.json()).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('export:arrow') })
    const noExplore = await server.token({ actions: ['view', 'export:csv'] })
    expect((await server.post('/query/export', { query: ROWS, format: 'csv' }, noExplore)).statusCode).toBe(403)
  })

  it('FIL-09: gives no more rows than the token allows, nor part of them as a whole', async () => {
    const server = on(name)
    const token = await server.token({ actions: [...ALL_EXPORTS], limits: { rows: 5 } })
    const tooMany = await server.post('/query/export', { query: ROWS, format: 'csv' }, token)
    expect(tooMany.statusCode).toBe(413)
    expect(tooMany.json()).toMatchObject({ code: 'payload_too_large', detail: expect.stringContaining('5') })
    const five = await server.post('/query/export', { query: { ...ROWS, limit: 5 }, format: 'csv' }, token)
    expect(five.body.split('\r\n')).toHaveLength(7)
  })

  it('says what is wrong with the question before anything is sent', async () => {
    const server = on(name)
    const response = await server.post('/query/export', { query: { measures: ['flights.nope'] }, format: 'csv' })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ code: 'unknown_member' })
  })

  it('FIL-08: names the file safely', async () => {
    const fileName = 'Vols "été"\r\nX-Evil: 1'
    const response = await on(name).post('/query/export', { query: { ...DAYS, limit: 1 }, format: 'csv', fileName })
    expect(response.headers['content-disposition']).toBe(
      `attachment; filename="Vols __t__X-Evil_ 1.csv"; filename*=UTF-8''Vols%20_%C3%A9t%C3%A9_X-Evil_%201.csv`,
    )
    expect(response.headers['x-evil']).toBeUndefined()
  })
})

describe('a stream of rows', () => {
  const apps: FastifyInstance[] = []
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close()
  })

  /** A server over a source that hands out `chunks`, and what became of it. */
  async function serve(
    chunks: (limits: StreamLimits) => AsyncGenerator<RawColumns>,
    limits: Partial<ExportLimits> = {},
  ): Promise<{ address: string; port: number; seen: { chunks: number; ended: boolean } }> {
    const seen = { chunks: 0, ended: false }
    const source: DataSource = {
      name: 'default',
      dialect: 'duckdb',
      concurrency: 4,
      cacheTtlMs: 0,
      query: () => Promise.reject(new Error('a stream is asked for')),
      async *stream(_, streamLimits) {
        try {
          for await (const chunk of chunks(streamLimits)) {
            seen.chunks++
            yield chunk
          }
        } finally {
          seen.ended = true
        }
      },
      dataVersion: () => '',
      close: () => Promise.resolve(),
    }
    const engine = createQueryEngine({ model: () => WIDE, dataSources: shareSources(new Map([['default', source]])) })
    const app = Fastify()
    apps.push(app)
    app.decorateRequest('principal', null as unknown as Principal)
    app.addHook('onRequest', async (request) => {
      request.principal = KEY
    })
    await app.register(errorHandler, { routes: [] })
    await app.register(exportRoute, {
      engine,
      limits: { maxRows: 1e9, maxBytes: 1e12, timeoutMs: 60_000, idleMs: 60_000, ...limits },
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    return { address: `http://127.0.0.1:${port}/query/export`, port, seen }
  }

  const ask = (address: string, format: string, signal?: AbortSignal) =>
    fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: { dimensions: ['wide.text'] }, format }),
      ...(signal && { signal }),
    })

  /** The answer, and its bytes as they come: `fetch` would decompress them. */
  const download = async (port: number, coding: string): Promise<[IncomingMessage, Buffer[]]> => {
    const headers = { 'content-type': 'application/json', 'accept-encoding': coding }
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path: '/query/export', headers })
    sent.on('error', () => undefined)
    sent.end(JSON.stringify({ query: { dimensions: ['wide.text'] }, format: 'csv' }))
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    const pieces: Buffer[] = []
    response.on('data', (piece: Buffer) => pieces.push(piece))
    response.on('error', () => undefined)
    await once(response, 'data')
    return [response, pieces]
  }

  const chunkOf = (rowCount: number): RawColumns => ({ columns: [Array(rowCount).fill('x'.repeat(100))], rowCount })

  it('brings the first byte before the last row is read', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const { address, seen } = await serve(async function* () {
      yield chunkOf(10)
      await gate
      yield chunkOf(10)
    })
    const response = await ask(address, 'csv')
    const reader = response.body?.getReader()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toMatch(/^Text\r\nx{100}\r\n/)
    expect(seen).toEqual({ chunks: 1, ended: false })
    release()
    let text = ''
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) text += read.value.length
    expect(text).not.toBe('')
    expect(seen).toEqual({ chunks: 2, ended: true })
  })

  it.each(['csv', 'arrow'])('breaks off when a fault comes after the first rows (%s)', async (format) => {
    const { address } = await serve(async function* () {
      yield chunkOf(10)
      yield chunkOf(10)
      throw new Error('the disk is on fire')
    })
    const response = await ask(address, format)
    expect(response.status).toBe(200)
    await expect(response.arrayBuffer()).rejects.toThrow()
  })

  it('says in NDJSON what went wrong, in place of the last line', async () => {
    const { address } = await serve(async function* () {
      yield chunkOf(10)
      throw new Error('the disk is on fire')
    })
    const text = await (await ask(address, 'ndjson')).text()
    const last = readLines(text).at(-1)
    expect(last).toMatchObject({ error: { code: 'internal_error', status: 500 } })
    expect(text).not.toContain('fire')
  })

  it('answers a fault before the first row by its status', async () => {
    // biome-ignore lint/correctness/useYield: a statement may fail before its first row.
    const { address, seen } = await serve(async function* () {
      throw new Error('no')
    })
    const response = await ask(address, 'csv')
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({ code: 'internal_error' })
    expect(seen.ended).toBe(true)
  })

  it('breaks off beyond the most bytes', async () => {
    const { address, seen } = await serve(
      async function* () {
        for (;;) yield chunkOf(100)
      },
      { maxBytes: 50_000 },
    )
    const response = await ask(address, 'csv')
    await expect(response.text()).rejects.toThrow()
    await expect.poll(() => seen.ended).toBe(true)
    // Four pieces fit; the fifth is too much, and the sixth was asked for meanwhile.
    expect(seen.chunks).toBe(6)
  })

  it('stops the statement when the client goes away', async () => {
    const { address, seen } = await serve(async function* ({ signal }) {
      while (!signal.aborted) yield chunkOf(1_000)
    })
    const controller = new AbortController()
    const response = await ask(address, 'csv', controller.signal)
    await response.body?.getReader().read()
    controller.abort()
    await expect.poll(() => seen.ended).toBe(true)
  })

  it('DOS-07: reads no further than a reader that does not read, and lets it go', async () => {
    const { port, seen } = await serve(
      async function* () {
        for (;;) yield chunkOf(1_000)
      },
      { idleMs: 500 },
    )
    const body = JSON.stringify({ query: { dimensions: ['wide.text'] }, format: 'csv' })
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.pause()
    socket.write(
      `POST /query/export HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    await expect.poll(() => seen.ended).toBe(true)
    // Each chunk is 100 KB; what was read is what the buffers of both ends hold.
    expect(seen.chunks).toBeGreaterThan(0)
    expect(seen.chunks).toBeLessThan(200)
    const closed = once(socket, 'close')
    socket.on('error', () => undefined)
    socket.resume()
    await closed
  })

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('is compressed as %s for who accepts it, piece by piece', async (coding, decompress) => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const { port, seen } = await serve(async function* () {
      yield chunkOf(1_000)
      await gate
      yield chunkOf(1_000)
    })
    const [response, pieces] = await download(port, `${coding}, identity;q=0.5`)
    expect(response.headers).toMatchObject({ 'content-encoding': coding, vary: 'Accept-Encoding' })
    expect(pieces.length).toBe(1)
    expect(seen.ended).toBe(false)
    release()
    await once(response, 'end')
    const bytes = Buffer.concat(pieces)
    expect(decompress(bytes).toString()).toBe(`Text\r\n${`${'x'.repeat(100)}\r\n`.repeat(2_000)}`)
    expect(bytes.length).toBeLessThan(2_000)
  })

  it('DOS-07: is read no further than a reader of the compressed bytes reads', async () => {
    const { port, seen } = await serve(
      async function* () {
        // What does not get smaller.
        for (;;)
          yield { columns: [Array.from({ length: 500 }, () => randomBytes(200).toString('latin1'))], rowCount: 500 }
      },
      { idleMs: 500 },
    )
    const [response] = await download(port, 'gzip')
    response.pause()
    await expect.poll(() => seen.ended).toBe(true)
    expect(seen.chunks).toBeLessThan(300)
    response.destroy()
  })

  it('leaves most places of a source to dashboards', async () => {
    let started = 0
    const hold = new AbortController()
    const { address, seen } = await serve(async function* () {
      started++
      yield chunkOf(1)
      if (!hold.signal.aborted) await once(hold.signal, 'abort')
      yield chunkOf(1)
    })
    const first = await ask(address, 'csv')
    // One streams, two wait, the last is told to come again.
    const others = [ask(address, 'csv'), ask(address, 'csv'), ask(address, 'csv')]
    const refused = await Promise.race(others)
    expect([started, refused.status]).toEqual([1, 429])
    expect(refused.headers.get('retry-after')).not.toBeNull()
    hold.abort()
    await first.text()
    const statuses = await Promise.all(
      others.map((other) => other.then(async (response) => [response.status, await response.text()])),
    )
    expect(statuses.map(([status]) => status).sort()).toEqual([200, 200, 429])
    expect([started, seen.ended]).toEqual([3, true])
  })
})

const WIDE = parseModel([
  {
    path: 'wide.yml',
    text: `
cubes:
  - name: wide
    sql_table: wide
    dimensions: [{ name: text, sql: "{CUBE}.text", type: string, title: Text }]
    access_policy: [{ role: "*", row_level: { allow_all: true } }]
`,
  },
])

const KEY: Principal = {
  kind: 'api-key',
  organizationId: 'o',
  subject: 'key',
  permissions: new Set(['query:export']),
  actions: new Set(),
  resources: [],
  security: {
    organizationId: 'o',
    kind: 'api-key',
    roles: ['api-key'],
    attributes: {},
    filters: [],
    deniedMembers: [],
    maskedMembers: [],
    maxRows: 50_000,
  },
  securityKey: 'o',
  timezone: undefined,
  locale: undefined,
  credentialId: 'key',
  requestsPerMinute: undefined,
  ownRowLimit: undefined,
}

function readLines(text: string): ResultLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ResultLine)
}

/** The pieces of rows as one answer. */
function joined(lines: readonly ResultLine[]) {
  const pieces = lines.flatMap((line) => ('data' in line ? [line.data] : []))
  return pieces[0]?.map((_, column) => pieces.flatMap((piece) => piece[column] ?? []))
}
