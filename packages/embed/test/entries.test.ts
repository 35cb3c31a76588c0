import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const TAGS = ['di-provider', 'di-dashboard', 'di-chart', 'di-metric', 'di-table', 'di-filter', 'di-filter-bar']

// Lit gives servers a registry of their own, so that classes can be loaded where nothing is drawn.
it('registers nothing when the package is imported, and every element by its define entry, on a server too', async () => {
  const { DashboardElement } = await import('../src/index.ts')
  expect(TAGS.filter((tag) => customElements.get(tag))).toEqual([])
  await import('../src/define.ts')
  expect(TAGS.filter((tag) => !customElements.get(tag))).toEqual([])
  expect(customElements.get('di-dashboard')).toBe(DashboardElement)
})

it('names exactly the files that register something as having side effects', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { sideEffects: string[] }
  const patterns = manifest.sideEffects
    .filter((pattern) => pattern.startsWith('./src/'))
    .map((pattern) => new RegExp(`^${pattern.slice(2).replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`))
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => `src/${file}`)
  const named = files.filter((file) => patterns.some((pattern) => pattern.test(file)))
  const registering = files.filter((file) =>
    /^define\(|^import '\.\.?\/|^(void import|const script)/m.test(readFileSync(join(ROOT, file), 'utf8')),
  )
  expect(named.toSorted()).toEqual(registering.toSorted())
})
