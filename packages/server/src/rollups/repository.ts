import { type Selectable, sql } from 'kysely'
import type { Database, RollupBuildTable } from '../database/schema.ts'
import type { RollupBuild, StoredLevel, StoredPart } from './rollup-build.ts'

/** How long a lease holds without being renewed, milliseconds. */
export const LEASE_MS = 30_000
const FIRST_RETRY_MS = 10_000
const LONGEST_RETRY_MS = 3_600_000
/** Failed builds stay this long, milliseconds: a week. */
const FAILED_MS = 7 * 86_400_000

const now = sql<Date>`clock_timestamp()`
const later = (ms: number) => sql<Date>`clock_timestamp() + ${ms} * interval '1 millisecond'`
const earlier = (ms: number) => sql<Date>`clock_timestamp() - ${ms} * interval '1 millisecond'`

/** What is built by whom. */
export interface RollupTarget {
  readonly organizationId: string
  readonly name: string
}

/** The right to build: the token, greater than any before; `undefined` while another has it. */
export async function takeLease(
  db: Database,
  { organizationId, name }: RollupTarget,
  leaseMs = LEASE_MS,
): Promise<string | undefined> {
  const taken = await db
    .insertInto('rollup_leases')
    .values({ organization_id: organizationId, name, leased_until: later(leaseMs), retry_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'name'])
        .doUpdateSet({ token: sql`rollup_leases.token + 1`, leased_until: later(leaseMs) })
        .where('rollup_leases.leased_until', '<=', now),
    )
    .returning('token')
    .executeTakeFirst()
  return taken?.token
}

/** Holds the lease for longer. False when another took it. */
export async function renewLease(
  db: Database,
  { organizationId, name }: RollupTarget,
  token: string,
  leaseMs = LEASE_MS,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('rollup_leases')
    .set({ leased_until: later(leaseMs) })
    .where('organization_id', '=', organizationId)
    .where('name', '=', name)
    .where('token', '=', token)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Gives the lease back; after a failure with a time before which nobody tries again, longer each time. */
export async function endLease(
  db: Database,
  { organizationId, name }: RollupTarget,
  token: string,
  hasFailed: boolean,
): Promise<void> {
  const wait = sql`least(${LONGEST_RETRY_MS}, ${FIRST_RETRY_MS} * power(2, least(failures, 20)))`
  await db
    .updateTable('rollup_leases')
    .set({
      leased_until: now,
      failures: hasFailed ? sql`failures + 1` : 0,
      retry_at: hasFailed ? sql<Date>`clock_timestamp() + ${wait} * interval '1 millisecond'` : null,
    })
    .where('organization_id', '=', organizationId)
    .where('name', '=', name)
    .where('token', '=', token)
    .execute()
}

/** Whether nobody builds a rollup, and none waits after a failure. */
export async function mayTry(db: Database, { organizationId, name }: RollupTarget): Promise<boolean> {
  const row = await db
    .selectFrom('rollup_leases')
    .select(sql<boolean>`leased_until <= clock_timestamp() and coalesce(retry_at <= clock_timestamp(), true)`.as('may'))
    .where('organization_id', '=', organizationId)
    .where('name', '=', name)
    .executeTakeFirst()
  return row?.may ?? true
}

/** Notes that a build began. */
export async function insertBuild(
  db: Database,
  build: RollupTarget & { readonly id: string; readonly hash: string; readonly token: string; readonly store: string },
): Promise<void> {
  await db
    .insertInto('rollup_builds')
    .values({
      id: build.id,
      organization_id: build.organizationId,
      name: build.name,
      hash: build.hash,
      store: build.store,
      state: 'building',
      fence: build.token,
      parts: '[]',
      rows: 0,
      bytes: 0,
      refresh_value: null,
      error: null,
      ended_at: null,
    })
    .execute()
}

/**
 * Makes a build the one that is read, if its builder is still the newest; the one before it is retired.
 * @returns false when another builder took over.
 */
export async function publishBuild(
  db: Database,
  target: RollupTarget & { readonly id: string; readonly token: string },
  { parts, levels }: Pick<RollupBuild, 'parts' | 'levels'>,
  refreshValue: string | undefined,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    // Held until the end, so nobody takes over between this look and the publication.
    const lease = await transaction
      .selectFrom('rollup_leases')
      .select('token')
      .where('organization_id', '=', target.organizationId)
      .where('name', '=', target.name)
      .forUpdate()
      .executeTakeFirst()
    if (lease?.token !== target.token) return false
    await transaction
      .updateTable('rollup_builds')
      .set({ state: 'retired', ended_at: now })
      .where('organization_id', '=', target.organizationId)
      .where('name', '=', target.name)
      .where('state', '=', 'ready')
      .execute()
    const { numUpdatedRows } = await transaction
      .updateTable('rollup_builds')
      .set({
        state: 'ready',
        parts: JSON.stringify(parts),
        levels: JSON.stringify(levels),
        rows: parts.reduce((sum, { rows }) => sum + rows, 0),
        bytes: [...parts, ...levels].reduce((sum, { bytes }) => sum + bytes, 0),
        refresh_value: refreshValue ?? null,
        ended_at: now,
      })
      .where('organization_id', '=', target.organizationId)
      .where('id', '=', target.id)
      .where('state', '=', 'building')
      .executeTakeFirst()
    return numUpdatedRows > 0n
  })
}

