import { join } from 'node:path'
import type { Query } from '@datainsight/core'
import { load } from '../http/load.ts'
import { publish, versionsOf } from '../measure/report.ts'
import { type Spread, spread } from '../measure/spread.ts'
import { startScript } from '../measure/start-script.ts'
import { postJson } from '../product/post.ts'
import { startProduct } from '../product/start-product.ts'

/**
 * What an answer costs to keep and to find as distinct keys grow, what that makes of a cached query over HTTP, and what the process
 * grows by against the cache's bound.
 */
const ROUNDS = 3
const KEYS = [1_000, 10_000, 100_000, 1_000_000]
const SMALL = 200
const BOUND_MIB = 256
const CONNECTIONS = 16
const SECONDS = 4
const QUERY: Query = { measures: ['flights.count'] }

interface Sample {
  readonly fillMicros: number
  readonly hitMicros: number
  readonly answers: number
  readonly countedBytes: number
  readonly usedBytes: number
  readonly rssBytes: number
}

const measure = async (keys: number, answerBytes: number): Promise<Sample> => {
  const script = await startScript<Sample>(join(import.meta.dirname, 'measure-once.ts'), {
    BENCH_KEYS: String(keys),
    BENCH_ANSWER_BYTES: String(answerBytes),
  })
  await script.stop()
  return script.ready
}

/** CPU time of the server for one cached query over HTTP, microseconds, once for each round. */
const measureRequests = async (): Promise<number[]> => {
  const product = await startProduct()
  try {
    const { token } = await postJson<{ token: string }>(
      `${product.url}/api/v1/embed/tokens`,
      { 'x-api-key': product.apiKey },
      { subject: 'bench', resources: [], attributes: { airport: ['SEA'] }, actions: ['view', 'explore'] },
    )
    const target = { url: product.url, token, body: JSON.stringify({ query: QUERY }), pid: product.pid }
    await load(target, CONNECTIONS, SECONDS)
    const micros: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      micros.push((await load(target, CONNECTIONS, SECONDS)).cpuMicrosPerRequest)
    }
    return micros
  } finally {
    await product.stop()
  }
}

const rounds: Sample[][] = []
const large: Sample[] = []
for (let round = 0; round < ROUNDS; round++) {
  const samples: Sample[] = []
  for (const keys of KEYS) samples.push(await measure(keys, SMALL))
  rounds.push(samples)
  large.push(await measure(20_000, 8_000))
}
const of = (read: (sample: Sample) => number, at: number): Spread =>
  spread(rounds.map((samples) => read(samples[at] as Sample)))
const ratio = (read: (sample: Sample) => number): Spread =>
  spread(rounds.map((samples) => read(samples.at(-1) as Sample) / read(samples[1] as Sample)))
const grown = of(({ rssBytes }) => rssBytes / 2 ** 20, KEYS.length - 1)
const used = of(({ usedBytes }) => usedBytes / 2 ** 20, KEYS.length - 1)
const fill = ratio(({ fillMicros }) => fillMicros)
const hit = ratio(({ hitMicros }) => hitMicros)
const requests = await measureRequests()
const request = spread(
  requests.map((micros, round) => {
    const samples = rounds[round] as Sample[]
    return (micros + (samples.at(-1) as Sample).hitMicros - (samples[0] as Sample).hitMicros) / micros
  }),
)

publish({
  benchmark: 'cache-keys',
  command: 'npm run bench:cache-keys',
  versions: versionsOf(['lru-cache']),
  notes: [
    `answers of ${SMALL} bytes in ${BOUND_MIB} MiB of memory, which holds about a tenth of a million of them; a fresh process each time`,
    'hits are of 10,000 keys at random; keeping one includes making it, its key and its tag',
  ],
  figures: [
    ...KEYS.flatMap((keys, at) => [
      { name: `keep one, ${keys} keys`, unit: 'µs', spread: of(({ fillMicros }) => fillMicros, at) },
      { name: `find one, ${keys} keys`, unit: 'µs', spread: of(({ hitMicros }) => hitMicros, at) },
    ]),
    { name: 'keep one, 10⁶ ÷ 10⁴ keys', unit: '', spread: fill, bar: 'at most 1.5', met: fill.median <= 1.5 },
    { name: 'find one, 10⁶ ÷ 10⁴ keys', unit: '', spread: hit },
    { name: 'cached query over HTTP, CPU', unit: 'µs', digits: 1, spread: spread(requests) },
    {
      name: 'cached query over HTTP, 10⁶ ÷ 10³ keys, by what finding costs',
      unit: '',
      digits: 3,
      spread: request,
      bar: 'at most 1.05',
      met: request.median <= 1.05,
    },
    {
      name: 'heap and buffers in use, 10⁶ keys',
      unit: 'MiB',
      digits: 0,
      spread: used,
      bar: `at most ${BOUND_MIB} MiB`,
      met: used.median <= BOUND_MIB,
    },
    { name: 'growth of the process, 10⁶ keys', unit: 'MiB', digits: 0, spread: grown },
    {
      name: 'growth of the process ÷ bytes counted, answers of 8 kB',
      unit: '',
      spread: spread(large.map(({ rssBytes, countedBytes }) => rssBytes / countedBytes)),
    },
  ],
})
