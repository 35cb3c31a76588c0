import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** Of DuckDB while it writes; what is more goes to files beside the result. */
const MEMORY_LIMIT = '512MB'

/** Runs `work` on an empty DuckDB that is there to write the file `path`. */
export async function withScratch<T>(path: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const spill = `${path}.tmp`
  await mkdir(dirname(path), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: MEMORY_LIMIT,
    threads: '1',
    temp_directory: spill,
  })
  try {
    const connection = await instance.connect()
    try {
      return await work(connection)
    } finally {
      connection.closeSync()
    }
  } finally {
    instance.closeSync()
    await rm(spill, { recursive: true, force: true })
  }
}

/** A path, or any text, as SQL writes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
