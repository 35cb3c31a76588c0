import { AnalyticsError } from '../../errors.ts'
import { parseNumber } from '../../model/number-value.ts'
import type { Parameter } from '../../query/filter-test.ts'
import type { OrderDirection } from '../../schema/query.ts'
import type { Cell, ColumnType } from '../../schema/result.ts'
import type { Condition, Expression } from '../plan.ts'

/** How the place of a row in the order of an answer is written down and found again. */
export interface CursorShape {
  /** Hash of the question that the rows answer. */
  readonly question: string
  /** What orders the rows; together it tells any two apart. */
  readonly terms: readonly CursorTerm[]
}

export interface CursorTerm {
  /** Position in the answer's columns. */
  readonly column: number
  /** Of a `$grouping` column, the bit that orders; `undefined`: the whole value. */
  readonly bit: number | undefined
  readonly direction: OrderDirection
  readonly type: ColumnType
}

type Key = string | number | boolean | null

const VERSION = 1

/** The `cursor` that continues after a row of the answer: version, hash of the question, the row's place, and a check. */
export function writeCursor(shape: CursorShape, row: readonly Cell[]): string {
  const keys = shape.terms.map(({ column, bit, type }): Key => {
    const cell = row[column] ?? null
    // Starts of buckets are local and have no offset; the database compares both kinds as if they were UTC.
    if (type === 'time' && typeof cell === 'string' && !cell.endsWith('Z')) return `${cell}Z`
    return bit === undefined ? cell : Math.floor(Number(cell) / 2 ** bit) % 2
  })
  const body = JSON.stringify([VERSION, shape.question, keys])
  return toBase64Url(JSON.stringify([VERSION, shape.question, keys, hashText(body)]))
}

/**
 * The condition that a row stands after the cursor. `value` gives the value that a term orders by.
 * @throws AnalyticsError `invalid_request` at `cursor` when it was not made for this question.
 */
export function afterCursor(cursor: string, shape: CursorShape, value: (term: number) => Expression): Condition {
  const keys = readCursor(cursor, shape)
  let after: Condition = { kind: 'never' }
  for (let index = keys.length - 1; index >= 0; index--) {
    const term = shape.terms[index]!
    const key = keys[index]!
    const argument: Expression =
      term.type === 'number' ? { kind: 'cast', to: 'double', argument: value(index) } : value(index)
    after = stepAfter(argument, term.direction, key, after)
  }
  return after
}

/** After a key, or at it and after the rest. Nulls come last in both directions, so nothing comes after a null but the rest. */
function stepAfter(argument: Expression, direction: OrderDirection, key: Parameter | null, rest: Condition): Condition {
  const isNull: Condition = { kind: 'present', isNegated: true, argument }
  if (key === null) return rest.kind === 'never' ? rest : { kind: 'and', conditions: [isNull, rest] }
  const compare = (operator: '<' | '<=' | '>' | '>='): Condition => ({
    kind: 'compare',
    operator,
    argument,
    value: key,
  })
  const later: Condition[] =
    key.type === 'boolean' ? laterBoolean(argument, key, direction) : [compare(direction === 'asc' ? '>' : '<')]
  if (rest.kind === 'never') return { kind: 'or', conditions: [...later, isNull] }
  const equal: readonly Condition[] =
    key.type === 'timestamp'
      ? [compare('>='), compare('<=')]
      : [{ kind: 'equals', isNegated: false, argument, values: [key] }]
  return { kind: 'or', conditions: [...later, isNull, { kind: 'and', conditions: [...equal, rest] }] }
}

/** Not every database compares booleans: true comes after false. */
function laterBoolean(argument: Expression, { value }: Parameter, direction: OrderDirection): Condition[] {
  const next = direction === 'asc'
  if (value === next) return []
  return [{ kind: 'equals', isNegated: false, argument, values: [{ type: 'boolean', value: next }] }]
}

function readCursor(cursor: string, shape: CursorShape): readonly (Parameter | null)[] {
  const parts = parseCursor(cursor)
  if (!Array.isArray(parts) || parts.length !== 4) throw refused('is not one that an answer gave')
  const [version, question, keys, check] = parts as unknown[]
  if (version !== VERSION || check !== hashText(JSON.stringify([version, question, keys])))
    throw refused('is not one that an answer gave')
  if (question !== shape.question) throw refused('continues the answer to another question')
  if (!Array.isArray(keys) || keys.length !== shape.terms.length) throw refused('is not one that an answer gave')
  return shape.terms.map((term, index) => {
    const key: unknown = keys[index]
    if (key === null) return null
    const parameter = toParameter(key, term)
    if (parameter === undefined) throw refused('is not one that an answer gave')
    return parameter
  })
}

const TIME = /^(?:[+-]\d{2})?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/

function toParameter(key: unknown, { type, bit }: CursorTerm): Parameter | undefined {
  if (bit !== undefined) return key === 0 || key === 1 ? { type: 'integer', value: key } : undefined
  switch (type) {
    case 'integer':
    case 'number':
    case 'decimal':
      return typeof key === 'number' || typeof key === 'string' ? parseNumber(key) : undefined
    case 'boolean':
      return typeof key === 'boolean' ? { type: 'boolean', value: key } : undefined
    case 'time': {
      // Kept to the microsecond, which a date of JavaScript would cut.
      const isTime = typeof key === 'string' && TIME.test(key) && !Number.isNaN(Date.parse(key.slice(0, -1)))
      return isTime ? { type: 'timestamp', value: key } : undefined
    }
    default:
      return typeof key === 'string' && !key.includes('\0') ? { type: 'text', value: key } : undefined
  }
}

function refused(reason: string): AnalyticsError {
  const message = `the cursor ${reason}`
  return new AnalyticsError('invalid_request', message, {
    problems: [{ path: 'cursor', message }],
    hint: 'Take it from meta.nextCursor and repeat the rest of the question.',
  })
}

function parseCursor(cursor: string): unknown {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    )
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function toBase64Url(text: string): string {
  let binary = ''
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/**
 * 64 bits of two FNV-1a-like runs, as text. Finds accidents and edits, not forgeries: the values in a cursor only say where an answer
 * starts that the caller's own policies limit.
 */
export function hashText(text: string): string {
  let one = 0x811c9dc5
  let two = 0xcbf29ce4
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    one = Math.imul(one ^ code, 0x01000193)
    two = Math.imul(two ^ (code + index), 0x85ebca6b)
  }
  const hex = (part: number) => (part >>> 0).toString(16).padStart(8, '0')
  return hex(one ^ (two >>> 15)) + hex(two ^ (one >>> 13))
}
