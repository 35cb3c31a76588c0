import type { Query, ResultSet } from '@datainsight/core'
import { bytesInUse } from '../measure/memory-in-use.ts'
import { publish, versionsOf } from '../measure/report.ts'
import { quantile, spread } from '../measure/spread.ts'
import { post, postJson } from '../product/post.ts'
import { freePort, startProduct } from '../product/start-product.ts'

/**
 * What a tenant costs: a thousand of them ask their first question of one model, each with a token and a row rule of its own. The
 * time of the last ones is held against that of the first ones, and what each of the last half adds to memory against what each
 * of the first half added.
 */
const ROUNDS = 3
const TENANTS = 1_000
const GROUP = 100
const HALF = TENANTS / 2
/** Noise of medians of a hundred on a shared machine. */
const MAX_RATIO = 1.15
const MAX_TENANT_KILOBYTES = 16

const QUERY: Query = {
  measures: ['flights.count', 'flights.avg_delay'],
  dimensions: ['flights.destination'],
  timeDimensions: [{ dimension: 'flights.date', dateRange: ['2001-01-01', '2001-01-07'] }],
  order: [['flights.count', 'desc']],
  limit: 100,
}

interface Round {
  readonly ratio: number
  readonly firstMs: number
  readonly lastMs: number
  /** What a tenant of each half adds to memory. */
  readonly kilobytes: readonly [number, number]
}

async function measure(): Promise<Round> {
  const inspectorPort = await freePort()
  const product = await startProduct(undefined, { NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort}` })
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
    const inUse = [await bytesInUse(inspectorPort)]
    for (let index = 0; index < TENANTS; index++) {
      times.push(await firstQuestion())
      if ((index + 1) % HALF === 0) inUse.push(await bytesInUse(inspectorPort))
    }
    const [before = 0, between = 0, after = 0] = inUse
    const firstMs = quantile(times.slice(0, GROUP), 0.5)
    const lastMs = quantile(times.slice(-GROUP), 0.5)
    return {
      ratio: lastMs / firstMs,
      firstMs,
      lastMs,
      kilobytes: [(between - before) / HALF / 1_024, (after - between) / HALF / 1_024],
    }
  } finally {
    await product.stop()
  }
}

const rounds: Round[] = []
for (let round = 0; round < ROUNDS; round++) rounds.push(await measure())
const ratio = spread(rounds.map((round) => round.ratio))
const kilobytes = spread(rounds.map(({ kilobytes: [, last] }) => last))
const growth = spread(rounds.map(({ kilobytes: [first, last] }) => last / first))

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
      name: 'memory a tenant of the last half adds ÷ of the first half',
      unit: '×',
      spread: growth,
      bar: `at most ${MAX_RATIO}`,
      met: growth.median <= MAX_RATIO,
    },
    {
      name: 'memory a tenant of the last half adds',
      unit: 'KiB',
      spread: kilobytes,
      bar: `at most ${MAX_TENANT_KILOBYTES} KiB`,
      met: kilobytes.median <= MAX_TENANT_KILOBYTES,
    },
  ],
})
