import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'

/** Folder of the real flights and airports. */
export const DATA = fileURLToPath(new URL('../../../node_modules/vega-datasets/data/', import.meta.url))
/** Folder of the example's model. */
export const MODEL = fileURLToPath(new URL('../../../examples/airport-ops/model/', import.meta.url))
/** Flights that the PostgreSQL copy holds: three airports are enough to see that only one of them is answered for. */
export const COPIED_ORIGINS = ['SEA', 'DEN', 'BUR']

const BATCH = 20_000

/** Copies airports and the flights of {@link COPIED_ORIGINS} into tables of `url`. */
export async function copyFlights(url: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const duckdb = await instance.connect()
  const client = new pg.Client(url)
  await client.connect()
  const read = async (sql: string) => (await duckdb.runAndReadAll(sql)).getColumnsJson() as unknown[][]
  try {
    await client.query(
      `create table flights ("date" timestamp, delay bigint, distance bigint, origin text, destination text);
       create table airports (iata text primary key, name text, city text, state text, country text, latitude float8, longitude float8)`,
    )
    const origins = COPIED_ORIGINS.map((origin) => `'${origin}'`).join(', ')
    await insert(
      client,
      'flights',
      ['timestamp', 'bigint', 'bigint', 'text', 'text'],
      await read(
        `select date::varchar, delay, distance, origin, destination from '${DATA}flights-3m.parquet' where origin in (${origins})`,
      ),
    )
    await insert(
      client,
      'airports',
      ['text', 'text', 'text', 'text', 'text', 'float8', 'float8'],
      await read(`select iata, name, city, state, country, latitude, longitude from '${DATA}airports.csv'`),
    )
    await client.query('create index on flights (origin); analyze')
  } finally {
    await client.end()
    duckdb.closeSync()
    instance.closeSync()
  }
}

async function insert(client: pg.Client, table: string, types: string[], columns: unknown[][]): Promise<void> {
  const rows = columns[0]?.length ?? 0
  const lists = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')
  for (let start = 0; start < rows; start += BATCH) {
    const slices = columns.map((column) => column.slice(start, start + BATCH))
    await client.query(`insert into ${table} select * from unnest(${lists})`, slices)
  }
}
