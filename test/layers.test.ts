import { describe, expect, it } from 'vitest'
import { findCycle, type Import, layerOf, readImports } from './source/read-imports.ts'
import { occurrences, sourceFiles } from './source/source-files.ts'

const core = sourceFiles(['packages/core/src/**/*.ts'])
const server = sourceFiles(['packages/server/src/**/*.ts'])
const embed = sourceFiles(['packages/embed/src/**/*.ts'])
const react = sourceFiles(['packages/react/src/**/*.{ts,tsx}'])
const all = [...core, ...server, ...embed, ...react]
const imports = (files: typeof all): Import[] => files.flatMap(readImports)

/** What each folder of core may import from the others, types included. Everyone may import `errors.ts`. */
const CORE_LAYERS: Record<string, readonly string[]> = {
  schema: [],
  'security.ts': ['schema'],
  model: ['schema', 'security.ts'],
  query: ['schema', 'security.ts', 'model'],
  compile: ['schema', 'security.ts', 'model', 'query'],
  client: ['schema'],
  format: ['schema'],
  token: ['schema'],
  'index.ts': ['schema', 'security.ts'],
}

/** Our packages that each package may import. */
const PACKAGE_LAYERS: Record<string, RegExp> = {
  core: /^$/,
  server: /^@datainsight\/core(\/(model|compile|token))?$/,
  embed: /^@datainsight\/core(\/(client|format))?$/,
  react: /^@datainsight\/(embed(\/.+)?|core(\/client)?)$/,
}

/** What joins the server's folders; a folder that imported one of these would import all the others. */
const SERVER_WIRING = ['build-server.ts', 'run-server.ts', 'bootstrap.ts', 'main.ts', 'index.ts', 'wiring']

/** Folders of the server that may import another one, and why. Everything else is joined in `wiring`. */
const SERVER_DECLARED: Record<string, readonly string[]> = {
  // What a driver hands over becomes cells where the answer is written; answers are kept as the bytes to send.
  query: ['data-sources', 'cache'],
  // Pages for people carry another policy than answers for programs.
  static: ['plugins'],
}

describe('core', () => {
  it('lets a folder import only the folders below it', () => {
    const wrong = imports(core).filter(({ from, file }) => {
      if (file === undefined || file === 'packages/core/src/errors.ts') return false
      const [source, target] = [layerOf(from), layerOf(file)]
      return source !== target && !CORE_LAYERS[source]?.includes(target)
    })
    expect(wrong.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([])
  })

  it('keeps TypeBox, Kysely, YAML and the compiler out of the client and the formatter', () => {
    const reached = reachable(['packages/core/src/client/index.ts', 'packages/core/src/format/index.ts'], imports(core))
    expect(reached.files.filter((path) => /\/(compile|model|query)\//.test(path))).toEqual([])
    expect(reached.packages).toEqual([])
  })

  it('names a caller of sql.raw in exactly one file', () => {
    const files = new Set(occurrences(all, /\bsql\.raw\b/).map((place) => place.split(':')[0]))
    expect([...files]).toHaveLength(1)
    expect([...files][0]).toMatch(/^packages\/core\/src\/compile\//)
  })
})

describe('packages', () => {
  it.each(Object.entries(PACKAGE_LAYERS))('lets %s import only the packages below it', (name, allowed) => {
    const wrong = imports(sourceFiles([`packages/${name}/src/**/*.{ts,tsx}`]))
      .filter(({ specifier }) => specifier.startsWith('@datainsight/') && !allowed.test(specifier))
      .map(({ from, specifier }) => `${from} → ${specifier}`)
    expect(wrong).toEqual([])
  })

  it('has no cycle of imports at run time', () => {
    expect(all.length).toBeGreaterThan(50)
    expect(findCycle(imports(all))).toBeUndefined()
  })

  it('never imports beyond its own package by a relative path', () => {
    const wrong = imports(all).filter(
      ({ from, file }) => file !== undefined && from.split('/')[1] !== file.split('/')[1],
    )
    expect(wrong.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([])
  })
})

describe('server', () => {
  it('joins its folders in wiring and build-server.ts only', () => {
    const wrong = imports(server).filter(({ from, file, typeOnly }) => {
      if (file === undefined || typeOnly) return false
      const [source, target] = [layerOf(from), layerOf(file)]
      if (source === target || source === 'wiring' || source.endsWith('.ts')) return false
      if (SERVER_WIRING.includes(target)) return true
      if (target.endsWith('.ts')) return false
      return !SERVER_DECLARED[source]?.includes(target)
    })
    expect(wrong.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([])
  })

  it('creates Fastify in one place', () => {
    const places = occurrences(server, /\b[Ff]astify\(\s*(\{|$)/).map((place) => place.split(':')[0])
    expect(new Set(places)).toEqual(new Set(['packages/server/src/build-server.ts']))
  })
})

describe('embed', () => {
  it('never turns text into markup', () => {
    expect(
      occurrences(
        embed,
        /\b(unsafeHTML|unsafeSVG|unsafeStatic|innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|document\.write)\b/,
      ),
    ).toEqual([])
  })

  it('has no style attribute in a template, which a strict content policy would block', () => {
    expect(occurrences(embed, /[\s<]style=|\bstyleMap\b|setAttribute\(\s*['"]style['"]/)).toEqual([])
  })

  it('evaluates no code', () => {
    expect(occurrences([...embed, ...react], /\beval\(|new Function\(|TypeCompiler|validatorCompiler/)).toEqual([])
  })

  it('keeps nothing in the browser, least of all a token', () => {
    expect(
      occurrences(
        [...embed, ...react, ...sourceFiles(['packages/core/src/{client,format}/**/*.ts'])],
        /\b(localStorage|sessionStorage|indexedDB|document\.cookie)\b/,
      ),
    ).toEqual([])
  })

  it('makes no iframe', () => {
    expect(occurrences([...embed, ...react], /<iframe|createElement\(\s*['"]iframe['"]/)).toEqual([])
  })

  it('loads ECharts by a dynamic import only', () => {
    const shell = reachable(['packages/embed/src/index.ts'], imports(embed))
    expect(shell.packages.filter((name) => name.startsWith('echarts'))).toEqual([])
  })
})

/** Files and packages that are loaded when the entries are, following static imports that exist at run time. */
function reachable(entries: readonly string[], graph: readonly Import[]): { files: string[]; packages: string[] } {
  const files = new Set<string>(entries)
  const packages = new Set<string>()
  for (const file of files) {
    for (const edge of graph) {
      if (edge.from !== file || edge.typeOnly || edge.dynamic) continue
      if (edge.file === undefined) packages.add(edge.specifier)
      else files.add(edge.file)
    }
  }
  return { files: [...files], packages: [...packages] }
}
