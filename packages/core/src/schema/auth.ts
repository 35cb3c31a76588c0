import { type Static, Type } from '@sinclair/typebox'

/** What a person may do in an organization, by what the role adds up to. */
export const USER_ROLES = ['owner', 'admin', 'editor', 'viewer'] as const
export const UserRole = Type.Union(USER_ROLES.map((role) => Type.Literal(role)))
export type UserRole = Static<typeof UserRole>

/** Single rights. Roles are sets of them; API keys carry a list. */
export const PERMISSIONS = [
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
  'models:read',
  'models:write',
  'data-sources:read',
  'data-sources:write',
  'audit:read',
  'organization:manage',
] as const
export const Permission = Type.Union(PERMISSIONS.map((permission) => Type.Literal(permission)))
export type Permission = Static<typeof Permission>

/** A signed-in person. */
export const User = Type.Object(
  {
    id: Type.String(),
    email: Type.String(),
    name: Type.String(),
    role: UserRole,
    permissions: Type.Array(Permission),
    organization: Type.Object({ id: Type.String(), name: Type.String() }),
  },
  { additionalProperties: false },
)
export type User = Static<typeof User>

/** Body of `POST /auth/login`. */
export const LoginRequest = Type.Object(
  {
    email: Type.String({ minLength: 3, maxLength: 254 }),
    password: Type.String({ minLength: 1, maxLength: 1_024 }),
    otp: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
  },
  { additionalProperties: false },
)
export type LoginRequest = Static<typeof LoginRequest>

/** Answer of login and refresh; the refresh token travels in an HttpOnly cookie only. */
export const Session = Type.Object(
  { accessToken: Type.String(), expiresIn: Type.Integer({ description: 'Seconds.' }), user: User },
  { additionalProperties: false },
)
export type Session = Static<typeof Session>
