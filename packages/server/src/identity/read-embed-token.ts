import { EMBED_AUDIENCE, EMBED_TOKEN_TYPE, EmbedClaims } from '@datainsight/core'
import type { JWT } from '@fastify/jwt'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { findFilterExcess } from '../filter-bounds.ts'
import { findDuplicateKey } from './find-duplicate-key.ts'
import type { SigningKey } from './identity-directory.ts'

const checker = TypeCompiler.Compile(EmbedClaims)

/**
 * The claims of a correctly signed, well-formed embed token; undefined for anything else. Times are the caller's to check.
 * The key's own algorithm is the only one tried, whatever the header says.
 */
export function readEmbedToken(jwt: JWT, token: string, key: SigningKey): EmbedClaims | undefined {
  try {
    const claims: unknown = jwt.verify(token, {
      key: key.key,
      algorithms: [key.algorithm],
      allowedAud: EMBED_AUDIENCE,
      allowedIss: key.organizationId,
      requiredClaims: ['exp', 'iat', 'aud', 'iss', 'jti'],
      checkTyp: EMBED_TOKEN_TYPE,
      ignoreExpiration: true,
      ignoreNotBefore: true,
    })
    if (!checker.Check(claims)) return undefined
    // An own property of this name survives JSON.parse and would become the prototype of a copy.
    if (claims.attributes !== undefined && Object.hasOwn(claims.attributes, '__proto__')) return undefined
    if (findFilterExcess(claims.filters ?? []) !== undefined) return undefined
    const payload = Buffer.from(token.split('.')[1]!, 'base64url').toString()
    return findDuplicateKey(payload) === undefined ? claims : undefined
  } catch {
    return undefined
  }
}
