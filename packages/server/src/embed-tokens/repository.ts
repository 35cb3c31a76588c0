import type { Database, NewSigningKey, SigningKeyRow } from '../database/schema.ts'
import { databaseClock } from '../database-clock.ts'

/** A signing key as it is listed: never its secret. */
export type SigningKeySummary = Pick<SigningKeyRow, 'kid' | 'algorithm' | 'owner' | 'created_at'>

export async function insertSigningKey(
  db: Database,
  organizationId: string,
  key: Omit<NewSigningKey, 'organization_id'>,
): Promise<void> {
  await db
    .insertInto('embed_signing_keys')
    .values({ ...key, organization_id: organizationId })
    .execute()
}

/** The keys in use, oldest first. */
export function listSigningKeys(db: Database, organizationId: string): Promise<SigningKeySummary[]> {
  return db
    .selectFrom('embed_signing_keys')
    .select(['kid', 'algorithm', 'owner', 'created_at'])
    .where('organization_id', '=', organizationId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('kid')
    .execute()
}

/** Ends a vendor's key; false when there is none. */
export async function revokeSigningKey(db: Database, organizationId: string, kid: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('embed_signing_keys')
    .set({ revoked_at: databaseClock, updated_at: databaseClock })
    .where('organization_id', '=', organizationId)
    .where('kid', '=', kid)
    .where('owner', '=', 'vendor')
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Those of `idsOrSlugs` that are dashboards of the organization. */
export async function findDashboardNames(
  db: Database,
  organizationId: string,
  idsOrSlugs: readonly string[],
): Promise<Set<string>> {
  if (idsOrSlugs.length === 0) return new Set()
  const rows = await db
    .selectFrom('dashboards')
    .select((select) => [select.cast<string>('id', 'text').as('id'), 'slug'])
    .where('organization_id', '=', organizationId)
    .where((where) =>
      where.or([
        where('slug', 'in', idsOrSlugs),
        where(
          where.cast<string>('id', 'text'),
          'in',
          idsOrSlugs.map((id) => id.toLowerCase()),
        ),
      ]),
    )
    .execute()
  return new Set(rows.flatMap(({ id, slug }) => [id, slug]))
}
