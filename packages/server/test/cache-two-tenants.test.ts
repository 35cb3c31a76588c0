import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Query } from '@datainsight/core'
import { parseModel } from '@datainsight/core/model'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainBytes } from '../src/cache/answer.ts'
import { RedisLevel } from '../src/cache/redis-level.ts'
import { ResultCache } from '../src/cache/result-cache.ts'
import type { SharedLevel } from '../src/cache/shared-level.ts'
import { TableLevel } from '../src/cache/table-level.ts'
import type { DataSource } from '../src/data-sources/data-source.ts'
import { openDuckDB } from '../src/data-sources/duckdb.ts'
import { type Caller, createQueryEngine, type QueryEngine } from '../src/query/create-query-engine.ts'
import { type CacheDatabase, ORGANIZATION_A, ORGANIZATION_B, openCacheDatabase } from './cache-databases.ts'
import { type PrivateRedis, startPrivateRedis } from './private-redis.ts'
import { DATABASES } from './test-databases.ts'

const SECRET = 'a secret of thirty-two bytes or so'
const MODEL = parseModel([
  {
    path: 'model.yml',
    text: `
cubes:
  - name: visits
    sql_table: visits
    dimensions:
      - { name: tenant, sql: tenant, type: string }
      - { name: page, sql: page, type: string }
    measures:
      - { name: count, type: count }
      - { name: seconds, type: sum, sql: seconds }
    access_policy:
      - role: "*"
        row_level: { filters: [{ member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }] }
`,
  },
])
const PAGES = ['home', 'prices', 'about']
const rowsOf = (organization: string) =>
  ['tenant,page,seconds']
    .concat(
      ['x', 'y'].flatMap((tenant, index) =>
        PAGES.map(
          (page, at) => `${tenant},${page},${(index + 1) * (at + 1) * (organization === ORGANIZATION_A ? 1 : 1_000)}`,
        ),
      ),
    )
    .join('\n')

const callerOf = (organizationId: string, tenant: string): Caller => ({
  security: {
    organizationId,
    kind: 'embed',
    roles: [],
    attributes: { tenant },
    filters: [],
    deniedMembers: [],
    maskedMembers: [],
    maxRows: 1_000,
  },
  securityKey: `${organizationId}:${tenant}`,
  timezone: undefined,
})
const CALLERS = [ORGANIZATION_A, ORGANIZATION_B].flatMap((organization) => [
  callerOf(organization, 'x'),
  callerOf(organization, 'y'),
])

const queries: fc.Arbitrary<Query> = fc.record({
  measures: fc.subarray(['visits.count', 'visits.seconds'], { minLength: 1 }),
  dimensions: fc.subarray(['visits.page']),
  filters: fc.oneof(
    fc.constant<NonNullable<Query['filters']>>([]),
    fc.constantFrom(...PAGES).map((page) => [{ member: 'visits.page', operator: 'equals' as const, values: [page] }]),
  ),
})

describe.each(DATABASES)('two organizations with sources of one name and one version, levels over %s', (kind) => {
  let database: CacheDatabase
  let redis: PrivateRedis
  const sources = new Map<string, DataSource>()
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-tenants-'))
  beforeAll(async () => {
    database = await openCacheDatabase(kind)
    redis = await startPrivateRedis()
    for (const organization of [ORGANIZATION_A, ORGANIZATION_B]) {
      const file = join(folder, `${organization}.csv`)
      writeFileSync(file, rowsOf(organization))
      sources.set(organization, anonymous(await openDuckDB({ name: 'default', tables: { visits: { file } } })))
    }
  })
  afterAll(async () => {
    for (const source of sources.values()) await source.close()
    await redis.close()
    await database.close()
    rmSync(folder, { recursive: true })
  })

  const redisLevel = () => new RedisLevel({ redis: redis.client, secret: SECRET, timeoutMs: 30_000 })
  const tableLevel = () => new TableLevel({ db: database.db, secret: SECRET, maxBytes: 10_000_000, timeoutMs: 30_000 })
  const engineWith = (levels: readonly SharedLevel[]): QueryEngine =>
    createQueryEngine({
      model: () => MODEL,
      dataSources: { get: (organizationId) => sources.get(organizationId) },
      cache: new ResultCache({ levels }),
    })
  const ask = async (engine: QueryEngine, query: Query, caller: Caller) => {
    const plan = engine.plan(query, caller, JSON.stringify(query))
    const { answer, from } = await engine.run(plan, caller, { signal: new AbortController().signal })
    const { columns, data, meta } = JSON.parse(plainBytes(answer, '}}').toString())
    return { from, seen: { columns, data, dataVersion: meta.dataVersion, etag: answer.etag } }
  }

  it.each([
    ['memory', () => []],
    ['redis', () => [redisLevel()]],
    ['table', () => [tableLevel()]],
    ['redis and table', () => [redisLevel(), tableLevel()]],
  ])('ISO-17 are never given each other’s answers by %s', async (_, levels) => {
    const nodes = [engineWith(levels()), engineWith(levels())]
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(queries, fc.nat(3), fc.nat(1)), { maxLength: 12 }), async (asked) => {
        const alone = engineWith([])
        await Promise.all(
          asked.map(async ([query, who, where]) => {
            const caller = CALLERS[who] as Caller
            const shared = await ask(nodes[where] as QueryEngine, query, caller)
            expect(shared.seen).toEqual((await ask(alone, query, caller)).seen)
          }),
        )
      }),
      { numRuns: 25 },
    )
  })

  it('ISO-17 are asked anew when Redis and the table hold the other’s bytes under their keys', async () => {
    const query: Query = { measures: ['visits.seconds'] }
    const [ofA, ofB] = [callerOf(ORGANIZATION_A, 'x'), callerOf(ORGANIZATION_B, 'x')]
    await redis.client.flushall()
    await database.db.deleteFrom('cache_entries').execute()
    const first = engineWith([redisLevel(), tableLevel()])
    await ask(first, query, ofA)
    await ask(first, query, ofB)
    const keyOf = async (caller: Caller) => (await first.inspect(first.plan(query, caller, 'q'))).key.id
    const [keyA, keyB] = [await keyOf(ofA), await keyOf(ofB)]
    const bytesInRedis = (key: string) => redis.client.getBuffer(`di:answer:{${key}}`)
    const bytesInTable = (key: string) =>
      database.db.selectFrom('cache_entries').select('envelope').where('key', '=', key).executeTakeFirst()
    await expect.poll(async () => (await bytesInRedis(keyB)) !== null).toBe(true)
    await expect.poll(() => bytesInTable(keyB)).toBeDefined()
    await redis.client.set(`di:answer:{${keyA}}`, (await bytesInRedis(keyB)) as Buffer)
    const { envelope } = (await bytesInTable(keyB)) as { envelope: Buffer }
    await database.db.updateTable('cache_entries').set({ envelope }).where('key', '=', keyA).execute()
    const found = await ask(engineWith([redisLevel(), tableLevel()]), query, ofA)
    expect(found.from).toBe('source')
    expect(found.seen).toEqual((await ask(engineWith([]), query, ofA)).seen)
  })
})

/** A source about which nothing tells whose it is. */
function anonymous(source: DataSource): DataSource {
  const { name, dialect, concurrency, cacheTtlMs } = source
  return {
    name,
    dialect,
    concurrency,
    cacheTtlMs,
    dataVersion: () => '',
    query: (statement, limits) => source.query(statement, limits),
    close: () => source.close(),
  }
}
