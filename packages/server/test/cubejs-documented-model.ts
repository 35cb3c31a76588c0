import { join } from 'node:path'
import type { CubeApi, Query } from '@cubejs-client/core'
import pg from 'pg'
import { type CubejsServer, startCubejsServer } from './cubejs-server.ts'
import { createDatabase } from './query-server.ts'
import { readTruth } from './read-truth.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures/cube')
const TABLES = ['users', 'orders', 'products', 'line_items']
const file = (table: string) => join(FIXTURES, 'data', `${table}.csv`)

/** Databases that hold the same rows. */
export const DATABASES = ['duckdb', 'postgres'] as const

/** Starts a server over a model written the way Cube's documentation writes one. */
export async function startDocumentedModel(database: (typeof DATABASES)[number] = 'duckdb'): Promise<CubejsServer> {
  const env = { DATAINSIGHT_MODEL_DIR: join(FIXTURES, 'model') }
  if (database === 'duckdb') {
    const tables = Object.fromEntries(TABLES.map((table) => [table, { file: file(table) }]))
    return startCubejsServer({ type: 'duckdb', name: 'default', tables }, env)
  }
  const { url, drop } = await createDatabase()
  await copyTables(url)
  const server = await startCubejsServer({ type: 'postgres', name: 'default', url }, env)
  return { ...server, close: () => server.close().then(drop) }
}

async function copyTables(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(`
    create table users (id int primary key, name text, city text, country text, latitude float8, longitude float8,
      is_member boolean, credit int, deleted boolean);
    create table orders (id int primary key, user_id int, status text, amount numeric(10, 2), created_at timestamp);
    create table products (id int primary key, name text, price numeric);
    create table line_items (id int primary key, order_id int, product_id int, quantity int)`)
  for (const table of TABLES) {
    const [[rows] = []] = await readTruth(`select to_json(list(t)) from '${file(table)}' t`)
    await client.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [rows])
  }
  await client.end()
}

/** Rows of SQL by hand over the tables; of the users those that are not deleted. */
export function truthOf(sql: string): Promise<unknown[][]> {
  const tables = TABLES.map(
    (table) => `${table} as (select * from '${file(table)}'${table === 'users' ? ' where not deleted' : ''})`,
  )
  return readTruth(`with ${tables.join(', ')} ${sql}`)
}

/** A time as Cube writes it, in SQL. */
export const iso = (time: string) => `strftime(${time}, '%Y-%m-%dT%H:%M:%S.%g')`

/** The rows of a query as lists, in the order of `members`. */
export async function rowsOf(client: CubeApi, query: Query, ...members: string[]): Promise<unknown[][]> {
  const result = await client.load(query)
  return result.rawData().map((row) => members.map((member) => (row as Record<string, unknown>)[member]))
}

/** Numbers as numbers: databases differ in how many zeros they write. */
export function comparable(row: readonly unknown[]): unknown[] {
  return row.map((cell) =>
    typeof cell === 'string' && /^-?\d+(\.\d+)?$/.test(cell) ? Number(Number(cell).toPrecision(12)) : cell,
  )
}
