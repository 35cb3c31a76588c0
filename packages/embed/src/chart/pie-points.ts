import type { ResultSet } from '@datainsight/core'
import { SHARE } from './cartesian-layers.ts'
import type { ChartContext } from './chart-context.ts'
import { ENGLISH_CHART } from './chart-messages.ts'
import type { Box, ChartPoints, TooltipRow } from './compiled-chart.ts'
import type { Gathered, Series } from './gather-series.ts'
import type { Slice } from './pie-plan.ts'
import { seriesDatum, seriesMembers } from './result-datum.ts'

/** A ring or disc, px. */
export interface PieShape {
  readonly x: number
  readonly y: number
  readonly outer: number
  readonly inner: number
}

interface PieSource {
  readonly result: ResultSet
  readonly gathered: Gathered
  readonly series: Series | undefined
  readonly context: ChartContext
}

/** Where slices are and what they say. */
export function piePoints(
  slices: readonly Slice[],
  shape: PieShape,
  { result, gathered, series, context }: PieSource,
): ChartPoints {
  const { formatter } = context
  const messages = context.messages ?? ENGLISH_CHART
  const share = (slice: Slice) => messages.share(formatter.value(SHARE, slice.share))
  const value = (slice: Slice) => formatter.value(series!.measure, slice.value)
  const change = (slice: Slice) =>
    slice.previous === undefined || Number.isNaN(slice.previous)
      ? undefined
      : formatter.change(slice.value, slice.previous, series!.measure)
  return {
    positions: slices.length,
    series: 1,
    vertical: false,
    mark: ({ position }) => {
      const slice = slices[position]
      if (!slice || !series) return undefined
      return {
        box: middleOf(slice, shape),
        round: true,
        datum:
          slice.position >= 0
            ? seriesDatum(result, gathered.positions, series, slice.position)
            : { [series.measure.name]: slice.value },
        members: slice.position >= 0 ? seriesMembers(gathered.positions, series) : [series.measure.name],
        spoken: [slice.name, value(slice), share(slice), change(slice)?.text].filter(Boolean).join(', '),
      }
    },
    tooltip: ({ position }) => {
      const slice = slices[position]
      if (!slice || !series) return { title: '', rows: [], note: undefined }
      const row: TooltipRow = {
        color: slice.color,
        shape: 'box',
        name: formatter.title(series.measure),
        value: value(slice),
        change: change(slice),
        active: false,
      }
      return { title: slice.name, rows: [row], note: share(slice) }
    },
    highlights: ({ position }) => {
      const slice = slices[position]
      return slice ? [{ kind: 'dot', box: middleOf(slice, shape), color: slice.color }] : []
    },
    find: (x, y) => {
      const [dx, dy] = [x - shape.x, y - shape.y]
      const distance = Math.hypot(dx, dy)
      if (distance > shape.outer + 4 || distance < shape.inner - 4) return undefined
      const angle = (Math.atan2(dx, -dy) + 2 * Math.PI) % (2 * Math.PI)
      const position = slices.findIndex(({ start, end }) => angle >= start && angle < end)
      return position < 0 ? undefined : { position, series: 0 }
    },
  }
}

/** A spot in the middle of a slice, as large as fits. */
function middleOf({ start, end }: Slice, { x, y, outer, inner }: PieShape): Box {
  const radius = inner > 0 ? (inner + outer) / 2 : outer * 0.62
  const whole = end - start > Math.PI * 1.99
  const middle = (start + end) / 2
  const size = Math.min(20, Math.max(8, (end - start) * radius * 0.6), inner > 0 ? (outer - inner) * 0.7 : 20)
  const reach = whole && inner === 0 ? 0 : radius
  return {
    x: x + Math.sin(middle) * reach - size / 2,
    y: y - Math.cos(middle) * reach - size / 2,
    width: size,
    height: size,
  }
}
