import { createViewerClient, type GetToken, type ViewerClient } from '@datainsight/core/client'
import { ErrorEvent, TokenRefreshEvent } from './events.ts'
import { ENGLISH } from './messages.ts'
import { describeError } from './state/describe-error.ts'

/** What a client is made of; read anew whenever it is needed, so a host may pass a new function at each render. */
export interface ClientSettings {
  readonly apiUrl: string | undefined
  readonly getToken: GetToken | undefined
  readonly token: string | undefined
  readonly locale: string | undefined
}

/**
 * Makes one client for an element and keeps it while address, language and the presence of credentials stay the same:
 * another `getToken` or `token` is used from the next renewal on, without losing what is on screen.
 */
export class ClientSource {
  readonly #element: HTMLElement & { requestUpdate(): void }
  readonly #settings: () => ClientSettings
  #key: string | undefined
  #client: ViewerClient | undefined

  constructor(element: HTMLElement & { requestUpdate(): void }, settings: () => ClientSettings) {
    this.#element = element
    this.#settings = settings
  }

  /** The client of the present settings; undefined without an address. */
  get client(): ViewerClient | undefined {
    const { apiUrl, getToken, token, locale } = this.#settings()
    if (apiUrl === undefined) {
      this.close()
      return undefined
    }
    const hasCredentials = getToken !== undefined || token !== undefined
    if (!hasCredentials && this.#mayTokenCome()) return undefined
    const key = JSON.stringify([apiUrl, locale, hasCredentials])
    if (key === this.#key) return this.#client
    this.close()
    this.#key = key
    this.#client = createViewerClient({ apiUrl, locale, ...(hasCredentials && { getToken: this.#fetchToken }) })
    this.#client.on('token', ({ reason }) => this.#element.dispatchEvent(new TokenRefreshEvent(reason)))
    return this.#client
  }

  /** Ends the client's token fetch and forgets the token. */
  close(): void {
    this.#client?.close()
    this.#client = undefined
    this.#key = undefined
  }

  /**
   * While the document's own scripts are still to run, one of them may set `getToken`: asking without a token now would
   * only earn a refusal. True until then, with an update at that moment.
   */
  #mayTokenCome(): boolean {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (document.readyState === 'complete' || (navigation && navigation.domContentLoadedEventStart > 0)) return false
    document.addEventListener('DOMContentLoaded', () => setTimeout(() => this.#element.requestUpdate()), { once: true })
    return true
  }

  readonly #fetchToken: GetToken = async (request) => {
    const { getToken, token } = this.#settings()
    if (!getToken) return token ?? ''
    try {
      return await getToken(request)
    } catch (error) {
      if (!request.signal.aborted) this.#report(error)
      throw error
    }
  }

  #report(error: unknown): void {
    const fault = describeError({ code: 'token_unavailable', detail: String(error) }, ENGLISH)
    this.#element.dispatchEvent(
      new ErrorEvent({
        code: fault.code,
        status: 0,
        retryable: fault.retryable,
        requestId: undefined,
        scope: 'token',
        tileId: undefined,
        message: fault.message,
      }),
    )
  }
}
