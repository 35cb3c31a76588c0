import type { ColumnMemory } from '../../data-sources/column-memory.ts'
import type { RawValue } from '../../data-sources/data-source.ts'
import { type NullMarks, type PackedColumn, toHalves } from '../../data-sources/packed-column.ts'
import type { CellColumn } from '../../data-sources/to-cell.ts'

const TWO_32 = 4_294_967_296
const ZERO = 48
const NINE = 57
const MINUS = 45
const POINT = 46
/** Digits of a whole number that is surely exact as a double. */
const SAFE_DIGITS = 15
/** Days from 1970-01-01 to the first of each month of a common year. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
const DAYS_IN = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * A driver's values as bytes whose kind is that of the column, where every value is of the plain kind: writers then need neither
 * a cell nor a text for each. `undefined` for other columns and values.
 */
export function packValues(
  values: readonly RawValue[],
  column: CellColumn,
  memory: ColumnMemory,
): PackedColumn | undefined {
  switch (column.type) {
    case 'time':
      return packTimes(values, memory)
    case 'number':
      return packNumbers(values, memory)
    case 'integer':
      return packIntegers(values, memory)
    default:
      return undefined
  }
}

function packTimes(values: readonly RawValue[], memory: ColumnMemory): PackedColumn | undefined {
  const longs = memory.longs(values.length)
  const halves = toHalves(longs)
  let isNull: NullMarks
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as RawValue
    let micros = 0
    if (value === null) isNull = marked(isNull, row, values.length)
    else if (typeof value === 'string') micros = readTime(value)
    else return undefined
    if (Number.isNaN(micros)) return undefined
    setLong(halves, row, micros)
  }
  return { kind: 'time', values: longs, isNull }
}

function packNumbers(values: readonly RawValue[], memory: ColumnMemory): PackedColumn | undefined {
  const doubles = memory.doubles(values.length)
  let isNull: NullMarks
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as RawValue
    const number = value === null ? null : readNumber(value)
    if (number === null) isNull = marked(isNull, row, values.length)
    else if (Number.isNaN(number)) return undefined
    doubles[row] = number ?? 0
  }
  return { kind: 'double', values: doubles, isNull }
}

function packIntegers(values: readonly RawValue[], memory: ColumnMemory): PackedColumn | undefined {
  const longs = memory.longs(values.length)
  const halves = toHalves(longs)
  let isNull: NullMarks
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as RawValue
    const number = value === null ? null : readNumber(value)
    if (number === null) isNull = marked(isNull, row, values.length)
    else if (!Number.isSafeInteger(number)) return undefined
    setLong(halves, row, number ?? 0)
  }
  return { kind: 'integer', values: longs, isNull }
}

function marked(isNull: NullMarks, row: number, rowCount: number): Uint8Array {
  const marks = isNull ?? new Uint8Array(rowCount)
  marks[row] = 1
  return marks
}

/** The number that a cell would hold; NaN for what has another cell, or none. */
function readNumber(value: Exclude<RawValue, null>): number {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : Number.NaN
    case 'boolean':
      return value ? 1 : 0
    case 'bigint':
      return safeOrNaN(Number(value))
    case 'string':
      return readDigits(value)
  }
}

/** Digits, and a point among them. `Number` takes ten times as long for a few digits, and reads more than numbers. */
function readDigits(text: string): number {
  const isNegative = text.charCodeAt(0) === MINUS
  let index = isNegative ? 1 : 0
  if (!isDigit(text, index)) return Number.NaN
  let number = 0
  for (; index < text.length; index++) {
    if (!isDigit(text, index)) return readFraction(text, index)
    number = number * 10 + text.charCodeAt(index) - ZERO
  }
  if (text.length > SAFE_DIGITS) return safeOrNaN(Number(text))
  return isNegative ? -number : number
}

function readFraction(text: string, point: number): number {
  if (text.charCodeAt(point) !== POINT || point === text.length - 1) return Number.NaN
  for (let index = point + 1; index < text.length; index++) if (!isDigit(text, index)) return Number.NaN
  return safeOrNaN(Number(text))
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  return code >= ZERO && code <= NINE
}

/** Beyond 2^53 cells are the digits themselves. */
function safeOrNaN(number: number): number {
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : Number.NaN
}

/** Microseconds since 1970 of `YYYY-MM-DD[ T]HH:MM:SS[.ffffff][Z|+00]` with a calendar date, by position; NaN for other texts. */
function readTime(text: string): number {
  if (text.length < 19 || text.charCodeAt(4) !== MINUS || text.charCodeAt(7) !== MINUS) return Number.NaN
  const separator = text.charCodeAt(10)
  if ((separator !== 32 && separator !== 84) || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) {
    return Number.NaN
  }
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  // Also false for NaN. What is no date is left to those who pass texts on as they are.
  const isPlain =
    year >= 1 &&
    month >= 1 &&
    day >= 1 &&
    day <= (DAYS_IN[month - 1] as number) &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  if (!isPlain || (month === 2 && day === 29 && !isLeap)) return Number.NaN
  let fraction = 0
  let index = 19
  if (text.charCodeAt(19) === POINT) {
    let unit = 100_000
    for (index = 20; index < text.length; index++) {
      const digit = text.charCodeAt(index) - ZERO
      if (digit < 0 || digit > 9) break
      // Finer than a microsecond.
      if (unit < 1) return Number.NaN
      fraction += digit * unit
      unit /= 10
    }
    if (index === 20) return Number.NaN
  }
  if (index < text.length && !isUtc(text, index)) return Number.NaN
  const before = year - 1
  const days =
    before * 365 +
    Math.floor(before / 4) -
    Math.floor(before / 100) +
    Math.floor(before / 400) -
    719_162 +
    (DAYS_BEFORE[month - 1] as number) +
    (isLeap && month > 2 ? 1 : 0) +
    day -
    1
  const micros = (days * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000_000 + fraction
  return Number.isSafeInteger(micros) ? micros : Number.NaN
}

/** Whether the text ends, from `index` on, in a mark of UTC as drivers write it. */
function isUtc(text: string, index: number): boolean {
  const zone = text.slice(index)
  return zone === '+00' || zone === 'Z' || zone === '+00:00'
}

/** NaN unless both are digits. */
function twoDigits(text: string, index: number): number {
  const tens = text.charCodeAt(index) - ZERO
  const ones = text.charCodeAt(index + 1) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function setLong(halves: Int32Array, row: number, value: number): void {
  const high = Math.floor(value / TWO_32)
  halves[2 * row] = value - high * TWO_32
  halves[2 * row + 1] = high
}
