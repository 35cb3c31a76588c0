import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Query, ResultSet } from '@datainsight/core'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DataSourceOptions } from '../src/data-sources/read-data-sources.ts'
import type { RollupEntry } from '../src/rollups/routes.ts'
import { createDatabase, type QueryServer, startQueryServer } from './query-server.ts'

const MODEL = `cubes:
  - name: sales
    sql_table: sales
    dimensions:
      - { name: region, type: string, sql: "{CUBE}.region" }
      - { name: paid, type: boolean, sql: "{CUBE}.paid" }
      - { name: size, type: number, sql: "{CUBE}.size" }
      - { name: at, type: time, sql: "{CUBE}.at" }
    measures:
      - { name: count, type: count }
      - { name: total, type: sum, sql: "{CUBE}.amount" }
      - { name: average, type: avg, sql: "{CUBE}.amount" }
      - { name: least, type: min, sql: "{CUBE}.amount" }
      - { name: whole, type: sum, sql: "cast({CUBE}.size as decimal(20, 0)) * 100000000000000000" }
      - { name: sizes, type: count_distinct, sql: "{CUBE}.size" }
    access_policy:
      - { role: api-key, row_level: { allow_all: true } }
      - role: "*"
        row_level: { filters: [{ member: region, operator: equals, values: ["{ securityContext.region }"] }] }
    pre_aggregations:
      - name: by_day
        measures: [count, total, average, least, whole]
        dimensions: [region, paid, size]
        time_dimension: at
        granularity: day
        partition_granularity: month
        indexes: [{ name: regions, columns: [region, at] }, { name: sizes, columns: [size] }]
      - name: whole
        measures: [sizes]
        dimensions: [region]
`
const QUESTIONS: readonly Query[] = [
  { measures: ['sales.count', 'sales.total', 'sales.average', 'sales.least'] },
  { measures: ['sales.total', 'sales.average', 'sales.whole'], dimensions: ['sales.region', 'sales.paid'] },
  {
    measures: ['sales.count'],
    dimensions: ['sales.size'],
    filters: [{ member: 'sales.paid', operator: 'equals', values: [true] }],
  },
  {
    measures: ['sales.least'],
    timeDimensions: [{ dimension: 'sales.at', granularity: 'month' }],
    subtotals: true,
    dimensions: ['sales.region'],
  },
  {
    measures: ['sales.total'],
    timeDimensions: [
      { dimension: 'sales.at', granularity: 'week', dateRange: ['2026-01-10', '2026-02-20'], fill: 'zero' },
    ],
  },
  {
    measures: ['sales.count'],
    dimensions: ['sales.region'],
    filters: [{ member: 'sales.region', operator: 'notSet' }],
  },
  { measures: ['sales.total'], dimensions: ['sales.size'], topN: { dimension: 'sales.size', limit: 2, others: true } },
  { measures: ['sales.sizes'], dimensions: ['sales.region'] },
]

/** Rows with every null there is, a text that sorts by case, and amounts that binary fractions cannot hold. */
const ROWS = Array.from({ length: 90 }, (_, index) => [
  ['north', 'South', 'south', null][index % 4] ?? null,
  [true, false, null][index % 3] ?? null,
  index % 7 === 0 ? null : index % 5,
  index === 89 ? null : `2026-0${1 + (index % 3)}-${String(1 + (index % 27)).padStart(2, '0')} 0${index % 9}:30:00`,
  index % 11 === 0 ? null : `${index}.${String((index * 37) % 100).padStart(2, '0')}`,
])

interface Database {
  readonly source: DataSourceOptions
  /** Names of what is in the rollups' schema: tables, views, and indexes. */
  readonly list: () => Promise<{ tables: string[]; indexes: number }>
  readonly close: () => Promise<void>
}

async function openPostgres(): Promise<Database> {
  const data = await createDatabase()
  const client = new pg.Client(data.url)
  await client.connect()
  const role = `r_${randomBytes(5).toString('hex')}`
  await client.query(
    `create table sales (region text, paid boolean, size integer, at timestamp, amount numeric(12, 2))`,
  )
  const marks = ROWS.map((_, at) => `(${[1, 2, 3, 4, 5].map((n) => `$${at * 5 + n}`).join(', ')})`)
  await client.query(`insert into sales values ${marks.join(', ')}`, ROWS.flat())
  // The rights that `docs/how-to/speed-up-with-rollups.md` names, and no others.
  await client.query(`create role ${role} login password 'x'; grant select on sales to ${role};
    create role ${role}_w login password 'x';
    create schema rollups authorization ${role}_w;
    grant usage on schema public to ${role}_w;
    grant select on all tables in schema public to ${role}_w;
    grant usage on schema rollups to ${role};
    alter default privileges for role ${role}_w in schema rollups grant select on tables to ${role}`)
  const urlOf = (username: string) => Object.assign(new URL(data.url), { username, password: 'x' }).href
  return {
    source: {
      type: 'postgres',
      name: 'default',
      url: urlOf(role),
      rollups: { schema: 'rollups', url: urlOf(`${role}_w`) },
    },
    async list() {
      const { rows } = await client.query(
        `select relname, relkind from pg_class where relnamespace = 'rollups'::regnamespace order by relname`,
      )
      const names = (kinds: string) =>
        rows.filter((row) => kinds.includes(row.relkind)).map((row) => row.relname as string)
      return { tables: names('rv'), indexes: names('i').length }
    },
    async close() {
      await client.query(`drop owned by ${role}, ${role}_w; drop role ${role}, ${role}_w`)
      await client.end()
      await data.drop()
    },
  }
}

