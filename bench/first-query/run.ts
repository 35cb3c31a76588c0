import type { Query, ResultSet } from '@datainsight/core'
import { findServices } from '../../scripts/find-services.ts'
import { startPostgres } from '../../test/setup/start-postgres.ts'
import { type Figure, publish, versionsOf } from '../measure/report.ts'
import { quantile, spread } from '../measure/spread.ts'
import { startProduct } from '../product/start-product.ts'
import { openWireClient } from '../product/wire-client.ts'
import { fillPostgres } from './postgres-flights.ts'
import { openRawDuckDB, openRawPostgres, type RawDriver } from './raw-drivers.ts'

/**
 * What a question costs that nobody asked before: the time over HTTP, from request to last byte, minus the time of the same
 * SQL on one open connection of the same driver. Pair by pair, in alternating order, each pair with a question of its own.
 */
const ROUNDS = 7
/** Until V8 has compiled what a server that has been up for a while runs compiled. */
const WARM_UP_ROUNDS = 8
const PAIRS = 40
const BAR_MS = 2

interface SqlAnswer {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

let day = 0

/** A question not asked before: another span of days each time. */
function nextQuery(): Query {
  day += 1
  const first = new Date(Date.UTC(2001, 0, 1 + (day % 150)))
  const last = new Date(first.getTime() + (1 + Math.floor(day / 150)) * 86_400_000)
  return {
    measures: ['flights.count', 'flights.avg_delay'],
    dimensions: ['flights.destination'],
    timeDimensions: [
      { dimension: 'flights.date', dateRange: [first.toISOString().slice(0, 10), last.toISOString().slice(0, 10)] },
    ],
    filters: [{ member: 'flights.origin', operator: 'equals', values: ['SEA'] }],
    order: [['flights.count', 'desc']],
    limit: 100,
  }
}

async function measure(name: string, dataSources: string | undefined, driver: RawDriver): Promise<Figure[]> {
  const product = await startProduct(dataSources)
  const client = await openWireClient(product.url)
  const headers = { 'x-api-key': product.apiKey, 'accept-encoding': 'identity' }
  const overHttp = async (query: Query): Promise<number> => {
    const begin = performance.now()
    const bytes = await client.post('/api/v1/query', headers, { query })
    const ms = performance.now() - begin
    const { meta } = JSON.parse(bytes.toString()) as ResultSet
    if (meta.cache !== 'miss' || meta.rowCount === 0)
      throw new Error(`expected a first answer with rows, not ${JSON.stringify(meta)}`)
    return ms
  }
  const sqlOf = async (query: Query): Promise<SqlAnswer> =>
    JSON.parse((await client.post('/api/v1/query/sql', headers, { query })).toString())
  const raw = async ({ sql, parameters }: SqlAnswer): Promise<number> => {
    const begin = performance.now()
    await driver.query(sql, parameters)
    return performance.now() - begin
  }
  const rounds: { difference: number; http: number; raw: number }[] = []
  try {
    for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      const pairs: { http: number; raw: number }[] = []
      for (let pair = 0; pair < PAIRS; pair++) {
        const query = nextQuery()
        const statement = await sqlOf(query)
        if (pair % 2 === 0) {
          const http = await overHttp(query)
          pairs.push({ http, raw: await raw(statement) })
        } else {
          const ms = await raw(statement)
          pairs.push({ http: await overHttp(query), raw: ms })
        }
      }
      if (round < 0) continue
      rounds.push({
        difference: quantile(
          pairs.map((pair) => pair.http - pair.raw),
          0.5,
        ),
        http: quantile(
          pairs.map((pair) => pair.http),
          0.5,
        ),
        raw: quantile(
          pairs.map((pair) => pair.raw),
          0.5,
        ),
      })
    }
  } finally {
    client.close()
    await product.stop()
    await driver.close()
  }
  const difference = spread(rounds.map((round) => round.difference))
  return [
    {
      name: `${name}: over HTTP − driver, p50`,
      unit: 'ms',
      spread: difference,
      bar: `at most ${BAR_MS} ms`,
      met: difference.median <= BAR_MS,
    },
    { name: `${name}: over HTTP, p50`, unit: 'ms', spread: spread(rounds.map((round) => round.http)) },
    { name: `${name}: driver, p50`, unit: 'ms', spread: spread(rounds.map((round) => round.raw)) },
  ]
}

const figures = await measure('DuckDB', undefined, await openRawDuckDB())
const { postgresBin } = findServices()
if (postgresBin === undefined) console.warn('PostgreSQL was not found: it is not measured')
else {
  const postgres = await startPostgres(postgresBin)
  try {
    await fillPostgres(postgres.url)
    const sources = `default:\n  type: postgres\n  url: ${postgres.url}\n`
    figures.push(...(await measure('PostgreSQL', sources, await openRawPostgres(postgres.url))))
  } finally {
    await postgres.stop()
  }
}

publish({
  benchmark: 'first-query',
  command: 'npm run bench:first-query',
  versions: versionsOf(['fastify', '@duckdb/node-api', 'pg']),
  notes: [
    `${PAIRS} pairs a round, every pair another span of days, so nothing is cached; figures are each round's p50, after ${WARM_UP_ROUNDS} rounds that warm both sides up`,
    'flights of SEA by destination: 3,000,000 rows of parquet in DuckDB, 117,154 indexed rows in PostgreSQL',
  ],
  figures,
})
