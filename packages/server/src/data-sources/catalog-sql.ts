import type { Dialect, Statement } from './data-source.ts'

/** A piece of one of our own statements: text, or a value that is sent beside it. */
export interface Piece {
  readonly text: readonly string[]
  readonly values: readonly unknown[]
}

/** Builds a piece from a template: what is a piece itself is put in, everything else becomes a parameter. */
export function piece(text: TemplateStringsArray, ...values: readonly unknown[]): Piece {
  const parts: string[] = [text[0]!]
  const sent: unknown[] = []
  values.forEach((value, index) => {
    const after = text[index + 1]!
    if (isPiece(value)) {
      parts[parts.length - 1] += value.text[0]!
      parts.push(...value.text.slice(1))
      sent.push(...value.values)
      parts[parts.length - 1] += after
    } else {
      sent.push(value)
      parts.push(after)
    }
  })
  return { text: parts, values: sent }
}

/** Pieces one after the other. */
export function join(pieces: readonly Piece[], separator: string): Piece {
  const between: Piece = { text: [separator], values: [] }
  const [first = { text: [''], values: [] }, ...rest] = pieces
  return rest.reduce((all, next) => piece`${all}${between}${next}`, first)
}

/** The statement with the parameter marks of a database. */
export function toStatement({ text, values }: Piece, dialect: Dialect): Statement {
  const sql = text.reduce((all, part, index) => (index === 0 ? part : all + markOf(dialect, index) + part), '')
  return { sql, parameters: values }
}

function markOf(dialect: Dialect, position: number): string {
  switch (dialect) {
    case 'postgres':
    case 'redshift':
    case 'duckdb':
      return `$${position}`
    case 'sqlserver':
      return `@p${position}`
    case 'databricks':
      return `:p${position}`
    case 'clickhouse':
      return `{p${position}:String}`
    default:
      return '?'
  }
}

function isPiece(value: unknown): value is Piece {
  return typeof value === 'object' && value !== null && 'text' in value && 'values' in value
}
