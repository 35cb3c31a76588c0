import type { Box, Highlight } from './compiled-chart.ts'

/**
 * What lies over the painted chart: the place pointed at and the focus ring. Plain elements placed through CSSOM, so that
 * moving over a chart repaints nothing and strict style policies hold.
 */
export class ChartOverlay {
  readonly #layer: HTMLElement
  readonly #marks: HTMLElement[] = []
  readonly #ring: HTMLElement

  constructor(layer: HTMLElement) {
    this.#layer = layer
    this.#ring = document.createElement('div')
    this.#ring.className = 'focus-ring'
    this.#ring.hidden = true
    layer.append(this.#ring)
  }

  /** Shows these highlights and no others. */
  highlight(highlights: readonly Highlight[]): void {
    highlights.forEach(({ kind, box, color }, index) => {
      let mark = this.#marks[index]
      if (!mark) {
        mark = document.createElement('div')
        this.#marks.push(mark)
        this.#layer.insertBefore(mark, this.#ring)
      }
      mark.className = `mark ${kind}`
      mark.hidden = false
      setBox(mark, box)
      mark.style.setProperty('--_mark', color)
    })
    for (const mark of this.#marks.slice(highlights.length)) mark.hidden = true
  }

  /** Puts the focus ring around a mark; takes it away without one. */
  focus(mark: { readonly box: Box; readonly round: boolean } | undefined): void {
    this.#ring.hidden = mark === undefined
    if (!mark) return
    this.#ring.classList.toggle('round', mark.round)
    setBox(this.#ring, mark.box)
  }
}

function setBox(element: HTMLElement, { x, y, width, height }: Box): void {
  element.style.setProperty('left', `${x}px`)
  element.style.setProperty('top', `${y}px`)
  element.style.setProperty('width', `${width}px`)
  element.style.setProperty('height', `${height}px`)
}
