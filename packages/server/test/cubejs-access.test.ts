import { readFileSync } from 'node:fs'
import type { EmbedTokenRequest } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CubejsServer, startCubejsServer } from './cubejs-server.ts'
import { DATA, MODEL } from './query-flights.ts'
import { readTruth } from './read-truth.ts'

/** Who may ask what under /cubejs-api, and what refusals tell. */
let server: CubejsServer
let token: string

beforeAll(async () => {
  server = await startCubejsServer()
  token = await server.token()
})
afterAll(() => server.close())

const COUNT = { measures: ['flights.count'] }
const asText = (query: unknown) => encodeURIComponent(JSON.stringify(query))

const get = (path: string, headers: Record<string, string> = { authorization: token }) =>
  fetch(`${server.apiUrl}${path}`, { headers })

async function refusal(path: string, headers?: Record<string, string>) {
  const response = await get(path, headers)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('credentials', () => {
  it.each(['', 'Bearer ', 'bearer '])('takes a token after "%s"', async (scheme) => {
    const response = await get(`/load?query=${asText(COUNT)}`, { authorization: `${scheme}${token}` })
    expect(response.status).toBe(200)
  })

  it('takes a bare token under /cubejs-api alone', async () => {
    const response = await server.app.inject({
      method: 'POST',
      url: '/api/v1/query',
      headers: { authorization: token },
      payload: { query: COUNT },
    })
    expect(response.statusCode).toBe(401)
  })

  it('takes API keys from the client, with everything the key may see', async () => {
    const result = await server.keyClient().load(COUNT)
    const [[count] = []] = await readTruth(`select count(*)::varchar from '${DATA}flights-3m.parquet'`)
    expect(result.rawData()).toEqual([{ 'flights.count': count }])
  })

  it('takes tokens that a function fetches', async () => {
    const result = await server.client(() => server.token({ attributes: { airport: ['BUR'] } })).load(COUNT)
    const [[count] = []] = await readTruth(
      `select count(*)::varchar from '${DATA}flights-3m.parquet' where origin = 'BUR'`,
    )
    expect(result.rawData()).toEqual([{ 'flights.count': count }])
  })

  it.each([
    ['nothing', {}, 401, 'unauthenticated', 'the request carries no credential'],
    ['rubbish', { authorization: 'rubbish' }, 401, 'invalid_token', 'the credential is not valid here'],
    ['another scheme', { authorization: 'Basic YTpi' }, 401, 'invalid_token', 'the credential is not valid here'],
    ['an empty token', { authorization: '' }, 401, 'invalid_token', 'the credential is not valid here'],
    ['an unknown key', { 'x-api-key': 'k'.repeat(40) }, 401, 'invalid_token', 'the credential is not valid here'],
  ])('refuses %s in Cube’s form', async (_, headers, status, code, error) => {
    for (const path of [`/load?query=${asText(COUNT)}`, '/meta', `/sql?query=${asText(COUNT)}`]) {
      expect(await refusal(path, headers as Record<string, string>)).toEqual({
        status,
        body: { error, code, requestId: expect.stringMatching(/^[0-9a-f]{12}-/) },
      })
    }
  })

  it('refuses a key together with a token', async () => {
    const headers = { authorization: token, 'x-api-key': server.apiKey }
    expect(await refusal('/meta', headers)).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  })

  it.each(['/load', '/subscribe', '/dry-run', '/meta'])('needs the action explore for %s', async (path) => {
    const authorization = await server.token({ actions: ['view', 'filter', 'drill'] })
    const query = path === '/meta' ? '' : `?query=${asText(COUNT)}`
    expect(await refusal(`${path}${query}`, { authorization })).toMatchObject({
      status: 403,
      body: { error: 'the token does not allow the action explore', code: 'forbidden' },
    })
  })

  it('shows statements to keys with query:sql and never to embed tokens', async () => {
    const statement = await server.keyClient().sql(COUNT)
    expect(statement.sql()).toMatch(/^select count/)
    expect(statement.rawQuery()).toMatchObject({ dataSource: 'default', dbType: 'duckdb', external: false })
    await expect(server.client(token).sql(COUNT)).rejects.toMatchObject({
      status: 403,
      response: { error: 'embed tokens may not see statements', code: 'forbidden' },
    })
  })

  it('runs the statement that /sql shows', async () => {
    const query = {
      ...COUNT,
      filters: [{ member: 'flights.destination', operator: 'equals' as const, values: ['LAX'] }],
    }
    const shown = await server.keyClient().sql(query)
    const ours = await server.post('/query/sql', { query })
    const { sql, parameters } = ours.json<{ sql: string; parameters: unknown[] }>()
    expect(shown.rawQuery().sql).toEqual([sql, parameters])
  })
})

describe('rows and members', () => {
  it('has the token’s filters, masks and hidden members in every answer', async () => {
    const grant: Partial<EmbedTokenRequest> = {
      filters: [{ member: 'flights.destination', operator: 'equals', values: ['LAX'] }],
      members: { deny: ['flights.total_distance'], mask: ['flights.avg_delay'] },
    }
    const client = server.client(await server.token(grant))
    const [[count] = []] = await readTruth(
      `select count(*)::varchar from '${DATA}flights-3m.parquet' where origin = 'SEA' and destination = 'LAX'`,
    )
    const result = await client.load({ measures: ['flights.count', 'flights.avg_delay'] })
    expect(result.rawData()).toEqual([{ 'flights.count': count, 'flights.avg_delay': null }])
    await expect(client.load({ measures: ['flights.total_distance'] })).rejects.toMatchObject({
      status: 400,
      response: { code: 'unknown_member' },
    })
    const meta = await client.meta()
    expect(meta.resolveMember('flights.total_distance', 'measures')).toMatchObject({ error: expect.any(String) })
    expect(meta.resolveMember('flights.count', 'measures')).toMatchObject({ name: 'flights.count', aggType: 'count' })
  })

  it('answers a token without the attribute with nothing', async () => {
    const client = server.client(await server.token({ attributes: {} }))
    const asked = await client.load(COUNT).then(
      (result) => result.rawData(),
      (error) => error.response.code,
    )
    expect([[{ 'flights.count': '0' }], 'missing_attribute']).toContainEqual(asked)
  })

  it('keeps what two callers wait for apart, whatever they call their requests', async () => {
    const other = await server.token({ attributes: { airport: ['DEN'] } })
    const ask = async (authorization: string) => {
      const headers = { authorization, 'x-request-id': 'same-span-1' }
      const response = await get(`/load?query=${asText(COUNT)}`, headers)
      return (await response.json()) as { data: unknown }
    }
    const [sea, den] = await Promise.all([ask(token), ask(other)])
    expect(sea.data).not.toEqual(den.data)
  })
})

describe('refusals', () => {
  it.each([
    ['no query', '', 'query is required'],
    ['text that is no JSON', '?query=%7B', 'the parameter query is not valid JSON'],
    ['an unknown key', `?query=${asText({ ...COUNT, having: [] })}`, 'query.having is not a known field'],
    ['an unknown parameter', `?query=${asText(COUNT)}&tenant=x`, 'tenant is not a known field'],
    ['an unknown cache mode', `?query=${asText(COUNT)}&cache=forever`, 'cache must be one of'],
    [
      'join hints',
      `?query=${asText({ ...COUNT, joinHints: [['a', 'b']] })}`,
      'query.joinHints must have at most 0 items',
    ],
    ['a limit beyond the highest', `?query=${asText({ ...COUNT, limit: 10 ** 9 })}`, 'query.limit'],
    ['a prototype', `?query=${encodeURIComponent('{"__proto__":{"limit":1}}')}`, 'a forbidden field name'],
    ['a NUL', `?query=${asText({ measures: ['a\0b'] })}`, 'a NUL character'],
    [
      'a list without granularity',
      `?queryType=multi&query=${asText([COUNT, COUNT])}`,
      'needs a time dimension with a granularity',
    ],
    [
      'a list without queryType',
      `?query=${asText([{ timeDimensions: [{ dimension: 'flights.date', granularity: 'day' }] }])}`,
      'need queryType=multi',
    ],
    [
      'a filter on nothing',
      `?query=${asText({ ...COUNT, filters: [{ operator: 'set' }] })}`,
      'a filter needs a member',
    ],
    [
      'null in a text filter',
      `?query=${asText({ ...COUNT, filters: [{ member: 'flights.origin', operator: 'contains', values: [null] }] })}`,
      'use set or notSet',
    ],
    ['an unknown zone', `?query=${asText({ ...COUNT, timezone: 'Mars' })}`, 'unknown time zone'],
    [
      'a span that is none',
      `?query=${asText({ ...COUNT, timeDimensions: [{ dimension: 'flights.date', dateRange: 'soon' }] })}`,
      'is not a date range',
    ],
  ])('name %s', async (_, search, error) => {
    const answer = await refusal(`/load${search}`)
    expect(answer.status).toBe(400)
    expect(answer.body.error).toContain(error)
  })

  it('list all problems with their places', async () => {
    const query = { measures: ['flights.nope'], dimensions: ['flights.nada'] }
    await expect(server.client(token).load(query)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('unknown'),
      response: {
        code: 'unknown_member',
        errors: [{ message: expect.stringContaining('nada') }, { message: expect.stringContaining('nope') }],
      },
    })
  })

  it('never hold the words that make the client ask again', async () => {
    await expect(server.client(token).load({ measures: ['flights.Continue wait'] })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('continue wait'),
    })
  })

  it('stand in Cube’s form also where nothing is', async () => {
    expect(await refusal('/pre-aggregations/jobs')).toMatchObject({ status: 404, body: { code: 'not_found' } })
    await expect(server.client(token).cubeSql('select 1')).rejects.toMatchObject({ status: 404 })
  })

  it('nest no deeper than bodies', async () => {
    const deep = `${'{"and":['.repeat(100)}${']}'.repeat(100)}`
    const answer = await refusal(`/load?query=${encodeURIComponent(`{"filters":[${deep}]}`)}`)
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining('nested deeper') } })
  })
})

