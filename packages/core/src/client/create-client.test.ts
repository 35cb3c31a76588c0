import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Frame } from '../schema/batch.ts'
import { ClientError } from './client-error.ts'
import { type Client, createClient } from './create-client.ts'

const RESULT = { columns: [], data: [], meta: { requestId: 'r1' } }

let server: Server | undefined
let client: Client | undefined

afterEach(() => {
  client?.close()
  server?.closeAllConnections()
  server?.close()
})

interface Received {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

async function serve(
  answer: (received: Received, response: ServerResponse) => void,
): Promise<{ apiUrl: string; received: Received[] }> {
  const received: Received[] = []
  const listening = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const entry = {
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: text ? JSON.parse(text) : undefined,
      }
      received.push(entry)
      answer(entry, response)
    })
  })
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return { apiUrl: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, received }
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const problem = (status: number, code: string) => ({
  type: 't',
  title: 't',
  status,
  code,
  detail: `it is ${code}`,
  requestId: 'r9',
})

/** A token as long-lived as asked; the signature is the server's business. */
function jwt(name: string, lifeSeconds: number): string {
  return `x.${btoa(JSON.stringify({ iat: 1_000, exp: 1_000 + lifeSeconds, name }))}.y`
}

describe('createClient', () => {
  it('sends the query with the token and resolves to the result', async () => {
    const { apiUrl, received } = await serve((_, response) => json(response, 200, RESULT))
    client = createClient({ apiUrl: `${apiUrl}/`, token: 'secret', locale: 'nl-BE' })
    expect(await client.query({ measures: ['flights.count'] })).toEqual(RESULT)
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({
      method: 'POST',
      url: '/api/v1/query',
      body: { query: { measures: ['flights.count'] } },
      headers: { authorization: 'Bearer secret', 'accept-language': 'nl-BE', 'content-type': 'application/json' },
    })
    expect(received[0]?.headers.cookie).toBeUndefined()
  })

  it('asks for one token however many requests wait for it', async () => {
    const { apiUrl } = await serve((_, response) => json(response, 200, RESULT))
    const reasons: string[] = []
    client = createClient({
      apiUrl,
      getToken: async ({ reason }) => {
        reasons.push(reason)
        await new Promise((resolve) => setTimeout(resolve, 20))
        return jwt('a', 600)
      },
    })
    const { query } = client
    await Promise.all(Array.from({ length: 20 }, () => query({})))
    expect(reasons).toEqual(['initial'])
  })

  it('renews a refused token once for all requests and repeats each of them once', async () => {
    const { apiUrl, received } = await serve(({ headers }, response) =>
      headers.authorization === 'Bearer good'
        ? json(response, 200, RESULT)
        : json(response, 401, problem(401, 'token_expired')),
    )
    const reasons: string[] = []
    client = createClient({
      apiUrl,
      token: 'bad',
      getToken: async ({ reason }) => {
        reasons.push(reason)
        return 'good'
      },
    })
    const { query } = client
    const answers = await Promise.all(Array.from({ length: 10 }, () => query({})))
    expect(answers).toEqual(Array.from({ length: 10 }, () => RESULT))
    expect(reasons).toEqual(['unauthorized'])
    expect(received).toHaveLength(20)
  })

  it('gives up after the second 401', async () => {
    const { apiUrl, received } = await serve((_, response) => json(response, 401, problem(401, 'invalid_token')))
    let count = 0
    client = createClient({ apiUrl, getToken: async () => `token-${count++}` })
    await expect(client.query({})).rejects.toMatchObject({
      name: 'ClientError',
      code: 'invalid_token',
      status: 401,
      retryable: false,
    })
    expect(received).toHaveLength(2)
  })

  it('turns a problem body into an error with its hint, problems and time to wait', async () => {
    const body = { ...problem(429, 'rate_limited'), hint: 'ask less', errors: [{ path: 'a', message: 'b' }] }
    const { apiUrl } = await serve((_, response) => json(response, 429, body, { 'retry-after': '7' }))
    client = createClient({ apiUrl })
    const seen: ClientError[] = []
    client.on('error', (error) => seen.push(error))
    const error: unknown = await client.query({}).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ClientError)
    expect(error).toMatchObject({
      code: 'rate_limited',
      detail: 'it is rate_limited',
      hint: 'ask less',
      errors: [{ path: 'a', message: 'b' }],
      requestId: 'r9',
      retryAfterSeconds: 7,
      retryable: true,
    })
    expect(seen).toEqual([error])
  })

  it('says network when nothing listens and timeout when nothing answers', async () => {
    client = createClient({ apiUrl: 'http://127.0.0.1:1' })
    await expect(client.meta()).rejects.toMatchObject({ code: 'network', retryable: true })
    const { apiUrl } = await serve(() => undefined)
    client = createClient({ apiUrl, timeoutMs: 50 })
    await expect(client.meta()).rejects.toMatchObject({ code: 'timeout', retryable: true })
  })

  it('leaves an abort an abort', async () => {
    const { apiUrl } = await serve(() => undefined)
    client = createClient({ apiUrl })
    const abort = new AbortController()
    const answer = client.query({}, { signal: abort.signal })
    abort.abort()
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('yields frames as they come, also when a line arrives in pieces', async () => {
    const { apiUrl } = await serve((_, response) => {
      const text = `${JSON.stringify({ id: 'b', result: RESULT })}\n${JSON.stringify({ id: 'a', error: problem(422, 'no_join_path') })}\n`
      response.writeHead(200, { 'content-type': 'application/x-ndjson' })
      response.write(text.slice(0, 25))
      setTimeout(() => response.end(text.slice(25)), 10)
    })
    client = createClient({ apiUrl })
    const frames: Frame[] = []
    for await (const frame of client.batch([
      { id: 'a', query: {} },
      { id: 'b', query: {} },
    ])) {
      frames.push(frame)
    }
    expect(frames.map(({ id }) => id)).toEqual(['b', 'a'])
  })

  it('says so when a stream ends before every id was answered', async () => {
    const { apiUrl } = await serve((_, response) => {
      response.writeHead(200).end(`${JSON.stringify({ id: 'a', result: RESULT })}\n`)
    })
    client = createClient({ apiUrl })
    const read = async () => {
      for await (const frame of client?.dashboards.query('d', { widgets: ['a', 'b'] }) ?? []) expect(frame.id).toBe('a')
    }
    await expect(read()).rejects.toMatchObject({ code: 'network', detail: 'the answer ended before b had come' })
  })

  it('sends the version it changes and encodes names in addresses', async () => {
    const { apiUrl, received } = await serve((_, response) => json(response, 200, {}))
    client = createClient({ apiUrl, apiKey: 'k' })
    await client.dashboards.update('a/b', { title: 'T' }, { version: 3 })
    await client.dashboards.list({ search: 'x y', limit: 5 })
    await client.dashboards.filterOptions('d', 'f', { search: 's' })
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PATCH /api/v1/dashboards/a%2Fb',
      'GET /api/v1/dashboards?search=x+y&limit=5',
      'POST /api/v1/dashboards/d/filters/f/options',
    ])
    expect(received[0]?.headers).toMatchObject({ 'if-match': '"3"', 'x-api-key': 'k' })
    expect(received[2]?.body).toEqual({ search: 's' })
  })
})

