import { AnalyticsError } from '@datainsight/core'
import type { ModelText } from '@datainsight/core/model'
import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { databaseClock } from '../database-clock.ts'
import { UUID_PATTERN, uuidV7 } from '../uuid-v7.ts'

/** A model being edited. */
export interface ModelDraft {
  readonly id: string
  readonly title: string
  /** The published version it was made from; 0 is the server's own model. */
  readonly baseNumber: number
  readonly files: readonly ModelText[]
  /** Grows with each change; the ETag. */
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A published model without its files. */
export interface ModelVersion {
  readonly number: number
  readonly message: string
  /** The version whose files it has again. */
  readonly restoredFrom: number | undefined
  readonly publishedBy: string
  readonly publishedAt: Date
}

/** What a new version consists of. `files: undefined` is the server's own model. */
export interface NewModelVersion {
  readonly files: readonly ModelText[] | undefined
  readonly message: string
  readonly restoredFrom?: number
  readonly publishedBy: string
}

/** Most drafts an organization may have at a time. */
export const MAX_DRAFTS = 100

/** Drafts without their files, last changed first. */
export async function listDrafts(db: Database, organizationId: string): Promise<Omit<ModelDraft, 'files'>[]> {
  const rows = await db
    .selectFrom('model_drafts')
    .select(['id', 'title', 'base_number', 'version', 'created_at', 'updated_at'])
    .where('organization_id', '=', organizationId)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(MAX_DRAFTS)
    .execute()
  return rows.map(({ base_number, created_at, updated_at, ...row }) => ({
    ...row,
    baseNumber: base_number,
    createdAt: created_at,
    updatedAt: updated_at,
  }))
}

/** @throws AnalyticsError `not_found` */
export async function getDraft(db: Database, organizationId: string, id: string): Promise<ModelDraft> {
  const row = UUID_PATTERN.test(id)
    ? await db
        .selectFrom('model_drafts')
        .selectAll()
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined
  if (row === undefined) throw new AnalyticsError('not_found', `there is no model draft ${id.slice(0, 100)}`)
  const { title, files, version } = row
  return {
    id: row.id,
    title,
    baseNumber: row.base_number,
    files,
    version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** @throws AnalyticsError `conflict` when there are {@link MAX_DRAFTS} already. */
export async function insertDraft(
  db: Database,
  organizationId: string,
  draft: Pick<ModelDraft, 'title' | 'baseNumber' | 'files'> & { readonly createdBy: string },
): Promise<ModelDraft> {
  const { count } = await db
    .selectFrom('model_drafts')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow()
  if (Number(count) >= MAX_DRAFTS) {
    throw new AnalyticsError('conflict', `there are ${MAX_DRAFTS} drafts already; delete or publish one first`)
  }
  const id = uuidV7()
  const { title, baseNumber, files, createdBy } = draft
  const { created_at, updated_at } = await db
    .insertInto('model_drafts')
    .values({
      id,
      organization_id: organizationId,
      title,
      base_number: baseNumber,
      files: JSON.stringify(files),
      version: 1,
      created_by: createdBy,
      created_at: databaseClock,
      updated_at: databaseClock,
    })
    .returning(['created_at', 'updated_at'])
    .executeTakeFirstOrThrow()
  return { id, title, baseNumber, files, version: 1, createdAt: created_at, updatedAt: updated_at }
}

/** Changes a draft if it still has `version`. @throws AnalyticsError `precondition_failed`, `not_found` */
export async function updateDraft(
  db: Database,
  organizationId: string,
  id: string,
  change: { readonly title?: string; readonly files?: readonly ModelText[] },
  version: number | undefined,
): Promise<ModelDraft> {
  let query = db
    .updateTable('model_drafts')
    .set({
      ...(change.title !== undefined && { title: change.title }),
      ...(change.files !== undefined && { files: JSON.stringify(change.files) }),
      version: sql<number>`version + 1`,
      updated_at: databaseClock,
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
  if (version !== undefined) query = query.where('version', '=', version)
  const { numUpdatedRows } = await query.executeTakeFirstOrThrow()
  const draft = await getDraft(db, organizationId, id)
  if (numUpdatedRows === 0n) throw changedMeanwhile(draft.version)
  return draft
}

/** Removes a draft if it still has `version`. @throws AnalyticsError `precondition_failed`, `not_found` */
export async function deleteDraft(
  db: Database,
  organizationId: string,
  id: string,
  version: number | undefined,
): Promise<void> {
  await getDraft(db, organizationId, id)
  let query = db.deleteFrom('model_drafts').where('organization_id', '=', organizationId).where('id', '=', id)
  if (version !== undefined) query = query.where('version', '=', version)
  const { numDeletedRows } = await query.executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) throw changedMeanwhile((await getDraft(db, organizationId, id)).version)
}

/** The published versions below `before`, newest first, at most `limit`. */
export async function listVersions(
  db: Database,
  organizationId: string,
  page: { readonly before: number | undefined; readonly limit: number },
): Promise<ModelVersion[]> {
  let query = db
    .selectFrom('model_versions')
    .select(['number', 'message', 'restored_from', 'published_by', 'published_at'])
    .where('organization_id', '=', organizationId)
  if (page.before !== undefined) query = query.where('number', '<', page.before)
  const rows = await query.orderBy('number', 'desc').limit(page.limit).execute()
  return rows.map((row) => ({
    number: row.number,
    message: row.message,
    restoredFrom: row.restored_from ?? undefined,
    publishedBy: row.published_by,
    publishedAt: row.published_at,
  }))
}

/**
 * The files of a version; `undefined` for the server's own model, which number 0 always is.
 * @throws AnalyticsError `not_found`
 */
export async function getVersionFiles(
  db: Database,
  organizationId: string,
  number: number,
): Promise<readonly ModelText[] | undefined> {
  if (number === 0) return undefined
  const row = await db
    .selectFrom('model_versions')
    .select('files')
    .where('organization_id', '=', organizationId)
    .where('number', '=', number)
    .executeTakeFirst()
  if (row === undefined) throw new AnalyticsError('not_found', `there is no model version ${number}`)
  return row.files ?? undefined
}

/** The number in use; 0 when nothing was published. */
export async function currentNumber(db: Database, organizationId: string): Promise<number> {
  const [last] = await listVersions(db, organizationId, { before: undefined, limit: 1 })
  return last?.number ?? 0
}

/**
 * Adds a version after `base`, which becomes the one in use, and removes the draft it came from if that still has its version.
 * @throws AnalyticsError `precondition_failed` when another version or another state of the draft was faster.
 */
export async function insertVersion(
  db: Database,
  organizationId: string,
  base: number,
  version: NewModelVersion,
  draft?: Pick<ModelDraft, 'id' | 'version'>,
): Promise<ModelVersion> {
  const number = base + 1
  const { files, message, restoredFrom, publishedBy } = version
  const publishedAt = await db.transaction().execute(async (trx) => {
    if (draft !== undefined) await deleteDraft(trx, organizationId, draft.id, draft.version)
    const inserted = await trx
      .insertInto('model_versions')
      .values({
        organization_id: organizationId,
        number,
        files: files === undefined ? null : JSON.stringify(files),
        message,
        restored_from: restoredFrom ?? null,
        published_by: publishedBy,
        published_at: databaseClock,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('published_at')
      .executeTakeFirst()
    if (inserted === undefined) {
      throw new AnalyticsError('precondition_failed', `version ${number} was published meanwhile`, {
        hint: 'look at what it changed, then publish again',
      })
    }
    return inserted.published_at
  })
  return { number, message, restoredFrom, publishedBy, publishedAt }
}

/** The number in use of every organization that published something. */
export async function readHeads(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('model_versions')
    .select(['organization_id', (select) => select.fn.max('number').as('number')])
    .groupBy('organization_id')
    .execute()
  return new Map(rows.map(({ organization_id, number }) => [organization_id, Number(number)]))
}

function changedMeanwhile(version: number): AnalyticsError {
  return new AnalyticsError('precondition_failed', `the draft was changed meanwhile; it is at version ${version} now`)
}
