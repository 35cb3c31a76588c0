import { AnalyticsError } from '@datainsight/core'

interface Flight<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  waiters: number
}

/**
 * Work that is asked for several times at once is done once. The work ends early only when everybody who waited for it has
 * gone. A result is not kept: the next call after the end starts anew, after a fault too.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>()

  /** Keys being worked on. */
  get size(): number {
    return this.#flights.size
  }

  /** Whether a key is being worked on. */
  has(key: string): boolean {
    return this.#flights.has(key)
  }

  /**
   * Joins the work on `key`, or starts it by `work`. `signal` ends this caller's wait.
   * @throws AnalyticsError `query_cancelled` when `signal` aborts; whatever `work` throws.
   */
  run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) return Promise.reject(cancelled())
    const flight = this.#flights.get(key) ?? this.#start(key, work)
    flight.waiters++
    return new Promise<T>((resolve, reject) => {
      const onAbort = () => {
        flight.waiters--
        if (flight.waiters === 0) {
          // Out of the map at once: a newcomer must not join work that is being stopped.
          this.#forget(key, flight)
          flight.controller.abort()
        }
        reject(cancelled())
      }
      signal.addEventListener('abort', onAbort, { once: true })
      flight.result.then(
        (value) => {
          signal.removeEventListener('abort', onAbort)
          resolve(value)
        },
        (error: unknown) => {
          signal.removeEventListener('abort', onAbort)
          reject(error)
        },
      )
    })
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController()
    const flight: Flight<T> = { controller, waiters: 0, result: work(controller.signal) }
    this.#flights.set(key, flight)
    const forget = () => this.#forget(key, flight)
    flight.result.then(forget, forget)
    return flight
  }

  #forget(key: string, flight: Flight<T>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key)
  }
}

function cancelled(): AnalyticsError {
  return new AnalyticsError('query_cancelled', 'the query was cancelled')
}
