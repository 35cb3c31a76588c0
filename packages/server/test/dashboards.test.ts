import type { Dashboard, DashboardInput, DashboardSummary } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidV7 } from '../src/uuid-v7.ts'
import { buildTestServer, INVALID_TOKEN, problem, SALES, type TestServer } from './build-test-server.ts'
import { DATABASES } from './test-databases.ts'

const URL = '/api/v1/dashboards'
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

const notFound = (id: string) =>
  problem({ code: 'not_found', status: 404, title: 'Not found', detail: `unknown dashboard: ${id}` })

describe.each(DATABASES)('dashboards on %s', (database) => {
  let server: TestServer
  let count = 0
  beforeAll(async () => {
    server = await buildTestServer({ database })
  })
  afterAll(() => server.close())

  const create = async (input: Partial<DashboardInput> = {}) => {
    const response = await server.asKey({
      method: 'POST',
      url: URL,
      payload: { ...SALES, slug: `made-${++count}`, ...input },
    })
    expect(response.statusCode, response.body).toBe(201)
    return response.json<Dashboard>()
  }

  it('stores a dashboard and answers it whole, by id and by slug', async () => {
    const response = await server.asKey({
      method: 'POST',
      url: URL,
      payload: { ...SALES, slug: 'whole', description: 'All of it' },
    })
    expect(response.statusCode).toBe(201)
    const stored = response.json<Dashboard>()
    expect(stored).toEqual({
      ...SALES,
      slug: 'whole',
      description: 'All of it',
      id: expect.stringMatching(UUID_V7),
      version: 1,
      createdAt: expect.stringMatching(ISO),
      updatedAt: expect.stringMatching(ISO),
    })
    expect(response.headers.etag).toBe('"1"')
    expect(response.headers.location).toBe(`${URL}/${stored.id}`)
    for (const name of [stored.id, stored.id.toUpperCase(), 'whole']) {
      const read = await server.asKey({ method: 'GET', url: `${URL}/${name}` })
      expect(read.statusCode).toBe(200)
      expect(read.json()).toEqual(stored)
      expect(read.headers.etag).toBe('"1"')
    }
  })

  it('answers 304 to who has the version already', async () => {
    const { id } = await create()
    const response = await server.asKey({ method: 'GET', url: `${URL}/${id}`, headers: { 'if-none-match': '"1"' } })
    expect(response.statusCode).toBe(304)
    expect(response.body).toBe('')
  })

  it('changes what a patch names and counts the version', async () => {
    const stored = await create({ description: 'stays' })
    const response = await server.asKey({
      method: 'PATCH',
      url: `${URL}/${stored.slug}`,
      headers: { 'if-match': '"1"' },
      payload: { title: 'Renamed' },
    })
    expect(response.statusCode).toBe(200)
    expect(response.headers.etag).toBe('"2"')
    expect(response.json()).toEqual({ ...stored, title: 'Renamed', version: 2, updatedAt: expect.stringMatching(ISO) })
  })

  it('asks for If-Match and refuses another version', async () => {
    const { id } = await create()
    for (const request of [{ method: 'PATCH', payload: { title: 'New' } }, { method: 'DELETE' }] as const) {
      const missing = await server.asKey({ ...request, url: `${URL}/${id}` })
      expect(missing.statusCode).toBe(428)
      expect(missing.json()).toEqual(
        problem({
          code: 'precondition_required',
          status: 428,
          title: 'Precondition required',
          detail: 'a change needs If-Match with the ETag that was read',
          hint: 'send If-Match: "<version>"',
        }),
      )
      const other = await server.asKey({ ...request, url: `${URL}/${id}`, headers: { 'if-match': '"7"' } })
      expect(other.statusCode).toBe(412)
      expect(other.json()).toEqual(
        problem({
          code: 'precondition_failed',
          status: 412,
          title: 'Changed by somebody else',
          detail: 'the dashboard is at version 1, not 7',
          hint: 'read it again and apply the change to what is stored now',
        }),
      )
      const garbage = await server.asKey({ ...request, url: `${URL}/${id}`, headers: { 'if-match': 'abc' } })
      expect(garbage.statusCode).toBe(412)
    }
  })

  it('lets one of two simultaneous changes win', async () => {
    const { id } = await create()
    const responses = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        server.asKey({
          method: 'PATCH',
          url: `${URL}/${id}`,
          headers: { 'if-match': '"1"' },
          payload: { title: `Title ${index}` },
        }),
      ),
    )
    expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array(7).fill(412)])
    const stored = (await server.asKey({ method: 'GET', url: `${URL}/${id}` })).json<Dashboard>()
    expect(stored.version).toBe(2)
    expect(stored).toEqual(responses.find(({ statusCode }) => statusCode === 200)?.json())
  })

  it('deletes the version it was shown', async () => {
    const { id } = await create()
    const response = await server.asKey({ method: 'DELETE', url: `${URL}/${id}`, headers: { 'if-match': 'W/"1"' } })
    expect(response.statusCode).toBe(204)
    expect(response.body).toBe('')
    const gone = await server.asKey({ method: 'GET', url: `${URL}/${id}` })
    expect(gone.statusCode).toBe(404)
    expect(gone.json()).toEqual(notFound(id))
  })

  it('refuses a slug that is taken, on creation and on change', async () => {
    const { slug } = await create()
    const conflict = problem({
      code: 'conflict',
      status: 409,
      title: 'Conflict',
      detail: `slug is taken by another dashboard: ${slug}`,
      errors: [{ path: 'slug', message: `is taken by another dashboard: ${slug}` }],
    })
    const created = await server.asKey({ method: 'POST', url: URL, payload: { ...SALES, slug } })
    expect(created.statusCode).toBe(409)
    expect(created.json()).toEqual(conflict)
    const other = await create()
    const patched = await server.asKey({
      method: 'PATCH',
      url: `${URL}/${other.id}`,
      headers: { 'if-match': '*' },
      payload: { slug },
    })
    expect(patched.statusCode).toBe(409)
    expect(patched.json()).toEqual(conflict)
  })

  it('reports every problem of a body at once, with path and value', async () => {
    const response = await server.asKey({
      method: 'POST',
      url: URL,
      payload: {
        slug: 'Not A Slug',
        title: 5,
        colour: 'red',
        widgets: [
          { ...SALES.widgets[0], layout: { x: 12, y: 0, w: 3, h: '3' } },
          { ...SALES.widgets[0], visualization: { type: 'pyramid' } },
        ],
      },
    })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toEqual(
      problem({
        code: 'invalid_request',
        status: 400,
        title: 'Invalid request',
        detail: 'the body is not valid: colour is not a known field (and 5 more)',
        errors: expect.arrayContaining([
          { path: 'colour', message: 'is not a known field' },
          { path: 'slug', message: 'must match ^[a-z0-9]+(?:-[a-z0-9]+)*$, not "Not A Slug"' },
          { path: 'title', message: 'must be a string, not 5' },
          { path: 'widgets[0].layout.x', message: 'must be at most 11, not 12' },
          { path: 'widgets[0].layout.h', message: 'must be an integer, not "3"' },
          { path: 'widgets[1].visualization.type', message: expect.stringContaining('not "pyramid"') },
        ]),
      }),
    )
  })

  it('refuses ids used twice and slugs that look like ids', async () => {
    const [widget] = SALES.widgets
    const slug = uuidV7()
    const response = await server.asKey({
      method: 'POST',
      url: URL,
      payload: { ...SALES, slug, widgets: [widget, widget] },
    })
    expect(response.statusCode).toBe(400)
    expect(response.json().errors).toEqual([
      { path: 'widgets[1].id', message: 'is used twice: orders' },
      { path: 'slug', message: 'must not look like an id' },
    ])
  })

  it('tells the author which names the model does not know', async () => {
    const widget = SALES.widgets[0]!
    const filter = { id: 'region', title: 'Region', type: 'multi_select' as const }
    const payload = {
      ...SALES,
      slug: 'misspelt',
      widgets: [widget, { ...widget, id: 'b', query: { measures: ['orders.cuont'], dimensions: ['orders.nowhere'] } }],
      filters: [
        { ...filter, member: 'orders.region', labelMember: 'orders.label', orderMeasure: 'orders.count' },
        { ...filter, id: 'other', member: 'orders.regoin' },
      ],
    }
    const refused = await server.asKey({ method: 'POST', url: URL, payload })
    expect(refused.statusCode).toBe(400)
    expect(refused.json()).toMatchObject({
      code: 'invalid_request',
      errors: [
        { path: 'widgets[1].query.dimensions[0]', message: expect.stringContaining('orders.nowhere') },
        { path: 'widgets[1].query.measures[0]', message: expect.stringContaining('orders.cuont') },
        { path: 'filters[0].labelMember', message: expect.stringContaining('orders.label') },
        { path: 'filters[1].member', message: expect.stringContaining('orders.regoin') },
      ],
    })
    expect((await server.asKey({ url: `${URL}/misspelt` })).statusCode).toBe(404)
  })

  it('lists by title in pages, each dashboard once', async () => {
    const { apiKey } = await server.addOrganization()
    const headers = { 'x-api-key': apiKey }
    for (const [index, title] of ['Beta', 'Alpha', 'Gamma', 'Alpha', 'Sales report'].entries()) {
      await server.app.inject({
        method: 'POST',
        url: URL,
        headers,
        payload: { ...SALES, slug: `list-${index}`, title },
      })
    }
    const seen: DashboardSummary[] = []
    let cursor: string | undefined
    do {
      const query = { limit: '2', ...(cursor !== undefined && { cursor }) }
      const response = await server.app.inject({ method: 'GET', url: URL, headers, query })
      expect(response.statusCode).toBe(200)
      const page = response.json<{ items: DashboardSummary[]; nextCursor?: string }>()
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen.map(({ title }) => title)).toEqual(['Alpha', 'Alpha', 'Beta', 'Gamma', 'Sales', 'Sales report'])
    expect(new Set(seen.map(({ id }) => id)).size).toBe(6)
    expect(Object.keys(seen[0] ?? {}).sort()).toEqual(['createdAt', 'id', 'slug', 'title', 'updatedAt', 'version'])
  })

  it('searches literally, in titles, slugs and descriptions', async () => {
    const { apiKey } = await server.addOrganization()
    const headers = { 'x-api-key': apiKey }
    await server.app.inject({
      method: 'POST',
      url: URL,
      headers,
      payload: { ...SALES, slug: 'hundred', title: '100% of it' },
    })
    const titles = async (search: string) => {
      const response = await server.app.inject({ method: 'GET', url: URL, headers, query: { search } })
      expect(response.statusCode).toBe(200)
      return response.json<{ items: DashboardSummary[] }>().items.map(({ title }) => title)
    }
    expect(await titles('SALES')).toEqual(['Sales'])
    expect(await titles('hundr')).toEqual(['100% of it'])
    expect(await titles('100%')).toEqual(['100% of it'])
    expect(await titles('%')).toEqual(['100% of it'])
    expect(await titles('_')).toEqual([])
    expect(await titles("'; drop table dashboards; --")).toEqual([])
  })

  it.each([
    ['limit=0', 'limit', 'must be at least 1, not 0'],
    ['limit=1000', 'limit', 'must be at most 200, not 1000'],
    ['limit=1e9', 'limit', 'must be an integer, not "1e9"'],
    ['limit=10;drop', 'limit', 'must be an integer, not "10;drop"'],
    ['limit=1.5', 'limit', 'must be an integer, not 1.5'],
    ['limit=5&limit=6', 'limit', 'must be an integer, not ["5","6"]'],
    ['limit=ten', 'limit', 'must be an integer, not "ten"'],
    ['sort=title', 'sort', 'is not a known field'],
    ['cursor=%27%3B--', 'cursor', 'must match ^[A-Za-z0-9_-]+$, not "\';--"'],
    ['cursor=AAAAAAAAAAAAAAAAAAAAAAAAWyJhIiwiYiJd', 'cursor', 'is not one this list gave out'],
  ])('SQL-23 refuses the query string %s', async (query, path, message) => {
    const response = await server.asKey({ method: 'GET', url: `${URL}?${query}` })
    expect(response.statusCode).toBe(400)
    expect(response.json().errors).toEqual([{ path, message }])
  })

  it.each(['%00', 'a%00b', "';drop table dashboards;--", '../sales', '__proto__', 'x'.repeat(200)])(
    'finds nothing under the name %s',
    async (name) => {
      const response = await server.asKey({
        method: 'GET',
        url: `${URL}/${name.includes('%') ? name : encodeURIComponent(name)}`,
      })
      expect([400, 404]).toContain(response.statusCode)
      expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    },
  )

  it('ISO-12 hides the dashboards of other organizations', async () => {
    const other = await server.addOrganization()
    const { id } = await create()
    const headers = { 'x-api-key': other.apiKey }
    for (const request of [
      { method: 'GET' },
      { method: 'PATCH', payload: { title: 'Mine' }, headers: { 'if-match': '*' } },
      { method: 'DELETE', headers: { 'if-match': '*' } },
    ] as const) {
      const foreign = await server.app.inject({
        ...request,
        url: `${URL}/${id}`,
        headers: { ...headers, ...('headers' in request && request.headers) },
      })
      expect(foreign.statusCode).toBe(404)
      expect(foreign.json()).toEqual(notFound(id))
    }
    expect((await server.asKey({ method: 'GET', url: `${URL}/${id}` })).statusCode).toBe(200)
  })

  it('lets viewers read and not write', async () => {
    const { token } = await server.addUser('viewer')
    expect((await server.asToken(token, { method: 'GET', url: `${URL}/sales` })).statusCode).toBe(200)
    const response = await server.asToken(token, { method: 'POST', url: URL, payload: { ...SALES, slug: 'by-viewer' } })
    expect(response.statusCode).toBe(403)
    expect(response.json()).toEqual(
      problem({
        code: 'forbidden',
        status: 403,
        title: 'Not allowed',
        detail: 'the permission dashboards:write is required',
      }),
    )
  })

  it('TOK-09 opens to an embed token only what it lists, by id or slug, and answers 404 for the rest', async () => {
    const first = await create()
    const second = await create()
    const bySlug = await server.mint({ resources: [{ type: 'dashboard', id: first.slug }] })
    const byId = await server.mint({ resources: [{ type: 'dashboard', id: first.id }] })
    for (const token of [bySlug, byId]) {
      for (const name of [first.id, first.slug]) {
        const response = await server.asToken(token, { method: 'GET', url: `${URL}/${name}` })
        expect(response.statusCode).toBe(200)
        expect(response.json()).toEqual(first)
      }
      for (const name of [second.id, second.slug, 'home', uuidV7()]) {
        const response = await server.asToken(token, { method: 'GET', url: `${URL}/${name}` })
        expect(response.statusCode).toBe(404)
        expect(response.json()).toEqual(notFound(name))
        const query = await server.asToken(token, { method: 'POST', url: `${URL}/${name}/query`, payload: {} })
        expect(query.statusCode).toBe(404)
      }
      const list = await server.asToken(token, { method: 'GET', url: URL })
      expect(list.statusCode).toBe(401)
      expect(list.json()).toEqual(INVALID_TOKEN)
    }
  })

  it('TOK-11 needs the action view to read, and filter to filter', async () => {
    const blind = await server.mint({ actions: [] })
    const read = await server.asToken(blind, { method: 'GET', url: `${URL}/sales` })
    expect(read.statusCode).toBe(403)
    expect(read.json()).toEqual(
      problem({
        code: 'forbidden',
        status: 403,
        title: 'Not allowed',
        detail: 'the token does not allow the action view',
      }),
    )
    expect((await server.asToken(blind, { method: 'POST', url: `${URL}/sales/query`, payload: {} })).statusCode).toBe(
      403,
    )
    const viewing = await server.mint({ actions: ['view'] })
    expect((await server.asToken(viewing, { method: 'POST', url: `${URL}/sales/query`, payload: {} })).statusCode).toBe(
      200,
    )
    const filtered = await server.asToken(viewing, {
      method: 'POST',
      url: `${URL}/sales/query`,
      payload: { filters: [] },
    })
    expect(filtered.statusCode).toBe(403)
    expect(filtered.json()).toMatchObject({ code: 'forbidden', detail: 'the token does not allow the action filter' })
    for (const url of ['/api/v1/query', '/api/v1/query/batch']) {
      const query = { measures: ['orders.count'] }
      const payload = url.endsWith('batch') ? { queries: [{ id: 'a', query }] } : { query }
      const explored = await server.asToken(viewing, { method: 'POST', url, payload })
      expect(explored.statusCode).toBe(403)
      expect(explored.json()).toMatchObject({
        code: 'forbidden',
        detail: 'the token does not allow the action explore',
      })
    }
  })
})
