import { AnalyticsError, type Cell, type Column, type ColumnType, type WarningCode } from '@datainsight/core'
import type { RawValue } from './data-source.ts'
import {
  isPacked,
  type PackedColumn,
  type RawColumn,
  rowCountOf,
  safeIntegerOf,
  toHalves,
  unpack,
  unpackTexts,
} from './packed-column.ts'

/** The part of a column that decides how its cells look. */
export type CellColumn = Pick<Column, 'type' | 'granularity' | 'customGranularity'> & Partial<Pick<Column, 'name'>>

/** A value that a cell cannot say. `exact` says it for forms that can; `undefined` when nobody could read it. */
class LostValue {
  readonly code: WarningCode
  readonly exact: Cell | undefined
  constructor(code: WarningCode, exact: Cell | undefined) {
    this.code = code
    this.exact = exact
  }
}

/** `undefined` for a value of another type. */
type Convert = (value: Exclude<RawValue, null>) => Cell | LostValue | undefined

/** How values that a cell cannot say are treated. */
export interface CellOptions {
  /** Hears of each value that is null in the answer and not in the data source, and of each text that came damaged. */
  readonly onLoss?: (code: WarningCode) => void
  /** For forms that can say more than JSON: such values as they are. False when absent. */
  readonly exact?: boolean
}

/**
 * Turns one driver value into a cell of `column`. See {@link toCells} for the rules.
 */
export function toCell(value: RawValue, column: CellColumn): Cell {
  return toCells([value], column)[0] as Cell
}

/**
 * Turns a column of driver values into cells, by the rules of `Column.type`:
 * - `null` stays null.
 * - `integer`, `number`: a JSON number where that is exact enough to be the same value, else (beyond 2^53) a decimal string.
 * - `decimal`: always a decimal string.
 * - `time`: ISO 8601; UTC with `Z`, or without an offset when the column has a granularity (its values are local already).
 * - `NaN`, infinities and days that no calendar has become null, and `onLoss` hears of each: JSON has no word for them, and one
 *   ratio without a denominator should not cost a page its chart. With `exact` they are what they are: numbers, else text.
 * @throws AnalyticsError `query_failed` for values of another type, such as text in a column of numbers.
 */
export function toCells(raw: RawColumn, column: CellColumn, options: CellOptions = {}): Cell[] {
  const cells =
    (isPacked(raw) ? packedCells(raw, column, options) : undefined) ?? convertAll(unpack(raw), column, options)
  const { onLoss } = options
  if (onLoss !== undefined && (column.type === 'string' || column.type === 'geo')) {
    for (const cell of cells) if (typeof cell === 'string' && cell.includes(REPLACEMENT)) onLoss('not_text')
  }
  return cells
}

function convertAll(values: readonly RawValue[], column: CellColumn, options: CellOptions): Cell[] {
  const convert = converterOf(column)
  const cells = new Array<Cell>(values.length)
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as RawValue
    const cell = value === null ? null : convert(value)
    cells[row] = typeof cell === 'object' && cell !== null ? lose(cell, column, options) : (cell ?? null)
    if (cell === undefined) throw wrongType(value, column)
  }
  return cells
}

/** Cells from bytes whose kind is that of the column, without a driver's value in between; `undefined` for other kinds. */
function packedCells(packed: PackedColumn, column: CellColumn, options: CellOptions): Cell[] | undefined {
  const { isNull } = packed
  const cells = new Array<Cell>(rowCountOf(packed))
  const isNumber = column.type === 'number' || column.type === 'integer'
  if (packed.kind === 'text' && (column.type === 'string' || column.type === 'geo')) {
    const texts = unpackTexts(packed)
    for (let row = 0; row < cells.length; row++) cells[row] = isNull?.[row] === 1 ? null : (texts[row] as string)
  } else if (packed.kind === 'integer' && isNumber) {
    const { values } = packed
    const halves = toHalves(values)
    for (let row = 0; row < cells.length; row++) {
      const number = safeIntegerOf(halves[2 * row] as number, halves[2 * row + 1] as number)
      cells[row] = isNull?.[row] === 1 ? null : Number.isNaN(number) ? String(values[row]) : number
    }
  } else if (packed.kind === 'double' && isNumber) {
    const { values } = packed
    for (let row = 0; row < cells.length; row++) {
      const number = values[row] as number
      if (isNull?.[row] === 1) cells[row] = null
      else cells[row] = Number.isFinite(number) ? number : lose(new LostValue('not_finite', number), column, options)
    }
  } else return undefined
  return cells
}

