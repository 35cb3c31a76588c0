import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../src/database/open-database.ts'
import type { Database } from '../src/database/schema.ts'
import { maintainPartitions } from '../src/database/time-partitions.ts'
import { createTestDatabase, DATABASES } from './test-databases.ts'

const DAILY = { table: 'events', unit: 'day', retentionDays: 7 } as const

async function withTable(kind: (typeof DATABASES)[number], run: (db: Database) => Promise<void>): Promise<void> {
  const database = await createTestDatabase(kind)
  const opened = await openDatabase({ ...database, maxConnections: 4, onError: () => undefined })
  try {
    await sql`create table events (at timestamptz not null, n int) partition by range (at)`.execute(opened.db)
    await run(opened.db)
  } finally {
    await opened.close()
    await database.remove()
  }
}

async function insert(db: Database, at: string): Promise<void> {
  await sql`insert into events values (${at}::timestamptz, 1)`.execute(db)
}

async function count(db: Database): Promise<number> {
  const { rows } = await sql<{ n: string }>`select count(*) as n from events`.execute(db)
  return Number(rows[0]?.n)
}

describe.each(DATABASES)('time partitions on %s', (kind) => {
  it('are made ahead of time, once', () =>
    withTable(kind, async (db) => {
      const now = new Date('2024-12-31T23:59:00Z')
      const first = await maintainPartitions(db, DAILY, now)
      expect(first).toEqual({
        created: ['events_20241231', 'events_20250101', 'events_20250102', 'events_20250103'],
        dropped: [],
      })
      expect(await maintainPartitions(db, DAILY, now)).toEqual({ created: [], dropped: [] })
      await insert(db, '2024-12-31T00:00:00Z')
      await insert(db, '2025-01-03T23:59:59.999Z')
      expect(await count(db)).toBe(2)
      await expect(insert(db, '2025-01-04T00:00:00Z')).rejects.toThrow('no partition')
    }))

  it('are dropped when their last moment is past the retention, and not before', () =>
    withTable(kind, async (db) => {
      await maintainPartitions(db, DAILY, new Date('2024-06-01T12:00:00Z'))
      await insert(db, '2024-06-01T12:00:00Z')
      await insert(db, '2024-06-02T12:00:00Z')
      const kept = await maintainPartitions(db, DAILY, new Date('2024-06-08T23:59:59Z'))
      expect(kept.dropped).toEqual([])
      const dropped = await maintainPartitions(db, DAILY, new Date('2024-06-09T00:00:00Z'))
      expect(dropped.dropped).toEqual(['events_20240601'])
      expect(await count(db)).toBe(1)
    }))

  it('span months, over a year’s end', () =>
    withTable(kind, async (db) => {
      const monthly = { ...DAILY, unit: 'month' } as const
      const { created } = await maintainPartitions(db, monthly, new Date('2024-11-30T00:00:00Z'))
      expect(created).toEqual(['events_202411', 'events_202412', 'events_202501', 'events_202502'])
      await insert(db, '2025-02-28T23:00:00Z')
      expect(await count(db)).toBe(1)
    }))

  it('are maintained by several nodes at once without a fault', () =>
    withTable(kind, async (db) => {
      const rounds = await Promise.all([1, 2, 3].map(() => maintainPartitions(db, DAILY, new Date('2024-06-01'))))
      expect(rounds.flatMap(({ created }) => created)).toHaveLength(4)
    }))

  it('leave partitions of other names alone', () =>
    withTable(kind, async (db) => {
      await sql`create table events_archive partition of events for values from ('2000-01-01') to ('2001-01-01')`.execute(
        db,
      )
      expect((await maintainPartitions(db, DAILY, new Date('2024-06-01'))).dropped).toEqual([])
    }))
})
