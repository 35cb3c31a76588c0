import { globSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'

/** The repository's root folder. */
export const ROOT = resolve(import.meta.dirname, '../..')

/** A source file of the repository. */
export interface SourceFile {
  /** Path from the root, with `/`. */
  readonly path: string
  readonly text: string
}

/** Files that match the globs (paths from the root), without dependencies, build results and, unless asked, tests. */
export function sourceFiles(patterns: readonly string[], { tests = false } = {}): SourceFile[] {
  const exclude = (path: string) => /(^|\/)(node_modules|dist|\.artifacts|\.datainsight)(\/|$)/.test(path)
  return globSync([...patterns], { cwd: ROOT, exclude })
    .map((path) => relative(ROOT, resolve(ROOT, path)).replaceAll('\\', '/'))
    .filter((path) => tests || !/\.test(-d)?\.tsx?$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(resolve(ROOT, path), 'utf8') }))
}

/** The text without comments, lines kept. Good enough for our own formatted code: a `//` inside a string follows a colon. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')
}

/** `path:line` of each place where the pattern occurs outside comments. */
export function occurrences(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    withoutComments(file.text)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1}`] : [])),
  )
}
