import { createPublicKey, randomBytes } from 'node:crypto'
import { AnalyticsError, EmbedTokenRequest, EmbedTokenResponse, ErrorBody } from '@datainsight/core'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { Database } from '../database/schema.ts'
import { uuidV7 } from '../uuid-v7.ts'
import type { IssueEmbedToken } from './issue-embed-token.ts'
import { insertSigningKey, listSigningKeys, revokeSigningKey } from './repository.ts'

const Algorithm = Type.Union([Type.Literal('EdDSA'), Type.Literal('ES256'), Type.Literal('HS256')])

const SigningKeyRequest = Type.Object(
  {
    algorithm: Algorithm,
    publicKey: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2_000,
        description: 'SPKI PEM; required for EdDSA and ES256, absent for HS256.',
      }),
    ),
  },
  { additionalProperties: false },
)
const SigningKey = Type.Object({
  kid: Type.String(),
  algorithm: Algorithm,
  owner: Type.Union([Type.Literal('server'), Type.Literal('vendor')]),
  createdAt: Type.String(),
})
const NewSigningKey = Type.Object({
  kid: Type.String(),
  algorithm: Algorithm,
  organizationId: Type.String({ description: 'The `iss` of tokens signed with it.' }),
  secret: Type.Optional(Type.String({ description: 'HS256 only; shown this once.' })),
})
const Revocation = Type.Object({ jti: Type.String({ minLength: 1, maxLength: 64 }) }, { additionalProperties: false })

export interface EmbedTokenRoutesOptions {
  readonly db: Database
  readonly issueEmbedToken: IssueEmbedToken
  readonly encrypt: (secret: Uint8Array) => Buffer
  /** Makes this node see a change of keys at once. */
  readonly refreshDirectory: () => Promise<void>
  /** Makes every node refuse one token. */
  readonly revokeToken: (organizationId: string, jti: string) => Promise<void>
}

/** Embed tokens and the keys vendors sign them with. */
export const embedTokenRoutes: FastifyPluginAsyncTypebox<EmbedTokenRoutesOptions> = async (app, options) => {
  const { db } = options

  app.post(
    '/tokens',
    {
      schema: {
        tags: ['embed'],
        summary: 'Mint an embed token',
        body: EmbedTokenRequest,
        response: { 200: EmbedTokenResponse, '4xx': ErrorBody },
      },
      config: { policy: { auth: ['user', 'api-key'], permission: 'embed:issue', rateClass: 'write' } },
    },
    ({ body, principal }) => options.issueEmbedToken(principal.organizationId, body),
  )

  app.post(
    '/tokens/revoke',
    {
      schema: {
        tags: ['embed'],
        summary: 'Revoke an embed token',
        body: Revocation,
        response: { 204: Type.Null(), '4xx': ErrorBody },
      },
      config: {
        policy: {
          auth: ['user', 'api-key'],
          permission: 'embed:issue',
          rateClass: 'write',
          audit: 'embed-token.revoke',
        },
      },
    },
    async ({ body, principal }, reply) => {
      await options.revokeToken(principal.organizationId, body.jti)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/keys',
    {
      schema: {
        tags: ['embed'],
        summary: 'List signing keys',
        response: { 200: Type.Object({ items: Type.Array(SigningKey) }), '4xx': ErrorBody },
      },
      config: { policy: { auth: ['user', 'api-key'], permission: 'organization:manage', rateClass: 'read' } },
    },
    async ({ principal }) => {
      const keys = await listSigningKeys(db, principal.organizationId)
      return {
        items: keys.map(({ kid, algorithm, owner, created_at }) => ({
          kid,
          algorithm,
          owner,
          createdAt: created_at.toISOString(),
        })),
      }
    },
  )

  app.post(
    '/keys',
    {
      schema: {
        tags: ['embed'],
        summary: 'Register a key to sign embed tokens offline',
        body: SigningKeyRequest,
        response: { 201: NewSigningKey, '4xx': ErrorBody },
      },
      config: {
        policy: {
          auth: ['user', 'api-key'],
          permission: 'organization:manage',
          rateClass: 'write',
          audit: 'embed-key.create',
        },
      },
    },
    async ({ body, principal }, reply) => {
      const { organizationId } = principal
      const { algorithm } = body
      const kid = uuidV7()
      const publicKey = checkPublicKey(algorithm, body.publicKey)
      // Made here, because a secret of a vendor's own may be short, shared or on a blog.
      const secret = algorithm === 'HS256' ? randomBytes(32).toString('base64url') : undefined
      await insertSigningKey(db, organizationId, {
        kid,
        algorithm,
        owner: 'vendor',
        public_key: publicKey ?? null,
        encrypted_secret: secret === undefined ? null : options.encrypt(Buffer.from(secret)),
      })
      await options.refreshDirectory()
      return reply.code(201).send({ kid, algorithm, organizationId, ...(secret !== undefined && { secret }) })
    },
  )

  app.delete(
    '/keys/:kid',
    {
      schema: {
        tags: ['embed'],
        summary: 'Revoke a signing key and all tokens signed with it',
        params: Type.Object({ kid: Type.String({ maxLength: 128, pattern: '^[A-Za-z0-9_.:-]+$' }) }),
        response: { 204: Type.Null(), '4xx': ErrorBody },
      },
      config: {
        policy: {
          auth: ['user', 'api-key'],
          permission: 'organization:manage',
          rateClass: 'write',
          audit: 'embed-key.delete',
        },
      },
    },
    async ({ params, principal }, reply) => {
      if (!(await revokeSigningKey(db, principal.organizationId, params.kid))) {
        throw new AnalyticsError('not_found', `unknown signing key: ${params.kid}`)
      }
      await options.refreshDirectory()
      return reply.code(204).send(null)
    },
  )
}

/** The key as SPKI PEM. @throws AnalyticsError `invalid_request` when it is missing, not wanted, or of another kind. */
function checkPublicKey(algorithm: string, pem: string | undefined): string | undefined {
  const refuse = (message: string): never => {
    throw new AnalyticsError('invalid_request', `publicKey ${message}`, { problems: [{ path: 'publicKey', message }] })
  }
  if (algorithm === 'HS256')
    return pem === undefined ? undefined : refuse('must be absent for HS256: the server makes the secret')
  if (pem === undefined) return refuse(`is required for ${algorithm}`)
  // createPublicKey would also take a private key, which should never have left its owner.
  if (!pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) return refuse('must be a public key in SPKI PEM form')
  try {
    const key = createPublicKey(pem)
    const fits =
      algorithm === 'EdDSA'
        ? key.asymmetricKeyType === 'ed25519'
        : key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
    if (fits) return key.export({ type: 'spki', format: 'pem' }).toString()
  } catch {
    return refuse('is not a readable key')
  }
  return refuse(`must be ${algorithm === 'EdDSA' ? 'an Ed25519' : 'a P-256'} key for ${algorithm}`)
}
