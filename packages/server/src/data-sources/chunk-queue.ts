import { AnalyticsError } from '@datainsight/core'
import type { RawColumns, RawValue } from './data-source.ts'

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
  readonly #waiting: RawColumns[] = []
  #columns: RawValue[][] | undefined
  #rows = 0
  #total = 0
  #isPaused = false
  #end: { readonly error?: unknown } | undefined
  #wake: (() => void) | undefined

  constructor(options: ChunkQueueOptions) {
    this.#options = options
  }

  push(row: readonly RawValue[]): void {
    if (this.#end !== undefined) return
    if (++this.#total > this.#options.maxRows) {
      this.fail(new AnalyticsError('query_failed', `the statement returned more than ${this.#options.maxRows} rows`))
      return
    }
    this.#columns ??= row.map(() => [])
    const columns = this.#columns
    for (let index = 0; index < row.length; index++) (columns[index] as RawValue[]).push(row[index] as RawValue)
    if (++this.#rows >= this.#options.chunkRows) this.#flush()
  }

  /** All rows were pushed. */
  finish(): void {
    if (this.#end !== undefined) return
    if (this.#rows > 0) this.#flush()
    this.#end = {}
    this.#wake?.()
  }

  /** No more rows will come; chunks that are ready are still handed out. */
  fail(error: unknown): void {
    this.#end ??= { error }
    this.#wake?.()
  }

  /** The reader has gone: what still comes is dropped. */
  stop(): void {
    this.#end ??= {}
    this.#waiting.length = 0
    this.#columns = undefined
  }

  async *chunks(): AsyncGenerator<RawColumns> {
    for (;;) {
      const chunk = this.#waiting.shift()
      if (chunk !== undefined) {
        if (this.#isPaused && this.#waiting.length < MAX_WAITING) {
          this.#isPaused = false
          this.#options.resume()
        }
        yield chunk
      } else if (this.#end === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      } else if ('error' in this.#end) throw this.#end.error
      else return
    }
  }

  #flush(): void {
    this.#waiting.push({ columns: this.#columns ?? [], rowCount: this.#rows })
    this.#columns = undefined
    this.#rows = 0
    if (this.#waiting.length >= MAX_WAITING && !this.#isPaused) {
      this.#isPaused = true
      this.#options.pause()
    }
    this.#wake?.()
  }
}
