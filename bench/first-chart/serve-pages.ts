import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { build } from 'esbuild'
import { chartData } from './chart-data.ts'

/** Names of the compared pages; each is a file `<name>-page.ts` beside this one. */
export type PageName = 'bare' | 'chart' | 'dashboard'

const BODIES: Readonly<Record<PageName, string>> = {
  bare: '<div id="chart"></div>',
  chart: '<div id="host"></div>',
  dashboard: '<div id="host"></div>',
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html; charset=utf-8' }

/** The pages, bundled alike (esbuild) and served with one fixed answer as their API. */
export async function servePages(): Promise<{
  readonly url: (page: PageName) => string
  readonly close: () => Promise<void>
}> {
  const folder = mkdtempSync(join(tmpdir(), 'datainsight-bench-chart-'))
  for (const page of Object.keys(BODIES)) await bundle(page, join(folder, page))
  const answer = JSON.stringify(chartData())
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const [, page = '', file = ''] = path.split('/')
    if (path === '/api/v1/query') {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(answer)
    } else if (path.startsWith('/api/v1/dashboards/')) {
      const { body, type } = dashboardApi(path, answer)
      response.writeHead(200, { 'content-type': type }).end(body)
    } else if (page in BODIES && file === '') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html(page as PageName))
    } else {
      try {
        const bytes = readFileSync(join(folder, page, file))
        response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes)
      } catch {
        response.writeHead(404).end()
      }
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: (page) => `http://127.0.0.1:${port}/${page}/`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function bundle(page: string, folder: string): Promise<void> {
  await build({
    entryPoints: { main: join(import.meta.dirname, `${page}-page.ts`) },
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['source', 'production'],
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    logLevel: 'warning',
  })
}

function html(page: PageName): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${page}</title>
<style>#chart, #host { width: 800px; height: 400px }</style>
<body>${BODIES[page]}<script type="module" src="/${page}/main.js"></script></body></html>`
}

/** A dashboard of one tile, and its one frame. */
function dashboardApi(path: string, answer: string): { body: string; type: string } {
  if (path.endsWith('/query')) {
    return { body: `{"id":"chart","result":${answer}}\n`, type: 'application/x-ndjson; charset=utf-8' }
  }
  const dashboard = {
    id: '00000000-0000-7000-8000-000000000000',
    slug: 'bench',
    title: 'Bench',
    version: 1,
    createdAt: '2001-07-01T00:00:00.000Z',
    updatedAt: '2001-07-01T00:00:00.000Z',
    filters: [],
    widgets: [
      {
        id: 'chart',
        title: 'Flights',
        layout: { x: 0, y: 0, w: 12, h: 8 },
        query: {
          measures: ['bench.flights', 'bench.delayed'],
          timeDimensions: [{ dimension: 'bench.date', granularity: 'hour' }],
        },
        visualization: { type: 'line' },
      },
    ],
  }
  return { body: JSON.stringify(dashboard), type: 'application/json; charset=utf-8' }
}
