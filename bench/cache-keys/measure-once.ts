import { randomBytes } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { toAnswer } from '../../packages/server/src/cache/answer.ts'
import { ResultCache, toCacheKey } from '../../packages/server/src/cache/result-cache.ts'

/**
 * Fills a cache with distinct keys in a fresh process and then asks for what it holds, at random. Sends microseconds per key and
 * bytes, the process's against those that the cache says it holds.
 */
const KEYS = Number(process.env.BENCH_KEYS)
const ANSWER_BYTES = Number(process.env.BENCH_ANSWER_BYTES)
const MAX_BYTES = 256 * 1024 * 1024
const HITS = 200_000
const BATCH = 1_000

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void
const memory = () => {
  gc()
  gc()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { used: heapUsed + external, rss }
}

const scope = { organizationId: 'bench', source: 'default', tables: ['flights'], tags: ['flights'] }
const signal = new AbortController().signal
// Half of it compresses, as texts do; random, so that no two answers share memory.
const text = () =>
  `{"columns":[],"data":[["${randomBytes(ANSWER_BYTES / 4)
    .toString('hex')
    .padEnd(ANSWER_BYTES, 'ab')}"]`
const keyOf = (index: number) => toCacheKey(`statement ${index}`, '1', scope)
const fill = (cache: ResultCache, index: number) =>
  cache.get(keyOf(index), {
    ttlMs: 3_600_000,
    signal,
    renew: false,
    load: async () => toAnswer(Buffer.from(text()), 'version'),
  })

// Everything is compiled by the time that counts.
const warm = new ResultCache({ maxBytes: 4_000_000 })
for (let index = 0; index < 20_000; index++) await fill(warm, index)
warm.clear()

const before = memory()
const cache = new ResultCache({ maxBytes: MAX_BYTES })
let fillMs = 0
for (let start = 0; start < KEYS; start += BATCH) {
  const began = performance.now()
  for (let index = start; index < Math.min(KEYS, start + BATCH); index++) await fill(cache, index)
  fillMs += performance.now() - began
}
const after = memory()
const { answers, bytes } = cache.size
const held = Array.from({ length: Math.min(10_000, answers) }, () =>
  keyOf(KEYS - 1 - Math.floor(Math.random() * answers)),
)
let found = 0
const began = performance.now()
for (let hit = 0; hit < HITS; hit++) if (cache.peek(held[hit % held.length] as (typeof held)[0]) !== undefined) found++
const hitMs = performance.now() - began
if (found !== HITS) throw new Error(`${HITS - found} keys were not held`)
process.send?.({
  fillMicros: (fillMs * 1_000) / KEYS,
  hitMicros: (hitMs * 1_000) / HITS,
  answers,
  countedBytes: bytes,
  usedBytes: after.used - before.used,
  rssBytes: after.rss - before.rss,
})
