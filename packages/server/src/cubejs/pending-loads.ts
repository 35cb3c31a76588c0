import { AnalyticsError } from '@datainsight/core'

interface Pending<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  readonly startedMs: number
  /** Requests that wait now. */
  waiting: number
  /** Requests that were told to come back and have not yet. */
  expected: number
  timer: NodeJS.Timeout | undefined
}

export interface PendingLoadsOptions {
  /** How long one request waits for its answer, milliseconds. */
  readonly waitMs: number
  /** How long work goes on for somebody who was told to come back, milliseconds. */
  readonly graceMs: number
}

/** The answer, or how long it has been worked on so far. */
export type Waited<T> =
  | { readonly done: true; readonly value: T }
  | { readonly done: false; readonly elapsedMs: number }

/**
 * Work that outlasts the requests that wait for it. A request that has waited long enough is told to come back; one that comes
 * back under the same key in time joins the work, or picks up what it has become. Work that nobody waits for is stopped: at once
 * when the last request was broken off, after the grace time when it was told to come back.
 */
export class PendingLoads<T> {
  readonly #pending = new Map<string, Pending<T>>()
  readonly #options: PendingLoadsOptions

  constructor(options: PendingLoadsOptions) {
    this.#options = options
  }

  /** Keys that are worked on or wait to be picked up. */
  get size(): number {
    return this.#pending.size
  }

  /**
   * Joins the work under `key` or starts it. `signal` ends this request's wait.
   * @throws AnalyticsError `query_cancelled` when `signal` aborts; whatever `start` throws.
   */
  wait(key: string, signal: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<Waited<T>> {
    if (signal.aborted) return Promise.reject(cancelled())
    const pending = this.#pending.get(key) ?? this.#start(key, start)
    pending.waiting += 1
    pending.expected = Math.max(0, pending.expected - 1)
    clearTimeout(pending.timer)
    return new Promise((resolve, reject) => {
      let hasLeft = false
      const leave = (isOver: boolean) => {
        hasLeft = true
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        pending.waiting -= 1
        if (pending.waiting === 0) this.#leaveAlone(key, pending, isOver)
      }
      const onAbort = () => {
        leave(true)
        reject(cancelled())
      }
      const timer = setTimeout(() => {
        pending.expected += 1
        leave(false)
        resolve({ done: false, elapsedMs: performance.now() - pending.startedMs })
      }, this.#options.waitMs)
      signal.addEventListener('abort', onAbort, { once: true })
      pending.result.then(
        (value) => {
          if (hasLeft) return
          leave(true)
          resolve({ done: true, value })
        },
        (error: unknown) => {
          if (hasLeft) return
          leave(true)
          reject(error)
        },
      )
    })
  }

  /** Stops all work. */
  close(): void {
    for (const [key, pending] of this.#pending) this.#stop(key, pending)
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): Pending<T> {
    const controller = new AbortController()
    const result = start(controller.signal)
    // It may fail while nobody waits; whoever comes back hears of it.
    result.catch(() => undefined)
    const startedMs = performance.now()
    const pending: Pending<T> = { result, controller, startedMs, waiting: 0, expected: 0, timer: undefined }
    this.#pending.set(key, pending)
    return pending
  }

  #leaveAlone(key: string, pending: Pending<T>, isOver: boolean): void {
    clearTimeout(pending.timer)
    if (isOver && pending.expected === 0) {
      this.#stop(key, pending)
      return
    }
    pending.timer = setTimeout(() => this.#stop(key, pending), this.#options.graceMs)
    pending.timer.unref()
  }

  #stop(key: string, pending: Pending<T>): void {
    clearTimeout(pending.timer)
    if (this.#pending.get(key) === pending) this.#pending.delete(key)
    pending.controller.abort()
  }
}

function cancelled(): AnalyticsError {
  return new AnalyticsError('query_cancelled', 'the query was cancelled')
}
