import { PERMISSIONS } from '@datainsight/core'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestServer, type TestServer } from './build-test-server.ts'

/** What the other organization has: one of each thing that an address can name. */
interface Victim {
  readonly dashboard: string
  readonly dashboardSlug: string
  readonly source: string
  readonly sourceName: string
  readonly draft: string
  readonly version: string
  readonly signingKey: string
  readonly rollup: string
  /** Of the query log. */
  readonly record: string
}

/**
 * Every route whose address names something, with the other organization's names for it and a body that would do. A new route
 * of this kind fails the test until it is listed.
 */
const NAMED: Readonly<Record<string, { names: (victim: Victim) => readonly string[]; body?: object; rest?: string }>> =
  {
    'GET /api/v1/dashboards/:id': { names: (it) => [it.dashboard, it.dashboardSlug] },
    'PATCH /api/v1/dashboards/:id': { names: (it) => [it.dashboard, it.dashboardSlug], body: { title: 'Mine' } },
    'DELETE /api/v1/dashboards/:id': { names: (it) => [it.dashboard, it.dashboardSlug] },
    'POST /api/v1/dashboards/:id/query': { names: (it) => [it.dashboard, it.dashboardSlug], body: {} },
    'POST /api/v1/dashboards/:id/filters/:filterId/options': {
      names: (it) => [it.dashboard, it.dashboardSlug],
      rest: 'region',
      body: {},
    },
    'GET /api/v1/data-sources/:id': { names: (it) => [it.source, it.sourceName] },
    'PATCH /api/v1/data-sources/:id': { names: (it) => [it.source, it.sourceName], body: { concurrency: 1 } },
    'DELETE /api/v1/data-sources/:id': { names: (it) => [it.source, it.sourceName] },
    'POST /api/v1/data-sources/:id/test': { names: (it) => [it.source, it.sourceName], body: {} },
    'GET /api/v1/data-sources/:id/schema': { names: (it) => [it.source, it.sourceName] },
    'POST /api/v1/data-sources/:id/model': {
      names: (it) => [it.source, it.sourceName],
      body: { tables: [{ schema: 'public', name: 'orders' }] },
    },
    'POST /api/v1/data-sources/:name/data-changed': { names: (it) => [it.sourceName], body: {} },
    'DELETE /api/v1/embed/keys/:kid': { names: (it) => [it.signingKey] },
    'GET /api/v1/models/drafts/:id': { names: (it) => [it.draft] },
    'PATCH /api/v1/models/drafts/:id': { names: (it) => [it.draft], body: { title: 'Mine' } },
    'DELETE /api/v1/models/drafts/:id': { names: (it) => [it.draft] },
    'GET /api/v1/models/drafts/:id/diff': { names: (it) => [it.draft] },
    'POST /api/v1/models/drafts/:id/publish': { names: (it) => [it.draft], body: {} },
    'GET /api/v1/models/versions/:number': { names: (it) => [it.version] },
    'GET /api/v1/query/log/:id': { names: (it) => [it.record] },
    'POST /api/v1/rollups/:name/build': { names: (it) => [it.rollup], body: {} },
    'POST /api/v1/models/versions/:number/restore': { names: (it) => [it.version], body: {} },
  }
/** Names that nobody has, of the same make. */
const NOBODY: Victim = {
  dashboard: '01890000-0000-7000-8000-000000000000',
  dashboardSlug: 'nobodys-board',
  source: '01890000-0000-7000-8000-000000000001',
  sourceName: 'nobodys_source',
  draft: '01890000-0000-7000-8000-000000000002',
  version: '77',
  signingKey: '01890000-0000-7000-8000-000000000003',
  rollup: 'nobodys_cube.nobodys_rollup',
  record: '01890000-0000-7000-8000-000000000004',
}
const EVERYTHING = [...PERMISSIONS]
const FILES = [
  {
    path: 'secret.yml',
    text: 'cubes:\n  - name: secret_cube\n    sql_table: secret_table\n    data_source: secret_source\n    measures: [{ name: secret_count, type: count }]\n    dimensions: [{ name: secret_region, type: string, sql: region }]\n    pre_aggregations: [{ name: secret_main, measures: [secret_count], dimensions: [secret_region] }]\n    access_policy: [{ role: "*" }]\n',
  },
]

