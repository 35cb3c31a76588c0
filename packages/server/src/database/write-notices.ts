import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Answers } from './answers.ts'
import { ListeningSession, type Notice, SURE_MS } from './listening-session.ts'
import { type LogPosition, parseLogPosition } from './log-position.ts'
import type { Database } from './schema.ts'

/** Tells of a write: `<organization> <log position> <session of the writer's node, or -> <nonce>`. */
const CHANNEL = 'datainsight_writes'
/** With the number of a session: where the others say which notices of its node they have heard, so that nobody else must read it. */
const HEARD = 'datainsight_heard_'
/** Advisory lock that the sessions of all nodes share, so that a writer can see whom to wait for. */
const ROLL = [25_705, 30_578] as const
/** How long a write waits for nodes that do not say that they have heard, milliseconds. They are no longer sure by then. */
const ANSWER_MS = SURE_MS + 250
/** Pause before the connection is made again, milliseconds. */
const LISTEN_AGAIN_MS = 1_000

/** What the notices need. */
export interface WriteNoticesOptions {
  readonly primary: Database
  readonly primaryUrl: string
  readonly onError: (error: Error) => void
}

/**
 * How far the log had come when each organization last wrote, through whichever node.
 *
 * A write is acknowledged when each node has heard of it or knows that it may have missed it: a node is sure of what it knows for
 * `SURE_MS` from asking its session, notices come before the answers that follow them, and a write waits longer than that for a node
 * that keeps silent. A node that joins is either seen by the writer or takes its first position after the write. So a node that stood
 * still asks the primary when it goes on, and no clocks are compared.
 *
 * With n nodes a write costs one statement, n notices and n − 1 answers; with one it waits for nothing.
 */
