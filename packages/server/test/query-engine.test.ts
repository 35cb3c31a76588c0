import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AnalyticsError, type Query } from '@datainsight/core'
import { parseModel } from '@datainsight/core/model'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainBytes } from '../src/cache/answer.ts'
import { type DataSource, shareSources } from '../src/data-sources/data-source.ts'
import { openDuckDB } from '../src/data-sources/duckdb.ts'
import { openPostgres } from '../src/data-sources/postgres.ts'
import { type Caller, createQueryEngine, type QueryEngineOptions } from '../src/query/create-query-engine.ts'
import { createDatabase } from './query-server.ts'

const MODEL = parseModel([
  {
    path: 'model.yml',
    text: `
cubes:
  - name: visits
    sql_table: visits
    dimensions:
      - { name: tenant, sql: "{CUBE}.tenant", type: string }
      - { name: day, sql: "{CUBE}.day", type: time }
    measures:
      - { name: count, type: count }
      - { name: slow, type: max, sql: "{CUBE}.n + slow_zero()" }
    access_policy:
      - role: "*"
        row_level: { filters: [{ member: tenant, operator: equals, values: ["{ securityContext.tenant }"] }] }
`,
  },
])
const COUNT: Query = { measures: ['visits.count'] }
const never = new AbortController().signal

const callerOf = (tenant: string): Caller => ({
  security: {
    organizationId: 'o',
    kind: 'embed',
    roles: [],
    attributes: { tenant },
    filters: [],
    deniedMembers: [],
    maskedMembers: [],
    maxRows: 1_000,
  },
  securityKey: `o:${tenant}`,
  timezone: undefined,
})

/** Counts the statements that reach the real source. */
function counted(source: DataSource) {
  const counter = { statements: 0, running: 0, most: 0 }
  const wrapped: DataSource = {
    name: source.name,
    dialect: source.dialect,
    concurrency: source.concurrency,
    cacheTtlMs: source.cacheTtlMs,
    dataVersion: (tables) => source.dataVersion(tables),
    close: () => source.close(),
    async query(statement, limits) {
      counter.statements++
      counter.running++
      counter.most = Math.max(counter.most, counter.running)
      try {
        return await source.query(statement, limits)
      } finally {
        counter.running--
      }
    },
  }
  return { source: wrapped, counter }
}

let folder: string
let duckdb: DataSource
let postgres: DataSource
let database: Awaited<ReturnType<typeof createDatabase>>
let admin: pg.Client

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'datainsight-engine-'))
  writeFileSync(join(folder, 'visits.csv'), 'tenant,day,n\na,2001-01-01,1\na,2001-01-02,2\nb,2001-01-01,3\n')
  duckdb = await openDuckDB({ name: 'default', tables: { visits: { file: join(folder, 'visits.csv') } } })
  database = await createDatabase()
  admin = new pg.Client(database.url)
  await admin.connect()
  // The measure `slow` takes ten minutes for each row.
  await admin.query(`create table visits (tenant text, day timestamp, n int);
    insert into visits values ('a', '2001-01-01', 1), ('b', '2001-01-01', 2);
    create function slow_zero() returns int language plpgsql volatile as 'begin perform pg_sleep(600); return 0; end'`)
  postgres = openPostgres({ name: 'default', url: database.url, concurrency: 2 })
})

afterAll(async () => {
  await Promise.all([duckdb.close(), postgres.close(), admin.end()])
  await database.drop()
  rmSync(folder, { recursive: true })
})

function engineOver(source: DataSource, options: Partial<QueryEngineOptions> = {}) {
  const engine = createQueryEngine({
    model: () => MODEL,
    dataSources: shareSources(new Map([['default', source]])),
    ...options,
  })
  const ask = (query: Query, tenant = 'a', signal: AbortSignal = never) => {
    const caller = callerOf(tenant)
    return engine.run(engine.plan(query, caller, JSON.stringify(query)), caller, { signal })
  }
  return { engine, ask }
}

async function sleeping(): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    `select count(*)::int from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid()`,
  )
  return rows[0]?.count ?? -1
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof AnalyticsError ? error.code : String(error)),
  )

const SLOW: Query = { measures: ['visits.slow'] }

