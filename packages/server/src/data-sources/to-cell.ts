import type { Cell, Column, ColumnType } from '@datainsight/core'
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
export type CellColumn = Pick<Column, 'type' | 'granularity' | 'customGranularity'>

type Convert = (value: Exclude<RawValue, null>) => Cell

/**
 * Turns one driver value into a cell of `column`. See {@link toCells} for the rules.
 */
export function toCell(value: RawValue, column: CellColumn): Cell {
  return value === null ? null : converterOf(column)(value)
}

/**
 * Turns a column of driver values into cells, by the rules of `Column.type`:
 * - `null` stays null.
 * - `integer`, `number`: a JSON number where that is exact enough to be the same value, else (beyond 2^53) a decimal string.
 * - `decimal`: always a decimal string.
 * - `time`: ISO 8601; UTC with `Z`, or without an offset when the column has a granularity (its values are local already).
 * - `NaN` and infinities become null: JSON has no word for them, and a ratio without a denominator has no value, which is
 *   what an empty cell says. PostgreSQL raises an error for most of these; DuckDB computes them.
 */
export function toCells(raw: RawColumn, column: CellColumn): Cell[] {
  if (isPacked(raw)) {
    const cells = packedCells(raw, column)
    if (cells !== undefined) return cells
  }
  const values = unpack(raw)
  const convert = converterOf(column)
  const cells = new Array<Cell>(values.length)
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as RawValue
    cells[row] = value === null ? null : convert(value)
  }
  return cells
}

/** Cells from bytes whose kind is that of the column, without a driver's value in between; `undefined` for other kinds. */
function packedCells(packed: PackedColumn, column: CellColumn): Cell[] | undefined {
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
      cells[row] = isNull?.[row] === 1 || !Number.isFinite(number) ? null : number
    }
  } else return undefined
  return cells
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

function toNumber(value: Exclude<RawValue, null>): Cell {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : null
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
    case 'boolean':
      return value ? 1 : 0
    case 'string': {
      const number = Number(value)
      // Below 2^53 a fraction is rounded to the nearest double (avg of PostgreSQL has 16 digits and more); above, digits
      // before the point would change, so the text itself is the answer.
      if (Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number
      return DECIMAL_TEXT.test(value) ? value : null
    }
  }
}

function toDecimal(value: Exclude<RawValue, null>): Cell {
  switch (typeof value) {
    case 'string':
      return DECIMAL_TEXT.test(value) ? value : null
    case 'number':
      return Number.isFinite(value) ? expandExponent(value) : null
    case 'bigint':
      return value.toString()
    case 'boolean':
      return value ? '1' : '0'
  }
}

/** JavaScript writes doubles from 1e21 and below 1e-6 with an exponent, which is not a decimal string. */
function expandExponent(value: number): string {
  const text = String(value)
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (match === null) return text
  const [, sign = '', first = '', rest = '', exponentText = '0'] = match
  const exponent = Number(exponentText)
  const digits = first + rest
  return exponent < 0 ? `${sign}0.${'0'.repeat(-exponent - 1)}${digits}` : `${sign}${digits.padEnd(exponent + 1, '0')}`
}

function toBoolean(value: Exclude<RawValue, null>): Cell {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value === 't' || value === 'true' || value === '1'
  return Number(value) !== 0
}

/** `YYYY-MM-DD` or a longer year, a time of day, and `BC` as PostgreSQL writes it. */
const TIME_TEXT = /^([+-]?\d{4,6})(-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?)?(?:Z|\+00(?::00)?)?( BC)?$/

function toTime(value: Exclude<RawValue, null>, zone: 'Z' | ''): Cell {
  const text = String(value)
  if (text.length === 23 && isPlainTime(text) && text.charCodeAt(19) === 46) {
    return text.charCodeAt(10) === 84 ? text + zone : `${text.slice(0, 10)}T${text.slice(11)}${zone}`
  }
  if (text.length === 19 && isPlainTime(text)) return `${text.slice(0, 10)}T${text.slice(11)}.000${zone}`
  const match = TIME_TEXT.exec(text)
  // `infinity` has no ISO form that a browser reads.
  if (match === null) return null
  const [, year = '', date, time = '00:00:00', fraction = '', era] = match
  // Milliseconds always; finer digits only where there are some, so that no value is rounded.
  const digits = fraction.replace(/0+$/, '').padEnd(3, '0')
  return `${toIsoYear(Number(year), era !== undefined)}${date}T${time}.${digits}${zone}`
}

/** Whether a text has the marks of `YYYY-MM-DD HH:MM:SS` in their places, which only such times of a driver have. */
function isPlainTime(text: string): boolean {
  return (
    text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45 && text.charCodeAt(13) === 58 && text.charCodeAt(16) === 58
  )
}

/** Four digits, or the expanded form of ISO 8601 that JavaScript reads: a sign and six. The year before 1 is 0, which is 1 BC. */
function toIsoYear(year: number, isBeforeChrist: boolean): string {
  const astronomical = isBeforeChrist ? 1 - year : year
  if (astronomical >= 0 && astronomical <= 9_999) return String(astronomical).padStart(4, '0')
  return `${astronomical < 0 ? '-' : '+'}${String(Math.abs(astronomical)).padStart(6, '0')}`
}
