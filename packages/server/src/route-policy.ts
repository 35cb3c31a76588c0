import type { EmbedAction, Permission } from '@datainsight/core'
import type { CredentialKind } from './principal.ts'

/** How often a route may be called: each class has its own budget per credential or, without one, per address. */
export const RATE_CLASSES = ['health', 'static', 'read', 'write', 'query', 'login'] as const
export type RateClass = (typeof RATE_CLASSES)[number]

/**
 * What every route declares in its `config`. A route without a policy stops the server from starting (see `plugins/auth.ts`).
 */
export interface RoutePolicy {
  /** Credentials the route takes; any other kind is answered 401. */
  readonly auth: readonly CredentialKind[]
  /** Right that a user or an API key needs; a credential without it is answered 403. */
  readonly permission?: Permission
  /** Action that an embed token needs; a token without it is answered 403. */
  readonly action?: EmbedAction
  readonly rateClass: RateClass
  /** Whether `Authorization` may be the token alone, without `Bearer`; false when absent. For clients that cannot do otherwise. */
  readonly bareToken?: boolean
  /** What the audit log calls a successful request: `<thing>.<verb>`. Every change of an organization's settings has one. */
  readonly audit?: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: RoutePolicy
  }
}
