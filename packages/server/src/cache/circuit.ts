/** When a store counts as unwell, and for how long. */
export interface CircuitOptions {
  /** Longest wait for an answer, milliseconds. */
  readonly timeoutMs: number
  /** Faults in a row after which the store is left alone. */
  readonly faultsToOpen: number
  /** How long it is left alone, milliseconds. */
  readonly openMs: number
  /** Whether a command could be sent at all; always when absent. */
  readonly isReady?: () => boolean
  readonly onFault?: (error: unknown) => void
}

/** Keeps callers from waiting for a store that is slow or away. */
export class Circuit {
  readonly #options: CircuitOptions
  #faults = 0
  #closedUntilMs = 0

  constructor(options: CircuitOptions) {
    this.#options = options
  }

  /** Whether a command would be sent now. */
  get available(): boolean {
    return this.#options.isReady?.() !== false && performance.now() >= this.#closedUntilMs
  }

  /**
   * The command's value; undefined when it was not sent, failed or took too long. `onLate` hears of a value that came after
   * nobody waited for it any more.
   */
  run<T>(command: () => Promise<T>, onLate?: (value: T) => void): Promise<{ readonly value: T } | undefined> {
    if (!this.available) return Promise.resolve(undefined)
    const { timeoutMs } = this.#options
    return new Promise((resolve) => {
      let settled = false
      const fail = (error: unknown) => {
        if (settled) return
        settled = true
        clearTimeout(timer)
        this.#countFault()
        this.#options.onFault?.(error)
        resolve(undefined)
      }
      // Timers run before sockets are read: after a long task of ours the answer may be there already, unread.
      const timer = setTimeout(
        () => setImmediate(fail, new Error(`the store did not answer within ${timeoutMs} ms`)),
        timeoutMs,
      )
      command().then((value) => {
        if (settled) return onLate?.(value)
        settled = true
        clearTimeout(timer)
        this.#faults = 0
        resolve({ value })
      }, fail)
    })
  }

  #countFault(): void {
    const { faultsToOpen, openMs } = this.#options
    this.#faults++
    if (this.#faults < faultsToOpen) return
    this.#closedUntilMs = performance.now() + openMs
    // One fault after the pause is enough to leave it alone again; a success resets the count.
    this.#faults = faultsToOpen - 1
  }
}
