const MARGIN = 8
const GAP = 4

/** Which edge of the anchor the panel lines up with. */
export type PopoverAlign = 'start' | 'end'

/**
 * Puts an open popover below its anchor, or above where that shows more of it, inside the viewport. Sheets of phones keep the
 * place their styles give them (`--_sheet: 1`).
 */
export function placePopover(panel: HTMLElement, anchor: HTMLElement, align: PopoverAlign = 'start'): void {
  const style = getComputedStyle(panel)
  if (style.getPropertyValue('--_sheet').trim() === '1') {
    for (const name of ['left', 'top', 'max-height']) panel.style.removeProperty(name)
    return
  }
  panel.style.removeProperty('max-height')
  const from = anchor.getBoundingClientRect()
  const { clientWidth: viewWidth, clientHeight: viewHeight } = document.documentElement
  const { width, height } = panel.getBoundingClientRect()
  const isRtl = style.direction === 'rtl'
  const left = (align === 'start') === isRtl ? from.right - width : from.left
  const below = viewHeight - from.bottom - GAP - MARGIN
  const above = from.top - GAP - MARGIN
  const goesBelow = below >= height || below >= above
  const space = Math.max(120, goesBelow ? below : above)
  const shown = Math.min(height, space)
  panel.style.setProperty('left', `${Math.max(MARGIN, Math.min(left, viewWidth - width - MARGIN))}px`)
  panel.style.setProperty('top', `${goesBelow ? from.bottom + GAP : Math.max(MARGIN, from.top - GAP - shown)}px`)
  if (height > space) panel.style.setProperty('max-height', `${space}px`)
}

/** Keeps an open popover at its anchor while the page scrolls or changes size; the returned function stops it. */
export function followAnchor(panel: HTMLElement, anchor: HTMLElement, align: PopoverAlign = 'start'): () => void {
  let frame = 0
  const place = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      placePopover(panel, anchor, align)
    })
  }
  place()
  const onScroll = (event: Event) => {
    if (!event.composedPath().includes(panel)) place()
  }
  addEventListener('scroll', onScroll, { capture: true, passive: true })
  addEventListener('resize', place)
  const size = new ResizeObserver(place)
  size.observe(panel)
  return () => {
    cancelAnimationFrame(frame)
    removeEventListener('scroll', onScroll, { capture: true })
    removeEventListener('resize', place)
    size.disconnect()
  }
}
