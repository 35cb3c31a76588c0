import { join } from 'node:path'
import type { CubeApi, Query } from '@cubejs-client/core'
import { type CubejsServer, startCubejsServer } from './cubejs-server.ts'
import { readTruth } from './read-truth.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures/cube')
const TABLES = ['users', 'orders', 'products', 'line_items']
const file = (table: string) => join(FIXTURES, 'data', `${table}.csv`)

/** Starts a server over a model written the way Cube's documentation writes one. */
export function startDocumentedModel(): Promise<CubejsServer> {
  const tables = Object.fromEntries(TABLES.map((table) => [table, { file: file(table) }]))
  return startCubejsServer(
    { type: 'duckdb', name: 'default', tables },
    { DATAINSIGHT_MODEL_DIR: join(FIXTURES, 'model') },
  )
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
