import type { Virtualizer } from '@tanstack/virtual-core'
import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Up to so many rows, all are drawn and no window is needed. */
export const MAX_PLAIN_ROWS = 100

/** Rows drawn while the library is on its way. */
const FIRST_ROWS = 40

/** A row to draw, by its place, or the room of rows that are not drawn. */
export type RowItem = number | { readonly before: number | 'end'; readonly height: number }

/** What a {@link RowWindow} needs to know of its table. */
export interface RowWindowOptions {
  readonly scroller: () => HTMLElement | null
  readonly rowHeight: () => number
  /** A row that stays drawn wherever the table is scrolled: the one with the focus. */
  readonly keep: () => number | undefined
}

/** Decides which rows of a long table are in the document. The library comes with the first table that needs it. */
export class RowWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: RowWindowOptions
  #virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined
  #unmount: (() => void) | undefined
  #isLoading = false
  #count = 0

  constructor(host: ReactiveControllerHost, options: RowWindowOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** Rows and room for `count` rows, in order. */
  items(count: number): RowItem[] {
    this.#count = count
    if (count <= MAX_PLAIN_ROWS) {
      this.#drop()
      return Array.from({ length: count }, (_, row) => row)
    }
    if (!this.#virtualizer) {
      void this.#load()
      return this.#withRoom(Array.from({ length: FIRST_ROWS }, (_, row) => row))
    }
    this.#configure(this.#virtualizer)
    return this.#withRoom(this.#virtualizer.getVirtualItems().map(({ index }) => index))
  }

  /** Brings a row into view. */
  scrollTo(row: number): void {
    this.#virtualizer?.scrollToIndex(row, { align: 'auto' })
  }

  hostUpdated(): void {
    this.#virtualizer?._willUpdate()
  }

  hostDisconnected(): void {
    this.#drop()
  }

  #withRoom(drawn: readonly number[]): RowItem[] {
    const keep = this.#options.keep()
    const rows = new Set(drawn)
    if (keep !== undefined && keep < this.#count) rows.add(keep)
    const height = this.#options.rowHeight()
    const items: RowItem[] = []
    let next = 0
    for (const row of [...rows].sort((first, second) => first - second)) {
      if (row > next) items.push({ before: row, height: (row - next) * height })
      items.push(row)
      next = row + 1
    }
    if (next < this.#count) items.push({ before: 'end', height: (this.#count - next) * height })
    return items
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return
    this.#isLoading = true
    try {
      const {
        Virtualizer: Window,
        elementScroll,
        observeElementOffset,
        observeElementRect,
      } = await import('@tanstack/virtual-core')
      this.#virtualizer = new Window<HTMLElement, HTMLElement>({
        count: this.#count,
        getScrollElement: this.#options.scroller,
        estimateSize: this.#options.rowHeight,
        scrollToFn: elementScroll,
        observeElementRect,
        observeElementOffset,
        // Whoever scrolled before the code came stays there.
        initialOffset: () => this.#options.scroller()?.scrollTop ?? 0,
        onChange: () => this.#host.requestUpdate(),
      })
      this.#configure(this.#virtualizer)
      this.#unmount = this.#virtualizer._didMount()
      this.#host.requestUpdate()
    } catch {
      // The next update asks again.
    } finally {
      this.#isLoading = false
    }
  }

  #configure(virtualizer: Virtualizer<HTMLElement, HTMLElement>): void {
    const height = this.#options.rowHeight()
    // The header has the height of a row and covers the first one when a row is scrolled to.
    virtualizer.setOptions({
      ...virtualizer.options,
      count: this.#count,
      estimateSize: () => height,
      scrollMargin: height,
      scrollPaddingStart: height,
      overscan: 6,
    })
  }

  #drop(): void {
    this.#unmount?.()
    this.#unmount = undefined
    this.#virtualizer = undefined
  }
}
