import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Query } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type QueryServer, startQueryServer } from './query-server.ts'

const QUERY: Query = { measures: ['flights.count'], dimensions: ['flights.destination'], limit: 500 }

describe('stored answers over HTTP', () => {
  let server: QueryServer
  beforeAll(async () => {
    server = await startQueryServer()
  })
  afterAll(() => server.close())

  const ask = (headers: Record<string, string> = {}, token?: string) =>
    server.post('/query', { query: QUERY }, token, headers)

  it('have a tag by which a caller who has them is sent nothing', async () => {
    const first = await ask()
    const etag = first.headers.etag as string
    expect(etag).toMatch(/^W\/"[\w-]{27}"$/)
    expect(first.headers['cache-control']).toBe('private, no-cache')
    for (const known of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const again = await ask({ 'if-none-match': known })
      expect(again.statusCode).toBe(304)
      expect(again.body).toBe('')
      expect(again.headers.etag).toBe(etag)
    }
    const other = await ask({ 'if-none-match': '"other"' })
    expect(other.statusCode).toBe(200)
    expect(other.json().data).toEqual(first.json().data)
  })

  it('ISO-12 have tags that say nothing to whoever may not see them', async () => {
    const tokens = [
      await server.token({ attributes: { airport: ['SEA'] } }),
      await server.token({ attributes: { airport: ['DEN'] } }),
    ]
    const [one, two] = await Promise.all(tokens.map((token) => ask({}, token)))
    expect(one?.headers.etag).not.toBe(two?.headers.etag)
    const foreign = await ask({ 'if-none-match': two?.headers.etag as string }, tokens[0])
    expect(foreign.statusCode).toBe(200)
    expect(foreign.json().data).toEqual(one?.json().data)
  })

  it('are the same plain, by gzip and, once they were of use, by brotli', async () => {
    const plain = await ask()
    const zipped = await ask({ 'accept-encoding': 'gzip' })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(JSON.parse(gunzipSync(zipped.rawPayload).toString()).data).toEqual(plain.json().data)
    await expect
      .poll(async () => (await ask({ 'accept-encoding': 'gzip, deflate, br' })).headers['content-encoding'])
      .toBe('br')
    const small = await ask({ 'accept-encoding': 'gzip, deflate, br' })
    const body = JSON.parse(brotliDecompressSync(small.rawPayload).toString())
    expect(body.data).toEqual(plain.json().data)
    expect(body.meta).toMatchObject({ cache: 'hit', requestId: small.headers['x-request-id'] })
    expect(small.rawPayload.length).toBeLessThan(zipped.rawPayload.length)
    expect((await ask({ 'accept-encoding': 'br;q=0, gzip' })).headers['content-encoding']).toBe('gzip')
  })
})
