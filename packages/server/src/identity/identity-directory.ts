import type { StatementLimits } from '@datainsight/core'
import type { Database, RevocationKind, RevocationRow, SigningAlgorithm, SigningKeyRow } from '../database/schema.ts'
import { FreshRead } from '../fresh-read.ts'
import { repeat } from '../repeat.ts'
import { deleteExpiredRevocations, readIdentityChanges } from './repository.ts'

/** How often each node reads what changed. A revocation is effective everywhere within this plus one read: well under 5 s. */
export const POLL_INTERVAL_MS = 2_000
const CLEAN_INTERVAL_MS = 600_000

/** What verifies embed tokens. */
export interface SigningKey {
  readonly kid: string
  readonly organizationId: string
  readonly algorithm: SigningAlgorithm
  readonly owner: 'server' | 'vendor'
  /** PEM of the public key, or the secret. */
  readonly key: string | Buffer
}

/** What a credential is checked against. Times are milliseconds since 1970. */
export interface RevocableCredential {
  readonly organizationId: string
  readonly issuedAtMs: number
  readonly token?: string
  readonly session?: string
  readonly user?: string
  readonly apiKey?: string
}

interface DirectoryOptions {
  readonly db: Database
  /** Opens a stored HS256 secret. */
  readonly decrypt: (encrypted: Buffer) => Buffer
  readonly onError: (error: unknown) => void
}

/**
 * What every node knows by heart about all organizations: signing keys, allowed origins, limits, revocations.
 * Held in memory so that checking a request takes no round trip; read again from the database every two seconds.
 */
export class IdentityDirectory {
  readonly #options: DirectoryOptions
  readonly #origins = new Map<string, ReadonlySet<string>>()
  readonly #limits = new Map<string, StatementLimits>()
  readonly #keys = new Map<string, SigningKey>()
  /** Moment of revocation by `kind/organization/subject`. */
  readonly #revocations = new Map<string, { readonly atMs: number; readonly expiresAtMs: number }>()
  readonly #onRevocation: (() => void)[] = []
  #knownOrigins: ReadonlySet<string> = new Set()
  #since: Date | undefined
  readonly #reading = new FreshRead(() => this.#read())
  #stopReading: () => void = () => undefined
  #cleanedAtMs = Date.now()

  constructor(options: DirectoryOptions) {
    this.#options = options
  }

  /** Reads everything, then keeps reading what changes. */
  async start(): Promise<void> {
    await this.refresh()
    const turn = async () => {
      await this.refresh()
      await this.#clean()
    }
    this.#stopReading = repeat(turn, POLL_INTERVAL_MS, this.#options.onError)
  }

  stop(): void {
    this.#stopReading()
  }

  /** Reads what changed now; call after writing on this node, so that the caller sees the effect at once. */
  refresh(): Promise<void> {
    return this.#reading.run()
  }

  /** Calls `listener` whenever something was revoked: time to forget verified credentials. */
  onRevocation(listener: () => void): void {
    this.#onRevocation.push(listener)
  }

  findSigningKey(kid: string): SigningKey | undefined {
    return this.#keys.get(kid)
  }

  /** The key that the server itself signs an organization's embed tokens with: the newest. */
  findServerKey(organizationId: string): SigningKey | undefined {
    let newest: SigningKey | undefined
    for (const key of this.#keys.values()) {
      if (key.organizationId !== organizationId || key.owner !== 'server') continue
      if (newest === undefined || key.kid > newest.kid) newest = key
    }
    return newest
  }

  /** How many statements of an organization may run and wait, as far as it says. */
  limitsOf(organizationId: string): StatementLimits {
    return this.#limits.get(organizationId) ?? {}
  }

  /** Whether pages of `origin` may call the API for this organization. */
  allowsOrigin(organizationId: string, origin: string): boolean {
    return this.#origins.get(organizationId)?.has(origin) === true
  }

  /** Whether some organization allows `origin`; preflights carry no credential that would tell which. */
  isKnownOrigin(origin: string): boolean {
    return this.#knownOrigins.has(origin)
  }

  isRevoked(credential: RevocableCredential): boolean {
    if (this.#revocations.size === 0) return false
    const { organizationId, issuedAtMs, token, session, user, apiKey } = credential
    const at = (kind: RevocationKind, subject: string) =>
      this.#revocations.get(keyOf(kind, organizationId, subject))?.atMs
    return (
      (token !== undefined && at('token', token) !== undefined) ||
      (session !== undefined && at('session', session) !== undefined) ||
      (apiKey !== undefined && at('api-key', apiKey) !== undefined) ||
      (user !== undefined && issuedAtMs <= (at('user', user) ?? -1)) ||
      issuedAtMs <= (at('organization', organizationId) ?? -1)
    )
  }

  async #clean(): Promise<void> {
    if (Date.now() - this.#cleanedAtMs <= CLEAN_INTERVAL_MS) return
    this.#cleanedAtMs = Date.now()
    await deleteExpiredRevocations(this.#options.db)
  }

  async #read(): Promise<void> {
    const changes = await readIdentityChanges(this.#options.db, this.#since)
    for (const { id, allowed_origins, statement_limits } of changes.organizations) {
      this.#origins.set(id, new Set(allowed_origins))
      this.#limits.set(id, statement_limits)
    }
    if (changes.organizations.length > 0) {
      this.#knownOrigins = new Set([...this.#origins.values()].flatMap((origins) => [...origins]))
    }
    for (const row of changes.signingKeys) this.#setKey(row)
    this.#revoke(changes.revocations)
    this.#since = changes.until
  }

  #setKey(row: SigningKeyRow): void {
    if (row.revoked_at !== null) {
      if (this.#keys.delete(row.kid)) for (const listener of this.#onRevocation) listener()
      return
    }
    if (this.#keys.has(row.kid)) return
    try {
      const key = row.public_key ?? this.#options.decrypt(row.encrypted_secret!)
      const { kid, algorithm, owner, organization_id: organizationId } = row
      this.#keys.set(kid, Object.freeze({ kid, organizationId, algorithm, owner, key }))
    } catch (error) {
      this.#options.onError(
        new Error(`signing key ${row.kid} cannot be opened: was DATAINSIGHT_SECRET changed?`, { cause: error }),
      )
    }
  }

  #revoke(rows: readonly RevocationRow[]): void {
    const now = Date.now()
    for (const [key, { expiresAtMs }] of this.#revocations) if (expiresAtMs < now) this.#revocations.delete(key)
    let isNew = false
    for (const row of rows) {
      const key = keyOf(row.kind, row.organization_id, row.subject)
      const atMs = row.created_at.getTime()
      if ((this.#revocations.get(key)?.atMs ?? -1) >= atMs) continue
      this.#revocations.set(key, { atMs, expiresAtMs: row.expires_at.getTime() })
      isNew = true
    }
    if (isNew) for (const listener of this.#onRevocation) listener()
  }
}

function keyOf(kind: RevocationKind, organizationId: string, subject: string): string {
  return `${kind}/${organizationId}/${subject}`
}
