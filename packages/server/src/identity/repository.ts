import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type {
  ApiKeyRow,
  Database,
  OrganizationRow,
  RevocationKind,
  RevocationRow,
  SigningKeyRow,
} from '../database/schema.ts'
import { uuidV7 } from '../uuid-v7.ts'

/** How far back each poll looks again, seconds: covers transactions that took their time to commit. */
const OVERLAP_SECONDS = 15

/** What changed for all organizations since a moment. Only the identity directory may look across organizations. */
export interface IdentityChanges {
  readonly organizations: readonly Pick<OrganizationRow, 'id' | 'allowed_origins' | 'statement_limits'>[]
  readonly signingKeys: readonly SigningKeyRow[]
  readonly revocations: readonly RevocationRow[]
  /** Pass as `since` next time. */
  readonly until: Date
}

/** Reads organizations, keys and revocations that are new since `since`; everything still valid when undefined. */
export async function readIdentityChanges(db: Database, since: Date | undefined): Promise<IdentityChanges> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  const from = since === undefined ? undefined : new Date(since.getTime() - OVERLAP_SECONDS * 1_000)
  const organizations = db.selectFrom('organizations').select(['id', 'allowed_origins', 'statement_limits'])
  const signingKeys = db.selectFrom('embed_signing_keys').selectAll()
  const revocations = db.selectFrom('revocations').selectAll().where('expires_at', '>', sql<Date>`now()`)
  return {
    organizations: await (from ? organizations.where('updated_at', '>=', from) : organizations).execute(),
    signingKeys: await (from ? signingKeys.where('updated_at', '>=', from) : signingKeys).execute(),
    revocations: await (from ? revocations.where('created_at', '>=', from) : revocations).execute(),
    until: rows[0]!.now,
  }
}

/** Hash under which an API key is stored. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** The key with this hash, unless it was revoked. */
export async function findApiKey(db: Database, keyHash: string): Promise<ApiKeyRow | undefined> {
  return db
    .selectFrom('api_keys')
    .selectAll()
    .where('key_hash', '=', keyHash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
}

/** Ends credentials before their time; every node refuses them within its next poll. */
export async function insertRevocation(
  db: Database,
  organizationId: string,
  revocation: { readonly kind: RevocationKind; readonly subject: string; readonly expiresAt: Date },
): Promise<void> {
  await db
    .insertInto('revocations')
    .values({
      id: uuidV7(),
      organization_id: organizationId,
      kind: revocation.kind,
      subject: revocation.subject,
      expires_at: revocation.expiresAt,
    })
    .execute()
}

/** Drops revocations of credentials that have expired anyway. */
export async function deleteExpiredRevocations(db: Database): Promise<void> {
  await db.deleteFrom('revocations').where('expires_at', '<', sql<Date>`now() - interval '1 hour'`).execute()
}
