import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DuckDBInstance } from '@duckdb/node-api'
import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import type { DataSource } from '../../src/data-sources/data-source.ts'
import { openMySql } from '../../src/data-sources/mysql.ts'
import { openDataSources } from '../../src/data-sources/open-data-sources.ts'
import { openSqlite } from '../../src/data-sources/sqlite.ts'
import { uuidV7 } from '../../src/uuid-v7.ts'
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

/** A MariaDB database with the shop's data. Texts compare by their bytes, so that groups are those of the other databases. */
export async function openMariaDBShop(): Promise<Engine> {
  const url = new URL(process.env.TEST_MARIADB_URL as string)
  const database = `shop_${uuidV7().replaceAll('-', '')}`
  const admin = await createConnection({ uri: url.href, multipleStatements: false, timezone: 'Z' })
  await admin.query(`create database ${database} character set utf8mb4 collate utf8mb4_nopad_bin`)
  await admin.query(`use ${database}`)
  const types = { timestamp: 'datetime(6)', boolean: 'tinyint(1)', text: 'varchar(200)' }
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
  for (const statement of shopStatements(types, quote)) await admin.query(statement)
  const source = openMySql({
    name: 'default',
    host: url.hostname,
    port: Number(url.port),
    database,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    tls: false,
  })
  return {
    source,
    async close() {
      await source.close()
      await admin.query(`drop database ${database}`)
      await admin.end()
    },
  }
}

/** A SQLite file with the shop's data; times are ISO texts, as SQLite's own functions write them. */
export async function openSqliteShop(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-cases-'))
  const file = join(folder, 'shop.sqlite')
  const database = new DatabaseSync(file)
  for (const statement of shopStatements({ timestamp: 'text', double: 'real' })) database.exec(statement)
  database.close()
  const source = openSqlite({ name: 'default', file })
  return {
    source,
    async close() {
      await source.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
