import { isAscii } from 'node:buffer'
import type { RawColumns, RawValue } from './data-source.ts'
import { decimalText, timeText } from './exact-text.ts'

const TWO_32 = 4_294_967_296
/** Upper halves of the integers that a double holds exactly. */
const MAX_SAFE_HIGH = 2 ** 21

/** Marks of the rows that are null: 1 for null, 0 for a value. `undefined` when no row is. */
export type NullMarks = Uint8Array | undefined

/**
 * A column of a chunk as its bytes, the way a database keeps it: what writes bytes needs no JavaScript value for each cell.
 * Under a null stand zeros or no text, never what the database left there. Nobody else writes into the memory.
 */
export type PackedColumn =
  /** 64-bit integers, as a `bigint` each. */
  | { readonly kind: 'integer'; readonly values: BigInt64Array<ArrayBuffer>; readonly isNull: NullMarks }
  /** `values` of `10 ** -scale`: exact decimals of up to 18 digits. */
  | {
      readonly kind: 'decimal'
      readonly values: BigInt64Array<ArrayBuffer>
      readonly scale: number
      readonly isNull: NullMarks
    }
  /** Microseconds since 1970 in UTC, within what `Date` can hold. */
  | { readonly kind: 'time'; readonly values: BigInt64Array<ArrayBuffer>; readonly isNull: NullMarks }
  | { readonly kind: 'double'; readonly values: Float64Array<ArrayBuffer>; readonly isNull: NullMarks }
  /** 0 and 1. */
  | { readonly kind: 'boolean'; readonly values: Uint8Array<ArrayBuffer>; readonly isNull: NullMarks }
  | PackedTexts

/** UTF-8. The text of row `r` is `bytes[offsets[r]]` up to `bytes[offsets[r + 1]]`. */
export interface PackedTexts {
  readonly kind: 'text'
  readonly offsets: Int32Array
  readonly bytes: Buffer
  readonly isNull: NullMarks
}

/** A column of a chunk: values, or their bytes. */
export type RawColumn = readonly RawValue[] | PackedColumn

/** A chunk of a result whose columns need not be values. */
export interface PackedColumns {
  readonly columns: readonly RawColumn[]
  readonly rowCount: number
  /** See `RawColumns.enums`. */
  readonly enums?: ReadonlySet<number>
  /** Gives its memory back to the driver for the next rows. Called, if at all, when nothing of the chunk is needed any more. */
  readonly release?: () => void
}

export function isPacked<T>(column: readonly T[] | PackedColumn): column is PackedColumn {
  return !Array.isArray(column)
}

/** A chunk, as a driver that does not pack hands it over. */
export function unpackAll({ columns, rowCount, enums }: PackedColumns): RawColumns {
  return { columns: columns.map(unpack), rowCount, ...(enums && { enums }) }
}

/** The part of a result that says which of its columns are enums. */
export function enumsAmong(
  width: number,
  isEnum: (column: number) => boolean,
): { readonly enums?: ReadonlySet<number> } {
  const enums = new Set(Array.from({ length: width }, (_, column) => column).filter(isEnum))
  return enums.size === 0 ? {} : { enums }
}

/** The values of a column, as a driver that does not pack hands them over. */
export function unpack(column: RawColumn): readonly RawValue[] {
  if (!isPacked(column)) return column
  const { isNull } = column
  const values = unpackValues(column)
  if (isNull !== undefined) for (let row = 0; row < values.length; row++) if (isNull[row] === 1) values[row] = null
  return values
}

function unpackValues(column: PackedColumn): RawValue[] {
  switch (column.kind) {
    case 'decimal': {
      const { values, scale } = column
      return Array.from(values, (value) => decimalText(value, scale))
    }
    case 'time':
      return Array.from(column.values, (micros) => timeText(micros))
    case 'boolean':
      return Array.from(column.values, (value) => value === 1)
    case 'text':
      return unpackTexts(column)
    default:
      return Array.from<RawValue>(column.values)
  }
}

/** The texts of a column; those of nulls are empty. */
export function unpackTexts({ offsets, bytes }: PackedTexts): string[] {
  const texts = new Array<string>(offsets.length - 1)
  const first = offsets[0] as number
  const used = bytes.subarray(first, offsets.at(-1))
  // One decoding for all of them takes a fraction of one for each; only ASCII has its characters where its bytes are.
  const all = isAscii(used) ? used.toString('latin1') : undefined
  for (let row = 0; row < texts.length; row++) {
    const start = offsets[row] as number
    const end = offsets[row + 1] as number
    texts[row] = all === undefined ? bytes.toString('utf8', start, end) : all.slice(start - first, end - first)
  }
  return texts
}

/** Columns of following rows as one, of values. Those packed alike are better joined by their bytes; see `ColumnMemory`. */
export function joinColumns(parts: readonly RawColumn[]): readonly RawValue[] {
  return parts.flatMap(unpack)
}

/** Whether all parts are packed, and in the same way. */
export function areAlike(parts: readonly RawColumn[]): parts is readonly [PackedColumn, ...PackedColumn[]] {
  const [first] = parts
  if (first === undefined || !isPacked(first)) return false
  return parts.every((part) => isPacked(part) && part.kind === first.kind && scaleOf(part) === scaleOf(first))
}

function scaleOf(column: PackedColumn): number {
  return column.kind === 'decimal' ? column.scale : 0
}

/** The first `rowCount` rows of a column. */
export function sliceColumn(column: RawColumn, rowCount: number): RawColumn {
  if (!isPacked(column)) return column.slice(0, rowCount)
  const isNull = column.isNull?.subarray(0, rowCount)
  switch (column.kind) {
    case 'text': {
      const offsets = column.offsets.subarray(0, rowCount + 1)
      return { ...column, offsets, isNull }
    }
    case 'double':
      return { ...column, values: column.values.subarray(0, rowCount), isNull }
    case 'boolean':
      return { ...column, values: column.values.subarray(0, rowCount), isNull }
    default:
      return { ...column, values: column.values.subarray(0, rowCount), isNull }
  }
}

/** Rows of a column. */
export function rowCountOf(column: PackedColumn): number {
  return column.kind === 'text' ? column.offsets.length - 1 : column.values.length
}

/** Integers of 64 bits in halves, the lower one first. */
export function toHalves({ buffer, byteOffset, length }: BigInt64Array): Int32Array {
  return new Int32Array(buffer, byteOffset, 2 * length)
}

/** The integer of two halves as a double; NaN where a double would round it. */
export function safeIntegerOf(low: number, high: number): number {
  return high >= -MAX_SAFE_HIGH && high < MAX_SAFE_HIGH ? high * TWO_32 + (low >>> 0) : Number.NaN
}

/** Puts an integer that a double holds exactly into the halves of a row. */
export function setSafeLong(halves: Int32Array, row: number, value: number): void {
  const high = Math.floor(value / TWO_32)
  halves[2 * row] = value - high * TWO_32
  halves[2 * row + 1] = high
}

export function joinHalves(low: number, high: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low >>> 0)
}
