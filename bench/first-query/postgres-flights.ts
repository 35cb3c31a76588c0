import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { DUCKDB_TABLES } from '../product/start-product.ts'

/** Rows sent with one insert. */
const CHUNK = 20_000

/**
 * Fills a PostgreSQL database with the airports and some flights, indexed by origin.
 *
 * @param which a condition in SQL; the flights that leave SEA and DEN when absent (117,154 rows)
 */
export async function fillPostgres(url: string, which = "origin in ('SEA', 'DEN')"): Promise<void> {
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
  for (const sql of DUCKDB_TABLES) await duckdb.run(sql)
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(
      'create table flights ("date" timestamp, delay bigint, distance bigint, origin text, destination text)',
    )
    await client.query(
      'create table airports (iata text primary key, name text, city text, state text, country text, latitude float8, longitude float8)',
    )
    const flights = await duckdb.runAndReadAll(
      `select date::varchar, delay::int, distance::int, origin, destination from flights where ${which}`,
    )
    const columns = flights.getColumns()
    for (let from = 0; from < flights.currentRowCount; from += CHUNK) {
      await client.query(
        'insert into flights select * from unnest($1::timestamp[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])',
        columns.map((column) => column.slice(from, from + CHUNK)),
      )
    }
    const airports = await duckdb.runAndReadAll(
      'select iata, name, city, state, country, latitude, longitude from airports',
    )
    await client.query(
      'insert into airports select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[])',
      airports.getColumns(),
    )
    await client.query('create index on flights (origin, "date")')
    await client.query('vacuum analyze')
  } finally {
    await client.end()
    duckdb.closeSync()
  }
}
