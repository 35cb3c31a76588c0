import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guard } from '../src/plugins/guard.ts'
import type { CredentialKind } from '../src/principal.ts'
import { RATE_CLASSES } from '../src/route-policy.ts'
import { buildTestServer, INVALID_TOKEN, problem, type TestServer } from './build-test-server.ts'

const UNAUTHENTICATED = problem({
  code: 'unauthenticated',
  status: 401,
  title: 'Credentials required',
  detail: 'the request carries no credential',
})

/** The routes there are. A new one is added here by hand, with a look at what it takes. */
const EXPECTED = [
  'DELETE /api/v1/dashboards/:id user api-key dashboards:write',
  'DELETE /api/v1/data-sources/:id user api-key data-sources:write',
  'DELETE /api/v1/embed/keys/:kid user api-key organization:manage',
  'DELETE /api/v1/models/drafts/:id user api-key models:write',
  'GET /api/v1/audit user api-key audit:read',
  'GET /api/v1/auth/me user',
  'GET /api/v1/cache user api-key cache:manage',
  'GET /api/v1/dashboards user api-key dashboards:read',
  'GET /api/v1/dashboards/:id user api-key embed dashboards:read view',
  'GET /api/v1/data-sources user api-key data-sources:read',
  'GET /api/v1/data-sources/:id user api-key data-sources:read',
  'GET /api/v1/data-sources/:id/schema user api-key data-sources:write',
  'GET /api/v1/embed/keys user api-key organization:manage',
  'GET /api/v1/meta user api-key embed query:run explore',
  'GET /api/v1/models user api-key models:read',
  'GET /api/v1/models/drafts/:id user api-key models:read',
  'GET /api/v1/models/drafts/:id/diff user api-key models:read',
  'GET /api/v1/models/versions user api-key models:read',
  'GET /api/v1/models/versions/:number user api-key models:read',
  'GET /api/v1/organizations/current/limits user api-key organization:manage',
  'GET /api/v1/query/log user api-key query:stats',
  'GET /api/v1/query/log/:id user api-key query:stats',
  'GET /api/v1/query/stats user api-key query:stats',
  'GET /api/v1/query/timeline user api-key query:stats',
  'GET /api/v1/rollups user api-key rollups:read',
  'GET /api/v1/rollups/advice user api-key rollups:read',
  'GET /cubejs-api/v1/dry-run user api-key embed query:run explore',
  'GET /cubejs-api/v1/load user api-key embed query:run explore',
  'GET /cubejs-api/v1/meta user api-key embed query:run explore',
  'GET /cubejs-api/v1/sql user api-key embed query:sql',
  'GET /cubejs-api/v1/subscribe user api-key embed query:run explore',
  'GET /docs none',
  'GET /docs/json none',
  'GET /docs/static/* none',
  'GET /docs/static/index.html none',
  'GET /docs/static/swagger-initializer.js none',
  'GET /docs/yaml none',
  'GET /health none',
  'GET /livez none',
  'GET /metrics none',
  'GET /openapi.json none',
  'GET /ready none',
  'GET /readyz none',
  'PATCH /api/v1/dashboards/:id user api-key dashboards:write',
  'PATCH /api/v1/data-sources/:id user api-key data-sources:write',
  'PATCH /api/v1/models/drafts/:id user api-key models:write',
  'PATCH /api/v1/organizations/current/limits user api-key organization:manage',
  'POST /api/v1/auth/login none',
  'POST /api/v1/auth/logout none',
  'POST /api/v1/auth/refresh none',
  'POST /api/v1/cache/inspect user api-key cache:manage',
  'POST /api/v1/cache/invalidate user api-key cache:manage',
  'POST /api/v1/dashboards user api-key dashboards:write',
  'POST /api/v1/dashboards/:id/filters/:filterId/options user api-key embed dashboards:read filter',
  'POST /api/v1/dashboards/:id/query user api-key embed dashboards:read view',
  'POST /api/v1/data-sources user api-key data-sources:write',
  'POST /api/v1/data-sources/:id/model user api-key data-sources:write',
  'POST /api/v1/data-sources/:id/test user api-key data-sources:write',
  'POST /api/v1/data-sources/:name/data-changed user api-key cache:manage',
  'POST /api/v1/data-sources/rotate-keys user api-key data-sources:write',
  'POST /api/v1/data-sources/test user api-key data-sources:write',
  'POST /api/v1/embed/keys user api-key organization:manage',
  'POST /api/v1/embed/tokens user api-key embed:issue',
  'POST /api/v1/embed/tokens/revoke user api-key embed:issue',
  'POST /api/v1/models/drafts user api-key models:write',
  'POST /api/v1/models/drafts/:id/publish user api-key models:write',
  'POST /api/v1/models/validate user api-key models:read',
  'POST /api/v1/models/versions/:number/restore user api-key models:write',
  'POST /api/v1/query user api-key embed query:run explore',
  'POST /api/v1/query/batch user api-key embed query:run explore',
  'POST /api/v1/query/export user api-key embed query:export explore',
  'POST /api/v1/query/sql user api-key query:sql',
  'POST /api/v1/query/suggest user api-key embed query:run explore',
  'POST /api/v1/rollups/:name/build user api-key rollups:manage',
  'POST /cubejs-api/v1/dry-run user api-key embed query:run explore',
  'POST /cubejs-api/v1/load user api-key embed query:run explore',
  'POST /cubejs-api/v1/sql user api-key embed query:sql',
  'POST /cubejs-api/v1/subscribe user api-key embed query:run explore',
  // Embed tokens are let in to be told 403; see cubejs-access.test.ts.
]

