import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestServer, problem, SALES, type TestServer } from './build-test-server.ts'

const CREATE = { method: 'POST', url: '/api/v1/dashboards' } as const
const BODY = JSON.stringify({ ...SALES, slug: 'other' })

describe('HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await buildTestServer({ config: { bodyLimitBytes: 20_000 } })
  })
  afterAll(() => server.close())

  it('says that it lives and is ready', async () => {
    for (const url of ['/health', '/ready']) {
      const response = await server.app.inject(url)
      expect(response.statusCode).toBe(200)
      expect(response.json()).toEqual({ status: 'ok' })
    }
  })

  it('answers 404 where nothing is and 405 with what is possible', async () => {
    const missing = await server.app.inject('/api/v1/nothing')
    expect(missing.statusCode).toBe(404)
    expect(missing.json()).toEqual(
      problem({ code: 'not_found', status: 404, title: 'Not found', detail: 'there is nothing at this address' }),
    )
    const put = await server.asKey({ method: 'PUT', url: '/api/v1/dashboards/sales', payload: {} })
    expect(put.statusCode).toBe(405)
    expect(put.headers.allow).toBe('DELETE, GET, HEAD, PATCH')
    expect(put.json()).toEqual(
      problem({
        code: 'method_not_allowed',
        status: 405,
        title: 'Method not allowed',
        detail: 'PUT is not possible here; DELETE, GET, HEAD, PATCH is',
      }),
    )
  })

  it.each([
    '//api/v1/dashboards',
    '/api/v1/dashboards%2Fsales',
    '/x/../api/v1/dashboards',
    '/API/V1/dashboards',
    '/api/v1/dashboards;a',
    '/api/v1/dashboards/sales/',
  ])('AUT-14 opens nothing under the odd path %s', async (url) => {
    const response = await server.app.inject({ method: 'GET', url })
    expect([401, 404]).toContain(response.statusCode)
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  })

  it('answers 400 for an address that is none', async () => {
    const response = await server.app.inject('/api/v1/dashboards/%E0%A4%A')
    expect(response.statusCode).toBe(400)
    expect(response.json()).toEqual(
      problem({
        code: 'invalid_request',
        status: 400,
        title: 'Invalid request',
        detail: 'the address is not a valid URL path',
      }),
    )
  })

  it('sends its headers on every answer', async () => {
    for (const url of ['/health', '/api/v1/nothing', '/api/v1/dashboards', '/api/v1/dashboards/sales']) {
      const response = await server.asKey({ method: 'GET', url })
      expect(response.headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-request-id': expect.stringMatching(/^[0-9a-f]{12}-[0-9a-z]+$/),
        vary: 'Origin',
      })
      expect(response.headers['x-powered-by']).toBeUndefined()
      expect(response.headers.server).toBeUndefined()
      if (response.statusCode >= 400) expect(response.json().requestId).toBe(response.headers['x-request-id'])
    }
  })

  it.each([
    'application/json\ta',
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/vnd.api+json',
    'application/json, text/plain',
    'garbage',
  ])('AUT-13 refuses the content type %j', async (contentType) => {
    const response = await server.asKey({ ...CREATE, headers: { 'content-type': contentType }, payload: BODY })
    expect(response.statusCode).toBe(415)
    expect(response.json()).toEqual(
      problem({
        code: 'unsupported_media_type',
        status: 415,
        title: 'Unsupported media type',
        detail: 'the body must be application/json',
      }),
    )
  })

  it.each(['application/json', 'Application/JSON', 'application/json; charset=utf-8', ' application/json'])(
    'AUT-13 checks the schema under the content type %j',
    async (contentType) => {
      const response = await server.asKey({
        ...CREATE,
        headers: { 'content-type': contentType },
        payload: '{"slug":5}',
      })
      expect(response.statusCode).toBe(400)
      expect(response.json().errors).toContainEqual({ path: 'slug', message: 'must be a string, not 5' })
    },
  )

  it.each([
    ['an empty body', '', 'the body is empty but its type is application/json'],
    ['half a body', '{"slug":', 'the body is not valid JSON'],
    ['a byte-order mark', `\uFEFF${BODY}x`, 'the body is not valid JSON'],
    ['two bodies', `${BODY}${BODY}`, 'the body is not valid JSON'],
    ['no JSON', 'slug=sales', 'the body is not valid JSON'],
    ['__proto__', `{"__proto__":{"x":1},${BODY.slice(1)}`, expect.stringMatching(/prototype|valid JSON/)],
    [
      'constructor.prototype',
      `{"constructor":{"prototype":{"x":1}},${BODY.slice(1)}`,
      expect.stringMatching(/prototype|valid JSON/),
    ],
    ['a NUL character', BODY.replace('Sales', 'Sal\\u0000es'), 'the body holds a NUL character, \\u0000'],
    ['depth', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'the body is nested deeper than 64 levels'],
    ['a list', '[]', 'the body is not valid: must be an object, not []'],
    ['null', 'null', 'the body is not valid: must be an object, not null'],
  ])('refuses %s', async (_, payload, detail) => {
    const response = await server.asKey({ ...CREATE, headers: { 'content-type': 'application/json' }, payload })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toEqual(
      expect.objectContaining(problem({ code: 'invalid_request', status: 400, title: 'Invalid request', detail })),
    )
  })

  it('takes a title that only looks like an escaped NUL', async () => {
    const response = await server.asKey({ ...CREATE, payload: { ...SALES, slug: 'backslash', title: 'a\\u0000b' } })
    expect(response.statusCode).toBe(201)
    expect(response.json().title).toBe('a\\u0000b')
  })

  it('refuses deep and huge bodies on the query routes too', async () => {
    const deep = `{"query":{"filters":[${'{"and":['.repeat(1_000)}${']}'.repeat(1_000)}]}}`
    const response = await server.asKey({
      method: 'POST',
      url: '/api/v1/query',
      headers: { 'content-type': 'application/json' },
      payload: deep,
    })
    expect(response.statusCode).toBe(400)
    const nul = await server.asKey({
      method: 'POST',
      url: '/api/v1/query',
      payload: {
        query: {
          measures: ['orders.count'],
          filters: [{ member: 'orders.region', operator: 'equals', values: ['a\0'] }],
        },
      },
    })
    expect(nul.statusCode).toBe(400)
  })

  it('refuses a body over the limit', async () => {
    const response = await server.asKey({ ...CREATE, payload: { ...SALES, description: 'x'.repeat(30_000) } })
    expect(response.statusCode).toBe(413)
    expect(response.json()).toEqual(
      problem({ code: 'payload_too_large', status: 413, title: 'Payload too large', detail: 'the body is too large' }),
    )
  })

  it('describes itself in OpenAPI, every route with its credentials and without internal ones', async () => {
    const response = await server.app.inject('/openapi.json')
    expect(response.statusCode).toBe(200)
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
    const document = response.json<{
      openapi: string
      paths: Record<string, Record<string, { security?: unknown[] }>>
    }>()
    expect(document.openapi).toBe('3.1.0')
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const declared = server.app.routeTable
      .filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/docs') && url !== '/openapi.json')
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
    for (const route of declared.filter((name) => !name.endsWith('/'))) expect(described).toContain(route)
    expect(document.paths['/api/v1/meta']?.get?.security).toEqual([
      { accessToken: [] },
      { apiKey: [] },
      { embedToken: [] },
    ])
  })

  it('serves a page that reads that document under a strict policy', async () => {
    const page = await server.app.inject('/docs/')
    const redirected = page.statusCode === 302 ? await server.app.inject(page.headers.location ?? '') : page
    expect(redirected.statusCode).toBe(200)
    const policy = String(redirected.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(redirected.body).not.toMatch(/<script>[^<]/)
    expect((await server.app.inject('/docs/static/swagger-initializer.js')).body).toContain('/openapi.json')
  })

  describe('on a socket', () => {
    let port: number
    beforeAll(async () => {
      await server.app.listen({ port: 0, host: '127.0.0.1' })
      port = (server.app.server.address() as AddressInfo).port
    })

    const exchange = (bytes: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
        let answer = ''
        socket.setEncoding('utf8').on('data', (text) => {
          answer += text
        })
        socket.on('close', () => resolve(answer))
        socket.on('error', reject)
      })

    it.each([
      ['what is not HTTP', 'hello\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
      [
        'too many headers',
        `GET /health HTTP/1.1\r\nhost: x\r\n${'x: y\r\n'.repeat(5_000)}\r\n`,
        'HTTP/1.1 431 Request Header Fields Too Large',
      ],
      ['a header with a NUL', 'GET /health HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
    ])('refuses %s', async (_, bytes, status) => {
      expect((await exchange(bytes)).split('\r\n')[0]).toBe(status)
      expect((await server.app.inject('/health')).statusCode).toBe(200)
    })
  })
})
