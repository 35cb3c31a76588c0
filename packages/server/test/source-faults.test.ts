import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Frame, Query, ResultSet, Security } from '@datainsight/core'
import { type CompiledQuery, compileQuery } from '@datainsight/core/compile'
import { parseModel } from '@datainsight/core/model'
import { tableFromIPC } from '@uwdata/flechette'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataSource, RawColumns } from '../src/data-sources/data-source.ts'
import { openDuckDB } from '../src/data-sources/duckdb.ts'
import { openMySql } from '../src/data-sources/mysql.ts'
import { openPostgres } from '../src/data-sources/postgres.ts'
import { openSqlite } from '../src/data-sources/sqlite.ts'
import { runStatement } from '../src/query/run-statement.ts'
import { streamStatement } from '../src/query/stream-statement.ts'
import { readAnswer } from '../src/query/wire/send-form.ts'
import { createDatabase, type QueryServer, readFrames, startQueryServer } from './query-server.ts'

const MODEL = `
cubes:
  - name: odd
    sql_table: odd
    dimensions:
      - { name: id, sql: "{CUBE}.id", type: number, primary_key: true, public: true }
      - { name: name, sql: "{CUBE}.name", type: string }
      - { name: number, sql: "{CUBE}.number", type: number, title: Number }
      - { name: decimal, sql: "{CUBE}.number", type: decimal }
      - { name: time, sql: "case when {CUBE}.id = 2 then timestamp 'infinity' else {CUBE}.time end", type: time, title: Time }
      - { name: wrong, sql: "{CUBE}.name", type: number }
    access_policy: [{ role: "*", row_level: { allow_all: true } }]
`
const QUERY = { dimensions: ['odd.id', 'odd.number', 'odd.time'], order: [['odd.id', 'asc']] }
const WARNINGS = [
  { code: 'not_finite', column: 'odd.number', count: 2, message: 'Number: 2 values are not finite and left empty' },
  { code: 'not_finite', column: 'odd.time', count: 1, message: 'Time: 1 value is not finite and left empty' },
]
const CELLS = [
  [1, 2, 3],
  [null, null, 1.5],
  ['2001-01-01T00:00:00.000Z', null, null],
]

let folder: string
let server: QueryServer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'datainsight-odd-'))
  mkdirSync(join(folder, 'model'))
  writeFileSync(join(folder, 'model/odd.yml'), MODEL)
  writeFileSync(
    join(folder, 'odd.csv'),
    'id,name,number,time\n1,one,NaN,2001-01-01 00:00:00\n2,two,-Infinity,\n3,three,1.5,\n',
  )
  server = await startQueryServer(
    {
      type: 'duckdb',
      name: 'default',
      tables: { odd: { file: join(folder, 'odd.csv') } },
    },
    { DATAINSIGHT_MODEL_DIR: join(folder, 'model') },
  )
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const ask = (accept: string) => server.post('/query', { query: QUERY }, undefined, { accept })
const download = (format: string) => server.post('/query/export', { query: QUERY, format })