describe('the routes', () => {
  let server: TestServer
  const credentials = {} as Record<CredentialKind | 'expired' | 'refresh' | 'revoked', Record<string, string>>
  let nowMs = Date.now()

  beforeAll(async () => {
    server = await buildTestServer({ now: () => nowMs })
    const login = await server.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { email: 'admin@example.com', password: 'correct horse battery staple' },
    })
    const expired = await server.mint({ ttlSeconds: 10 })
    nowMs += 11_000
    credentials.none = {}
    credentials.user = { authorization: `Bearer ${login.json<{ accessToken: string }>().accessToken}` }
    credentials['api-key'] = { 'x-api-key': server.apiKey }
    credentials.embed = { authorization: `Bearer ${await server.mint({ actions: ['view', 'filter', 'explore'] })}` }
    credentials.expired = { authorization: `Bearer ${expired}` }
    credentials.refresh = { authorization: `Bearer ${login.cookies[0]?.value}` }
    const revoked = await server.mint()
    const { jti } = JSON.parse(Buffer.from(revoked.split('.')[1] ?? '', 'base64url').toString())
    await server.asKey({ method: 'POST', url: '/api/v1/embed/tokens/revoke', payload: { jti } })
    credentials.revoked = { authorization: `Bearer ${revoked}` }
  })
  afterAll(() => server.close())

  const requestFor = (method: string, url: string): InjectOptions => ({
    method: method as 'GET',
    url: url.replace(':id', 'sales').replace(':number', '1').replace('*', 'index.css').replace(/:\w+/g, 'x'),
    headers: { 'if-match': '"999"' },
    ...(['POST', 'PATCH'].includes(method) && { payload: {} }),
  })

  it('are those listed here, each with its policy', () => {
    const routes = server.app.routeTable.filter(({ method }) => method !== 'HEAD')
    const lines = routes.map(({ method, url, policy }) =>
      [method, url, ...policy.auth, policy.permission, policy.action].filter(Boolean).join(' '),
    )
    expect(lines.sort()).toEqual(EXPECTED)
    for (const { policy } of routes) expect(RATE_CLASSES).toContain(policy.rateClass)
  })

  it('are those of docs/reference/http-api.md', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/reference/http-api.md'), 'utf8')
    const documented = [...page.matchAll(/^\| `([A-Z]+ \/\S*)` \|/gm)].map(([, route]) => route)
    const declared = server.app.routeTable
      .filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/docs'))
      .map(({ method, url }) => `${method} ${url}`)
    expect(documented.sort()).toEqual(declared.sort())
  })

  it('AUT-19 leave an entry in the audit log when they change what an organization has', () => {
    const silent = server.app.routeTable
      .filter(
        ({ method, policy }) => !['GET', 'HEAD'].includes(method) && /:(?:write|manage)$/.test(policy.permission ?? ''),
      )
      .filter(({ policy }) => policy.audit === undefined)
    expect(silent.map(({ method, url }) => `${method} ${url}`)).toEqual([])
  })

  it('answer each kind of credential as their policy says', async () => {
    for (const { method, url, policy } of server.app.routeTable) {
      const isOpen = policy.auth.includes('none')
      // An address with many failures within a minute is told to wait.
      nowMs += 2_000
      for (const [kind, headers] of Object.entries(credentials)) {
        const request = requestFor(method, url)
        const response = await server.app.inject({ ...request, headers: { ...request.headers, ...headers } })
        const where = `${method} ${url} with ${kind}`
        const isListed = isOpen || policy.auth.includes(kind as CredentialKind)
        expect(response.statusCode, where).toBeLessThan(500)
        if (isListed) {
          if (!url.startsWith('/api/v1/auth')) expect(response.statusCode, where).not.toBe(401)
        } else {
          expect(response.statusCode, where).toBe(401)
          if (method === 'HEAD') continue
          if (url.startsWith('/cubejs-api/')) expectCubeError(response.json(), kind, where)
          else if (kind === 'none') expect(response.json(), where).toEqual(UNAUTHENTICATED)
          else if (kind === 'expired') expect(response.json(), where).toMatchObject({ code: 'token_expired' })
          else expect(response.json(), where).toEqual(INVALID_TOKEN)
        }
      }
    }
  })

  it('refuse a body with an unknown field, each one that takes a body', async () => {
    for (const { method, url, policy } of server.app.routeTable) {
      if (!['POST', 'PATCH'].includes(method)) continue
      const headers = policy.auth.includes('none') ? {} : credentials.user
      const request = requestFor(method, url)
      const response = await server.app.inject({
        ...request,
        headers: { ...request.headers, ...headers },
        payload: { thisFieldDoesNotExist: 1 },
      })
      expect(response.statusCode, `${method} ${url}: ${response.body}`).toBe(400)
      expect(response.json<{ errors: unknown[] }>().errors, `${method} ${url}`).toContainEqual({
        path: 'thisFieldDoesNotExist',
        message: 'is not a known field',
      })
    }
  })

  it.each([
    ['no policy', {}, 'route GET /x declares no config.policy'],
    ['no credential kinds', { auth: [], rateClass: 'read' }, 'route GET /x must say which credentials it takes'],
    ['an unknown kind', { auth: ['cookie'], rateClass: 'read' }, 'route GET /x must say which credentials it takes'],
    ['no rate class', { auth: ['user'] }, 'route GET /x has no rate class'],
  ])('stop the server from starting with %s', async (_, policy, message) => {
    await expect(startWith('GET', Object.keys(policy).length === 0 ? undefined : policy)).rejects.toThrow(message)
  })

  it('stop the server from starting without a schema for a body', async () => {
    await expect(startWith('POST', { auth: ['user'], rateClass: 'read' })).rejects.toThrow(
      'route POST /x takes a body but declares no schema for it',
    )
  })
})

/** The same refusals as Cube's clients read them. */
function expectCubeError(body: unknown, kind: string, where: string): void {
  const { code, detail } =
    kind === 'none'
      ? UNAUTHENTICATED
      : kind === 'expired'
        ? { code: 'token_expired', detail: 'the token has expired' }
        : INVALID_TOKEN
  expect(body, where).toMatchObject({ error: detail, code, requestId: expect.any(String) })
}

async function startWith(method: string, policy: unknown): Promise<void> {
  const app = Fastify()
  // The guard asks its options for nothing before a request comes.
  await app.register(guard, { ratesPerMinute: {} } as never)
  app.route({ method, url: '/x', handler: () => null, config: { policy } as never })
  await app.ready()
}
