import type { Answer } from './answer.ts'

/** An answer and for how long it is good. Times are milliseconds since 1970. */
export interface StoredAnswer {
  readonly answer: Answer
  /** What was known of changes of its data when the data source was asked. */
  readonly version: string
  /** How long it may be reused, milliseconds; grows and shrinks, see `nextTtl`. */
  readonly ttlMs: number
  /** When the data source was asked. */
  readonly storedAtMs: number
  readonly freshUntilMs: number
}

/** Whether it may be given to everybody who asks for its statement. */
export function isFresh(stored: StoredAnswer, version: string, nowMs: number): boolean {
  return nowMs < stored.freshUntilMs && stored.version === version
}

/**
 * Whether it may be given to somebody who takes answers that are `maxStaleMs` past their time. When its data is known to have
 * changed, its time ended, as far as we know, when it was read.
 */
export function isUsable(stored: StoredAnswer, version: string, nowMs: number, maxStaleMs: number): boolean {
  const since = stored.version === version ? stored.freshUntilMs : Math.min(stored.storedAtMs, stored.freshUntilMs)
  return nowMs < since + maxStaleMs
}
