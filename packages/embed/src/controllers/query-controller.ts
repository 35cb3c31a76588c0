import type { Query, ResultSet } from '@datainsight/core'
import type { ViewerClient } from '@datainsight/core/client'
import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** What a {@link QueryController} needs to ask; nothing is asked while either part is undefined. */
export interface QueryRequest {
  readonly client: ViewerClient | undefined
  readonly query: Query | undefined
}

/** One function per state; what is absent renders nothing. */
export interface QueryRenderers<T> {
  /** Nothing was asked yet. */
  readonly initial?: () => T
  /** `previous` is the last answer, to keep on screen (dimmed) meanwhile. */
  readonly pending?: (previous: ResultSet | undefined) => T
  readonly complete?: (result: ResultSet) => T
  readonly error?: (error: unknown) => T
}

/** Where a query stands. */
export type QueryStatus = 'initial' | 'pending' | 'complete' | 'error'

/**
 * Asks the host's query and asks again when client or query change. A newer question aborts the older; a host that leaves
 * the document aborts too and asks again when it returns. Queries are compared by their text, so an equal literal in a
 * template asks once.
 */
export class QueryController implements ReactiveController {
  /** The last answer, kept while the next one is under way and after a failure. */
  result: ResultSet | undefined
  error: unknown
  status: QueryStatus = 'initial'

  readonly #host: ReactiveControllerHost
  readonly #request: () => QueryRequest
  readonly #onError: ((error: unknown) => void) | undefined
  #client: ViewerClient | undefined
  #key: string | undefined
  #running: AbortController | undefined

  constructor(host: ReactiveControllerHost, request: () => QueryRequest, onError?: (error: unknown) => void) {
    this.#host = host
    this.#request = request
    this.#onError = onError
    host.addController(this)
  }

  hostUpdate(): void {
    const { client, query } = this.#request()
    const key = query && JSON.stringify(query)
    if (client === this.#client && key === this.#key) return
    this.#client = client
    this.#key = key
    this.#ask()
  }

  hostDisconnected(): void {
    this.#running?.abort()
    this.#running = undefined
    this.#key = undefined
  }

  hostConnected(): void {
    this.#host.requestUpdate()
  }

  /** Asks the same question again. */
  retry(): void {
    this.#ask()
    this.#host.requestUpdate()
  }

  /** Calls the function of the present state. */
  render<T>(renderers: QueryRenderers<T>): T | undefined {
    if (this.status === 'pending') return renderers.pending?.(this.result)
    if (this.status === 'error') return renderers.error?.(this.error)
    if (this.status === 'complete' && this.result) return renderers.complete?.(this.result)
    return renderers.initial?.()
  }

  #ask(): void {
    this.#running?.abort()
    this.#running = undefined
    const { client, query } = this.#request()
    if (!client || !query) {
      this.status = 'initial'
      return
    }
    const running = new AbortController()
    this.#running = running
    this.status = 'pending'
    this.error = undefined
    client.query(query, { signal: running.signal }).then(
      (result) =>
        this.#settle(running, () => {
          this.result = result
          this.status = 'complete'
        }),
      (error: unknown) =>
        this.#settle(running, () => {
          this.error = error
          this.status = 'error'
          this.#onError?.(error)
        }),
    )
  }

  #settle(running: AbortController, apply: () => void): void {
    if (running !== this.#running) return
    this.#running = undefined
    apply()
    this.#host.requestUpdate()
  }
}
