import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DashboardInput, Query } from '@datainsight/core'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import { DATA, MODEL } from './query-flights.ts'
import { type QueryServer, startQueryServer } from './query-server.ts'

/**
 * Two worlds: one with the flights of SEA and DEN, one in which DEN never existed. Whoever holds a token for SEA must not be
 * able to tell which one they are in, whatever they ask and whatever DEN asks at the same time.
 */
const DEPARTURES = JSON.parse(readFileSync(`${MODEL}../dashboards/departures.json`, 'utf8')) as DashboardInput

let folder: string
let both: QueryServer
let alone: QueryServer
const tokens = { both: '', alone: '', other: '' }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'datainsight-worlds-'))
  both = await startQueryServer(await world('both', ['SEA', 'DEN']))
  alone = await startQueryServer(await world('alone', ['SEA']))
  const grants = {
    resources: [{ type: 'dashboard' as const, id: 'departures' }],
    actions: ['view' as const, 'filter' as const, 'explore' as const],
  }
  for (const server of [both, alone]) await server.createDashboard(DEPARTURES)
  tokens.both = await both.token(grants)
  tokens.alone = await alone.token(grants)
  tokens.other = await both.token({ ...grants, attributes: { airport: ['DEN'] } })
})

afterAll(async () => {
  await Promise.all([both.close(), alone.close()])
  rmSync(folder, { recursive: true })
})

async function world(name: string, origins: readonly string[]): Promise<DataSourceOptions> {
  const file = join(folder, `${name}.parquet`)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const list = origins.map((origin) => `'${origin}'`).join(', ')
  await connection.run(
    `copy (select * from '${DATA}flights-3m.parquet' where origin in (${list}) order by date) to '${file}' (format parquet)`,
  )
  connection.closeSync()
  instance.closeSync()
  return { type: 'duckdb', name: 'default', tables: { flights: { file }, airports: { file: `${DATA}airports.csv` } } }
}

/** Everything a caller sees, but what belongs to one request and the time of day. */
function seen(response: LightMyRequestResponse) {
  const headers = Object.fromEntries(
    Object.entries(response.headers).filter(
      ([name]) => !['x-request-id', 'date', 'content-length'].includes(name) && !name.startsWith('x-ratelimit'),
    ),
  )
  const lines = response.body
    .split('\n')
    .map((line) => (line === '' ? '' : JSON.parse(line, (key, value) => (PER_REQUEST.has(key) ? 0 : value))))
  return {
    status: response.statusCode,
    headers,
    lines: lines.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  }
}
const PER_REQUEST = new Set(['requestId', 'durationMs', 'refreshedAt'])

/** Asks in both worlds, in the one with DEN after DEN has asked the same. */
async function expectSame(path: string, body: unknown): Promise<void> {
  await both.post(path, body, tokens.other)
  const [inBoth, inAlone] = await Promise.all([
    both.post(path, body, tokens.both),
    alone.post(path, body, tokens.alone),
  ])
  expect(seen(inBoth)).toEqual(seen(inAlone))
}

const DIMENSIONS = [
  'flights.origin',
  'flights.destination',
  'flights.weekday',
  'flights.hour',
  'origin_airport.name',
  'destination_airport.state',
  'airports.city',
  'flights.nope',
]
const MEASURES = [
  'flights.count',
  'flights.avg_delay',
  'flights.delayed_share',
  'flights.total_distance',
  'airports.count',
]
const condition = fc.oneof(
  fc.record({
    member: fc.constantFrom(
      'flights.origin',
      'flights.destination',
      'origin_airport.name',
      'destination_airport.state',
    ),
    operator: fc.constantFrom('equals', 'notEquals', 'contains', 'notContains', 'startsWith'),
    values: fc.array(fc.constantFrom('DEN', 'SEA', 'LAX', 'a', '%', "' or 1=1 --", 'CO'), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({
    member: fc.constantFrom('flights.origin', 'destination_airport.state'),
    operator: fc.constantFrom('set', 'notSet'),
  }),
  fc.record({
    member: fc.constantFrom('flights.count', 'flights.avg_delay', 'flights.delay'),
    operator: fc.constantFrom('gt', 'lte', 'equals'),
    values: fc.array(fc.integer({ min: -60, max: 2_000 }), { minLength: 1, maxLength: 1 }),
  }),
)
const filter = fc.oneof(
  condition,
  fc.record({ or: fc.array(condition, { minLength: 1, maxLength: 3 }) }),
  fc.record({ and: fc.array(condition, { minLength: 1, maxLength: 2 }) }),
)
const query = fc
  .record({
    measures: fc.uniqueArray(fc.constantFrom(...MEASURES), { minLength: 1, maxLength: 3 }),
    dimensions: fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 2 }),
    filters: fc.array(filter, { maxLength: 3 }),
    limit: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
    total: fc.boolean(),
    month: fc.boolean(),
  })
  .map(({ month, ...rest }): Query => {
    const { limit, ...asked } = rest
    return {
      ...asked,
      // Airports are the same for everybody, so an answer about them alone may be shared; flights are not.
      measures: [...new Set(['flights.count', ...asked.measures])],
      ...(limit === undefined ? {} : { limit }),
      ...(month ? { timeDimensions: [{ dimension: 'flights.date', granularity: 'month' }] } : {}),
      // A full order, so that a limit cuts the same rows off.
      order: [...(month ? ['flights.date'] : []), ...asked.dimensions].map((name): [string, 'asc'] => [name, 'asc']),
    } as Query
  })

it('cannot be told apart by free queries', async () => {
  await fc.assert(
    fc.asyncProperty(query, (asked) => expectSame('/query', { query: asked })),
    { numRuns: 150 },
  )
}, 120_000)

it('cannot be told apart by batches', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(query, { minLength: 1, maxLength: 4 }), (asked) =>
      expectSame('/query/batch', { queries: asked.map((one, index) => ({ id: `q${index}`, query: one })) }),
    ),
    { numRuns: 20 },
  )
}, 120_000)

it('cannot be told apart by dashboards, their filters and their options', async () => {
  await expectSame('/dashboards/departures/query', {})
  await expectSame('/dashboards/departures/query', {
    filters: [{ member: 'flights.destination', operator: 'equals', values: ['DEN', 'SEA'] }],
  })
  await expectSame('/dashboards/departures/query', { widgets: ['gone'] })
  await expectSame('/dashboards/gone/query', {})
  for (const search of ['', 'den', 'sea', 'a', '%', "'"]) {
    await expectSame('/dashboards/departures/filters/destination/options', { search, limit: 5 })
  }
})

it('would notice a difference', async () => {
  const [sea, den] = await Promise.all([
    both.post('/query', { query: { measures: ['flights.count'] } }, tokens.both),
    both.post('/query', { query: { measures: ['flights.count'] } }, tokens.other),
  ])
  expect(seen(sea)).not.toEqual(seen(den))
})
