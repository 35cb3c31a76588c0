import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { LEASE_MS, type SharedLevel, type StoredBytes } from './shared-level.ts'

/** How an answer is found or made by one node for all. */
export interface FillOptions<T> {
  /** Those that nodes share, fastest first. */
  readonly levels: readonly SharedLevel[]
  readonly id: string
  readonly signal: AbortSignal
  /** An answer whose time ends before is old, milliseconds since 1970. */
  readonly freshAfterMs: number
  /** Reads what a level has; undefined when it is too old or of no use. */
  readonly read: (stored: StoredBytes, level: SharedLevel) => T | undefined
  /** Makes the answer. */
  readonly make: (signal: AbortSignal) => Promise<T>
  /** Gives an answer to levels. Not awaited before the answer is returned. */
  readonly publish: (answer: T, levels: readonly SharedLevel[]) => Promise<void>
  /** Longest wait for another node, milliseconds; then the answer is made here as well. */
  readonly waitMs: number
}

/** How long a node that waits sleeps between two looks, milliseconds: at first, doubling, and at last. */
const FIRST_LOOK_MS = 10
const LAST_LOOK_MS = 160

/**
 * Finds an answer in the shared levels, or makes it while no other node does. The right to make it is held in the first level
 * that answers. A maker that falls silent loses it after `LEASE_MS`. Where no level answers each node makes its own: a
 * statement too many is better than no answer.
 */
export async function fillOnce<T>(options: FillOptions<T>): Promise<T> {
  const { levels, id, signal, read, publish, waitMs } = options
  const token = randomUUID()
  const startedAt = performance.now()
  let lookMs = FIRST_LOOK_MS
  let index = 0
  while (!signal.aborted && performance.now() - startedAt < waitMs) {
    const level = levels[index]
    if (level === undefined) break
    const { stored, right } = level.available ? await level.claim(id, token, options.freshAfterMs) : UNAVAILABLE
    const found = stored && read(stored, level)
    if (found !== undefined) {
      if (right === 'mine') void level.release(id, token)
      return found
    }
    if (right === 'mine') {
      const below = await findBelow(options, index + 1)
      if (below === undefined) return makeWithRight(level, token, options)
      void publish(below, [level]).then(() => level.release(id, token))
      return below
    }
    if (right === 'refused') index++
    // A fault may pass; after a few the level counts as unavailable.
    else if (right === 'taken') {
      await sleep(lookMs, undefined, { signal }).catch(() => undefined)
      lookMs = Math.min(LAST_LOOK_MS, lookMs * 2)
    }
  }
  const made = await options.make(signal)
  void publish(made, levels)
  return made
}

const UNAVAILABLE = { stored: undefined, right: 'refused' } as const

async function findBelow<T>({ levels, id, read }: FillOptions<T>, from: number): Promise<T | undefined> {
  for (const level of levels.slice(from)) {
    const stored = level.available ? await level.find(id) : undefined
    const found = stored && read(stored, level)
    if (found !== undefined) return found
  }
  return undefined
}

async function makeWithRight<T>(level: SharedLevel, token: string, options: FillOptions<T>): Promise<T> {
  const { id, levels, make, publish, signal } = options
  // A lost right is not taken back: the answer is right all the same, only made twice.
  const prolonging = setInterval(() => void level.prolong(id, token), LEASE_MS / 3)
  prolonging.unref()
  try {
    const made = await make(signal)
    // Others look for the answer when the right is free again, so it must be there before.
    void publish(made, levels).finally(() => end())
    return made
  } catch (error) {
    end()
    throw error
  }
  function end(): void {
    clearInterval(prolonging)
    void level.release(id, token)
  }
}