describe('answers with dictionaries', () => {
  const packed = {
    columns: [],
    data: [{ dictionary: ['SEA', 'DEN', null], indices: [1, 2, 0, 1] }, [1, 2, 3, 4]],
    meta: {},
  }
  const plain = [
    ['DEN', null, 'SEA', 'DEN'],
    [1, 2, 3, 4],
  ]

  it('are asked for and unpacked', async () => {
    const { apiUrl, received } = await serve((_, response) => json(response, 200, packed))
    client = createClient({ apiUrl, apiKey: 'k' })
    expect((await client.query({})).data).toEqual(plain)
    expect(received[0]?.headers.accept).toBe('*/*;dictionary=1')
  })

  it('are unpacked in frames, comparisons too', async () => {
    const frame = { id: 'a', result: packed, comparison: packed, trend: packed }
    const failed = { id: 'b', error: problem(400, 'unknown_member') }
    const { apiUrl, received } = await serve((_, response) => {
      response.end(`${JSON.stringify(frame)}\n${JSON.stringify(failed)}\n`)
    })
    client = createClient({ apiUrl, apiKey: 'k' })
    const frames: Frame[] = []
    for await (const one of client.batch([
      { id: 'a', query: {} },
      { id: 'b', query: {} },
    ]))
      frames.push(one)
    expect(frames[0]).toMatchObject({ result: { data: plain }, comparison: { data: plain }, trend: { data: plain } })
    expect(frames[1]).toEqual(failed)
    expect(received[0]?.headers.accept).toBe('*/*;dictionary=1')
  })
})
