import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestServer, SALES, type TestServer } from './build-test-server.ts'
import { DATABASES } from './test-databases.ts'

interface Page {
  readonly items: readonly {
    action: string
    target: Record<string, string>
    actor: { kind: string; id: string }
    at: string
  }[]
  readonly nextCursor?: string
}

describe.each(DATABASES)('the audit log on %s', (database) => {
  let server: TestServer
  let admin: string
  beforeAll(async () => {
    server = await buildTestServer({ database, withDashboard: false })
    admin = (await server.signIn()).accessToken
  })
  afterAll(() => server.close())

  const read = async (query = '', token = admin) => {
    const answer = await server.asToken(token, { method: 'GET', url: `/api/v1/audit${query}` })
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<Page>()
  }

  it('AUT-19 has every acknowledged change, newest first, with who and what', async () => {
    const created = await server.asKey({ method: 'POST', url: '/api/v1/dashboards', payload: SALES })
    const { id } = created.json<{ id: string }>()
    const ifMatch = { 'if-match': '"1"' }
    await server.asToken(admin, {
      method: 'PATCH',
      url: `/api/v1/dashboards/${id}`,
      headers: ifMatch,
      payload: { title: 'Two\nline' },
    })
    await server.asToken(admin, { method: 'DELETE', url: `/api/v1/dashboards/${id}`, headers: { 'if-match': '"2"' } })
    const { items } = await read()
    expect(items.map(({ action, target, actor }) => [action, target.id, actor.kind])).toEqual([
      ['dashboard.delete', id, 'user'],
      ['dashboard.update', id, 'user'],
      ['dashboard.create', id, 'api-key'],
    ])
    expect(JSON.stringify(items)).not.toContain('Two')
  })

  it('has nothing of refused changes', async () => {
    const before = (await read()).items.length
    const refused = await server.asKey({
      method: 'POST',
      url: '/api/v1/dashboards',
      payload: { ...SALES, slug: '../x' },
    })
    expect(refused.statusCode).toBe(400)
    expect((await read()).items).toHaveLength(before)
  })

  it('pages through all entries once', async () => {
    for (let index = 0; index < 5; index++)
      await server.asKey({ method: 'POST', url: '/api/v1/dashboards', payload: { ...SALES, slug: `page-${index}` } })
    const all = (await read()).items
    const seen: Page['items'][number][] = []
    let cursor: string | undefined
    do {
      const page = await read(`?limit=3${cursor === undefined ? '' : `&cursor=${cursor}`}`)
      seen.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual(all)
    expect((await read('?action=dashboard.delete')).items).toHaveLength(1)
  })

  it('SQL-23 refuses a made-up cursor', async () => {
    const answer = await server.asToken(admin, { method: 'GET', url: `/api/v1/audit?cursor=1-${'-'.repeat(36)}` })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ path: 'cursor' }] })
  })

  it('ISO-12 shows an organization only its own entries', async () => {
    const { apiKey } = await server.addOrganization()
    const before = (await read()).items.length
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/dashboards',
      headers: { 'x-api-key': apiKey },
      payload: { ...SALES, slug: 'foreign' },
    })
    expect(answer.statusCode).toBe(201)
    expect((await read()).items).toHaveLength(before)
  })

  it('does not acknowledge what it cannot record', async () => {
    await sql`alter table audit_log rename to audit_log_away`.execute(server.app.db)
    const answer = await server.asKey({
      method: 'POST',
      url: '/api/v1/dashboards',
      payload: { ...SALES, slug: 'unrecorded' },
    })
    await sql`alter table audit_log_away rename to audit_log`.execute(server.app.db)
    expect(answer.statusCode).toBe(500)
  })
})
