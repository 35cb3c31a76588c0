import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type ChartTheme, resolveTheme } from './resolve-theme.ts'
import { observeTheme } from './theme-observer.ts'

/** Holds the theme in force at its host and updates the host when the look changes. */
export class ThemeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  #theme: ChartTheme | undefined
  #stop: (() => void) | undefined

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host
    host.addController(this)
  }

  /** Read when first asked for, then after each change. The host must be in a document. */
  get theme(): ChartTheme {
    this.#theme ??= resolveTheme(this.#host)
    return this.#theme
  }

  hostUpdated(): void {
    // Nobody has read the theme yet, so nobody needs to hear of a change.
    const current = this.#theme
    if (this.#stop || !current || !this.#host.isConnected) return
    this.#stop = observeTheme(
      this.#host,
      (theme) => {
        this.#theme = theme
        this.#host.requestUpdate()
      },
      current,
    )
  }

  hostConnected(): void {
    this.#theme = undefined
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.#stop?.()
    this.#stop = undefined
  }
}
