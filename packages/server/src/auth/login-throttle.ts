import { createHmac } from 'node:crypto'
import { AnalyticsError } from '@datainsight/core'
import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'

/** Length of a counting window, minutes. */
const WINDOW_MINUTES = 15
/**
 * Attempts per window. A stranger who guesses from one address locks out only that address for that account (`pair`);
 * guessing from many addresses closes the account to all (`account`), for at most one window.
 */
export const LOGIN_LIMITS = Object.freeze({ pair: 10, account: 100, address: 100 })

/** Limits guesses of passwords. The counters are in the database, so neither a restart nor the loss of Redis resets them. */
export interface LoginThrottle {
  /**
   * Counts an attempt before it is made, so that parallel guesses count too.
   * @throws AnalyticsError `rate_limited`; the same for accounts that do not exist.
   */
  begin(email: string, address: string): Promise<void>
  /** Takes the attempt back: the password was right. */
  succeed(email: string, address: string): Promise<void>
}

/** Makes a throttle whose table holds neither e-mails nor addresses, but their HMACs under `key`. */
export function createLoginThrottle(db: Database, key: Buffer): LoginThrottle {
  const keysOf = (email: string, address: string) => {
    const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
    return {
      pair: sign(`pair\0${email}\0${address}`),
      account: sign(`account\0${email}`),
      address: sign(`address\0${address}`),
    }
  }

  return {
    begin: async (email, address) => {
      const keys = keysOf(email, address)
      let waitSeconds = 0
      for (const [kind, limit] of Object.entries(LOGIN_LIMITS)) {
        const counted = await countAttempt(db, keys[kind as keyof typeof LOGIN_LIMITS])
        if (counted.attempts > limit) waitSeconds = Math.max(waitSeconds, counted.secondsLeft)
      }
      if (waitSeconds === 0) return
      throw new AnalyticsError('rate_limited', 'too many sign-in attempts', {
        retryAfterSeconds: waitSeconds,
        hint: `try again in ${Math.ceil(waitSeconds / 60)} min`,
      })
    },
    succeed: async (email, address) => {
      const { pair, account, address: from } = keysOf(email, address)
      await db.deleteFrom('login_attempts').where('key', '=', pair).execute()
      await db
        .updateTable('login_attempts')
        .set({ attempts: sql`attempts - 1` })
        .where('key', 'in', [account, from])
        .where('attempts', '>', 0)
        .execute()
    },
  }
}

async function countAttempt(db: Database, key: string): Promise<{ attempts: number; secondsLeft: number }> {
  const window = sql`make_interval(mins => ${WINDOW_MINUTES}::int)`
  const { rows } = await sql<{ attempts: number; seconds_left: number }>`
    insert into login_attempts as stored (key, window_start, attempts) values (${key}, now(), 1)
    on conflict (key) do update set
      attempts = case when stored.window_start < now() - ${window} then 1 else stored.attempts + 1 end,
      window_start = case when stored.window_start < now() - ${window} then now() else stored.window_start end
    returning attempts, ceil(extract(epoch from window_start + ${window} - now()))::int as seconds_left
  `.execute(db)
  const row = rows[0]!
  return { attempts: row.attempts, secondsLeft: Math.max(1, row.seconds_left) }
}

/** Drops counters whose window has passed. */
export async function deletePastAttempts(db: Database): Promise<void> {
  await db.deleteFrom('login_attempts').where('window_start', '<', sql<Date>`now() - interval '1 hour'`).execute()
}
