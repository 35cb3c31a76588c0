import { request } from 'node:http'
import type { ExportFormat, Query } from '@datainsight/core'
import { findServices } from '../../scripts/find-services.ts'
import { startPostgres } from '../../test/setup/start-postgres.ts'
import { fillPostgres } from '../first-query/postgres-flights.ts'
import { peakWhile, residentBytes } from '../measure/process-memory.ts'
import { type Figure, publish, versionsOf } from '../measure/report.ts'
import { spread } from '../measure/spread.ts'
import { postJson } from '../product/post.ts'
import { startProduct } from '../product/start-product.ts'
import { type Drain, openDuckDBDrain, openPostgresDrain } from './drain-driver.ts'

/**
 * A million rows of six columns as a file: the time over HTTP until the last byte, divided by the time to read the same rows
 * by the driver alone, and what the server's memory grows by meanwhile. In turn, in alternating order.
 */
const ROUNDS = 5
const BAR_RATIO = 1.5
const BAR_BYTES = 100 * 1_000_000
const MAX_ROWS = 2_000_000
/** Flights of the first two months. */
const ROW_COUNT = 1_000_483
const FORMATS: readonly ExportFormat[] = ['arrow', 'csv']

const QUERY: Query = {
  dimensions: [
    'flights.date',
    'flights.origin',
    'flights.destination',
    'flights.delay',
    'flights.distance',
    'flights.weekday',
  ],
  timeDimensions: [{ dimension: 'flights.date', dateRange: ['2001-01-01', '2001-03-02'] }],
  ungrouped: true,
  order: [['flights.date', 'asc']],
}

/** Reads an answer to its end without keeping it. */
function drainHttp(url: string, headers: Readonly<Record<string, string>>, body: unknown): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        let bytes = 0
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length
        })
        response.on('end', () =>
          response.statusCode === 200
            ? resolve(bytes)
            : reject(new Error(`the export answered ${response.statusCode}`)),
        )
        response.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(JSON.stringify(body))
  })
}

const timed = async (work: () => Promise<number>): Promise<{ ms: number; count: number }> => {
  const begin = performance.now()
  const count = await work()
  return { ms: performance.now() - begin, count }
}

async function measure(name: string, dataSources: string | undefined, driver: Drain): Promise<Figure[]> {
  const product = await startProduct(dataSources, { DATAINSIGHT_EXPORT_MAX_ROWS: String(MAX_ROWS) })
  const headers = { 'x-api-key': product.apiKey }
  const figures: Figure[] = []
  try {
    const statement = await postJson<{ sql: string; parameters: readonly unknown[] }>(
      `${product.url}/api/v1/query/sql`,
      headers,
      { query: QUERY },
    )
    // What an export asks for, instead of an answer's 10,000 rows and one.
    const parameters = statement.parameters.map((value) => (value === 10_001 ? MAX_ROWS + 1 : value))
    const sql = statement.sql.replace(/\b10001\b/, String(MAX_ROWS + 1))
    const drain = () => timed(() => driver.drain(sql, parameters))
    for (const format of FORMATS) {
      const ratios: number[] = []
      const times: number[] = []
      const drained: number[] = []
      const growths: number[] = []
      const ask = () => timed(() => drainHttp(`${product.url}/api/v1/query/export`, headers, { query: QUERY, format }))
      for (let round = -1; round < ROUNDS; round++) {
        const before = residentBytes(product.pid)
        const alone = round % 2 === 0 ? await drain() : undefined
        const { result: ours, peakBytes } = await peakWhile(product.pid, ask)
        const { ms, count } = alone ?? (await drain())
        if (count !== ROW_COUNT) throw new Error(`the driver read ${count} rows`)
        // The first round warms both sides up; what it loads once is not growth.
        if (round < 0) continue
        ratios.push(ours.ms / ms)
        times.push(ours.ms)
        drained.push(ms)
        growths.push((peakBytes - before) / 1_000_000)
      }
      const ratio = spread(ratios)
      const growth = spread(growths)
      figures.push(
        {
          name: `${name}, ${format}: over HTTP ÷ draining the driver`,
          unit: '×',
          spread: ratio,
          bar: `at most ${BAR_RATIO}`,
          met: ratio.median <= BAR_RATIO,
        },
        {
          name: `${name}, ${format}: growth of memory`,
          unit: 'MB',
          spread: growth,
          digits: 0,
          bar: 'at most 100 MB, every round',
          met: growth.max * 1_000_000 <= BAR_BYTES,
        },
        { name: `${name}, ${format}: over HTTP`, unit: 'ms', spread: spread(times), digits: 0 },
        { name: `${name}, ${format}: driver`, unit: 'ms', spread: spread(drained), digits: 0 },
      )
    }
    return figures
  } finally {
    await product.stop()
    await driver.close()
  }
}

const figures = await measure('DuckDB', undefined, await openDuckDBDrain())
const { postgresBin } = findServices()
if (postgresBin === undefined) console.warn('PostgreSQL was not found: it is not measured')
else {
  const postgres = await startPostgres(postgresBin)
  try {
    await fillPostgres(postgres.url, "date >= '2001-01-01' and date < '2001-03-03'")
    const sources = `default:\n  type: postgres\n  url: ${postgres.url}\n`
    figures.push(...(await measure('PostgreSQL', sources, await openPostgresDrain(postgres.url))))
  } finally {
    await postgres.stop()
  }
}

publish({
  benchmark: 'stream',
  command: 'npm run bench:stream',
  versions: versionsOf(['@duckdb/node-api', 'pg', 'fastify', '@uwdata/flechette']),
  notes: [`${ROW_COUNT} rows of 6 columns`],
  figures,
})
