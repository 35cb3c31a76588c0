import { sql } from 'kysely'
import type { Database } from '../database/schema.ts'
import { Circuit } from './circuit.ts'
import type { DataChange } from './data-versions.ts'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import { type Scope, tableName } from './scope.ts'
import { type Claim, LEASE_MS, type SharedLevel, type StoredBytes } from './shared-level.ts'

/** A table of the metadata database that keeps answers. */
export interface TableLevelOptions {
  readonly db: Database
  /** Signs what we store, as in Redis. */
  readonly secret: string
  /** For all answers in the table, bytes. Passed by at most a twentieth between two evictions of each node. */
  readonly maxBytes: number
  /** Largest value stored, bytes; 4 MB when absent. */
  readonly maxValueBytes?: number
  /** Longest wait for an answer, milliseconds; 250 when absent. */
  readonly timeoutMs?: number
  readonly faultsToOpen?: number
  readonly openMs?: number
  readonly onFault?: (error: unknown) => void
}

/** How often what has expired is deleted, milliseconds. */
const CLEAN_INTERVAL_MS = 30_000
/** How old the note of the last use may be, seconds: noting each would make every hit a write. */
const USED_AT_SECONDS = 60

/** The third level: outlives restarts and is shared by nodes without Redis. */
export class TableLevel implements SharedLevel {
  readonly name = 'table'
  readonly #db: Database
  readonly #secret: string
  readonly #maxBytes: number
  readonly #maxValueBytes: number
  readonly #circuit: Circuit
  #writtenBytes = 0
  #timer: NodeJS.Timeout | undefined
  #cleaning: Promise<void> | undefined
  #closed = false

