import { AnalyticsError, ErrorBody, LoginRequest, Session, User } from '@datainsight/core'
import fastifyCookie from '@fastify/cookie'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../database/schema.ts'
import { ROLE_PERMISSIONS } from '../permissions.ts'
import type { LoginThrottle } from './login-throttle.ts'
import { normalizeEmail } from './normalize-email.ts'
import { verifyPassword } from './password.ts'
import {
  type Account,
  createSession,
  endSession,
  endSessionOf,
  findAccount,
  findAccountByEmail,
  rotateRefreshToken,
  SESSION_DAYS,
} from './repository.ts'

/** Cookie with the refresh token. */
export const REFRESH_COOKIE = 'datainsight_refresh'
const COOKIE_PATH = '/api/v1/auth'
const NoBody = Type.Union([Type.Null(), Type.Object({}, { additionalProperties: false })], { description: 'No body.' })

export interface AuthRoutesOptions {
  readonly db: Database
  readonly throttle: LoginThrottle
  /** Signs an access token; answers it and its life in seconds. */
  readonly issueAccessToken: (user: {
    id: string
    organizationId: string
    role: Account['role']
    sessionId: string
  }) => {
    readonly accessToken: string
    readonly expiresIn: number
  }
  /** Makes every node refuse the session's access tokens. */
  readonly revokeSession: (organizationId: string, sessionId: string) => Promise<void>
  /** Whether the cookie is sent over HTTPS only. */
  readonly secureCookies: boolean
}

/** Sign-in of people. */
export const authRoutes: FastifyPluginAsyncTypebox<AuthRoutesOptions> = async (app, options) => {
  // Here and not for all routes: no other one reads cookies.
  await app.register(fastifyCookie)
  const { db, throttle } = options
  const cookie = {
    httpOnly: true,
    sameSite: 'strict',
    secure: options.secureCookies,
    path: COOKIE_PATH,
    maxAge: SESSION_DAYS * 86_400,
  } as const

  const answer = (
    reply: FastifyReply,
    account: Account,
    session: { sessionId: string; refreshToken: string },
  ): Session => {
    reply.setCookie(REFRESH_COOKIE, session.refreshToken, cookie)
    const token = options.issueAccessToken({
      id: account.id,
      organizationId: account.organization_id,
      role: account.role,
      sessionId: session.sessionId,
    })
    return { ...token, user: toUser(account) }
  }

  app.post(
    '/login',
    {
      schema: {
        tags: ['auth'],
        summary: 'Sign in',
        body: LoginRequest,
        response: { 200: Session, '4xx': ErrorBody },
      },
      config: { policy: { auth: ['none'], rateClass: 'login' } },
    },
    async (request, reply) => {
      refuseForeignOrigin(request)
      const email = normalizeEmail(request.body.email)
      await throttle.begin(email, request.ip)
      const account = await findAccountByEmail(db, email)
      const isRight = await verifyPassword(account?.password_hash, request.body.password)
      if (!isRight || account === undefined)
        throw new AnalyticsError('invalid_credentials', 'the e-mail or the password is wrong')
      await throttle.succeed(email, request.ip)
      return answer(reply, account, await createSession(db, account.organization_id, account.id))
    },
  )

  app.post(
    '/refresh',
    {
      schema: {
        tags: ['auth'],
        summary: 'Exchange the refresh cookie for a new access token',
        body: NoBody,
        response: { 200: Session, '4xx': ErrorBody },
      },
      config: { policy: { auth: ['none'], rateClass: 'write' } },
    },
    async (request, reply) => {
      refuseForeignOrigin(request)
      const refreshToken = request.cookies[REFRESH_COOKIE]
      if (refreshToken === undefined)
        throw new AnalyticsError('unauthenticated', 'the request carries no refresh cookie')
      const rotation = await rotateRefreshToken(db, refreshToken)
      if (rotation.kind === 'rotated') return answer(reply, rotation.account, rotation)
      if (rotation.kind === 'raced') {
        throw new AnalyticsError('conflict', 'the refresh token was exchanged a moment ago', {
          hint: 'try again with the new cookie',
        })
      }
      if (rotation.kind === 'replayed') {
        request.log.warn(
          { requestId: request.id, sessionId: rotation.sessionId, organizationId: rotation.organizationId },
          'refresh token replayed',
        )
        await options.revokeSession(rotation.organizationId, rotation.sessionId)
      }
      reply.clearCookie(REFRESH_COOKIE, { path: COOKIE_PATH })
      throw new AnalyticsError('invalid_token', 'the session has ended', { hint: 'sign in again' })
    },
  )

  app.post(
    '/logout',
    {
      schema: {
        tags: ['auth'],
        summary: 'End the session',
        body: NoBody,
        response: { 204: Type.Null(), '4xx': ErrorBody },
      },
      config: { policy: { auth: ['none'], rateClass: 'write' } },
    },
    async (request, reply) => {
      refuseForeignOrigin(request)
      const refreshToken = request.cookies[REFRESH_COOKIE]
      const ended = refreshToken === undefined ? undefined : await endSessionOf(db, refreshToken)
      if (ended !== undefined) await options.revokeSession(ended.organizationId, ended.sessionId)
      reply.clearCookie(REFRESH_COOKIE, { path: COOKIE_PATH })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/me',
    {
      schema: { tags: ['auth'], summary: 'Who is signed in', response: { 200: User, '4xx': ErrorBody } },
      config: { policy: { auth: ['user'], rateClass: 'read' } },
    },
    async ({ principal }) => {
      const account = await findAccount(db, principal.organizationId, principal.subject)
      if (account === undefined) {
        await endSession(db, principal.organizationId, principal.credentialId)
        throw new AnalyticsError('invalid_token', 'the credential is not valid here')
      }
      return toUser(account)
    },
  )
}

/**
 * Refuses what a page of another site sent. SameSite=Strict keeps the cookie from it already; this also stops signing a
 * visitor in to a stranger's account, for which no cookie is needed.
 */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers
  const isForeign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && !isOwnOrigin(origin, request.host))
  if (isForeign) throw new AnalyticsError('origin_denied', 'sign-in works from the console’s own pages only')
}

function isOwnOrigin(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, host: originHost } = new URL(origin)
  // Parsed under the same protocol, so that a default port does not matter.
  return URL.canParse(`${protocol}//${host}`) && new URL(`${protocol}//${host}`).host === originHost
}

function toUser(account: Account): User {
  return {
    id: account.id,
    email: account.email,
    name: account.name,
    role: account.role,
    permissions: [...ROLE_PERMISSIONS[account.role]],
    organization: { id: account.organization_id, name: account.organization_name },
  }
}
