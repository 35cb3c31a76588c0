import type { ColumnMemory } from '../../data-sources/column-memory.ts'
import type { RawValue } from '../../data-sources/data-source.ts'
import { type NullMarks, type PackedColumn, setSafeLong, toHalves } from '../../data-sources/packed-column.ts'
import { readNumeral } from '../../data-sources/read-numeral.ts'
import { readTime } from '../../data-sources/read-time.ts'
import type { CellColumn } from '../../data-sources/to-cell.ts'

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
    else if (typeof value === 'string') micros = readText(value, readTime)
    else return undefined
    if (Number.isNaN(micros)) return undefined
    setSafeLong(halves, row, micros)
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
    setSafeLong(halves, row, number ?? 0)
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
      return readText(value, readNumeral)
  }
}

/** Beyond 2^53 cells are the digits themselves. */
function safeOrNaN(number: number): number {
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : Number.NaN
}

/** Where {@link readText} puts a text. */
const scratch = Buffer.alloc(64)

/** Reads a text by its bytes; NaN for longer ones and for those that are not ASCII. */
function readText(text: string, read: (bytes: Uint8Array, start: number, end: number) => number): number {
  const { length } = text
  if (length > scratch.length) return Number.NaN
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code > 127) return Number.NaN
    scratch[index] = code
  }
  return read(scratch, 0, length)
}
