import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, answerTail, plainBytes, toAnswer } from '../src/cache/answer.ts'
import { RedisLevel } from '../src/cache/redis-level.ts'
import { ResultCache, toCacheKey } from '../src/cache/result-cache.ts'
import { gzipWithTail } from '../src/query/gzip-stream.ts'
import { writeAnswer } from '../src/query/write-answer.ts'
import { type PrivateRedis, startPrivateRedis } from './private-redis.ts'

const SECRET = 'a secret of thirty-two bytes or so'
const never = new AbortController().signal
const ORGANIZATION = '018f0000-0000-7000-8000-000000000001'
const SCOPE = { organizationId: ORGANIZATION, source: 'default', tables: ['orders'], tags: ['orders'] }
const keyOf = (name: string) => toCacheKey(name, '', SCOPE)
/** Where Redis keeps the answer of a key. */
const inRedis = (name: string) => `di:answer:{${keyOf(name).id}}`
const small = toAnswer(Buffer.from('{"columns":[],"data":[],"meta":{"rowCount":0'), '0000000000000000')
const large = toAnswer(
  Buffer.from(`{"columns":[],"data":[["${'a long text '.repeat(1_000)}"]],"meta":{"rowCount":1`),
  '1111111111111111',
)

/** Counts how often the data source would be asked. */
function source(answer: Answer = small) {
  const asked = { times: 0 }
  const lookup = (cache: ResultCache, key = 'k', options: { renew?: boolean; ttlMs?: number } = {}) =>
    cache.get(keyOf(key), {
      ttlMs: options.ttlMs ?? 60_000,
      renew: options.renew ?? false,
      signal: never,
      load: async () => {
        asked.times++
        return answer
      },
    })
  return { asked, lookup }
}

describe('answer cache in memory', () => {
  it('asks once and gives the same bytes again', async () => {
    const cache = new ResultCache()
    const { asked, lookup } = source(large)
    expect((await lookup(cache)).state).toBe('miss')
    const again = await lookup(cache)
    expect(again.state).toBe('hit')
    expect(again.answer.head.equals(large.head)).toBe(true)
    expect(asked.times).toBe(1)
  })

  it('asks again when told to, and keeps what that says', async () => {
    const cache = new ResultCache()
    await source(small).lookup(cache)
    expect((await source(large).lookup(cache, 'k', { renew: true })).state).toBe('miss')
    expect((await source(small).lookup(cache)).answer.head.equals(large.head)).toBe(true)
  })

  it('does not keep faults, nor what may not be kept', async () => {
    const cache = new ResultCache()
    const failing = cache.get(keyOf('k'), {
      ttlMs: 1,
      renew: false,
      signal: never,
      load: () => Promise.reject(new Error('broken')),
    })
    await expect(failing).rejects.toThrow('broken')
    const { asked, lookup } = source()
    await lookup(cache, 'k', { ttlMs: 0 })
    await lookup(cache, 'k', { ttlMs: 0 })
    expect(asked.times).toBe(2)
    expect(cache.size).toEqual({ bytes: 0, answers: 0, flights: 0 })
  })

  it('compresses what it keeps once the answer is out, and counts what that takes', async () => {
    const cache = new ResultCache()
    const answer = toAnswer(Buffer.from(large.head), 'x')
    await source(answer).lookup(cache)
    const { bytes } = cache.size
    expect(answer.heldBytes).toBe(answer.head.length)
    await new Promise((resolve) => setImmediate(resolve))
    expect(answer.heldBytes).toBe(answer.head.length + (answer.deflated?.deflated.length ?? Number.NaN))
    expect(cache.size.bytes - bytes).toBe(answer.heldBytes - answer.head.length)
  })

  it('keeps nothing when it may use no memory', async () => {
    const cache = new ResultCache({ maxBytes: 0 })
    await source().lookup(cache)
    expect((await source().lookup(cache)).state).toBe('miss')
  })

  it('DOS-10 stays within its bytes under a flood of keys and skips one big answer', async () => {
    const cache = new ResultCache({ maxBytes: 50_000, maxAnswerBytes: 20_000 })
    for (let key = 0; key < 5_000; key++) await source(small).lookup(cache, `k${key}`)
    expect(cache.size.bytes).toBeLessThanOrEqual(50_000)
    expect(cache.size.answers).toBeGreaterThan(10)
    const big = toAnswer(Buffer.alloc(30_000, Buffer.from(randomBytes(15_000).toString('hex'))), 'x')
    const { asked, lookup } = source(big)
    await lookup(cache, 'big')
    await lookup(cache, 'big')
    expect(asked.times).toBe(2)
  })
})

