import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT, sourceFiles } from './source/source-files.ts'

/** What a `tsconfig.json` of ours says about files. */
interface Project {
  readonly references?: readonly { readonly path: string }[]
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
}

const readProject = (folder: string) =>
  JSON.parse(readFileSync(resolve(ROOT, folder, 'tsconfig.json'), 'utf8')) as Project

/** Files that `tsc -b` checks in a folder, by path from the root. */
function checkedFiles(folder: string): string[] {
  const { include = [], exclude = [] } = readProject(folder)
  const cwd = resolve(ROOT, folder)
  const isFolder = (pattern: string) => !pattern.includes('*') && !/\.tsx?$/.test(pattern)
  const inside = (patterns: readonly string[]) =>
    patterns.map((pattern) => join(folder, isFolder(pattern) ? `${pattern}/**` : pattern))
  return globSync(
    [...include].map((pattern) => (isFolder(pattern) ? `${pattern}/**/*.{ts,tsx}` : pattern)),
    {
      cwd,
      exclude: (path) => /(^|\/)node_modules(\/|$)/.test(path),
    },
  )
    .map((path) => relative(ROOT, resolve(cwd, path)))
    .filter((path) => !inside(exclude).some((pattern) => matchesGlob(path, pattern)))
}

it('`tsc -b` checks every TypeScript file', () => {
  const folders = readProject('.').references?.map(({ path }) => path) ?? []
  const checked = new Set(folders.flatMap(checkedFiles))
  const files = sourceFiles(['**/*.{ts,tsx}'], { tests: true }).map(({ path }) => path)
  expect(files.length).toBeGreaterThan(900)
  expect(files.filter((path) => !checked.has(path))).toEqual([])
})
