import { shortenText, type TextMeasure } from './text-width.ts'
import type { AxisLabel } from './time-labels.ts'

/** What {@link categoryLabels} needs. */
export interface CategoryLabelOptions {
  readonly count: number
  readonly text: (index: number) => string
  /** Px per category along the axis. */
  readonly band: number
  readonly fontSize: number
  readonly measure: TextMeasure
  /** Hours and numbers have an order that a reader continues by himself, so they are thinned before being cut. */
  readonly ordered: boolean
}

const GAP = 12
/** Narrower texts say nothing: about five letters. */
const MIN_WIDTH = 40

/** Labels below a category axis, never rotated: all of them, else shortened, else every n-th. */
export function categoryLabels({ count, text, band, fontSize, measure, ordered }: CategoryLabelOptions): AxisLabel[] {
  // Beyond one label per 8 px nothing can fit, so not every text is made to find that out.
  const stride = Math.max(1, Math.floor(count / Math.max(1, (count * band) / 8)))
  const samples = Array.from({ length: Math.ceil(count / stride) }, (_, at) => text(at * stride))
  const widest = samples.reduce((width, sample) => Math.max(width, measure(sample, fontSize)), 0)
  const wanted = ordered ? widest : Math.min(widest, MIN_WIDTH)
  const every = niceStride((wanted + GAP) / band)
  const room = every * band - GAP / 2
  const labels: AxisLabel[] = []
  for (let index = 0; index < count; index += every) {
    labels.push({ index, text: ordered ? text(index) : shortenText(text(index), room, fontSize, measure) })
  }
  return labels
}

/** Strides people count in. */
function niceStride(least: number): number {
  if (least <= 1) return 1
  for (let power = 1; ; power *= 10)
    for (const factor of [2, 3, 4, 5, 6, 10]) if (factor * power >= least) return factor * power
}

/** Whether names up to `widest` px stay readable below columns `band` px apart: whole, or cut by a third at most. */
export function fitsBelow(band: number, widest: number): boolean {
  return widest * 0.65 + GAP / 2 <= band
}
