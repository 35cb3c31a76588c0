import { dirname, join } from 'node:path/posix'
import { type SourceFile, withoutComments } from './source-files.ts'

/** One import or re-export of a file. */
export interface Import {
  /** Path of the importing file, from the root. */
  readonly from: string
  /** What stands in the quotes. */
  readonly specifier: string
  /** Path of the imported file from the root, for relative specifiers. */
  readonly file: string | undefined
  /** Erased before the program runs. */
  readonly typeOnly: boolean
  /** `import()` at run time, which may close a cycle without harm. */
  readonly dynamic: boolean
}

const STATIC = /^\s*import\s+(type\s+)?(?:[\w$*{},\s]+?\s+from\s+)?['"]([^'"]+)['"]/gm
const REEXPORT = /^\s*export\s+(type\s+)?(?:\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})\s+from\s+['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every import of a file, types included. */
export function readImports(file: SourceFile): Import[] {
  const text = withoutComments(file.text)
  const statics = [...text.matchAll(STATIC), ...text.matchAll(REEXPORT)].map((match) => ({
    specifier: match[2] ?? '',
    typeOnly: match[1] !== undefined,
    dynamic: false,
  }))
  const dynamics = [...text.matchAll(DYNAMIC)].map((match) => ({
    specifier: match[1] ?? '',
    typeOnly: false,
    dynamic: true,
  }))
  return [...statics, ...dynamics].map((found) => ({
    ...found,
    from: file.path,
    file: found.specifier.startsWith('.') ? join(dirname(file.path), found.specifier) : undefined,
  }))
}

/** The folder of `<package>/src` a file is in; the file's own name when it lies directly in `src`. */
export function layerOf(path: string): string {
  return /^packages\/[^/]+\/src\/([^/]+)/.exec(path)?.[1] ?? path
}

/** A cycle of the graph as the files on it, or `undefined`. Edges are the static imports that exist at run time. */
export function findCycle(imports: readonly Import[]): string[] | undefined {
  const edges = new Map<string, string[]>()
  for (const { from, file, typeOnly, dynamic } of imports) {
    if (file === undefined || typeOnly || dynamic) continue
    edges.set(from, [...(edges.get(from) ?? []), file])
  }
  const done = new Set<string>()
  const visit = (file: string, trail: readonly string[]): string[] | undefined => {
    const start = trail.indexOf(file)
    if (start >= 0) return [...trail.slice(start), file]
    if (done.has(file)) return undefined
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next, [...trail, file])
      if (cycle !== undefined) return cycle
    }
    done.add(file)
    return undefined
  }
  for (const file of edges.keys()) {
    const cycle = visit(file, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}
