import type { Session as Grant, LoginRequest, User } from '@datainsight/core'
import { type Client, ClientError, createClient, type GetToken } from '@datainsight/core/client'

/** Where the visitor stands. `ended` means that a session was there and is over. */
export type SessionState =
  | { readonly status: 'restoring' }
  | { readonly status: 'signed-out'; readonly ended: boolean; readonly unreachable?: boolean }
  | { readonly status: 'signed-in'; readonly user: User }

/** Only one tab at a time may use up the refresh token, which changes at each use. */
const REFRESH_LOCK = 'datainsight-console-refresh'

/**
 * The visitor's session: the access token in this object's memory and nowhere else, the refresh token in a cookie that no
 * script can read. Fires `change` when `state` is another.
 */
export class Session extends EventTarget {
  readonly #apiUrl: string
  readonly #auth: Client
  #state: SessionState = { status: 'restoring' }
  #client: Client | undefined
  #accessToken: string | undefined
  #refreshing: Promise<string> | undefined
  /** Grows at each sign-out: an answer to a question from before must not sign in again. */
  #departures = 0

  constructor(apiUrl: string) {
    super()
    this.#apiUrl = apiUrl
    this.#auth = createClient({ apiUrl })
  }

  get state(): SessionState {
    return this.#state
  }

  /** Where the server is. */
  get apiUrl(): string {
    return this.#apiUrl
  }

  /** Asks on behalf of who is signed in. A new one at each sign-in, so that nothing of the last person lingers. */
  get client(): Client {
    this.#client ??= createClient({ apiUrl: this.#apiUrl, getToken: this.getToken })
    return this.#client
  }

  /** Hands out the access token, or a new one by way of the cookie. Bound: may be handed over as it is. */
  readonly getToken: GetToken = ({ reason }) => {
    if (reason === 'initial' && this.#accessToken) return Promise.resolve(this.#accessToken)
    return this.#refresh()
  }

  /** Goes on with the session of the cookie, when there is one. */
  async restore(): Promise<void> {
    await this.#refresh().catch(() => undefined)
  }

  /** @throws ClientError such as `invalid_credentials`. */
  async signIn(credentials: LoginRequest): Promise<void> {
    this.#accept(await this.#auth.auth.login(credentials))
  }

  /** Forgets the session here, and on the server when that can be reached. */
  async signOut(): Promise<void> {
    this.#leave(false)
    await this.#auth.auth.logout().catch(() => undefined)
  }

  #refresh(): Promise<string> {
    const departures = this.#departures
    this.#refreshing ??= navigator.locks
      .request(REFRESH_LOCK, () => this.#auth.auth.refresh())
      .then((grant) => {
        if (departures !== this.#departures) throw new Error('signed out meanwhile')
        return this.#accept(grant)
      })
      .catch((error: unknown) => {
        this.#refused(error)
        throw error
      })
      .finally(() => {
        this.#refreshing = undefined
      })
    return this.#refreshing
  }

  /** Only a refusal ends the session; a server that cannot be reached may be back at the next try. */
  #refused(error: unknown): void {
    const refused = error instanceof ClientError && error.status >= 400 && error.status < 500 && error.status !== 429
    if (refused) this.#leave(this.#state.status === 'signed-in')
    else if (this.#state.status === 'restoring') this.#set({ status: 'signed-out', ended: false, unreachable: true })
  }

  #accept(grant: Grant): string {
    this.#accessToken = grant.accessToken
    this.#set({ status: 'signed-in', user: grant.user })
    return grant.accessToken
  }

  #leave(ended: boolean): void {
    this.#departures += 1
    this.#accessToken = undefined
    this.#client?.close()
    this.#client = undefined
    this.#set({ status: 'signed-out', ended })
  }

  #set(state: SessionState): void {
    this.#state = state
    this.dispatchEvent(new Event('change'))
  }
}
