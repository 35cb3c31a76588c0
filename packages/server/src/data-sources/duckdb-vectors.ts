import {
  DuckDBBigIntVector,
  DuckDBBooleanVector,
  type DuckDBDataChunk,
  DuckDBDateVector,
  DuckDBDecimal16Vector,
  DuckDBDecimal32Vector,
  DuckDBDecimal64Vector,
  DuckDBDoubleVector,
  DuckDBFloatVector,
  DuckDBHugeIntVector,
  DuckDBIntegerVector,
  DuckDBSmallIntVector,
  DuckDBTimestampTZVector,
  DuckDBTimestampVector,
  DuckDBTinyIntVector,
  DuckDBUIntegerVector,
  DuckDBUSmallIntVector,
  DuckDBUTinyIntVector,
  DuckDBVarCharVector,
  type DuckDBVector,
} from '@duckdb/node-api'
import type { ColumnMemory } from './column-memory.ts'
import { toRaw } from './duckdb-values.ts'
import { type NullMarks, type PackedColumn, type PackedTexts, toHalves } from './packed-column.ts'

/** Days before and after 1970 that `Date` can hold. */
const MAX_DAYS = 100_000_000
const MICROS_PER_DAY = 86_400_000_000
/** Upper half of the most microseconds that `Date` can hold, rounded down. */
const MAX_TIME_HIGH = 2_011_656_919
const TWO_32 = 4_294_967_296
/** Longest text that stands in the vector itself, bytes; of longer ones it says where they are. */
const MAX_INLINE = 12
/** Words of 32 bits that a text has in the vector: its length, then itself; or its length, its first word and where it is. */
const TEXT_WORDS = 4

/** Adds a chunk's columns to their memories: packed where their type has a packed form, else as values. */
export function addChunk(memories: readonly ColumnMemory[], chunk: DuckDBDataChunk): void {
  const { rowCount } = chunk
  for (const [index, memory] of memories.entries()) {
    memory.add(packVector(chunk.getColumnVector(index), memory) ?? chunk.getColumnValues(index).map(toRaw), rowCount)
  }
}

type Longs = BigInt64Array<ArrayBuffer>

/** What the client's vectors hold: views of DuckDB's memory, which is freed with the chunk. */
interface VectorMemory {
  readonly items?: unknown
  readonly dataView?: unknown
  readonly validity?: { readonly data?: unknown; readonly offset?: unknown }
}

/**
 * The bytes of a vector, copied to `memory`. `undefined` for types that have no packed form, for values that do not fit it, and when the client
 * keeps its views elsewhere, which its interface does not promise.
 */
export function packVector(vector: DuckDBVector, memory: ColumnMemory): PackedColumn | undefined {
  const { items, dataView, validity } = vector as unknown as VectorMemory
  const { itemCount } = vector
  const bits = validity?.data
  if (validity?.offset !== 0 || !(bits === null || bits instanceof BigUint64Array)) return undefined
  const isNull = readNulls(bits, itemCount)
  if (vector instanceof DuckDBVarCharVector) {
    return dataView instanceof DataView ? packTexts(vector, dataView, isNull, memory) : undefined
  }
  if (vector instanceof DuckDBBigIntVector) {
    return items instanceof BigInt64Array
      ? { kind: 'integer', values: copyLongs(items, isNull, memory), isNull }
      : undefined
  }
  if (vector instanceof DuckDBTimestampVector || vector instanceof DuckDBTimestampTZVector) {
    return items instanceof BigInt64Array ? packTimes(copyLongs(items, isNull, memory), isNull) : undefined
  }
  if (vector instanceof DuckDBDateVector) {
    return items instanceof Int32Array ? packDates(items, isNull, memory.longs(itemCount)) : undefined
  }
  if (isSmallInteger(vector)) {
    return isNumberArray(items) ? packIntegers(items, isNull, memory.longs(itemCount)) : undefined
  }
  if (vector instanceof DuckDBDoubleVector || vector instanceof DuckDBFloatVector) {
    return isNumberArray(items) ? packDoubles(items, isNull, memory.doubles(itemCount)) : undefined
  }
  if (!(dataView instanceof DataView)) return undefined
  if (vector instanceof DuckDBBooleanVector) return packBooleans(dataView, isNull, memory.booleans(itemCount))
  if (vector instanceof DuckDBHugeIntVector) return packHugeIntegers(dataView, isNull, memory.longs(itemCount))
  if (
    vector instanceof DuckDBDecimal16Vector ||
    vector instanceof DuckDBDecimal32Vector ||
    vector instanceof DuckDBDecimal64Vector
  ) {
    const values = packDecimals(dataView, isNull, memory.longs(itemCount))
    return { kind: 'decimal', values, scale: vector.type.scale, isNull }
  }
  return undefined
}

