import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { normalizeEmail } from './auth/normalize-email.ts'
import { hashPassword } from './auth/password.ts'
import type { Config } from './config.ts'
import type { Database } from './database/schema.ts'
import { databaseClock } from './database-clock.ts'
import { hashApiKey } from './identity/repository.ts'
import { FIRST_API_KEY_SCOPES } from './permissions.ts'
import { uuidV7 } from './uuid-v7.ts'

/** Credentials made at first start. Shown once; only hashes are kept. */
export interface FirstRun {
  readonly organizationId: string
  readonly adminEmail: string
  /** Undefined when the configuration gave it. */
  readonly adminPassword: string | undefined
  /** Undefined when the configuration gave it. */
  readonly apiKey: string | undefined
}

export interface BootstrapOptions {
  readonly db: Database
  readonly config: Pick<Config, 'organizationName' | 'adminEmail' | 'adminPassword' | 'apiKey' | 'allowedOrigins'>
  readonly encrypt: (secret: Uint8Array) => Buffer
  readonly canDecrypt: (encrypted: Buffer) => boolean
}

/** Any number; the same on every node. */
const BOOTSTRAP_LOCK = 4_127_001

/**
 * Makes sure that there is an organization with an administrator, an API key and a key to sign embed tokens with.
 * Nodes that start together wait for each other, so one of them makes these and the others find them.
 * @returns the credentials when this call made the organization.
 */
export async function bootstrap({ db, config, encrypt, canDecrypt }: BootstrapOptions): Promise<FirstRun | undefined> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${BOOTSTRAP_LOCK})`.execute(trx)
    const existing = await trx
      .selectFrom('organizations')
      .select(['id', 'allowed_origins'])
      .orderBy('created_at')
      .orderBy('id')
      .executeTakeFirst()
    const organizationId = existing?.id ?? uuidV7()
    let firstRun: FirstRun | undefined
    if (existing === undefined) {
      await trx
        .insertInto('organizations')
        .values({ id: organizationId, name: config.organizationName, allowed_origins: [...config.allowedOrigins] })
        .execute()
      firstRun = await createCredentials(trx, organizationId, config)
    } else if (config.allowedOrigins.some((origin) => !existing.allowed_origins.includes(origin))) {
      await trx
        .updateTable('organizations')
        .set({
          allowed_origins: [...new Set([...existing.allowed_origins, ...config.allowedOrigins])],
          updated_at: databaseClock,
        })
        .where('id', '=', organizationId)
        .execute()
    }
    if (config.apiKey !== undefined) await ensureApiKey(trx, organizationId, config.apiKey)
    await ensureServerKeys(trx, encrypt, canDecrypt)
    return firstRun
  })
}

async function createCredentials(
  trx: Database,
  organizationId: string,
  config: BootstrapOptions['config'],
): Promise<FirstRun> {
  const adminEmail = normalizeEmail(config.adminEmail)
  const adminPassword = config.adminPassword ?? randomBytes(15).toString('base64url')
  await trx
    .insertInto('users')
    .values({
      id: uuidV7(),
      organization_id: organizationId,
      email: adminEmail,
      name: 'Administrator',
      role: 'owner',
      password_hash: await hashPassword(adminPassword),
    })
    .execute()
  const apiKey = config.apiKey === undefined ? `di_${randomBytes(32).toString('base64url')}` : undefined
  if (apiKey !== undefined) await ensureApiKey(trx, organizationId, apiKey)
  return {
    organizationId,
    adminEmail,
    adminPassword: config.adminPassword === undefined ? adminPassword : undefined,
    apiKey,
  }
}

async function ensureApiKey(trx: Database, organizationId: string, apiKey: string): Promise<void> {
  await trx
    .insertInto('api_keys')
    .values({
      id: uuidV7(),
      organization_id: organizationId,
      name: 'First key',
      key_hash: hashApiKey(apiKey),
      prefix: apiKey.slice(0, 8),
      scopes: [...FIRST_API_KEY_SCOPES],
    })
    .onConflict((conflict) => conflict.column('key_hash').doNothing())
    .execute()
}

/** A server key for each organization without one, and for those whose key was stored under another secret. */
async function ensureServerKeys(
  trx: Database,
  encrypt: BootstrapOptions['encrypt'],
  canDecrypt: BootstrapOptions['canDecrypt'],
): Promise<void> {
  const organizations = await trx.selectFrom('organizations').select('id').execute()
  const keys = await trx
    .selectFrom('embed_signing_keys')
    .select(['organization_id', 'encrypted_secret'])
    .where('owner', '=', 'server')
    .where('revoked_at', 'is', null)
    .execute()
  const served = new Set(
    keys
      .filter((key) => key.encrypted_secret !== null && canDecrypt(key.encrypted_secret))
      .map((key) => key.organization_id),
  )
  for (const { id } of organizations) {
    if (served.has(id)) continue
    await trx
      .insertInto('embed_signing_keys')
      .values({
        kid: uuidV7(),
        organization_id: id,
        algorithm: 'HS256',
        owner: 'server',
        public_key: null,
        encrypted_secret: encrypt(randomBytes(32)),
      })
      .execute()
  }
}
