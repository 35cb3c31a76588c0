import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { DUCKDB_TABLES } from '../product/start-product.ts'

/** A connection whose statements are read to their end, chunk by chunk. */
export interface Drain {
  /** Reads all rows as JavaScript values and drops them. Returns how many there were. */
  readonly drain: (sql: string, parameters: readonly unknown[]) => Promise<number>
  readonly close: () => void
}

/** DuckDB as its manual streams: `stream`, `fetchChunk` until none is left, the values of each column. */
export async function openDrain(): Promise<Drain> {
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
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
