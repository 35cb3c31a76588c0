import { tmpdir } from 'node:os'
import { EmbedTokenRequest } from '@datainsight/core'
import { Value } from '@sinclair/typebox/value'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildHostApp } from '../server/build-host-app.ts'
import { createBrowser } from './create-browser.ts'

const POLICY =
  "default-src 'none';script-src 'self';style-src 'self';connect-src 'self' API;img-src 'self' data:;font-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'"

/** What the analytics API was asked for, and by whom. */
const asked: { key: unknown; body: unknown }[] = []
let api: FastifyInstance
let app: FastifyInstance
let apiUrl: string

beforeAll(async () => {
  api = fastify()
  api.post('/api/v1/embed/tokens', (request, reply) => {
    asked.push({ key: request.headers['x-api-key'], body: request.body })
    if (request.headers['x-api-key'] !== 'key-1') return reply.code(401).send({ code: 'unauthenticated' })
    return { token: 'token-1', expiresAt: '2030-01-01T00:00:00.000Z' }
  })
  apiUrl = await api.listen({ port: 0, host: '127.0.0.1' })
  app = await buildHostApp({ apiUrl, apiKey: 'key-1', embedDir: tmpdir(), secret: 's'.repeat(32) })
})
afterAll(async () => {
  await app.close()
  await api.close()
})
beforeEach(() => asked.splice(0))

describe('pages', () => {
  it('carry the whole security policy and no inline code', async () => {
    const browser = createBrowser(app)
    await browser.signIn('ops@sea.example')
    for (const path of ['/departures', '/airport', '/nowhere']) {
      const response = await browser.get(path)
      expect(response.headers['content-security-policy']).toBe(POLICY.replace('API', apiUrl))
      expect(response.body).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|<iframe/)
      expect(response.headers['content-type']).toContain('text/html')
    }
  })

  it('send whoever is not signed in to the sign-in page', async () => {
    for (const path of ['/', '/departures', '/airport']) {
      const response = await createBrowser(app).get(path)
      expect([response.statusCode, response.headers.location]).toEqual([302, '/sign-in'])
    }
  })

  it('show the airport of the account only', async () => {
    const browser = createBrowser(app)
    await browser.signIn('ops@den.example')
    const { body } = await browser.get('/airport')
    expect(body).toContain('Denver Intl')
    expect(body).not.toContain('Seattle-Tacoma Intl')
  })

  it('escape what a visitor typed', async () => {
    const browser = createBrowser(app)
    const response = await browser.signIn('"><script>alert(1)</script>@x.example')
    expect(response.statusCode).toBe(422)
    expect(response.body).not.toContain('<script>alert')
  })

  it('answer an unknown address with a page', async () => {
    const response = await createBrowser(app).get('/nowhere')
    expect(response.statusCode).toBe(404)
    expect(response.body).toContain('This address does not exist.')
  })
})

describe('sessions', () => {
  it('live in a signed cookie that scripts and other sites cannot use', async () => {
    const response = await createBrowser(app).signIn('OPS@sea.example ')
    expect([response.statusCode, response.headers.location]).toEqual([303, '/departures'])
    const cookie = response.cookies.find(({ name }) => name === 'apron_session')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  })

  it('are refused when the cookie was changed', async () => {
    const browser = createBrowser(app)
    await browser.signIn('ops@sea.example')
    browser.cookies.set('apron_session', `x${browser.cookies.get('apron_session')}`)
    expect((await browser.get('/departures')).headers.location).toBe('/sign-in')
  })

  it('end for good at sign-out, also for a copy of the cookie', async () => {
    const browser = createBrowser(app)
    await browser.signIn('ops@sea.example')
    const copy = createBrowser(app)
    copy.cookies.set('apron_session', browser.cookies.get('apron_session') ?? '')
    expect((await copy.get('/departures')).statusCode).toBe(200)
    const response = await browser.submit('/departures', '/sign-out', {})
    expect([response.statusCode, response.headers.location]).toEqual([303, '/sign-in'])
    expect((await copy.get('/departures')).headers.location).toBe('/sign-in')
  })

  it('get a new id at each sign-in', async () => {
    const browser = createBrowser(app)
    await browser.signIn('ops@sea.example')
    const first = browser.cookies.get('apron_session')
    await browser.submit('/departures', '/sign-out', {})
    await browser.signIn('ops@sea.example')
    expect(browser.cookies.get('apron_session')).not.toBe(first)
  })
})

describe('changes from elsewhere', () => {
  it('are refused without the token of this browser', async () => {
    const browser = createBrowser(app)
    await browser.get('/sign-in')
    const other = createBrowser(app)
    const foreign = await other.csrf('/sign-in')
    for (const csrf of ['', 'x', foreign]) {
      const response = await browser.post('/sign-in', { csrf, email: 'ops@sea.example' })
      expect(response.statusCode).toBe(403)
      expect(browser.cookies.has('apron_session')).toBe(false)
    }
  })

  it('are refused when the browser names another origin', async () => {
    const browser = createBrowser(app)
    const csrf = await browser.csrf('/sign-in')
    const form = { csrf, email: 'ops@sea.example' }
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) {
      expect((await browser.post('/sign-in', form, headers)).statusCode).toBe(403)
    }
    expect((await browser.post('/sign-in', form, { origin: 'http://localhost:4001' })).statusCode).toBe(303)
  })
})

describe('POST /analytics/token', () => {
  it('mints a token for the airport that is signed in, bound to this origin', async () => {
    const browser = createBrowser(app)
    await browser.signIn('ops@sea.example')
    const response = await browser.mint()
    expect([response.statusCode, response.json()]).toEqual([200, { token: 'token-1' }])
    expect(response.headers['cache-control']).toBe('no-store')
    expect(asked).toHaveLength(1)
    expect(Value.Check(EmbedTokenRequest, asked[0]?.body)).toBe(true)
    expect(asked[0]).toEqual({
      key: 'key-1',
      body: {
        subject: 'ops@sea.example',
        resources: [{ type: 'dashboard', id: 'departures' }],
        attributes: { airport: ['SEA'] },
        actions: ['view', 'filter'],
        origins: ['http://localhost:4001'],
        locale: 'en-US',
      },
    })
  })

  it('is refused when nobody is signed in', async () => {
    const response = await createBrowser(app).mint('')
    expect([response.statusCode, response.json().error]).toEqual([401, 'signed_out'])
    expect(asked).toEqual([])
  })

  it('is refused without the CSRF token', async () => {
    const browser = createBrowser(app)
    await browser.signIn('ops@sea.example')
    const response = await browser.mint('x')
    expect([response.statusCode, asked]).toEqual([403, []])
  })

  it('is refused under a host name that is not ours', async () => {
    const browser = createBrowser(app, 'apron.evil.example')
    await browser.signIn('ops@sea.example')
    expect((await browser.mint()).statusCode).toBe(421)
    expect(asked).toEqual([])
  })

  it('says so when analytics do not answer, without the reason', async () => {
    const broken = await buildHostApp({ apiUrl, apiKey: 'wrong', embedDir: tmpdir(), secret: 's'.repeat(32) })
    const browser = createBrowser(broken)
    await browser.signIn('ops@sea.example')
    const response = await browser.mint()
    expect([response.statusCode, response.json().error]).toEqual([502, 'analytics_unavailable'])
    await broken.close()
  })
})

describe('buildHostApp', () => {
  it('refuses a short secret', async () => {
    await expect(buildHostApp({ apiUrl, apiKey: 'k', embedDir: tmpdir(), secret: 'short' })).rejects.toThrow(
      'too short',
    )
  })
})
