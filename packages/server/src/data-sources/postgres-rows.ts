import type { Readable } from 'node:stream'

/** A byte that says the kind of a message, and its length without that byte (PostgreSQL manual 55.7). */
const HEADER = 5
const DATA_ROW = 68
const ROW_DESCRIPTION = 84
/** What follows a column's name: table, number and type of the column, size and modifier of the type, format. */
const FIELD_BYTES = 18
const TYPE_AT = 6

/** Who takes the rows of a statement. */
export interface RowTaker {
  /** The columns' types, as `oid`s. Comes before the first row. */
  begin(types: readonly number[]): void
  /** A DataRow message's body, which lies in `bytes` from `start` to `end` during this call. */
  row(bytes: Buffer, start: number, end: number): void
  /** What `begin` or `row` threw. */
  fail(error: unknown): void
}

/**
 * Hands the rows that a PostgreSQL session receives to `taker`, past the driver, which would make a string of each field. The
 * driver gets all other messages, so that statements, faults and transactions are its business as before. Call it while nothing
 * is under way, so that the next byte begins a message. The session must receive no rows but those of one statement.
 *
 * @returns gives the session back to the driver, with all that comes later
 */
export function takeRows(session: Readable, taker: RowTaker): () => void {
  const drivers = session.listeners('data') as ((bytes: Buffer) => void)[]
  const splitter = new MessageSplitter(taker, (bytes) => {
    for (const driver of drivers) driver.call(session, bytes)
  })
  const listen = (bytes: Buffer) => splitter.accept(bytes)
  for (const driver of drivers) session.off('data', driver)
  session.on('data', listen)
  return () => {
    session.off('data', listen)
    for (const driver of drivers) session.on('data', driver)
    splitter.end()
  }
}

/** Cuts what comes into messages. */
class MessageSplitter {
  readonly #taker: RowTaker
  readonly #pass: (bytes: Buffer) => void
  /** The beginning of a message whose rest has not come: `#size` bytes. */
  #partial = Buffer.alloc(0)
  #size = 0

  constructor(taker: RowTaker, pass: (bytes: Buffer) => void) {
    this.#taker = taker
    this.#pass = pass
  }

  accept(bytes: Buffer): void {
    const { length } = bytes
    let start = this.#size === 0 ? 0 : this.#complete(bytes)
    /** Where messages begin that the driver has yet to get: it takes several at once. */
    let kept = start
    while (start + HEADER <= length) {
      const end = start + 1 + bytes.readUInt32BE(start + 1)
      if (end > length) break
      if (this.#take(bytes, start, end)) {
        if (kept < start) this.#pass(bytes.subarray(kept, start))
        kept = end
      }
      start = end
    }
    if (kept < start) this.#pass(bytes.subarray(kept, start))
    if (start < length) this.#keep(bytes, start, length)
  }

  /** Passes on what is left. */
  end(): void {
    const rest = this.#partial.subarray(0, this.#size)
    this.#size = 0
    if (rest.length > 0) this.#pass(rest)
  }

  /** Adds to the message that has begun. Returns where the next one begins. */
  #complete(bytes: Buffer): number {
    let start = Math.min(bytes.length, Math.max(0, HEADER - this.#size))
    this.#keep(bytes, 0, start)
    if (this.#size < HEADER) return start
    const wanted = 1 + this.#partial.readUInt32BE(1)
    const end = Math.min(bytes.length, start + wanted - this.#size)
    this.#keep(bytes, start, end, wanted)
    start = end
    if (this.#size === wanted) {
      const message = this.#partial
      // The driver may keep it.
      this.#partial = Buffer.alloc(0)
      this.#size = 0
      if (!this.#take(message, 0, wanted)) this.#pass(message.subarray(0, wanted))
    }
    return start
  }

  #keep(bytes: Buffer, start: number, end: number, wanted = 0): void {
    const size = Math.max(this.#size + end - start, wanted)
    if (size > this.#partial.length) {
      const larger = Buffer.allocUnsafe(size)
      this.#partial.copy(larger, 0, 0, this.#size)
      this.#partial = larger
    }
    bytes.copy(this.#partial, this.#size, start, end)
    this.#size += end - start
  }

  /** Whether the message was a row, and so nothing for the driver. */
  #take(bytes: Buffer, start: number, end: number): boolean {
    const kind = bytes[start]
    try {
      if (kind === DATA_ROW) this.#taker.row(bytes, start + HEADER, end)
      else if (kind === ROW_DESCRIPTION) this.#taker.begin(readTypes(bytes, start + HEADER))
    } catch (error) {
      this.#taker.fail(error)
    }
    return kind === DATA_ROW
  }
}

function readTypes(bytes: Buffer, start: number): number[] {
  let position = start + 2
  return Array.from({ length: bytes.readUInt16BE(start) }, () => {
    const nameEnd = bytes.indexOf(0, position) + 1
    position = nameEnd + FIELD_BYTES
    return bytes.readUInt32BE(nameEnd + TYPE_AT)
  })
}
