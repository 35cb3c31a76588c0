import type { PackedColumns } from './packed-column.ts'
import { PackedFields } from './packed-fields.ts'
import type { RowTaker } from './postgres-rows.ts'
import { tooManyRows } from './source-faults.ts'

/** Where chunks go, such as a `PullQueue`. */
export interface ChunkSink {
  /** Whether nothing is taken any more. */
  readonly isEnded: boolean
  push(chunk: PackedColumns, bytes: number): void
  finish(): void
  fail(error: unknown): void
}

export interface RowPackerOptions {
  readonly sink: ChunkSink
  /** A chunk ends with this row, or before it with this byte; all rows are one chunk, also if there are none, when absent. */
  readonly chunk?: { readonly rows: number; readonly bytes: number }
  /** One row more fails the stream. */
  readonly maxRows: number
}

/** Copies the rows of a statement as PostgreSQL sends them, as text, into columns, and passes those on, chunk by chunk. */
export class RowPacker implements RowTaker {
  readonly #options: RowPackerOptions
  #types: readonly number[] = []
  #fields: PackedFields[] = []
  /** Memory of chunks that were given back. */
  readonly #free: PackedFields[][] = []
  #rows = 0
  #bytes = 0
  #total = 0

  constructor(options: RowPackerOptions) {
    this.#options = options
  }

  begin(types: readonly number[]): void {
    this.#types = types
    this.#fields = this.#takeMemory()
  }

  row(bytes: Buffer, start: number, end: number): void {
    const { sink, chunk, maxRows } = this.#options
    if (sink.isEnded) return
    if (++this.#total > maxRows) {
      sink.fail(tooManyRows(maxRows))
      return
    }
    const fields = this.#fields
    // After the number of fields, which is that of the columns.
    let position = start + 2
    for (let index = 0; index < fields.length; index++) {
      position = (fields[index] as PackedFields).add(bytes, position)
    }
    this.#bytes += end - start
    this.#rows++
    if (chunk !== undefined && (this.#rows >= chunk.rows || this.#bytes >= chunk.bytes)) this.#flush()
  }

  fail(error: unknown): void {
    this.#options.sink.fail(error)
  }

  /** All rows came. */
  finish(): void {
    const { sink, chunk } = this.#options
    if ((this.#rows > 0 || chunk === undefined) && !sink.isEnded) this.#flush()
    sink.finish()
  }

  #flush(): void {
    const fields = this.#fields
    const columns = fields.map((field, index) => field.column(this.#types[index] as number))
    const release = () => {
      for (const field of fields) field.reset()
      this.#free.push(fields)
    }
    this.#options.sink.push({ columns, rowCount: this.#rows, release }, this.#bytes)
    this.#fields = this.#options.chunk === undefined ? [] : this.#takeMemory()
    this.#rows = 0
    this.#bytes = 0
  }

  #takeMemory(): PackedFields[] {
    return this.#free.pop() ?? this.#types.map(() => new PackedFields())
  }
}
