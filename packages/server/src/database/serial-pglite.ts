import { type ExecProtocolOptionsStream, PGlite } from '@electric-sql/pglite'

/** First bytes of the messages that open an exchange of the extended protocol: Parse, Bind, Describe, Execute, Close, Flush. */
const OPENING = new Set(['P', 'B', 'D', 'E', 'C', 'H'].map((letter) => letter.charCodeAt(0)))
/** First bytes of the messages that end one: Sync, and Query, which is an exchange by itself. */
const ENDING = new Set(['S', 'Q'].map((letter) => letter.charCodeAt(0)))

/**
 * PGlite that looks "in a transaction" from the first message of an extended-protocol exchange to its Sync.
 * `@electric-sql/pglite-socket` 0.2.17 queues message by message and keeps a connection's turn only inside transactions, so with
 * several connections another one's Parse slipped between our Parse and Bind: answers of the wrong statement, then a hang.
 */
export class SerialPGlite extends PGlite {
  #exchangeOpen = false

  override async execProtocolRawStream(message: Uint8Array, options: ExecProtocolOptionsStream): Promise<void> {
    const kind = message[0] ?? 0
    if (OPENING.has(kind)) this.#exchangeOpen = true
    else if (ENDING.has(kind)) this.#exchangeOpen = false
    await super.execProtocolRawStream(message, options)
  }

  override isInTransaction(): boolean {
    return this.#exchangeOpen || super.isInTransaction()
  }
}
