import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Query, ResultSet } from '@datainsight/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MODEL } from './query-flights.ts'
import { DUCKDB_FLIGHTS, type QueryServer, startQueryServer } from './query-server.ts'

const ROLLUPS = `
    pre_aggregations:
      - name: by_day
        measures: [count, avg_delay]
        dimensions: [origin]
        time_dimension: date
        granularity: day
        partition_granularity: quarter
      - name: by_destination
        measures: [count]
        dimensions: [destination]
      - name: by_moment
        measures: [count]
        dimensions: [date]
`
const BY_MONTH: Query = {
  measures: ['flights.count', 'flights.avg_delay'],
  timeDimensions: [{ dimension: 'flights.date', granularity: 'month' }],
}
const BY_DESTINATION: Query = { measures: ['flights.count'], dimensions: ['flights.destination'], limit: 5 }

let server: QueryServer
const folder = mkdtempSync(join(tmpdir(), 'datainsight-rollup-model-'))

beforeAll(async () => {
  cpSync(MODEL, folder, { recursive: true })
  const file = join(folder, 'flights.yml')
  writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n${ROLLUPS}`)
  server = await startQueryServer(DUCKDB_FLIGHTS, {
    DATAINSIGHT_MODEL_DIR: folder,
    DATAINSIGHT_ROLLUP_INTERVAL_MS: '0',
  })
})
afterAll(async () => {
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(query: Query, token?: string): Promise<ResultSet['data']> {
  const response = await server.query(query, token)
  if (response.statusCode !== 200) throw new Error(response.body)
  return response.json<ResultSet>().data
}

/** Binary fractions are added in another order by a rollup. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, cell: unknown) => (typeof cell === 'number' ? Number(cell.toFixed(9)) : cell)),
  )
}

const get = (url: string) => server.app.inject({ url: `/api/v1${url}`, headers: { 'x-api-key': server.apiKey } })

async function explain(query: Query) {
  const response = await server.post('/query/sql', { query })
  const { explain, sql } = response.json<{ explain: { rollup: string | null; rollupReasons: string[] }; sql: string }>()
  return { ...explain, relation: /from "(\w+)"/.exec(sql)?.[1] }
}

it('answers each caller from a rollup what rows answered, and says so', async () => {
  const seattle = await server.token()
  const denver = await server.token({ attributes: { airport: ['DEN'] } })
  const callers = [undefined, seattle, denver]
  const before = await Promise.all(callers.map((token) => ask(BY_MONTH, token)))
  expect(before[1]).not.toEqual(before[2])
  expect(await explain(BY_MONTH)).toMatchObject({ rollup: null })

  const response = await server.post('/rollups/flights.by_day/build', {})
  expect([response.statusCode, response.json()]).toEqual([202, { name: 'flights.by_day' }])
  await expect
    .poll(async () => (await get('/rollups')).json().rollups[0], { timeout: 60_000, interval: 200 })
    .toMatchObject({ name: 'flights.by_day', state: 'ready', isRead: true, error: null, partitions: 3 })
  expect(await explain(BY_MONTH)).toMatchObject({ relation: expect.stringMatching(/^b_[0-9a-f]{32}_l0$/) })
  expect(await explain({ ...BY_MONTH, dimensions: ['flights.origin'] })).toMatchObject({
    relation: expect.stringMatching(/^b_[0-9a-f]{32}$/),
  })

  expect(await explain(BY_MONTH)).toMatchObject({ rollup: 'flights.by_day', rollupReasons: [] })
  for (const [index, token] of callers.entries())
    expect(rounded(await ask(BY_MONTH, token))).toEqual(rounded(before[index]))
}, 120_000)

it('says why a query reads rows', async () => {
  expect(await explain(BY_DESTINATION)).toMatchObject({
    rollup: null,
    rollupReasons: [
      'flights.by_day: it has no column for flights.destination',
      'flights.by_destination: it is not built yet',
      'flights.by_moment: flights.date is a time; times need a granularity',
    ],
  })
})

it('never reads a rollup without a column for the rule of a token', async () => {
  const token = await server.token()
  const before = await ask(BY_DESTINATION, token)
  await server.post('/rollups/flights.by_destination/build', {})
  await expect
    .poll(async () => (await get('/rollups')).json().rollups[1], { timeout: 60_000, interval: 200 })
    .toMatchObject({ isRead: true })
  // Whoever sees every row reads it.
  expect(await explain(BY_DESTINATION)).toMatchObject({ rollup: 'flights.by_destination' })
  expect(await ask(BY_DESTINATION, token)).toEqual(before)
}, 120_000)

it('lists what cannot be built, with the reasons, and refuses to build it', async () => {
  const { rollups } = (await get('/rollups')).json()
  expect(rollups[2]).toEqual({
    name: 'flights.by_moment',
    state: 'unsupported',
    isRead: false,
    builtAt: null,
    rows: null,
    bytes: null,
    partitions: null,
    error: null,
    problems: ['flights.by_moment: flights.date is a time; times need a granularity'],
  })
  expect((await server.post('/rollups/flights.by_moment/build', {})).json()).toMatchObject({ code: 'unsupported' })
  expect((await server.post('/rollups/flights.nothing/build', {})).statusCode).toBe(404)
})

it('advises rollups for what was asked and read from rows', async () => {
  await ask({ measures: ['flights.avg_delay'], dimensions: ['flights.weekday'] })
  const { advice } = (await get('/rollups/advice')).json()
  expect(advice).toContainEqual({
    cube: 'flights',
    yaml: `pre_aggregations:
  - name: by_origin_weekday
    measures: [avg_delay]
    dimensions: [origin, weekday]
    refresh_key: { every: 1 hour }
`,
    queries: 1,
    members: ['flights.avg_delay', 'flights.origin', 'flights.weekday'],
    savesUpToMs: expect.any(Number),
  })
})

it('names the rollup in the query log', async () => {
  const { items } = (await get('/query/log?limit=100')).json()
  expect(items).toContainEqual(expect.objectContaining({ rollup: 'flights.by_day', source: '$rollups' }))
})
