import {
  AnalyticsError,
  EMBED_TOKEN_TYPE,
  type EmbedClaims,
  MAX_EMBED_TTL_SECONDS,
  MAX_TOKEN_BYTES,
} from '@datainsight/core'
import type { JWT } from '@fastify/jwt'
import { LRUCache } from 'lru-cache'
import type { Database } from '../database/schema.ts'
import type { Principal } from '../principal.ts'
import { ACCESS_TOKEN_TYPE, ACCESS_TTL_SECONDS, readAccessToken } from './access-token.ts'
import type { IdentityDirectory } from './identity-directory.ts'
import { makeApiKeyPrincipal, makeEmbedPrincipal, makeUserPrincipal } from './make-principal.ts'
import { readEmbedToken } from './read-embed-token.ts'
import { readTokenHeader } from './read-token-header.ts'
import { findApiKey, hashApiKey } from './repository.ts'

/** How far in the future `iat` and `nbf` may lie, seconds: clocks of vendors differ. `exp` gets no grace. */
export const CLOCK_LEEWAY_SECONDS = 30
/** Most verified credentials remembered. */
export const CACHE_MAX_ENTRIES = 20_000
/** Most memory for them, bytes. */
export const CACHE_MAX_BYTES = 33_554_432
const API_KEY_PATTERN = /^[\x21-\x7e]{16,512}$/

/** A verified credential. */
export interface Credential {
  readonly principal: Principal
  /** Under which its requests are counted: `jti`s of two organizations may be equal. */
  readonly rateKey: string
  /** When it ends, milliseconds since 1970; infinite for API keys. */
  readonly expiresAtMs: number
  /** Pages that may use it, by the token's own claim; undefined when it names none. */
  readonly origins: readonly string[] | undefined
}

