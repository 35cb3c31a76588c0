import { hash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Database } from '../database/schema.ts'

/** When the data of a cube counts as changed. */
export interface RefreshRule {
  /** At least as often as this, milliseconds; for `sql`, how long its last answer is believed. */
  readonly everyMs: number | undefined
  /** A statement of one row, whose answer changes with the data. */
  readonly sql: string | undefined
}

/** What a rule's data is known as, and until when that need not be looked at again, milliseconds since 1970. */
export interface RuleState {
  readonly version: string
  readonly untilMs: number
}

/** Whose rule it is and how its statement is run. */
export interface RuleContext {
  readonly organizationId: string
  /** The data source, told apart from others of the same name. */
  readonly source: string
  /** Runs the statement; a text that is equal exactly when the answers are. */
  readonly ask: (statement: string) => Promise<string>
}

/** How long the answer of a statement is believed when its rule does not say, milliseconds. */
export const DEFAULT_CHECK_MS = 10_000
/** How long one node may take for a statement before another asks, milliseconds. */
const CLAIM_MS = 15_000
const LOOK_AGAIN_MS = 50

interface Checked {
  readonly value: string
  readonly untilMs: number
}

interface RefreshKeysOptions {
  /** Where nodes share what they were answered. */
  readonly db: Database
  readonly onError: (error: unknown) => void
  /** Milliseconds since 1970; the system's clock when absent. */
  readonly now?: () => number
}

/**
 * Knows by refresh keys whether data changed. A statement is asked at most once in its interval, by one of all nodes, and only
 * while somebody asks for answers that depend on it.
 */
export class RefreshKeys {
  readonly #db: Database
  readonly #onError: (error: unknown) => void
  readonly #now: () => number
  readonly #checked = new LRUCache<string, Checked>({ max: 10_000 })
  readonly #checking = new Map<string, Promise<void>>()

  constructor({ db, onError, now = Date.now }: RefreshKeysOptions) {
    this.#db = db
    this.#onError = onError
    this.#now = now
  }

  /** The state of all rules together; undefined when a statement has to be asked first, see {@link check}. */
  peek(rules: readonly RefreshRule[], context: Pick<RuleContext, 'organizationId' | 'source'>): RuleState | undefined {
    const now = this.#now()
    let untilMs = Number.POSITIVE_INFINITY
    const versions: string[] = []
    for (const rule of rules) {
      if (rule.sql !== undefined) {
        const known = this.#checked.get(keyOf(rule, context))
        if (known === undefined || now >= known.untilMs) return undefined
        versions.push(known.value)
        untilMs = Math.min(untilMs, known.untilMs)
      } else if (rule.everyMs !== undefined) {
        const period = Math.floor(now / rule.everyMs)
        versions.push(String(period))
        untilMs = Math.min(untilMs, (period + 1) * rule.everyMs)
      }
    }
    return { version: versions.join(';'), untilMs }
  }

  /** Asks what has to be asked, or waits for whoever is asking. Afterwards {@link peek} knows. Never throws. */
  async check(rules: readonly RefreshRule[], context: RuleContext): Promise<RuleState> {
    await Promise.all(rules.map((rule) => this.#ensure(rule, context)))
    // An interval shorter than this check would have nobody ever know.
    return this.peek(rules, context) ?? { version: '', untilMs: this.#now() }
  }

  async #ensure(rule: RefreshRule, context: RuleContext): Promise<void> {
    if (rule.sql === undefined) return
    const key = keyOf(rule, context)
    const known = this.#checked.get(key)
    if (known !== undefined && this.#now() < known.untilMs) return
    let checking = this.#checking.get(key)
    if (checking === undefined) {
      checking = this.#check(key, rule.sql, rule.everyMs ?? DEFAULT_CHECK_MS, context).finally(() =>
        this.#checking.delete(key),
      )
      this.#checking.set(key, checking)
    }
    await checking
  }

  async #check(key: string, statement: string, everyMs: number, context: RuleContext): Promise<void> {
    try {
      const shared = await this.#claim(key, everyMs, context.organizationId)
      if (shared !== 'mine') {
        this.#checked.set(key, shared)
        return
      }
    } catch (error) {
      // Without the database each node asks for itself.
      this.#onError(error)
    }
    const untilMs = this.#now() + everyMs
    try {
      const value = hash('sha256', await context.ask(statement), 'base64url').slice(0, 16)
      this.#checked.set(key, { value, untilMs })
      await this.#settle(key, value)
    } catch (error) {
      this.#onError(error)
      // Nothing is known of changes, so that answers are reused within one interval and not beyond.
      const period = Math.floor(this.#now() / everyMs)
      this.#checked.set(key, { value: `unknown ${period}`, untilMs: (period + 1) * everyMs })
      await this.#release(key).catch(this.#onError)
    }
  }

  /** What another node was answered within the interval, or the right to ask. */
  async #claim(key: string, everyMs: number, organizationId: string): Promise<Checked | 'mine'> {
    const interval = sql`${everyMs} * interval '1 millisecond'`
    const claimedUntil = sql<Date>`clock_timestamp() + ${CLAIM_MS} * interval '1 millisecond'`
    const startedAt = this.#now()
    while (this.#now() - startedAt < CLAIM_MS) {
      const claimed = await this.#db
        .insertInto('refresh_keys')
        .values({ key, organization_id: organizationId, value: null, checked_at: null, claimed_until: claimedUntil })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet({ claimed_until: claimedUntil })
            .where('refresh_keys.claimed_until', '<=', sql<Date>`clock_timestamp()`)
            .where(sql<boolean>`coalesce(refresh_keys.checked_at < clock_timestamp() - ${interval}, true)`),
        )
        .returning('key')
        .executeTakeFirst()
      if (claimed !== undefined) return 'mine'
      const row = await this.#db
        .selectFrom('refresh_keys')
        .select(['value', sql<number>`extract(epoch from clock_timestamp() - checked_at)::float8 * 1000`.as('ageMs')])
        .where('key', '=', key)
        .executeTakeFirst()
      if (row?.value != null) {
        const leftMs = everyMs - row.ageMs
        // While another node asks, its last answer is as good as it was a moment ago.
        return { value: row.value, untilMs: this.#now() + Math.max(leftMs, LOOK_AGAIN_MS) }
      }
      await sleep(LOOK_AGAIN_MS)
    }
    return 'mine'
  }

  /** Gives the right to ask back, so that nobody waits for an answer that will not come. */
  async #release(key: string): Promise<void> {
    await this.#db
      .updateTable('refresh_keys')
      .set({ claimed_until: sql<Date>`clock_timestamp()` })
      .where('key', '=', key)
      .execute()
  }

  async #settle(key: string, value: string): Promise<void> {
    await this.#db
      .updateTable('refresh_keys')
      .set({ value, checked_at: sql<Date>`clock_timestamp()`, claimed_until: sql<Date>`clock_timestamp()` })
      .where('key', '=', key)
      .execute()
  }
}

function keyOf(rule: RefreshRule, { organizationId, source }: Pick<RuleContext, 'organizationId' | 'source'>): string {
  return hash('sha256', JSON.stringify([organizationId, source, rule.sql, rule.everyMs]), 'base64url')
}
