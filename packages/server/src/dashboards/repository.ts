import {
  AnalyticsError,
  type Dashboard,
  type DashboardInput,
  type DashboardPatch,
  type DashboardSummary,
} from '@datainsight/core'
import { sql } from 'kysely'
import type { DashboardRow, Database } from '../database/schema.ts'
import { databaseClock } from '../database-clock.ts'
import { UUID_PATTERN, uuidV7 } from '../uuid-v7.ts'

/** Where a page of the list starts: after this title and id. */
export interface ListPosition {
  readonly title: string
  readonly id: string
}

/** The dashboard with this id or slug. */
export async function findDashboard(
  db: Database,
  organizationId: string,
  idOrSlug: string,
): Promise<Dashboard | undefined> {
  const row = await db
    .selectFrom('dashboards')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where(...matching(idOrSlug))
    .executeTakeFirst()
  return row && toDashboard(row)
}

/** Every dashboard of the organization, in order of their ids. */
export async function readAllDashboards(db: Database, organizationId: string): Promise<Dashboard[]> {
  const rows = await db
    .selectFrom('dashboards')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('id')
    .execute()
  return rows.map(toDashboard)
}

/** Dashboards by title, at most `limit`, whose title, slug or description contains `search`. */
export async function listDashboards(
  db: Database,
  organizationId: string,
  page: { readonly search: string | undefined; readonly limit: number; readonly after: ListPosition | undefined },
): Promise<DashboardSummary[]> {
  const { search, limit, after } = page
  let query = db
    .selectFrom('dashboards')
    .select(['id', 'slug', 'title', 'description', 'version', 'created_at', 'updated_at'])
    .where('organization_id', '=', organizationId)
  if (search !== undefined) {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where((where) =>
      where.or([
        where('title', 'ilike', pattern),
        where('slug', 'ilike', pattern),
        where('description', 'ilike', pattern),
      ]),
    )
  }
  // Bytewise order: the same on every database, whatever collation it was made with, so cursors stay good.
  const title = sql<string>`title collate "C"`
  if (after !== undefined) query = query.where(sql<boolean>`(${title}, id) > (${after.title}, ${after.id}::uuid)`)
  const rows = await query.orderBy(title).orderBy('id').limit(limit).execute()
  return rows.map(({ description, created_at, updated_at, ...row }) => ({
    ...row,
    ...(description !== null && { description }),
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  }))
}

/** Stores a new dashboard. @throws AnalyticsError `conflict` when the slug is taken. */
export async function insertDashboard(db: Database, organizationId: string, input: DashboardInput): Promise<Dashboard> {
  const row = await refusingTakenSlug(input.slug, () =>
    db
      .insertInto('dashboards')
      .values({
        id: uuidV7(),
        organization_id: organizationId,
        slug: input.slug,
        title: input.title,
        description: input.description ?? null,
        definition: JSON.stringify(input),
        version: 1,
      })
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
  return toDashboard(row)
}

/**
 * Replaces the given properties if the stored version is still `version`; `undefined` takes any.
 * @throws AnalyticsError `not_found`, `precondition_failed`, `conflict` when the slug is taken.
 */
export async function updateDashboard(
  db: Database,
  organizationId: string,
  idOrSlug: string,
  patch: DashboardPatch,
  version: number | undefined,
): Promise<Dashboard> {
  return db.transaction().execute(async (trx) => {
    const stored = await getForUpdate(trx, organizationId, idOrSlug, version)
    const input: DashboardInput = { ...stored.definition, ...patch }
    const row = await refusingTakenSlug(input.slug, () =>
      trx
        .updateTable('dashboards')
        .set({
          slug: input.slug,
          title: input.title,
          description: input.description ?? null,
          definition: JSON.stringify(input),
          version: stored.version + 1,
          updated_at: databaseClock,
        })
        .where('organization_id', '=', organizationId)
        .where('id', '=', stored.id)
        .returningAll()
        .executeTakeFirstOrThrow(),
    )
    return toDashboard(row)
  })
}

/** Deletes under the same conditions as {@link updateDashboard}. @throws AnalyticsError `not_found`, `precondition_failed` */
export async function deleteDashboard(
  db: Database,
  organizationId: string,
  idOrSlug: string,
  version: number | undefined,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { id } = await getForUpdate(trx, organizationId, idOrSlug, version)
    await trx.deleteFrom('dashboards').where('organization_id', '=', organizationId).where('id', '=', id).execute()
  })
}

async function getForUpdate(
  trx: Database,
  organizationId: string,
  idOrSlug: string,
  version: number | undefined,
): Promise<DashboardRow> {
  const row = await trx
    .selectFrom('dashboards')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where(...matching(idOrSlug))
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw unknownDashboard(idOrSlug)
  if (version !== undefined && row.version !== version) {
    throw new AnalyticsError('precondition_failed', `the dashboard is at version ${row.version}, not ${version}`, {
      hint: 'read it again and apply the change to what is stored now',
    })
  }
  return row
}

/** The one answer for what is not there, not the caller's, or not granted. */
export function unknownDashboard(idOrSlug: string): AnalyticsError {
  return new AnalyticsError('not_found', `unknown dashboard: ${idOrSlug}`)
}

function matching(idOrSlug: string): ['id' | 'slug', '=', string] {
  return UUID_PATTERN.test(idOrSlug) ? ['id', '=', idOrSlug] : ['slug', '=', idOrSlug]
}

async function refusingTakenSlug<T>(slug: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'dashboards_slug') throw error
    const message = `is taken by another dashboard: ${slug}`
    throw new AnalyticsError('conflict', `slug ${message}`, { problems: [{ path: 'slug', message }] })
  }
}

function toDashboard(row: DashboardRow): Dashboard {
  return {
    ...row.definition,
    id: row.id,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
