import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Calls `refresh` every so often while the host is in a visible page; a page that was hidden longer refreshes on return. */
export class RefreshTimer implements ReactiveController {
  readonly #refresh: () => void
  #seconds = 0
  #timer: ReturnType<typeof setInterval> | undefined
  #lastAt = 0
  #isConnected = false

  constructor(host: ReactiveControllerHost, refresh: () => void) {
    this.#refresh = refresh
    host.addController(this)
  }

  /** Seconds between refreshes; 0, a negative number or NaN stops. At least 5. */
  set seconds(seconds: number) {
    const next = seconds > 0 ? Math.max(5, seconds) : 0
    if (next === this.#seconds) return
    this.#seconds = next
    if (this.#isConnected) this.#restart()
  }

  hostConnected(): void {
    this.#isConnected = true
    document.addEventListener('visibilitychange', this.#onVisibility)
    this.#restart()
  }

  hostDisconnected(): void {
    this.#isConnected = false
    document.removeEventListener('visibilitychange', this.#onVisibility)
    clearInterval(this.#timer)
  }

  #restart(): void {
    clearInterval(this.#timer)
    this.#lastAt = Date.now()
    if (this.#seconds > 0) this.#timer = setInterval(this.#tick, this.#seconds * 1_000)
  }

  readonly #tick = (): void => {
    if (document.visibilityState !== 'visible') return
    this.#lastAt = Date.now()
    this.#refresh()
  }

  readonly #onVisibility = (): void => {
    if (document.visibilityState !== 'visible' || this.#seconds === 0) return
    if (Date.now() - this.#lastAt >= this.#seconds * 1_000) this.#tick()
  }
}