describe('query engine', () => {
  it('asks the data source once for two thousand at the same time', async () => {
    const { source, counter } = counted(duckdb)
    const { ask } = engineOver(source)
    const answers = await Promise.all(Array.from({ length: 2_000 }, () => ask(COUNT)))
    expect(counter.statements).toBe(1)
    expect(new Set(answers.map(({ answer }) => answer)).size).toBe(1)
    expect((await ask(COUNT)).state).toBe('hit')
    expect(counter.statements).toBe(1)
  })

  it('keeps tenants apart, whose statements differ', async () => {
    const { source, counter } = counted(duckdb)
    const { ask } = engineOver(source)
    const [a, b] = await Promise.all([ask(COUNT, 'a'), ask(COUNT, 'b')])
    expect(plainBytes(a.answer, '}}').toString()).toContain('"data":[[2]]')
    expect(plainBytes(b.answer, '}}').toString()).toContain('"data":[[1]]')
    expect(counter.statements).toBe(2)
  })

  it('stops the statement when everybody who waited has gone, and not before', async () => {
    const { ask, engine } = engineOver(postgres)
    const [one, two] = [new AbortController(), new AbortController()]
    const first = codeOf(ask(SLOW, 'a', one.signal))
    const second = codeOf(ask(SLOW, 'a', two.signal))
    await expect.poll(sleeping).toBe(1)
    one.abort()
    expect(await first).toBe('query_cancelled')
    expect(await sleeping()).toBe(1)
    two.abort()
    expect(await second).toBe('query_cancelled')
    await expect.poll(sleeping).toBe(0)
    await expect.poll(() => engine.load().gates.default).toEqual({ running: 0, waiting: 0 })
  })

  it('stops at the time limit, stores no fault and answers the next', async () => {
    const { ask, engine } = engineOver(postgres, { statementTimeoutMs: 200 })
    expect(await codeOf(ask(SLOW))).toBe('query_timeout')
    await expect.poll(sleeping).toBe(0)
    expect(engine.load().cache).toMatchObject({ answers: 0, flights: 0 })
    expect(await codeOf(ask(COUNT))).toBe('answered')
  })

  it('lets a storm of one tenant wait or go, and answers the others', async () => {
    const { ask, engine } = engineOver(postgres, { gate: { laneConcurrency: 1, laneQueue: 5 } })
    const gone = new AbortController()
    const storm = Array.from({ length: 50 }, (_, offset) => codeOf(ask({ ...SLOW, offset }, 'a', gone.signal)))
    await expect.poll(sleeping).toBe(1)
    expect(await codeOf(ask(COUNT, 'b'))).toBe('answered')
    gone.abort()
    const codes = await Promise.all(storm)
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(44)
    expect(codes.filter((code) => code === 'query_cancelled')).toHaveLength(6)
    await expect.poll(sleeping).toBe(0)
    await expect.poll(() => engine.load().gates.default).toEqual({ running: 0, waiting: 0 })
  })

  it('runs no more statements at once than the source takes', async () => {
    const { source, counter } = counted(duckdb)
    const { ask } = engineOver(source)
    await Promise.all(
      ['a', 'b', 'c', 'd'].flatMap((tenant) =>
        Array.from({ length: 10 }, (_, offset) => ask({ dimensions: ['visits.day'], offset }, tenant)),
      ),
    )
    expect(counter.statements).toBe(40)
    expect(counter.most).toBeLessThanOrEqual(duckdb.concurrency)
  })

  it('reads "today" anew on the next day', async () => {
    let now = new Date('2001-01-01T12:00:00Z')
    const { ask } = engineOver(duckdb, { now: () => now })
    const today: Query = {
      measures: ['visits.count'],
      timeDimensions: [{ dimension: 'visits.day', dateRange: 'today' }],
    }
    const textOf = async () => plainBytes((await ask(today)).answer, '}}').toString()
    expect(await textOf()).toContain('"dateRange":["2001-01-01T00:00:00.000"')
    now = new Date('2001-01-02T00:00:00Z')
    expect(await textOf()).toContain('"dateRange":["2001-01-02T00:00:00.000"')
  })

  it('compiles anew when the model changed', async () => {
    let model = MODEL
    const { engine } = engineOver(duckdb, { model: () => model })
    const plan = () => engine.plan(COUNT, callerOf('a'), 'text')
    const before = plan()
    expect(plan()).toBe(before)
    model = { ...MODEL, id: 'another' }
    expect(plan()).not.toBe(before)
    expect(plan().key).toBe(before.key)
  })

  it('answers without words about the statement when the source fails', async () => {
    await admin.query('alter table visits rename column n to gone')
    const { ask } = engineOver(postgres)
    const fault = await ask(SLOW).catch((error: unknown) => error)
    await admin.query('alter table visits rename column gone to n')
    expect(fault).toMatchObject({
      code: 'query_failed',
      message: 'the data source default could not answer',
      problems: [],
    })
  })
})
