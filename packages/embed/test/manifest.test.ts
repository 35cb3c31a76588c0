import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { THEME_TOKENS } from '../src/theme-tokens.ts'

interface Declaration {
  readonly name: string
  readonly tagName?: string
  readonly description?: string
  readonly members?: readonly {
    readonly name: string
    readonly kind: string
    readonly description?: string
    readonly type?: { readonly text: string }
  }[]
  readonly attributes?: readonly { readonly name: string }[]
  readonly events?: readonly {
    readonly name: string
    readonly description?: string
    readonly type?: { readonly text: string }
  }[]
  readonly cssParts?: readonly { readonly name: string; readonly description?: string }[]
  readonly slots?: readonly { readonly name: string; readonly description?: string }[]
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CEM = fileURLToPath(import.meta.resolve('@custom-elements-manifest/analyzer/cem.js'))
const REFERENCE = readFileSync(join(ROOT, '../../docs/reference/elements.md'), 'utf8')
const TAGS = ['di-provider', 'di-dashboard', 'di-chart', 'di-metric', 'di-table', 'di-filter', 'di-filter-bar']

let folder: string
let elements: Declaration[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'embed-manifest-'))
  execFileSync(
    process.execPath,
    [CEM, 'analyze', '--config', 'custom-elements-manifest.config.js', '--outdir', relative(ROOT, folder)],
    { cwd: ROOT },
  )
  const manifest = JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8')) as {
    modules: { declarations: Declaration[] }[]
  }
  elements = manifest.modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName !== undefined)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The section of the reference page about one element. */
const section = (tag: string) => REFERENCE.split(/^## /m).find((text) => text.startsWith(`\`<${tag}>\``)) ?? ''

describe('the manifest', () => {
  it('has every element', () => {
    expect(elements.map(({ tagName }) => tagName).toSorted()).toEqual(TAGS.toSorted())
  })

  it('describes every public property, method, event, part and slot', () => {
    const silent = elements.flatMap(
      ({ tagName, description, members = [], events = [], cssParts = [], slots = [] }) => [
        ...(description ? [] : [tagName]),
        ...[...members, ...events, ...cssParts, ...slots]
          .filter((entry) => !entry.description)
          .map(({ name }) => `${tagName}: ${name}`),
      ],
    )
    expect(silent).toEqual([])
  })

  it('types every property and event', () => {
    const untyped = elements.flatMap(({ tagName, members = [], events = [] }) =>
      [...members.filter(({ kind }) => kind === 'field'), ...events]
        .filter(({ type }) => !type?.text)
        .map(({ name }) => `${tagName}: ${name}`),
    )
    expect(untyped).toEqual([])
  })

  it('names every part and slot that templates have', () => {
    const missing = elements.flatMap(({ tagName, cssParts = [], slots = [] }) => {
      const known = new Set([...cssParts, ...slots].map(({ name }) => name))
      const source = templatesOf(tagName!)
      const used = [...source.matchAll(/\bpart="([a-z -]+)"/g), ...source.matchAll(/<slot name="([a-z]+)"/g)].flatMap(
        ([, names]) => names!.split(' '),
      )
      return [...new Set(used)].filter((name) => !known.has(name)).map((name) => `${tagName}: ${name}`)
    })
    expect(missing).toEqual([])
  })
})

describe('docs/reference/elements.md', () => {
  it('has every attribute, property, method, event, part and slot in its element’s section', () => {
    const missing = elements.flatMap(
      ({ tagName, members = [], attributes = [], events = [], cssParts = [], slots = [] }) => {
        const text = section(tagName!)
        return [...members, ...attributes, ...events, ...cssParts, ...slots]
          .map(({ name }) => name)
          .filter(
            (name) => name !== '' && !text.includes(`\`${name}`) && !REFERENCE.split(/^## /m)[1]!.includes(`\`${name}`),
          )
          .map((name) => `${tagName}: ${name}`)
      },
    )
    expect(missing).toEqual([])
  })

  it('has every token of the theme with its defaults', () => {
    const missing = THEME_TOKENS.filter(
      ({ name, light, dark }) =>
        !REFERENCE.split('\n').some(
          (line) =>
            line.includes(`\`--di-${name}\``) && line.includes(light) && (dark === undefined || line.includes(dark)),
        ),
    )
    expect(missing.map(({ name }) => name)).toEqual([])
  })
})

/** Source of an element's templates: its own file and those of its folder that draw for it. */
function templatesOf(tag: string): string {
  const name = tag.replace('di-', '')
  const folderName = name.startsWith('filter') ? 'filter' : name
  const files = { dashboard: ['dashboard-element', 'render-tile', 'render-dashboard-skeleton'] }[name] ?? [
    `${name}-element`,
  ]
  return files.map((file) => readFileSync(join(ROOT, 'src', folderName, `${file}.ts`), 'utf8')).join('\n')
}
