import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartData } from '../bench/first-chart/chart-data.ts'
import { launchBrowser } from './setup/launch-browser.ts'
import { ROOT } from './source/source-files.ts'

/** Budgets of the script-tag build, bytes after gzip. */
const SHELL_BYTES = 30 * 1_024
const FIRST_CHART_BYTES = 195 * 1_024

const CDN = join(ROOT, 'packages/embed/dist/cdn')

/** Files that come with the entry before anything is shown, by following its static imports. */
function shellFiles(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found
  found.add(entry)
  const code = readFileSync(join(CDN, entry), 'utf8')
  for (const [, specifier = ''] of code.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g)) {
    shellFiles(normalize(join(entry, '..', specifier)), found)
  }
  return found
}

function gzipBytes(files: Iterable<string>): number {
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(CDN, file)), { level: 9 }).byteLength, 0)
}

/** A page with one dashboard of one tile, and just enough of an API for it. */
function answer(path: string, visualization: object): { type: string; body: string | Buffer } {
  if (path === '/') {
    const body = `<!doctype html><html lang="en"><title>size</title><script type="module" src="/cdn/datainsight.js"></script>
      <di-dashboard api-url="/" dashboard-id="one" token="none"></di-dashboard></html>`
    return { type: 'text/html', body: body.replace('api-url="/"', `api-url="${origin}"`) }
  }
  if (path.startsWith('/cdn/')) return { type: 'text/javascript', body: readFileSync(join(CDN, path.slice(5))) }
  if (path.endsWith('/query')) {
    return { type: 'application/x-ndjson', body: `${JSON.stringify({ id: 'tile', result: chartData() })}\n` }
  }
  const tile = {
    id: 'tile',
    title: 'Tile',
    layout: { x: 0, y: 0, w: 12, h: 8 },
    query: { measures: ['bench.flights'], timeDimensions: [{ dimension: 'bench.date', granularity: 'hour' }] },
    visualization,
  }
  const dates = { createdAt: '2001-07-01T00:00:00.000Z', updatedAt: '2001-07-01T00:00:00.000Z' }
  const dashboard = { id: '1', slug: 'one', title: 'One', version: 1, ...dates, filters: [], widgets: [tile] }
  return { type: 'application/json', body: JSON.stringify(dashboard) }
}

let browser: Browser
let origin = ''
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** The scripts that a page with this tile has loaded once it is shown. */
async function loadedFiles(visualization: object, shown: string): Promise<Set<string>> {
  const server: Server = createServer((request, response) => {
    const { type, body } = answer(new URL(request.url ?? '/', 'http://localhost').pathname, visualization)
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const page = await browser.newPage()
  const files = new Set<string>()
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname
    if (path.startsWith('/cdn/')) files.add(path.slice(5))
  })
  try {
    await page.goto(origin)
    await page.locator(shown).first().waitFor()
    await page.waitForLoadState('networkidle')
    return files
  } finally {
    await page.close()
    server.closeAllConnections()
    server.close()
  }
}

describe('the script-tag build', () => {
  const shell = shellFiles('datainsight.js')

  it(`has a shell of at most ${SHELL_BYTES} bytes, gzip`, () => {
    console.log(`embed shell: ${gzipBytes(shell)} of ${SHELL_BYTES} bytes, gzip`)
    expect(gzipBytes(shell)).toBeLessThanOrEqual(SHELL_BYTES)
  })

  it(`loads at most ${FIRST_CHART_BYTES} bytes, gzip, for a first chart`, async () => {
    const files = await loadedFiles({ type: 'line' }, 'di-chart canvas, di-chart svg')
    const late = [...files].filter((file) => !shell.has(file))
    console.log(`first chart: ${gzipBytes(late)} of ${FIRST_CHART_BYTES} bytes, gzip, in ${late.length} files`)
    expect(late.length).toBeGreaterThan(0)
    expect(gzipBytes(late)).toBeLessThanOrEqual(FIRST_CHART_BYTES)
  })

  it('loads nothing of ECharts for a page without charts', async () => {
    const files = await loadedFiles({ type: 'metric' }, 'di-metric .value')
    const withEcharts = [...files].filter((file) => /zrender|echarts/i.test(readFileSync(join(CDN, file), 'utf8')))
    expect(files.size).toBeGreaterThan(0)
    expect(withEcharts).toEqual([])
  })
})
