import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RateLimits } from '../src/config.ts'
import { buildTestServer, problem, type TestServer, type TestServerOptions } from './build-test-server.ts'

const LIMITS: RateLimits = { health: 1_000, static: 1_000, read: 5, write: 1_000, query: 1_000, login: 1_000 }
const READ = { method: 'GET', url: '/api/v1/dashboards/sales' } as const

const { TEST_REDIS_URL } = process.env
const KINDS: [string, { redisUrl?: string }][] = [
  ['in memory', {}],
  ['with Redis that is away', { redisUrl: 'redis://127.0.0.1:1' }],
]
if (TEST_REDIS_URL !== undefined) KINDS.push(['with Redis', { redisUrl: TEST_REDIS_URL }])

describe.each(KINDS)('rate limits %s', (_, config) => {
  let server: TestServer
  afterEach(() => server.close())
  const build = async (options: TestServerOptions = {}) => {
    // A clock that stands still, so that no window ends while a test counts.
    const startedMs = Date.now()
    server = await buildTestServer({ now: () => startedMs, ...options, config: { ratesPerMinute: LIMITS, ...config } })
  }
  const readTimes = async (times: number, send: () => Promise<{ statusCode: number }>) => {
    const statuses: number[] = []
    for (let index = 0; index < times; index++) statuses.push((await send()).statusCode)
    return statuses
  }

  it('stop a credential at its limit, say when to come back, and leave others alone', async () => {
    await build()
    const [one, two] = [await server.mint(), await server.mint()]
    expect(await readTimes(6, () => server.asToken(one, READ))).toEqual([200, 200, 200, 200, 200, 429])
    const refused = await server.asToken(one, READ)
    const seconds = Number(refused.headers['retry-after'])
    expect(seconds).toBeGreaterThanOrEqual(1)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(refused.json()).toEqual(
      problem({
        code: 'rate_limited',
        status: 429,
        title: 'Too many requests',
        detail: 'too many requests',
        hint: `try again in ${seconds} s`,
      }),
    )
    expect((await server.asToken(two, READ)).statusCode).toBe(200)
    expect((await server.app.inject('/health')).statusCode).toBe(200)
    const query = await server.asToken(one, { method: 'POST', url: `${READ.url}/query`, payload: {} })
    expect(query.statusCode).toBe(200)
  })

  it('obey the token’s own limit when it is lower', async () => {
    await build()
    const token = await server.mint({ limits: { rpm: 2 } })
    expect(await readTimes(3, () => server.asToken(token, READ))).toEqual([200, 200, 429])
    const generous = await server.mint({ limits: { rpm: 100_000 } })
    expect((await readTimes(6, () => server.asToken(generous, READ))).at(-1)).toBe(429)
  })

  it('AUT-03 AUT-15 refuse to look at more keys of an address that guesses, and go on answering its good ones', async () => {
    await build({ config: { ...config, ratesPerMinute: { ...LIMITS, read: 1_000 } } })
    const token = await server.mint()
    server.app.credentials.clear()
    const guess = (index: number) =>
      server.app.inject({ ...READ, headers: { 'x-api-key': `di_guess_${String(index).padStart(20, '0')}` } })
    const statuses = await readTimes(302, () => guess(Math.random()))
    expect([statuses[0], statuses[299], statuses[300], statuses[301]]).toEqual([401, 401, 429, 429])
    // Forgotten with everything else when the model changed, and verified again.
    expect((await server.asKey(READ)).statusCode).toBe(200)
    expect((await server.asToken(token, READ)).statusCode).toBe(200)
    // A good key that ends is a guess like any other from then on.
    await server.app.db.updateTable('api_keys').set({ revoked_at: new Date() }).execute()
    server.app.credentials.clear()
    expect(await readTimes(2, () => server.asKey(READ))).toEqual([429, 429])
    expect((await guess(1)).statusCode).toBe(429)
  })

  it('count requests without a credential by address', async () => {
    await build()
    const me = (remoteAddress: string) =>
      server.app.inject({ method: 'POST', url: '/api/v1/auth/logout', remoteAddress })
    server.app.credentials.clear()
    expect((await me('192.0.2.1')).statusCode).toBe(204)
    expect((await me('192.0.2.2')).statusCode).toBe(204)
  })
})

describe.runIf(process.env.TEST_REDIS_URL !== undefined)('rate limits of two nodes with Redis', () => {
  it('add up', async () => {
    const { RateLimiter } = await import('../src/plugins/rate-limiter.ts')
    const { createRedisCounterStore } = await import('../src/plugins/redis-counter-store.ts')
    const { Redis } = await import('ioredis')
    const redis = new Redis(process.env.TEST_REDIS_URL ?? '')
    // A fixed moment, so that no window ends while the test runs.
    const now = () => 1_800_000_030_000
    const key = `two-nodes-${crypto.randomUUID()}`
    // They exchange counts when they are told to, and not beside that every second.
    vi.useFakeTimers({ toFake: ['setInterval'] })
    const nodes = [0, 1].map(() => new RateLimiter({ store: createRedisCounterStore(redis), now }))
    vi.useRealTimers()
    const [one, two] = nodes
    try {
      for (let index = 0; index < 3; index++) {
        expect(one?.take(key, 6)).toBe(0)
        expect(two?.take(key, 6)).toBe(0)
      }
      await one?.sync()
      await two?.sync()
      expect(two?.take(key, 6)).toBe(30)
      expect(one?.take(key, 7)).toBe(0)
      await one?.sync()
      expect(one?.take(key, 7)).toBe(30)
    } finally {
      for (const node of nodes) node.close()
      await redis.quit()
    }
  })
})
