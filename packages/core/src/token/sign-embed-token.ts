import { Value } from '@sinclair/typebox/value'
import { type CryptoKey, importJWK, importPKCS8, type JWK, type KeyObject, SignJWT } from 'jose'
import { AnalyticsError } from '../errors.ts'
import {
  DEFAULT_EMBED_TTL_SECONDS,
  EMBED_AUDIENCE,
  EMBED_TOKEN_TYPE,
  EmbedClaims,
  MAX_EMBED_TTL_SECONDS,
} from '../schema/embed-token.ts'

/** Algorithms of embed signing keys; a key is registered for exactly one. */
export const EMBED_ALGORITHMS = ['EdDSA', 'ES256', 'HS256'] as const
export type EmbedAlgorithm = (typeof EMBED_ALGORITHMS)[number]

/** Shortest HS256 secret, bytes. */
const MIN_SECRET_BYTES = 32

/** Claims to sign; `aud`, `iat`, `exp` and `jti` are filled in. */
export type EmbedGrant = Omit<EmbedClaims, 'aud' | 'iat' | 'exp' | 'jti'> & {
  /** A UUID when absent. */
  readonly jti?: string
  /** 600 when absent; at most 3600. */
  readonly ttlSeconds?: number
}

/** The signing key as registered with the organization. */
export interface EmbedSigningKey {
  readonly alg: EmbedAlgorithm
  /** Id under which the server knows the key. */
  readonly kid: string
  /** PKCS#8 PEM, JWK or a key object; for HS256 a secret of at least 32 bytes. */
  readonly key: string | JWK | CryptoKey | KeyObject | Uint8Array
}

/**
 * Signs an embed token on the application's own server, without a call to DataInsight.
 *
 * @throws {AnalyticsError} `invalid_request` naming each claim that is wrong, or the key when it does not fit `alg`.
 * @example
 * await signEmbedToken(
 *   { iss: organizationId, sub: 'user-42', resources: [{ type: 'dashboard', id: 'departures' }], actions: ['view'] },
 *   { alg: 'EdDSA', kid: 'k1', key: process.env.EMBED_KEY },
 * )
 */
export async function signEmbedToken(
  grant: EmbedGrant,
  signingKey: EmbedSigningKey,
  now: Date = new Date(),
): Promise<string> {
  const { ttlSeconds = DEFAULT_EMBED_TTL_SECONDS, jti = crypto.randomUUID(), ...rest } = grant
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > MAX_EMBED_TTL_SECONDS) {
    throw new AnalyticsError(
      'invalid_request',
      `ttlSeconds must be an integer from 1 to ${MAX_EMBED_TTL_SECONDS}, not ${ttlSeconds}`,
      {
        problems: [{ path: 'ttlSeconds', message: `must be an integer from 1 to ${MAX_EMBED_TTL_SECONDS}` }],
      },
    )
  }
  const iat = Math.floor(now.getTime() / 1_000)
  const claims = { ...rest, aud: EMBED_AUDIENCE, jti, iat, exp: iat + ttlSeconds }
  const problems = [...Value.Errors(EmbedClaims, claims)].map(({ path, message }) => ({
    path: path.slice(1).replaceAll('/', '.'),
    message,
  }))
  if (problems.length > 0) {
    const named = [...new Set(problems.map(({ path }) => path))].join(', ')
    throw new AnalyticsError('invalid_request', `claims of the embed token are not valid: ${named}`, { problems })
  }
  const key = await importKey(signingKey)
  return new SignJWT(claims)
    .setProtectedHeader({ alg: signingKey.alg, kid: signingKey.kid, typ: EMBED_TOKEN_TYPE })
    .sign(key)
}

async function importKey({ alg, key }: EmbedSigningKey): Promise<CryptoKey | KeyObject | Uint8Array> {
  try {
    if (alg === 'HS256') {
      const secret = typeof key === 'string' ? new TextEncoder().encode(key) : key
      if (!(secret instanceof Uint8Array)) throw new TypeError('HS256 takes a secret')
      if (secret.byteLength < MIN_SECRET_BYTES)
        throw new RangeError(`an HS256 secret needs ${MIN_SECRET_BYTES} bytes or more`)
      return secret
    }
    if (key instanceof Uint8Array) throw new TypeError(`${alg} takes a private key`)
    if (typeof key === 'string') return await importPKCS8(key, alg)
    if ('kty' in key) return await importJWK(key as JWK, alg)
    return key as CryptoKey | KeyObject
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AnalyticsError('invalid_request', `the signing key does not fit ${alg}: ${reason}`, {
      problems: [{ path: 'key', message: reason }],
      cause,
    })
  }
}
