import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN, buildTestServer, type TestServer } from './build-test-server.ts'

describe('logs', () => {
  let server: TestServer
  const lines: string[] = []
  beforeAll(async () => {
    server = await buildTestServer({ logStream: { write: (line) => lines.push(line) } })
  })
  afterAll(() => server.close())

  it('ISO-24 hold no credential, attribute, filter value or row, at any level, whatever is asked', async () => {
    const session = await server.signIn()
    const refreshed = await server.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: ADMIN })
    const cookie = refreshed.cookies[0]?.value ?? ''
    const embed = await server.mint({
      subject: 'subject-of-the-token',
      attributes: { region: ['north'], note: 'attribute-value' },
      filters: [{ member: 'orders.region', operator: 'equals', values: ['filter-of-token'] }],
      actions: ['view', 'filter', 'explore'],
    })
    const query = { measures: ['orders.revenue'], dimensions: ['orders.email'] }
    const filters = [{ member: 'orders.email', operator: 'equals', values: ['value-of-filter'] }]
    const requests = [
      server.asToken(embed, { method: 'POST', url: '/api/v1/query', payload: { query } }),
      server.asToken(session.accessToken, { method: 'POST', url: '/api/v1/query', payload: { query } }),
      server.asToken(embed, { method: 'POST', url: '/api/v1/query', payload: { query: { ...query, filters } } }),
      server.asToken(embed, {
        method: 'POST',
        url: '/api/v1/query',
        payload: { query: { ...query, measures: ['orders.unknown'], filters } },
      }),
      server.asToken(embed, {
        method: 'POST',
        url: '/api/v1/query',
        payload: { query, password: 'field-nobody-knows' },
      }),
      server.asToken(`${embed}x`, { method: 'GET', url: '/api/v1/dashboards/sales' }),
      server.app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload: { email: ADMIN.email, password: 'wrong-password' },
      }),
      server.app.inject({
        method: 'POST',
        url: '/api/v1/auth/refresh',
        headers: { cookie: `datainsight_refresh=${cookie}` },
      }),
      server.app.inject({ method: 'GET', url: `/api/v1/dashboards?search=searched-text&token=${embed}` }),
      server.asKey({ method: 'GET', url: '/api/v1/dashboards?search=searched-text&limit=x' }),
    ]
    const statuses = (await Promise.all(requests)).map(({ statusCode }) => statusCode)
    expect(statuses).toEqual([200, 200, 200, 400, 400, 401, 401, 200, 401, 400])
    const text = lines.join('')
    expect(text).toContain('"code":"invalid_token"')
    for (const secret of [
      server.apiKey,
      server.config.secret,
      session.accessToken,
      embed,
      embed.split('.')[2] ?? '',
      cookie,
      ADMIN.password,
      'wrong-password',
      'attribute-value',
      'filter-of-token',
      'value-of-filter',
      'field-nobody-knows',
      'searched-text',
      'ada@example.com',
      'north',
    ]) {
      expect(text, secret).not.toContain(secret)
    }
  })

  it('name the request, the route and the code of what was refused', async () => {
    lines.length = 0
    const response = await server.asKey({ method: 'GET', url: '/api/v1/dashboards/nothing' })
    expect(JSON.parse(lines.join(''))).toEqual({
      level: 'info',
      time: expect.any(String),
      requestId: response.headers['x-request-id'],
      method: 'GET',
      route: '/api/v1/dashboards/:id',
      organizationId: server.organizationId,
      code: 'not_found',
      status: 404,
      msg: 'request refused',
    })
  })

  it('have nothing to say about a request that went well', async () => {
    lines.length = 0
    await server.asKey({ method: 'GET', url: '/api/v1/dashboards/sales' })
    expect(lines).toEqual([])
  })

  it('have what a 500 does not say', async () => {
    lines.length = 0
    await server.app.db.schema.alterTable('dashboards').renameTo('dashboards_away').execute()
    const response = await server.asKey({ method: 'GET', url: '/api/v1/dashboards/sales' })
    await server.app.db.schema.alterTable('dashboards_away').renameTo('dashboards').execute()
    expect(response.statusCode).toBe(500)
    expect(response.json()).toEqual({
      type: 'https://datainsight.dev/reference/errors#internal_error',
      title: 'Internal error',
      status: 500,
      code: 'internal_error',
      detail: 'something went wrong on our side',
      hint: 'quote the requestId when you report it',
      requestId: response.headers['x-request-id'],
    })
    expect(JSON.parse(lines.join(''))).toMatchObject({
      level: 'error',
      requestId: response.headers['x-request-id'],
      err: { type: 'error', code: '42P01' },
    })
  })
})
