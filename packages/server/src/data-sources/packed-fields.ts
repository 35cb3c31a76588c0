import { isAscii, isUtf8 } from 'node:buffer'
import type { RawValue } from './data-source.ts'
import { type PackedTexts, type RawColumn, toHalves, unpack } from './packed-column.ts'
import { POSTGRES_TYPES, toRawValue } from './postgres-types.ts'
import { readNumeral } from './read-numeral.ts'

/** Texts up to this length are copied by the byte, which is quicker than asking Node to. */
const SHORT_TEXT = 24
const FIRST_ROWS = 32
const FIRST_BYTES = 256
/** Offsets are of 32 bits. */
const MAX_BYTES = 2 ** 31 - 1
/** Text bytes that are kept for the next chunk; more than that is given back, bytes. */
const MAX_KEPT_BYTES = 1_048_576
const LETTER_T = 116

/** The fields of one column of PostgreSQL rows, in memory that is used again for the next chunk. */
export class PackedFields {
  #rows = 0
  #offsets = new Int32Array(FIRST_ROWS + 1)
  #bytes: Buffer = Buffer.allocUnsafe(FIRST_BYTES)
  #isNull: Uint8Array | undefined
  /** For columns of numbers. */
  #numbers = new ArrayBuffer(0)

  /** Forgets what was added. */
  reset(): void {
    this.#rows = 0
    this.#isNull = undefined
    if (this.#bytes.length > MAX_KEPT_BYTES) this.#bytes = Buffer.allocUnsafe(FIRST_BYTES)
  }

  /** Adds the field of the next row: its length, -1 for null, and its bytes. Returns where the field after it begins. */
  add(source: Buffer, start: number): number {
    const row = this.#rows++
    if (row + 2 > this.#offsets.length) this.#growRows()
    const offsets = this.#offsets
    const from = start + 4
    const length =
      ((source[start] as number) << 24) |
      ((source[start + 1] as number) << 16) |
      ((source[start + 2] as number) << 8) |
      (source[start + 3] as number)
    let end = offsets[row] as number
    if (length < 0) {
      this.#isNull ??= new Uint8Array(offsets.length - 1)
      this.#isNull[row] = 1
      offsets[row + 1] = end
      return from
    }
    if (end + length > this.#bytes.length) this.#growBytes(end, end + length)
    const bytes = this.#bytes
    const to = from + length
    if (length > SHORT_TEXT) end += source.copy(bytes, end, from, to)
    else for (let index = from; index < to; index++) bytes[end++] = source[index] as number
    offsets[row + 1] = end
    return to
  }

  /** What was added, as a column of the type `oid`. Stands for the values that the driver would have made of it. */
  column(oid: number): RawColumn {
    const rows = this.#rows
    const offsets = this.#offsets.subarray(0, rows + 1)
    const isNull = this.#isNull?.subarray(0, rows)
    const texts: PackedTexts = { kind: 'text', offsets, bytes: this.#bytes.subarray(0, offsets[rows]), isNull }
    switch (oid) {
      case POSTGRES_TYPES.bool:
        return this.#toBooleans(texts)
      case POSTGRES_TYPES.int2:
      case POSTGRES_TYPES.int4:
        return this.#toIntegers(texts)
      case POSTGRES_TYPES.float4:
      case POSTGRES_TYPES.float8:
        return this.#toDoubles(texts)
      default:
        return isText(texts) ? texts : unpack(texts)
    }
  }

  #toBooleans({ offsets, bytes, isNull }: PackedTexts): RawColumn {
    const values = new Uint8Array(this.#roomFor(1), 0, this.#rows)
    for (let row = 0; row < values.length; row++) {
      values[row] = isNull?.[row] !== 1 && bytes[offsets[row] as number] === LETTER_T ? 1 : 0
    }
    return { kind: 'boolean', values, isNull }
  }

  #toIntegers(texts: PackedTexts): RawColumn {
    const { offsets, bytes, isNull } = texts
    const values = new BigInt64Array(this.#roomFor(8), 0, this.#rows)
    const halves = toHalves(values)
    for (let row = 0; row < values.length; row++) {
      const number = isNull?.[row] === 1 ? 0 : readNumeral(bytes, offsets[row] as number, offsets[row + 1] as number)
      if (!Number.isInteger(number)) return valuesOf(texts, POSTGRES_TYPES.int4)
      halves[2 * row] = number
      halves[2 * row + 1] = number < 0 ? -1 : 0
    }
    return { kind: 'integer', values, isNull }
  }

  #toDoubles({ offsets, bytes, isNull }: PackedTexts): RawColumn {
    const values = new Float64Array(this.#roomFor(8), 0, this.#rows)
    for (let row = 0; row < values.length; row++) {
      const start = offsets[row] as number
      const end = offsets[row + 1] as number
      const number = isNull?.[row] === 1 ? 0 : readNumeral(bytes, start, end)
      // Not all that floats can be: exponents, `Infinity`.
      values[row] = Number.isNaN(number) ? Number(bytes.toString('latin1', start, end)) : number
    }
    return { kind: 'double', values, isNull }
  }

  #roomFor(bytesPerRow: number): ArrayBuffer {
    if (this.#numbers.byteLength < this.#rows * bytesPerRow) {
      this.#numbers = new ArrayBuffer((this.#offsets.length - 1) * bytesPerRow)
    }
    return this.#numbers
  }

  #growRows(): void {
    const offsets = new Int32Array(2 * (this.#offsets.length - 1) + 1)
    offsets.set(this.#offsets)
    this.#offsets = offsets
    if (this.#isNull === undefined) return
    const isNull = new Uint8Array(offsets.length - 1)
    isNull.set(this.#isNull)
    this.#isNull = isNull
  }

  #growBytes(used: number, wanted: number): void {
    if (wanted > MAX_BYTES) throw new RangeError('a column of texts is too large')
    const bytes = Buffer.allocUnsafeSlow(Math.max(wanted, Math.min(2 * this.#bytes.length, MAX_BYTES)))
    this.#bytes.copy(bytes, 0, 0, used)
    this.#bytes = bytes
  }
}

function valuesOf(texts: PackedTexts, oid: number): RawValue[] {
  const toValue = toRawValue(oid)
  return unpack(texts).map((text) => (text === null ? null : toValue(text as string)))
}

/** Whether each text is UTF-8. PostgreSQL vouches for that; others that speak its protocol need not. */
function isText({ bytes, offsets }: PackedTexts): boolean {
  if (isAscii(bytes)) return true
  if (!isUtf8(bytes)) return false
  // A letter whose bytes are of two texts belongs to none.
  return offsets.every((offset) => offset === bytes.length || ((bytes[offset] as number) & 0xc0) !== 0x80)
}
