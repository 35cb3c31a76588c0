import { AnalyticsError } from '@datainsight/core'

/** How many statements may run and wait. */
export interface GateLimits {
  /** At the same time in all. */
  readonly concurrency: number
  /** At the same time for one lane; half of `concurrency`, at least 1, when absent. */
  readonly laneConcurrency?: number
  /** Waiting in all; 1,000 when absent. */
  readonly queue?: number
  /** Waiting for one group; half of `queue` when absent. */
  readonly groupQueue?: number
  /** Waiting in one lane; 100 when absent. */
  readonly laneQueue?: number
  /** Longest wait, milliseconds; 30,000 when absent. */
  readonly waitMs?: number
}

/** What a group has instead of the gate's own. */
export type GroupLimits = Pick<GateLimits, 'laneConcurrency' | 'laneQueue' | 'groupQueue' | 'waitMs'>

/** Whose statement it is: a lane is one tenant, a group all tenants of one organization. A text is a group of one lane. */
export type LaneName = string | { readonly group: string; readonly lane: string }

interface Waiter {
  readonly enter: () => void
}

interface Lane {
  readonly name: string
  readonly group: Group
  running: number
  readonly waiting: Set<Waiter>
}

interface Group {
  readonly name: string
  running: number
  waiting: number
  /** In the order of their turns: a lane goes to the end when it takes a place and when it leaves one. */
  readonly lanes: Map<string, Lane>
}

/**
 * Lets a bounded number of statements run at once and the others wait their turn: first come, first served within a lane, one
 * statement of each lane in turn within a group, and one of each group in turn. So a storm of one tenant leaves places for
 * others, and an organization with a thousand tenants has no more turns than one with ten.
 */
export class StatementGate {
  readonly #limits: Required<GateLimits>
  readonly #limitsOf: (group: string) => GroupLimits | undefined
  /** In the order of their turns. */
  readonly #groups = new Map<string, Group>()
  #running = 0
  #waiting = 0

  /** `limitsOf`: a group's own limits, read at each turn, so that a change holds at once; none has any when absent. */
  constructor(limits: GateLimits, limitsOf: (group: string) => GroupLimits | undefined = () => undefined) {
    this.#limitsOf = limitsOf
    const { queue = 1_000 } = limits
    this.#limits = {
      laneConcurrency: Math.max(1, Math.ceil(limits.concurrency / 2)),
      queue,
      groupQueue: Math.max(1, Math.ceil(queue / 2)),
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
   * @throws AnalyticsError `rate_limited` when the queue of the lane or its group is full, `overloaded` when the whole queue is
   * or the wait was too long, `query_cancelled` when `signal` aborts while waiting.
   */
  async run<T>(laneName: LaneName, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const lane = this.#laneOf(laneName)
    if (this.#mayEnter(lane)) this.#enter(lane)
    else await this.#wait(lane, signal)
    try {
      return await work()
    } finally {
      this.#leave(lane)
    }
  }

  /** Waits for a place and takes it until the returned function is called, once. Throws as {@link run} does. */
  async enter(laneName: LaneName, signal: AbortSignal): Promise<() => void> {
    const lane = this.#laneOf(laneName)
    if (this.#mayEnter(lane)) this.#enter(lane)
    else await this.#wait(lane, signal)
    return () => this.#leave(lane)
  }

  #wait(lane: Lane, signal: AbortSignal): Promise<void> {
    const { group } = lane
    const { queue, groupQueue, laneQueue, waitMs } = { ...this.#limits, ...this.#limitsOf(group.name) }
    const refuse = (error: AnalyticsError) => {
      this.#forget(lane)
      return Promise.reject(error)
    }
    if (signal.aborted) return refuse(new AnalyticsError('query_cancelled', 'the query was cancelled'))
    if (lane.waiting.size >= laneQueue) return refuse(tooMany(laneQueue))
    if (group.waiting >= groupQueue) return refuse(tooMany(groupQueue))
    // Who may have more waiting than the gate has by itself is alone there.
    if (this.#waiting >= Math.max(queue, groupQueue)) return refuse(overloaded('too many queries are waiting', 5))
    return new Promise((resolve, reject) => {
      const stopWaiting = () => {
        lane.waiting.delete(waiter)
        group.waiting--
        this.#waiting--
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
      }
      const giveUp = (error: AnalyticsError) => {
        stopWaiting()
        this.#forget(lane)
        reject(error)
      }
      const onAbort = () => giveUp(new AnalyticsError('query_cancelled', 'the query was cancelled'))
      const timer = setTimeout(() => giveUp(overloaded(`no place became free within ${waitMs} ms`, 5)), waitMs)
      const waiter: Waiter = {
        enter: () => {
          stopWaiting()
          this.#enter(lane)
          resolve()
        },
      }
      signal.addEventListener('abort', onAbort, { once: true })
      lane.waiting.add(waiter)
      group.waiting++
      this.#waiting++
    })
  }

  #mayEnter(lane: Lane): boolean {
    return (
      this.#running < this.#limits.concurrency &&
      lane.waiting.size === 0 &&
      lane.running < this.#laneConcurrency(lane.group)
    )
  }

  #laneConcurrency({ name }: Group): number {
    return this.#limitsOf(name)?.laneConcurrency ?? this.#limits.laneConcurrency
  }

  #enter(lane: Lane): void {
    this.#running++
    lane.running++
    lane.group.running++
    this.#toEnd(lane)
  }

  #leave(lane: Lane): void {
    this.#running--
    lane.running--
    lane.group.running--
    this.#toEnd(lane)
    this.#next()
  }

