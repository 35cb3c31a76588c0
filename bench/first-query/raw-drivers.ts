import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import pg from 'pg'
import { DUCKDB_TABLES } from '../product/start-product.ts'

/** A driver used as its manual shows: one open connection, one call a statement, all rows read. */
export interface RawDriver {
  /** Runs the statement and returns the number of rows. */
  readonly query: (sql: string, parameters: readonly unknown[]) => Promise<number>
  readonly close: () => Promise<void>
}

/** DuckDB over the same files, with as many threads as the server gives it. */
export async function openRawDuckDB(): Promise<RawDriver> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  for (const sql of DUCKDB_TABLES) await connection.run(sql)
  return {
    query: async (sql, parameters) => {
      const reader = await connection.runAndReadAll(sql, [...parameters] as DuckDBValue[])
      return reader.getColumns()[0]?.length ?? 0
    },
    close: async () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** node-postgres over the same database. */
export async function openRawPostgres(url: string): Promise<RawDriver> {
  const client = new pg.Client(url)
  await client.connect()
  return {
    query: async (sql, parameters) =>
      (await client.query({ text: sql, values: [...parameters], rowMode: 'array' })).rows.length,
    close: () => client.end(),
  }
}