/** DuckDB sets a bit for each value and clears it for a null. */
function readNulls(bits: BigUint64Array | null, rowCount: number): NullMarks {
  if (bits === null) return undefined
  const bytes = new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength)
  let isNull: Uint8Array | undefined
  for (let row = 0; row < rowCount; row++) {
    if (((bytes[row >> 3] as number) >> (row & 7)) & 1) continue
    isNull ??= new Uint8Array(rowCount)
    isNull[row] = 1
  }
  return isNull
}

/** What the database left under a null may be a value that the caller must not see. */
function blankNulls<T extends number | bigint>(values: { [row: number]: T }, isNull: NullMarks, blank: T): void {
  if (isNull === undefined) return
  for (let row = 0; row < isNull.length; row++) if (isNull[row] === 1) values[row] = blank
}

function copyLongs(items: BigInt64Array, isNull: NullMarks, memory: ColumnMemory): Longs {
  const values = memory.longs(items.length)
  values.set(items)
  blankNulls(values, isNull, 0n)
  return values
}

function packIntegers(items: ArrayLike<number>, isNull: NullMarks, values: Longs): PackedColumn {
  const halves = toHalves(values)
  for (let row = 0; row < items.length; row++) {
    const item = items[row] as number
    halves[2 * row] = item
    halves[2 * row + 1] = item < 0 ? -1 : 0
  }
  blankNulls(values, isNull, 0n)
  return { kind: 'integer', values, isNull }
}

/** Sums are of 128 bits and hardly ever need them. */
function packHugeIntegers(data: DataView, isNull: NullMarks, values: Longs): PackedColumn | undefined {
  const words = new Int32Array(data.buffer, data.byteOffset, 4 * values.length)
  const halves = toHalves(values)
  for (let row = 0; row < values.length; row++) {
    if (isNull?.[row] === 1) continue
    const high = words[4 * row + 1] as number
    const sign = high >> 31
    if (words[4 * row + 2] !== sign || words[4 * row + 3] !== sign) return undefined
    halves[2 * row] = words[4 * row] as number
    halves[2 * row + 1] = high
  }
  blankNulls(values, isNull, 0n)
  return { kind: 'integer', values, isNull }
}

function packTimes(values: Longs, isNull: NullMarks): PackedColumn | undefined {
  const halves = toHalves(values)
  for (let index = 1; index < halves.length; index += 2) {
    if (Math.abs(halves[index] as number) > MAX_TIME_HIGH) return undefined
  }
  return { kind: 'time', values, isNull }
}

function packDates(days: Int32Array, isNull: NullMarks, values: Longs): PackedColumn | undefined {
  const halves = toHalves(values)
  for (let row = 0; row < days.length; row++) {
    if (isNull?.[row] === 1) continue
    const day = days[row] as number
    if (Math.abs(day) > MAX_DAYS) return undefined
    // Exact beyond 2^53, since the length of a day is a multiple of 2^13.
    const micros = day * MICROS_PER_DAY
    const high = Math.floor(micros / TWO_32)
    halves[2 * row] = micros - high * TWO_32
    halves[2 * row + 1] = high
  }
  blankNulls(values, isNull, 0n)
  return { kind: 'time', values, isNull }
}