  /** Gives free places to whoever's turn it is. */
  #next(): void {
    while (this.#running < this.#limits.concurrency) {
      const waiter = this.#firstWaiter()
      if (waiter === undefined) return
      waiter.enter()
    }
  }

  #firstWaiter(): Waiter | undefined {
    for (const group of this.#groups.values()) {
      if (group.waiting === 0) continue
      const laneConcurrency = this.#laneConcurrency(group)
      for (const lane of group.lanes.values()) {
        if (lane.running >= laneConcurrency) continue
        const [first] = lane.waiting
        if (first !== undefined) return first
      }
    }
    return undefined
  }

  #laneOf(name: LaneName): Lane {
    const [groupName, laneName] = typeof name === 'string' ? [name, ''] : [name.group, name.lane]
    let group = this.#groups.get(groupName)
    if (group === undefined) {
      group = { name: groupName, running: 0, waiting: 0, lanes: new Map() }
      this.#groups.set(groupName, group)
    }
    let lane = group.lanes.get(laneName)
    if (lane === undefined) {
      lane = { name: laneName, group, running: 0, waiting: new Set() }
      group.lanes.set(laneName, lane)
    }
    return lane
  }

  /** It had its turn: the others come first. */
  #toEnd(lane: Lane): void {
    const { group } = lane
    group.lanes.delete(lane.name)
    if (lane.running > 0 || lane.waiting.size > 0) group.lanes.set(lane.name, lane)
    this.#groups.delete(group.name)
    if (group.lanes.size > 0) this.#groups.set(group.name, group)
  }

  #forget(lane: Lane): void {
    const { group } = lane
    if (lane.running === 0 && lane.waiting.size === 0) group.lanes.delete(lane.name)
    if (group.lanes.size === 0) this.#groups.delete(group.name)
  }
}

function tooMany(waiting: number): AnalyticsError {
  return new AnalyticsError('rate_limited', `the query was not started: ${waiting} of yours are waiting already`, {
    retryAfterSeconds: 1,
    hint: 'wait for answers before asking more',
  })
}

function overloaded(reason: string, retryAfterSeconds: number): AnalyticsError {
  return new AnalyticsError('overloaded', `the query was not started: ${reason}`, {
    retryAfterSeconds,
    hint: 'ask again later',
  })
}
