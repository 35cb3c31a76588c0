import { AnalyticsError } from '@datainsight/core'

/** How many statements may run and wait. */
export interface GateLimits {
  /** At the same time in all. */
  readonly concurrency: number
  /** At the same time for one lane; half of `concurrency`, at least 1, when absent. */
  readonly laneConcurrency?: number
  /** Waiting in all; 1,000 when absent. */
  readonly queue?: number
  /** Waiting in one lane; 100 when absent. */
  readonly laneQueue?: number
  /** Longest wait, milliseconds; 30,000 when absent. */
  readonly waitMs?: number
}

interface Waiter {
  readonly enter: () => void
}

interface Lane {
  running: number
  readonly waiting: Set<Waiter>
}

/**
 * Lets a bounded number of statements run at once and the others wait their turn: first come, first served within a lane,
 * and one statement of each lane in turn between lanes. A lane is one tenant, so that a storm of one leaves places for others.
 */
export class StatementGate {
  readonly #limits: Required<GateLimits>
  /** In the order of their turns: a lane goes to the end when it takes a place and when it leaves one. */
  readonly #lanes = new Map<string, Lane>()
  #running = 0
  #waiting = 0

  constructor(limits: GateLimits) {
    this.#limits = {
      laneConcurrency: Math.max(1, Math.ceil(limits.concurrency / 2)),
      queue: 1_000,
      laneQueue: 100,
      waitMs: 30_000,
      ...limits,
    }
  }

  /** Statements running and waiting now. */
  get load(): { readonly running: number; readonly waiting: number } {
    return { running: this.#running, waiting: this.#waiting }
  }

  /**
   * Waits for a place and runs `work` in it.
   * @throws AnalyticsError `rate_limited` when the lane's queue is full, `overloaded` when the whole queue is or the wait was
   * too long, `query_cancelled` when `signal` aborts while waiting.
   */
  async run<T>(laneName: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const lane = this.#laneOf(laneName)
    if (this.#mayEnter(lane)) this.#enter(laneName, lane)
    else await this.#wait(laneName, lane, signal)
    try {
      return await work()
    } finally {
      this.#leave(laneName, lane)
    }
  }

  /** Waits for a place and takes it until the returned function is called, once. Throws as {@link run} does. */
  async enter(laneName: string, signal: AbortSignal): Promise<() => void> {
    const lane = this.#laneOf(laneName)
    if (this.#mayEnter(lane)) this.#enter(laneName, lane)
    else await this.#wait(laneName, lane, signal)
    return () => this.#leave(laneName, lane)
  }

  #leave(laneName: string, lane: Lane): void {
    this.#running--
    lane.running--
    this.#toEnd(laneName, lane)
    this.#next()
  }

  #wait(laneName: string, lane: Lane, signal: AbortSignal): Promise<void> {
    const { queue, laneQueue, waitMs } = this.#limits
    if (signal.aborted) return Promise.reject(new AnalyticsError('query_cancelled', 'the query was cancelled'))
    if (lane.waiting.size >= laneQueue) {
      return Promise.reject(
        new AnalyticsError('rate_limited', `the query was not started: ${laneQueue} of yours are waiting already`, {
          retryAfterSeconds: 1,
          hint: 'wait for answers before asking more',
        }),
      )
    }
    if (this.#waiting >= queue) return Promise.reject(overloaded('too many queries are waiting', 5))
    return new Promise((resolve, reject) => {
      const leave = (error: AnalyticsError) => {
        lane.waiting.delete(waiter)
        this.#waiting--
        this.#forget(laneName, lane)
        settle()
        reject(error)
      }
      const onAbort = () => leave(new AnalyticsError('query_cancelled', 'the query was cancelled'))
      const timer = setTimeout(() => leave(overloaded(`no place became free within ${waitMs} ms`, 5)), waitMs)
      const settle = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
      }
      const waiter: Waiter = {
        enter: () => {
          lane.waiting.delete(waiter)
          this.#waiting--
          this.#enter(laneName, lane)
          settle()
          resolve()
        },
      }
      signal.addEventListener('abort', onAbort, { once: true })
      lane.waiting.add(waiter)
      this.#waiting++
    })
  }

  #mayEnter(lane: Lane): boolean {
    return (
      this.#running < this.#limits.concurrency && lane.running < this.#limits.laneConcurrency && lane.waiting.size === 0
    )
  }

  #enter(laneName: string, lane: Lane): void {
    this.#running++
    lane.running++
    this.#toEnd(laneName, lane)
  }

  #next(): void {
    for (const lane of this.#lanes.values()) {
      if (this.#running >= this.#limits.concurrency) return
      if (lane.running >= this.#limits.laneConcurrency) continue
      const [first] = lane.waiting
      if (first !== undefined) {
        first.enter()
        // The order of turns changed under the loop.
        this.#next()
        return
      }
    }
  }

  #laneOf(name: string): Lane {
    let lane = this.#lanes.get(name)
    if (lane === undefined) {
      lane = { running: 0, waiting: new Set() }
      this.#lanes.set(name, lane)
    }
    return lane
  }

  /** It had its turn: the others come first. */
  #toEnd(name: string, lane: Lane): void {
    this.#lanes.delete(name)
    if (lane.running > 0 || lane.waiting.size > 0) this.#lanes.set(name, lane)
  }

  #forget(name: string, lane: Lane): void {
    if (lane.running === 0 && lane.waiting.size === 0) this.#lanes.delete(name)
  }
}

function overloaded(reason: string, retryAfterSeconds: number): AnalyticsError {
  return new AnalyticsError('overloaded', `the query was not started: ${reason}`, {
    retryAfterSeconds,
    hint: 'ask again later',
  })
}
