import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { bundleConsumer, type ConsumerBundle } from './source/bundle-consumer.ts'
import { ROOT } from './source/source-files.ts'

/** Most bytes, gzip, that a page gets from an entry, and what may be inside besides our own code. */
const BROWSER_ENTRIES = [
  {
    name: 'core/client',
    code: `export { createClient } from '@datainsight/core/client'`,
    maxBytes: 6_144,
    packages: [],
  },
  {
    name: 'core/format',
    code: `export { createFormatter } from '@datainsight/core/format'`,
    maxBytes: 4_096,
    packages: [],
  },
  {
    name: 'react',
    code: `export * from '@datainsight/react'`,
    external: [
      'react',
      'react-dom',
      '@datainsight/embed',
      '@datainsight/embed/*',
      '@datainsight/core',
      '@datainsight/core/*',
    ],
    maxBytes: 3_072,
    packages: ['@lit/react'],
  },
] as const

/** What the other entries of core may bring along. */
const CORE_ENTRIES = [
  { name: 'core', code: `export * from '@datainsight/core'`, packages: ['@sinclair/typebox'] },
  { name: 'core/token', code: `export * from '@datainsight/core/token'`, packages: ['@sinclair/typebox', 'jose'] },
  {
    name: 'core/model',
    code: `export * from '@datainsight/core/model'`,
    packages: ['@noble/hashes', '@sinclair/typebox', 'yaml'],
  },
  {
    name: 'core/compile',
    code: `export * from '@datainsight/core/compile'`,
    packages: ['@sinclair/typebox', 'kysely'],
  },
] as const

describe.each(BROWSER_ENTRIES)('$name in a page', (entry) => {
  let bundle: ConsumerBundle
  beforeAll(async () => {
    bundle = await bundleConsumer(entry.code, { external: 'external' in entry ? entry.external : [] })
  })

  it('brings only what it needs', () => {
    expect(bundle.packages.filter((name) => !(entry.packages as readonly string[]).includes(name))).toEqual([])
  })

  it(`is at most ${entry.maxBytes} bytes, gzip`, () => {
    console.log(`${entry.name}: ${bundle.gzipBytes} of ${entry.maxBytes} bytes, gzip`)
    expect(bundle.gzipBytes).toBeLessThanOrEqual(entry.maxBytes)
  })
})

describe.each(CORE_ENTRIES)('$name', (entry) => {
  it('brings only what it needs', async () => {
    const bundle = await bundleConsumer(entry.code)
    expect(bundle.packages.filter((name) => !(entry.packages as readonly string[]).includes(name))).toEqual([])
  })
})

describe('core', () => {
  it('loses what a consumer does not use', async () => {
    const bundle = await bundleConsumer(
      `import { AnalyticsError } from '@datainsight/core'; export const e = AnalyticsError`,
    )
    expect(bundle.packages).toEqual([])
    expect(bundle.gzipBytes).toBeLessThan(1_024)
  })
})

describe.each(['core', 'server', 'embed', 'react'])('package.json of %s', (name) => {
  const folder = join(ROOT, 'packages', name)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    exports: Record<string, string | Record<string, string>>
  }

  it('gives each entry a private source, then types, then code', () => {
    for (const [entry, target] of Object.entries(manifest.exports)) {
      if (typeof target === 'string' || entry.includes('*') || target.source === undefined) continue
      expect(Object.keys(target), entry).toEqual(['source', 'types', 'default'])
      expect(existsSync(join(folder, target.source)), `${entry}: ${target.source}`).toBe(true)
    }
  })

  it('has only named exports', () => {
    for (const target of Object.values(manifest.exports)) {
      if (typeof target === 'string' || target.source === undefined || target.source.includes('*')) continue
      expect(readFileSync(join(folder, target.source), 'utf8')).not.toMatch(/export default|as default/)
    }
  })
})
