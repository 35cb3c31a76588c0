import { PERMISSIONS, type Permission, type UserRole } from '@datainsight/core'

/** What each role adds up to. */
export const ROLE_PERMISSIONS: Readonly<Record<UserRole, readonly Permission[]>> = Object.freeze({
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  editor: Object.freeze(['dashboards:read', 'dashboards:write', 'query:run', 'query:sql', 'query:export'] as const),
  viewer: Object.freeze(['dashboards:read', 'query:run'] as const),
})

/** Scopes of the first API key: what the back end of a host application needs. */
export const FIRST_API_KEY_SCOPES: readonly Permission[] = Object.freeze([
  'dashboards:read',
  'dashboards:write',
  'query:run',
  'query:sql',
  'query:export',
  'query:stats',
  'cache:manage',
  'rollups:read',
  'rollups:manage',
  'embed:issue',
] as const)