describe('an organization with every right of its own', () => {
  let server: TestServer
  let intruder: string
  let owner: string
  let victim: Victim
  beforeAll(async () => {
    server = await buildTestServer()
    intruder = (await server.addOrganization([], EVERYTHING)).apiKey
    owner = (await server.addOrganization([], EVERYTHING)).apiKey
    victim = await furnish()
  })
  afterAll(() => server.close())

  const as = (apiKey: string, method: string, url: string, payload?: object): Promise<LightMyRequestResponse> =>
    server.app.inject({
      method: method as 'GET',
      url,
      headers: { 'x-api-key': apiKey, 'if-match': '*' },
      ...(payload !== undefined && { payload }),
    } as InjectOptions)

  async function furnish(): Promise<Victim> {
    const make = async <T>(url: string, payload: object): Promise<T> => {
      const response = await as(owner, 'POST', `/api/v1${url}`, payload)
      expect(response.statusCode, `${url}: ${response.body}`).toBeLessThan(300)
      return response.json<T>()
    }
    const source = await make<{ id: string; name: string }>('/data-sources', {
      name: 'secret_source',
      type: 'postgres',
      connection: { host: 'secret-host.example.com', port: 5432, database: 'secret_database', user: 'secret_user' },
      credentials: { password: 'secret-password' },
    })
    const first = await make<{ id: string }>('/models/drafts', { title: 'First', files: FILES })
    const { number } = await make<{ number: number }>(`/models/drafts/${first.id}/publish`, {
      allowBrokenDashboards: true,
    })
    const draft = await make<{ id: string }>('/models/drafts', { title: 'Secret draft', files: FILES })
    const dashboard = await make<{ id: string; slug: string }>('/dashboards', {
      slug: 'secret-board',
      title: 'Secret board',
      filters: [{ id: 'region', type: 'multi_select', member: 'secret_cube.secret_region', title: 'Region' }],
      widgets: [
        {
          id: 'w',
          title: 'Secret widget',
          layout: { x: 0, y: 0, w: 3, h: 3 },
          query: { measures: ['secret_cube.secret_count'] },
          visualization: { type: 'metric' },
        },
      ],
    })
    const key = await make<{ kid: string }>('/embed/keys', { algorithm: 'HS256' })
    // Nobody listens there: what is recorded is the attempt.
    await as(owner, 'POST', '/api/v1/query', { query: { measures: ['secret_cube.secret_count'] } })
    const log = (await as(owner, 'GET', '/api/v1/query/log')).json<{ items: { id: string }[] }>()
    return {
      dashboard: dashboard.id,
      dashboardSlug: dashboard.slug,
      source: source.id,
      sourceName: source.name,
      draft: draft.id,
      version: String(number),
      signingKey: key.kid,
      rollup: 'secret_cube.secret_main',
      record: log.items[0]?.id ?? '',
    }
  }

  /** All that the owner reads of its own. */
  const inventory = async () => {
    const pages = await Promise.all(
      [
        `/dashboards/${victim.dashboard}`,
        `/data-sources/${victim.source}`,
        `/models/drafts/${victim.draft}`,
        `/models/versions/${victim.version}`,
        `/query/log/${victim.record}`,
        '/models/versions',
        '/embed/keys',
        '/dashboards',
      ].map((url) => as(owner, 'GET', `/api/v1${url}`)),
    )
    for (const page of pages) expect(page.statusCode, page.body).toBe(200)
    return pages.map((page) => page.body)
  }

  it('ISO-12 is answered by every route with a name of another organization as with a name of nobody, and changes nothing', async () => {
    const routes = server.app.routeTable.filter(
      ({ method, url, policy }) => method !== 'HEAD' && url.includes(':') && !policy.auth.includes('none'),
    )
    expect(routes.map(({ method, url }) => `${method} ${url}`).sort()).toEqual(Object.keys(NAMED).sort())
    const before = await inventory()
    for (const { method, url } of routes) {
      const { names, body, rest = '' } = NAMED[`${method} ${url}`]!
      const [own, unknown] = [names(victim), names(NOBODY)]
      for (const [index, name] of own.entries()) {
        const at = (text: string) => url.replace(/:\w+/, text).replace(/:\w+/, rest)
        const nobody = unknown[index] as string
        const [foreign, missing] = [
          await as(intruder, method, at(name), body),
          await as(intruder, method, at(nobody), body),
        ]
        const where = `${method} ${at(name)}: ${foreign.body}`
        expect(foreign.statusCode, where).toBe(404)
        expect(shape(foreign, name), where).toEqual(shape(missing, nobody))
      }
    }
    expect(await inventory()).toEqual(before)
  })

  it('ISO-12 would notice: its owner is let in', async () => {
    expect((await as(owner, 'POST', `/api/v1/rollups/${victim.rollup}/build`, {})).statusCode).not.toBe(404)
    for (const url of [`/dashboards/${victim.dashboardSlug}`, `/data-sources/${victim.sourceName}`]) {
      expect((await as(owner, 'GET', `/api/v1${url}`)).statusCode).toBe(200)
    }
  })

  it('ISO-12 ISO-18 reads nothing of another organization in any list, search or figure', async () => {
    const lists = server.app.routeTable.filter(
      ({ method, url, policy }) =>
        method === 'GET' && !url.includes(':') && policy.auth.includes('api-key') && !url.startsWith('/cubejs'),
    )
    expect(lists.length).toBeGreaterThan(8)
    for (const { url } of lists) {
      for (const query of ['', '?search=secret', '?limit=200']) {
        const response = await as(intruder, 'GET', `${url}${query}`)
        const echo = response.statusCode === 200 ? /secret/i : /secret_|secret-|Secret /
        expect(response.body, `${url}${query}`).not.toMatch(echo)
        for (const id of Object.values(victim).filter((text) => text.length > 8))
          expect(response.body, `${url}${query}`).not.toContain(id)
      }
    }
    const meta = await as(intruder, 'GET', '/cubejs-api/v1/meta')
    expect(meta.body).not.toContain('secret')
  })

  it('ISO-12 takes no cursor from the list of another organization', async () => {
    for (let index = 0; index < 2; index += 1) {
      const made = await as(owner, 'POST', '/api/v1/dashboards', {
        slug: `secret-more-${index}`,
        title: 'Secret more',
        widgets: [],
      })
      expect(made.statusCode, made.body).toBe(201)
    }
    const page = await as(owner, 'GET', '/api/v1/dashboards?limit=1')
    const { nextCursor } = page.json<{ nextCursor: string }>()
    expect(nextCursor).toBeDefined()
    const answer = await as(intruder, 'GET', `/api/v1/dashboards?limit=10&cursor=${nextCursor}`)
    expect(answer.body).not.toMatch(/secret/i)
  })

  it('ISO-13 is told of a foreign member among its own as of one that does not exist, without a guess at its name', async () => {
    const mine = [
      {
        path: 'mine.yml',
        text: FILES[0]!.text
          .replaceAll('secret', 'mine')
          .replace('    data_source: mine_source\n', '    data_source: mine\n'),
      },
    ]
    const source = await as(intruder, 'POST', '/api/v1/data-sources', {
      name: 'mine',
      type: 'postgres',
      connection: { host: '127.0.0.1', port: 1, database: 'mine', user: 'mine' },
      credentials: { password: 'mine' },
    })
    expect(source.statusCode, source.body).toBe(201)
    const draft = await as(intruder, 'POST', '/api/v1/models/drafts', { title: 'Mine', files: mine })
    const published = await as(intruder, 'POST', `/api/v1/models/drafts/${draft.json<{ id: string }>().id}/publish`, {
      allowBrokenDashboards: true,
    })
    expect(published.statusCode, published.body).toBe(200)
    const foreign = { measures: ['secret_cube.secret_count'] }
    const missing = { measures: ['nobody_cube.nobody_count'] }
    const own = { measures: ['mine_cube.mine_count'] }
    const asked: [string, (query: object) => object][] = [
      ['/api/v1/query', (query) => ({ query })],
      ['/api/v1/query/sql', (query) => ({ query })],
      ['/api/v1/query/export', (query) => ({ query, format: 'csv' })],
      ['/api/v1/cache/inspect', (query) => ({ query })],
      ['/cubejs-api/v1/load', (query) => ({ query })],
      ['/cubejs-api/v1/sql', (query) => ({ query })],
      ['/cubejs-api/v1/dry-run', (query) => ({ query })],
      ['/api/v1/query/suggest', (query) => ({ member: (query as { measures: string[] }).measures[0] })],
    ]
    for (const [url, bodyWith] of asked) {
      const [first, second] = [
        await as(intruder, 'POST', url, bodyWith(foreign)),
        await as(intruder, 'POST', url, bodyWith(missing)),
      ]
      expect(first.statusCode, `${url}: ${first.body}`).toBe(400)
      const neutral = (text: string) => text.replaceAll(/(?:secret|nobody)_(cube|count)/g, '$1')
      expect(neutral(shape(first, 'x').body), url).toEqual(neutral(shape(second, 'x').body))
    }
    const batch = (query: object) =>
      as(intruder, 'POST', '/api/v1/query/batch', {
        queries: Array.from({ length: 50 }, (_, index) => ({ id: `q${index}`, query: index === 17 ? query : own })),
      })
    const frames = async (query: object) => {
      const lines = (await batch(query)).body.split('\n').filter((line) => line.includes('"q17"'))
      return lines
        .join('\n')
        .replaceAll(/(?:secret|nobody)_(cube|count)/g, '$1')
        .replaceAll(/"requestId":"[^"]+"/g, '')
    }
    const told = await frames(foreign)
    expect(told).toContain('unknown_member')
    expect(told).toEqual(await frames(missing))
  })
})

/** What a caller sees, without what belongs to one request; the name that was asked for is `<name>`. */
function shape(response: LightMyRequestResponse, name: string) {
  const { 'x-request-id': _, date: __, ...rest } = response.headers
  const headers = Object.fromEntries(
    Object.entries(rest).filter(([header]) => !/ratelimit|content-length/.test(header)),
  )
  return {
    status: response.statusCode,
    headers,
    body: response.body.replaceAll(name, '<name>').replaceAll(/"requestId":"[^"]+"/g, ''),
  }
}
