import { AnalyticsError, type DataSourceType, type StatementLimits } from '@datainsight/core'
import { sql } from 'kysely'
import type { Database, DataSourceRow } from '../database/schema.ts'
import { databaseClock } from '../database-clock.ts'
import { UUID_PATTERN, uuidV7 } from '../uuid-v7.ts'
import type { KeyRing, SealedSecret } from './key-ring.ts'

/** A stored source without its credentials. */
export type StoredSource = Omit<DataSourceRow, 'credentials' | 'wrapped_key' | 'key_id'>

/** What a stored source says of itself. */
export interface SourceDefinition {
  readonly name: string
  readonly type: DataSourceType
  readonly connection: Record<string, unknown>
  readonly concurrency: number | null
  readonly cacheTtlSeconds: number | null
  readonly limits: StatementLimits | null
  readonly rollups: { readonly schema: string } | null
}

/** Credentials as they are sealed: an object of texts. */
export type Credentials = Readonly<Record<string, unknown>>

const SHOWN = [
  'id',
  'organization_id',
  'name',
  'type',
  'connection',
  'concurrency',
  'cache_ttl_seconds',
  'limits',
  'rollups',
  'version',
  'created_at',
  'updated_at',
] as const

/** Whose secret it is, and of which state: ciphertext of another row or an older one does not open. */
function contextOf(organizationId: string, id: string, version: number): string {
  return `${organizationId}/${id}/${version}`
}

/** A number that grows with each change of any source. */
export async function readRevision(db: Database): Promise<string> {
  const { revision } = await db.selectFrom('data_source_revision').select('revision').executeTakeFirstOrThrow()
  return String(revision)
}

/** The sources of all organizations: for the directory that each node keeps, never for an answer. */
export async function readAllSources(db: Database): Promise<StoredSource[]> {
  return db.selectFrom('data_sources').select(SHOWN).orderBy('id').execute()
}

/** Sources of an organization by name, at most `limit`. */
export async function listSources(
  db: Database,
  organizationId: string,
  page: { readonly limit: number; readonly after: string | undefined },
): Promise<StoredSource[]> {
  // Bytewise order: the same on every database, whatever collation it was made with, so cursors stay good.
  const name = sql<string>`name collate "C"`
  let query = db.selectFrom('data_sources').select(SHOWN).where('organization_id', '=', organizationId)
  if (page.after !== undefined) query = query.where(sql<boolean>`${name} > ${page.after}`)
  return query.orderBy(name).limit(page.limit).execute()
}

/** The source with this id or name. */
export async function findSource(
  db: Database,
  organizationId: string,
  idOrName: string,
): Promise<StoredSource | undefined> {
  return db
    .selectFrom('data_sources')
    .select(SHOWN)
    .where('organization_id', '=', organizationId)
    .where(...matching(idOrName))
    .executeTakeFirst()
}

/** Opens the credentials of a source as it was at `version`; `undefined` when it is gone or another by now. */
export async function readCredentials(
  db: Database,
  keys: KeyRing,
  source: Pick<StoredSource, 'organization_id' | 'id' | 'version'>,
): Promise<Credentials | undefined> {
  const row = await db
    .selectFrom('data_sources')
    .select(['credentials', 'wrapped_key', 'key_id'])
    .where('organization_id', '=', source.organization_id)
    .where('id', '=', source.id)
    .where('version', '=', source.version)
    .executeTakeFirst()
  return row && openCredentials(keys, row, contextOf(source.organization_id, source.id, source.version))
}

/** Stores a new source. @throws AnalyticsError `conflict` when the name is taken. */
export async function insertSource(
  db: Database,
  keys: KeyRing,
  organizationId: string,
  definition: SourceDefinition,
  credentials: Credentials,
): Promise<StoredSource> {
  const id = uuidV7()
  return refusingTakenName(definition.name, () =>
    db
      .insertInto('data_sources')
      .values({
        id,
        organization_id: organizationId,
        ...toColumns(definition),
        ...seal(keys, credentials, contextOf(organizationId, id, 1)),
        version: 1,
      })
      .returning(SHOWN)
      .executeTakeFirstOrThrow(),
  )
}

/**
 * Replaces what `change` answers if the stored version is still `version`; `undefined` takes any.
 * @throws AnalyticsError `not_found`, `precondition_failed`, `conflict` when the name is taken.
 */
export async function updateSource(
  db: Database,
  keys: KeyRing,
  organizationId: string,
  idOrName: string,
  version: number | undefined,
  change: (stored: StoredSource) => SourceChange,
): Promise<StoredSource> {
  return db.transaction().execute(async (trx) => {
    const stored = await getForUpdate(trx, organizationId, idOrName, version)
    const { definition, credentials, rollupsUrl } = change(stored)
    const next = stored.version + 1
    // Sealed anew in any case: the version is part of what the seal vouches for.
    const isWhole = credentials !== undefined && (rollupsUrl !== undefined || stored.rollups === null)
    const { rollupsUrl: knownUrl, ...known } = isWhole
      ? { rollupsUrl: undefined }
      : openCredentials(keys, stored, contextOf(organizationId, stored.id, stored.version))
    const kept = withRollupsUrl(credentials ?? known, rollupsUrl === undefined ? knownUrl : rollupsUrl)
    return refusingTakenName(definition.name, () =>
      trx
        .updateTable('data_sources')
        .set({
          ...toColumns(definition),
          ...seal(keys, kept, contextOf(organizationId, stored.id, next)),
          version: next,
          updated_at: databaseClock,
        })
        .where('organization_id', '=', organizationId)
        .where('id', '=', stored.id)
        .returning(SHOWN)
        .executeTakeFirstOrThrow(),
    )
  })
}

