import type { TooltipContent, TooltipRow } from './compiled-chart.ts'
import { isHeadingInto, placeTooltip, type Spot, type TooltipAnchor } from './place-tooltip.ts'

/** Time a pointer has to reach the tooltip after leaving the chart. */
const GRACE_MS = 120

const ARROWS = { up: '↑', down: '↓', flat: '', none: '' } as const

/**
 * The tooltip: a popover in the top layer, so that no tile cuts it off. Its content is text nodes, its place is set through
 * CSSOM; neither needs anything of a style or script policy.
 */
export class ChartTooltip {
  readonly #panel: HTMLElement
  readonly #onLeave: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #pointer: Spot | undefined

  /** `onLeave` is called when the pointer leaves the tooltip or did not reach it in time. */
  constructor(panel: HTMLElement, onLeave: () => void) {
    this.#panel = panel
    this.#onLeave = onLeave
    panel.addEventListener('pointerenter', () => clearTimeout(this.#timer))
    panel.addEventListener('pointerleave', () => this.leave())
  }

  get isOpen(): boolean {
    return this.#panel.matches(':popover-open')
  }

  /** Shows `content` beside a mark; `pointer` is where the pointer is, if one opened it. */
  show(content: TooltipContent, anchor: TooltipAnchor, pointer?: Spot): void {
    clearTimeout(this.#timer)
    this.#pointer = pointer
    this.#panel.replaceChildren(...renderContent(content))
    if (!this.isOpen) this.#panel.showPopover()
    const { width, height } = this.#panel.getBoundingClientRect()
    const { clientWidth, clientHeight } = document.documentElement
    const { x, y } = placeTooltip(anchor, { width, height }, { width: clientWidth, height: clientHeight })
    this.#panel.style.setProperty('left', `${Math.round(x)}px`)
    this.#panel.style.setProperty('top', `${Math.round(y)}px`)
  }

  /** Whether the pointer is on its way into the open tooltip, which then stays where it is. */
  isApproached(pointer: Spot): boolean {
    return (
      this.isOpen &&
      this.#pointer !== undefined &&
      isHeadingInto(this.#pointer, pointer, this.#panel.getBoundingClientRect())
    )
  }

  /** The pointer left the chart: close, unless it reaches the tooltip. */
  leave(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#onLeave, GRACE_MS)
  }

  hide(): void {
    clearTimeout(this.#timer)
    if (this.isOpen) this.#panel.hidePopover()
  }
}

function renderContent({ title, rows, note }: TooltipContent): HTMLElement[] {
  const parts: HTMLElement[] = []
  if (title) parts.push(element('div', 'tooltip-title', title))
  if (rows.length > 0) {
    const list = element('div', 'tooltip-rows')
    const changes = rows.some(({ change }) => change?.text)
    list.classList.toggle('changes', changes)
    for (const row of rows) list.append(...renderRow(row, changes))
    parts.push(list)
  }
  if (note) parts.push(element('div', 'tooltip-note', note))
  return parts
}

function renderRow({ color, shape, name, value, change, active }: TooltipRow, changes: boolean): HTMLElement[] {
  const swatch = element('span', `swatch ${shape}`)
  swatch.style.setProperty('--_swatch', color)
  const cells = [swatch, element('span', 'tooltip-name', name), element('span', 'tooltip-value', value)]
  if (changes) {
    const text = change?.text ? `${ARROWS[change.direction]} ${change.text}`.trim() : ''
    const tone = change?.good === true ? 'good' : change?.good === false ? 'bad' : ''
    cells.push(element('span', `tooltip-change ${tone}`, text))
  }
  if (active) for (const cell of cells) cell.classList.add('active')
  return cells
}

function element(tag: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  if (text !== undefined) made.textContent = text
  return made
}
