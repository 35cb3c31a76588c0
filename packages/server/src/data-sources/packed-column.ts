import { isAscii } from 'node:buffer'
import type { RawValue } from './data-source.ts'
import { decimalText, timeText } from './exact-text.ts'

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

/** UTF-8. The text of row `r` is `bytes[offsets[r]]` up to `bytes[offsets[r + 1]]`; `offsets` begins with 0. */
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
}

export function isPacked<T>(column: readonly T[] | PackedColumn): column is PackedColumn {
  return !Array.isArray(column)
}

/** The values of a column, as a driver that does not pack hands them over. */
export function unpack(column: RawColumn): readonly RawValue[] {
  if (!isPacked(column)) return column
  const { isNull } = column
  const values = unpackAll(column)
  if (isNull !== undefined) for (let row = 0; row < values.length; row++) if (isNull[row] === 1) values[row] = null
  return values
}

function unpackAll(column: PackedColumn): RawValue[] {
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
  // One decoding for all of them takes a fraction of one for each; only ASCII has its characters where its bytes are.
  const all = isAscii(bytes) ? bytes.toString('latin1') : undefined
  for (let row = 0; row < texts.length; row++) {
    const start = offsets[row] as number
    const end = offsets[row + 1] as number
    texts[row] = all === undefined ? bytes.toString('utf8', start, end) : all.slice(start, end)
  }
  return texts
}

/** Columns of following chunks as one. Packed when all of them are packed alike. */
export function joinColumns(parts: readonly RawColumn[]): RawColumn {
  const [first] = parts
  if (first === undefined) return []
  if (parts.length === 1) return first
  const packed = parts.filter(isPacked)
  if (packed.length < parts.length || !packed.every((part) => isAlike(part, packed[0] as PackedColumn))) {
    return parts.flatMap(unpack)
  }
  return joinPacked(packed)
}

function isAlike(one: PackedColumn, other: PackedColumn): boolean {
  if (one.kind !== other.kind) return false
  return one.kind !== 'decimal' || (other.kind === 'decimal' && one.scale === other.scale)
}

function joinPacked(parts: readonly PackedColumn[]): PackedColumn {
  const [first] = parts as [PackedColumn]
  const isNull = joinMarks(parts)
  switch (first.kind) {
    case 'text':
      return { ...joinTexts(parts as (typeof first)[]), isNull }
    case 'double':
      return {
        ...first,
        values: joinArrays(
          Float64Array,
          (parts as (typeof first)[]).map(({ values }) => values),
        ),
        isNull,
      }
    case 'boolean':
      return {
        ...first,
        values: joinArrays(
          Uint8Array,
          (parts as (typeof first)[]).map(({ values }) => values),
        ),
        isNull,
      }
    default:
      return {
        ...first,
        values: joinArrays(
          BigInt64Array,
          (parts as (typeof first)[]).map(({ values }) => values),
        ),
        isNull,
      }
  }
}

function joinMarks(parts: readonly PackedColumn[]): NullMarks {
  if (parts.every(({ isNull }) => isNull === undefined)) return undefined
  return joinArrays(
    Uint8Array,
    parts.map((part) => part.isNull ?? new Uint8Array(lengthOf(part))),
  )
}

function joinArrays<T extends { readonly length: number; set(values: T, offset: number): void }>(
  Type: new (length: number) => T,
  parts: readonly T[],
): T {
  const all = new Type(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

function joinTexts(parts: readonly PackedTexts[]): Omit<PackedTexts, 'isNull'> {
  const offsets = new Int32Array(parts.reduce((length, part) => length + lengthOf(part), 1))
  let row = 0
  let size = 0
  for (const part of parts) {
    for (let index = 1; index < part.offsets.length; index++) offsets[++row] = size + (part.offsets[index] as number)
    size += part.bytes.length
  }
  return {
    kind: 'text',
    offsets,
    bytes: Buffer.concat(
      parts.map(({ bytes }) => bytes),
      size,
    ),
  }
}

/** The first `rowCount` rows of a column. */
export function sliceColumn(column: RawColumn, rowCount: number): RawColumn {
  if (!isPacked(column)) return column.slice(0, rowCount)
  const isNull = column.isNull?.subarray(0, rowCount)
  switch (column.kind) {
    case 'text': {
      const offsets = column.offsets.subarray(0, rowCount + 1)
      return { kind: 'text', offsets, bytes: column.bytes.subarray(0, offsets[rowCount]), isNull }
    }
    case 'double':
      return { ...column, values: column.values.subarray(0, rowCount), isNull }
    case 'boolean':
      return { ...column, values: column.values.subarray(0, rowCount), isNull }
    default:
      return { ...column, values: column.values.subarray(0, rowCount), isNull }
  }
}

function lengthOf(column: PackedColumn): number {
  return column.kind === 'text' ? column.offsets.length - 1 : column.values.length
}
