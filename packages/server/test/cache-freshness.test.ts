import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, toAnswer } from '../src/cache/answer.ts'
import { concerns, type DataChange, DataVersions } from '../src/cache/data-versions.ts'
import { Freshness } from '../src/cache/freshness.ts'
import { RefreshKeys } from '../src/cache/refresh-keys.ts'
import { ResultCache, toCacheKey } from '../src/cache/result-cache.ts'
import type { Scope } from '../src/cache/scope.ts'
import { type CacheDatabase, ORGANIZATION_A, ORGANIZATION_B, openCacheDatabase } from './cache-databases.ts'
import { DATABASES } from './test-databases.ts'

const SCOPE: Scope = { organizationId: ORGANIZATION_A, source: 'default', tables: ['public.orders'], tags: ['orders'] }
const UNKNOWN_TABLES: Scope = { ...SCOPE, tables: ['*'], tags: ['totals'] }
const OTHER_SOURCE: Scope = { ...SCOPE, source: 'second', tags: [] }
const OTHER_TENANT: Scope = { ...SCOPE, organizationId: ORGANIZATION_B }

describe.each(DATABASES)('versions of data on %s', (kind) => {
  let database: CacheDatabase
  const open: DataVersions[] = []
  beforeAll(async () => {
    database = await openCacheDatabase(kind)
  })
  afterAll(async () => {
    for (const versions of open) versions.stop()
    await database.close()
  })
  const node = async (db = database.db) => {
    const versions = new DataVersions({ db, poll: true, onError: () => undefined })
    open.push(versions)
    await versions.start()
    return versions
  }

  const table = (name: string): DataChange => ({ kind: 'table', source: 'default', table: name })
  it.each<[string, DataChange, readonly Scope[], readonly Scope[]]>([
    ['a table', table('orders'), [SCOPE, UNKNOWN_TABLES], [OTHER_SOURCE, OTHER_TENANT]],
    ['a table spelled otherwise', table('"PUBLIC"."Orders"'), [SCOPE, UNKNOWN_TABLES], [OTHER_SOURCE, OTHER_TENANT]],
    ['another table', table('customers'), [UNKNOWN_TABLES], [SCOPE, OTHER_SOURCE, OTHER_TENANT]],
    ['a source', { kind: 'source', source: 'default' }, [SCOPE, UNKNOWN_TABLES], [OTHER_SOURCE, OTHER_TENANT]],
    ['a tag', { kind: 'tag', tag: 'orders' }, [SCOPE], [UNKNOWN_TABLES, OTHER_SOURCE, OTHER_TENANT]],
    ['everything', { kind: 'all' }, [SCOPE, UNKNOWN_TABLES, OTHER_SOURCE], [OTHER_TENANT]],
  ])('change with %s, where it is read and nowhere else, and nobody else’s', async (_, change, changed, same) => {
    const versions = await node()
    const before = new Map([...changed, ...same].map((scope) => [scope, versions.of(scope)]))
    await versions.bump(ORGANIZATION_A, [change, change])
    for (const scope of changed) expect(versions.of(scope)).toBeGreaterThan(before.get(scope) ?? 0)
    for (const scope of same) expect(versions.of(scope)).toBe(before.get(scope))
    for (const scope of changed) expect(concerns(change, scope)).toBe(true)
    for (const scope of same.filter(({ organizationId }) => organizationId === ORGANIZATION_A))
      expect(concerns(change, scope)).toBe(false)
    // What is known after a restart.
    const later = await node()
    for (const scope of [...changed, ...same]) expect(later.of(scope)).toBe(versions.of(scope))
  })

  it('are known to another node that nobody tells', async () => {
    const [one, two] = [await node(), await node(database.other)]
    const before = two.generation
    await one.bump(ORGANIZATION_A, [{ kind: 'source', source: 'default' }])
    await expect.poll(() => two.of(SCOPE)).toBe(one.of(SCOPE))
    expect(two.generation).toBeGreaterThan(before)
  })

  it('count changes that are announced at the same time', async () => {
    const versions = await node()
    const before = versions.of(SCOPE)
    await Promise.all(Array.from({ length: 10 }, () => versions.bump(ORGANIZATION_A, [table('orders')])))
    expect(versions.of(SCOPE)).toBe(before + 10)
  })
})

