import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EmbedTokenRequest, LoginRequest, Query, ResultSet, Session } from '@datainsight/core'
import { type Figure, publish, versionsOf } from '../measure/report.ts'
import { spread } from '../measure/spread.ts'
import { startScript } from '../measure/start-script.ts'
import { post, postJson } from '../product/post.ts'
import { startProduct } from '../product/start-product.ts'
import { type LoadResult, load, type Target } from './load.ts'
import { signAgain } from './same-token.ts'

/**
 * A repeated query over HTTP against a bare Fastify route that verifies the same JWT and sends the same bytes. Both servers
 * and the load generator have a process each; the servers are loaded in turn.
 */
const ROUNDS = 7
const SECONDS = 4
const CONNECTIONS = 16
const BAR = 0.6

const HALF_YEAR = { dimension: 'flights.date', dateRange: ['2001-01-01', '2001-06-30'] }

interface Case {
  readonly name: string
  readonly rows: number
  readonly token: () => Promise<string>
  readonly query: Query
}

const CASES: readonly Case[] = [
  {
    name: '1 row',
    rows: 1,
    token: embedToken,
    query: { measures: ['flights.count', 'flights.avg_delay'], timeDimensions: [HALF_YEAR] },
  },
  {
    name: '229 rows',
    rows: 229,
    token: accessToken,
    query: {
      measures: ['flights.count', 'flights.avg_delay'],
      dimensions: ['flights.origin'],
      timeDimensions: [HALF_YEAR],
      order: [['flights.origin', 'asc']],
      limit: 229,
    },
  },
]

const folder = mkdtempSync(join(tmpdir(), 'datainsight-bench-http-'))
const product = await startProduct()
const figures: Figure[] = []
const notes: string[] = []
try {
  for (const { name, rows, query, ...wanted } of CASES) {
    const token = await wanted.token()
    const body = JSON.stringify({ query })
    const target = { url: product.url, token, body, pid: product.pid }
    const bytes = await storedAnswer(target, rows)
    const bodyFile = join(folder, `${rows}.json`)
    writeFileSync(bodyFile, bytes)
    const same = await signAgain(token)
    const bare = await startScript<{ url: string }>(join(import.meta.dirname, 'bare-server.ts'), {
      BARE_KEY: same.key,
      BARE_ALGORITHM: same.algorithm,
      BARE_BODY: bodyFile,
    })
    const bareTarget = { url: bare.ready.url, token: same.token, body, pid: bare.process.pid ?? 0 }
    await load(target, CONNECTIONS, 2)
    await load(bareTarget, CONNECTIONS, 2)
    const pairs: { product: LoadResult; bare: LoadResult }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      pairs.push({
        product: await load(target, CONNECTIONS, SECONDS),
        bare: await load(bareTarget, CONNECTIONS, SECONDS),
      })
    }
    await bare.stop()
    const ratio = spread(pairs.map((pair) => pair.product.requestsPerSecond / pair.bare.requestsPerSecond))
    figures.push(
      { name: `${name}: product ÷ bare`, unit: '', spread: ratio, bar: `at least ${BAR}`, met: ratio.median >= BAR },
      {
        name: `${name}: product`,
        unit: 'requests/s',
        digits: 0,
        spread: spread(pairs.map((pair) => pair.product.requestsPerSecond)),
      },
      {
        name: `${name}: bare Fastify`,
        unit: 'requests/s',
        digits: 0,
        spread: spread(pairs.map((pair) => pair.bare.requestsPerSecond)),
      },
      {
        name: `${name}: CPU of bare ÷ CPU of product, a request`,
        unit: '',
        spread: spread(pairs.map((pair) => pair.bare.cpuMicrosPerRequest / pair.product.cpuMicrosPerRequest)),
      },
    )
    notes.push(
      `${name}: ${bytes.byteLength} bytes of JSON, ${same.algorithm} token of ${token.length} bytes, ${CONNECTIONS} connections, ${SECONDS} s a run`,
    )
  }
} finally {
  await product.stop()
  rmSync(folder, { recursive: true, force: true })
}

publish({
  benchmark: 'http',
  command: 'npm run bench:http',
  versions: versionsOf(['fastify', '@fastify/jwt', 'autocannon']),
  notes,
  figures,
})

/** A customer's token, which sees one airport. */
async function embedToken(): Promise<string> {
  const request: EmbedTokenRequest = {
    subject: 'bench',
    resources: [],
    attributes: { airport: ['SEA'] },
    actions: ['view', 'explore'],
    ttlSeconds: 3_600,
  }
  const { token } = await postJson<{ token: string }>(
    `${product.url}/api/v1/embed/tokens`,
    { 'x-api-key': product.apiKey },
    request,
  )
  return token
}

/** The administrator's token, which sees all airports. */
async function accessToken(): Promise<string> {
  const login: LoginRequest = { email: product.adminEmail, password: product.adminPassword }
  const { accessToken } = await postJson<Session>(`${product.url}/api/v1/auth/login`, {}, login)
  return accessToken
}

/** Asks until the answer is a hit, checks that it is the expected one, and returns its bytes. */
async function storedAnswer({ url, token, body }: Target, rows: number): Promise<Buffer> {
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' }
  await post(`${url}/api/v1/query`, headers, JSON.parse(body))
  const bytes = await post(`${url}/api/v1/query`, headers, JSON.parse(body))
  const { meta } = JSON.parse(bytes.toString()) as ResultSet
  if (meta.cache !== 'hit' || meta.rowCount !== rows) throw new Error(`unexpected answer: ${JSON.stringify(meta)}`)
  return bytes
}
