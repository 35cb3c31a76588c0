import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bootstrap, type FirstRun } from '../src/bootstrap.ts'
import { lockDataDir } from '../src/database/data-dir-lock.ts'
import { migrateToLatest } from '../src/database/migrate.ts'
import { type OpenDatabase, openDatabase } from '../src/database/open-database.ts'
import { MIGRATIONS } from '../src/migrations/index.ts'
import { createTestDatabase, DATABASES, type TestDatabase, type TestDatabaseKind } from './test-databases.ts'

const CONFIG = {
  organizationName: 'Test',
  adminEmail: ' Admin@Example.com',
  adminPassword: undefined,
  apiKey: undefined,
  allowedOrigins: ['https://app.example.com'],
}
const encryption = { encrypt: (secret: Uint8Array) => Buffer.from(secret), canDecrypt: () => true }

async function withDatabase(
  kind: TestDatabaseKind,
  run: (opened: OpenDatabase, database: TestDatabase) => Promise<void>,
): Promise<void> {
  const database = await createTestDatabase(kind)
  const opened = await openDatabase({ ...database, maxConnections: 8, onError: () => undefined })
  try {
    await run(opened, database)
  } finally {
    await opened.close()
    await database.remove()
  }
}

describe.each(DATABASES)('metadata database on %s', (kind) => {
  it('keeps answers of parallel statements apart, errors and transactions between them', () =>
    withDatabase(kind, async ({ db }) => {
      await sql`create table counters (id int primary key, n int not null)`.execute(db)
      await sql`insert into counters values (1, 0)`.execute(db)
      const work = async (worker: number) => {
        for (let index = 0; index < 40; index++) {
          const value = worker * 1_000 + index
          const { rows } =
            worker % 2 === 0
              ? await sql<{ a: number; b: string }>`select ${value}::int as a, ${`w${worker}`}::text as b`.execute(db)
              : await sql<{
                  a: number
                  b: string
                }>`select ${value}::int + 0 as a, ${`w${worker}`}::text as b, 1 as c`.execute(db)
          expect(rows[0]).toMatchObject({ a: value, b: `w${worker}` })
          if (index % 7 === 0) await expect(sql`select 1 / ${0}::int`.execute(db)).rejects.toThrow('division by zero')
          if (index % 10 === 0) {
            await db.transaction().execute(async (trx) => {
              await sql`update counters set n = n + 1 where id = ${1}`.execute(trx)
            })
          }
        }
      }
      await Promise.all(Array.from({ length: 16 }, (_, worker) => work(worker)))
      const { rows } = await sql<{ n: number }>`select n from counters`.execute(db)
      expect(rows).toEqual([{ n: 64 }])
    }))

  it('is migrated once, however many do it at the same time', () =>
    withDatabase(kind, async ({ db }, database) => {
      const others =
        database.databaseUrl === undefined
          ? []
          : await Promise.all(
              [0, 1].map(() => openDatabase({ ...database, maxConnections: 4, onError: () => undefined })),
            )
      await Promise.all([db, ...others.map((other) => other.db)].map((each) => migrateToLatest(each, MIGRATIONS)))
      await migrateToLatest(db, MIGRATIONS)
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
      expect(rows).toEqual(Object.keys(MIGRATIONS).map((name) => ({ name })))
      await Promise.all(others.map((other) => other.close()))
    }))

  it('AUT-20 gets its first credentials from exactly one of several first starts', () =>
    withDatabase(kind, async ({ db }) => {
      await migrateToLatest(db, MIGRATIONS)
      const starts = await Promise.all(
        Array.from({ length: 4 }, () => bootstrap({ db, config: CONFIG, ...encryption })),
      )
      const first = starts.filter((start): start is FirstRun => start !== undefined)
      expect(first).toEqual([
        {
          organizationId: expect.any(String),
          adminEmail: 'admin@example.com',
          adminPassword: expect.stringMatching(/^[\w-]{20}$/),
          apiKey: expect.stringMatching(/^di_[\w-]{43}$/),
        },
      ])
      const count = async (table: 'organizations' | 'users' | 'api_keys' | 'embed_signing_keys') =>
        (await db.selectFrom(table).selectAll().execute()).length
      expect([
        await count('organizations'),
        await count('users'),
        await count('api_keys'),
        await count('embed_signing_keys'),
      ]).toEqual([1, 1, 1, 1])
      const stored = JSON.stringify([
        await db.selectFrom('users').selectAll().execute(),
        await db.selectFrom('api_keys').selectAll().execute(),
      ])
      expect(stored).not.toContain(first[0]?.adminPassword)
      expect(stored).not.toContain(first[0]?.apiKey)
    }))

  it('takes new origins and keys of the configuration, and a server key when the old one cannot be opened', () =>
    withDatabase(kind, async ({ db }) => {
      await migrateToLatest(db, MIGRATIONS)
      await bootstrap({ db, config: CONFIG, ...encryption })
      const config = { ...CONFIG, apiKey: `di_${'k'.repeat(40)}`, allowedOrigins: ['https://new.example'] }
      expect(await bootstrap({ db, config, ...encryption, canDecrypt: () => false })).toBeUndefined()
      await bootstrap({ db, config, ...encryption })
      const organization = await db.selectFrom('organizations').selectAll().executeTakeFirstOrThrow()
      expect(organization.allowed_origins).toEqual(['https://app.example.com', 'https://new.example'])
      expect(await db.selectFrom('api_keys').select('prefix').orderBy('id').execute()).toEqual([
        { prefix: expect.stringMatching(/^di_/) },
        { prefix: 'di_kkkkk' },
      ])
      expect(await db.selectFrom('embed_signing_keys').select('kid').execute()).toHaveLength(2)
    }))
})

