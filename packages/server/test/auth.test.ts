import type { Session } from '@datainsight/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOGIN_LIMITS } from '../src/auth/login-throttle.ts'
import { REUSE_GRACE_SECONDS } from '../src/auth/repository.ts'
import { ADMIN, buildTestServer, INVALID_TOKEN, problem, type TestServer } from './build-test-server.ts'
import { DATABASES } from './test-databases.ts'

const LOGIN = { method: 'POST', url: '/api/v1/auth/login' } as const
const REFRESH = { method: 'POST', url: '/api/v1/auth/refresh' } as const
const LOGOUT = { method: 'POST', url: '/api/v1/auth/logout' } as const

const WRONG = problem({
  code: 'invalid_credentials',
  status: 401,
  title: 'Wrong e-mail or password',
  detail: 'the e-mail or the password is wrong',
})

describe.each(DATABASES)('sign-in on %s', (database) => {
  let server: TestServer
  beforeAll(async () => {
    server = await buildTestServer({ database })
  })
  afterAll(() => server.close())

  const login = async (headers: Record<string, string> = {}) => {
    const response = await server.app.inject({ ...LOGIN, headers, payload: ADMIN })
    const [cookie] = response.cookies
    return { response, session: response.json<Session>(), cookie: `${cookie?.name}=${cookie?.value}` }
  }
  const forgetAttempts = () => server.app.db.deleteFrom('login_attempts').execute()

  it('answers an access token and hides the refresh token in a cookie', async () => {
    const { response, session } = await login()
    expect(response.statusCode).toBe(200)
    expect(session).toEqual({
      accessToken: expect.stringMatching(/^eyJ/),
      expiresIn: 900,
      user: {
        id: expect.any(String),
        email: ADMIN.email,
        name: 'Administrator',
        role: 'owner',
        permissions: expect.arrayContaining(['organization:manage', 'embed:issue']),
        organization: { id: server.organizationId, name: 'Default organization' },
      },
    })
    expect(response.cookies).toEqual([
      {
        name: 'datainsight_refresh',
        value: expect.stringMatching(/^[\w-]{43}$/),
        httpOnly: true,
        sameSite: 'Strict',
        path: '/api/v1/auth',
        maxAge: 1_209_600,
      },
    ])
    const me = await server.asToken(session.accessToken, { method: 'GET', url: '/api/v1/auth/me' })
    expect(me.statusCode).toBe(200)
    expect(me.json()).toEqual(session.user)
  })

  it('AUT-02 answers unknown e-mails exactly as wrong passwords', async () => {
    const known = await server.app.inject({ ...LOGIN, payload: { email: ADMIN.email, password: 'wrong' } })
    const unknown = await server.app.inject({ ...LOGIN, payload: { email: 'nobody@example.com', password: 'wrong' } })
    expect(known.statusCode).toBe(401)
    expect(known.json()).toEqual(WRONG)
    expect(unknown.statusCode).toBe(401)
    expect(unknown.json()).toEqual(WRONG)
    const headers = ({ headers }: typeof known) => Object.keys(headers).sort()
    expect(headers(unknown)).toEqual(headers(known))
    await forgetAttempts()
  })

  it('takes the e-mail in any spelling', async () => {
    const response = await server.app.inject({ ...LOGIN, payload: { ...ADMIN, email: '  Admin@EXAMPLE.com ' } })
    expect(response.statusCode).toBe(200)
  })

  it('refuses passwords too long to hash before hashing them', async () => {
    const response = await server.app.inject({ ...LOGIN, payload: { email: ADMIN.email, password: 'x'.repeat(2_000) } })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toEqual(
      problem({
        code: 'invalid_request',
        status: 400,
        title: 'Invalid request',
        detail: 'the body is not valid: password must have at most 1024 characters, not 2000',
        errors: [{ path: 'password', message: 'must have at most 1024 characters, not 2000' }],
      }),
    )
  })

  it('AUT-03 throttles guesses of one address at one account, in any spelling, and lets others in', async () => {
    await forgetAttempts()
    const guess = (email: string, remoteAddress: string) =>
      server.app.inject({ ...LOGIN, remoteAddress, payload: { email, password: 'wrong' } })
    for (let attempt = 0; attempt < LOGIN_LIMITS.pair; attempt++) {
      expect((await guess(attempt % 2 ? ADMIN.email : ' ADMIN@example.com', '192.0.2.1')).statusCode).toBe(401)
    }
    const refused = await server.app.inject({ ...LOGIN, remoteAddress: '192.0.2.1', payload: ADMIN })
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.json()).toEqual(
      problem({
        code: 'rate_limited',
        status: 429,
        title: 'Too many requests',
        detail: 'too many sign-in attempts',
        hint: 'try again in 15 min',
      }),
    )
    const spoofed = await server.app.inject({
      ...LOGIN,
      remoteAddress: '192.0.2.1',
      headers: { 'x-forwarded-for': '198.51.100.7' },
      payload: ADMIN,
    })
    expect(spoofed.statusCode).toBe(429)
    const owner = await server.app.inject({ ...LOGIN, remoteAddress: '192.0.2.2', payload: ADMIN })
    expect(owner.statusCode).toBe(200)
    await forgetAttempts()
  })

  it('AUT-03 throttles one account over many addresses, known or not, and opens it again after the window', async () => {
    await forgetAttempts()
    const guess = (email: string, index: number) =>
      server.app.inject({
        ...LOGIN,
        remoteAddress: `198.51.100.${index}`,
        payload: { email, password: 'wrong' },
      })
    // The counters are what a long attack leaves; making each guess would only take longer.
    for (const email of [ADMIN.email, 'nobody@example.com']) {
      await guess(email, 1)
      await sql`update login_attempts set attempts = ${LOGIN_LIMITS.account} where attempts = 1`.execute(server.app.db)
      expect((await guess(email, 2)).statusCode).toBe(429)
      await sql`update login_attempts set window_start = now() - interval '16 minutes'`.execute(server.app.db)
      expect((await guess(email, 3)).statusCode).toBe(401)
      await forgetAttempts()
    }
  })

  it('rotates the refresh token', async () => {
    const { cookie } = await login()
    const response = await server.app.inject({ ...REFRESH, headers: { cookie } })
    expect(response.statusCode).toBe(200)
    expect(response.json<Session>().user.email).toBe(ADMIN.email)
    expect(response.cookies[0]?.value).not.toBe(cookie.split('=')[1])
  })

  it('has exactly one winner when a refresh token is exchanged many times at once, and the session lives on', async () => {
    const { cookie } = await login()
    const responses = await Promise.all(
      Array.from({ length: 12 }, () => server.app.inject({ ...REFRESH, headers: { cookie } })),
    )
    const winners = responses.filter(({ statusCode }) => statusCode === 200)
    expect(winners).toHaveLength(1)
    const losers = responses.filter(({ statusCode }) => statusCode !== 200)
    for (const loser of losers) {
      expect(loser.statusCode).toBe(409)
      expect(loser.cookies).toEqual([])
      expect(loser.json()).toEqual(
        problem({
          code: 'conflict',
          status: 409,
          title: 'Conflict',
          detail: 'the refresh token was exchanged a moment ago',
          hint: 'try again with the new cookie',
        }),
      )
    }
    const next = `datainsight_refresh=${winners[0]?.cookies[0]?.value}`
    expect((await server.app.inject({ ...REFRESH, headers: { cookie: next } })).statusCode).toBe(200)
  })

  it('ends the whole session, its access tokens included, when a refresh token is replayed', async () => {
    const { cookie } = await login()
    const winner = await server.app.inject({ ...REFRESH, headers: { cookie } })
    const { accessToken } = winner.json<Session>()
    await sql`update refresh_tokens set used_at = used_at - make_interval(secs => ${REUSE_GRACE_SECONDS + 1}) where used_at is not null`.execute(
      server.app.db,
    )
    const replay = await server.app.inject({ ...REFRESH, headers: { cookie } })
    expect(replay.statusCode).toBe(401)
    expect(replay.json()).toEqual(
      problem({
        code: 'invalid_token',
        status: 401,
        title: 'Invalid token',
        detail: 'the session has ended',
        hint: 'sign in again',
      }),
    )
    const next = `datainsight_refresh=${winner.cookies[0]?.value}`
    expect((await server.app.inject({ ...REFRESH, headers: { cookie: next } })).statusCode).toBe(401)
    const me = await server.asToken(accessToken, { method: 'GET', url: '/api/v1/auth/me' })
    expect(me.statusCode).toBe(401)
    expect(me.json()).toEqual(INVALID_TOKEN)
  })

  it('ends the session on logout, wherever its tokens are', async () => {
    const { cookie, session } = await login()
    const response = await server.app.inject({ ...LOGOUT, headers: { cookie } })
    expect(response.statusCode).toBe(204)
    expect(response.body).toBe('')
    expect(response.cookies[0]).toMatchObject({ name: 'datainsight_refresh', value: '', path: '/api/v1/auth' })
    expect((await server.app.inject({ ...REFRESH, headers: { cookie } })).statusCode).toBe(401)
    const me = await server.asToken(session.accessToken, { method: 'GET', url: '/api/v1/auth/me' })
    expect(me.json()).toEqual(INVALID_TOKEN)
  })

  it('is at ease with a logout of nobody', async () => {
    expect((await server.app.inject(LOGOUT)).statusCode).toBe(204)
  })

  it('says where an API key goes to who sent it as a token, good or not', async () => {
    for (const key of [server.apiKey, 'di_nobodys']) {
      const authorization = `Bearer ${key}`
      const response = await server.app.inject({ url: '/api/v1/dashboards', headers: { authorization } })
      expect(response.statusCode).toBe(401)
      expect(response.json()).toEqual({ ...INVALID_TOKEN, hint: expect.stringContaining('X-Api-Key') })
    }
  })

  it('asks for a cookie to refresh', async () => {
    const response = await server.app.inject(REFRESH)
    expect(response.statusCode).toBe(401)
    expect(response.json()).toEqual(
      problem({
        code: 'unauthenticated',
        status: 401,
        title: 'Credentials required',
        detail: 'the request carries no refresh cookie',
      }),
    )
  })

  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['the null origin', { origin: 'null' }],
    ['an origin that merely starts like ours', { origin: 'http://localhost:80.evil.example' }],
    ['a cross-site page', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling site', { 'sec-fetch-site': 'same-site' }],
  ])('AUT-12 refuses cookie requests from %s', async (_, headers) => {
    const { cookie } = await login()
    for (const [request, payload] of [
      [LOGIN, ADMIN],
      [REFRESH, undefined],
      [LOGOUT, undefined],
    ] as const) {
      const response = await server.app.inject({
        ...request,
        headers: { ...headers, cookie },
        ...(payload && { payload }),
      })
      expect(response.statusCode).toBe(403)
      expect(response.json()).toEqual(
        problem({
          code: 'origin_denied',
          status: 403,
          title: 'Origin not allowed',
          detail: 'sign-in works from the console’s own pages only',
        }),
      )
      expect(response.headers['access-control-allow-credentials']).toBeUndefined()
    }
    const own = await server.app.inject({
      ...REFRESH,
      headers: { cookie, origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' },
    })
    expect(own.statusCode).toBe(200)
  })

  it('AUT-12 takes no form, no text and no other method for a sign-in', async () => {
    for (const contentType of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
      const response = await server.app.inject({
        ...LOGIN,
        headers: { 'content-type': contentType },
        payload: JSON.stringify(ADMIN),
      })
      expect(response.statusCode).toBe(415)
    }
    const get = await server.app.inject({ method: 'GET', url: '/api/v1/auth/login' })
    expect(get.statusCode).toBe(405)
    expect(get.headers.allow).toBe('POST')
    const override = await server.app.inject({
      method: 'GET',
      url: '/api/v1/auth/logout',
      headers: { 'x-http-method-override': 'POST' },
    })
    expect(override.statusCode).toBe(405)
  })

  it('AUT-06 gives a new session at each sign-in, whatever cookie came with it', async () => {
    const first = await login()
    const second = await server.app.inject({ ...LOGIN, headers: { cookie: first.cookie }, payload: ADMIN })
    expect(second.cookies[0]?.value).not.toBe(first.cookie.split('=')[1])
    expect((await server.app.inject({ ...REFRESH, headers: { cookie: first.cookie } })).statusCode).toBe(200)
  })
})
