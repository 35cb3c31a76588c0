import type { ReactiveControllerHost } from 'lit'

/** Elements that a dashboard loads when a tile first needs them. */
export type LazyElement = 'chart' | 'metric' | 'table'

/**
 * Fetches and defines an element. The browser asks again after a failed download, and only then; older ones (Chromium 150, not
 * 156) remember the failure until the page is reloaded.
 */
export const LOAD_ELEMENT: Readonly<Record<LazyElement, () => Promise<unknown>>> = {
  chart: () => import('../chart/define.ts'),
  metric: () => import('../metric/define.ts'),
  table: () => import('../table/define.ts'),
}

/** Loads elements for one host and updates it when they are there, or cannot be had. */
export class LazyElements {
  readonly #host: ReactiveControllerHost
  readonly #onFailed: (error: unknown) => void
  /** What was asked for, and whether it failed. Kept until `retry`: trying again at each update would ask without end. */
  readonly #asked = new Map<LazyElement, boolean>()

  /** `onFailed` hears of each download that failed. */
  constructor(host: ReactiveControllerHost, onFailed: (error: unknown) => void) {
    this.#host = host
    this.#onFailed = onFailed
  }

  /** Whether the tag can be used now; starts loading when it cannot. */
  has(name: LazyElement): boolean {
    if (customElements.get(`di-${name}`)) return true
    if (!this.#asked.has(name)) {
      this.#asked.set(name, false)
      LOAD_ELEMENT[name]()
        .catch((error: unknown) => {
          this.#asked.set(name, true)
          this.#onFailed(error)
        })
        .then(() => this.#host.requestUpdate())
    }
    return false
  }

  /** Whether the tag's download failed. */
  isLost(name: LazyElement): boolean {
    return this.#asked.get(name) === true
  }

  /** Lets failed downloads be tried again at the next need. */
  retry(): void {
    this.#asked.clear()
    this.#host.requestUpdate()
  }
}
