import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { toAnswer } from '../src/cache/answer.ts'
import { RedisLevel } from '../src/cache/redis-level.ts'
import { ResultCache, toCacheKey } from '../src/cache/result-cache.ts'
import type { SharedLevel } from '../src/cache/shared-level.ts'
import { TableLevel } from '../src/cache/table-level.ts'
import { type CacheDatabase, ORGANIZATION_A, openCacheDatabase } from './cache-databases.ts'
import { type PrivateRedis, startPrivateRedis } from './private-redis.ts'
import { startSlowProxy } from './slow-proxy.ts'

const SECRET = 'a secret of thirty-two bytes or so'
const SCOPE = { organizationId: ORGANIZATION_A, source: 'default', tables: ['orders'], tags: ['orders'] }
const answer = toAnswer(Buffer.from('{"columns":[],"data":[[42]],"meta":{"rowCount":1'), '4242424242424242')
const never = new AbortController().signal
/** Milliseconds. A busy machine is no fault of the store: one that is away fails at once, without this limit. */
const PATIENT_MS = 30_000

/** A data source that counts its statements; each takes `ms`. */
function slowSource(ms: number) {
  const source = { statements: 0, running: 0, onStatement: async () => undefined as unknown }
  const load = async () => {
    source.statements++
    await source.onStatement()
    await sleep(ms)
    return answer
  }
  const ask = (node: ResultCache, name = 'k', options: { renew?: boolean; load?: () => Promise<typeof answer> } = {}) =>
    node.get(toCacheKey(name, '', SCOPE), { ttlMs: 60_000, signal: never, renew: false, load, ...options })
  const askOften = (nodes: readonly ResultCache[], times: number, name?: string) =>
    Promise.all(Array.from({ length: times }, (_, index) => ask(nodes[index % nodes.length] as ResultCache, name)))
  return { source, ask, askOften }
}

const countsOf = (found: readonly { from: string }[]) =>
  Object.fromEntries(
    Map.groupBy(found, ({ from }) => from)
      .entries()
      .map(([from, { length }]) => [from, length]),
  )

const allRight = (found: readonly { answer: { head: Buffer } }[]) =>
  found.every((lookup) => lookup.answer.head.equals(answer.head))

describe('one cold key', () => {
  let redis: PrivateRedis
  const clients: Redis[] = []
  beforeEach(async () => {
    redis = await startPrivateRedis()
  })
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect()
    await redis.close()
  })

  /** A node with its own connection. */
  const node = async (port = redis.client.options.port as number, below: readonly SharedLevel[] = []) => {
    const client = new Redis(port, '127.0.0.1', {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: () => 50,
    })
    client.on('error', () => undefined)
    clients.push(client)
    await expect.poll(() => client.status).toBe('ready')
    const level = new RedisLevel({ redis: client, secret: SECRET, timeoutMs: PATIENT_MS })
    return new ResultCache({ levels: [level, ...below] })
  }

  it('DOS-09 is one statement for 2,000 callers of one node', async () => {
    const { source, askOften } = slowSource(100)
    const found = await askOften([await node()], 2_000)
    expect(found).toHaveLength(2_000)
    expect(allRight(found)).toBe(true)
    expect(source.statements).toBe(1)
  })

  it('DOS-09 is one statement for 2,000 callers of two nodes', async () => {
    const { source, askOften } = slowSource(300)
    const found = await askOften([await node(), await node()], 2_000)
    expect(allRight(found)).toBe(true)
    expect(source.statements).toBe(1)
    expect(countsOf(found)).toEqual({ source: 1, redis: 1, memory: 1_998 })
  })

  it('DOS-09 stays one statement when it takes longer than the right to make it lasts', async () => {
    const { source, askOften } = slowSource(6_500)
    const found = await askOften([await node(), await node()], 20)
    expect(allRight(found)).toBe(true)
    expect(source.statements).toBe(1)
  })

  it('is at most two statements, and right for all, when Redis is killed while it is made', async () => {
    const { source, askOften } = slowSource(500)
    source.onStatement = async () => {
      if (source.statements === 1) await redis.kill()
    }
    const found = await askOften([await node(), await node()], 2_000)
    expect(allRight(found)).toBe(true)
    expect(source.statements).toBeLessThanOrEqual(2)
  })

  it('is right for all when Redis is flushed while it is made', async () => {
    const { source, askOften } = slowSource(500)
    source.onStatement = async () => {
      await redis.client.flushall()
    }
    const found = await askOften([await node(), await node()], 200)
    expect(allRight(found)).toBe(true)
    expect(source.statements).toBeLessThanOrEqual(2)
  })

  it('is made by another node when its maker died', async () => {
    const { id } = toCacheKey('k', '', SCOPE)
    await redis.client.set(`di:lease:{${id}}`, 'a node that is gone', 'PX', 400)
    const { source, askOften } = slowSource(10)
    const found = await askOften([await node(), await node()], 100)
    expect(allRight(found)).toBe(true)
    expect(source.statements).toBe(1)
  })

  it('is made here as well when another node takes too long', async () => {
    const { id } = toCacheKey('k', '', SCOPE)
    await redis.client.set(`di:lease:{${id}}`, 'a node that hangs', 'PX', 60_000)
    const level = new RedisLevel({ redis: redis.client, secret: SECRET, timeoutMs: PATIENT_MS })
    const { source, ask } = slowSource(1)
    expect(await ask(new ResultCache({ levels: [level], waitMs: 300 }))).toMatchObject({ from: 'source' })
    expect(source.statements).toBe(1)
  })

  it('gives the right back when the data source fails, and stores nothing', async () => {
    const { source, ask } = slowSource(1)
    const [one, two] = [await node(), await node()]
    const failing = ask(one, 'k', { load: () => Promise.reject(new Error('broken')) })
    await expect(failing).rejects.toThrow('broken')
    await expect.poll(() => redis.client.keys('di:*')).toEqual([])
    expect(await ask(two)).toMatchObject({ from: 'source' })
    expect(source.statements).toBe(1)
  })

  it('ends the wait of a caller who leaves while another node makes the answer', async () => {
    const { id } = toCacheKey('k', '', SCOPE)
    await redis.client.set(`di:lease:{${id}}`, 'a node that hangs', 'PX', 60_000)
    const waiting = await node()
    const controller = new AbortController()
    const left = waiting.get(toCacheKey('k', '', SCOPE), {
      ttlMs: 60_000,
      signal: controller.signal,
      renew: false,
      load: () => Promise.reject(new Error('must not be asked')),
    })
    await sleep(50)
    controller.abort()
    await expect(left).rejects.toMatchObject({ code: 'query_cancelled' })
    expect(waiting.size.flights).toBe(0)
  })

  it('is answered while Redis is slow, which is left alone after a few faults', async () => {
    const proxy = await startSlowProxy(redis.client.options.port as number)
    const slow = new Redis(proxy.port, '127.0.0.1', { enableOfflineQueue: false, maxRetriesPerRequest: 0 })
    slow.on('error', () => undefined)
    await expect.poll(() => slow.status).toBe('ready')
    proxy.setLatency(2_000)
    const faults: unknown[] = []
    const level = new RedisLevel({
      redis: slow,
      secret: SECRET,
      timeoutMs: 50,
      faultsToOpen: 3,
      openMs: 60_000,
      onFault: (error) => faults.push(error),
    })
    const cache = new ResultCache({ levels: [level] })
    const { source, ask } = slowSource(0)
    for (let index = 0; index < 100; index++) {
      expect((await ask(cache, `k${index}`)).answer.head.equals(answer.head)).toBe(true)
    }
    expect(source.statements).toBe(100)
    expect(faults.length).toBeLessThan(10)
    slow.disconnect()
    await proxy.close()
  })

  it('DOS-10 is answered while Redis is full, which is still read', async () => {
    const cache = await node()
    const { source, ask } = slowSource(0)
    await ask(cache, 'before')
    await expect.poll(() => redis.client.keys('di:answer:*')).toHaveLength(1)
    await redis.client.config('SET', 'maxmemory-policy', 'noeviction')
    await redis.client.config('SET', 'maxmemory', '1')
    for (let index = 0; index < 20; index++) await ask(cache, `k${index}`)
    expect(source.statements).toBe(21)
    expect(await ask(await node(), 'before')).toMatchObject({ from: 'redis' })
    // Answers as before once there is room again.
    await redis.client.config('SET', 'maxmemory', '0')
    expect(await redis.client.keys('di:answer:*')).toHaveLength(1)
  })
})

