import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type ChartTheme, resolveTheme } from './theme.ts'
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
    if (this.#stop || !this.#host.isConnected) return
    this.#stop = observeTheme(this.#host, (theme) => {
      this.#theme = theme
      this.#host.requestUpdate()
    })
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
