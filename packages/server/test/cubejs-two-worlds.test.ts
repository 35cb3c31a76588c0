import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import { DATA } from './query-flights.ts'
import { type QueryServer, startQueryServer } from './query-server.ts'

/**
 * The two worlds of query-two-worlds.test.ts, asked in Cube's forms: whoever holds a token for SEA must not be able to tell
 * whether the flights of DEN exist.
 */
let folder: string
let both: QueryServer
let alone: QueryServer
const tokens = { both: '', alone: '', other: '' }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'datainsight-cube-worlds-'))
  both = await startQueryServer(await world('both', ['SEA', 'DEN']))
  alone = await startQueryServer(await world('alone', ['SEA']))
  tokens.both = await both.token()
  tokens.alone = await alone.token()
  tokens.other = await both.token({ attributes: { airport: ['DEN'] } })
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

const PER_REQUEST = new Set(['requestId', 'lastRefreshTime'])

async function ask(server: QueryServer, path: string, payload: object | undefined, token: string) {
  const { statusCode, headers, body } = await server.app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url: `/cubejs-api/v1${path}`,
    headers: { authorization: token, 'x-request-id': 'the-same-span-1' },
    ...(payload !== undefined && { payload }),
  })
  const { 'x-request-id': _, date: __, ...rest } = headers
  return {
    status: statusCode,
    headers: Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('x-ratelimit'))),
    body: JSON.parse(body, (key, value) => (PER_REQUEST.has(key) ? 0 : value)),
  }
}

async function expectSame(path: string, payload?: object): Promise<void> {
  await ask(both, path, payload, tokens.other)
  const [inBoth, inAlone] = await Promise.all([
    ask(both, path, payload, tokens.both),
    ask(alone, path, payload, tokens.alone),
  ])
  expect(inBoth).toEqual(inAlone)
}

const text = fc.constantFrom('DEN', 'SEA', 'LAX', 'a', '%', "' or 1=1 --", 'CO', null)
const name = fc.constantFrom('flights.origin', 'flights.destination', 'destination_airport.state')
const condition = fc.oneof(
  fc.record({
    member: name,
    operator: fc.constantFrom('equals', 'notEquals', 'contains', 'set', 'notSet'),
    values: fc.array(text, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    dimension: name,
    operator: fc.constantFrom('equals', 'notStartsWith'),
    values: fc.array(text, { maxLength: 2 }),
  }),
  fc.record({
    member: fc.constantFrom('flights.count', 'flights.avg_delay', 'flights.delay'),
    operator: fc.constantFrom('gt', 'lte', 'measureFilter'),
    values: fc.array(fc.constantFrom('0', '10', '-3.5', 'x'), { minLength: 1, maxLength: 1 }),
  }),
)
const filter = fc.oneof(
  condition,
  fc.record({ or: fc.array(condition, { minLength: 1, maxLength: 2 }) }),
  fc.record({ and: fc.array(condition, { minLength: 1, maxLength: 2 }) }),
)
const range = fc.constantFrom(
  ['2001-01-01', '2001-01-31'],
  '2001-02-03',
  ['2001-03-01', '2001-04-15'],
  'last week',
  'x',
)
const single = fc
  .record(
    {
      dimensions: fc.uniqueArray(
        fc.constantFrom('flights.destination', 'flights.weekday', 'destination_airport.state'),
        {
          maxLength: 2,
        },
      ),
      measures: fc.uniqueArray(fc.constantFrom('flights.avg_delay', 'flights.delayed_share', 'airports.count'), {
        maxLength: 2,
      }),
      filters: fc.array(filter, { maxLength: 2 }),
      granularity: fc.constantFrom('month', 'week', null),
      dateRange: range,
      compareDateRange: fc.array(range, { minLength: 1, maxLength: 3 }),
      limit: fc.integer({ min: 1, max: 50 }),
      total: fc.boolean(),
      responseFormat: fc.constantFrom('default', 'compact', 'columnar'),
      ungrouped: fc.constant(true),
    },
    { requiredKeys: ['dimensions', 'measures', 'filters', 'granularity'] },
  )
  .map(({ granularity, dateRange, compareDateRange, measures, ...rest }) => ({
    ...rest,
    // Airports are the same for everybody, so an answer about them alone may be shared; flights are not.
    measures: ['flights.count', ...measures],
    timeDimensions: [
      {
        dimension: 'flights.date',
        granularity,
        ...(compareDateRange !== undefined ? { compareDateRange } : dateRange !== undefined ? { dateRange } : {}),
      },
    ],
    // A full order, so that a limit cuts the same rows off.
    order: Object.fromEntries(
      [...(granularity === null ? [] : ['flights.date']), ...rest.dimensions].map((member) => [member, 'asc']),
    ),
  }))
const asked = fc.oneof({ arbitrary: single, weight: 3 }, fc.array(single, { minLength: 1, maxLength: 3 }))

it('cannot be told apart by load', async () => {
  await fc.assert(
    fc.asyncProperty(asked, fc.constantFrom(undefined, 'no-cache', 'stale-while-revalidate'), (query, cache) =>
      expectSame('/load', { query, queryType: 'multi', ...(cache !== undefined && { cache }) }),
    ),
    { numRuns: 150 },
  )
}, 120_000)

it('cannot be told apart by dry runs, metadata and refusals', async () => {
  await fc.assert(
    fc.asyncProperty(asked, (query) => expectSame('/dry-run', { query })),
    { numRuns: 50 },
  )
  for (const path of ['/meta', '/meta?onlyViews=true', '/load', '/sql?query={}', '/nothing']) await expectSame(path)
}, 120_000)

it('would notice a difference', async () => {
  const payload = { query: { measures: ['flights.count'] } }
  const [sea, den] = await Promise.all([
    ask(both, '/load', payload, tokens.both),
    ask(both, '/load', payload, tokens.other),
  ])
  expect(sea.status).toBe(200)
  expect(sea).not.toEqual(den)
})

it('asks mostly what is answered', async () => {
  const statuses = await Promise.all(
    fc
      .sample(asked, { numRuns: 100, seed: 7 })
      .map(async (query) => (await ask(alone, '/load', { query, queryType: 'multi' }, tokens.alone)).status),
  )
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(20)
  expect(statuses.filter((status) => status >= 500)).toEqual([])
})
