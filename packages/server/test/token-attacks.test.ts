import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { type JWTHeaderParameters, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CACHE_MAX_BYTES, CACHE_MAX_ENTRIES, CLOCK_LEEWAY_SECONDS } from '../src/identity/verify-credential.ts'
import { uuidV7 } from '../src/uuid-v7.ts'
import { buildTestServer, INVALID_TOKEN, problem, type TestServer } from './build-test-server.ts'

const READ = { method: 'GET', url: '/api/v1/dashboards/sales' } as const
const EXPIRED = problem({
  code: 'token_expired',
  status: 401,
  title: 'Token expired',
  detail: 'the token has expired',
  hint: 'fetch a new token and try again',
})

const base64url = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const hmac = (input: string, key: string | Buffer) => createHmac('sha256', key).update(input).digest('base64url')

describe('attacks on tokens', () => {
  const pair = generateKeyPairSync('ed25519')
  const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  let nowMs = Date.now()
  let server: TestServer
  let edKid: string
  let hsKid: string
  let hsSecret: string

  beforeAll(async () => {
    server = await buildTestServer({ now: () => nowMs })
    const { token } = await server.addUser('owner')
    const register = async (payload: object) =>
      (await server.asToken(token, { method: 'POST', url: '/api/v1/embed/keys', payload })).json<{
        kid: string
        secret: string
      }>()
    edKid = (await register({ algorithm: 'EdDSA', publicKey: publicPem })).kid
    const hs = await register({ algorithm: 'HS256' })
    hsKid = hs.kid
    hsSecret = hs.secret
  })
  afterAll(() => server.close())
  beforeEach(() => {
    nowMs = Date.now()
  })

  const claims = (extra: object = {}) => {
    const iat = Math.floor(nowMs / 1_000)
    return {
      iss: server.organizationId,
      aud: 'datainsight:embed',
      sub: 'user-42',
      jti: uuidV7(),
      iat,
      exp: iat + 600,
      resources: [{ type: 'dashboard', id: 'sales' }],
      actions: ['view'],
      ...extra,
    }
  }
  const headers = (extra: object = {}) => ({ alg: 'HS256', typ: 'embed+jwt', kid: hsKid, ...extra })
  /** Signs whatever it is given with the vendor's HS256 key: what a vendor could be made to sign, or an attacker without one. */
  const forge = (payload: unknown, header: object = headers(), key: string | Buffer = hsSecret) => {
    const input = `${base64url(header)}.${base64url(payload)}`
    return `${input}.${hmac(input, key)}`
  }
  const use = (token: string) => server.asToken(token, READ)
  const expectInvalid = async (token: string) => {
    const response = await use(token)
    expect(response.statusCode).toBe(401)
    expect(response.json()).toEqual(INVALID_TOKEN)
    expect(response.headers['www-authenticate']).toBe('Bearer')
  }

  it('takes the token that the attacks below are made from', async () => {
    expect((await use(forge(claims()))).statusCode).toBe(200)
    const signed = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'EdDSA', typ: 'embed+jwt', kid: edKid })
      .sign(pair.privateKey)
    expect((await use(signed)).statusCode).toBe(200)
  })

  it.each(['none', 'None', 'nOnE', 'NONE', ''])('TOK-01 refuses alg %j', async (alg) => {
    const input = `${base64url(headers({ alg }))}.${base64url(claims())}`
    await expectInvalid(`${input}.`)
    await expectInvalid(input)
    await expectInvalid(`${input}.${hmac(input, hsSecret)}`)
  })

  it('TOK-01 refuses an empty, cut, foreign or missing signature', async () => {
    const token = forge(claims())
    const [header = '', payload = '', signature = ''] = token.split('.')
    for (const bad of [
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}.${payload}.${signature.slice(0, -2)}`,
      `${header}.${payload}.${hmac('other', hsSecret)}`,
      `${header}.${payload}.${signature}.`,
      `.${payload}.${signature}`,
      `${header}..${signature}`,
      '..',
      'a.b.c',
    ]) {
      await expectInvalid(bad)
    }
  })

  it('TOK-01 refuses a payload of one token under the signature of another', async () => {
    const mine = forge(claims())
    const wider = base64url(claims({ actions: ['view', 'explore'] }))
    const [header, , signature] = mine.split('.')
    await expectInvalid(`${header}.${wider}.${signature}`)
  })

  it('TOK-02 refuses HS256 signed with the public key, in every spelling of it', async () => {
    const der = createPublicKey(publicPem).export({ type: 'spki', format: 'der' })
    const jwk = JSON.stringify(createPublicKey(publicPem).export({ format: 'jwk' }))
    const spellings = [
      publicPem,
      publicPem.trim(),
      ` ${publicPem}`,
      `\uFEFF${publicPem}`,
      `# key\n${publicPem}`,
      der,
      jwk,
      '',
    ]
    for (const key of spellings) {
      for (const kid of [edKid, hsKid]) await expectInvalid(forge(claims(), headers({ kid }), key))
    }
  })

  it('TOK-02 tries no other algorithm than the key’s own', async () => {
    const signed = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'EdDSA', typ: 'embed+jwt', kid: hsKid })
      .sign(pair.privateKey)
    await expectInvalid(signed)
    for (const alg of ['HS384', 'HS512', 'RS256', 'ES256', 'EdDSA'])
      await expectInvalid(forge(claims(), headers({ alg })))
  })

  it('TOK-03 fetches no key that a header names', async () => {
    let asked = 0
    const keys = createServer((_request, response) => {
      asked++
      response.end(JSON.stringify({ keys: [pair.publicKey.export({ format: 'jwk' })] }))
    })
    await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/keys`
    try {
      const attacker = generateKeyPairSync('ed25519')
      const jwk = attacker.publicKey.export({ format: 'jwk' })
      for (const extra of [
        { jku: url },
        { x5u: url },
        { jwk },
        { x5c: ['MIIB'] },
        { crit: ['exp'] },
        { b64: false, crit: ['b64'] },
      ]) {
        await expectInvalid(forge(claims(), headers(extra)))
        const signed = await new SignJWT(claims())
          .setProtectedHeader({
            alg: 'EdDSA',
            typ: 'embed+jwt',
            kid: edKid,
            ...('crit' in extra ? {} : extra),
          } as JWTHeaderParameters)
          .sign(attacker.privateKey)
        await expectInvalid(signed)
      }
      expect(asked).toBe(0)
    } finally {
      keys.close()
    }
  })

  it.each([
    ['a path', '../../dev/null'],
    ['SQL', "' or 1=1 --"],
    ['very long', 'k'.repeat(5_000)],
    ['a list', ['a']],
    ['a number', 7],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['unknown', uuidV7()],
    ['missing', undefined],
  ])('TOK-03 refuses a kid that is %s', async (_, kid) => {
    await expectInvalid(forge(claims(), headers({ kid })))
    await expectInvalid(forge(claims(), headers({ kid }), ''))
  })

  it.each([
    ['an unknown claim', { role: 'admin' }],
    ['an unknown action', { actions: ['view', 'admin'] }],
    ['no resources', { resources: undefined }],
    ['a resource of another kind', { resources: [{ type: 'organization', id: 'x' }] }],
    ['audience as a list', { aud: ['datainsight:embed', 'admin'] }],
    ['another audience', { aud: 'datainsight:api' }],
    ['no audience', { aud: undefined }],
    ['no issuer', { iss: undefined }],
    ['another issuer', { iss: uuidV7() }],
    ['issuer as a list', { iss: ['x'] }],
    ['no id', { jti: undefined }],
    ['no subject', { sub: undefined }],
    ['no issue time', { iat: undefined }],
    ['no expiry', { exp: undefined }],
    ['expiry as text', { exp: '9999999999' }],
    ['expiry as a fraction', { exp: Math.floor(Date.now() / 1_000) + 60.5 }],
    ['infinite expiry', { exp: 1e308 }],
    ['a negative issue time', { iat: -1 }],
    [
      'a filter tree nested too deep',
      {
        filters: [JSON.parse(`${'{"and":['.repeat(9)}{"member":"orders.region","operator":"set"}${']}'.repeat(9)}`)],
      },
    ],
    ['an unknown operator', { filters: [{ member: 'orders.region', operator: '= 1 or 1=1', values: ['x'] }] }],
    ['an origin with a path', { origins: ['https://app.example.com/x'] }],
  ])('TOK-07 refuses a well-signed token with %s', async (_, extra) => {
    await expectInvalid(forge(claims(extra)))
  })

  it('TOK-07 refuses duplicate claims, whichever comes last', async () => {
    const text = JSON.stringify(claims({ attributes: { region: ['north'] } }))
    for (const injected of ['"attributes":{"region":["south"]},', '"exp":9999999999,', '"att\\u0072ibutes":{},']) {
      const doubled = `{${injected}${text.slice(1)}`
      expect(() => JSON.parse(doubled)).not.toThrow()
      await expectInvalid(forge(doubled))
    }
    const nested = text.replace('"region"', '"region":["south"],"region"')
    await expectInvalid(forge(nested))
    expect((await use(forge(text))).statusCode).toBe(200)
  })

  it('TOK-07 changes no prototype', async () => {
    const text = JSON.stringify(claims({ attributes: { region: ['north'] } }))
    for (const injected of ['"__proto__":{"actions":["view"]},', '"constructor":{"prototype":{"x":1}},']) {
      await expectInvalid(forge(`{${injected}${text.slice(1)}`))
    }
    await expectInvalid(forge(text.replace('{"region"', '{"__proto__":{"airport":"SEA"},"region"')))
    expect(({} as Record<string, unknown>).airport).toBeUndefined()
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('TOK-07 reads no token above 8 KB, however well signed', async () => {
    await expectInvalid(forge(claims({ attributes: { pad: 'x'.repeat(6_500) } })))
    expect((await use(forge(claims({ attributes: { pad: 'x'.repeat(5_000) } })))).statusCode).toBe(200)
  })

  it('TOK-07 takes no other type of token, so none can be used as another', async () => {
    for (const typ of ['JWT', 'at+jwt', 'EMBED+JWT', '', undefined])
      await expectInvalid(forge(claims(), headers({ typ })))
    const { accessToken } = await server.signIn()
    const [, payload] = accessToken.split('.')
    await expectInvalid(forge(Buffer.from(payload ?? '', 'base64url').toString(), { alg: 'HS256', typ: 'at+jwt' }))
    await expectInvalid(forge(Buffer.from(payload ?? '', 'base64url').toString(), headers({ typ: 'at+jwt' })))
  })

  it('TOK-13 gives start times half a minute of grace and the end none', async () => {
    const now = Math.floor(nowMs / 1_000)
    nowMs = now * 1_000
    const at = (iat: number, exp: number, extra: object = {}) => use(forge(claims({ iat, exp, ...extra })))
    expect((await at(now + CLOCK_LEEWAY_SECONDS, now + 600)).statusCode).toBe(200)
    expect((await at(now + CLOCK_LEEWAY_SECONDS + 1, now + 600)).json()).toEqual(INVALID_TOKEN)
    expect((await at(now, now + 600, { nbf: now + CLOCK_LEEWAY_SECONDS })).statusCode).toBe(200)
    expect((await at(now, now + 600, { nbf: now + CLOCK_LEEWAY_SECONDS + 1 })).json()).toEqual(INVALID_TOKEN)
    expect((await at(now - 599, now + 1)).statusCode).toBe(200)
    const ended = await at(now - 600, now)
    expect(ended.statusCode).toBe(401)
    expect(ended.json()).toEqual(EXPIRED)
    expect((await at(now - 601, now - 1)).json()).toEqual(EXPIRED)
  })

  it('TOK-13 refuses lives over an hour, and lives that end before they start', async () => {
    const now = Math.floor(nowMs / 1_000)
    expect((await use(forge(claims({ iat: now, exp: now + 3_600 })))).statusCode).toBe(200)
    await expectInvalid(forge(claims({ iat: now, exp: now + 3_601 })))
    await expectInvalid(forge(claims({ iat: now + 10, exp: now + 10 })))
    await expectInvalid(forge(claims({ iat: now + 20, exp: now + 10 })))
  })

  it('TOK-13 tells nobody that a forged token would have expired', async () => {
    const now = Math.floor(nowMs / 1_000)
    await expectInvalid(
      forge(claims({ iat: now - 600, exp: now - 1 }), headers(), 'another secret of thirty-two bytes'),
    )
  })

  it('TOK-14 remembers no token past its end', async () => {
    const token = forge(claims())
    expect((await use(token)).statusCode).toBe(200)
    nowMs += 599_000
    expect((await use(token)).statusCode).toBe(200)
    nowMs += 2_000
    const response = await use(token)
    expect(response.statusCode).toBe(401)
    expect(response.json()).toEqual(EXPIRED)
  })

  it('TOK-14 stays within its memory under 100 000 tokens and mixes none up', async () => {
    const { credentials } = server.app
    const iat = Math.floor(nowMs / 1_000)
    for (let index = 0; index < 100_000; index++) {
      // Lets the server's own watch see that its event loop lives.
      if (index % 500 === 0) await setImmediate()
      const { principal } = credentials.verifyToken(
        forge(claims({ iat, sub: `user-${index}`, attributes: { n: index } })),
      )
      if (principal.subject !== `user-${index}` || principal.security.attributes.n !== index)
        throw new Error(`mixed up at ${index}`)
    }
    expect(credentials.stats.entries).toBeLessThanOrEqual(CACHE_MAX_ENTRIES)
    expect(credentials.stats.bytes).toBeLessThanOrEqual(CACHE_MAX_BYTES)
  }, 120_000)

  it('TOK-14 gives back the same frozen principal for the same token, and another for one that differs at the end', () => {
    const { credentials } = server.app
    const token = forge(claims({ attributes: { pad: 'x'.repeat(1_500), region: ['north'] } }))
    const first = credentials.verifyToken(token).principal
    expect(credentials.verifyToken(`${token}`).principal).toBe(first)
    expect(Object.isFrozen(first)).toBe(true)
    expect(Object.isFrozen(first.security.attributes)).toBe(true)
    const second = credentials.verifyToken(
      forge(claims({ attributes: { pad: 'x'.repeat(1_500), region: ['south'] } })),
    ).principal
    expect(second.security.attributes).toMatchObject({ region: ['south'] })
    expect(second.securityKey).not.toBe(first.securityKey)
  })

  it('TOK-17 works only from origins that both the organization and the token allow', async () => {
    const from = (token: string, origin: string | undefined) =>
      server.asToken(token, { ...READ, headers: origin === undefined ? {} : { origin } })
    const bound = forge(claims({ origins: ['https://app.example.com', 'https://other.example'] }))
    const unbound = forge(claims())
    const denied = (origin: string) =>
      problem({
        code: 'origin_denied',
        status: 403,
        title: 'Origin not allowed',
        detail: `the origin ${origin} may not use this token`,
        hint: 'add the origin to the organization’s allowed origins and, if the token names origins, to the token',
      })
    expect((await from(bound, 'https://app.example.com')).statusCode).toBe(200)
    expect((await from(unbound, 'https://app.example.com')).statusCode).toBe(200)
    expect((await from(bound, undefined)).statusCode).toBe(200)
    for (const token of [bound, unbound]) {
      for (const origin of [
        'https://other.example',
        'null',
        'http://app.example.com',
        'https://app.example.com.evil.example',
        'https://APP.example.com',
      ]) {
        const response = await from(token, origin)
        expect(response.statusCode).toBe(403)
        expect(response.json()).toEqual(denied(origin))
        expect(response.headers['access-control-allow-origin']).toBeUndefined()
      }
    }
    const elsewhere = forge(claims({ origins: ['https://elsewhere.example'] }))
    expect((await from(elsewhere, 'https://app.example.com')).statusCode).toBe(403)
  })

  it('takes a token from no other place than the header', async () => {
    const token = forge(claims())
    for (const url of [`${READ.url}?token=${token}`, `${READ.url}?access_token=${token}`]) {
      expect((await server.app.inject({ method: 'GET', url })).statusCode).toBe(401)
    }
    const cookie = await server.app.inject({ ...READ, headers: { cookie: `token=${token}` } })
    expect(cookie.statusCode).toBe(401)
    for (const scheme of ['Basic', 'Token', 'JWT', 'Bearer\t', '']) {
      const response = await server.app.inject({ ...READ, headers: { authorization: `${scheme} ${token}` } })
      expect(response.statusCode).toBe(401)
    }
    const both = await server.asKey({ ...READ, headers: { authorization: `Bearer ${token}` } })
    expect(both.statusCode).toBe(400)
  })

  it('stops looking up keys for an address that keeps failing', async () => {
    const guess = (index: number) =>
      server.app.inject({
        ...READ,
        remoteAddress: '203.0.113.9',
        headers: { 'x-api-key': `di_${String(index).padStart(40, '0')}` },
      })
    const statuses: number[] = []
    for (let index = 0; index < 302; index++) statuses.push((await guess(index)).statusCode)
    expect(statuses.slice(0, 300).every((status) => status === 401)).toBe(true)
    expect(statuses.slice(300)).toEqual([429, 429])
    expect((await server.asKey(READ)).statusCode).toBe(200)
  })
})
