import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import pg from 'pg'
import { DUCKDB_TABLES } from '../product/start-product.ts'

/** A connection whose statements are read to their end, row by row or chunk by chunk. */
export interface Drain {
  /** Reads all rows as JavaScript values and drops them. Returns how many there were. */
  readonly drain: (sql: string, parameters: readonly unknown[]) => Promise<number>
  readonly close: () => Promise<void>
}

/** DuckDB as its manual streams: `stream`, `fetchChunk` until none is left, the values of each column. */
export async function openDuckDBDrain(): Promise<Drain> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  for (const sql of DUCKDB_TABLES) await connection.run(sql)
  return {
    drain: async (sql, parameters) => {
      const result = await connection.stream(sql, [...parameters] as DuckDBValue[])
      let rows = 0
      for (;;) {
        const chunk = await result.fetchChunk()
        if (chunk === null || chunk.rowCount === 0) return rows
        chunk.getColumns()
        rows += chunk.rowCount
      }
    },
    close: async () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** Values as the text that the database sends: anything else would cost the driver more. */
const AS_TEXT: pg.CustomTypesConfig = {
  getTypeParser: (() => (text: string) => text) as pg.CustomTypesConfig['getTypeParser'],
}

/** node-postgres, which tells of each row as it comes when somebody listens, and then keeps none. */
export async function openPostgresDrain(url: string): Promise<Drain> {
  const client = new pg.Client(url)
  await client.connect()
  return {
    drain: (sql, parameters) =>
      new Promise((resolve, reject) => {
        const config: pg.QueryArrayConfig = { text: sql, values: [...parameters], rowMode: 'array', types: AS_TEXT }
        const query = new pg.Query(config)
        let rows = 0
        query.on('row', () => {
          rows += 1
        })
        query.on('end', () => resolve(rows))
        query.on('error', reject)
        client.query(query)
      }),
    close: () => client.end(),
  }
}
