import type { PackedColumns } from './packed-column.ts'
import { PackedFields } from './packed-fields.ts'
import type { RowTaker } from './postgres-rows.ts'
import type { PullQueue } from './pull-queue.ts'
import { tooManyRows } from './too-many-rows.ts'

/** A chunk of large rows ends here, however few they are, bytes. */
const CHUNK_BYTES = 1_048_576

export interface RowPackerOptions {
  readonly queue: PullQueue<PackedColumns>
  readonly chunkRows: number
  /** One row more fails the stream. */
  readonly maxRows: number
}

/** Copies the rows of a statement as PostgreSQL sends them, as text, into columns, and puts those in a queue, chunk by chunk. */
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
    const { queue, chunkRows, maxRows } = this.#options
    if (queue.isEnded) return
    if (++this.#total > maxRows) {
      queue.fail(tooManyRows(maxRows))
      return
    }
    const fields = this.#fields
    // After the number of fields, which is that of the columns.
    let position = start + 2
    for (let index = 0; index < fields.length; index++) {
      position = (fields[index] as PackedFields).add(bytes, position)
    }
    this.#bytes += end - start
    if (++this.#rows >= chunkRows || this.#bytes >= CHUNK_BYTES) this.#flush()
  }

  fail(error: unknown): void {
    this.#options.queue.fail(error)
  }

  /** All rows came. */
  finish(): void {
    const { queue } = this.#options
    if (this.#rows > 0 && !queue.isEnded) this.#flush()
    queue.finish()
  }

  #flush(): void {
    const fields = this.#fields
    const columns = fields.map((field, index) => field.column(this.#types[index] as number))
    const release = () => {
      for (const field of fields) field.reset()
      this.#free.push(fields)
    }
    this.#options.queue.push({ columns, rowCount: this.#rows, release }, this.#bytes)
    this.#fields = this.#takeMemory()
    this.#rows = 0
    this.#bytes = 0
  }

  #takeMemory(): PackedFields[] {
    return this.#free.pop() ?? this.#types.map(() => new PackedFields())
  }
}