describe('FLT-22: numbers and times that JSON has no word for', () => {
  it('are null in JSON, and the answer says so', async () => {
    for (const accept of ['application/json', 'application/json;dictionary=1']) {
      const { columns, data, meta } = (await ask(accept)).json<ResultSet>()
      expect(columns.map(({ type }) => type)).toEqual(['number', 'number', 'time'])
      expect([data, meta.warnings]).toEqual([CELLS, WARNINGS])
    }
  })

  it('lose no row where an answer is read page by page, each of which ends at one', async () => {
    for (const order of [
      [['odd.number', 'desc']],
      [['odd.number', 'asc']],
      [
        ['odd.time', 'desc'],
        ['odd.number', 'asc'],
      ],
    ]) {
      const query = { dimensions: ['odd.number', 'odd.time', 'odd.id'], order }
      const whole = (await server.post('/query', { query })).json<ResultSet>()
      const ids: unknown[] = []
      let cursor: string | undefined
      do {
        const page = await server.post('/query', { query: { ...query, limit: 1, ...(cursor && { cursor }) } })
        const { data, meta } = page.json<ResultSet>()
        ids.push(...(data[2] as unknown[]))
        cursor = meta.nextCursor
      } while (cursor !== undefined && ids.length < 9)
      expect(ids).toEqual(whole.data[2])
    }
  })

  it('are null in a batch, in NDJSON and in an export of NDJSON, and each says so', async () => {
    const batch = await server.post('/query/batch', { queries: [{ id: 'a', query: QUERY }] })
    const [frame] = readFrames(batch.body) as (Frame & { result: ResultSet })[]
    expect([frame?.result.data, frame?.result.meta.warnings]).toEqual([CELLS, WARNINGS])
    for (const { body } of [await ask('application/x-ndjson'), await download('ndjson')]) {
      const lines = body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(lines).toMatchObject([{ columns: {} }, { data: CELLS }, { meta: { warnings: WARNINGS } }])
    }
  })

  it('are null in CSV and Arrow of an answer, whose header says so', async () => {
    const csv = await ask('text/csv')
    expect(csv.body).toBe('Id,Number,Time\r\n1,,2001-01-01T00:00:00.000Z\r\n2,,\r\n3,1.5,\r\n')
    const arrow = await ask('application/vnd.apache.arrow.stream')
    expect(tableFromIPC(arrow.rawPayload).getChild('odd.number')?.toArray()).toEqual([null, null, 1.5])
    for (const { headers } of [csv, arrow]) {
      expect(JSON.parse(String(headers['x-result-warnings']))).toEqual(
        WARNINGS.map(({ code, column, count }) => ({ code, column, count })),
      )
    }
  })

  it('are what they are in CSV that is streamed, and in Arrow as far as it has words for them', async () => {
    expect((await download('csv')).body).toBe(
      'Id,Number,Time\r\n1,NaN,2001-01-01T00:00:00.000Z\r\n2,-Infinity,infinity\r\n3,1.5,\r\n',
    )
    const numbers = { ...QUERY, dimensions: ['odd.id', 'odd.number'] }
    const arrow = await server.post('/query/export', { query: numbers, format: 'arrow' })
    const values = tableFromIPC(arrow.rawPayload).getChild('odd.number')?.toArray()
    expect(Array.from(values ?? [])).toEqual([Number.NaN, Number.NEGATIVE_INFINITY, 1.5])
    const times = await download('arrow')
    expect(times.statusCode).toBe(502)
    expect(times.json()).toMatchObject({ code: 'query_failed', detail: expect.stringContaining('odd.time') })
  })

  it('are said to Cube clients', async () => {
    const response = await server.app.inject({
      method: 'POST',
      url: '/cubejs-api/v1/load',
      headers: { 'x-api-key': server.apiKey },
      payload: { query: { dimensions: QUERY.dimensions, order: { 'odd.id': 'asc' } } },
    })
    expect(response.json()).toMatchObject({ data: [{ 'odd.number': null }, {}, {}], warnings: WARNINGS })
  })

  it('are not spoken of where there are none', async () => {
    const { meta } = (await server.query({ dimensions: ['odd.id'] })).json<ResultSet>()
    expect(meta).not.toHaveProperty('warnings')
  })

  it('and values of another type fail the query, by the name of the column', async () => {
    const response = await server.query({ dimensions: ['odd.wrong'] })
    expect([response.statusCode, response.json()]).toMatchObject([
      502,
      {
        code: 'query_failed',
        detail: 'the data source answered text that is no number for the column odd.wrong',
        hint: 'give the member the type that its SQL has, or cast it there',
      },
    ])
  })
})

