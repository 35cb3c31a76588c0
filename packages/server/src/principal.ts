import type { EmbedAction, EmbedResource, Permission, Security } from '@datainsight/core'

/** Kinds of credentials a route may take. `none` is a route for everybody. */
export const CREDENTIAL_KINDS = ['none', 'user', 'api-key', 'embed'] as const
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number]

/** Who asks, after the credential was verified. Frozen; shared by all requests with the same credential. */
export interface Principal {
  readonly kind: 'user' | 'api-key' | 'embed'
  readonly organizationId: string
  /** User id, API key id, or the embed token's `sub`. */
  readonly subject: string
  /** Rights of a user or key. Empty for embed tokens, which have `actions` instead. */
  readonly permissions: ReadonlySet<Permission>
  /** What an embed token allows. Empty for users and keys. */
  readonly actions: ReadonlySet<EmbedAction>
  /** What an embed token opens. Empty for users and keys. */
  readonly resources: readonly EmbedResource[]
  /** What policies see. */
  readonly security: Security
  /** Same text exactly when `security`, `timezone` and `locale` are the same: keys what was compiled for this caller. */
  readonly securityKey: string
  /** The zone to read dates in when a query names none. */
  readonly timezone: string | undefined
  /** The language of titles, BCP 47; the model's own when undefined. */
  readonly locale: string | undefined
  /** Credential id for revocation and rate limits: session id, key id or `jti`. */
  readonly credentialId: string
  /** Rows per answer that an embed token allows itself; `undefined` when it names none. */
  readonly ownRowLimit: number | undefined
  /** Requests per minute this credential allows itself; the server's limit when undefined. */
  readonly requestsPerMinute: number | undefined
}
