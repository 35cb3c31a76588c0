import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The strictest page a host may have: nothing inline, nothing from elsewhere. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Charts</title>
<link rel="stylesheet" href="/gallery.css"><script type="module" src="/gallery-page.js"></script></head><body><main></main></body></html>`

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** The gallery, bundled from source and served under a strict content security policy on a free port. */
export interface Gallery {
  readonly url: string
  /** Paths asked for so far, in order. */
  readonly requests: readonly string[]
  readonly close: () => Promise<void>
}

export async function serveGallery({ minify = true } = {}): Promise<Gallery> {
  const { outputFiles } = await build({
    entryPoints: [here('./gallery-page.ts')],
    bundle: true,
    splitting: true,
    format: 'esm',
    minify,
    write: false,
    outdir: '/',
    conditions: ['source'],
    loader: { '.ndjson': 'text' },
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
  })
  const files = new Map(outputFiles.map(({ path, contents }) => [path, contents]))
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    requests.push(path)
    if (path === '/favicon.ico') return void response.writeHead(204).end()
    const script = files.get(path)
    const known = path === '/' ? PAGE : path === '/gallery.css' ? readFileSync(here('./gallery.css')) : script
    const type = path === '/' ? 'text/html' : path.endsWith('.css') ? 'text/css' : 'text/javascript'
    response.writeHead(known === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': POLICY,
    })
    response.end(known)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await serveGallery()).url)
