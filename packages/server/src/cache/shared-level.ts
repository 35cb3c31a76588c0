import type { Scope } from './scope.ts'

/** Bytes of an answer as a level outside this process keeps them. Times are milliseconds since 1970. */
export interface StoredBytes {
  readonly payload: Buffer
  /** From then on they are old: given only to whoever takes old answers. */
  readonly freshUntilMs: number
  /** From then on they are not given at all. */
  readonly expiresAtMs: number
}

/** What asking for an answer or for the right to make it came to. */
export interface Claim {
  /** What is stored, fresh or old. */
  readonly stored: StoredBytes | undefined
  /**
   * `mine`: this caller makes the answer; nobody else does while it holds on to the right. `taken`: another one does.
   * `refused`: the level gives no right now, because the answer is fresh or it takes nothing. `fault`: it did not answer.
   */
  readonly right: 'mine' | 'taken' | 'refused' | 'fault'
}

/** A level of the cache that several nodes share. No function throws: a fault is a miss. */
export interface SharedLevel {
  readonly name: 'redis' | 'table'
  /** Whether asking it is worth the time now. */
  readonly available: boolean
  find(id: string): Promise<StoredBytes | undefined>
  /**
   * The bytes under `id` or, when they are missing or not fresh after a moment, the right to make them for {@link LEASE_MS}.
   * `token` is whose.
   */
  claim(id: string, token: string, freshAfterMs: number): Promise<Claim>
  /** Prolongs the right; false when it is lost. */
  prolong(id: string, token: string): Promise<boolean>
  /** Gives the right back, if it is still the caller's. */
  release(id: string, token: string): Promise<void>
  /** Resolves when the level has the bytes or was given up. */
  store(id: string, bytes: StoredBytes, scope: Scope): Promise<void>
}

/** How long a node may be silent before another makes the answer it was making, milliseconds. */
export const LEASE_MS = 5_000