/** What decoders put in the place of bytes that are no UTF-8. */
export const REPLACEMENT = '\ufffd'

function lose({ code, exact }: LostValue, column: CellColumn, options: CellOptions): Cell {
  if (options.exact === true) {
    if (exact !== undefined) return exact
    throw new AnalyticsError('query_failed', `the column ${nameOf(column)} holds a value that cannot be written`)
  }
  options.onLoss?.(code)
  return null
}

function wrongType(value: RawValue, column: CellColumn): AnalyticsError {
  const found = typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'a boolean' : 'a number'
  // Never the value: faults are logged.
  return new AnalyticsError(
    'query_failed',
    `the data source answered ${found} that is no ${column.type} for the column ${nameOf(column)}`,
    { hint: 'give the member the type that its SQL has, or cast it there' },
  )
}

function nameOf(column: CellColumn): string {
  return column.name ?? column.type
}

const CONVERTERS: Readonly<Record<ColumnType, Convert>> = {
  string: toText,
  geo: toText,
  integer: toNumber,
  number: toNumber,
  decimal: toDecimal,
  boolean: toBoolean,
  time: (value) => toTime(value, 'Z'),
}

const LOCAL_TIME: Convert = (value) => toTime(value, '')

/** Whether the column's values are buckets of time, which are local. */
export function isBucket(column: CellColumn): boolean {
  return column.granularity !== undefined || column.customGranularity !== undefined
}

function converterOf(column: CellColumn): Convert {
  return column.type === 'time' && isBucket(column) ? LOCAL_TIME : CONVERTERS[column.type]
}

function toText(value: Exclude<RawValue, null>): Cell {
  return typeof value === 'string' ? value : String(value)
}

const DECIMAL_TEXT = /^[+-]?\d+(?:\.\d+)?$/
/** As PostgreSQL, DuckDB and others write what is no finite number, and ends of time. */
const NOT_FINITE_TEXT = /^([+-]?)(?:(nan)|inf(?:inity)?)$/i

function toNumber(value: Exclude<RawValue, null>): Cell | LostValue | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : new LostValue('not_finite', value)
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
    case 'boolean':
      return value ? 1 : 0
    case 'string': {
      const number = Number(value)
      // Below 2^53 a fraction is rounded to the nearest double (avg of PostgreSQL has 16 digits and more); above, digits
      // before the point would change, so the text itself is the answer.
      if (Math.abs(number) <= Number.MAX_SAFE_INTEGER) return isNumeral(value) ? number : undefined
      if (DECIMAL_TEXT.test(value)) return value
      const other = NOT_FINITE_TEXT.exec(value)
      if (other !== null) return new LostValue('not_finite', toNotFinite(other))
      return Number.isFinite(number) ? number : undefined
    }
  }
}

/** Whether a text that JavaScript reads as a number is one: it also reads blanks as 0, and `0x1F`. */
function isNumeral(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  return text.charCodeAt(0) > 32 && last > 32 && last <= 57 && !(text.charCodeAt(1) > 57 && NOT_DECIMAL.test(text))
}

const NOT_DECIMAL = /^0[xob]/i

function toNotFinite([, sign, nan]: RegExpExecArray): number {
  if (nan !== undefined) return Number.NaN
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

function toDecimal(value: Exclude<RawValue, null>): Cell | LostValue | undefined {
  switch (typeof value) {
    case 'string': {
      if (DECIMAL_TEXT.test(value)) return value
      const other = NOT_FINITE_TEXT.exec(value)
      if (other !== null) return new LostValue('not_finite', String(toNotFinite(other)))
      return expandExponent(value)
    }
    case 'number':
      if (!Number.isFinite(value)) return new LostValue('not_finite', String(value))
      return Math.abs(value) >= 1e-6 && Math.abs(value) < 1e21 ? String(value) : expandExponent(String(value))
    case 'bigint':
      return value.toString()
    case 'boolean':
      return value ? '1' : '0'
  }
}

/** Zeros that an exponent may stand for: more than any number of a database has. */
const MAX_ZEROS = 1_000

/** JavaScript writes doubles from 1e21 and below 1e-6 with an exponent, which is not a decimal string; databases do it too. */
function expandExponent(text: string): string | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match
  const digits = whole + fraction
  const point = whole.length + Number(exponentText)
  if (digits === '' || Math.abs(point) > MAX_ZEROS) return undefined
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const cut = Math.max(point, 1)
  const integer = padded.slice(0, cut).replace(/^0+(?=\d)/, '')
  const rest = padded.slice(cut)
  return `${sign === '-' ? '-' : ''}${integer}${rest === '' ? '' : `.${rest}`}`
}

