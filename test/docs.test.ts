import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ERROR_CODES } from '@datainsight/core'
import { parseModel } from '@datainsight/core/model'
import { afterAll, describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { STATUS_OF } from '../packages/server/src/errors.ts'
import { anchors, type CodeSample, codeSamples, links } from './source/read-markdown.ts'
import { ROOT, sourceFiles } from './source/source-files.ts'

const pages = sourceFiles(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'examples/*/*.md', 'bench/*.md']).filter(
  (page) => basename(page.path) !== 'CHANGELOG.md',
)
const textOf = new Map(pages.map((page) => [page.path, page.text]))
const samples = pages.flatMap((page) => codeSamples(page.path, page.text))
const inLanguages = (...languages: string[]): CodeSample[] =>
  samples.filter((sample) => languages.includes(sample.language) && sample.info !== 'no-check')
const place = (at: { page: string; line: number }): string => `${at.page}:${at.line}`

describe('links', () => {
  const relative = pages
    .flatMap((page) => links(page.path, page.text))
    .filter((link) => !/^[a-z][a-z+.-]*:/i.test(link.target))

  it('lead to files that exist', () => {
    expect(relative.length).toBeGreaterThan(20)
    expect(relative.filter((link) => !existsSync(targetPath(link.page, link.target))).map(show)).toEqual([])
  })

  it('lead to headings that exist', () => {
    const broken = relative.filter((link) => {
      const [path, anchor] = link.target.split('#')
      if (anchor === undefined) return false
      const text = path === '' ? textOf.get(link.page) : textOf.get(fromRoot(targetPath(link.page, link.target)))
      return text !== undefined && !anchors(text).has(decodeURIComponent(anchor))
    })
    expect(broken.map(show)).toEqual([])
  })

  it('reach every page of docs/ from its index', () => {
    const reached = new Set(['docs/README.md'])
    for (const page of reached) {
      for (const link of relative.filter((link) => link.page === page)) {
        const target = fromRoot(targetPath(page, link.target))
        reached.add(target.endsWith('.md') || statIsFile(target) ? target : `${target.replace(/\/$/, '')}/README.md`)
      }
    }
    expect(pages.map((page) => page.path).filter((path) => path.startsWith('docs/') && !reached.has(path))).toEqual([])
  })
})

describe('code samples', () => {
  it('name a language', () => {
    expect(samples.filter((sample) => sample.language === '').map(place)).toEqual([])
  })

  it('in JSON are valid', () => {
    const broken = inLanguages('json', 'jsonc').filter((sample) => !isJson(sample.code))
    expect(broken.map(place)).toEqual([])
  })

  it('in YAML are valid, and models are models', () => {
    const broken = inLanguages('yaml', 'yml').flatMap((sample) => {
      const errors = parseAllDocuments(sample.code).flatMap((document) => document.errors)
      return errors.map((error) => `${place(sample)}: ${error.message}`)
    })
    expect(broken).toEqual([])
    for (const sample of inLanguages('yaml', 'jinja').filter(({ code }) => /^(cubes|views):/m.test(code))) {
      expect(() => parseModel([{ path: place(sample), text: sample.code }]), place(sample)).not.toThrow()
    }
  })

  it('for the shell parse', () => {
    const broken = inLanguages('sh', 'bash', 'shell').filter(
      (sample) => spawnSync('bash', ['-n'], { input: sample.code }).status !== 0,
    )
    expect(broken.map(place)).toEqual([])
  })

  const folder = join(ROOT, 'test/.artifacts/docs-samples')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('in TypeScript compile against our packages', () => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    for (const sample of inLanguages('ts', 'tsx')) {
      const name = `${sample.page.replace(/\W+/g, '-')}-${sample.line}.${sample.language}`
      // A sample without imports or exports would share one global scope with the others.
      writeFileSync(join(folder, name), `${sample.code}\nexport {}\n`)
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(SAMPLES_CONFIG))
    const checked = spawnSync('tsc', ['-p', folder], { encoding: 'utf8', cwd: ROOT })
    expect(checked.stdout).toBe('')
    expect(checked.status).toBe(0)
  })
})

describe('commands', () => {
  it('of npm that pages name exist', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
    const scripts = new Set(Object.keys(manifest.scripts))
    const named = pages.flatMap((page) =>
      [...page.text.matchAll(/npm run ([\w:-]+)/g)].map((match) => ({ page: page.path, script: match[1] ?? '' })),
    )
    expect(named.filter(({ script }) => !scripts.has(script))).toEqual([])
  })
})

describe('docs/reference/errors.md', () => {
  it('explains exactly the codes that exist', () => {
    const text = textOf.get('docs/reference/errors.md') ?? ''
    const explained = [...text.matchAll(/^### `([a-z_]+)`/gm)].map((match) => match[1])
    expect(explained.toSorted()).toEqual([...ERROR_CODES].toSorted())
  })

  it('states the status that the server sends', () => {
    const text = textOf.get('docs/reference/errors.md') ?? ''
    const stated = [...text.matchAll(/^### `([a-z_]+)`\n\n(\d{3})\./gm)].map((match) => [match[1], Number(match[2])])
    expect(Object.fromEntries(stated)).toEqual(STATUS_OF)
  })
})

/** Samples are checked as strictly as our code, but may leave names unused. */
const SAMPLES_CONFIG = {
  extends: '../../../tsconfig.base.json',
  compilerOptions: {
    noEmit: true,
    composite: false,
    declaration: false,
    declarationMap: false,
    rewriteRelativeImportExtensions: false,
    jsx: 'react-jsx',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['node'],
    // Our packages resolve to their sources here, and those of the elements use Lit's legacy decorators.
    experimentalDecorators: true,
    useDefineForClassFields: false,
  },
  include: ['**/*.ts', '**/*.tsx'],
}

function targetPath(page: string, target: string): string {
  const path = decodeURIComponent(target.split(/[#?]/)[0] ?? '')
  if (path === '') return join(ROOT, page)
  return path.startsWith('/') ? join(ROOT, path) : join(ROOT, dirname(page), path)
}

function fromRoot(path: string): string {
  return path.slice(ROOT.length + 1)
}

function statIsFile(path: string): boolean {
  return existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile()
}

function show(link: { page: string; line: number; target: string }): string {
  return `${place(link)} → ${link.target}`
}

function isJson(code: string): boolean {
  try {
    // Comments and trailing commas are for people; the rest must be JSON.
    JSON.parse(code.replace(/("(?:[^"\\]|\\.)*")|\/\/.*$/gm, '$1').replace(/,(\s*[}\]])/g, '$1'))
    return true
  } catch {
    return false
  }
}