describe('answer as bytes', () => {
  it('keeps no memory alive but its own', () => {
    for (const { head, deflated } of [toAnswer(Buffer.from('{"columns":[]'), 'x'), large]) {
      expect(head.buffer.byteLength).toBe(head.length)
      if (deflated !== undefined) expect(deflated.deflated.buffer.byteLength).toBe(deflated.deflated.length)
    }
  })

  it('is the same JSON, plain and compressed', () => {
    const columns = [{ name: 'a.b', kind: 'dimension' as const, type: 'string' as const, title: 'B' }]
    const facts = { rowCount: 300, truncated: false, timezone: 'UTC', refreshedAt: '2026-01-01T00:00:00.000Z' }
    const data = [Array.from({ length: 300 }, (_, row) => `ü "${row}"`)]
    const answer = writeAnswer(columns, data, facts)
    const tail = answerTail('request "1"', 'hit', 1.23456)
    const plain = JSON.parse(plainBytes(answer, tail).toString())
    expect(plain).toMatchObject({
      columns,
      data,
      meta: {
        ...facts,
        cache: 'hit',
        durationMs: 1.235,
        requestId: 'request "1"',
        dataVersion: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    })
    if (answer.deflated === undefined) throw new Error('expected a compressed form')
    expect(JSON.parse(gunzipSync(gzipWithTail(answer.deflated, tail)).toString())).toEqual(plain)
  })

  it('has another data version when a cell differs, and the same when only the time does', () => {
    const columns = [{ name: 'a.b', kind: 'measure' as const, type: 'integer' as const, title: 'B' }]
    const facts = { rowCount: 1, truncated: false, timezone: 'UTC', refreshedAt: '2026-01-01T00:00:00.000Z' }
    const versionOf = (cell: number, refreshedAt: string) =>
      JSON.parse(
        plainBytes(writeAnswer(columns, [[cell]], { ...facts, refreshedAt }), answerTail('r', 'hit', 0)).toString(),
      ).meta.dataVersion
    expect(versionOf(1, 'a')).toBe(versionOf(1, 'b'))
    expect(versionOf(1, 'a')).not.toBe(versionOf(2, 'a'))
  })
})

describe('answer cache with Redis', () => {
  let redis: PrivateRedis

  beforeEach(async () => {
    redis = await startPrivateRedis()
  })
  afterEach(() => redis.close())

  const node = (client: Redis = redis.client, secret = SECRET) =>
    new ResultCache({
      // Redis that is away fails at once: the limit is for a busy machine.
      levels: [new RedisLevel({ redis: client, secret, timeoutMs: 30_000, faultsToOpen: 2, openMs: 300 })],
    })
  const stored = () => redis.client.keys('di:answer:*')

  it.each([
    ['small', small],
    ['large', large],
  ])('gives another node the %s answer, byte by byte', async (_, answer) => {
    await source(answer).lookup(node())
    await expect.poll(stored).toHaveLength(1)
    const { asked, lookup } = source()
    const found = await lookup(node())
    expect(found.state).toBe('hit')
    expect(found.answer.head.equals(answer.head)).toBe(true)
    expect(asked.times).toBe(0)
  })

  it('lets Redis forget it when it is of no use to compare the next one with', async () => {
    await source().lookup(node(), 'k', { ttlMs: 5_000 })
    await expect.poll(stored).toHaveLength(1)
    expect(await redis.client.pttl(inRedis('k'))).toBeLessThanOrEqual(10_000)
  })

  it('asks the data source when Redis was flushed', async () => {
    await source().lookup(node())
    await expect.poll(stored).toHaveLength(1)
    await redis.client.flushall()
    const { asked, lookup } = source()
    expect((await lookup(node())).state).toBe('miss')
    expect(asked.times).toBe(1)
  })

  it.each([
    ['text', async () => void (await redis.client.set(inRedis('k'), '{"columns":[]}'))],
    [
      'another type',
      async () => {
        await redis.client.del(inRedis('k'))
        await redis.client.lpush(inRedis('k'), 'x')
      },
    ],
    [
      'the answer of another key',
      async () => {
        await source(large).lookup(node(), 'other')
        await expect.poll(stored).toHaveLength(2)
        const other = await redis.client.getBuffer(inRedis('other'))
        if (other !== null) await redis.client.set(inRedis('k'), other)
      },
    ],
    [
      'an envelope sealed with another secret',
      async () => {
        await redis.client.del(inRedis('k'))
        await source(large).lookup(node(redis.client, 'the secret of somebody else'))
        await expect.poll(stored).toHaveLength(1)
      },
    ],
  ])('takes %s under its key for a miss', async (_, poison) => {
    await source().lookup(node())
    await expect.poll(stored).toHaveLength(1)
    await poison()
    const { asked, lookup } = source()
    const found = await lookup(node())
    expect(found.answer.head.equals(small.head)).toBe(true)
    expect(asked.times).toBe(1)
  })

  it('answers without a killed Redis and uses it again when it is back', async () => {
    const cache = node()
    await redis.kill()
    expect((await source().lookup(cache)).state).toBe('miss')
    expect((await source().lookup(cache)).state).toBe('hit')
    await redis.restart()
    await expect
      .poll(async () => {
        await source().lookup(cache, 'k', { renew: true })
        return stored()
      })
      .toHaveLength(1)
  })

  it('answers while Redis is paused, and leaves it alone after a few faults', async () => {
    const faults: unknown[] = []
    const cache = new ResultCache({
      levels: [
        new RedisLevel({
          redis: redis.client,
          secret: SECRET,
          timeoutMs: 100,
          faultsToOpen: 2,
          openMs: 60_000,
          onFault: (error) => faults.push(error),
        }),
      ],
    })
    redis.pause()
    for (let key = 0; key < 50; key++) expect((await source().lookup(cache, `k${key}`)).state).toBe('miss')
    // Some commands were under way when it was given up; the others were never sent.
    expect(faults.length).toBeGreaterThanOrEqual(2)
    expect(faults.length).toBeLessThan(10)
    redis.resume()
  })
})
