import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Query, ResultSet } from '@datainsight/core'
import { findServices } from '../../scripts/find-services.ts'
import { startPostgres } from '../../test/setup/start-postgres.ts'
import { openRawPostgres, type RawDriver } from '../first-query/raw-drivers.ts'
import { publish, versionsOf } from '../measure/report.ts'
import { quantile, spread } from '../measure/spread.ts'
import { post, postJson } from '../product/post.ts'
import { type Product, startProduct } from '../product/start-product.ts'
import { fillAllFlights } from './all-flights.ts'

/**
 * What a rollup saves: the time of a question over HTTP that a rollup answers, past every cache, ÷ the time of the same question
 * as SQL over three million rows on one open connection to PostgreSQL. In turn, so that both meet the same machine.
 */
const ROUNDS = 5
const PAIRS = 10
const MAX_RATIO = 0.02

const QUERY: Query = {
  measures: ['flights.count', 'flights.avg_delay'],
  timeDimensions: [{ dimension: 'flights.date', granularity: 'week' }],
  renewQuery: true,
}
const ROLLUP = `
    pre_aggregations:
      - name: by_day
        measures: [count, avg_delay]
        dimensions: [origin]
        time_dimension: date
        granularity: day
        partition_granularity: month
`

/** Where rollups are kept, and what the data-sources file says of it. */
const STORES = [
  ['in Parquet', ''],
  ['in PostgreSQL', ', rollups: { schema: rollups }'],
] as const

const { postgresBin } = findServices()
if (postgresBin === undefined) throw new Error('this needs PostgreSQL; see npm run setup')
const postgres = await startPostgres(postgresBin)
const folder = mkdtempSync(join(tmpdir(), 'datainsight-bench-rollup-'))
try {
  await fillAllFlights(postgres.url)
  cpSync(resolve(import.meta.dirname, '../../examples/airport-ops/model'), folder, { recursive: true })
  const file = join(folder, 'flights.yml')
  writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n${ROLLUP}`)
  const raw = await openRawPostgres(postgres.url)
  await raw.query('create schema rollups', [])
  try {
    const outcomes: Outcome[] = []
    for (const [where, rollups] of STORES) {
      const product = await startProduct(`default: { type: postgres, url: "${postgres.url}"${rollups} }`, {
        DATAINSIGHT_MODEL_DIR: folder,
        DATAINSIGHT_ROLLUP_INTERVAL_MS: '0',
      })
      try {
        outcomes.push(await compare(where, product, raw))
      } finally {
        await product.stop()
      }
    }
    publish({
      benchmark: 'rollup',
      command: 'npm run bench:rollup',
      versions: versionsOf(['fastify', '@duckdb/node-api', 'pg']),
      notes: [
        `weeks of 3,000,000 flights in PostgreSQL; rollup by day and origin, of which its level without origins is read, past every cache; medians of ${PAIRS}`,
        ...outcomes.map(({ where, buildSeconds }) => `built ${where} in ${buildSeconds.toFixed(1)} s`),
      ],
      figures: outcomes.flatMap(({ where, rounds }) => {
        const ratio = spread(rounds.map((round) => round.ratio))
        return [
          {
            name: `rollup ${where} over HTTP ÷ the aggregate in PostgreSQL, p50`,
            unit: '×',
            spread: ratio,
            bar: `at most ${MAX_RATIO}`,
            met: ratio.median <= MAX_RATIO,
          },
          { name: `rollup ${where} over HTTP, p50`, unit: 'ms', spread: spread(rounds.map((round) => round.hit)) },
          { name: 'aggregate in PostgreSQL, p50', unit: 'ms', spread: spread(rounds.map((round) => round.raw)) },
        ]
      }),
    })
  } finally {
    await raw.close()
  }
} finally {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
}

interface Outcome {
  readonly where: string
  readonly buildSeconds: number
  readonly rounds: readonly { readonly ratio: number; readonly hit: number; readonly raw: number }[]
}

async function compare(where: string, product: Product, raw: RawDriver): Promise<Outcome> {
  const headers = { 'x-api-key': product.apiKey, 'accept-encoding': 'identity' }
  const explain = () =>
    postJson<{ sql: string; parameters: unknown[]; explain: { rollup: string | null } }>(
      `${product.url}/api/v1/query/sql`,
      headers,
      { query: QUERY },
    )
  const rows = await explain()
  const begun = performance.now()
  await postJson(`${product.url}/api/v1/rollups/flights.by_day/build`, headers, {})
  while ((await explain()).explain.rollup === null) await sleep(200)
  const buildSeconds = (performance.now() - begun) / 1_000

  const rounds: { ratio: number; hit: number; raw: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const hits: number[] = []
    const raws: number[] = []
    for (let pair = 0; pair < PAIRS; pair++) {
      let begin = performance.now()
      const bytes = await post(`${product.url}/api/v1/query`, headers, { query: QUERY })
      hits.push(performance.now() - begin)
      const { meta } = JSON.parse(bytes.toString()) as ResultSet
      if (meta.cache !== 'miss' || meta.rowCount === 0) throw new Error(`not an answer: ${JSON.stringify(meta)}`)
      begin = performance.now()
      await raw.query(rows.sql, rows.parameters)
      raws.push(performance.now() - begin)
    }
    const [hit, aggregate] = [quantile(hits, 0.5), quantile(raws, 0.5)]
    rounds.push({ ratio: hit / aggregate, hit, raw: aggregate })
  }
  return { where, buildSeconds, rounds }
}
