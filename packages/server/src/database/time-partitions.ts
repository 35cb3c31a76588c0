import { sql } from 'kysely'
import type { Database } from './schema.ts'

/** A table that grows with every request, cut by time so that its past is dropped as a whole and not deleted row by row. */
export interface TimePartitionedTable {
  /** Its name; declared `partition by range` on a `timestamptz` column. */
  readonly table: string
  /** Span of one partition, in UTC. */
  readonly unit: 'day' | 'month'
  /** Partitions that ended longer ago than this are dropped, days. */
  readonly retentionDays: number
}

/** What one round of maintenance changed, by names of partitions. */
export interface PartitionChanges {
  readonly created: readonly string[]
  readonly dropped: readonly string[]
}

/** Partitions made before they are needed, so that a server that is stopped over a weekend or a failing round costs nothing. */
const UNITS_AHEAD = 3
/** Any number, the same on all nodes: only one of them maintains at a time. */
const LOCK = 7_301_550_161

/**
 * Makes the partitions for `now` and the units after it, and drops those past the retention. Safe to call from every node at
 * once and as often as wanted; rows of other partitions are never touched.
 */
export async function maintainPartitions(
  db: Database,
  { table, unit, retentionDays }: TimePartitionedTable,
  now: Date,
): Promise<PartitionChanges> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK}::bigint)`.execute(trx)
    const existing = new Set(await listPartitions(trx, table))
    const created: string[] = []
    for (let index = 0; index <= UNITS_AHEAD; index++) {
      const start = addUnits(startOfUnit(now, unit), unit, index)
      const name = partitionName(table, start, unit)
      if (existing.has(name)) continue
      const [from, to] = [start, addUnits(start, unit, 1)].map((date) => sql.lit(date.toISOString()))
      await sql`create table ${sql.table(name)} partition of ${sql.table(table)} for values from (${from}) to (${to})`.execute(
        trx,
      )
      created.push(name)
    }
    const dropped: string[] = []
    const oldest = now.getTime() - retentionDays * 86_400_000
    for (const name of existing) {
      const start = startOfPartition(table, name)
      if (start === undefined || addUnits(start, unit, 1).getTime() > oldest) continue
      await sql`drop table ${sql.table(name)}`.execute(trx)
      dropped.push(name)
    }
    return { created, dropped }
  })
}

async function listPartitions(db: Database, table: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits
    join pg_class child on child.oid = inhrelid
    where inhparent = ${table}::regclass order by 1`.execute(db)
  return rows.map(({ name }) => name)
}

/** `query_log_20240615`, `audit_log_202406`. */
function partitionName(table: string, start: Date, unit: TimePartitionedTable['unit']): string {
  return `${table}_${start
    .toISOString()
    .slice(0, unit === 'day' ? 10 : 7)
    .replaceAll('-', '')}`
}

/** `undefined` for a partition that somebody else made under another name: it is left alone. */
function startOfPartition(table: string, name: string): Date | undefined {
  if (!name.startsWith(`${table}_`)) return undefined
  const digits = /^(\d{4})(\d{2})(\d{2})?$/.exec(name.slice(table.length + 1))
  if (digits === null) return undefined
  return new Date(Date.UTC(Number(digits[1]), Number(digits[2]) - 1, Number(digits[3] ?? 1)))
}

function startOfUnit(date: Date, unit: TimePartitionedTable['unit']): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), unit === 'day' ? date.getUTCDate() : 1))
}

function addUnits(start: Date, unit: TimePartitionedTable['unit'], count: number): Date {
  const [year, month, day] = [start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()]
  return new Date(unit === 'day' ? Date.UTC(year, month, day + count) : Date.UTC(year, month + count, day))
}
