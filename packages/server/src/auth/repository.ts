import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, UserRow } from '../database/schema.ts'
import { databaseClock } from '../database-clock.ts'
import { uuidV7 } from '../uuid-v7.ts'

/** How long a sign-in lasts without use of its password, days. */
export const SESSION_DAYS = 14
/** A token exchanged twice within this many seconds is two tabs at once, not a thief: refused, but the session lives. */
export const REUSE_GRACE_SECONDS = 10

/** A person with the name of the organization. */
export type Account = UserRow & { organization_name: string }

/** What exchanging a refresh token led to. */
export type Rotation =
  | { readonly kind: 'rotated'; readonly refreshToken: string; readonly sessionId: string; readonly account: Account }
  /** Somebody else exchanged it a moment ago. */
  | { readonly kind: 'raced' }
  /** It had been exchanged before: the whole family is revoked now. */
  | { readonly kind: 'replayed'; readonly sessionId: string; readonly organizationId: string }
  | { readonly kind: 'unknown' }

const accounts = (db: Database) =>
  db
    .selectFrom('users')
    .innerJoin('organizations', 'organizations.id', 'users.organization_id')
    .selectAll('users')
    .select('organizations.name as organization_name')

/** The person with this normalized e-mail. Signing in is what finds out the organization, so none is given. */
export function findAccountByEmail(db: Database, email: string): Promise<Account | undefined> {
  return accounts(db).where('users.email', '=', email).executeTakeFirst()
}

export function findAccount(db: Database, organizationId: string, userId: string): Promise<Account | undefined> {
  return accounts(db)
    .where('users.id', '=', userId)
    .where('users.organization_id', '=', organizationId)
    .executeTakeFirst()
}

/** Starts a family of refresh tokens; answers the first. */
export async function createSession(
  db: Database,
  organizationId: string,
  userId: string,
): Promise<{ sessionId: string; refreshToken: string }> {
  const sessionId = uuidV7()
  const refreshToken = newToken()
  await db.transaction().execute(async (trx) => {
    const expires_at = new Date(Date.now() + SESSION_DAYS * 86_400_000)
    await trx
      .insertInto('sessions')
      .values({ id: sessionId, organization_id: organizationId, user_id: userId, expires_at, revoked_at: null })
      .execute()
    await trx
      .insertInto('refresh_tokens')
      .values({ token_hash: hashToken(refreshToken), session_id: sessionId })
      .execute()
  })
  return { sessionId, refreshToken }
}

/** Exchanges a refresh token for the next one. Of any number of simultaneous exchanges exactly one is `rotated`. */
export async function rotateRefreshToken(db: Database, refreshToken: string): Promise<Rotation> {
  const tokenHash = hashToken(refreshToken)
  return db.transaction().execute(async (trx): Promise<Rotation> => {
    // The row lock decides the race: the second update finds `used_at` set.
    const used = await trx
      .updateTable('refresh_tokens')
      .set({ used_at: databaseClock })
      .where('token_hash', '=', tokenHash)
      .where('used_at', 'is', null)
      .returning('session_id')
      .executeTakeFirst()
    const session = await trx
      .selectFrom('sessions')
      .innerJoin('refresh_tokens', 'refresh_tokens.session_id', 'sessions.id')
      .where('refresh_tokens.token_hash', '=', tokenHash)
      .select(['sessions.id', 'sessions.organization_id', 'sessions.user_id', 'sessions.revoked_at'])
      .select(sql<boolean>`sessions.expires_at < now()`.as('is_expired'))
      .select(sql<number>`extract(epoch from clock_timestamp() - refresh_tokens.used_at)`.as('used_seconds_ago'))
      .executeTakeFirst()
    if (session === undefined || session.is_expired || session.revoked_at !== null) return { kind: 'unknown' }
    if (used === undefined) {
      if (Number(session.used_seconds_ago) <= REUSE_GRACE_SECONDS) return { kind: 'raced' }
      await trx.updateTable('sessions').set({ revoked_at: databaseClock }).where('id', '=', session.id).execute()
      return { kind: 'replayed', sessionId: session.id, organizationId: session.organization_id }
    }
    const account = await findAccount(trx, session.organization_id, session.user_id)
    if (account === undefined) return { kind: 'unknown' }
    const next = newToken()
    await trx
      .insertInto('refresh_tokens')
      .values({ token_hash: hashToken(next), session_id: session.id })
      .execute()
    return { kind: 'rotated', refreshToken: next, sessionId: session.id, account }
  })
}

/** Ends the session of a refresh token; answers it unless there was none. */
export async function endSessionOf(
  db: Database,
  refreshToken: string,
): Promise<{ sessionId: string; organizationId: string } | undefined> {
  const row = await db
    .updateTable('sessions')
    .from('refresh_tokens')
    .set({ revoked_at: databaseClock })
    .whereRef('refresh_tokens.session_id', '=', 'sessions.id')
    .where('refresh_tokens.token_hash', '=', hashToken(refreshToken))
    .returning(['sessions.id', 'sessions.organization_id'])
    .executeTakeFirst()
  return row && { sessionId: row.id, organizationId: row.organization_id }
}

/** Ends one session. */
export async function endSession(db: Database, organizationId: string, sessionId: string): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ revoked_at: databaseClock })
    .where('id', '=', sessionId)
    .where('organization_id', '=', organizationId)
    .execute()
}

function newToken(): string {
  return randomBytes(32).toString('base64url')
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