function packDoubles(items: ArrayLike<number>, isNull: NullMarks, values: Float64Array<ArrayBuffer>): PackedColumn {
  values.set(items)
  blankNulls(values, isNull, 0)
  return { kind: 'double', values, isNull }
}

function packBooleans(data: DataView, isNull: NullMarks, values: Uint8Array<ArrayBuffer>): PackedColumn | undefined {
  // The size of a C++ bool is the compiler's business.
  if (data.byteLength !== values.length) return undefined
  for (let row = 0; row < values.length; row++) values[row] = data.getUint8(row) === 0 ? 0 : 1
  blankNulls(values, isNull, 0)
  return { kind: 'boolean', values, isNull }
}

/** Decimals of up to 18 digits are integers of 16, 32 or 64 bits. */
function packDecimals(data: DataView, isNull: NullMarks, values: Longs): Longs {
  const rowCount = values.length
  if (data.byteLength === 8 * rowCount) values.set(new BigInt64Array(data.buffer, data.byteOffset, rowCount))
  else {
    const isWide = data.byteLength === 4 * rowCount
    const halves = toHalves(values)
    for (let row = 0; row < rowCount; row++) {
      const value = isWide ? data.getInt32(4 * row, true) : data.getInt16(2 * row, true)
      halves[2 * row] = value
      halves[2 * row + 1] = value >> 31
    }
  }
  blankNulls(values, isNull, 0n)
  return values
}

function packTexts(vector: DuckDBVarCharVector, data: DataView, isNull: NullMarks, memory: ColumnMemory): PackedTexts {
  const rowCount = vector.itemCount
  const words = new Uint32Array(data.buffer, data.byteOffset, TEXT_WORDS * rowCount)
  const source = new Uint8Array(data.buffer, data.byteOffset, 4 * TEXT_WORDS * rowCount)
  let size = 0
  for (let row = 0; row < rowCount; row++) if (isNull?.[row] !== 1) size += words[TEXT_WORDS * row] as number
  const { offsets, bytes } = memory.texts(rowCount, size)
  /** Rows of the long texts so far, by where they are: those of a dictionary are in one place. */
  const seen = new Map<number, number>()
  let end = offsets[0] as number
  for (let row = 0; row < rowCount; row++) {
    const word = TEXT_WORDS * row
    const length = words[word] as number
    if (isNull?.[row] !== 1) {
      if (length <= MAX_INLINE) {
        const start = 4 * word + 4
        for (let index = start; index < start + length; index++) bytes[end++] = source[index] as number
      } else end = appendLong(row, length, (words[word + 2] as number) + (words[word + 3] as number) * TWO_32)
    }
    offsets[row + 1] = end
  }
  return { kind: 'text', offsets, bytes, isNull }

  function appendLong(row: number, length: number, place: number): number {
    const same = seen.get(place)
    if (same !== undefined && words[TEXT_WORDS * same] === length) {
      return end + bytes.copy(bytes, end, offsets[same], offsets[same + 1])
    }
    seen.set(place, row)
    return end + bytes.write(vector.getItem(row) as string, end)
  }
}

function isSmallInteger(vector: DuckDBVector): boolean {
  return (
    vector instanceof DuckDBIntegerVector ||
    vector instanceof DuckDBSmallIntVector ||
    vector instanceof DuckDBTinyIntVector ||
    vector instanceof DuckDBUIntegerVector ||
    vector instanceof DuckDBUSmallIntVector ||
    vector instanceof DuckDBUTinyIntVector
  )
}

function isNumberArray(items: unknown): items is ArrayLike<number> {
  return ArrayBuffer.isView(items) && !(items instanceof DataView) && !(items instanceof BigInt64Array)
}
