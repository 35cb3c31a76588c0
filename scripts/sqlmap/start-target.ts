import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runSql } from '../../bench/product/run-sql.ts'
import { type Product, startProduct } from '../../bench/product/start-product.ts'
import { startPostgres } from '../../test/setup/start-postgres.ts'
import { findServices } from '../find-services.ts'

const MODEL = resolve(import.meta.dirname, '../../examples/airport-ops/model')
const ROLLUP = `cubes:
  - name: trips
    sql_table: flights
    dimensions: [{ name: origin, sql: "{CUBE}.origin", type: string }]
    measures: [{ name: count, type: count }]
    pre_aggregations: [{ name: by_origin, measures: [CUBE.count], dimensions: [CUBE.origin] }]
    access_policy: [{ role: "*", row_level: { allow_all: true } }]
`
/** Few rows: an attack is tens of thousands of questions. */
const TABLES = `
create table flights ("date" timestamp, delay bigint, distance bigint, origin text, destination text);
insert into flights select timestamp '2001-01-01' + n * interval '3 hours', n % 50 - 10, n % 9 * 100,
  (array['SEA', 'DEN', 'JFK'])[n % 3 + 1], (array['DEN', 'JFK', 'SEA'])[n % 3 + 1] from generate_series(1, 60) n;
create table airports (iata text primary key, name text, city text, state text, country text, latitude float8, longitude float8);
insert into airports values ('SEA', 'Tacoma', 'Seattle', 'WA', 'USA', 47.4, -122.3), ('DEN', 'Intl', 'Denver', 'CO', 'USA', 39.8, -104.6),
  ('JFK', 'Kennedy', 'New York', 'NY', 'USA', 40.6, -73.7);
`

/** Our server over a small PostgreSQL, with the model of airport-ops and a rollup. */
export interface Target {
  readonly product: Product
  readonly postgres: URL
  readonly stop: () => Promise<void>
}

/** @throws Error when no PostgreSQL is installed */
export async function startTarget(): Promise<Target> {
  const { postgresBin } = findServices()
  if (postgresBin === undefined) throw new Error('no PostgreSQL 15 is installed')
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-attack-'))
  const postgres = await startPostgres(postgresBin)
  const stopPostgres = async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    cpSync(MODEL, folder, { recursive: true })
    writeFileSync(join(folder, 'trips.yml'), ROLLUP)
    await runSql(postgres.url, TABLES)
    const product = await startProduct(`default:\n  type: postgres\n  url: ${postgres.url}\n`, {
      DATAINSIGHT_MODEL_DIR: folder,
      DATAINSIGHT_ALLOW_PRIVATE_SOURCES: 'true',
      DATAINSIGHT_QUERY_LOG_FLUSH_MS: '100',
      DATAINSIGHT_RATE_READ: '1000000000',
      DATAINSIGHT_RATE_LOGIN: '1000000000',
      // Each request says another address, see world.ts.
      DATAINSIGHT_TRUSTED_PROXIES: '127.0.0.1',
      LOG_LEVEL: 'error',
    })
    const stop = async () => {
      await product.stop()
      await stopPostgres()
    }
    return { product, postgres: new URL(postgres.url), stop }
  } catch (error) {
    await stopPostgres()
    throw error
  }
}
