import pg from 'pg'

/** How long a session may be trusted to have heard everything, milliseconds from asking it to its last answer. */
export const SURE_MS = 1_000

/** What a session needs. */
export interface ListeningSessionOptions {
  readonly url: string
  readonly onNotice: (notice: Notice) => void
  /** Called once, when the session is of no use any more. */
  readonly onLost: (error?: Error) => void
}

/** One message of `NOTIFY`. */
export interface Notice {
  readonly channel: string
  readonly payload: string
  /** PostgreSQL's number of the session that sent it. */
  readonly sender: number
}

/** A connection that stays, to hear what others `NOTIFY`. */
export class ListeningSession {
  readonly #client: pg.Client
  readonly #onLost: (error?: Error) => void
  /** PostgreSQL's number of it. */
  readonly number: number
  #sureUntilMs = Number.NEGATIVE_INFINITY
  #asking = false
  #telling: Promise<void> | undefined
  /** The statement under way; each waits for the one before. */
  #last: Promise<unknown> = Promise.resolve()
  #untold: { readonly channels: string[]; readonly payloads: string[] } = { channels: [], payloads: [] }

  private constructor(client: pg.Client, number: number, onLost: (error?: Error) => void) {
    this.#client = client
    this.number = number
    this.#onLost = onLost
  }

  static async open(options: ListeningSessionOptions): Promise<ListeningSession> {
    const client = new pg.Client({
      connectionString: options.url,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      application_name: 'datainsight',
    })
    const lost = (error?: Error) => {
      client.removeAllListeners()
      client.on('error', () => undefined)
      client.end().catch(() => undefined)
      options.onLost(error)
    }
    client.on('error', () => undefined)
    await client.connect()
    try {
      const { rows } = await client.query<{ number: number }>('select pg_backend_pid() as number')
      client.removeAllListeners('error').on('error', lost).on('end', lost)
      client.on('notification', ({ channel, payload = '', processId }) =>
        options.onNotice({ channel, payload, sender: processId }),
      )
      return new ListeningSession(client, rows[0]?.number ?? 0, lost)
    } catch (error) {
      client.end().catch(() => undefined)
      throw error
    }
  }

  /** Whether everything that was told longer ago than a moment has been heard. */
  get isSure(): boolean {
    return performance.now() < this.#sureUntilMs
  }

  query<Row extends pg.QueryResultRow>(
    text: string,
    parameters: readonly unknown[] = [],
  ): Promise<pg.QueryResult<Row>> {
    const asked = this.#last.then(() => this.#client.query<Row>(text, [...parameters]))
    this.#last = asked.catch(() => undefined)
    return asked
  }

  /** Asks whether it lives: what was told before is heard before the answer. To be called some times within `SURE_MS`. */
  async ask(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    const askedMs = performance.now()
    try {
      await this.query('select 1')
      this.#sureUntilMs = askedMs + SURE_MS
    } catch (error) {
      this.#onLost(error as Error)
    } finally {
      this.#asking = false
    }
  }

  /** Sends a message. What comes while a statement is under way goes with the next; none waits for a disk. */
  tell(channel: string, payload: string): void {
    this.#untold.channels.push(channel)
    this.#untold.payloads.push(payload)
    this.#telling ??= this.#tell()
      .catch(this.#onLost)
      .finally(() => {
        this.#telling = undefined
      })
  }

  /** Says what is still to be said, and ends. */
  async close(): Promise<void> {
    await this.#telling
    this.#client.removeAllListeners('end')
    await this.#client.end()
  }

  async #tell(): Promise<void> {
    while (this.#untold.payloads.length > 0) {
      const { channels, payloads } = this.#untold
      this.#untold = { channels: [], payloads: [] }
      await this.query(
        `select set_config('synchronous_commit', 'off', true), pg_notify(channel, payload)
          from unnest($1::text[], $2::text[]) as untold (channel, payload)`,
        [channels, payloads],
      )
    }
  }
}
