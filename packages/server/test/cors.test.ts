import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALLOWED_ORIGIN, buildTestServer, type TestServer } from './build-test-server.ts'

const OTHER_ORIGIN = 'https://other-vendor.example'
const PATH = '/api/v1/dashboards/sales'

describe('CORS', () => {
  let server: TestServer
  let embed: string
  let user: string
  let otherKey: string
  beforeAll(async () => {
    server = await buildTestServer()
    otherKey = (await server.addOrganization([OTHER_ORIGIN])).apiKey
    embed = await server.mint()
    user = (await server.signIn()).accessToken
  })
  afterAll(() => server.close())

  const corsHeaders = (headers: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')))

  const preflight = (origin: string, url = PATH) =>
    server.app.inject({
      method: 'OPTIONS',
      url,
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    })

  it.each([ALLOWED_ORIGIN, OTHER_ORIGIN])(
    'answers the preflight of %s, which some organization allows',
    async (origin) => {
      const response = await preflight(origin)
      expect(response.statusCode).toBe(204)
      expect(response.headers.vary).toBe('Origin')
      expect(corsHeaders(response.headers)).toEqual({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
        'access-control-allow-headers':
          'Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id',
        'access-control-max-age': '600',
      })
    },
  )

  it.each([
    'https://evil.example',
    'null',
    'http://app.example.com',
    'https://app.example.com:444',
    'https://evil-app.example.com',
    'https://app.example.com.evil.example',
    'https://APP.EXAMPLE.COM',
    'https://app.example.com/',
    '*',
    '',
  ])('XSS-12 tells a preflight of %j nothing', async (origin) => {
    const response = await preflight(origin)
    expect(response.statusCode).toBe(204)
    expect(corsHeaders(response.headers)).toEqual({})
    expect(response.headers.vary).toBe('Origin')
  })

  it.each([
    ['an embed token', () => ({ authorization: `Bearer ${embed}` }), ALLOWED_ORIGIN, 200, true],
    ['a user', () => ({ authorization: `Bearer ${user}` }), ALLOWED_ORIGIN, 200, true],
    ['a user at another organization’s page', () => ({ authorization: `Bearer ${user}` }), OTHER_ORIGIN, 200, false],
    [
      'an embed token at another organization’s page',
      () => ({ authorization: `Bearer ${embed}` }),
      OTHER_ORIGIN,
      403,
      false,
    ],
    [
      'an embed token at a stranger’s page',
      () => ({ authorization: `Bearer ${embed}` }),
      'https://evil.example',
      403,
      false,
    ],
    ['another organization’s key at its page', () => ({ 'x-api-key': otherKey }), OTHER_ORIGIN, 200, true],
    ['another organization’s key at ours', () => ({ 'x-api-key': otherKey }), ALLOWED_ORIGIN, 200, false],
    ['no credential at a known page', () => ({}), ALLOWED_ORIGIN, 401, true],
    ['no credential at a stranger’s page', () => ({}), 'https://evil.example', 401, false],
    ['a bad token at a known page', () => ({ authorization: 'Bearer a.b.c' }), ALLOWED_ORIGIN, 401, true],
  ])('lets %s be read or not', async (_, headers, origin, status, isReadable) => {
    const response = await server.app.inject({ method: 'GET', url: PATH, headers: { ...headers(), origin } })
    expect(response.statusCode).toBe(status)
    expect(response.headers.vary).toBe('Origin')
    expect(corsHeaders(response.headers)).toEqual(
      isReadable
        ? {
            'access-control-allow-origin': origin,
            'access-control-expose-headers': 'ETag, Location, Retry-After, X-Request-Id, X-Result-Warnings',
          }
        : {},
    )
  })

  it('never allows cookies', async () => {
    for (const origin of [ALLOWED_ORIGIN, 'https://evil.example']) {
      for (const url of [PATH, '/api/v1/auth/refresh', '/api/v1/auth/login']) {
        const asked = await preflight(origin, url)
        const sent = await server.app.inject({ method: 'POST', url, headers: { origin }, payload: {} })
        for (const { headers } of [asked, sent]) expect(headers['access-control-allow-credentials']).toBeUndefined()
      }
    }
  })

  it('takes a new origin of an organization within one reading', async () => {
    const origin = 'https://new.example'
    expect(corsHeaders((await preflight(origin)).headers)).toEqual({})
    await server.app.db
      .updateTable('organizations')
      .set({ allowed_origins: [ALLOWED_ORIGIN, origin], updated_at: new Date() })
      .where('id', '=', server.organizationId)
      .execute()
    await server.app.refreshIdentities()
    expect((await preflight(origin)).headers['access-control-allow-origin']).toBe(origin)
    const response = await server.asToken(embed, { method: 'GET', url: PATH, headers: { origin } })
    expect(response.statusCode).toBe(200)
  })
})
