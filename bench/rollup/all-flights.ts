import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { DUCKDB_TABLES } from '../product/start-product.ts'

/** Fills a PostgreSQL database on this machine with the airports and all 3,000,000 flights. */
export async function fillAllFlights(url: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-bench-flights-'))
  // Read by the database's own user.
  chmodSync(folder, 0o755)
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
  const client = new pg.Client(url)
  await client.connect()
  try {
    for (const sql of DUCKDB_TABLES) await duckdb.run(sql)
    await client.query(
      `create table flights ("date" timestamp, delay bigint, distance bigint, origin text, destination text);
       create table airports (iata text primary key, name text, city text, state text, country text, latitude float8, longitude float8)`,
    )
    for (const [table, columns] of [
      ['flights', 'date, delay::int, distance::int, origin, destination'],
      ['airports', 'iata, name, city, state, country, latitude, longitude'],
    ]) {
      const file = join(folder, `${table}.csv`)
      await duckdb.run(`copy (select ${columns} from ${table}) to '${file}' (format csv, header false)`)
      chmodSync(file, 0o644)
      await client.query(`copy ${table} from '${file}' (format csv)`)
    }
    await client.query('vacuum analyze')
  } finally {
    await client.end()
    duckdb.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
}
