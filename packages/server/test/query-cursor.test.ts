import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Query, ResultSet } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import { copyFlights } from './query-flights.ts'
import { createDatabase, DUCKDB_FLIGHTS, type QueryServer, startQueryServer } from './query-server.ts'

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

const rowsOf = ({ data, meta }: ResultSet) =>
  Array.from({ length: meta.rowCount }, (_, row) => data.map((cells) => cells[row]))

describe.each(['DuckDB', 'PostgreSQL'])('pages on %s', (name) => {
  const server = () => servers.get(name) as QueryServer
  const token = (airport: string) => server().token({ attributes: { airport: [airport] } })

  it('follow one another by the cursor of the answer, also when averages order them', async () => {
    const query: Query = {
      measures: ['flights.avg_delay', 'flights.count'],
      dimensions: ['flights.destination'],
      order: [['flights.avg_delay', 'desc']],
    }
    const whole = (await server().query(query, await token('SEA'))).json<ResultSet>()
    expect(whole.meta.nextCursor).toBeUndefined()
    const rows: unknown[][] = []
    let cursor: string | undefined
    do {
      const page = (
        await server().query({ ...query, limit: 7, ...(cursor && { cursor }) }, await token('SEA'))
      ).json<ResultSet>()
      expect(page.meta.truncated).toBe(page.meta.nextCursor !== undefined)
      rows.push(...rowsOf(page))
      cursor = page.meta.nextCursor
    } while (cursor !== undefined && rows.length <= whole.meta.rowCount)
    expect(rows).toEqual(rowsOf(whole))
    expect(rows.length).toBeGreaterThan(20)
  })

  it('SQL-23: keep to the rows of who asks, whoever got the cursor', async () => {
    const query: Query = { measures: ['flights.count'], dimensions: ['flights.destination'], limit: 3 }
    const first = (await server().query(query, await token('SEA'))).json<ResultSet>()
    const asked = { ...query, limit: 1_000, cursor: first.meta.nextCursor as string }
    const own = (await server().query(asked, await token('DEN'))).json<ResultSet>()
    const all = (await server().query({ ...query, limit: 1_000 }, await token('DEN'))).json<ResultSet>()
    const known = new Set(rowsOf(all).map((row) => JSON.stringify(row)))
    expect(rowsOf(own).every((row) => known.has(JSON.stringify(row)))).toBe(true)
    const edited = await server().query({ ...asked, cursor: `${asked.cursor}x` }, await token('SEA'))
    expect(edited.statusCode).toBe(400)
    expect(edited.json()).toMatchObject({ code: 'invalid_request', errors: [{ path: 'cursor' }] })
  })

  it('says which spans were compared', async () => {
    const query: Query = {
      measures: ['flights.count'],
      timeDimensions: [
        {
          dimension: 'flights.date',
          compareDateRange: [
            ['2001-01-01', '2001-01-31'],
            ['2001-02-01', '2001-02-28'],
          ],
        },
      ],
    }
    const { columns, data, meta } = (await server().query(query, await token('SEA'))).json<ResultSet>()
    expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['$period', 'period'],
      ['flights.count', 'measure'],
    ])
    expect(data[0]).toEqual([0, 1])
    expect(meta.periods).toEqual([
      ['2001-01-01T00:00:00.000', '2001-01-31T23:59:59.999'],
      ['2001-02-01T00:00:00.000', '2001-02-28T23:59:59.999'],
    ])
  })
})

describe('pages over values that a cell cannot say', () => {
  const MODEL = `
cubes:
  - name: odd
    sql: >
      select * from (values
        (1, cast('NaN' as double precision), cast('infinity' as timestamp)), (2, cast('Infinity' as double precision), null),
        (3, 1.5, timestamp '2001-01-01'), (4, null, cast('-infinity' as timestamp)), (5, cast('-Infinity' as double precision), null),
        (6, cast('NaN' as double precision), timestamp '2001-01-02'), (7, cast('Infinity' as double precision), cast('infinity' as timestamp))
      ) as v(id, ratio, seen)
    dimensions:
      - { name: id, sql: "{CUBE}.id", type: number, primary_key: true }
      - { name: at, sql: "{CUBE}.seen", type: time }
      - { name: ratio, sql: "{CUBE}.ratio", type: number }
    measures:
      - { name: peak, sql: "{CUBE}.ratio", type: max }
    access_policy: [{ role: "*" }]
`
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'datainsight-odd-'))
    writeFileSync(join(folder, 'odd.yml'), MODEL)
    const postgres: DataSourceOptions = { type: 'postgres', name: 'default', url: flights.url }
    servers.set('odd DuckDB', await startQueryServer(DUCKDB_FLIGHTS, { DATAINSIGHT_MODEL_DIR: folder }))
    servers.set('odd PostgreSQL', await startQueryServer(postgres, { DATAINSIGHT_MODEL_DIR: folder }))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(
    ['DuckDB', 'PostgreSQL'].flatMap((name) =>
      (['asc', 'desc'] as const).flatMap((direction) => [
        [name, 'odd.peak', direction] as const,
        [name, 'odd.ratio', direction] as const,
        [name, 'odd.at', direction] as const,
      ]),
    ),
  )('lose no row on %s by %s %s', async (name, member, direction) => {
    const server = servers.get(`odd ${name}`) as QueryServer
    const query: Query = {
      measures: ['odd.peak'],
      dimensions: ['odd.id', 'odd.ratio', 'odd.at'],
      order: [[member, direction]],
    }
    const token = await server.token({ attributes: {} })
    const whole = rowsOf((await server.query(query, token)).json<ResultSet>())
    expect(whole).toHaveLength(7)
    const rows: unknown[][] = []
    let cursor: string | undefined
    do {
      const page = (await server.query({ ...query, limit: 1, ...(cursor && { cursor }) }, token)).json<ResultSet>()
      rows.push(...rowsOf(page))
      cursor = page.meta.nextCursor
    } while (cursor !== undefined && rows.length <= whole.length)
    expect(rows).toEqual(whole)
  })
})
