import { AnalyticsError, type Cell, type Column } from '@datainsight/core'

/** The buffers of one column of a record batch. An empty `validity` means that no cell is null. */
export interface ArrowBuffers {
  readonly nullCount: number
  readonly validity: Uint8Array
  readonly values: Uint8Array | Float64Array | BigInt64Array
  readonly offsets?: Int32Array
}

const NO_BYTES = new Uint8Array(0)
const TWO_32 = 4_294_967_296
const MIN_INT64 = -(2n ** 63n)
const MAX_INT64 = 2n ** 63n - 1n

/** Texts as UTF-8. Times and numbers that stand in a text column are written as JSON would show them. */
export function arrowTexts(cells: readonly Cell[]): ArrowBuffers {
  const { length } = cells
  const offsets = new Int32Array(length + 1)
  const texts = new Array<string>(length)
  let size = 0
  for (let row = 0; row < length; row++) {
    const cell = cells[row] as Cell
    const text = cell === null ? '' : typeof cell === 'string' ? cell : String(cell)
    texts[row] = text
    size += text.length
    offsets[row + 1] = size
  }
  const values = Buffer.from(texts.join(''))
  // Only ASCII has as many bytes as characters.
  if (values.length !== size) {
    size = 0
    for (let row = 0; row < length; row++) {
      size += Buffer.byteLength(texts[row] as string)
      offsets[row + 1] = size
    }
  }
  return { ...validityOf(cells), values, offsets }
}

/** Numbers as doubles. Decimal texts, which stand for what JSON numbers cannot hold, must be doubles exactly. */
export function arrowFloats(cells: readonly Cell[], column: Column): ArrowBuffers {
  const values = new Float64Array(cells.length)
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] as Cell
    if (typeof cell === 'number') values[row] = cell
    else if (typeof cell === 'string') {
      const number = Number(cell)
      // Beyond 2^53 a double is a whole number: it is the same value when its digits are, and nothing follows the point.
      const [whole = '', fraction = ''] = cell.split('.')
      if (
        !/^[+-]?\d+$/.test(whole) ||
        /[^0]/.test(fraction) ||
        !Number.isFinite(number) ||
        BigInt(number) !== BigInt(whole)
      ) {
        throw inexactValue(column)
      }
      values[row] = number
    }
  }
  return { ...validityOf(cells), values }
}

/** Whole numbers as 64-bit integers. */
export function arrowIntegers(cells: readonly Cell[], column: Column): ArrowBuffers {
  const values = new BigInt64Array(cells.length)
  const halves = new Int32Array(values.buffer)
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] as Cell
    if (Number.isSafeInteger(cell)) setSafeInteger(halves, row, cell as number)
    else if (cell !== null) values[row] = readInt64(cell, column)
  }
  return { ...validityOf(cells), values }
}

export function arrowBooleans(cells: readonly Cell[]): ArrowBuffers {
  const values = new Uint8Array((cells.length + 7) >> 3)
  for (let row = 0; row < cells.length; row++) {
    if (cells[row] === true) values[row >> 3] = (values[row >> 3] as number) | (1 << (row & 7))
  }
  return { ...validityOf(cells), values }
}

/** ISO times as microseconds since 1970; those of buckets as if they were UTC. */
export function arrowTimes(cells: readonly Cell[], column: Column): ArrowBuffers {
  const values = new BigInt64Array(cells.length)
  const halves = new Int32Array(values.buffer)
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] as Cell
    if (cell === null) continue
    const micros = readPlainTime(cell as string)
    if (Number.isSafeInteger(micros)) setSafeInteger(halves, row, micros)
    else values[row] = readAnyTime(String(cell), column)
  }
  return { ...validityOf(cells), values }
}

function validityOf(cells: readonly Cell[]): { nullCount: number; validity: Uint8Array } {
  let nullCount = 0
  for (let row = 0; row < cells.length; row++) if (cells[row] === null) nullCount++
  if (nullCount === 0) return { nullCount, validity: NO_BYTES }
  const validity = new Uint8Array((cells.length + 7) >> 3)
  for (let row = 0; row < cells.length; row++) {
    if (cells[row] !== null) validity[row >> 3] = (validity[row >> 3] as number) | (1 << (row & 7))
  }
  return { nullCount, validity }
}

/** Writes both halves at once: a BigInt for each cell would be an object for each cell. */
function setSafeInteger(halves: Int32Array, row: number, value: number): void {
  const high = Math.floor(value / TWO_32)
  halves[2 * row] = (value - high * TWO_32) | 0
  halves[2 * row + 1] = high
}

function readInt64(cell: Exclude<Cell, null>, column: Column): bigint {
  if (typeof cell === 'string' && /^[+-]?\d+$/.test(cell)) {
    const value = BigInt(cell)
    if (value >= MIN_INT64 && value <= MAX_INT64) return value
  }
  throw inexactValue(column)
}

/** Days from 1970-01-01 to the first of each month of a common year. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/** Microseconds of `YYYY-MM-DDTHH:MM:SS.mmm…`, by position: `Date.parse` takes five times as long. NaN for other shapes. */
function readPlainTime(text: string): number {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(10) !== 84 || text.charCodeAt(19) !== 46) return Number.NaN
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const before = year - 1
  const days =
    before * 365 +
    Math.floor(before / 4) -
    Math.floor(before / 100) +
    Math.floor(before / 400) -
    719_162 +
    (DAYS_BEFORE[month - 1] as number) +
    (leap && month > 2 ? 1 : 0) +
    digits(text, 8, 10) -
    1
  const seconds = days * 86_400 + digits(text, 11, 13) * 3_600 + digits(text, 14, 16) * 60 + digits(text, 17, 19)
  let fraction = 0
  let unit = 100_000
  for (let index = 20; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 90) break
    // Finer than a microsecond: the careful reader decides.
    if (unit < 1) return Number.NaN
    fraction += (code - 48) * unit
    unit /= 10
  }
  return seconds * 1_000_000 + fraction
}

function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let index = from; index < to; index++) number = number * 10 + text.charCodeAt(index) - 48
  return number
}

/** Years beyond four digits, and digits beyond microseconds. */
function readAnyTime(text: string, column: Column): bigint {
  const match = /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)\.(\d{3,9})Z?$/.exec(text)
  const [, year = '', month = '', day = '', time = '', fraction = ''] = match ?? []
  if (match === null || /[^0]/.test(fraction.slice(6))) throw inexactValue(column)
  // The calendar repeats every 400 years, so any year has a twin from 2000 to 2399 that Date can read.
  const cycles = Math.floor(Number(year) / 400) - 5
  const inRange = Number(year) - cycles * 400
  const seconds = Date.parse(`${inRange}-${month}-${day}T${time}Z`) / 1_000
  const micros =
    (BigInt(seconds) + BigInt(cycles) * 12_622_780_800n) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'))
  if (micros < MIN_INT64 || micros > MAX_INT64) throw inexactValue(column)
  return micros
}

/** The fault of a value that Arrow has no room for. The value itself stays unsaid. */
export function inexactValue(column: Column): AnalyticsError {
  return new AnalyticsError('query_failed', `the column ${column.name} holds a value that Arrow cannot hold exactly`, {
    hint: 'ask for CSV or JSON, which write it as text',
  })
}
