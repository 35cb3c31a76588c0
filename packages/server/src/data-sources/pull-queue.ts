export interface PullQueueOptions {
  /** Items that may wait for the reader before the sender is told to pause. */
  readonly maxItems: number
  /** Bytes that may wait; any number when absent. */
  readonly maxBytes?: number
  /** Asks the sender to stop for now, and to go on. */
  readonly pause: () => void
  readonly resume: () => void
}

/** Items that are pushed by a driver and pulled by a reader. Slows the driver to the reader's pace. */
export class PullQueue<T> {
  readonly #options: PullQueueOptions
  readonly #waiting: { readonly item: T; readonly bytes: number }[] = []
  #bytes = 0
  #isPaused = false
  #end: { readonly error?: unknown } | undefined
  #wake: (() => void) | undefined

  constructor(options: PullQueueOptions) {
    this.#options = options
  }

  /** Whether nothing is taken any more. */
  get isEnded(): boolean {
    return this.#end !== undefined
  }

  /** `bytes`: what the item weighs. */
  push(item: T, bytes = 0): void {
    if (this.#end !== undefined) return
    this.#waiting.push({ item, bytes })
    this.#bytes += bytes
    if (this.#isFull && !this.#isPaused) {
      this.#isPaused = true
      this.#options.pause()
    }
    this.#wake?.()
  }

  /** All items were pushed. */
  finish(): void {
    this.#end ??= {}
    this.#wake?.()
  }

  /** No more items will come; those that are ready are still handed out. */
  fail(error: unknown): void {
    this.#end ??= { error }
    this.#wake?.()
  }

  /** The reader has gone: what still comes is dropped. */
  stop(): void {
    this.#end ??= {}
    this.#waiting.length = 0
  }

  async *items(): AsyncGenerator<T> {
    for (;;) {
      const next = this.#waiting.shift()
      if (next !== undefined) {
        this.#bytes -= next.bytes
        if (this.#isPaused && !this.#isFull) {
          this.#isPaused = false
          this.#options.resume()
        }
        yield next.item
      } else if (this.#end === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      } else if ('error' in this.#end) throw this.#end.error
      else return
    }
  }

  get #isFull(): boolean {
    const { maxItems, maxBytes = Number.POSITIVE_INFINITY } = this.#options
    return this.#waiting.length >= maxItems || this.#bytes >= maxBytes
  }
}
