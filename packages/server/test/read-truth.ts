import { DuckDBInstance } from '@duckdb/node-api'

/** The rows of a statement on a database of its own, which reads files by their paths. */
export async function readTruth(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    return (await connection.runAndReadAll(sql)).getRows() as unknown[][]
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