  constructor(options: TableLevelOptions) {
    const { db, secret, maxBytes, maxValueBytes = 4 * 1024 * 1024, onFault } = options
    this.#db = db
    this.#secret = secret
    this.#maxBytes = maxBytes
    this.#maxValueBytes = Math.min(maxValueBytes, maxBytes)
    this.#circuit = new Circuit({
      timeoutMs: options.timeoutMs ?? 250,
      faultsToOpen: options.faultsToOpen ?? 3,
      openMs: options.openMs ?? 5_000,
      isReady: () => !this.#closed,
      ...(onFault && { onFault }),
    })
  }

  get available(): boolean {
    return this.#circuit.available
  }

  /** Deletes what has expired or is too much from now on, until {@link stop}. */
  start(): void {
    this.#timer = setInterval(() => void this.clean(), CLEAN_INTERVAL_MS)
    this.#timer.unref()
  }

  /** Ends the cleaning, and waits for the one under way. */
  async stop(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    await this.#cleaning
  }

  async find(id: string): Promise<StoredBytes | undefined> {
    const found = await this.#circuit.run(() =>
      this.#db
        .selectFrom('cache_entries')
        .select([
          'envelope',
          sql<boolean>`used_at < clock_timestamp() - ${USED_AT_SECONDS} * interval '1 second'`.as('old'),
        ])
        .where('key', '=', id)
        .where('expires_at', '>', sql<Date>`clock_timestamp()`)
        .executeTakeFirst(),
    )
    const row = found?.value
    if (row === undefined) return undefined
    if (row.old) void this.#noteUse(id)
    return openEnvelope(id, row.envelope, Date.now(), this.#secret)
  }

  async claim(id: string, token: string, freshAfterMs: number): Promise<Claim> {
    const stored = await this.find(id)
    if (stored !== undefined && stored.freshUntilMs > freshAfterMs) return { stored, right: 'refused' }
    const claimed = await this.#circuit.run(
      () =>
        this.#db
          .insertInto('cache_leases')
          .values({ key: id, token, expires_at: fromNow(LEASE_MS) })
          .onConflict((conflict) =>
            conflict
              .column('key')
              .doUpdateSet({ token, expires_at: fromNow(LEASE_MS) })
              .where('cache_leases.expires_at', '<', sql<Date>`clock_timestamp()`),
          )
          .returning('token')
          .executeTakeFirst(),
      () => void this.release(id, token),
    )
    if (claimed === undefined) return { stored, right: 'fault' }
    if (claimed.value === undefined) return { stored, right: 'taken' }
    // Whoever held the right stored the answer before giving it back, maybe between our look and our claim.
    return { stored: (await this.find(id)) ?? stored, right: 'mine' }
  }

  async prolong(id: string, token: string): Promise<boolean> {
    const done = await this.#circuit.run(() =>
      this.#db
        .updateTable('cache_leases')
        .set({ expires_at: fromNow(LEASE_MS) })
        .where('key', '=', id)
        .where('token', '=', token)
        .returning('key')
        .executeTakeFirst(),
    )
    return done?.value !== undefined
  }

  async release(id: string, token: string): Promise<void> {
    await this.#circuit.run(() =>
      this.#db.deleteFrom('cache_leases').where('key', '=', id).where('token', '=', token).execute(),
    )
  }

  async store(id: string, bytes: StoredBytes, scope: Scope): Promise<void> {
    if (bytes.payload.length > this.#maxValueBytes || bytes.expiresAtMs <= Date.now()) return
    const envelope = sealEnvelope(id, bytes, this.#secret)
    const row = {
      organization_id: scope.organizationId,
      source: scope.source,
      tables: scope.tables.map(tableName),
      tags: [...scope.tags],
      envelope,
      size: envelope.length,
      fresh_until: new Date(bytes.freshUntilMs),
      expires_at: new Date(bytes.expiresAtMs),
    }
    await this.#circuit.run(() =>
      this.#db
        .insertInto('cache_entries')
        .values({ key: id, ...row })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ ...row, used_at: sql<Date>`clock_timestamp()` }))
        .execute(),
    )
    this.#writtenBytes += envelope.length
    if (this.#writtenBytes > this.#maxBytes / 20) await this.clean()
  }

  /** Answers and bytes of an organization; undefined when the database does not answer. */
  async sizeOf(organizationId: string): Promise<{ answers: number; bytes: number } | undefined> {
    const found = await this.#circuit.run(() =>
      this.#db
        .selectFrom('cache_entries')
        .select([sql<number>`count(*)::float8`.as('answers'), sql<number>`coalesce(sum(size), 0)::float8`.as('bytes')])
        .where('organization_id', '=', organizationId)
        .executeTakeFirstOrThrow(),
    )
    return found?.value
  }

  /** Deletes the answers that changes concern; their number, or undefined when the database does not answer. */
  async forget(organizationId: string, changes: readonly DataChange[]): Promise<number | undefined> {
    const done = await this.#circuit.run(() =>
      this.#db
        .deleteFrom('cache_entries')
        .where('organization_id', '=', organizationId)
        .where((where) => where.or(changes.map(conditionOf)))
        .executeTakeFirst(),
    )
    return done && Number(done.value.numDeletedRows)
  }

  /** Deletes what has expired and, least recently used first, what is too much. */
  clean(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#writtenBytes = 0
    this.#cleaning ??= this.#clean().finally(() => {
      this.#cleaning = undefined
    })
    return this.#cleaning
  }

  async #clean(): Promise<void> {
    await this.#circuit.run(async () => {
      await sql`delete from cache_entries where expires_at <= clock_timestamp()`.execute(this.#db)
      await sql`delete from cache_leases where expires_at <= clock_timestamp() - interval '1 minute'`.execute(this.#db)
      // An entry costs its row and its places in the indexes as well.
      await sql`delete from cache_entries where key in (
        select key from (
          select key, sum(size + ${ROW_OVERHEAD_BYTES}) over (order by used_at desc, key) as upto from cache_entries
        ) as ordered where upto > ${this.#maxBytes}
      )`.execute(this.#db)
    })
  }

  async #noteUse(id: string): Promise<void> {
    await this.#circuit.run(() =>
      this.#db
        .updateTable('cache_entries')
        .set({ used_at: sql<Date>`clock_timestamp()` })
        .where('key', '=', id)
        .execute(),
    )
  }
}

/** Row header, key, times, names and four index entries, bytes. */
const ROW_OVERHEAD_BYTES = 500

/** The rows that a change concerns; the same as `concerns` says of scopes. */
function conditionOf(change: DataChange) {
  switch (change.kind) {
    case 'all':
      return sql<boolean>`true`
    case 'source':
      return sql<boolean>`source = ${change.source}`
    case 'table':
      return sql<boolean>`source = ${change.source} and tables && ${['*', tableName(change.table)]}::text[]`
    case 'tag':
      return sql<boolean>`${change.tag} = any(tags)`
  }
}

function fromNow(ms: number) {
  return sql<Date>`clock_timestamp() + ${ms} * interval '1 millisecond'`
}
