import type { FilterOptions } from '@datainsight/core/client'
import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Wait after the last letter before the server is asked. */
const SEARCH_DELAY_MS = 200
/** Choices asked for at once. */
const LIMIT = 200

/** One choice of a list. */
export interface Option {
  readonly value: string
  readonly label: string
}

/** Asks for the choices that match. */
export type FetchOptions = (query: { search?: string; limit: number; signal: AbortSignal }) => Promise<FilterOptions>

/** The choices of a multi-select: searched on the server, newest question wins, labels remembered. */
export class OptionList implements ReactiveController {
  options: readonly Option[] = []
  isTruncated = false
  status: 'initial' | 'pending' | 'complete' | 'error' = 'initial'
  readonly #host: ReactiveControllerHost
  readonly #fetch: FetchOptions
  readonly #labels = new Map<string, string>()
  #running: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, fetch: FetchOptions) {
    this.#host = host
    this.#fetch = fetch
    host.addController(this)
  }

  /** The label of a value seen in any answer, else the value. */
  label(value: string): string {
    return this.#labels.get(value) ?? value
  }

  /** Asks for the labels of values chosen before the list was ever open; once. */
  ensureLabels(values: readonly string[]): void {
    if (this.status === 'initial' && values.some((value) => !this.#labels.has(value))) this.load()
  }

  /** Asks at once, as when the list opens. */
  load(search = ''): void {
    clearTimeout(this.#timer)
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    this.status = 'pending'
    this.#host.requestUpdate()
    this.#fetch({ ...(search !== '' && { search }), limit: LIMIT, signal: running.signal }).then(
      ({ options, truncated }) => {
        if (running.signal.aborted) return
        this.options = options
        this.isTruncated = truncated
        for (const { value, label } of options) this.#labels.set(value, label)
        this.status = 'complete'
        this.#host.requestUpdate()
      },
      () => {
        if (running.signal.aborted) return
        this.status = 'error'
        this.#host.requestUpdate()
      },
    )
  }

  /** Asks when the viewer stops typing. */
  search(text: string): void {
    clearTimeout(this.#timer)
    this.#running?.abort()
    this.status = 'pending'
    this.#host.requestUpdate()
    this.#timer = setTimeout(() => this.load(text), SEARCH_DELAY_MS)
  }

  /** Stops asking, as when the list closes. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#running?.abort()
    if (this.status === 'pending') this.status = this.options.length > 0 ? 'complete' : 'initial'
  }

  hostDisconnected(): void {
    this.stop()
  }
}