describe.each(DATABASES)('refresh keys on %s', (kind) => {
  let database: CacheDatabase
  let nowMs = 0
  beforeAll(async () => {
    database = await openCacheDatabase(kind)
  })
  afterAll(() => database.close())
  beforeEach(() => {
    nowMs = Date.now()
  })

  const node = (db = database.db) => new RefreshKeys({ db, onError: () => undefined, now: () => nowMs })
  function source() {
    const state = { asked: 0, value: '1' }
    const context = {
      organizationId: ORGANIZATION_A,
      source: `source ${randomUUID()}`,
      ask: async () => {
        state.asked++
        if (state.value === 'broken') throw new Error('no such table')
        return state.value
      },
    }
    return { state, context }
  }
  const RULES = [{ sql: 'select max(updated_at) from orders', everyMs: 60_000 }]

  it('are asked once in their interval by all nodes together', async () => {
    const { state, context } = source()
    const nodes = [node(), node(database.other)]
    expect(nodes[0]?.peek(RULES, context)).toBeUndefined()
    const states = await Promise.all(Array.from({ length: 20 }, (_, index) => nodes[index % 2]?.check(RULES, context)))
    expect(state.asked).toBe(1)
    expect(new Set(states.map((known) => known?.version)).size).toBe(1)
    expect(nodes[1]?.peek(RULES, context)?.version).toBe(states[0]?.version)
  })

  it('tell of a change in the next interval', async () => {
    const { state, context } = source()
    const [one, two] = [node(), node(database.other)]
    const first = await one.check(RULES, context)
    state.value = '2'
    expect((await two.check(RULES, context)).version).toBe(first.version)
    nowMs += 60_001
    await database.db
      .updateTable('refresh_keys')
      .set({ checked_at: sql<Date>`checked_at - interval '61 seconds'` })
      .execute()
    expect(one.peek(RULES, context)).toBeUndefined()
    const second = await one.check(RULES, context)
    expect(second.version).not.toBe(first.version)
    expect((await two.check(RULES, context)).version).toBe(second.version)
    expect(state.asked).toBe(2)
  })

  it('that cannot be asked let answers be reused within an interval and not beyond', async () => {
    const { state, context } = source()
    state.value = 'broken'
    const keys = node()
    const first = await keys.check(RULES, context)
    expect(await keys.check(RULES, context)).toEqual(first)
    expect(first.untilMs).toBeLessThanOrEqual(nowMs + 60_000)
    nowMs = first.untilMs
    expect((await keys.check(RULES, context)).version).not.toBe(first.version)
    expect(state.asked).toBe(2)
    const { rows } = await sql`select 1 from refresh_keys where claimed_until > clock_timestamp()`.execute(database.db)
    expect(rows).toEqual([])
  })

  it('of two organizations are two', async () => {
    const { state, context } = source()
    const keys = node()
    await keys.check(RULES, context)
    expect(keys.peek(RULES, { ...context, organizationId: ORGANIZATION_B })).toBeUndefined()
    await keys.check(RULES, { ...context, organizationId: ORGANIZATION_B })
    expect(state.asked).toBe(2)
  })

  it('change with the clock when they are an interval', () => {
    nowMs = 1_700_000_100_000
    const keys = node()
    const rules = [{ everyMs: 3_600_000, sql: undefined }]
    const known = keys.peek(rules, source().context)
    expect(known?.untilMs).toBe(1_700_002_800_000)
    nowMs = 1_700_002_799_999
    expect(keys.peek(rules, source().context)?.version).toBe(known?.version)
    nowMs = 1_700_002_800_000
    expect(keys.peek(rules, source().context)?.version).not.toBe(known?.version)
  })

  it('are asked by each node while the database is away', async () => {
    const away = await openCacheDatabase(kind)
    const keys = node(away.db)
    await away.close()
    const { state, context } = source()
    expect((await keys.check(RULES, context)).version).not.toBe('')
    expect(state.asked).toBe(1)
  })

  it('make another key for the same statement', async () => {
    const { state, context } = source()
    const freshness = new Freshness({ refreshKeys: node(), now: () => nowMs })
    const holder = { key: 'statement', scope: SCOPE, refreshRules: RULES, cacheKey: undefined }
    const asked = { id: context.source, version: '', ask: context.ask }
    expect(freshness.findKey(holder, asked)).toBeUndefined()
    const key = await freshness.makeKey(holder, asked)
    expect(freshness.findKey(holder, asked)).toBe(key)
    expect(freshness.findKey(holder, { ...asked, version: 'another file' })?.id).not.toBe(key.id)
    state.value = '2'
    nowMs += 60_001
    await database.db
      .updateTable('refresh_keys')
      .set({ checked_at: sql<Date>`checked_at - interval '61 seconds'` })
      .execute()
    expect(freshness.findKey(holder, asked)).toBeUndefined()
    expect((await freshness.makeKey(holder, asked)).id).not.toBe(key.id)
  })
})

