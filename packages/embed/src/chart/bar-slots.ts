/** Bars beside each other in one band, px. */
export interface BarSlots {
  readonly width: number
  readonly gap: number
  /** Start of a slot, from the start of its band. */
  readonly start: (slot: number) => number
}

/** Share of a band that its bars take together. */
const FILL = 0.66
const MAX_WIDTH = 48

/** Divides a band among `slots` bars: a third of it stays free, and few bars do not become walls. */
export function barSlots(band: number, slots: number): BarSlots {
  const count = Math.max(1, slots)
  // Gaps finer than a pixel would only wash the colour out; a touch of overlap hides the seams.
  if (band < 3) return { width: band / count + 0.4, gap: 0, start: (slot) => (slot * band) / count - 0.2 }
  const room = band < 4 ? band - 1 : band * FILL
  const gap = count > 1 && room / count >= 6 ? 2 : 0
  const width = Math.min(MAX_WIDTH, Math.max(Math.min(1, band), (room - gap * (count - 1)) / count))
  // Whole pixels keep edges crisp where there are enough of them.
  const crisp = width >= 4 ? Math.floor(width) : width
  const start = (band - crisp * count - gap * (count - 1)) / 2
  return { width: crisp, gap, start: (slot) => start + slot * (crisp + gap) }
}
