import { generateKeyPairSync } from 'node:crypto'
import type { EmbedClaims } from '@datainsight/core'
import { signEmbedToken } from '@datainsight/core/token'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { revokeSigningKey } from '../src/embed-tokens/repository.ts'
import { readIdentityChanges } from '../src/identity/repository.ts'
import { buildTestServer, INVALID_TOKEN, problem, type TestServer } from './build-test-server.ts'
import { DATABASES } from './test-databases.ts'

const MINT = { method: 'POST', url: '/api/v1/embed/tokens' } as const
const READ = { method: 'GET', url: '/api/v1/dashboards/sales' } as const
const RESOURCES = [{ type: 'dashboard', id: 'sales' }] as const

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as EmbedClaims
const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())

describe.each(DATABASES)('embed tokens on %s', (database) => {
  let server: TestServer
  beforeAll(async () => {
    server = await buildTestServer({ database })
  })
  afterAll(() => server.close())

  const mint = (payload: object) => server.asKey({ ...MINT, payload })

  it('mints a token with what was asked for and nothing else', async () => {
    const request = {
      subject: 'user-42',
      resources: RESOURCES,
      attributes: { region: ['north'], level: 3 },
      filters: [{ or: [{ member: 'orders.region', operator: 'equals', values: ['north'] }] }],
      members: { deny: ['orders.email'], mask: ['orders.amount'] },
      actions: ['view', 'filter'],
      origins: ['https://app.example.com'],
      limits: { rows: 100, rpm: 60 },
      locale: 'nl-BE',
      timezone: 'Europe/Brussels',
      ttlSeconds: 300,
    }
    const before = Math.floor(Date.now() / 1_000)
    const response = await mint(request)
    expect(response.statusCode).toBe(200)
    const { token, expiresAt } = response.json<{ token: string; expiresAt: string }>()
    expect(response.json()).toEqual({ token: expect.any(String), expiresAt: expect.any(String) })
    expect(headerOf(token)).toEqual({ alg: 'HS256', typ: 'embed+jwt', kid: expect.any(String) })
    const claims = claimsOf(token)
    const { subject, ttlSeconds, ...grants } = request
    expect(claims).toEqual({
      iss: server.organizationId,
      aud: 'datainsight:embed',
      sub: subject,
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: claims.iat + ttlSeconds,
      ...grants,
    })
    expect(claims.iat).toBeGreaterThanOrEqual(before)
    expect(expiresAt).toBe(new Date(claims.exp * 1_000).toISOString())
    const read = await server.asToken(token, { ...READ, headers: { origin: 'https://app.example.com' } })
    expect(read.statusCode).toBe(200)
  })

  it('lives ten minutes when the request does not say', async () => {
    const { token } = (await mint({ subject: 'u', resources: RESOURCES })).json<{ token: string }>()
    expect(claimsOf(token).exp - claimsOf(token).iat).toBe(600)
  })

  it('names every resource, member and zone that does not exist', async () => {
    const response = await mint({
      subject: 'u',
      resources: [...RESOURCES, { type: 'dashboard', id: 'nope' }],
      filters: [
        { member: 'orders.region', operator: 'set' },
        { and: [{ or: [{ member: 'orders.nope', operator: 'set' }] }] },
      ],
      members: { deny: ['orders.email', 'nope.email'], mask: ['__proto__.x'] },
      timezone: 'Mars/Olympus',
    })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toEqual(
      problem({
        code: 'invalid_request',
        status: 400,
        title: 'Invalid request',
        detail: 'the token cannot be issued: resources[1].id is not a dashboard: nope',
        errors: [
          { path: 'resources[1].id', message: 'is not a dashboard: nope' },
          { path: 'filters[1].and[0].or[0].member', message: 'is not a member of the model: orders.nope' },
          { path: 'members.deny[1]', message: 'is not a member of the model: nope.email' },
          { path: 'members.mask[0]', message: 'is not a member of the model: __proto__.x' },
          { path: 'timezone', message: 'is not a time zone: Mars/Olympus' },
        ],
      }),
    )
  })

  it.each([
    ['an unknown claim', { role: 'admin' }, 'role', 'is not a known field'],
    [
      'an unknown action',
      { actions: ['view', 'delete'] },
      'actions[1]',
      expect.stringMatching(/^must be one of view, .*, not "delete"$/),
    ],
    ['every action', { actions: ['*'] }, 'actions[0]', expect.stringMatching(/not "\*"$/)],
    ['a longer life', { ttlSeconds: 3_601 }, 'ttlSeconds', 'must be at most 3600, not 3601'],
    [
      'another kind of resource',
      { resources: [{ type: 'chart', id: 'x' }] },
      'resources[0].type',
      'must be "dashboard", not "chart"',
    ],
    ['an unknown member list', { members: { allow: [] } }, 'members.allow', 'is not a known field'],
    [
      'a deep filter tree',
      { filters: [JSON.parse(`${'{"or":['.repeat(9)}{"member":"orders.region","operator":"set"}${']}'.repeat(9)}`)] },
      'filters',
      'must be nested at most 8 deep, not 9',
    ],
    ['more rows than there may be', { limits: { rows: 1e9 } }, 'limits.rows', 'must be at most 50000, not 1000000000'],
    ['an attribute with a strange name', { attributes: { 'a b': 1 } }, 'attributes.a b', 'is not a known field'],
  ])('TOK-08 refuses %s, naming it', async (_, extra, path, message) => {
    const response = await mint({ subject: 'u', resources: RESOURCES, ...extra })
    expect(response.statusCode).toBe(400)
    expect(response.json().errors).toEqual([{ path, message }])
  })

  it('TOK-08 refuses who may not issue tokens', async () => {
    const { token } = await server.addUser('editor')
    const refused = await server.asToken(token, { ...MINT, payload: { subject: 'u', resources: RESOURCES } })
    expect(refused.statusCode).toBe(403)
    expect(refused.json()).toEqual(
      problem({
        code: 'forbidden',
        status: 403,
        title: 'Not allowed',
        detail: 'the permission embed:issue is required',
      }),
    )
    const other = await server.addOrganization()
    const scoped = await server.app.inject({
      ...MINT,
      headers: { 'x-api-key': other.apiKey },
      payload: { subject: 'u', resources: RESOURCES },
    })
    expect(scoped.statusCode).toBe(403)
    const embed = await server.mint()
    const nested = await server.asToken(embed, { ...MINT, payload: { subject: 'u', resources: RESOURCES } })
    expect(nested.statusCode).toBe(401)
    expect(nested.json()).toEqual(INVALID_TOKEN)
  })

  it('refuses to mint a token that would be too large to use', async () => {
    const response = await mint({
      subject: 'u',
      resources: RESOURCES,
      attributes: { region: Array.from({ length: 900 }, (_, i) => `region ${i}`) },
    })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({
      code: 'invalid_request',
      detail: expect.stringMatching(/^the token would have \d+ bytes/),
    })
  })

  it('refuses a token on every route from the moment it was revoked', async () => {
    const token = await server.mint()
    expect((await server.asToken(token, READ)).statusCode).toBe(200)
    const revoked = await server.asKey({
      method: 'POST',
      url: '/api/v1/embed/tokens/revoke',
      payload: { jti: claimsOf(token).jti },
    })
    expect(revoked.statusCode).toBe(204)
    const response = await server.asToken(token, READ)
    expect(response.statusCode).toBe(401)
    expect(response.json()).toEqual(INVALID_TOKEN)
    const other = await server.mint()
    expect((await server.asToken(other, READ)).statusCode).toBe(200)
  })

  describe('signed offline', () => {
    const pairs = {
      EdDSA: generateKeyPairSync('ed25519'),
      ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    } as const
    const pem = (algorithm: keyof typeof pairs) =>
      pairs[algorithm].publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const grant = () => ({
      iss: server.organizationId,
      sub: 'user-42',
      resources: [...RESOURCES],
      attributes: { region: ['north'] },
      actions: ['view' as const],
    })
    const register = async (payload: object) => {
      const { token } = await server.addUser('owner')
      return server.asToken(token, { method: 'POST', url: '/api/v1/embed/keys', payload })
    }

    it.each(['EdDSA', 'ES256'] as const)(
      'takes tokens of a registered %s key until it is revoked',
      async (algorithm) => {
        const registered = await register({ algorithm, publicKey: pem(algorithm) })
        expect(registered.statusCode).toBe(201)
        expect(registered.json()).toEqual({ kid: expect.any(String), algorithm, organizationId: server.organizationId })
        const { kid } = registered.json<{ kid: string }>()
        const token = await signEmbedToken(grant(), { alg: algorithm, kid, key: pairs[algorithm].privateKey })
        expect((await server.asToken(token, READ)).statusCode).toBe(200)

        const { token: owner } = await server.addUser('owner')
        const listed = await server.asToken(owner, { method: 'GET', url: '/api/v1/embed/keys' })
        expect(listed.json().items).toContainEqual({ kid, algorithm, owner: 'vendor', createdAt: expect.any(String) })
        const removed = await server.asToken(owner, { method: 'DELETE', url: `/api/v1/embed/keys/${kid}` })
        expect(removed.statusCode).toBe(204)
        const refused = await server.asToken(token, READ)
        expect(refused.statusCode).toBe(401)
        expect(refused.json()).toEqual(INVALID_TOKEN)
      },
    )

    it('is told of a revoked key by a node whose clock is behind', async () => {
      const { db } = server.app
      const { kid } = (await register({ algorithm: 'ES256', publicKey: pem('ES256') })).json<{ kid: string }>()
      const { until } = await readIdentityChanges(db, undefined)
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
      const isRevoked = await revokeSigningKey(db, server.organizationId, kid).finally(() => vi.useRealTimers())
      expect(isRevoked).toBe(true)
      const { signingKeys } = await readIdentityChanges(db, until)
      expect(signingKeys.find((key) => key.kid === kid)?.revoked_at).toBeInstanceOf(Date)
    })

    it('makes the secret of an HS256 key itself and shows it once', async () => {
      const registered = await register({ algorithm: 'HS256' })
      const { kid, secret } = registered.json<{ kid: string; secret: string }>()
      expect(registered.json()).toEqual({
        kid,
        algorithm: 'HS256',
        organizationId: server.organizationId,
        secret: expect.stringMatching(/^[\w-]{43}$/),
      })
      const token = await signEmbedToken(grant(), { alg: 'HS256', kid, key: secret })
      expect((await server.asToken(token, READ)).statusCode).toBe(200)
      const stored = await server.app.db
        .selectFrom('embed_signing_keys')
        .selectAll()
        .where('kid', '=', kid)
        .executeTakeFirstOrThrow()
      expect(stored.encrypted_secret?.includes(secret)).toBe(false)
    })

    it.each([
      [
        'a private key',
        'EdDSA',
        () => pairs.EdDSA.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        'must be a public key in SPKI PEM form',
      ],
      ['a key of the other kind', 'EdDSA', () => pem('ES256'), 'must be an Ed25519 key for EdDSA'],
      ['no key', 'ES256', () => undefined, 'is required for ES256'],
      ['a secret', 'HS256', () => pem('ES256'), 'must be absent for HS256: the server makes the secret'],
      ['garbage', 'ES256', () => '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'is not a readable key'],
    ])('does not register %s', async (_, algorithm, publicKey, message) => {
      const response = await register({ algorithm, publicKey: publicKey() })
      expect(response.statusCode).toBe(400)
      expect(response.json().errors).toEqual([{ path: 'publicKey', message }])
    })

    it('refuses a token whose members the model does not have', async () => {
      const { kid, secret } = (await register({ algorithm: 'HS256' })).json<{ kid: string; secret: string }>()
      const token = await signEmbedToken(
        { ...grant(), members: { deny: ['orders.nope'] } },
        { alg: 'HS256', kid, key: secret },
      )
      const response = await server.asToken(token, READ)
      expect(response.statusCode).toBe(401)
      expect(response.json()).toEqual(INVALID_TOKEN)
    })

    it('does not let a key of one organization speak for another', async () => {
      const other = await server.addOrganization()
      const { kid, secret } = (await register({ algorithm: 'HS256' })).json<{ kid: string; secret: string }>()
      const token = await signEmbedToken({ ...grant(), iss: other.organizationId }, { alg: 'HS256', kid, key: secret })
      expect((await server.asToken(token, READ)).json()).toEqual(INVALID_TOKEN)
    })

    it('keeps the server’s own key out of reach', async () => {
      const { token } = await server.addUser('owner')
      const { items } = (await server.asToken(token, { method: 'GET', url: '/api/v1/embed/keys' })).json<{
        items: { kid: string; owner: string }[]
      }>()
      const own = items.find(({ owner }) => owner === 'server')
      const response = await server.asToken(token, { method: 'DELETE', url: `/api/v1/embed/keys/${own?.kid}` })
      expect(response.statusCode).toBe(404)
      expect((await server.asToken(await server.mint(), READ)).statusCode).toBe(200)
    })
  })
})
