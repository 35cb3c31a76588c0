import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import type { DataSource } from '../../src/data-sources/data-source.ts'
import { openDataSources } from '../../src/data-sources/open-data-sources.ts'
import { createTestDatabase } from '../test-databases.ts'
import { shopStatements } from './shop-data.ts'

/** The shop's data in one database, opened by the product's own driver. */
export interface Engine {
  readonly source: DataSource
  close(): Promise<void>
}

/** PostgreSQL with the shop's data, and a connection for statements written by hand. */
export async function openPostgresShop(): Promise<Engine & { readonly truth: pg.Client }> {
  const database = await createTestDatabase('postgres')
  const url = database.databaseUrl as string
  const truth = new pg.Client({ connectionString: url, types: { getTypeParser: () => (text: unknown) => text } })
  await truth.connect()
  await truth.query("set timezone = 'UTC'")
  for (const statement of shopStatements({ double: 'double precision' })) await truth.query(statement)
  const sources = await openDataSources([{ type: 'postgres', name: 'default', url }])
  return {
    source: sources.get('default') as DataSource,
    truth,
    async close() {
      await sources.close()
      await truth.end()
      await database.remove()
    },
  }
}

/** A DuckDB file with the shop's data. */
export async function openDuckDBShop(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-cases-'))
  const file = join(folder, 'shop.duckdb')
  const instance = await DuckDBInstance.create(file)
  const connection = await instance.connect()
  for (const statement of shopStatements({ text: 'varchar' })) await connection.run(statement)
  connection.closeSync()
  instance.closeSync()
  const sources = await openDataSources([{ type: 'duckdb', name: 'default', database: file }])
  return {
    source: sources.get('default') as DataSource,
    async close() {
      await sources.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