describe.runIf(process.env.TEST_DATABASE_URL !== undefined)('one cold key of two nodes that share a database', () => {
  let database: CacheDatabase
  beforeAll(async () => {
    database = await openCacheDatabase('postgres')
  })
  afterAll(() => database.close())

  const nodes = (before: readonly SharedLevel[] = []) =>
    [database.db, database.other].map((db) => {
      const table = new TableLevel({ db, secret: SECRET, maxBytes: 1_000_000, timeoutMs: PATIENT_MS })
      return new ResultCache({ levels: [...before, table] })
    })

  it('DOS-09 is one statement without Redis', async () => {
    const { source, askOften } = slowSource(200)
    const found = await askOften(nodes(), 2_000, 'without redis')
    expect(allRight(found)).toBe(true)
    expect(source.statements).toBe(1)
    expect(countsOf(found)).toEqual({ source: 1, table: 1, memory: 1_998 })
  })

  it('stays one statement when it is asked for in waves', async () => {
    for (let wave = 0; wave < 30; wave++) {
      const { source, askOften } = slowSource(wave % 3)
      expect(allRight(await askOften(nodes(), 4, `wave ${wave}`))).toBe(true)
      expect(source.statements).toBe(1)
    }
  })

  it('is taken from the table into Redis, and from there by others', async () => {
    const redis = await startPrivateRedis()
    const { source, ask } = slowSource(0)
    await ask(nodes()[0] as ResultCache, 'promoted')
    await expect.poll(() => database.db.selectFrom('cache_leases').select('key').execute()).toEqual([])
    const level = () => new RedisLevel({ redis: redis.client, secret: SECRET, timeoutMs: PATIENT_MS })
    expect(await ask(nodes([level()])[0] as ResultCache, 'promoted')).toMatchObject({ from: 'table' })
    await expect.poll(() => redis.client.keys('di:answer:*')).toHaveLength(1)
    expect(await ask(nodes([level()])[0] as ResultCache, 'promoted')).toMatchObject({ from: 'redis' })
    expect(source.statements).toBe(1)
    await redis.close()
  })

  it('is made under a right of the table when Redis is away', async () => {
    const redis = await startPrivateRedis()
    const level = () => new RedisLevel({ redis: redis.client, secret: SECRET, timeoutMs: PATIENT_MS })
    const both = [...nodes([level()]), ...nodes([level()])]
    await redis.kill()
    const { source, askOften } = slowSource(200)
    expect(allRight(await askOften(both, 400, 'redis away'))).toBe(true)
    expect(source.statements).toBe(1)
    await redis.close()
  })
})
