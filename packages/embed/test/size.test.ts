import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const CDN = process.env.TEST_EMBED_FILES ?? fileURLToPath(new URL('../dist/cdn', import.meta.url))
const KILOBYTE = 1_024

const gzipBytes = (file: string) => gzipSync(readFileSync(join(CDN, file)), { level: 9 }).length

/** A file and what it imports before it runs. */
function staticFiles(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const source = readFileSync(join(CDN, file), 'utf8')
  for (const [, specifier] of source.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g)) {
    staticFiles(join(file, '..', specifier!), seen)
  }
  return seen
}

it('gives a page a shell of at most 30 KB, gzip, before anything is drawn', () => {
  const files = [...staticFiles('datainsight.js')]
  const total = files.reduce((sum, file) => sum + gzipBytes(file), 0)
  console.log(`shell: ${total} bytes, gzip (${files.join(', ')})`)
  expect(total).toBeLessThanOrEqual(30 * KILOBYTE)
})

it('keeps ECharts, the calendar and the windowing library out of the shell', () => {
  const shell = [...staticFiles('datainsight.js')].map((file) => readFileSync(join(CDN, file), 'utf8')).join('')
  expect(shell).not.toMatch(/zrender|calendar-range",|scrollPaddingStart/)
})

it('has a loader of a few hundred bytes for classic script tags', () => {
  expect(gzipBytes('datainsight.min.js')).toBeLessThanOrEqual(512)
})