async function openMariaDB(): Promise<Database> {
  const server = new URL(process.env.TEST_MARIADB_URL as string)
  const admin = await mysql.createConnection({ uri: server.href, multipleStatements: true })
  const name = `d_${randomBytes(5).toString('hex')}`
  await admin.query(`create database ${name}; create database ${name}_r;
    create table ${name}.sales (region varchar(200) collate utf8mb4_bin, paid boolean, size int, at datetime, amount decimal(12, 2));
    create user ${name} identified by 'x'; grant select on ${name}.* to ${name}; grant select on ${name}_r.* to ${name};
    create user ${name}_w identified by 'x'; grant select on ${name}.* to ${name}_w; grant select, insert, create, drop, index, create view on ${name}_r.* to ${name}_w`)
  await admin.query(`insert into ${name}.sales values ?`, [ROWS])
  const port = Number(server.port)
  const connection = { host: server.hostname, port, database: name, user: name, tls: 'off' as const }
  return {
    source: {
      type: 'target',
      name: 'default',
      directory: '/',
      target: { type: 'mysql', connection, credentials: { password: 'x' } },
      rollups: { schema: `${name}_r`, url: `mysql://${name}_w:x@${server.host}/${name}` },
    },
    async list() {
      const [rows] = await admin.query<mysql.RowDataPacket[]>(
        `select table_name as n from information_schema.tables where table_schema = '${name}_r' order by 1`,
      )
      const [keys] = await admin.query<mysql.RowDataPacket[]>(
        `select distinct table_name, index_name from information_schema.statistics where table_schema = '${name}_r'`,
      )
      return { tables: rows.map((row) => row.n as string), indexes: keys.length }
    },
    async close() {
      await admin.query(`drop database ${name}; drop database ${name}_r; drop user ${name}; drop user ${name}_w`)
      await admin.end()
    },
  }
}

describe.each([
  ['PostgreSQL', process.env.TEST_DATABASE_URL, openPostgres],
  ['MariaDB', process.env.TEST_MARIADB_URL, openMariaDB],
] as const)('rollups as tables in %s', (_, url, open) => {
  let database: Database
  let server: QueryServer
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-rollup-tables-'))
  beforeAll(async () => {
    if (url === undefined) return
    database = await open()
    writeFileSync(join(folder, 'sales.yml'), MODEL)
    server = await startQueryServer(database.source, {
      DATAINSIGHT_MODEL_DIR: folder,
      DATAINSIGHT_ROLLUP_INTERVAL_MS: '0',
    })
  }, 60_000)
  afterAll(async () => {
    await server?.close()
    await database?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function ask(query: Query, token?: string): Promise<ResultSet['data']> {
    const response = await server.query({ ...query, renewQuery: true }, token)
    if (response.statusCode !== 200) throw new Error(response.body)
    // Averages are binary fractions, whose last digit depends on the order of the sums.
    const round = (_: string, cell: unknown) => (typeof cell === 'number' ? Number(cell.toFixed(9)) : cell)
    return JSON.parse(JSON.stringify(response.json<ResultSet>().data, round))
  }
  const explain = async (query: Query) =>
    (await server.post('/query/sql', { query })).json<{
      sql: string
      dialect: string
      explain: { rollup: string | null; rollupReasons: string[] }
    }>()
  const entry = async (name: string) => {
    const response = await server.app.inject({ url: '/api/v1/rollups', headers: { 'x-api-key': server.apiKey } })
    return response.json<{ rollups: RollupEntry[] }>().rollups.find((one) => one.name === name) as RollupEntry
  }
  async function build(name: string) {
    const response = await server.post(`/rollups/${name}/build`, {})
    expect([response.statusCode, response.body]).toEqual([202, expect.any(String)])
    const found = await vi.waitFor(
      async () => {
        const found = await entry(name)
        if (!found.isRead && found.error === null) throw new Error('it is still being built')
        return found
      },
      { timeout: 30_000, interval: 50 },
    )
    return found
  }

  it.runIf(url)(
    'answer what rows answered, to every caller, in the source itself',
    async () => {
      const north = await server.token({ attributes: { region: ['north'] } })
      const before = await Promise.all(QUESTIONS.flatMap((query) => [ask(query), ask(query, north)]))
      expect(await build('sales.by_day')).toMatchObject({ isRead: true, error: null, partitions: 4 })
      expect(await build('sales.whole')).toMatchObject({ isRead: true, error: null, partitions: 1, rows: 4 })
      for (const query of QUESTIONS) {
        const { explain: explained, sql } = await explain(query)
        expect(explained).toMatchObject({ rollup: expect.stringMatching(/^sales\.(by_day|whole)$/) })
        expect(sql).toMatch(/["`]\.["`]r_[0-9a-f]{32}/)
      }
      expect(await Promise.all(QUESTIONS.flatMap((query) => [ask(query), ask(query, north)]))).toEqual(before)
      const { tables, indexes } = await database.list()
      // The parts, the view over them and two levels; the other rollup.
      expect(tables).toHaveLength(8)
      expect(indexes).toBe(8)
      const isCoarser = await Promise.all(QUESTIONS.map(async (query) => /_l\d["`]/.test((await explain(query)).sql)))
      expect(isCoarser).toEqual([true, false, false, true, true, false, false, false])
    },
    60_000,
  )

  it.runIf(url)('do not answer a token without a column for its rule', async () => {
    const token = await server.token({
      attributes: { region: ['north'] },
      filters: [{ member: 'sales.size', operator: 'equals', values: [1] }],
    })
    const [query] = QUESTIONS.slice(-1) as [Query]
    const response = await server.post('/query', { query }, token)
    expect(response.json<ResultSet>().data).toEqual([['north'], [1]])
  })
})
