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
  /** Where the rows themselves start; `undefined`: at the first of all. */
  readonly start?: CursorStart | undefined
}

/** A place in the order: the rows after one, or all, but for the first `skip`. */
export interface CursorStart {
  /** Values of the row, one for each term; `undefined`: all rows. */
  readonly keys: readonly Key[] | undefined
  readonly skip: number
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
/** Rows that a cursor may skip: as many as `offset`. */
const MAX_SKIP = 10_000_000

/**
 * The `cursor` that continues `since` rows after a row of the answer: version, hash of the question, the row's place, how many rows
 * to skip, and a check. `row` is `undefined` when no row of the answer {@link hasPlace}: it then starts where the answer did.
 */
export function writeCursor(shape: CursorShape, row: readonly Cell[] | undefined, since: number): string {
  const keys = row === undefined ? shape.start?.keys : keysOf(shape, row)
  const skip = row === undefined ? since + (shape.start?.skip ?? 0) : since
  const parts = [VERSION, shape.question, keys ?? null, skip]
  return toBase64Url(JSON.stringify([...parts, hashText(JSON.stringify(parts))]))
}

/** Whether the database finds a row by what its cells say: not so beyond 38 digits. */
export function hasPlace(shape: CursorShape, row: readonly Cell[]): boolean {
  return keysOf(shape, row).every((key, index) => key === null || toParameter(key, shape.terms[index]!) !== undefined)
}

function keysOf(shape: CursorShape, row: readonly Cell[]): readonly Key[] {
  return shape.terms.map(({ column, bit, type }): Key => {
    const cell = row[column] ?? null
    // Starts of buckets are local and have no offset; the database compares both kinds as if they were UTC.
    if (type === 'time' && typeof cell === 'string' && !cell.endsWith('Z')) return `${cell}Z`
    return bit === undefined ? cell : Math.floor(Number(cell) / 2 ** bit) % 2
  })
}

/** The condition that a row stands after that of a cursor. `value` gives the value that a term orders by. */
export function afterKeys(
  keys: readonly Key[],
  { terms }: CursorShape,
  value: (term: number) => Expression,
): Condition {
  let after: Condition = { kind: 'never' }
  for (let index = keys.length - 1; index >= 0; index--) {
    const term = terms[index]!
    const key = keys[index] ?? null
    const argument: Expression =
      term.type === 'number' ? { kind: 'cast', to: 'double', argument: value(index) } : value(index)
    after = stepAfter(argument, term.direction, key === null ? null : toParameter(key, term)!, after)
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

/**
 * Where the rows after a cursor start.
 * @throws AnalyticsError `invalid_request` at `cursor` when it was not made for this question.
 */
export function readCursor(cursor: string, shape: CursorShape): CursorStart {
  const parts = parseCursor(cursor)
  if (!Array.isArray(parts) || parts.length !== 5) throw refused('is not one that an answer gave')
  const [version, question, keys, skip, check] = parts as unknown[]
  if (version !== VERSION || check !== hashText(JSON.stringify([version, question, keys, skip])))
    throw refused('is not one that an answer gave')
  if (question !== shape.question) throw refused('continues the answer to another question')
  const isKeys = keys === null || (Array.isArray(keys) && keys.length === shape.terms.length)
  const isSkip = typeof skip === 'number' && Number.isSafeInteger(skip) && skip >= 0 && skip <= MAX_SKIP
  if (!isKeys || !isSkip) throw refused('is not one that an answer gave')
  if (keys === null) return { keys: undefined, skip }
  const isFound = keys.every((key, index) => key === null || toParameter(key, shape.terms[index]!) !== undefined)
  if (!isFound) throw refused('is not one that an answer gave')
  return { keys: keys as Key[], skip }
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
