import type { Redis } from 'ioredis'
import { openEnvelope, sealEnvelope } from './envelope.ts'

/** A Redis whose answers may be missing, late or wrong without any harm. */
export interface RedisCacheOptions {
  /** Handed in, and closed by whoever made it. */
  readonly redis: Redis
  /** Signs what we store: Redis may be shared, and what it returns goes to a caller unseen. */
  readonly secret: string
  /** Longest wait for an answer, milliseconds; 50 when absent. */
  readonly timeoutMs?: number
  /** Faults in a row after which Redis is left alone; 3 when absent. */
  readonly faultsToOpen?: number
  /** How long it is left alone, milliseconds; 5,000 when absent. */
  readonly openMs?: number
  /** Largest value stored, bytes; 4 MB when absent. */
  readonly maxValueBytes?: number
  readonly onFault?: (error: unknown) => void
}

const PREFIX = 'di:answer:'

/** The second level of the answer cache. Never throws: a fault is a miss. */
export class RedisCache {
  readonly #options: Required<Omit<RedisCacheOptions, 'onFault'>> & Pick<RedisCacheOptions, 'onFault'>
  #faults = 0
  #closedUntilMs = 0

  constructor(options: RedisCacheOptions) {
    this.#options = { timeoutMs: 50, faultsToOpen: 3, openMs: 5_000, maxValueBytes: 4 * 1024 * 1024, ...options }
  }

  /** The bytes stored under `key`, and when they expire; undefined when there are none to be had in time. */
  async get(key: string): Promise<{ readonly payload: Buffer; readonly expiresAtMs: number } | undefined> {
    const { redis, secret } = this.#options
    const envelope = await this.#bounded(() => redis.getBuffer(PREFIX + key))
    return envelope ? openEnvelope(key, envelope, Date.now(), secret) : undefined
  }

  /** Stores bytes for `ttlMs`. Resolves when Redis has them or was given up. */
  async set(key: string, payload: Buffer, ttlMs: number): Promise<void> {
    const { redis, secret, maxValueBytes } = this.#options
    if (payload.length > maxValueBytes || ttlMs < 1) return
    const envelope = sealEnvelope(key, payload, Date.now() + ttlMs, secret)
    await this.#bounded(() => redis.set(PREFIX + key, envelope, 'PX', Math.ceil(ttlMs)))
  }

  /** Runs a command if Redis is thought to be well, and waits no longer than the limit. */
  #bounded<T>(command: () => Promise<T>): Promise<T | undefined> {
    const { redis, timeoutMs, onFault } = this.#options
    // While it reconnects, ioredis would queue the command and its bytes.
    if (redis.status !== 'ready' || performance.now() < this.#closedUntilMs) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const fail = (error: unknown) => {
        clearTimeout(timer)
        this.#countFault()
        onFault?.(error)
        resolve(undefined)
      }
      const timer = setTimeout(() => fail(new Error(`redis did not answer within ${timeoutMs} ms`)), timeoutMs)
      command().then(
        (value) => {
          clearTimeout(timer)
          this.#faults = 0
          resolve(value)
        },
        (error: unknown) => fail(error),
      )
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
