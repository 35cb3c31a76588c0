import { createHash } from 'node:crypto'
import type { EmbedClaims, Permission, Security, UserRole } from '@datainsight/core'
import { ROLE_PERMISSIONS } from '../permissions.ts'
import type { Principal } from '../principal.ts'

const NO_PERMISSIONS: ReadonlySet<Permission> = new Set()
const NOTHING = Object.freeze([])
const NO_ATTRIBUTES = Object.freeze(Object.create(null) as Record<string, never>)

/** A signed-in person. `sessionId` is what logging out revokes. */
export function makeUserPrincipal(user: {
  readonly id: string
  readonly organizationId: string
  readonly role: UserRole
  readonly sessionId: string
  readonly maxRows: number
}): Principal {
  return makePrincipal({
    kind: 'user',
    subject: user.id,
    credentialId: user.sessionId,
    permissions: new Set(ROLE_PERMISSIONS[user.role]),
    security: {
      organizationId: user.organizationId,
      kind: 'user',
      roles: [user.role],
      attributes: NO_ATTRIBUTES,
      filters: NOTHING,
      deniedMembers: NOTHING,
      maskedMembers: NOTHING,
      maxRows: user.maxRows,
    },
  })
}

/** A server that holds an API key. */
export function makeApiKeyPrincipal(key: {
  readonly id: string
  readonly organizationId: string
  readonly scopes: readonly Permission[]
  readonly maxRows: number
}): Principal {
  return makePrincipal({
    kind: 'api-key',
    subject: key.id,
    credentialId: key.id,
    permissions: new Set(key.scopes),
    security: {
      organizationId: key.organizationId,
      kind: 'api-key',
      roles: ['api-key'],
      attributes: NO_ATTRIBUTES,
      filters: NOTHING,
      deniedMembers: NOTHING,
      maskedMembers: NOTHING,
      maxRows: key.maxRows,
    },
  })
}

/** Whoever opened a page with an embed token. The claims must have been checked. */
export function makeEmbedPrincipal(claims: EmbedClaims, maxRows: number): Principal {
  // Without a prototype, so that a policy that reads `securityContext.constructor` finds nothing.
  const attributes = Object.assign(Object.create(null) as Record<string, never>, claims.attributes)
  return makePrincipal({
    kind: 'embed',
    subject: claims.sub,
    credentialId: claims.jti,
    actions: new Set(claims.actions),
    resources: claims.resources,
    requestsPerMinute: claims.limits?.rpm,
    ownRowLimit: claims.limits?.rows,
    timezone: claims.timezone,
    locale: claims.locale,
    security: {
      organizationId: claims.iss,
      kind: 'embed',
      roles: NOTHING,
      attributes,
      filters: claims.filters ?? NOTHING,
      deniedMembers: claims.members?.deny ?? NOTHING,
      maskedMembers: claims.members?.mask ?? NOTHING,
      maxRows: Math.min(claims.limits?.rows ?? maxRows, maxRows),
    },
  })
}

function makePrincipal(
  given: Pick<Principal, 'kind' | 'subject' | 'credentialId' | 'security'> &
    Partial<
      Pick<
        Principal,
        'permissions' | 'actions' | 'resources' | 'timezone' | 'locale' | 'requestsPerMinute' | 'ownRowLimit'
      >
    >,
): Principal {
  return Object.freeze({
    kind: given.kind,
    organizationId: given.security.organizationId,
    subject: given.subject,
    permissions: given.permissions ?? NO_PERMISSIONS,
    actions: given.actions ?? new Set<never>(),
    resources: deepFreeze(given.resources ?? NOTHING),
    security: deepFreeze(given.security),
    securityKey: securityKeyOf(given.security, given.timezone, given.locale),
    timezone: given.timezone,
    locale: given.locale,
    credentialId: given.credentialId,
    requestsPerMinute: given.requestsPerMinute,
    ownRowLimit: given.ownRowLimit,
  })
}

/** Hash of the canonical text of what a statement may depend on: members sorted, so that order of writing does not matter. */
function securityKeyOf(security: Security, timezone: string | undefined, locale: string | undefined): string {
  const canonical = JSON.stringify([security, timezone ?? null, locale ?? null], (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
  return createHash('sha256').update(canonical).digest('base64url')
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const child of Object.values(value)) deepFreeze(child)
  }
  return value
}