export interface VerifierOptions {
  readonly jwt: JWT
  readonly db: Database
  readonly directory: IdentityDirectory
  readonly maxRows: number
  /** Whether the model has this member; a token that names another is refused. */
  readonly hasMember: (organizationId: string, name: string) => boolean
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Turns what a request carries into who sends it. */
export interface CredentialVerifier {
  /** @throws AnalyticsError `invalid_token`, one body for all causes, or `token_expired` for a token that once was good. */
  verifyToken(token: string): Credential
  /** Synchronous for a key seen before. @throws AnalyticsError `invalid_token` */
  verifyApiKey(key: string): Credential | Promise<Credential>
  /** Whether a key was good when it was last looked at. It may be revoked since: that is for {@link verifyApiKey} to say. */
  wasGoodApiKey(key: string): boolean
  /** Forgets everything verified, such as after the model changed. */
  clear(): void
  /** How much is remembered. */
  readonly stats: { readonly entries: number; readonly bytes: number }
}

/** Makes a verifier that remembers what it verified until it expires or something is revoked. */
export function createCredentialVerifier(options: VerifierOptions): CredentialVerifier {
  const { jwt, db, directory, now } = options
  // The whole token is the key: no two tokens can be mixed up, and hashing would cost more than comparing.
  const cache = new LRUCache<string, Credential>({
    max: CACHE_MAX_ENTRIES,
    maxSize: CACHE_MAX_BYTES,
    sizeCalculation: (_, key) => 1_024 + key.length * 4,
  })
  const keys = new LRUCache<string, Credential>({ max: 1_000 })
  // Outlives revocations and changes of the model: those who sent good keys are not to wait for somebody who guesses.
  const goodKeys = new LRUCache<string, true>({ max: 10_000 })
  let epoch = 0
  const clear = () => {
    epoch++
    cache.clear()
    keys.clear()
  }
  directory.onRevocation(clear)

  const verify = (token: string): Credential => {
    if (token.length > MAX_TOKEN_BYTES) throw invalidToken()
    const header = readTokenHeader(token)
    if (header?.typ === ACCESS_TOKEN_TYPE && header.kid === undefined) return verifyAccess(token)
    if (header?.typ === EMBED_TOKEN_TYPE && header.kid !== undefined) return verifyEmbed(token, header.kid)
    throw invalidToken()
  }

  const verifyAccess = (token: string): Credential => {
    const claims = readAccessToken(jwt, token)
    if (claims === undefined) throw invalidToken()
    checkTimes(claims, ACCESS_TTL_SECONDS, now())
    const organizationId = claims.org
    const issuedAtMs = claims.iat * 1_000
    if (directory.isRevoked({ organizationId, issuedAtMs, session: claims.sid, user: claims.sub })) throw invalidToken()
    const principal = makeUserPrincipal({
      id: claims.sub,
      organizationId,
      role: claims.role,
      sessionId: claims.sid,
      maxRows: options.maxRows,
    })
    return makeCredential(principal, claims.exp * 1_000)
  }

  const verifyEmbed = (token: string, kid: string): Credential => {
    const key = directory.findSigningKey(kid)
    const claims = key && readEmbedToken(jwt, token, key)
    if (claims === undefined) throw invalidToken()
    checkTimes(claims, MAX_EMBED_TTL_SECONDS, now())
    if (directory.isRevoked({ organizationId: claims.iss, issuedAtMs: claims.iat * 1_000, token: claims.jti }))
      throw invalidToken()
    if (!membersOf(claims).every((name) => options.hasMember(claims.iss, name))) throw invalidToken()
    return makeCredential(makeEmbedPrincipal(claims, options.maxRows), claims.exp * 1_000, claims.origins)
  }

  const lookUp = async (key: string): Promise<Credential> => {
    const started = epoch
    const digest = hashApiKey(key)
    const row = await findApiKey(db, digest)
    if (
      row === undefined ||
      directory.isRevoked({ organizationId: row.organization_id, issuedAtMs: row.created_at.getTime(), apiKey: row.id })
    ) {
      goodKeys.delete(digest)
      throw invalidToken()
    }
    goodKeys.set(digest, true)
    const { id, organization_id: organizationId, scopes } = row
    const principal = makeApiKeyPrincipal({ id, organizationId, scopes, maxRows: options.maxRows })
    const credential = makeCredential(principal, Number.POSITIVE_INFINITY)
    // Something was revoked while we read: what we hold may be what was revoked, so it serves this request only.
    if (epoch === started) keys.set(key, credential)
    return credential
  }

  return {
    verifyToken: (token) => {
      const known = cache.get(token)
      if (known !== undefined) {
        if (now() < known.expiresAtMs) return known
        cache.delete(token)
        throw expiredToken()
      }
      const credential = verify(token)
      cache.set(token, credential)
      return credential
    },
    verifyApiKey: (key) => keys.get(key) ?? (API_KEY_PATTERN.test(key) ? lookUp(key) : Promise.reject(invalidToken())),
    wasGoodApiKey: (key) => keys.has(key) || goodKeys.has(hashApiKey(key)),
    clear,
    get stats() {
      return { entries: cache.size + keys.size, bytes: cache.calculatedSize }
    },
  }
}

/** Every member that the restrictions of a token name. */
export function membersOf(grant: Pick<EmbedClaims, 'filters' | 'members'>): string[] {
  const names: string[] = [...(grant.members?.deny ?? []), ...(grant.members?.mask ?? [])]
  const visit = (filters: NonNullable<EmbedClaims['filters']>) => {
    for (const filter of filters) {
      if ('and' in filter) visit(filter.and)
      else if ('or' in filter) visit(filter.or)
      else names.push(filter.member)
    }
  }
  visit(grant.filters ?? [])
  return names
}

function makeCredential(principal: Principal, expiresAtMs: number, origins?: readonly string[]): Credential {
  return { principal, rateKey: `${principal.organizationId}/${principal.credentialId}`, expiresAtMs, origins }
}

function checkTimes(
  claims: { iat: number; exp: number; nbf?: number | undefined },
  maxTtlSeconds: number,
  nowMs: number,
): void {
  const latestStartMs = nowMs + CLOCK_LEEWAY_SECONDS * 1_000
  if (claims.exp <= claims.iat || claims.exp - claims.iat > maxTtlSeconds) throw invalidToken()
  if (claims.iat * 1_000 > latestStartMs || (claims.nbf ?? 0) * 1_000 > latestStartMs) throw invalidToken()
  if (claims.exp * 1_000 <= nowMs) throw expiredToken()
}

/** One body for every reason, so that an attacker learns nothing from it. */
export function invalidToken(): AnalyticsError {
  return new AnalyticsError('invalid_token', 'the credential is not valid here')
}

function expiredToken(): AnalyticsError {
  return new AnalyticsError('token_expired', 'the token has expired', { hint: 'fetch a new token and try again' })
}
