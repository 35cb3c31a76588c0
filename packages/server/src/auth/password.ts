import { AnalyticsError } from '@datainsight/core'
import { hash, verify } from '@node-rs/argon2'

/** OWASP's first choice for argon2id: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Hashes computed at the same time; more would only fight for memory. */
const MAX_RUNNING = 2
/** Hashes that may wait; beyond that the caller is told to come back. */
const MAX_WAITING = 32
/** Hash of a random text nobody kept: what unknown e-mails are compared with, so that they take as long as known ones. */
const NOBODY = hash(crypto.randomUUID(), COST)

let running = 0
const waiting: (() => void)[] = []

/** Hashes a password for storage (argon2id). @throws AnalyticsError `overloaded` when too many are waiting. */
export function hashPassword(password: string): Promise<string> {
  return withSlot(() => hash(password.normalize('NFC'), COST))
}

/**
 * Whether `password` belongs to `passwordHash`. Takes the same time for `undefined`, which nothing belongs to.
 * @throws AnalyticsError `overloaded` when too many are waiting.
 */
export function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  return withSlot(async () => {
    const matches = await verify(passwordHash ?? (await NOBODY), password.normalize('NFC'))
    return matches && passwordHash !== undefined
  })
}

async function withSlot<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MAX_RUNNING) {
    if (waiting.length >= MAX_WAITING) {
      throw new AnalyticsError('overloaded', 'too many sign-ins at once', { retryAfterSeconds: 2 })
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  running++
  try {
    return await work()
  } finally {
    running--
    waiting.shift()?.()
  }
}
