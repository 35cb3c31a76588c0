import { type ContextCall, readContextCall } from './read-context-call.ts'

/** A reference as written, without braces, and where it starts in the text. */
export interface WrittenReference {
  readonly text: string
  readonly offset: number
  /** What it calls, when it is not a name. */
  readonly call?: ContextCall
}

/** What {@link scanSql} found. `pieces` is empty of meaning when `problems` is not. */
export interface ScannedSql {
  readonly pieces: readonly (string | WrittenReference)[]
  readonly problems: readonly string[]
}

const COLUMN = /^\$?\{(CUBE|TABLE)\}(\.[A-Za-z_]\w*)$/

const CLOSES: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
])

/**
 * Cuts author SQL at its references `{name}`, `{cube.member}` (also with a leading `$`), drops comments, and refuses what would
 * change the statement around it: `;`, unbalanced brackets, open quotes or comments, parameter marks, and, unless `isSelect`,
 * a comma outside brackets. Text in quotes is left alone. `\{` and `\}` stand for the braces themselves, in quotes too, as in Cube.
 */
export function scanSql(sql: string, isSelect = false): ScannedSql {
  // Most SQL of a model is one column, and a model has thousands.
  const column = COLUMN.exec(sql)
  if (column !== null) return { pieces: [{ text: column[1]!, offset: 0 }, column[2]!], problems: [] }
  const text = isSelect ? sql.replace(/\s*;\s*$/, '') : sql
  const pieces: (string | WrittenReference)[] = []
  const problems: string[] = []
  const open: string[] = []
  let code = ''
  let position = 0

  while (position < text.length) {
    const char = text[position]!
    const next = text[position + 1]
    if (char === "'" || char === '"') {
      const end = endOfQuote(text, position, char === "'" && /[eE]$/.test(code) && !/\w[eE]$/.test(code))
      if (end === -1) return { pieces, problems: [...problems, `the quote ${char} is never closed`] }
      code += withBraces(text.slice(position, end))
      position = end
    } else if (char === '$' && /^\$(?:[A-Za-z_]\w*)?\$/.test(text.slice(position, position + 70))) {
      const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(position, position + 70))![0]
      const end = text.indexOf(tag, position + tag.length)
      if (end === -1) return { pieces, problems: [...problems, `the quote ${tag} is never closed`] }
      code += withBraces(text.slice(position, end + tag.length))
      position = end + tag.length
    } else if (char === '-' && next === '-') {
      const end = text.indexOf('\n', position)
      position = end === -1 ? text.length : end
    } else if (char === '/' && next === '*') {
      const end = endOfComment(text, position)
      if (end === -1) return { pieces, problems: [...problems, 'the comment /* is never closed'] }
      code += ' '
      position = end
    } else if (char === '\\' && (next === '{' || next === '}')) {
      code += next
      position += 2
    } else if (char === '{' || (char === '$' && next === '{')) {
      const start = char === '{' ? position + 1 : position + 2
      const read = readContextCall(text, start)
      if (read !== undefined) {
        if ('problem' in read) return { pieces, problems: [...problems, read.problem] }
        if (code !== '') pieces.push(code)
        code = ''
        pieces.push({ text: text.slice(start, read.end - 1).trim(), offset: position, call: read.call })
        position = read.end
        continue
      }
      const end = text.indexOf('}', start)
      if (end === -1)
        return { pieces, problems: [...problems, 'the brace { is never closed; write \\{ for a brace of your own'] }
      if (code !== '') pieces.push(code)
      code = ''
      pieces.push({ text: text.slice(start, end).trim(), offset: position })
      position = end + 1
    } else {
      if (CLOSES.has(char)) open.push(CLOSES.get(char)!)
      else if (char === ')' || char === ']') {
        if (open.pop() !== char) problems.push(`${char} has no opening bracket`)
      } else if (char === ';') problems.push('; is not allowed: write one expression')
      else if (char === ',' && open.length === 0 && !isSelect)
        problems.push('a comma outside brackets is not allowed: write one expression')
      else if (char === '\0') problems.push('a NUL character is not allowed')
      else if (char === '$' && next !== undefined && /\d/.test(next))
        problems.push('a parameter mark such as $1 is not allowed')
      code += char
      position += 1
    }
  }
  if (open.length > 0) problems.push(`${open.at(-1)} is missing`)
  if (code !== '') pieces.push(code)
  if (pieces.every((piece) => typeof piece === 'string' && piece.trim() === '')) problems.push('there is no SQL')
  return { pieces: trimEnds(pieces), problems }
}

/** Quotes end where they did: what a backslash before a brace is taken from was no quote. */
function withBraces(quoted: string): string {
  return quoted.replace(/\\([{}])/g, '$1')
}

function endOfQuote(text: string, start: number, hasEscapes: boolean): number {
  const quote = text[start]!
  for (let position = start + 1; position < text.length; position++) {
    if (hasEscapes && text[position] === '\\') position += 1
    else if (text[position] === quote) {
      if (text[position + 1] !== quote) return position + 1
      position += 1
    }
  }
  return -1
}

/** Comments nest, in PostgreSQL and in DuckDB. */
function endOfComment(text: string, start: number): number {
  let depth = 0
  for (let position = start; position < text.length; position++) {
    const pair = text.slice(position, position + 2)
    if (pair === '/*') {
      depth += 1
      position += 1
    } else if (pair === '*/') {
      depth -= 1
      position += 1
      if (depth === 0) return position + 1
    }
  }
  return -1
}

function trimEnds(pieces: (string | WrittenReference)[]): (string | WrittenReference)[] {
  const first = pieces[0]
  if (typeof first === 'string') pieces[0] = first.trimStart()
  const last = pieces.at(-1)
  if (typeof last === 'string') pieces[pieces.length - 1] = last.trimEnd()
  return pieces.filter((piece) => piece !== '')
}
