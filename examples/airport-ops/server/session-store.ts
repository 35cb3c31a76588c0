import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Account } from './accounts.ts'

/** How long a session lives, milliseconds. */
export const SESSION_LIFE_MS = 12 * 60 * 60 * 1000
/** Most sessions kept; the oldest goes when there are more. */
export const MAX_SESSIONS = 10_000

/** One signed-in browser. */
export interface Session {
  readonly id: string
  readonly account: Account
  readonly expiresAtMs: number
}

/** Signed-in browsers, kept in memory: a restart signs everybody out, a sign-out is final at once. */
export interface SessionStore {
  /** The live session of this id; undefined when it is unknown or over. */
  find(id: string): Session | undefined
  /** Opens a session for an account, under a new id so that an id planted before sign-in is worth nothing. */
  open(account: Account): Session
  /** Ends a session for good. */
  close(id: string): void
  /** The token that forms and scripts of this browser must send with every change. */
  csrfToken(browserId: string): string
  /** Whether `token` is the one of this browser. */
  checkCsrf(browserId: string, token: unknown): boolean
}

/** Makes an unguessable id of 192 bits. */
export function createId(): string {
  return randomBytes(24).toString('base64url')
}

/** Makes a store. `secret` signs the CSRF tokens; `now` is in milliseconds. */
export function createSessionStore(secret: string, now: () => number = Date.now): SessionStore {
  const sessions = new Map<string, Session>()
  const csrfToken = (browserId: string) => createHmac('sha256', secret).update(`csrf:${browserId}`).digest('base64url')
  return {
    find(id) {
      const session = sessions.get(id)
      if (session && session.expiresAtMs <= now()) sessions.delete(id)
      return sessions.get(id)
    },
    open(account) {
      const oldest = sessions.keys().next().value
      if (sessions.size >= MAX_SESSIONS && oldest !== undefined) sessions.delete(oldest)
      const session = Object.freeze({ id: createId(), account, expiresAtMs: now() + SESSION_LIFE_MS })
      sessions.set(session.id, session)
      return session
    },
    close(id) {
      sessions.delete(id)
    },
    csrfToken,
    checkCsrf(browserId, token) {
      const expected = Buffer.from(csrfToken(browserId))
      const given = Buffer.from(typeof token === 'string' ? token : '')
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
  }
}