/** What {@link updateSource} changes: `undefined` keeps what is stored, `null` removes it. */
export interface SourceChange {
  readonly definition: SourceDefinition
  readonly credentials?: Credentials
  readonly rollupsUrl?: string | null
}

/** Credentials together with the address that rollups are written by. It is sealed with them. */
export function withRollupsUrl(credentials: Credentials, rollupsUrl: unknown): Credentials {
  return typeof rollupsUrl === 'string' ? { ...credentials, rollupsUrl } : credentials
}

/** Deletes under the same conditions as {@link updateSource}. @throws AnalyticsError `not_found`, `precondition_failed` */
export async function deleteSource(
  db: Database,
  organizationId: string,
  idOrName: string,
  version: number | undefined,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { id } = await getForUpdate(trx, organizationId, idOrName, version)
    await trx.deleteFrom('data_sources').where('organization_id', '=', organizationId).where('id', '=', id).execute()
  })
}

/**
 * Wraps the keys of all credentials with the newest key-encryption key, of one organization or, without, of all.
 * Resolves to how many were wrapped anew. Sources, their versions and open connections stay as they are.
 */
export async function rotateSourceKeys(db: Database, keys: KeyRing, organizationId?: string): Promise<number> {
  return db.transaction().execute(async (trx) => {
    let query = trx
      .selectFrom('data_sources')
      .select(['id', 'organization_id', 'version', 'credentials', 'wrapped_key', 'key_id'])
      .where('key_id', '<>', keys.newestKeyId)
      .orderBy('id')
      .forUpdate()
    if (organizationId !== undefined) query = query.where('organization_id', '=', organizationId)
    let rotated = 0
    for (const row of await query.execute()) {
      const wrapped = keys.rewrap(toSealed(row), contextOf(row.organization_id, row.id, row.version))
      if (wrapped === undefined) continue
      await trx
        .updateTable('data_sources')
        .set({ wrapped_key: wrapped.wrappedKey, key_id: wrapped.keyId })
        .where('organization_id', '=', row.organization_id)
        .where('id', '=', row.id)
        .execute()
      rotated++
    }
    return rotated
  })
}

/** The one answer for what is not there or not the caller's. */
export function unknownSource(idOrName: string): AnalyticsError {
  return new AnalyticsError('not_found', `unknown data source: ${idOrName}`)
}

async function getForUpdate(
  trx: Database,
  organizationId: string,
  idOrName: string,
  version: number | undefined,
): Promise<DataSourceRow> {
  const row = await trx
    .selectFrom('data_sources')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where(...matching(idOrName))
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw unknownSource(idOrName)
  if (version !== undefined && row.version !== version) {
    throw new AnalyticsError('precondition_failed', `the data source is at version ${row.version}, not ${version}`, {
      hint: 'read it again and apply the change to what is stored now',
    })
  }
  return row
}

function matching(idOrName: string): ['id' | 'name', '=', string] {
  return UUID_PATTERN.test(idOrName) ? ['id', '=', idOrName] : ['name', '=', idOrName]
}

function toColumns({ name, type, connection, concurrency, cacheTtlSeconds, limits, rollups }: SourceDefinition) {
  return {
    name,
    type,
    connection: JSON.stringify(connection),
    concurrency,
    cache_ttl_seconds: cacheTtlSeconds,
    limits: limits === null ? null : JSON.stringify(limits),
    rollups: rollups && JSON.stringify(rollups),
  }
}

function toSealed(row: Pick<DataSourceRow, 'credentials' | 'wrapped_key' | 'key_id'>): SealedSecret {
  return {
    ciphertext: Buffer.from(row.credentials),
    wrappedKey: Buffer.from(row.wrapped_key),
    keyId: row.key_id,
  }
}

function seal(keys: KeyRing, credentials: Credentials, context: string) {
  const { ciphertext, wrappedKey, keyId } = keys.seal(JSON.stringify(credentials), context)
  return { credentials: ciphertext, wrapped_key: wrappedKey, key_id: keyId }
}

function openCredentials(
  keys: KeyRing,
  row: Pick<DataSourceRow, 'credentials' | 'wrapped_key' | 'key_id'>,
  context: string,
): Credentials {
  try {
    return JSON.parse(keys.open(toSealed(row), context)) as Credentials
  } catch (error) {
    throw new AnalyticsError('query_failed', 'the credentials of the data source cannot be opened', {
      hint: `is the encryption key ${row.key_id} still in DATAINSIGHT_ENCRYPTION_KEYS, or was DATAINSIGHT_SECRET changed?`,
      cause: error,
    })
  }
}

async function refusingTakenName<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'data_sources_name') throw error
    throw takenName(name)
  }
}

/** The fault of a name that another source has. */
export function takenName(name: string): AnalyticsError {
  const message = `is taken by another data source: ${name}`
  return new AnalyticsError('conflict', `name ${message}`, { problems: [{ path: 'name', message }] })
}
