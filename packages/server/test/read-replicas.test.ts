import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findServices } from '../../../scripts/find-services.ts'
import { startReplica } from '../../../test/setup/start-replica.ts'
import type { RunningService } from '../../../test/setup/start-service.ts'
import { buildServer } from '../src/build-server.ts'
import { fallBackTo } from '../src/database/fall-back.ts'
import { buildTestServer, SALES, type TestServer } from './build-test-server.ts'
import { createTestDatabase, type TestDatabase } from './test-databases.ts'

const LIST = { method: 'GET', url: '/api/v1/dashboards?limit=200' } as const

describe.runIf(process.env.TEST_DATABASE_URL !== undefined)('metadata read from a streaming replica', () => {
  let database: TestDatabase
  let replica: RunningService
  let replicaClient: pg.Client
  let one: TestServer
  let two: FastifyInstance
  let folder: string

  beforeAll(async () => {
    database = await createTestDatabase('postgres')
    replica = await startReplica(findServices().postgresBin as string, database.databaseUrl as string)
    replicaClient = new pg.Client({ connectionString: replica.url })
    await replicaClient.connect()
    const config = { databaseUrl: database.databaseUrl, databaseReplicaUrls: [replica.url] }
    one = await buildTestServer({ config, withDashboard: false })
    folder = mkdtempSync(join(tmpdir(), 'datainsight-node-'))
    two = await buildServer({ ...one.config, dataDir: folder })
  }, 120_000)
  afterAll(async () => {
    await two.close()
    await one.close()
    await replica.stop()
    await database.remove()
    rmSync(folder, { recursive: true })
  })

  const slugs = async (app: FastifyInstance) => {
    const answer = await app.inject({ ...LIST, headers: { 'x-api-key': one.apiKey } })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<{ items: { slug: string }[] }>().items.map(({ slug }) => slug)
  }
  const create = async (slug: string) => {
    const answer = await one.asKey({ method: 'POST', url: '/api/v1/dashboards', payload: { ...SALES, slug } })
    expect(answer.statusCode, answer.body).toBe(201)
  }
  const sessionsReading = async () => {
    const { rows } = await replicaClient.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where application_name = 'datainsight' and query like '%from "dashboards"%'`,
    )
    return rows[0]?.n ?? 0
  }

  it('reads lists from the replica once it has caught up', async () => {
    await create('first')
    await vi.waitFor(async () => {
      expect(await slugs(one.app)).toEqual(['first'])
      expect(await sessionsReading()).toBeGreaterThan(0)
    }, 30_000)
  })

  it('gives a caller its own writes through every node while the replica stands still', async () => {
    await replicaClient.query('select pg_wal_replay_pause()')
    for (let index = 0; index < 20; index++) {
      await create(`paused-${index}`)
      expect(await slugs(two)).toContain(`paused-${index}`)
      expect(await slugs(one.app)).toContain(`paused-${index}`)
    }
    await replicaClient.query('select pg_wal_replay_resume()')
    await vi.waitFor(async () => {
      const { rows } = await replicaClient.query<{ n: number }>('select count(*)::int as n from dashboards')
      expect(rows[0]?.n).toBe(21)
    }, 30_000)
    expect(await slugs(two)).toHaveLength(21)
  })

  it('asks the primary what a replica fails to answer in the middle of it, and nothing but reads', async () => {
    const faults: unknown[] = []
    const pool = new pg.Pool({ connectionString: replica.url, max: 1 })
    pool.on('error', () => undefined)
    const db = fallBackTo(one.app.db, pool, (error) => faults.push(error))
    try {
      const asked = sql<{
        n: number
      }>`select pg_is_in_recovery()::int as n from pg_sleep(case when pg_is_in_recovery() then 600 else 0 end)`
        .execute(db)
        .then(({ rows }) => rows)
      await vi.waitFor(async () => {
        const { rowCount } = await replicaClient.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(case%' and pid <> pg_backend_pid()`,
        )
        expect(rowCount).toBe(1)
      }, 30_000)
      expect(await asked).toEqual([{ n: 0 }])
      expect(faults).toMatchObject([{ code: '57P01' }])
      await expect(sql`select 1 / 0`.execute(db)).rejects.toThrow('division by zero')
      await expect(db.deleteFrom('dashboards').execute()).rejects.toThrow('a replica is only read from')
    } finally {
      await pool.end()
    }
  })

  it('goes on reading from the primary when the replica is gone', async () => {
    await replicaClient.end()
    await replica.stop()
    // Also before anybody has missed it: each read is asked of the primary when the replica fails.
    for (let read = 0; read < 5; read++) expect(await slugs(one.app)).toHaveLength(21)
    expect(await slugs(two)).toHaveLength(21)
    await create('without-replica')
    expect(await slugs(one.app)).toContain('without-replica')
  })
})
