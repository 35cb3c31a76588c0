import { type Static, Type } from '@sinclair/typebox'
import { Locale, MemberName, Scalar, TimeZone } from './common.ts'
import { Filter } from './filter.ts'

/** What an embed token may allow. Nothing is allowed unless listed. */
export const EMBED_ACTIONS = [
  'view',
  'filter',
  'drill',
  'explore',
  'export:csv',
  'export:arrow',
  'export:ndjson',
  'export:xlsx',
  'export:png',
  'export:pdf',
  'edit:personal',
] as const
export const EmbedAction = Type.Union(EMBED_ACTIONS.map((action) => Type.Literal(action)))
export type EmbedAction = Static<typeof EmbedAction>

/** Audience of every embed token. */
export const EMBED_AUDIENCE = 'datainsight:embed'
/** Header `typ` of every embed token. */
export const EMBED_TOKEN_TYPE = 'embed+jwt'
/** Longest life of an embed token, seconds. */
export const MAX_EMBED_TTL_SECONDS = 3_600
/** Life of an embed token when the request names none, seconds. */
export const DEFAULT_EMBED_TTL_SECONDS = 600
/** Largest token the server reads, bytes. */
export const MAX_TOKEN_BYTES = 8_192

/** One thing a token opens: a dashboard by id or slug. */
export const EmbedResource = Type.Object(
  { type: Type.Literal('dashboard'), id: Type.String({ minLength: 1, maxLength: 128 }) },
  { additionalProperties: false },
)
export type EmbedResource = Static<typeof EmbedResource>

/** Facts about the viewer that access policies read as `securityContext.<name>`. Lists mean "any of". */
export const EmbedAttributes = Type.Record(
  Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,63}$' }),
  Type.Union([Scalar, Type.Array(Scalar, { maxItems: 1_000 })]),
  { additionalProperties: false, maxProperties: 50 },
)
export type EmbedAttributes = Static<typeof EmbedAttributes>

/** What a token grants; shared by the mint request and the claims. */
const GRANTS = {
  resources: Type.Array(EmbedResource, { maxItems: 100 }),
  attributes: Type.Optional(EmbedAttributes),
  filters: Type.Optional(Type.Array(Filter, { maxItems: 20 })),
  members: Type.Optional(
    Type.Object(
      {
        deny: Type.Optional(Type.Array(MemberName, { maxItems: 200 })),
        mask: Type.Optional(Type.Array(MemberName, { maxItems: 200 })),
      },
      { additionalProperties: false },
    ),
  ),
  actions: Type.Optional(Type.Array(EmbedAction, { maxItems: EMBED_ACTIONS.length })),
  origins: Type.Optional(Type.Array(Type.String({ pattern: '^https?://[^/]+$', maxLength: 300 }), { maxItems: 20 })),
  limits: Type.Optional(
    Type.Object(
      {
        rows: Type.Optional(Type.Integer({ minimum: 1, maximum: 50_000 })),
        rpm: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
      },
      { additionalProperties: false },
    ),
  ),
  locale: Type.Optional(Locale),
  timezone: Type.Optional(TimeZone),
}

/** Claims of an embed token (JWT payload). Times are seconds since 1970. Any other claim makes the token invalid. */
export const EmbedClaims = Type.Object(
  {
    iss: Type.String({ minLength: 1, maxLength: 64, description: 'Organization id.' }),
    aud: Type.Literal(EMBED_AUDIENCE),
    sub: Type.String({ minLength: 1, maxLength: 255 }),
    jti: Type.String({ minLength: 1, maxLength: 64 }),
    iat: Type.Integer({ minimum: 0 }),
    nbf: Type.Optional(Type.Integer({ minimum: 0 })),
    exp: Type.Integer({ minimum: 0 }),
    ...GRANTS,
  },
  { additionalProperties: false },
)
export type EmbedClaims = Static<typeof EmbedClaims>

/** Body of `POST /embed/tokens`. */
export const EmbedTokenRequest = Type.Object(
  {
    subject: Type.String({ minLength: 1, maxLength: 255 }),
    ...GRANTS,
    ttlSeconds: Type.Optional(
      Type.Integer({
        minimum: 10,
        maximum: MAX_EMBED_TTL_SECONDS,
        description: `${DEFAULT_EMBED_TTL_SECONDS} when absent.`,
      }),
    ),
  },
  { additionalProperties: false },
)
export type EmbedTokenRequest = Static<typeof EmbedTokenRequest>

/** Answer of `POST /embed/tokens`. */
export const EmbedTokenResponse = Type.Object(
  { token: Type.String(), expiresAt: Type.String({ description: 'ISO 8601 UTC' }) },
  { additionalProperties: false },
)
export type EmbedTokenResponse = Static<typeof EmbedTokenResponse>