const COLUMNS = ['number', 'time', 'string'] as const
const compiled = (sql: string): CompiledQuery => {
  const columns = COLUMNS.map((type) => ({ name: `t.${type}`, title: type, kind: 'dimension' as const, type }))
  return { sql, parameters: [], columns, limit: 10, timezone: 'UTC' } as unknown as CompiledQuery
}
const run = async (source: DataSource, sql: string) => {
  try {
    const limits = { signal: new AbortController().signal, timeoutMs: 20_000, now: () => new Date() }
    const { data, meta } = readAnswer(await runStatement(source, compiled(sql), limits))
    return [data.map(([cell]) => cell), meta.warnings?.map(({ code, column }) => `${code} ${column}`) ?? []]
  } finally {
    await source.close()
  }
}

describe('FLT-22: what each database may answer', () => {
  it('PostgreSQL: numeric NaN, infinite times, and bytes of a database without an encoding', async () => {
    const database = await createDatabase()
    const admin = new pg.Client(database.url)
    await admin.connect()
    const bytes = `bytes_${process.pid}`
    await admin.query(`create database ${bytes} encoding 'SQL_ASCII' template template0 lc_collate 'C' lc_ctype 'C'`)
    try {
      const url = Object.assign(new URL(database.url), { pathname: bytes }).href
      const open = () => openPostgres({ name: 'bytes', url })
      expect(await run(open(), `select 'NaN'::numeric, '-infinity'::timestamptz, 'text'`)).toEqual([
        [null, null, 'text'],
        ['not_finite t.number', 'not_finite t.time'],
      ])
      await expect(run(open(), `select 1, now(), convert_from('\\x636166e9', 'SQL_ASCII')`)).rejects.toMatchObject({
        code: 'query_failed',
      })
    } finally {
      await admin.query(`drop database ${bytes}`)
      await admin.end()
      await database.drop()
    }
  })

  it('DuckDB: times beyond the calendar of JavaScript', async () => {
    const source = await openDuckDB({ name: 'files', tables: {} })
    expect(await run(source, `select 'inf'::double, make_timestamp(9200000000000000000), 'text'`)).toEqual([
      [null, null, 'text'],
      ['not_finite t.number', 'no_date t.time'],
    ])
  })

  it('SQLite: any text in any column', async () => {
    const file = join(folder, 'odd.db')
    new DatabaseSync(file).close()
    const open = () => openSqlite({ name: 'file', file })
    expect(await run(open(), `select 9e999, '2001-02-30', cast(x'636166e9' as text)`)).toEqual([
      [null, null, 'caf\ufffd'],
      ['not_finite t.number', 'no_date t.time', 'not_text t.string'],
    ])
    await expect(run(open(), `select 1, 'yesterday', 'text'`)).rejects.toThrow(
      'the data source answered text that is no time for the column t.time',
    )
  })

  it.runIf(process.env.TEST_MARIADB_URL !== undefined)('MariaDB: days that no calendar has', async () => {
    const { hostname: host, port } = new URL(process.env.TEST_MARIADB_URL as string)
    const account = { database: 'information_schema', user: 'root', password: '', tls: false } as const
    const source = openMySql({ name: 'crm', host, port: Number(port), ...account })
    expect(await run(source, `select 1, cast('2001-00-00' as date), 'text'`)).toEqual([
      [1, null, 'text'],
      ['no_date t.time'],
    ])
  })
})