describe('request ids', () => {
  const ask = async (id: string) => {
    const response = await get(`/load?query=${asText(COUNT)}`, { authorization: token, 'x-request-id': id })
    return { header: response.headers.get('x-request-id'), body: (await response.json()) as { requestId: string } }
  }

  it('come back in the body when they are plain; the header is ours', async () => {
    const { header, body } = await ask('7b1c-span-1')
    expect(body.requestId).toBe('7b1c-span-1')
    expect(header).toMatch(/^[0-9a-f]{12}-/)
  })

  it.each(['<script>', 'a b', 'x'.repeat(200)])('are ignored when they are not: %s', async (id) => {
    const { header, body } = await ask(id)
    expect(body.requestId).toBe(header)
  })
})

it('ISO-19 tells embed tokens no SQL, tables, database or host', async () => {
  const client = server.client(token)
  const query = {
    measures: ['flights.count'],
    dimensions: ['flights.destination'],
    timeDimensions: [{ dimension: 'flights.date', granularity: 'month' as const }],
    total: true,
    limit: 3,
  }
  const bodies = [
    JSON.stringify((await client.load(query)).serialize()),
    JSON.stringify(await client.dryRun(query)),
    JSON.stringify((await client.meta()).meta),
    ...(await Promise.all(
      [
        `/load?query=${asText({ measures: ['flights.nope'] })}`,
        `/load?query=${asText({ measures: ['flights.count'], filters: [{ member: 'flights.delay', operator: 'gt', values: ['x'] }] })}`,
        `/sql?query=${asText(query)}`,
      ].map(async (path) => (await get(path)).text()),
    )),
  ]
  const model = readFileSync(`${MODEL}flights.yml`, 'utf8')
  const expressions = [...model.matchAll(/sql: (?:"([^"]+)"|'([^']+)')/g)].map(([, double, single]) => double ?? single)
  expect(expressions.length).toBeGreaterThan(5)
  for (const body of bodies) {
    for (const secret of [
      ...expressions,
      'duckdb',
      'parquet',
      'select ',
      'sql_table',
      'securityContext',
      '127.0.0.1',
    ]) {
      expect(body.toLowerCase()).not.toContain(String(secret).toLowerCase())
    }
  }
})

it.each(['livez', 'readyz'])('answers /%s as Cube does', async (probe) => {
  const response = await fetch(new URL(`/${probe}`, server.apiUrl))
  expect([response.status, await response.json()]).toEqual([200, { health: 'HEALTH' }])
})