export class WriteNotices {
  readonly #options: WriteNoticesOptions
  readonly #positions = new Map<string, LogPosition>()
  /** Of messages that wait to be heard, by their nonce. */
  readonly #answers = new Map<string, Answers>()
  /** What any organization may have written before this node listened. */
  #unheard: LogPosition = 0n
  #session: ListeningSession | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: WriteNoticesOptions) {
    this.#options = options
  }

  /** Whether this node has heard of every write that was acknowledged. */
  get isSure(): boolean {
    return this.#session?.isSure ?? false
  }

  /** Connects and listens. A fault is reported, and tried again later. */
  async start(): Promise<void> {
    let session: ListeningSession | undefined
    let isLost = false
    const lost = (error?: Error) => {
      if (isLost) return
      isLost = true
      if (this.#session === session) this.#session = undefined
      this.#startAgain(error)
    }
    try {
      session = await ListeningSession.open({
        url: this.#options.primaryUrl,
        onNotice: (notice) => this.#hear(session, notice),
        onLost: lost,
      })
      await session.query(`listen ${CHANNEL}`)
      await session.query(`listen ${HEARD}${session.number}`)
      await this.#checkHearing(session)
      await session.query('select pg_advisory_lock_shared($1, $2)', ROLL)
      // What was written while nobody listened is unknown: every organization may have written up to now.
      const { rows } = await session.query<{ position: string }>('select pg_current_wal_insert_lsn()::text as position')
      if (this.#closed) return void (await session.close())
      this.#unheard = parseLogPosition(rows[0]?.position ?? '0/0')
      this.#session = session
      await session.ask()
    } catch (error) {
      lost(error as Error)
      await session?.close().catch(() => undefined)
    }
  }

  /** Makes sure again. To be called some times within `SURE_MS`. */
  async ask(): Promise<void> {
    await this.#session?.ask()
  }

  /** How far a replica must have come to be read by the organization. */
  positionOf(organizationId: string): LogPosition {
    const position = this.#positions.get(organizationId) ?? 0n
    return position > this.#unheard ? position : this.#unheard
  }

  /** Notes a committed write of the organization. Resolves when no node can miss it, after `ANSWER_MS` at the latest. */
  async note(organizationId: string): Promise<void> {
    const session = this.#session
    const silent = await this.#awaitAnswers(async (nonce) => {
      // The write itself is on disk; this statement need not wait for one.
      const { rows } = await sql<{ position: string; sessions: number[] }>`
        with now as (select pg_current_wal_insert_lsn()::text as position)
        select position, array(select pid from ${onRoll}) as sessions, set_config('synchronous_commit', 'off', true),
          pg_notify(${CHANNEL}, ${`${organizationId} `} || position || ${` ${session?.number ?? '-'} ${nonce}`})
        from now`.execute(this.#options.primary)
      const { position = '0/0', sessions = [] } = rows[0] ?? {}
      this.#keep(organizationId, parseLogPosition(position))
      return sessions.filter((number) => number !== session?.number)
    })
    // That there are no answers is the others' fault only if we hear.
    if (silent.length > 0 && session?.isSure) this.#strike(silent)
  }

  /** Forgets positions that no longer matter. */
  forget(isPassed: (position: LogPosition) => boolean): void {
    for (const [organizationId, position] of this.#positions) {
      if (isPassed(position)) this.#positions.delete(organizationId)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    const session = this.#session
    this.#session = undefined
    if (session === undefined) return
    // Writers who still count on it get their answers before it goes.
    await session.query('select pg_advisory_unlock_shared($1, $2)', ROLL).catch(() => undefined)
    await session.ask()
    await session.close()
  }

  #hear(session: ListeningSession | undefined, { channel, payload, sender }: Notice): void {
    if (channel !== CHANNEL) {
      this.#answers.get(payload)?.add(sender)
      return
    }
    const [organizationId = '', position = '', writer = '-', nonce = ''] = payload.split(' ')
    if (!/^[0-9A-F]+\/[0-9A-F]+$/.test(position)) return
    this.#keep(organizationId, parseLogPosition(position))
    if (/^\d+$/.test(writer) && Number(writer) !== session?.number) session?.tell(HEARD + writer, nonce)
  }

  #keep(organizationId: string, position: LogPosition): void {
    if (position > (this.#positions.get(organizationId) ?? 0n)) this.#positions.set(organizationId, position)
  }

  /** `send` sends a message with the nonce and resolves to the sessions that must answer it. Those that did not. */
  async #awaitAnswers(send: (nonce: string) => Promise<readonly number[]>): Promise<readonly number[]> {
    const nonce = randomBytes(6).toString('hex')
    const answers = new Answers()
    this.#answers.set(nonce, answers)
    try {
      return await answers.missing(await send(nonce), ANSWER_MS)
    } finally {
      this.#answers.delete(nonce)
    }
  }

  /** Ends sessions that keep silent, so that the next write need not wait for them too. Their nodes connect again. */
  #strike(sessions: readonly number[]): void {
    sql`select pg_terminate_backend(pid) from ${onRoll} and pid = any(${sessions})`
      .execute(this.#options.primary)
      .catch(this.#options.onError)
  }

  /** A pooler between us may take `listen` and never deliver anything: better no replicas than old answers. */
  async #checkHearing({ number }: ListeningSession): Promise<void> {
    const silent = await this.#awaitAnswers(async (nonce) => {
      const { rows } = await sql<{ sender: number }>`
        select pg_backend_pid() as sender, pg_notify(${HEARD + number}, ${nonce})`.execute(this.#options.primary)
      return rows.map(({ sender }) => sender)
    })
    if (silent.length > 0)
      throw new Error('notices of the primary do not arrive; replicas need a connection that keeps LISTEN')
  }

  #startAgain(error: Error | undefined): void {
    if (this.#closed) return
    this.#options.onError(
      new Error('writes of other nodes are not heard of; reads go to the primary', { cause: error }),
    )
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.start(), LISTEN_AGAIN_MS)
    this.#timer.unref()
  }
}

/** Sessions of nodes that listen, for a `from`; more conditions may follow. */
const onRoll = sql`pg_locks where locktype = 'advisory' and granted and objsubid = 2
  and classid = ${sql.lit(ROLL[0])} and objid = ${sql.lit(ROLL[1])}
  and database = (select oid from pg_database where datname = current_database())`
