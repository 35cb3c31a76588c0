import type { Query, ResultSet } from '@datainsight/core'
import { residentBytes } from '../measure/process-memory.ts'
import { publish, versionsOf } from '../measure/report.ts'
import { quantile, spread } from '../measure/spread.ts'
import { post, postJson } from '../product/post.ts'
import { startProduct } from '../product/start-product.ts'

/**
 * What a tenant costs: a thousand of them ask their first question of one model, each with a token and a row rule of its own. The
 * time of the last ones is held against that of the first ones, and memory after all against memory after a tenth.
 */
const ROUNDS = 3
const TENANTS = 1_000
const GROUP = 100
/** Noise of medians of a hundred on a shared machine. */
const MAX_RATIO = 1.15
const MAX_TENANT_KILOBYTES = 64

const QUERY: Query = {
  measures: ['flights.count', 'flights.avg_delay'],
  dimensions: ['flights.destination'],
  timeDimensions: [{ dimension: 'flights.date', dateRange: ['2001-01-01', '2001-01-07'] }],
  order: [['flights.count', 'desc']],
  limit: 100,
}

async function measure(): Promise<{ ratio: number; firstMs: number; lastMs: number; kilobytes: number }> {
  const product = await startProduct()
  try {
    let tenant = 0
    const firstQuestion = async (): Promise<number> => {
      tenant += 1
      // Another rule each time, and so another statement, over the same rows.
      const { token } = await postJson<{ token: string }>(
        `${product.url}/api/v1/embed/tokens`,
        { 'x-api-key': product.apiKey },
        {
          subject: `tenant-${tenant}`,
          resources: [],
          attributes: { airport: ['SEA', `T${tenant}`] },
          actions: ['view', 'explore'],
        },
      )
      const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' }
      const begin = performance.now()
      const bytes = await post(`${product.url}/api/v1/query`, headers, { query: QUERY })
      const ms = performance.now() - begin
      const { meta } = JSON.parse(bytes.toString()) as ResultSet
      if (meta.cache !== 'miss' || meta.rowCount === 0) throw new Error(`not a first answer: ${JSON.stringify(meta)}`)
      return ms
    }
    // Warms up code and data, not tenants.
    for (let index = 0; index < GROUP; index++) await firstQuestion()
    const times: number[] = []
    let bytesAfterFirst = 0
    for (let index = 0; index < TENANTS; index++) {
      times.push(await firstQuestion())
      if (index + 1 === GROUP) bytesAfterFirst = residentBytes(product.pid)
    }
    const bytesAfterAll = residentBytes(product.pid)
    const firstMs = quantile(times.slice(0, GROUP), 0.5)
    const lastMs = quantile(times.slice(-GROUP), 0.5)
    return {
      ratio: lastMs / firstMs,
      firstMs,
      lastMs,
      kilobytes: (bytesAfterAll - bytesAfterFirst) / (TENANTS - GROUP) / 1_024,
    }
  } finally {
    await product.stop()
  }
}

const rounds: Awaited<ReturnType<typeof measure>>[] = []
for (let round = 0; round < ROUNDS; round++) rounds.push(await measure())
const ratio = spread(rounds.map((round) => round.ratio))
const kilobytes = spread(rounds.map((round) => round.kilobytes))

publish({
  benchmark: 'tenants',
  command: 'npm run bench:tenants',
  versions: versionsOf(['fastify', '@duckdb/node-api']),
  notes: [
    `${TENANTS} tenants a round, each with a token, a row rule and so a statement of its own; medians of ${GROUP}`,
    'a tenant’s memory holds its verified token, its plan and its answer of 100 rows; every store of these is bounded',
  ],
  figures: [
    {
      name: 'first question of the last tenants ÷ of the first',
      unit: '×',
      spread: ratio,
      bar: `at most ${MAX_RATIO}`,
      met: ratio.median <= MAX_RATIO,
    },
    { name: 'first question, first tenants, p50', unit: 'ms', spread: spread(rounds.map((round) => round.firstMs)) },
    { name: 'first question, last tenants, p50', unit: 'ms', spread: spread(rounds.map((round) => round.lastMs)) },
    {
      name: 'resident memory a tenant adds',
      unit: 'KiB',
      spread: kilobytes,
      bar: `at most ${MAX_TENANT_KILOBYTES} KiB`,
      met: kilobytes.median <= MAX_TENANT_KILOBYTES,
    },
  ],
})
