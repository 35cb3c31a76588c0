import { type SourceFile, withoutComments } from './source-files.ts'

/** A statement written with Kysely, or a table named in a `sql` text. */
export interface FoundStatement {
  readonly path: string
  /** The function or method it stands in. */
  readonly inside: string
  /** `selectFrom`, `updateTable`, `deleteFrom`, a join, or `sql`. */
  readonly verb: string
  readonly table: string
  /** The whole chain of calls that starts with the verb; for a join and `sql` all that surrounds it. */
  readonly text: string
}

const STARTS =
  /(?:\.|\b)(selectFrom|updateTable|deleteFrom|innerJoin|leftJoin|rightJoin|fullJoin|mergeInto|from)\(\s*'(\w+)(?:\s+as\s+\w+)?'/g
const RAW = /\b(?:from|join|update|into)\s+(\w+)/g
const NAMES =
  /(?:function\s*\*?\s+(\w+)|^ {2}(?:static |async |private )*(#?\w+)(?:<[^>]*>)?\(|^(?:export )?const (\w+) =)/gm

/** Every read, change and removal that the files write. */
export function findStatements(files: readonly SourceFile[]): FoundStatement[] {
  return files.flatMap(({ path, text }) => {
    const code = withoutComments(text)
    const chains = [...code.matchAll(STARTS)].map((match) => {
      const [, verb = '', table = ''] = match
      const at = match.index
      return { path, inside: enclosing(code, at), verb, table, text: chain(code, at + match[0].indexOf('(')) }
    })
    const raw = [...code.matchAll(/\bsql(?:<[^`]*?>)?`([^`]*)`/g)].flatMap((match) =>
      [...(match[1] ?? '').matchAll(RAW)].map(([, table = '']) => {
        return { path, inside: enclosing(code, match.index), verb: 'sql', table, text: match[0] }
      }),
    )
    return [...chains, ...raw]
  })
}

/** The name of the function or method that starts last before `at`. */
function enclosing(code: string, at: number): string {
  const names = [...code.slice(0, at).matchAll(NAMES)].map(([, one, two, three]) => one ?? two ?? three ?? '')
  return names.filter((name) => !['if', 'for', 'while', 'switch', 'catch'].includes(name)).at(-1) ?? ''
}

/** From the opening bracket of a call to the end of the calls chained to it. */
function chain(code: string, from: number): string {
  let at = from
  for (;;) {
    at = afterBracket(code, at)
    const next = /^\s*\??\.\s*[#\w]+(?:<[^()]*>)?/.exec(code.slice(at))
    if (next === null) return code.slice(from, at)
    at += next[0].length
    if (code[at] !== '(') return code.slice(from, at)
  }
}

/** The place after the bracket that closes the one at `from`; brackets in texts do not count. */
function afterBracket(code: string, from: number): number {
  let depth = 0
  for (let at = from; at < code.length; at += 1) {
    const char = code[at] as string
    if (char === "'" || char === '"') {
      at += 1
      while (at < code.length && code[at] !== char) at += code[at] === '\\' ? 2 : 1
    } else if (char === '(') depth += 1
    else if (char === ')' && --depth === 0) return at + 1
  }
  return code.length
}
