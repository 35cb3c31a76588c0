import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestServer, problem, type TestServer } from './build-test-server.ts'

const NOTHING_HERE = problem({
  code: 'not_found',
  status: 404,
  title: 'Not found',
  detail: 'there is nothing at this address',
})

describe('files', () => {
  let server: TestServer
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'datainsight-files-'))
    for (const name of ['embed/chunks', 'console']) mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, 'secret.txt'), 'secret')
    writeFileSync(join(folder, 'embed/datainsight.js'), 'export {}')
    writeFileSync(join(folder, 'embed/.env'), 'SECRET=1')
    writeFileSync(join(folder, 'embed/chunks/chart-9f8e7d6c.js'), 'export {}')
    writeFileSync(
      join(folder, 'console/index.html'),
      '<!doctype html><script>1</script><script src="main.js"></script>',
    )
    writeFileSync(join(folder, 'console/main.js'), 'export {}')
    writeFileSync(join(folder, 'embed/chunks/chart-9f8e7d6c.js.br'), brotliCompressSync('export {}'))
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'console/link'))
    server = await buildTestServer({
      config: { embedDir: join(folder, 'embed'), consoleDir: join(folder, 'console') },
    })
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  it('of the SDK are open to every page, and kept for good when their name has a hash', async () => {
    const headers = { origin: 'https://anybody.example' }
    const entry = await server.app.inject({ url: '/embed/v1/datainsight.js', headers })
    expect(entry.statusCode).toBe(200)
    expect(entry.body).toBe('export {}')
    expect(entry.headers).toMatchObject({
      'content-type': expect.stringMatching(/javascript/),
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    })
    const chunk = await server.app.inject({ url: '/embed/v1/chunks/chart-9f8e7d6c.js', headers })
    expect(chunk.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const again = await server.app.inject({
      url: '/embed/v1/datainsight.js',
      headers: { 'if-none-match': String(entry.headers.etag) },
    })
    expect(again.statusCode).toBe(304)
  })

  it('go out compressed where they are and the browser can read it', async () => {
    const url = '/embed/v1/chunks/chart-9f8e7d6c.js'
    const small = await server.app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } })
    expect(small.statusCode).toBe(200)
    expect(small.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringMatching(/javascript/),
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      vary: expect.stringMatching(/accept-encoding/i),
    })
    expect(brotliDecompressSync(small.rawPayload).toString()).toBe('export {}')
    const plain = await server.app.inject({ url, headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body).toBe('export {}')
  })

  it('of the console come under a policy that runs nothing but themselves', async () => {
    const page = await server.app.inject('/console/')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=';style-src 'self';img-src 'self' data:;" +
        "font-src 'self';connect-src 'self';manifest-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'",
    )
    expect(page.headers['cache-control']).toBe('no-cache')
    expect(page.headers['x-frame-options']).toBe('DENY')
    const place = await server.app.inject('/console/dashboards/sales')
    expect(place.body).toBe(page.body)
    expect((await server.app.inject('/console')).headers.location).toBe('/console/')
    expect((await server.app.inject('/console/main.js')).body).toBe('export {}')
    const missing = await server.app.inject('/console/missing.js')
    expect(missing.statusCode).toBe(404)
    expect(missing.json()).toEqual(NOTHING_HERE)
  })

  it.each([
    '/embed/v1/../secret.txt',
    '/embed/v1/..%2fsecret.txt',
    '/embed/v1/%2e%2e/secret.txt',
    '/embed/v1/%2e%2e%2fsecret.txt',
    '/embed/v1/..%5csecret.txt',
    '/embed/v1/chunks/../../secret.txt',
    '/embed/v1//etc/passwd',
    '/embed/v1/.env',
    '/embed/v1/datainsight.js%00.css',
    '/embed/v1/chunks/',
    '/embed/v1/',
    '/console/../secret.txt',
    '/console/%252e%252e/secret.txt',
  ])('FIL-07 have nothing under %s', async (url) => {
    const response = await server.app.inject(url)
    expect(response.body).not.toContain('secret')
    expect(response.body).not.toContain('SECRET')
    if (response.statusCode === 200) expect(response.body).toContain('<!doctype html>')
    else expect(response.statusCode).toBe(404)
  })
})
