import { USER_ROLES, type UserRole } from '@datainsight/core'
import type { JWT } from '@fastify/jwt'
import { type Static, Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { uuidV7 } from '../uuid-v7.ts'

/** Life of an access token, seconds. Short, because its role is not looked up again. */
export const ACCESS_TTL_SECONDS = 900
/** Header `typ` of access tokens (RFC 9068). */
export const ACCESS_TOKEN_TYPE = 'at+jwt'
const ISSUER = 'datainsight'
const AUDIENCE = 'datainsight:api'

const AccessClaims = Type.Object(
  {
    iss: Type.Literal(ISSUER),
    aud: Type.Literal(AUDIENCE),
    sub: Type.String({ minLength: 1, maxLength: 64 }),
    jti: Type.String({ minLength: 1, maxLength: 64 }),
    iat: Type.Integer({ minimum: 0 }),
    exp: Type.Integer({ minimum: 0 }),
    org: Type.String({ minLength: 1, maxLength: 64 }),
    sid: Type.String({ minLength: 1, maxLength: 64 }),
    role: Type.Union(USER_ROLES.map((role) => Type.Literal(role))),
  },
  { additionalProperties: false },
)
/** Claims of an access token. `sid` is the session that logging out ends. */
export type AccessClaims = Static<typeof AccessClaims>
const checker = TypeCompiler.Compile(AccessClaims)

/** How `@fastify/jwt` is set up: for access tokens, one algorithm. Embed tokens bring their own key and algorithm. */
export function accessTokenOptions(key: Buffer) {
  return {
    secret: key,
    sign: { algorithm: 'HS256' as const, header: { typ: ACCESS_TOKEN_TYPE } as never },
    verify: {
      algorithms: ['HS256' as const],
      allowedIss: ISSUER,
      allowedAud: AUDIENCE,
      requiredClaims: ['exp', 'iat', 'aud', 'iss', 'jti'],
      cache: false,
    },
  }
}

/** Signs an access token. */
export function signAccessToken(
  jwt: JWT,
  user: { readonly id: string; readonly organizationId: string; readonly role: UserRole; readonly sessionId: string },
  nowSeconds: number,
): string {
  const claims: AccessClaims = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: user.id,
    jti: uuidV7(),
    iat: nowSeconds,
    exp: nowSeconds + ACCESS_TTL_SECONDS,
    org: user.organizationId,
    sid: user.sessionId,
    role: user.role,
  }
  return jwt.sign(claims)
}

/** The claims of a correctly signed, well-formed access token; undefined for anything else. Times are the caller's to check. */
export function readAccessToken(jwt: JWT, token: string): AccessClaims | undefined {
  try {
    const claims: unknown = jwt.verify(token, { ignoreExpiration: true })
    return checker.Check(claims) ? claims : undefined
  } catch {
    return undefined
  }
}
