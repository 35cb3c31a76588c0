import type { ReactiveController, ReactiveControllerHost } from 'lit'

/**
 * Knows which tiles have come within one screen of the viewport; a tile that once did stays known, so a chart is mounted
 * once and not again at every scroll.
 */
export class VisibilityController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #near = new Set<string>()
  readonly #observed = new Set<Element>()
  #observer: IntersectionObserver | undefined

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host
    host.addController(this)
  }

  /** Whether the tile is on screen or was within one screen of it. */
  isNear(id: string): boolean {
    return this.#near.has(id)
  }

  /** Ids of the tiles, those on screen first, each group in reading order. */
  order(): string[] {
    const tiles = this.#tiles()
    const isVisible = (tile: Element) => {
      const { top, bottom, width } = tile.getBoundingClientRect()
      return width > 0 && bottom > 0 && top < innerHeight
    }
    const visible = tiles.filter(isVisible)
    return [...visible, ...tiles.filter((tile) => !visible.includes(tile))].map((tile) => tile.dataset.tile ?? '')
  }

  hostUpdated(): void {
    const tiles = this.#tiles()
    this.#observer ??= new IntersectionObserver(this.#onIntersect, { rootMargin: '100% 0px' })
    for (const tile of this.#observed) {
      if (tiles.includes(tile as HTMLElement)) continue
      this.#observer.unobserve(tile)
      this.#observed.delete(tile)
    }
    for (const tile of tiles) {
      if (this.#observed.has(tile)) continue
      this.#observed.add(tile)
      this.#observer.observe(tile)
    }
  }

  hostDisconnected(): void {
    this.#observer?.disconnect()
    this.#observer = undefined
    this.#observed.clear()
  }

  hostConnected(): void {
    this.#host.requestUpdate()
  }

  #tiles(): HTMLElement[] {
    return [...(this.#host.shadowRoot?.querySelectorAll<HTMLElement>('[data-tile]') ?? [])]
  }

  readonly #onIntersect = (entries: readonly IntersectionObserverEntry[]): void => {
    let isNew = false
    for (const { isIntersecting, target } of entries) {
      const id = (target as HTMLElement).dataset.tile
      if (!isIntersecting || id === undefined || this.#near.has(id)) continue
      this.#near.add(id)
      isNew = true
    }
    if (isNew) this.#host.requestUpdate()
  }
}
