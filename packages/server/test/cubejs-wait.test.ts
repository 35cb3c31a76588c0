import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMIN } from './build-test-server.ts'
import { type CubejsServer, startCubejsServer } from './cubejs-server.ts'
import { createDatabase } from './query-server.ts'

/** Queries that outlast their requests, held up by a table lock that the test lets go of. */
const MODEL = `
cubes:
  - name: visits
    sql_table: visits
    dimensions:
      - { name: id, sql: "{CUBE}.id", type: number }
    measures:
      - { name: count, type: count }
    access_policy:
      - role: "*"
        row_level: { allow_all: true }
`

let folder: string
let database: Awaited<ReturnType<typeof createDatabase>>
let server: CubejsServer
let token: string
let lock: pg.Client
let watcher: pg.Client

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'datainsight-wait-'))
  writeFileSync(join(folder, 'visits.yml'), MODEL)
  database = await createDatabase()
  lock = new pg.Client(database.url)
  watcher = new pg.Client(database.url)
  await lock.connect()
  await watcher.connect()
  await lock.query('create table visits (id int); insert into visits select generate_series(1, 7)')
  server = await startCubejsServer(
    { type: 'postgres', name: 'default', url: database.url, cacheTtlMs: 0 },
    {
      DATAINSIGHT_MODEL_DIR: folder,
      DATAINSIGHT_CUBE_WAIT_MS: '200',
      DATAINSIGHT_ADMIN_EMAIL: ADMIN.email,
      DATAINSIGHT_ADMIN_PASSWORD: ADMIN.password,
    },
  )
  token = await server.token({ attributes: {} })
})

afterAll(async () => {
  await server.close()
  await lock.end()
  await watcher.end()
  await database.drop()
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  await lock.query('begin; lock table visits in access exclusive mode')
})

const QUERY = { measures: ['visits.count'] }

/** Statements that wait for the table: session and moment of each. */
async function heldStatements(): Promise<string[]> {
  const { rows } = await watcher.query<{ id: string }>(
    `select pid || ' ' || query_start id from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.map(({ id }) => id)
}

const held = async () => (await heldStatements()).length

const noneHeld = () => expect.poll(held, { interval: 50 }).toBe(0)

describe('a query that takes long', () => {
  it('is waited for by the client, while one statement goes on', async () => {
    const stages: [string, number][] = []
    const statements = new Set<string>()
    const result = await server.client(token).load(QUERY, {
      progressCallback: (progress) => {
        stages.push([progress.stage(), progress.timeElapsed()])
        void heldStatements().then(async (held) => {
          for (const statement of held) statements.add(statement)
          // The first turns may be over before the statement has reached the database.
          if (stages.length >= 3 && statements.size > 0) await lock.query('commit')
        })
      },
    })
    expect(result.rawData()).toEqual([{ 'visits.count': '7' }])
    expect(stages.length).toBeGreaterThanOrEqual(3)
    expect(stages[0]).toEqual(['Executing query', expect.any(Number)])
    expect(statements.size).toBe(1)
  })

  it('is answered 200 with the words the client looks for', async () => {
    const response = await fetch(`${server.apiUrl}/load?query=${encodeURIComponent(JSON.stringify(QUERY))}`, {
      headers: { authorization: token, 'x-request-id': 'poll-span-1' },
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      error: 'Continue wait',
      stage: 'Executing query',
      timeElapsed: expect.any(Number),
    })
    await expect.poll(held, { interval: 20 }).toBe(1)
    // Nobody comes back.
    await noneHeld()
    await lock.query('commit')
  })

  it('is stopped in the database when the client aborts', async () => {
    const controller = new AbortController()
    const loading = server.client(token).load(QUERY, {
      signal: controller.signal,
      progressCallback: () => setTimeout(() => controller.abort(), 20),
    })
    await expect(loading).rejects.toThrow('aborted')
    await noneHeld()
    await lock.query('commit')
  })

  it('gives way to a newer one under the same mutex', async () => {
    const mutexObj = {}
    const client = server.client(token)
    const first = client.load(QUERY, { mutexObj })
    const second = client.load(
      { ...QUERY, dimensions: ['visits.id'], order: { 'visits.id': 'asc' }, limit: 1 },
      { mutexObj },
    )
    await expect.poll(held).toBe(2)
    await lock.query('commit')
    expect((await second).rawData()).toEqual([{ 'visits.id': '1', 'visits.count': '1' }])
    expect(await first).toBeNull()
  })

  it('hands a fault over to the request that comes back', async () => {
    const loading = server.client(token).load(QUERY, {
      progressCallback: () =>
        void watcher.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        ),
    })
    await expect(loading).rejects.toMatchObject({ status: 500, response: { code: 'query_failed' } })
    await lock.query('commit')
  })
})

it('leaves one record of a query however often it was asked for', async () => {
  const polls: unknown[] = []
  await server.client(token).load(QUERY, {
    baseRequestId: 'recorded-once',
    progressCallback: (progress) => {
      polls.push(progress)
      if (polls.length === 2) void lock.query('commit')
    },
  })
  const signedIn = await server.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: ADMIN })
  const admin = signedIn.json<{ accessToken: string }>().accessToken
  const readLog = async () => {
    const log = await server.app.inject({ url: '/api/v1/query/log', headers: { authorization: `Bearer ${admin}` } })
    expect(log.statusCode, log.body).toBe(200)
    return log.json<{ items: Record<string, unknown>[] }>().items
  }
  // The record is made when the answer has left, which the client may see first.
  await expect
    .poll(async () => (await readLog())[0])
    .toMatchObject({ kind: 'cube', count: 1, rows: 1, members: ['visits.count'] })
  const items = await readLog()
  // Those of the tests before: each asked once, too.
  expect(items.every(({ count }) => count === 1)).toBe(true)
})

describe('subscribe', () => {
  it('answers again and again until it is unsubscribed', async () => {
    await lock.query('commit')
    const counts: unknown[] = []
    await new Promise<void>((resolve, reject) => {
      const subscription = server
        .client(token, { pollInterval: 0.05 } as never)
        .subscribe(QUERY, {}, (error, result) => {
          if (error !== null) return reject(error)
          counts.push(result.rawData()[0]?.['visits.count'])
          if (counts.length === 1) void lock.query('insert into visits values (8)')
          if (counts.at(-1) === '8') void subscription.unsubscribe().then(() => resolve(), reject)
        })
    })
    expect(counts[0]).toBe('7')
    expect(counts.at(-1)).toBe('8')
  })
})
