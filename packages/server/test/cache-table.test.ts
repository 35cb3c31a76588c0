import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { toAnswer } from '../src/cache/answer.ts'
import { ResultCache, toCacheKey } from '../src/cache/result-cache.ts'
import { TableLevel } from '../src/cache/table-level.ts'
import { type CacheDatabase, ORGANIZATION_A, ORGANIZATION_B, openCacheDatabase } from './cache-databases.ts'
import { DATABASES } from './test-databases.ts'

const SECRET = 'a secret of thirty-two bytes or so'
const SCOPE = { organizationId: ORGANIZATION_A, source: 'default', tables: ['public.orders'], tags: ['orders'] }
const never = new AbortController().signal

describe.each(DATABASES)('the table of answers on %s', (kind) => {
  let database: CacheDatabase
  beforeAll(async () => {
    database = await openCacheDatabase(kind)
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await database.db.deleteFrom('cache_entries').execute()
    await database.db.deleteFrom('cache_leases').execute()
  })

  const level = (maxBytes = 1_000_000, secret = SECRET) =>
    new TableLevel({ db: database.db, secret, maxBytes, timeoutMs: 30_000 })
  const bytes = (payload = Buffer.from('answer'), freshForMs = 60_000) => ({
    payload,
    freshUntilMs: Date.now() + freshForMs,
    expiresAtMs: Date.now() + freshForMs + 60_000,
  })

  it('keeps bytes and gives them back to another node', async () => {
    const stored = bytes()
    await level().store('k', stored, SCOPE)
    expect(await level().find('k')).toEqual(stored)
    expect(await level().find('other')).toBeUndefined()
    expect(await level().sizeOf(ORGANIZATION_A)).toEqual({ answers: 1, bytes: stored.payload.length + 53 })
    expect(await level().sizeOf(ORGANIZATION_B)).toEqual({ answers: 0, bytes: 0 })
  })

  it('gives an answer from the table to a node that was started anew, without asking the data source', async () => {
    const answer = toAnswer(Buffer.from(`{"columns":[],"data":[["${'text '.repeat(1_000)}"]]`), '0123456789abcdef')
    let asked = 0
    const node = () => new ResultCache({ levels: [level()] })
    const ask = (cache: ResultCache) =>
      cache.get(toCacheKey('statement', '', SCOPE), {
        ttlMs: 60_000,
        signal: never,
        renew: false,
        load: async () => {
          asked++
          return answer
        },
      })
    expect(await ask(node())).toMatchObject({ state: 'miss', from: 'source' })
    await expect.poll(() => rows()).toHaveLength(1)
    const later = node()
    const found = await ask(later)
    expect(found).toMatchObject({ state: 'hit', from: 'table', answer: { dataVersion: '0123456789abcdef' } })
    expect(found.answer.head.equals(answer.head)).toBe(true)
    expect(await ask(later)).toMatchObject({ state: 'hit', from: 'memory' })
    expect(asked).toBe(1)
  })
  const rows = () => database.db.selectFrom('cache_entries').select('key').execute()

  it.each([
    ['cut off', (envelope: Buffer) => envelope.subarray(0, -1)],
    ['changed', (envelope: Buffer) => Buffer.from(envelope).fill(0x20, 55, 56)],
    ['of another version', (envelope: Buffer) => Buffer.from(envelope).fill(1, 0, 1)],
    ['empty', () => Buffer.alloc(0)],
    ['JSON', () => Buffer.from('{"columns":[],"data":[]}')],
  ])('ISO-17 takes an envelope that is %s for a miss', async (_, poison) => {
    await level().store('k', bytes(), SCOPE)
    const { envelope } = await database.db.selectFrom('cache_entries').select('envelope').executeTakeFirstOrThrow()
    await database.db
      .updateTable('cache_entries')
      .set({ envelope: poison(envelope) })
      .execute()
    expect(await level().find('k')).toBeUndefined()
  })

  it('ISO-17 takes the answer of another key, and one sealed with another secret, for a miss', async () => {
    await level().store('theirs', bytes(Buffer.from('of B')), { ...SCOPE, organizationId: ORGANIZATION_B })
    await database.db.updateTable('cache_entries').set({ key: 'mine' }).execute()
    expect(await level().find('mine')).toBeUndefined()
    await level(1_000_000, 'the secret of somebody else').store('k', bytes(), SCOPE)
    expect(await level().find('k')).toBeUndefined()
  })

  it('DOS-10 deletes the least recently used when it holds too much, and does not take what is too large', async () => {
    const table = level(20_000)
    await table.store('large', bytes(randomBytes(20_001)), SCOPE)
    expect(await rows()).toEqual([])
    for (let index = 0; index < 40; index++) await table.store(`k${index}`, bytes(randomBytes(1_000)), SCOPE)
    // Used a moment ago, though stored first of those that are left.
    const [first] = await database.db.selectFrom('cache_entries').select('key').orderBy('used_at').limit(1).execute()
    await database.db
      .updateTable('cache_entries')
      .set({ used_at: sql`clock_timestamp()` })
      .where('key', '=', first?.key ?? '')
      .execute()
    await table.store('last', bytes(randomBytes(1_000)), SCOPE)
    await table.clean()
    const kept = (await rows()).map(({ key }) => key)
    expect(kept).toContain('last')
    expect(kept).toContain(first?.key)
    expect(kept).not.toContain('k1')
    expect((await table.sizeOf(ORGANIZATION_A))?.bytes).toBeLessThanOrEqual(20_000)
  })

  it('deletes what has expired', async () => {
    const table = level()
    await table.store('k', bytes(), SCOPE)
    await database.db
      .updateTable('cache_entries')
      .set({ expires_at: new Date(Date.now() - 1) })
      .execute()
    expect(await table.find('k')).toBeUndefined()
    await table.clean()
    expect(await rows()).toEqual([])
  })

  it('gives the right to make an answer to one token, until it is given back or silent for too long', async () => {
    const [one, two] = [randomUUID(), randomUUID()]
    const node = level()
    expect(await node.claim('k', one, Date.now())).toEqual({ stored: undefined, right: 'mine' })
    expect(await node.claim('k', two, Date.now())).toEqual({ stored: undefined, right: 'taken' })
    expect(await node.prolong('k', two)).toBe(false)
    expect(await node.prolong('k', one)).toBe(true)
    await node.release('k', two)
    expect((await node.claim('k', two, Date.now())).right).toBe('taken')
    await node.release('k', one)
    expect((await node.claim('k', two, Date.now())).right).toBe('mine')
    await database.db
      .updateTable('cache_leases')
      .set({ expires_at: new Date(Date.now() - 1) })
      .execute()
    expect((await node.claim('k', one, Date.now())).right).toBe('mine')
    await node.store('k', bytes(), SCOPE)
    expect((await node.claim('k', two, Date.now())).right).toBe('refused')
  })

  it('gives an old answer together with the right to make the next', async () => {
    const node = level()
    await node.store('k', bytes(Buffer.from('old'), -1_000), SCOPE)
    const { stored, right } = await node.claim('k', randomUUID(), Date.now())
    expect(stored?.payload.toString()).toBe('old')
    expect(right).toBe('mine')
  })
})
