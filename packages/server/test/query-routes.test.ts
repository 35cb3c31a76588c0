import { gunzipSync } from 'node:zlib'
import type { EmbedTokenRequest, Query, ResultSet } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import { copyFlights } from './query-flights.ts'
import { createDatabase, DUCKDB_FLIGHTS, type QueryServer, startQueryServer } from './query-server.ts'

const KPIS: Query = { measures: ['flights.count', 'flights.avg_delay'] }
const JANUARY: [string, string] = ['2001-01-01', '2001-01-31']

let flights: Awaited<ReturnType<typeof createDatabase>>
const servers = new Map<string, QueryServer>()

beforeAll(async () => {
  flights = await createDatabase()
  await copyFlights(flights.url)
  const postgres: DataSourceOptions = { type: 'postgres', name: 'default', url: flights.url }
  servers.set('DuckDB', await startQueryServer(DUCKDB_FLIGHTS))
  servers.set('PostgreSQL', await startQueryServer(postgres))
})

afterAll(async () => {
  for (const server of servers.values()) await server.close()
  await flights.drop()
})

const on = (name: string) => servers.get(name) as QueryServer

describe.each(['DuckDB', 'PostgreSQL'])('POST /query on %s', (name) => {
  it.each([
    ['SEA', 50_231, 9.6595],
    ['DEN', 66_923, 11.0717],
  ])('answers for %s only', async (airport, count, delay) => {
    const server = on(name)
    const response = await server.query(KPIS, await server.token({ attributes: { airport: [airport] } }))
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
    const { columns, data, meta } = response.json<ResultSet>()
    expect(columns.map((column) => column.name)).toEqual(KPIS.measures)
    expect(data[0]).toEqual([count])
    expect(data[1]?.[0]).toBeCloseTo(delay, 4)
    expect(meta).toMatchObject({
      rowCount: 1,
      truncated: false,
      timezone: 'UTC',
      requestId: response.headers['x-request-id'],
    })
  })

  it('sends stored bytes the second time', async () => {
    const server = on(name)
    const token = await server.token({ attributes: { airport: ['SEA'] } })
    const query: Query = {
      ...KPIS,
      dimensions: ['flights.destination'],
      order: [['flights.destination', 'asc']],
      limit: 7,
    }
    const [first, second] = [await server.query(query, token), await server.query(query, token)]
    const [before, after] = [first.json<ResultSet>(), second.json<ResultSet>()]
    expect([before.meta.cache, after.meta.cache]).toEqual(['miss', 'hit'])
    expect(before.meta.truncated).toBe(true)
    expect(before.data.map((column) => column.length)).toEqual([7, 7, 7])
    const headOf = (body: string) => body.slice(0, body.indexOf(',"cache":'))
    expect(headOf(second.body)).toBe(headOf(first.body))
    expect(after.meta.requestId).not.toBe(before.meta.requestId)
    // Another token of the same tenant shares the answer.
    const other = await server.query(
      query,
      await server.token({ attributes: { airport: ['SEA'] }, subject: 'another' }),
    )
    expect(other.json<ResultSet>().meta.cache).toBe('hit')
    // Another tenant does not.
    const foreign = await server.query(query, await server.token({ attributes: { airport: ['DEN'] } }))
    expect(foreign.json<ResultSet>().meta.cache).toBe('miss')
    expect(foreign.json<ResultSet>().data).not.toEqual(before.data)
  })

  it('compresses what is worth it, the same bytes inside', async () => {
    const server = on(name)
    const token = await server.token()
    const query: Query = {
      ...KPIS,
      timeDimensions: [{ dimension: 'flights.date', granularity: 'day', dateRange: JANUARY }],
    }
    const plain = await server.query(query, token)
    for (const cache of ['hit', 'hit']) {
      const zipped = await server.post('/query', { query }, token, { 'accept-encoding': 'gzip, deflate, br' })
      expect(zipped.headers).toMatchObject({
        'content-encoding': 'gzip',
        vary: 'Accept, Accept-Encoding, Origin',
      })
      expect(zipped.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
      const { columns, data, meta } = JSON.parse(gunzipSync(zipped.rawPayload).toString()) as ResultSet
      expect({ columns, data, cache: meta.cache }).toEqual({ ...pick(plain.json<ResultSet>()), cache })
    }
    const small = await server.post('/query', { query: KPIS }, token, { 'accept-encoding': 'gzip' })
    expect(small.headers['content-encoding']).toBeUndefined()
  })

  it('asks again when told to', async () => {
    const server = on(name)
    const token = await server.token()
    await server.query(KPIS, token)
    expect((await server.query({ ...KPIS, renewQuery: true }, token)).json<ResultSet>().meta.cache).toBe('miss')
    expect((await server.query(KPIS, token)).json<ResultSet>().meta.cache).toBe('hit')
  })

  it('counts all rows when asked', async () => {
    const server = on(name)
    const query: Query = { dimensions: ['flights.destination'], limit: 3, total: true }
    const { meta } = (await server.query(query, await server.token())).json<ResultSet>()
    expect(meta).toMatchObject({ rowCount: 3, truncated: true })
    const all = (await server.query({ dimensions: ['flights.destination'] }, await server.token())).json<ResultSet>()
    expect(meta.total).toBe(all.meta.rowCount)
  })

  it('writes bucketed times locally and raw times in UTC', async () => {
    const server = on(name)
    const token = await server.token()
    const bucketed = await server.query(
      {
        measures: ['flights.count'],
        timeDimensions: [{ dimension: 'flights.date', granularity: 'month' }],
        timezone: 'America/Los_Angeles',
      },
      token,
    )
    expect(bucketed.json<ResultSet>().data[0]?.[0]).toBe('2000-12-01T00:00:00.000')
    const raw = await server.query(
      { dimensions: ['flights.date'], order: [['flights.date', 'asc']], limit: 1, timezone: 'America/Los_Angeles' },
      token,
    )
    expect(raw.json<ResultSet>().data[0]?.[0]).toMatch(/^2001-01-01T\d\d:\d\d:00\.000Z$/)
  })

  it('answers nothing to a token without the attribute', async () => {
    const server = on(name)
    const without: EmbedTokenRequest['attributes'][] = [{}, { airport: [] }, { airport: '' }]
    for (const attributes of without) {
      const response = await server.query(KPIS, await server.token({ attributes }))
      expect(response.statusCode).toBe(403)
      expect(response.json()).toMatchObject({ code: 'missing_attribute', detail: expect.stringContaining('airport') })
    }
  })

  it.each([
    [{ measures: ['flights.cuont'] }, 'unknown_member'],
    [{ measures: ['flights.count'], limit: 1_000_000 }, 'invalid_request'],
    [{ measures: ['flights.count'], colour: 'red' }, 'invalid_request'],
    [{ measures: 'flights.count' }, 'invalid_request'],
    [{ measures: ['flights.count'], timezone: "UTC'; --" }, 'invalid_time_zone'],
    [
      { measures: ['flights.count'], timeDimensions: [{ dimension: 'flights.date', dateRange: 'the other day' }] },
      'invalid_date_range',
    ],
  ])('refuses %j', async (query, code) => {
    const server = on(name)
    const response = await server.post('/query', { query }, await server.token())
    expect(response.statusCode).toBeGreaterThanOrEqual(400)
    expect(response.statusCode).toBeLessThan(500)
    expect(response.json()).toMatchObject({ code, requestId: response.headers['x-request-id'] })
  })

  it('needs explore of a token and gives CSV only with export:csv', async () => {
    const server = on(name)
    expect((await server.query(KPIS, await server.token({ actions: ['view'] }))).json()).toMatchObject({
      code: 'forbidden',
    })
    const csv = { accept: 'text/csv' }
    const denied = await server.post('/query', { query: KPIS }, await server.token(), csv)
    expect(denied.json()).toMatchObject({ code: 'forbidden' })
    const allowed = await server.post(
      '/query',
      { query: KPIS },
      await server.token({ actions: ['explore', 'export:csv'] }),
      csv,
    )
    expect(allowed.headers['content-type']).toContain('text/csv')
    expect(allowed.body).toMatch(/^.+,.+\r\n50231,9\.6595\d*\r\n$/)
  })

  it('shows the statement to those who may see it', async () => {
    const server = on(name)
    expect((await server.post('/query/sql', { query: KPIS }, await server.token())).statusCode).toBe(401)
    const response = await server.post('/query/sql', { query: KPIS })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toEqual({
      sql: expect.stringContaining('flights'),
      parameters: expect.any(Array),
      dialect: name === 'DuckDB' ? 'duckdb' : 'postgres',
      explain: { rollup: null, rollupReasons: [], policies: expect.any(Array), cache: 'miss' },
    })
  })
})

describe('the same question on both sources', () => {
  const day = { dimension: 'flights.date', granularity: 'day' as const, dateRange: JANUARY }
  const queries: Record<string, Query> = {
    'every measure': {
      measures: ['flights.count', 'flights.avg_delay', 'flights.delayed_share', 'flights.total_distance'],
    },
    'by day in a zone with summer time': {
      measures: ['flights.count'],
      timeDimensions: [{ ...day, dateRange: ['2001-03-25', '2001-04-10'] }],
      timezone: 'Europe/Brussels',
    },
    'by destination name': {
      measures: ['flights.count'],
      dimensions: ['destination_airport.name'],
      order: [
        ['flights.count', 'desc'],
        ['destination_airport.name', 'asc'],
      ],
      limit: 20,
    },
    'by weekday and hour': {
      measures: ['flights.count'],
      dimensions: ['flights.weekday', 'flights.hour'],
      order: [
        ['flights.weekday', 'asc'],
        ['flights.hour', 'asc'],
      ],
    },
    'in bins': {
      measures: ['flights.count'],
      bins: [{ dimension: 'flights.delay', width: 15, min: -60, max: 180 }],
      order: [['flights.delay', 'asc']],
    },
    'with text filters': {
      measures: ['flights.count'],
      dimensions: ['destination_airport.city'],
      filters: [{ member: 'destination_airport.city', operator: 'contains', values: ['san', '%'] }],
      order: [['destination_airport.city', 'asc']],
    },
    'filtered by a measure': {
      measures: ['flights.count'],
      dimensions: ['flights.destination'],
      filters: [{ member: 'flights.count', operator: 'gt', values: [1_000] }],
      order: [['flights.destination', 'asc']],
    },
    'with geography': {
      dimensions: ['destination_airport.location'],
      order: [['destination_airport.location', 'asc']],
      limit: 5,
    },
    'without any row': {
      measures: ['flights.count', 'flights.avg_delay'],
      filters: [{ member: 'flights.delay', operator: 'gt', values: [100_000] }],
    },
  }

  it.each(Object.entries(queries))('%s', async (_, query) => {
    const answers: Pick<ResultSet, 'columns' | 'data'>[] = []
    for (const name of ['DuckDB', 'PostgreSQL']) {
      const response = await on(name).query(query, await on(name).token())
      expect(response.statusCode, response.body).toBe(200)
      answers.push(pick(response.json<ResultSet>()))
    }
    const [duckdb, postgres] = answers
    expect(postgres?.columns).toEqual(duckdb?.columns)
    expect(rounded(postgres?.data)).toEqual(rounded(duckdb?.data))
    expect(duckdb?.data[0]?.length).toBeGreaterThan(0)
  })
})

describe('POST /query/batch', () => {
  it('answers each query by its id, faults too', async () => {
    const server = on('DuckDB')
    const frames = await server.frames(
      '/query/batch',
      {
        queries: [
          { id: 'a', query: KPIS },
          { id: 'b', query: { measures: ['flights.nothing'] } },
          { id: 'c', query: { measures: ['flights.total_distance'] } },
        ],
      },
      await server.token(),
    )
    const byId = new Map(frames.map((frame) => [frame.id, frame]))
    expect([...byId.keys()].sort()).toEqual(['a', 'b', 'c'])
    expect(byId.get('a')).toMatchObject({ result: { data: [[50_231], [expect.any(Number)]], meta: { rowCount: 1 } } })
    expect(byId.get('b')).toMatchObject({ error: { code: 'unknown_member', status: 400 } })
    expect(byId.get('c')).toMatchObject({ result: { meta: { rowCount: 1 } } })
  })

  it('is one gzip stream when the client takes it', async () => {
    const server = on('DuckDB')
    const token = await server.token()
    const day = { dimension: 'flights.date', granularity: 'day' as const }
    const queries = [
      { id: 'days', query: { measures: ['flights.count'], timeDimensions: [day] } },
      { id: 'kpi', query: KPIS },
      { id: 'bad', query: { measures: ['x.y'] } },
    ]
    const plain = await server.frames('/query/batch', { queries }, token)
    const zipped = await server.post('/query/batch', { queries }, token, { 'accept-encoding': 'gzip' })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    const { readFrames } = await import('./query-server.ts')
    const frames = readFrames(gunzipSync(zipped.rawPayload).toString())
    expect(frames.map(withoutRequest).sort(byId)).toEqual(plain.map(withoutRequest).sort(byId))
  })

  it('refuses ids used twice', async () => {
    const response = await on('DuckDB').post('/query/batch', {
      queries: [
        { id: 'a', query: KPIS },
        { id: 'a', query: KPIS },
      ],
    })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ errors: [{ path: 'queries[1].id' }] })
  })
})

describe('GET /meta', () => {
  it('shows the members the caller may name', async () => {
    const server = on('DuckDB')
    const token = await server.token({ members: { deny: ['flights.total_distance'] } })
    const response = await server.app.inject({ url: '/api/v1/meta', headers: { authorization: `Bearer ${token}` } })
    expect(response.statusCode).toBe(200)
    expect(response.body).toContain('flights.avg_delay')
    expect(response.body).not.toContain('flights.total_distance')
    expect(response.body).not.toContain('sql')
  })
})

function pick({ columns, data }: ResultSet) {
  return { columns, data }
}

/** Averages of PostgreSQL are exact decimals, those of DuckDB sums of doubles: equal to ten digits. */
function rounded(data: ResultSet['data'] | undefined) {
  return data?.map((column) => column.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(10)) : cell)))
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1
}

function withoutRequest(frame: { id: string } & object) {
  return JSON.parse(
    JSON.stringify(frame, (key, value) => (['requestId', 'durationMs', 'cache'].includes(key) ? undefined : value)),
  )
}