describe('pages by values that order otherwise than their texts compare', () => {
  /** Expects that pages of one row show `names`, the rows of a table or a select, in both directions. Closes the source. */
  async function expectPages(source: DataSource, rows: string, names: readonly string[]): Promise<void> {
    const model = parseModel([{ path: 'odd.yml', text: MODEL.replace('sql_table: odd', rows) }])
    const limits = { signal: new AbortController().signal, timeoutMs: 20_000, now: () => new Date() }
    const nothing = { attributes: {}, filters: [], deniedMembers: [], maskedMembers: [] }
    const security: Security = { organizationId: 'o', kind: 'user', roles: [], maxRows: 1_000, ...nothing }
    const ask = async (asked: Query) => {
      const compiled = compileQuery(model, asked, { security, now: new Date(), dialect: () => source.dialect })
      return readAnswer(await runStatement(source, compiled, limits))
    }
    try {
      for (const direction of ['asc', 'desc'] as const) {
        const query: Query = { dimensions: ['odd.name'], order: [['odd.name', direction]] }
        const whole = await ask(query)
        const found: unknown[] = []
        let cursor: string | undefined
        do {
          const { data, meta } = await ask({ ...query, limit: 1, ...(cursor && { cursor }) })
          found.push(...(data[0] as unknown[]))
          cursor = meta.nextCursor
        } while (cursor !== undefined && found.length < 9)
        expect(found).toEqual(whole.data[0])
        expect(found).toEqual(direction === 'asc' ? [...names, null] : [...names.toReversed(), null])
      }
    } finally {
      await source.close()
    }
  }

  it('SQLite: bytes', async () => {
    const file = join(folder, 'bytes.db')
    const database = new DatabaseSync(file)
    database.exec(`create table odd (name); insert into odd values (x'00'), (x'01'), ('a'), (x'ff'), ('b'), (null)`)
    database.close()
    await expectPages(openSqlite({ name: 'default', file }), 'sql_table: odd', ['a', 'b', '\\x00', '\\x01', '\\xff'])
  })

  const STATES = ['new', 'paid', 'cancelled']

  it('DuckDB: enums', async () => {
    const rows = `sql: "select cast(name as enum('new', 'paid', 'cancelled')) as name from unnest(['paid', 'new', null, 'cancelled']) as t(name)"`
    await expectPages(await openDuckDB({ name: 'default', tables: {} }), rows, STATES)
  })

  it('PostgreSQL: enums', async () => {
    const { url, drop } = await createDatabase()
    const admin = new pg.Client(url)
    await admin.connect()
    await admin.query(`create type state as enum ('new', 'paid', 'cancelled'); create table odd (name state);
      insert into odd values ('paid'), ('new'), (null), ('cancelled')`)
    await admin.end()
    await expectPages(openPostgres({ name: 'default', url }), 'sql_table: odd', STATES).finally(drop)
  })

  it.runIf(process.env.TEST_MARIADB_URL !== undefined)('MariaDB: enums', async () => {
    const url = new URL(process.env.TEST_MARIADB_URL as string)
    const admin = await mysql.createConnection(url.href)
    const database = `enums_${process.pid}`
    await admin.query(`create database ${database}`)
    await admin.query(`create table ${database}.odd (name enum('new', 'paid', 'cancelled'))`)
    await admin.query(`insert into ${database}.odd values ('paid'), ('new'), (null), ('cancelled')`)
    const account = { database, user: 'root', password: '', tls: false } as const
    const source = openMySql({ name: 'default', host: url.hostname, port: Number(url.port), ...account })
    await expectPages(source, 'sql_table: odd', STATES).finally(async () => {
      await admin.query(`drop database ${database}`)
      await admin.end()
    })
  })
})

describe('FLT-22: a data source that answers another shape', () => {
  const answering = (columns: RawColumns['columns'], rowCount: number): DataSource => ({
    name: 'broken',
    dialect: 'duckdb',
    concurrency: 1,
    cacheTtlMs: 0,
    query: async () => ({ columns, rowCount }),
    dataVersion: () => '',
    close: async () => undefined,
  })
  it.each([
    ['fewer columns', [[1], ['2001-01-01']], 'another number of columns'],
    ['more columns', [[1], ['2001-01-01'], ['a'], ['b']], 'another number of columns'],
    ['a column without its values', [[1], [], ['a']], 'another number of values of t.time'],
    ['a column with too many', [[1], ['2001-01-01'], ['a', 'b']], 'another number of values of t.string'],
  ])('fails with %s, as an answer and as a stream', async (_, columns, message) => {
    const source = answering(columns, 1)
    const text = `the data source broken answered with ${message}`
    await expect(run(source, 'select')).rejects.toMatchObject({ code: 'query_failed', message: text })
    const signal = new AbortController().signal
    const chunks = streamStatement(source, compiled('select'), { signal, timeoutMs: 1_000 })
    await expect(chunks.next()).rejects.toMatchObject({ code: 'query_failed', message: text })
  })
})
