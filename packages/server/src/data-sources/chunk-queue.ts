import type { RawColumns, RawValue } from './data-source.ts'
import { PullQueue } from './pull-queue.ts'
import { tooManyRows } from './source-faults.ts'

/** Chunks that may wait for the reader before the sender is told to pause. */
const MAX_WAITING = 2

export interface ChunkQueueOptions {
  readonly chunkRows: number
  /** One row more fails the stream. */
  readonly maxRows: number
  /** Asks the sender to stop for now, and to go on. */
  readonly pause: () => void
  readonly resume: () => void
}

/** Turns rows that are pushed by a driver into chunks that are pulled by a reader, and slows the driver to the reader's pace. */
export class ChunkQueue {
  readonly #options: ChunkQueueOptions
  readonly #queue: PullQueue<RawColumns>
  #columns: RawValue[][] | undefined
  #rows = 0
  #total = 0

  constructor(options: ChunkQueueOptions) {
    this.#options = options
    this.#queue = new PullQueue({ ...options, maxItems: MAX_WAITING })
  }

  push(row: readonly RawValue[]): void {
    if (this.#queue.isEnded) return
    if (++this.#total > this.#options.maxRows) {
      this.fail(tooManyRows(this.#options.maxRows))
      return
    }
    this.#columns ??= row.map(() => [])
    const columns = this.#columns
    for (let index = 0; index < row.length; index++) (columns[index] as RawValue[]).push(row[index] as RawValue)
    if (++this.#rows >= this.#options.chunkRows) this.#flush()
  }

  /** All rows were pushed. */
  finish(): void {
    if (this.#rows > 0) this.#flush()
    this.#queue.finish()
  }

  /** No more rows will come; chunks that are ready are still handed out. */
  fail(error: unknown): void {
    this.#queue.fail(error)
  }

  /** The reader has gone: what still comes is dropped. */
  stop(): void {
    this.#queue.stop()
    this.#columns = undefined
  }

  chunks(): AsyncGenerator<RawColumns> {
    return this.#queue.items()
  }

  #flush(): void {
    const chunk = { columns: this.#columns ?? [], rowCount: this.#rows }
    this.#columns = undefined
    this.#rows = 0
    this.#queue.push(chunk)
  }
}