/** Notes that a build came to nothing. */
export async function failBuild(db: Database, id: string, error: string): Promise<void> {
  await db
    .updateTable('rollup_builds')
    .set({ state: 'failed', error, ended_at: now })
    .where('id', '=', id)
    .where('state', '=', 'building')
    .execute()
}

/** Builds whose builder has let its lease pass: it is gone, or stands still. */
export async function readAbandoned(db: Database): Promise<readonly RollupTarget[]> {
  const rows = await db
    .selectFrom('rollup_builds')
    .innerJoin('rollup_leases', (join) =>
      join
        .onRef('rollup_leases.organization_id', '=', 'rollup_builds.organization_id')
        .onRef('rollup_leases.name', '=', 'rollup_builds.name')
        .onRef('rollup_leases.token', '=', 'rollup_builds.fence'),
    )
    .select(['rollup_builds.organization_id', 'rollup_builds.name'])
    .where('rollup_builds.state', '=', 'building')
    .where('rollup_leases.leased_until', '<=', now)
    .execute()
  return rows.map((row) => ({ organizationId: row.organization_id, name: row.name }))
}

/** Retires builds of rollups that an organization's model no longer has, once they are older than `ageMs`. */
export async function retireUnnamed(
  db: Database,
  organizationId: string,
  names: readonly string[],
  ageMs: number,
): Promise<void> {
  if (names.length === 0) return
  await db
    .updateTable('rollup_builds')
    .set({ state: 'retired', ended_at: now })
    .where('organization_id', '=', organizationId)
    .where('name', 'in', names)
    .where('state', '=', 'ready')
    // Nodes learn of a new model one after the other: what one of them has just built may be unknown here for a moment.
    .where('ended_at', '<', earlier(ageMs))
    .execute()
}

/** Notes of builds that are read that what they are made of is no longer there. */
export async function noteLost(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('rollup_builds')
    .set({ state: 'failed', error: 'its tables are gone', ended_at: now })
    .where('id', 'in', ids)
    .where('state', '=', 'ready')
    .execute()
}

/** Forgets what nobody reads any more: builds whose builder is gone, retired and failed ones after their time. */
export async function forgetPastBuilds(db: Database, graceMs: number): Promise<void> {
  await db
    .updateTable('rollup_builds')
    .set({ state: 'failed', error: 'its builder stopped', ended_at: now })
    .where('state', '=', 'building')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('rollup_leases')
            .select(sql`1`.as('one'))
            .whereRef('rollup_leases.organization_id', '=', 'rollup_builds.organization_id')
            .whereRef('rollup_leases.name', '=', 'rollup_builds.name')
            .whereRef('rollup_leases.token', '=', 'rollup_builds.fence')
            .where('rollup_leases.leased_until', '>', now),
        ),
      ),
    )
    .execute()
  await db
    .deleteFrom('rollup_builds')
    .where(({ or, and, eb }) =>
      or([
        and([eb('state', '=', 'retired'), eb('ended_at', '<', earlier(graceMs))]),
        and([eb('state', '=', 'failed'), eb('ended_at', '<', earlier(FAILED_MS))]),
      ]),
    )
    .execute()
}

/** Builds in the given states, newest first: of one organization, or of all. */
export async function readBuilds(
  db: Database,
  states: readonly RollupBuild['state'][],
  organizationId?: string,
): Promise<RollupBuild[]> {
  const rows = await db
    .selectFrom('rollup_builds')
    .selectAll()
    .where('state', 'in', states)
    .$if(organizationId !== undefined, (query) => query.where('organization_id', '=', organizationId as string))
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toBuild)
}

function toBuild(row: Selectable<RollupBuildTable>): RollupBuild {
  return {
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    hash: row.hash,
    store: row.store ?? undefined,
    state: row.state,
    parts: row.parts as readonly StoredPart[],
    levels: row.levels as readonly StoredLevel[],
    rows: Number(row.rows),
    bytes: Number(row.bytes),
    refreshValue: row.refresh_value ?? undefined,
    error: row.error ?? undefined,
    startedAt: row.started_at,
    endedAt: row.ended_at ?? undefined,
  }
}