describe('an answer past its time', () => {
  const TTL_MS = 60_000
  function setUp(ttlFactor = 1) {
    const state = { nowMs: 1_700_000_000_000, asked: 0, data: 'a', wait: Promise.resolve(), faults: [] as unknown[] }
    const cache = new ResultCache({
      ttlFactor,
      now: () => state.nowMs,
      onRefreshFault: (error) => state.faults.push(error),
    })
    const load = async (): Promise<Answer> => {
      state.asked++
      const { data } = state
      await state.wait
      if (data === 'broken') throw new Error('broken')
      return toAnswer(Buffer.from(`{"columns":[],"data":[["${data}"]],"meta":{"rowCount":1`), data.padEnd(16, '0'))
    }
    const ask = async (options: { maxStaleMs?: number; version?: string; validUntilMs?: number } = {}) => {
      const { version = '', ...terms } = options
      const found = await cache.get(toCacheKey('k', version, SCOPE), {
        ttlMs: TTL_MS,
        signal: new AbortController().signal,
        renew: false,
        load,
        ...terms,
      })
      return `${found.state} ${found.answer.dataVersion[0]}`
    }
    return { state, cache, ask }
  }

  it('is not given unless the query says so', async () => {
    const { state, ask } = setUp()
    await ask()
    state.data = 'b'
    state.nowMs += TTL_MS - 1
    expect(await ask()).toBe('hit a')
    state.nowMs++
    expect(await ask()).toBe('miss b')
  })

  it('DOS-09 is given at once when the query says so, and fetched anew once behind it', async () => {
    const { state, ask } = setUp()
    await ask()
    state.data = 'b'
    state.nowMs += TTL_MS + 9_999
    const gate = Promise.withResolvers<void>()
    state.wait = gate.promise
    const given = await Promise.all(Array.from({ length: 200 }, () => ask({ maxStaleMs: 10_000 })))
    expect(new Set(given)).toEqual(new Set(['stale a']))
    expect(state.asked).toBe(2)
    gate.resolve()
    await expect.poll(() => ask({ maxStaleMs: 10_000 })).toBe('hit b')
    expect(state.asked).toBe(2)
  })

  it('is not given when it is older than the query says', async () => {
    const { state, ask } = setUp()
    await ask()
    state.data = 'b'
    state.nowMs += TTL_MS + 10_000
    expect(await ask({ maxStaleMs: 10_000 })).toBe('miss b')
  })

  it('DOS-09 stays what is given while it cannot be fetched anew, as long as the query says', async () => {
    const { state, ask } = setUp()
    await ask()
    state.data = 'broken'
    state.nowMs += TTL_MS + 1
    for (let times = 0; times < 5; times++) expect(await ask({ maxStaleMs: 10_000 })).toBe('stale a')
    await expect.poll(() => state.faults.length).toBeGreaterThan(0)
    // Not asked again by each of them.
    expect(state.asked).toBe(2)
    state.nowMs += 10_000
    await expect(ask({ maxStaleMs: 10_000 })).rejects.toThrow('broken')
  })

  it('counts from when it was read if its data is known to have changed', async () => {
    const { state, ask } = setUp()
    await ask({ version: '1' })
    state.data = 'b'
    state.nowMs += 5_000
    expect(await ask({ version: '2', maxStaleMs: 5_001 })).toBe('stale a')
    await expect.poll(() => ask({ version: '2' })).toBe('hit b')
    state.data = 'c'
    expect(await ask({ version: '3', maxStaleMs: 0 })).toBe('miss c')
  })

  it('is not given past the moment from which its question means something else', async () => {
    const { state, ask } = setUp()
    await ask({ validUntilMs: state.nowMs + 1_000 })
    state.nowMs += 999
    expect(await ask()).toBe('hit a')
    state.nowMs++
    expect(await ask()).toBe('miss a')
  })

  it('is good for longer the more often nothing had changed, and for less when something had', async () => {
    const { state, cache, ask } = setUp(4)
    const timeOf = () => (cache.reuseOf(toCacheKey('k', '', SCOPE))?.ttlMs ?? 0) / TTL_MS
    const times: number[] = []
    for (const data of ['a', 'a', 'a', 'a', 'b', 'c', 'd', 'e', 'f', 'f']) {
      state.data = data
      await ask()
      times.push(timeOf())
      state.nowMs += timeOf() * TTL_MS
    }
    expect(times).toEqual([1, 2, 4, 4, 2, 1, 0.5, 0.25, 0.25, 0.5])
  })

  it('says nothing of how often data changes when the change was announced', async () => {
    const { state, cache, ask } = setUp(4)
    await ask({ version: '1' })
    state.data = 'b'
    await ask({ version: '2' })
    expect(cache.reuseOf(toCacheKey('k', '2', SCOPE))?.ttlMs).toBe(TTL_MS)
  })
})

describe('what memory holds', () => {
  it('is counted for each organization, and as old once it changed', async () => {
    const cache = new ResultCache()
    const keep = (statement: string, scope: Scope) =>
      cache.get(toCacheKey(statement, '', scope), {
        ttlMs: 1_000,
        signal: new AbortController().signal,
        renew: false,
        load: async () => toAnswer(Buffer.from('{'), 'x'),
      })
    await keep('one', SCOPE)
    await keep('two', SCOPE)
    await keep('three', UNKNOWN_TABLES)
    await keep('four', OTHER_TENANT)
    expect(cache.statsOf(ORGANIZATION_A)).toMatchObject({ memory: { answers: 3 }, hits: { source: 3, memory: 0 } })
    expect(cache.statsOf(ORGANIZATION_B)).toMatchObject({ memory: { answers: 1 }, hits: { source: 1, memory: 0 } })
    const isOrders = (scope: Scope) => scope.tags.includes('orders') && scope.organizationId === ORGANIZATION_A
    expect(cache.outdate(isOrders)).toBe(2)
    expect(cache.outdate(isOrders)).toBe(0)
    cache.clear()
    expect(cache.statsOf(ORGANIZATION_A).memory).toEqual({ answers: 0, bytes: 0 })
    expect(cache.size).toMatchObject({ answers: 0, bytes: 0 })
  })
})
