import type { Frame, Suggestions } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import { copyFlights } from './query-flights.ts'
import { createDatabase, DUCKDB_FLIGHTS, type QueryServer, startQueryServer } from './query-server.ts'

let flights: Awaited<ReturnType<typeof createDatabase>>
const servers = new Map<string, QueryServer>()
const on = (name: string) => servers.get(name) as QueryServer

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

describe.each(['DuckDB', 'PostgreSQL'])('POST /query/suggest on %s', (name) => {
  const suggest = async (body: object, token?: string) => {
    const response = await on(name).post('/query/suggest', body, token ?? (await on(name).token()))
    expect(response.statusCode, response.body).toBe(200)
    return response.json<Suggestions>()
  }

  it('puts values that start with the search before those that contain it', async () => {
    const { values, truncated } = await suggest({ member: 'destination_airport.city', search: 'sa', limit: 1_000 })
    const cities = values.map(({ value }) => String(value).toLowerCase())
    const starting = cities.filter((city) => city.startsWith('sa'))
    expect(starting.length).toBeGreaterThan(2)
    expect(cities.length).toBeGreaterThan(starting.length)
    expect(cities).toEqual([...starting, ...cities.filter((city) => !city.startsWith('sa') && city.includes('sa'))])
    expect(new Set(cities).size).toBe(cities.length)
    expect(truncated).toBe(false)
  })

  it('says when there are more', async () => {
    expect(await suggest({ member: 'destination_airport.city', limit: 2 })).toMatchObject({
      values: [{ label: expect.any(String) }, {}],
      truncated: true,
    })
  })

  it('names what is wrong by the fields of the request', async () => {
    const refusal = async (body: object) => {
      const response = await on(name).post('/query/suggest', body, await on(name).token())
      const { code, errors } = response.json<{ code: string; errors: unknown[] }>()
      return { code, errors }
    }
    expect(await refusal({ member: 'flights.nope', search: 'x' })).toMatchObject({
      code: 'unknown_member',
      errors: [{ path: 'member', message: expect.stringContaining('flights.nope') }],
    })
    const filters = [{ member: 'flights.distance', operator: 'gt', values: ['far'] }]
    expect(await refusal({ member: 'flights.distance', search: '1', filters })).toEqual({
      code: 'invalid_filter',
      errors: [
        { path: 'filters[0].values[0]', message: '"far" is not a number' },
        { path: 'search', message: 'search finds texts, and flights.distance is none' },
      ],
    })
  })

  it('shows what the caller may see, within the filters and the span', async () => {
    const origins = await suggest({ member: 'flights.origin' })
    expect(origins).toEqual({ values: [{ value: 'SEA', label: 'SEA' }], truncated: false })
    const all = await suggest({ member: 'flights.destination', limit: 1_000 })
    const fewer = await suggest({
      member: 'flights.destination',
      limit: 1_000,
      filters: [{ member: 'flights.distance', operator: 'gt', values: [2_000] }],
      timeDimensions: [{ dimension: 'flights.date', dateRange: '2001-01-01' }],
    })
    expect(fewer.values.length).toBeGreaterThan(0)
    expect(fewer.values.length).toBeLessThan(all.values.length)
    const masked = await on(name).token({ members: { mask: ['flights.destination'] } })
    expect(await suggest({ member: 'flights.origin' }, masked)).toEqual(origins)
    const denied = await on(name).token({ members: { deny: ['flights.destination'] } })
    const refused = await on(name).post('/query/suggest', { member: 'flights.destination' }, denied)
    expect(refused.json()).toMatchObject({ code: 'unknown_member' })
  })

  it('takes the search literally, whatever a pattern would make of it', async () => {
    for (const search of ['%', '_', '\\', '100%']) {
      expect(await suggest({ member: 'destination_airport.city', search })).toEqual({ values: [], truncated: false })
    }
  })

  it('does not show hidden values through a search', async () => {
    const masked = await on(name).token({ members: { mask: ['flights.destination'] } })
    const response = await on(name).post('/query/suggest', { member: 'flights.destination', search: 'L' }, masked)
    expect(response.json()).toMatchObject({ code: 'forbidden' })
  })
})

describe.each(['DuckDB', 'PostgreSQL'])('POST /query/sql with explain on %s', (name) => {
  const query = {
    measures: ['flights.count'],
    filters: [{ member: 'flights.origin', operator: 'equals', values: ['SEA'] }],
  }

  it('shows the plan of the data source, and measured times when asked', async () => {
    const plain = await on(name).post('/query/sql', { query })
    expect(plain.json()).not.toHaveProperty('plan')
    const explained = await on(name).post('/query/sql', { query, explain: true })
    expect(explained.statusCode, explained.body).toBe(200)
    expect(explained.json().plan).toMatch(/aggregate/i)
    expect(explained.json().plan).not.toMatch(/actual time|Total Time/i)
    const analyzed = await on(name).post('/query/sql', { query, explain: true, analyze: true })
    expect(analyzed.json().plan).toMatch(/actual time|Total Time/i)
  })

  it('ISO-18: is not for embed tokens', async () => {
    const token = await on(name).token({ actions: ['explore', 'view', 'filter', 'drill'] })
    const response = await on(name).post('/query/sql', { query, explain: true }, token)
    expect(response.statusCode).toBe(401)
    expect(response.body).not.toMatch(/cost|rows=/)
  })
})

describe('the time of a query', () => {
  it('ISO-18: is told to people and keys by stage, not to embed tokens', async () => {
    const server = on('DuckDB')
    const query = { measures: ['flights.count'], limit: 12 }
    const key = await server.post('/query', { query })
    expect(key.headers['server-timing']).toMatch(
      /^cache;desc=miss, plan;dur=[\d.]+, .*db;dur=[\d.]+, convert;dur=[\d.]+, total;dur=/,
    )
    expect((await server.post('/query', { query })).headers['server-timing']).toMatch(/^cache;desc=hit, /)
    const token = await server.token()
    expect((await server.post('/query', { query }, token)).headers['server-timing']).toBeUndefined()
  })
})

describe('POST /query/batch with priorities', () => {
  it('starts what is visible first', async () => {
    const server = on('DuckDB')
    const queries = [0, 5, 0, 100, 5].map((priority, index) => ({
      id: `q${index}`,
      query: { measures: ['flights.count'], limit: 500 + index },
      priority,
    }))
    await server.frames('/query/batch', { queries })
    // Again: answers that memory has come in the order in which they are taken up.
    const frames: Frame[] = await server.frames('/query/batch', { queries })
    expect(frames.map(({ id }) => id)).toEqual(['q3', 'q1', 'q4', 'q0', 'q2'])
  })
})