function toBoolean(value: Exclude<RawValue, null>): Cell | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return Number.isNaN(value) ? undefined : Number(value) !== 0
  return BOOLEAN_TEXTS.get(value.toLowerCase())
}

const BOOLEAN_TEXTS: ReadonlyMap<string, boolean> = new Map([
  ['t', true],
  ['true', true],
  ['1', true],
  ['f', false],
  ['false', false],
  ['0', false],
])

/** `YYYY-MM-DD` or a longer year, a time of day, and `BC` as PostgreSQL writes it. */
const TIME_TEXT =
  /^([+-]?\d{4,6})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?)?(?:Z|\+00(?::00)?)?( BC)?$/

function toTime(value: Exclude<RawValue, null>, zone: 'Z' | ''): Cell | LostValue | undefined {
  const text = String(value)
  if (isPlainTime(text) && isOfCalendar(text)) {
    if (text.length === 23 && text.charCodeAt(19) === 46) {
      return text.charCodeAt(10) === 84 ? text + zone : `${text.slice(0, 10)}T${text.slice(11)}${zone}`
    }
    if (text.length === 19) return `${text.slice(0, 10)}T${text.slice(11)}.000${zone}`
  }
  const match = TIME_TEXT.exec(text)
  if (match === null) return toLostTime(text)
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', era] = match
  const astronomical = era === undefined ? Number(year) : 1 - Number(year)
  // MySQL keeps days such as 0000-00-00, SQLite any text.
  if (!isDay(astronomical, Number(month), Number(day)) || !isTimeOfDay(Number(hour), Number(minute), Number(second))) {
    return new LostValue('no_date', text)
  }
  // Milliseconds always; finer digits only where there are some, so that no value is rounded.
  const digits = fraction.replace(/0+$/, '').padEnd(3, '0')
  return `${toIsoYear(astronomical)}-${month}-${day}T${hour}:${minute}:${second}.${digits}${zone}`
}

/** What the DuckDB driver says of times that JavaScript's calendar does not reach. */
const OUT_OF_RANGE = 'out of range'

/** `infinity` has no ISO form that a browser reads. */
function toLostTime(text: string): LostValue | undefined {
  if (NOT_FINITE_TEXT.test(text)) return new LostValue('not_finite', text)
  return text === OUT_OF_RANGE ? new LostValue('no_date', undefined) : undefined
}

/** Whether a text has the marks of `YYYY-MM-DD HH:MM:SS` in their places, which only such times of a driver have. */
function isPlainTime(text: string): boolean {
  return (
    text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45 && text.charCodeAt(13) === 58 && text.charCodeAt(16) === 58
  )
}

/** Whether the day and the time of a text such as {@link isPlainTime} finds are of the calendar. */
function isOfCalendar(text: string): boolean {
  const day = twoDigits(text, 8)
  const month = twoDigits(text, 5)
  const isEveryMonths = day > 0 && day <= 28 && month > 0 && month <= 12
  return (
    (isEveryMonths || isDay(twoDigits(text, 0) * 100 + twoDigits(text, 2), month, day)) &&
    isTimeOfDay(twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17))
  )
}

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false
  if (month !== 2) return day < 31 || LONG_MONTHS.has(month)
  return day <= (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28)
}

const LONG_MONTHS: ReadonlySet<number> = new Set([1, 3, 5, 7, 8, 10, 12])

function isTimeOfDay(hour: number, minute: number, second: number): boolean {
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
}

/** Four digits, or the expanded form of ISO 8601 that JavaScript reads: a sign and six. The year before 1 is 0, which is 1 BC. */
function toIsoYear(astronomical: number): string {
  if (astronomical >= 0 && astronomical <= 9_999) return String(astronomical).padStart(4, '0')
  return `${astronomical < 0 ? '-' : '+'}${String(Math.abs(astronomical)).padStart(6, '0')}`
}