describe('data folder', () => {
  it('FLT-13 belongs to one process, and is free again when that is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'datainsight-lock-'))
    const script = `
      import { lockDataDir } from ${JSON.stringify(new URL('../src/database/data-dir-lock.ts', import.meta.url).href)}
      lockDataDir(${JSON.stringify(folder)})
      console.log('locked')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--conditions=source', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      await once(child.stdout, 'data')
      expect(() => lockDataDir(folder)).toThrow(`the data directory ${folder} is in use by another process`)
    } finally {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    lockDataDir(folder).release()
    rmSync(folder, { recursive: true })
  })

  it('FLT-13 keeps what was acknowledged when the process is killed while it writes', async () => {
    const database = await createTestDatabase('pglite')
    const source = (name: string) => JSON.stringify(new URL(`../src/database/${name}`, import.meta.url).href)
    const script = `
      import { sql } from ${JSON.stringify(import.meta.resolve('kysely'))}
      import { openDatabase } from ${source('open-database.ts')}
      const { db } = await openDatabase({ databaseUrl: undefined, dataDir: ${JSON.stringify(database.dataDir)}, maxConnections: 1, onError() {} })
      await sql\`create table if not exists writes (n int primary key)\`.execute(db)
      const { rows } = await sql\`select coalesce(max(n), 0)::int as n from writes\`.execute(db)
      for (let n = rows[0].n + 1; ; n++) {
        await sql\`insert into writes values (\${n})\`.execute(db)
        process.stdout.write(n + '\\n')
      }`
    let acknowledged = 0
    for (let round = 0; round < 3; round++) {
      const child = spawn(
        process.execPath,
        ['--conditions=source', '--liftoff-only', '--input-type=module', '-e', script],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      onTestFinished(() => void child.kill('SIGKILL'))
      const goal = acknowledged + 20
      const exited = once(child, 'exit')
      child.stdout.setEncoding('utf8')
      let text = ''
      for await (const chunk of child.stdout) {
        text += chunk
        acknowledged = Math.max(acknowledged, ...text.split('\n').slice(0, -1).map(Number))
        if (acknowledged >= goal) child.kill('SIGKILL')
      }
      await exited
      expect(acknowledged).toBeGreaterThanOrEqual(goal)
    }
    const opened = await openDatabase({ ...database, maxConnections: 1, onError: () => undefined })
    const { rows } = await sql<{ n: number }>`select n from writes order by n`.execute(opened.db)
    const stored = new Set(rows.map(({ n }) => n))
    const lost = Array.from({ length: acknowledged }, (_, index) => index + 1).filter((n) => !stored.has(n))
    expect(lost).toEqual([])
    await opened.close()
    await database.remove()
  })
})
