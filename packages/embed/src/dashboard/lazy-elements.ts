import type { ReactiveControllerHost } from 'lit'

/** Elements that a dashboard loads when a tile first needs them. */
export type LazyElement = 'chart' | 'metric' | 'table'

const IMPORTS: Readonly<Record<LazyElement, () => Promise<unknown>>> = {
  chart: () => import('../chart/define.ts'),
  metric: () => import('../metric/define.ts'),
  table: () => import('../table/define.ts'),
}

/** Loads elements for one host and updates it when they are there. A failed download is tried again at the next need. */
export class LazyElements {
  readonly #host: ReactiveControllerHost
  readonly #pending = new Set<LazyElement>()
  readonly #failed: (error: unknown) => void

  constructor(host: ReactiveControllerHost, failed: (error: unknown) => void) {
    this.#host = host
    this.#failed = failed
  }

  /** Whether the tag can be used now; starts loading when it cannot. */
  has(name: LazyElement): boolean {
    if (customElements.get(`di-${name}`)) return true
    if (!this.#pending.has(name)) {
      this.#pending.add(name)
      IMPORTS[name]().then(
        () => this.#host.requestUpdate(),
        (error: unknown) => {
          // Left pending: trying again at each update would ask without end. `retry` clears it.
          this.#failed(error)
        },
      )
    }
    return false
  }

  /** Lets failed downloads be tried again. */
  retry(): void {
    this.#pending.clear()
  }
}
