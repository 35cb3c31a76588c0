import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { type LogPosition, parseLogPosition } from './log-position.ts'
import type { Database } from './schema.ts'

const CHANNEL = 'datainsight_writes'
/** How long a write waits to hear its own notice, milliseconds. */
const ECHO_MS = 1_000
/** Pause before the connection is made again, milliseconds. */
const LISTEN_AGAIN_MS = 1_000

/** What the notices need. */
export interface WriteNoticesOptions {
  readonly primary: Database
  readonly primaryUrl: string
  readonly onError: (error: Error) => void
}

/** How far the log had come when each organization last wrote, through whichever node. */
export class WriteNotices {
  readonly #options: WriteNoticesOptions
  readonly #positions = new Map<string, LogPosition>()
  /** Waiting for the notice with this text to come back. */
  readonly #echoes = new Map<string, () => void>()
  /** What any organization may have written before this node listened. */
  #unheard: LogPosition = 0n
  #client: pg.Client | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(options: WriteNoticesOptions) {
    this.#options = options
  }

  /** Whether writes of other nodes are heard of. */
  get isListening(): boolean {
    return this.#client !== undefined
  }

  /** Connects and listens. A fault is reported, and tried again later. */
  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#options.primaryUrl,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      application_name: 'datainsight',
    })
    const lost = (error?: Error) => this.#restart(client, error)
    client.on('error', lost)
    client.on('end', lost)
    client.on('notification', ({ payload = '' }) => this.#hear(payload))
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
      if (this.#closed) return void (await client.end())
      // What was written while nobody listened is unknown: every organization may have written up to now.
      const { rows } = await client.query<{ position: string }>('select pg_current_wal_insert_lsn()::text as position')
      this.#unheard = parseLogPosition(rows[0]?.position ?? '0/0')
      this.#client = client
      await this.#checkEcho()
    } catch (error) {
      lost(error as Error)
    }
  }

  /** How far a replica must have come to be read by the organization. */
  positionOf(organizationId: string): LogPosition {
    const position = this.#positions.get(organizationId) ?? 0n
    return position > this.#unheard ? position : this.#unheard
  }

  /** Notes a committed write of the organization and waits until the notice is out. */
  async note(organizationId: string): Promise<void> {
    const nonce = randomBytes(6).toString('hex')
    const echo = this.#isHeard(nonce)
    const { rows } = await sql<{ position: string }>`
      with now as (select pg_current_wal_insert_lsn()::text as position)
      select position, pg_notify(${CHANNEL}, ${organizationId} || ' ' || position || ' ' || ${nonce}) from now`.execute(
      this.#options.primary,
    )
    this.#keep(organizationId, parseLogPosition(rows[0]?.position ?? '0/0'))
    // Once this node has heard it, so have the others, but for the time a packet takes.
    await echo
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
    const client = this.#client
    this.#client = undefined
    await client?.end()
  }

  #hear(payload: string): void {
    const [organizationId = '', position = '', nonce = ''] = payload.split(' ')
    this.#echoes.get(nonce)?.()
    if (/^[0-9A-F]+\/[0-9A-F]+$/.test(position)) this.#keep(organizationId, parseLogPosition(position))
  }

  #keep(organizationId: string, position: LogPosition): void {
    if (position > (this.#positions.get(organizationId) ?? 0n)) this.#positions.set(organizationId, position)
  }

  #isHeard(nonce: string): Promise<boolean> {
    if (this.#client === undefined) return Promise.resolve(false)
    return new Promise((resolve) => {
      const end = (heard: boolean) => {
        clearTimeout(timer)
        this.#echoes.delete(nonce)
        resolve(heard)
      }
      const timer = setTimeout(end, ECHO_MS, false)
      this.#echoes.set(nonce, () => end(true))
    })
  }

  /** A pooler between us may take `listen` and never deliver anything: better no replicas than old answers. */
  async #checkEcho(): Promise<void> {
    const nonce = randomBytes(6).toString('hex')
    const echo = this.#isHeard(nonce)
    await sql`select pg_notify(${CHANNEL}, ${`- - ${nonce}`})`.execute(this.#options.primary)
    if (!(await echo))
      throw new Error('notices of the primary do not arrive; replicas need a connection that keeps LISTEN')
  }

  #restart(client: pg.Client, error: Error | undefined): void {
    client.removeAllListeners()
    client.on('error', () => undefined)
    client.end().catch(() => undefined)
    if (this.#client === client) this.#client = undefined
    if (this.#closed) return
    this.#options.onError(
      new Error('writes of other nodes are not heard of; reads go to the primary', { cause: error }),
    )
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.start(), LISTEN_AGAIN_MS)
    this.#timer.unref()
  }
}
