import {
  areAlike,
  isPacked,
  joinColumns,
  type NullMarks,
  type PackedColumn,
  type RawColumn,
  rowCountOf,
} from './packed-column.ts'

/** Text bytes that are kept for the next chunk; more than that is given back, bytes. */
const MAX_KEPT_BYTES = 4 * 1_024 * 1_024

/**
 * Memory that a column of a chunk is packed into, part by part, so that the parts lie one after the other and are a column
 * already. Used again for the next chunks: what was packed is true until {@link reset}. Memory outside of V8's heap makes it
 * collect garbage once it was asked for often, however much of it was freed.
 */
export class ColumnMemory {
  #rows = 0
  #longs = new BigInt64Array(0)
  #doubles = new Float64Array(0)
  #booleans = new Uint8Array(0)
  #offsets = new Int32Array(0)
  #bytes = Buffer.alloc(0)
  #size = 0
  readonly #parts: RawColumn[] = []

  /** Forgets what was packed. */
  reset(): void {
    this.#rows = 0
    this.#size = 0
    this.#parts.length = 0
    if (this.#bytes.length > MAX_KEPT_BYTES) this.#bytes = Buffer.alloc(0)
  }

  /** Room for the next `count` rows. What is in it is what was there before. */
  longs(count: number): BigInt64Array<ArrayBuffer> {
    const end = this.#rows + count
    if (end > this.#longs.length) this.#longs = grown(this.#longs, end, BigInt64Array)
    return this.#longs.subarray(this.#rows, end)
  }

  doubles(count: number): Float64Array<ArrayBuffer> {
    const end = this.#rows + count
    if (end > this.#doubles.length) this.#doubles = grown(this.#doubles, end, Float64Array)
    return this.#doubles.subarray(this.#rows, end)
  }

  booleans(count: number): Uint8Array<ArrayBuffer> {
    const end = this.#rows + count
    if (end > this.#booleans.length) this.#booleans = grown(this.#booleans, end, Uint8Array)
    return this.#booleans.subarray(this.#rows, end)
  }

  /** Where texts of `size` bytes together go: their offsets, the first one set, and `bytes` from that offset on. */
  texts(count: number, size: number): { readonly offsets: Int32Array; readonly bytes: Buffer } {
    const end = this.#rows + count + 1
    if (end > this.#offsets.length) this.#offsets = grown(this.#offsets, end, Int32Array)
    if (this.#size + size > this.#bytes.length) {
      const bytes = Buffer.allocUnsafeSlow(Math.max(this.#size + size, 2 * this.#bytes.length))
      this.#bytes.copy(bytes, 0, 0, this.#size)
      this.#bytes = bytes
    }
    const offsets = this.#offsets.subarray(this.#rows, end)
    offsets[0] = this.#size
    return { offsets, bytes: this.#bytes }
  }

  /** Adds the next `count` rows: what was packed of them here, or their values. */
  add(part: RawColumn, count: number): void {
    this.#parts.push(part)
    this.#rows += count
    if (isPacked(part) && part.kind === 'text') this.#size = part.offsets[count] as number
  }

  /** All that was added since the last reset, as one column. */
  column(): RawColumn {
    const parts = this.#parts
    const [first] = parts
    if (first === undefined || parts.length === 1) return first ?? []
    if (!areAlike(parts)) return joinColumns(parts)
    const isNull = this.#joinMarks(parts)
    switch (parts[0].kind) {
      case 'text': {
        const offsets = this.#offsets.subarray(0, this.#rows + 1)
        return { kind: 'text', offsets, bytes: this.#bytes.subarray(0, this.#size), isNull }
      }
      case 'double':
        return { ...parts[0], values: this.#doubles.subarray(0, this.#rows), isNull }
      case 'boolean':
        return { ...parts[0], values: this.#booleans.subarray(0, this.#rows), isNull }
      default:
        return { ...parts[0], values: this.#longs.subarray(0, this.#rows), isNull }
    }
  }

  #joinMarks(parts: readonly PackedColumn[]): NullMarks {
    if (parts.every(({ isNull }) => isNull === undefined)) return undefined
    const marks = new Uint8Array(this.#rows)
    let row = 0
    for (const part of parts) {
      if (part.isNull !== undefined) marks.set(part.isNull, row)
      row += rowCountOf(part)
    }
    return marks
  }
}

function grown<T extends { readonly length: number; set(values: T): void }>(
  old: T,
  length: number,
  Type: new (length: number) => T,
): T {
  const array = new Type(Math.max(length, 2 * old.length))
  array.set(old)
  return array
}
