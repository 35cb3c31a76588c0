import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { ChartOverlay } from './chart-overlay.ts'
import { ChartTooltip } from './chart-tooltip.ts'
import type { Box, ChartPoints, Mark, Place } from './compiled-chart.ts'
import { MOVE_KEYS, movePlace } from './move-place.ts'
import type { Spot, TooltipAnchor } from './place-tooltip.ts'

/** Pointing at and walking through a chart: tooltip, highlights, focus ring, live region, choosing. */
export class ChartInteraction implements ReactiveController {
  readonly #choose: (mark: Mark) => void
  #plot: HTMLElement | undefined
  #spoken: HTMLElement | undefined
  #overlay: ChartOverlay | undefined
  #tooltip: ChartTooltip | undefined
  #points: ChartPoints | undefined
  /** Where the keyboard is. */
  #place: Place | undefined
  /** Where the pointer is. */
  #pointed: Place | undefined
  #listeners: AbortController | undefined
  #whileOpen: AbortController | undefined

  /** `choose` is called with the mark of a click or of Enter. */
  constructor(host: ReactiveControllerHost, choose: (mark: Mark) => void) {
    this.#choose = choose
    host.addController(this)
  }

  /** Listens on the plot inside `root`; `undefined` stops. Call it after each render. */
  attach(root: ParentNode | undefined): void {
    const plot = root?.querySelector<HTMLElement>('.plot') ?? undefined
    if (plot === this.#plot) return
    this.#detach()
    if (!root || !plot) return
    this.#plot = plot
    this.#spoken = root.querySelector<HTMLElement>('.spoken') ?? undefined
    this.#overlay = new ChartOverlay(plot.querySelector<HTMLElement>('.overlay')!)
    this.#tooltip = new ChartTooltip(root.querySelector<HTMLElement>('.tooltip')!, () => this.#close())
    this.#listeners = new AbortController()
    const { signal } = this.#listeners
    plot.addEventListener('pointermove', (event) => this.#point(event), { signal })
    plot.addEventListener('pointerdown', (event) => this.#point(event), { signal })
    plot.addEventListener('pointerleave', (event) => event.pointerType !== 'touch' && this.#tooltip?.leave(), {
      signal,
    })
    plot.addEventListener('click', (event) => this.#click(event), { signal })
    plot.addEventListener('keydown', (event) => this.#press(event), { signal })
    plot.addEventListener('blur', () => this.#leavePlot(), { signal })
  }

  /** The marks of what has just been painted. */
  setPoints(points: ChartPoints): void {
    this.#points = points
    this.#pointed = undefined
    if (this.#place && !points.mark(this.#place)) this.#place = undefined
    this.#close()
    if (this.#place && this.#hasFocus()) this.#overlay?.focus(points.mark(this.#place))
  }

  hostDisconnected(): void {
    this.#detach()
  }

  hostConnected(): void {}

  #detach(): void {
    this.#close()
    this.#listeners?.abort()
    this.#listeners = undefined
    this.#plot = undefined
    this.#points = undefined
    this.#place = undefined
    this.#overlay = undefined
    this.#tooltip = undefined
  }

  #hasFocus(): boolean {
    return this.#plot?.matches(':focus') === true
  }

  #point(event: PointerEvent): void {
    const points = this.#points
    const pointer = { x: event.clientX, y: event.clientY }
    if (!points || this.#tooltip?.isApproached(pointer)) return
    const place = points.find(...this.#toPlot(pointer))
    if (!place || !points.mark(place)) {
      // Beside all marks, or on a gap: nothing to tell about.
      this.#pointed = undefined
      if (this.#tooltip?.isOpen) this.#tooltip.leave()
      return
    }
    const isNew = place.position !== this.#pointed?.position || place.series !== this.#pointed?.series
    this.#pointed = place
    if (isNew) this.#overlay?.highlight(points.highlights(place))
    this.#open(place, pointer)
  }

  #click(event: MouseEvent): void {
    const place = this.#points?.find(...this.#toPlot({ x: event.clientX, y: event.clientY }))
    const mark = place && this.#points?.mark(place)
    if (mark) this.#choose(mark)
  }

  #press(event: KeyboardEvent): void {
    const points = this.#points
    if (!points || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') {
      if (this.#tooltip?.isOpen) {
        event.stopPropagation()
        event.preventDefault()
        this.#close()
      }
      return
    }
    if (event.key === 'Enter' || event.key === ' ') {
      const mark = this.#place && points.mark(this.#place)
      if (!mark) return
      event.preventDefault()
      this.#choose(mark)
      return
    }
    if (!MOVE_KEYS.has(event.key)) return
    event.preventDefault()
    const place = movePlace(points, this.#place, event.key)
    const mark = place && points.mark(place)
    if (!mark) return
    this.#place = place
    this.#plot?.classList.add('walking')
    this.#overlay?.highlight(points.highlights(place))
    this.#overlay?.focus(mark)
    this.#open(place)
    if (this.#spoken) this.#spoken.textContent = mark.spoken
  }

  #open(place: Place, pointer?: Spot): void {
    const points = this.#points
    const mark = points?.mark(place)
    if (!points || !mark || !this.#tooltip) return
    this.#tooltip.show(points.tooltip(place), this.#anchor(mark.box, points.vertical, pointer), pointer)
    if (this.#whileOpen) return
    this.#whileOpen = new AbortController()
    const { signal } = this.#whileOpen
    // Whoever points without focus can close with Escape too; a finger closes by touching elsewhere.
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || this.#hasFocus()) return
        event.stopPropagation()
        this.#close()
      },
      { signal, capture: true },
    )
    document.addEventListener(
      'pointerdown',
      (event) => this.#plot && !event.composedPath().includes(this.#plot) && this.#close(),
      { signal, capture: true },
    )
    document.addEventListener('scroll', (event) => isAround(event.target, this.#plot) && this.#close(), {
      signal,
      capture: true,
      passive: true,
    })
  }

  #close(): void {
    this.#whileOpen?.abort()
    this.#whileOpen = undefined
    this.#pointed = undefined
    this.#tooltip?.hide()
    this.#overlay?.highlight([])
  }

  #leavePlot(): void {
    this.#plot?.classList.remove('walking')
    this.#overlay?.focus(undefined)
    this.#close()
    if (this.#spoken) this.#spoken.textContent = ''
  }

  /** Px of the viewport to px of the plot, also where the page is zoomed or scaled. */
  #toPlot({ x, y }: Spot): [x: number, y: number] {
    const { box, scale } = this.#measure()
    return [(x - box.left) / scale, (y - box.top) / scale]
  }

  #anchor({ x, y, width, height }: Box, vertical: boolean, pointer: Spot | undefined): TooltipAnchor {
    const { box, scale } = this.#measure()
    const mark = {
      left: box.left + x * scale,
      right: box.left + (x + width) * scale,
      top: box.top + y * scale,
      bottom: box.top + (y + height) * scale,
    }
    if (!pointer) return vertical ? { ...mark, left: mark.right } : { ...mark, bottom: mark.top }
    // Beside a column at the height of the pointer; above or below a row at the pointer's place along it.
    return vertical
      ? { ...mark, left: pointer.x, right: pointer.x }
      : {
          left: Math.min(mark.left, pointer.x),
          right: Math.max(mark.right, pointer.x),
          top: pointer.y,
          bottom: pointer.y,
        }
  }

  #measure(): { box: DOMRect; scale: number } {
    const plot = this.#plot!
    const box = plot.getBoundingClientRect()
    return { box, scale: plot.offsetWidth > 0 ? box.width / plot.offsetWidth : 1 }
  }
}

/** Whether `outer` is an ancestor of `inner`, also through shadow roots: only its scrolling moves the plot. */
function isAround(outer: EventTarget | null, inner: Node | undefined): boolean {
  for (
    let node: Node | null | undefined = inner;
    node;
    node = node instanceof ShadowRoot ? node.host : node.parentNode
  ) {
    if (node === outer) return true
  }
  return false
}
