import type { Box } from './compiled-chart.ts'
import type { TickedScale } from './plot-layout.ts'
import { project } from './plot-layout.ts'

/** The plot's box and its axes in px: the one place that knows where a value is, for painting, pointing and focus. */
export interface CartesianFrame {
  readonly plot: Box
  /** The main axis runs down the page. */
  readonly horizontal: boolean
  readonly count: number
  readonly band: number
  /** Marks stand in the middle of bands, not on their edges. */
  readonly onBand: boolean
  readonly scales: readonly [TickedScale, TickedScale | undefined]
}

/** Px of a position along the main axis, from the start of the plot. */
export function along(frame: Pick<CartesianFrame, 'band' | 'onBand'>, position: number): number {
  return (position + (frame.onBand ? 0.5 : 0)) * frame.band
}

/** The position nearest to a pixel of the chart; undefined outside the plot. */
export function positionAt(frame: CartesianFrame, x: number, y: number): number | undefined {
  const { plot } = frame
  const slack = 8
  if (x < plot.x - slack || x > plot.x + plot.width + slack || y < plot.y - slack || y > plot.y + plot.height + slack)
    return undefined
  const distance = frame.horizontal ? y - plot.y : x - plot.x
  const position = frame.onBand ? Math.floor(distance / frame.band) : Math.round(distance / frame.band)
  return frame.count === 0 ? undefined : Math.min(frame.count - 1, Math.max(0, position))
}

/** Px of a value along the value axis, from its low end. */
export function across(frame: CartesianFrame, axis: 0 | 1, value: number): number {
  const scale = frame.scales[axis] ?? frame.scales[0]
  return project(value, scale, frame.horizontal ? frame.plot.width : frame.plot.height)
}

/** The box between two places along the main axis and two along the value axis, all px. */
export function boxOf(frame: CartesianFrame, along0: number, along1: number, across0: number, across1: number): Box {
  const { plot, horizontal } = frame
  const [low, high] = [Math.min(across0, across1), Math.max(across0, across1)]
  return horizontal
    ? { x: plot.x + low, y: plot.y + along0, width: high - low, height: along1 - along0 }
    : { x: plot.x + along0, y: plot.y + plot.height - high, width: along1 - along0, height: high - low }
}
