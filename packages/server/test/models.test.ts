import type { Meta } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildServer } from '../src/build-server.ts'
import { buildTestServer, type TestServer } from './build-test-server.ts'
import { DATABASES } from './test-databases.ts'

interface Draft {
  readonly id: string
  readonly version: number
  readonly files: readonly { path: string; text: string }[]
}
interface Version {
  readonly number: number
  readonly restoredFrom?: number
}

const TWO = `cubes:
  - name: orders
    sql_table: orders
    measures:
      - { name: count, type: count }
      - { name: twice, type: number, sql: "2 * {count}" }
`
const WITHOUT_COUNT = TWO.replace('- { name: count, type: count }', '- { name: rows, type: count }').replace(
  '{count}',
  '{rows}',
)
const BAD = TWO.replace('type: number', 'type: numbr')

describe.each(DATABASES)('models of an organization on %s', (database) => {
  let server: TestServer
  let admin: string
  beforeAll(async () => {
    server = await buildTestServer({ database })
    admin = (await server.signIn()).accessToken
  })
  afterAll(() => server.close())

  const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, headers = {}) =>
    server.asToken(admin, { method, url: `/api/v1${url}`, headers, ...(payload !== undefined && { payload }) })
  const draftOf = async (text: string) => {
    const answer = await ask('POST', '/models/drafts', { title: 'Try', files: [{ path: 'orders.yml', text }] })
    expect(answer.statusCode, answer.body).toBe(201)
    return answer.json<Draft>()
  }
  const publish = (draft: Draft, payload = {}) =>
    ask('POST', `/models/drafts/${draft.id}/publish`, payload, { 'if-match': `"${draft.version}"` })
  const measures = async () => {
    const { cubes } = (await ask('GET', '/meta')).json<Meta>()
    return cubes.flatMap((cube) => cube.measures.map(({ name }) => name))
  }

  it('a draft starts from the model in use and is changed file by file', async () => {
    const created = await ask('POST', '/models/drafts', { title: 'From the folder' })
    const draft = created.json<Draft>()
    expect(draft.files.length).toBeGreaterThan(0)
    const url = `/models/drafts/${draft.id}`
    const changes = [{ path: 'extra/notes.yml', text: 'cubes: []\n' }]
    const changed = await ask('PATCH', url, { changes }, { 'if-match': '"1"' })
    expect(changed.headers.etag).toBe('"2"')
    expect(changed.json<Draft>().files).toHaveLength(draft.files.length + 1)
    const stale = await ask('PATCH', url, { title: 'Late' }, { 'if-match': '"1"' })
    expect(stale.statusCode).toBe(412)
    const removed = await ask(
      'PATCH',
      url,
      { changes: [{ path: 'extra/notes.yml', text: null }] },
      { 'if-match': '"2"' },
    )
    expect(removed.json<Draft>().files).toEqual(draft.files)
    expect((await ask('DELETE', url, undefined, { 'if-match': '"3"' })).statusCode).toBe(204)
    expect((await ask('GET', url)).statusCode).toBe(404)
  })

  it('validation names every problem with its place and keeps nothing', async () => {
    const answer = await ask('POST', '/models/validate', { files: [{ path: 'orders.yml', text: BAD }] })
    expect(answer.json()).toMatchObject({ valid: false })
    const { problems } = answer.json<{ problems: { path: string; message: string }[] }>()
    expect(problems[0]?.path).toMatch(/^orders\.yml:6:\d+ cubes\[0\]\.measures\[1\]\.type/)
    expect(problems[0]?.message).toContain('numbr')
    const good = await ask('POST', '/models/validate', { files: [{ path: 'orders.yml', text: TWO }] })
    expect(good.json()).toEqual({ valid: true, problems: [] })
  })

  it.each([
    ['a path that climbs', '../orders.yml'],
    ['an absolute path', '/etc/passwd.yml'],
    ['another ending', 'orders.js'],
    ['a hidden file', '.orders.yml'],
  ])('refuses %s', async (_, path) => {
    const answer = await ask('POST', '/models/validate', { files: [{ path, text: TWO }] })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ path: 'files[0].path' }] })
  })

  it('refuses one path twice', async () => {
    const files = [1, 2].map(() => ({ path: 'orders.yml', text: TWO }))
    const answer = await ask('POST', '/models/validate', { files })
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: 'files[1].path' }] })
  })

  it('a model with problems cannot be published', async () => {
    const answer = await publish(await draftOf(BAD))
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ code: 'model_invalid' })
    expect(await measures()).not.toContain('orders.twice')
  })

  it('says what a draft changes and which dashboards it breaks, and publishes it only on demand', async () => {
    const draft = await draftOf(WITHOUT_COUNT)
    const diff = (await ask('GET', `/models/drafts/${draft.id}/diff`)).json<Record<string, unknown>>()
    expect(diff.problems).toEqual([])
    expect(diff.changes).toContainEqual({ name: 'orders.count', kind: 'measure', change: 'removed' })
    expect(diff.changes).toContainEqual({ name: 'orders.rows', kind: 'measure', change: 'added' })
    expect(diff.brokenDashboards).toMatchObject([
      { slug: 'sales', problems: [{ path: 'widgets[0].query.measures[0]' }] },
    ])
    const refused = await publish(draft)
    expect(refused.statusCode).toBe(409)
    expect(refused.json()).toMatchObject({ errors: [{ path: 'dashboards.sales.widgets[0].query.measures[0]' }] })
    await ask('DELETE', `/models/drafts/${draft.id}`, undefined, { 'if-match': '*' })
  })

  it('publishing is what queries see next, and rolling back undoes it', async () => {
    const draft = await draftOf(TWO)
    const before = await measures()
    const published = await publish(draft, { message: 'Twice' })
    expect(published.statusCode, published.body).toBe(200)
    const { number } = published.json<Version>()
    expect(await measures()).toEqual(['orders.count', 'orders.twice'])
    const answer = await ask('POST', '/query', { query: { measures: ['orders.twice', 'orders.count'] } })
    const [[twice], [count]] = answer.json<{ data: [[number], [number]] }>().data
    expect(twice).toBe(2 * count)
    expect((await ask('GET', `/models/drafts/${draft.id}`)).statusCode).toBe(404)
    const restored = await ask('POST', '/models/versions/0/restore', {})
    expect(restored.json()).toMatchObject({ number: number + 1, restoredFrom: 0 })
    expect(await measures()).toEqual(before)
    const again = await ask('POST', `/models/versions/${number}/restore`, {})
    expect(again.json()).toMatchObject({ number: number + 2, restoredFrom: number })
    expect(await measures()).toEqual(['orders.count', 'orders.twice'])
    const files = (await ask('GET', `/models/versions/${number}`)).json()
    expect(files).toEqual({ number, files: [{ path: 'orders.yml', text: TWO }] })
    await ask('POST', '/models/versions/0/restore', {})
    const { items } = (await ask('GET', '/models/versions?limit=2')).json<{ items: Version[] }>()
    expect(items.map((version) => version.number)).toEqual([number + 3, number + 2])
  })

  it('of two people who publish at once, one is told', async () => {
    const drafts = [
      await draftOf(TWO),
      await draftOf(`${TWO}      - { name: thrice, type: number, sql: "3 * {count}" }\n`),
    ]
    const answers = await Promise.all(drafts.map((draft) => publish(draft)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412])
    await ask('POST', '/models/versions/0/restore', {})
  })

  it('ISO-12 another organization sees and touches nothing of it', async () => {
    const draft = await draftOf(TWO)
    const other = await server.addOrganization([], ['models:read', 'models:write'])
    const asOther = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
      server.app.inject({
        method,
        url: `/api/v1${url}`,
        headers: { 'x-api-key': other.apiKey, 'if-match': '*' },
        ...(payload !== undefined && { payload }),
      })
    for (const answer of [
      await asOther('GET', `/models/drafts/${draft.id}`),
      await asOther('GET', `/models/drafts/${draft.id}/diff`),
      await asOther('DELETE', `/models/drafts/${draft.id}`),
      await asOther('POST', `/models/drafts/${draft.id}/publish`, {}),
      await asOther('POST', '/models/versions/1/restore', {}),
    ])
      expect(answer.statusCode).toBe(404)
    expect((await asOther('GET', '/models')).json()).toEqual({ current: null, drafts: [] })
    const own = await asOther('POST', '/models/drafts', { title: 'Empty' })
    expect(own.json<Draft>().files).toEqual([])
  })

  it('another organization’s SQL does not reach the data sources of the server’s configuration', async () => {
    const other = await server.addOrganization([], ['models:read', 'models:write'])
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/models/validate',
      headers: { 'x-api-key': other.apiKey },
      payload: { files: [{ path: 'orders.yml', text: TWO }] },
    })
    expect(answer.json()).toEqual({
      valid: false,
      problems: [{ path: 'orders.data_source', message: 'default is not a data source of this organization' }],
    })
  })
})

describe.runIf(process.env.TEST_DATABASE_URL !== undefined)('a published model', () => {
  it('reaches the other nodes', async () => {
    const one = await buildTestServer({ database: 'postgres' })
    const two = await buildServer({ ...one.config, dataDir: `${one.config.dataDir}-two` })
    try {
      const token = (await one.signIn()).accessToken
      const draft = await one.asToken(token, {
        method: 'POST',
        url: '/api/v1/models/drafts',
        payload: { title: 'Try', files: [{ path: 'orders.yml', text: TWO }] },
      })
      const { id } = draft.json<Draft>()
      await one.asToken(token, {
        method: 'POST',
        url: `/api/v1/models/drafts/${id}/publish`,
        headers: { 'if-match': '"1"' },
        payload: {},
      })
      await vi.waitFor(
        async () => {
          const answer = await two.inject({ url: '/api/v1/meta', headers: { authorization: `Bearer ${token}` } })
          expect(answer.body).toContain('orders.twice')
        },
        { timeout: 30_000, interval: 200 },
      )
    } finally {
      await two.close()
      await one.close()
    }
  })
})
