import type { ResultSet } from '@datainsight/core'
import { withAlpha } from '../palette/parse-color.ts'
import { across, along, boxOf, positionAt } from './cartesian-frame.ts'
import type { Layer } from './cartesian-layers.ts'
import { SHARE } from './cartesian-layers.ts'
import { type CartesianPicture, slotsOf } from './cartesian-option.ts'
import type { ChartContext } from './chart-context.ts'
import { type ChartMessages, ENGLISH_CHART } from './chart-messages.ts'
import type { Box, ChartPoints, Highlight, Place, TooltipRow } from './compiled-chart.ts'
import type { Gathered } from './gather-series.ts'
import { seriesDatum, seriesMembers } from './result-datum.ts'

/** Px around a point of a line that belong to it. */
const POINT_SIZE = 12

/** Where the marks of a cartesian chart are and what they say. */
export function cartesianPoints(
  picture: CartesianPicture,
  gathered: Gathered,
  result: ResultSet,
  context: ChartContext,
): ChartPoints {
  const { layers } = picture.stack
  const { frame } = picture.layout
  const { positions } = gathered
  const { formatter, theme } = context
  const messages = context.messages ?? ENGLISH_CHART
  const slots = slotsOf(picture)

  const boxAt = (layer: Layer, position: number): Box => {
    const to = across(frame, layer.axis, layer.to[position]!)
    if (layer.kind === 'line') {
      const middle = along(frame, position)
      return boxOf(frame, middle - POINT_SIZE / 2, middle + POINT_SIZE / 2, to - POINT_SIZE / 2, to + POINT_SIZE / 2)
    }
    const start = position * frame.band + slots.start(slots.of(layer))
    const scale = frame.scales[layer.axis] ?? frame.scales[0]
    const zero = across(frame, layer.axis, Math.min(scale.max, Math.max(scale.min, layer.from[position]!)))
    return boxOf(frame, start, start + slots.width, zero, to)
  }
  const has = (layer: Layer | undefined, position: number): layer is Layer =>
    layer !== undefined && !Number.isNaN(layer.values[position] ?? Number.NaN)
  const title = (position: number) =>
    positions.column
      ? formatter.value(positions.column, positions.cell(position))
      : layers[0]
        ? formatter.title(layers[0].series.measure)
        : ''

  return {
    positions: frame.count,
    series: layers.length,
    vertical: frame.horizontal,
    mark: ({ position, series }) => {
      const layer = layers[series]
      if (!has(layer, position)) return undefined
      return {
        box: boxAt(layer, position),
        round: layer.kind === 'line',
        datum: seriesDatum(result, positions, layer.series, position),
        members: seriesMembers(positions, layer.series),
        spoken: spoken(layer, position, title(position), layers.length > 1, picture, context, messages),
      }
    },
    tooltip: (place) => ({
      title: title(place.position),
      rows: tooltipRows(picture, place, context, messages),
      note: picture.unfinished && place.position === frame.count - 1 ? messages.unfinished : undefined,
    }),
    highlights: ({ position }) => {
      const marks: Highlight[] = []
      const middle = along(frame, position)
      if (layers.some(({ kind }) => kind === 'bar')) {
        marks.push({
          kind: 'band',
          box: boxOf(
            frame,
            position * frame.band,
            (position + 1) * frame.band,
            0,
            frame.horizontal ? frame.plot.width : frame.plot.height,
          ),
          color: withAlpha(theme.text, 0.05),
        })
      } else {
        marks.push({
          kind: 'line',
          box: boxOf(frame, Math.round(middle), Math.round(middle) + 1, 0, frame.plot.height),
          color: theme.axis,
        })
      }
      for (const layer of layers)
        if (layer.kind === 'line' && has(layer, position))
          marks.push({ kind: 'dot', box: boxAt(layer, position), color: layer.color })
      return marks
    },
    find: (x, y) => {
      const position = positionAt(frame, x, y)
      if (position === undefined) return undefined
      let best: Place | undefined
      let distance = Number.POSITIVE_INFINITY
      layers.forEach((layer, series) => {
        if (!has(layer, position)) return
        const away = distanceTo(boxAt(layer, position), x, y)
        if (away < distance) {
          distance = away
          best = { position, series }
        }
      })
      return best ?? { position, series: 0 }
    },
  }
}

/** Px from a point to the nearest edge of a box; negative inside, deeper for its middle. */
function distanceTo({ x, y, width, height }: Box, px: number, py: number): number {
  const dx = Math.abs(px - x - width / 2) - width / 2
  const dy = Math.abs(py - y - height / 2) - height / 2
  return dx > 0 || dy > 0 ? Math.hypot(Math.max(0, dx), Math.max(0, dy)) : Math.max(dx, dy)
}

function tooltipRows(
  { stack, previous }: CartesianPicture,
  place: Place,
  context: ChartContext,
  messages: ChartMessages,
): TooltipRow[] {
  const { formatter } = context
  const rows: TooltipRow[] = []
  stack.layers.forEach((layer, index) => {
    const value = layer.series.values[place.position]
    if (value === undefined || (Number.isNaN(value) && stack.layers.length > 4)) return
    const earlier = layer.series.previous?.[place.position]
    rows.push({
      color: layer.color,
      shape: layer.shape,
      name: layer.series.name,
      value: valueText(layer, place.position, stack.stack === 'percent', context),
      change:
        earlier === undefined || Number.isNaN(earlier) || Number.isNaN(value)
          ? undefined
          : formatter.change(value, earlier, layer.series.measure),
      active: stack.layers.length > 1 && index === place.series,
    })
    if (earlier !== undefined && stack.layers.length === 1) {
      rows.push({
        color: withAlpha(layer.color, previous ? 0.45 : 0.3),
        shape: 'dashed',
        name: messages.previousPeriod,
        value: formatter.value(layer.series.measure, Number.isNaN(earlier) ? null : earlier),
        change: undefined,
        active: false,
      })
    }
  })
  if (stack.stack === 'none') return rows
  // The top of a pile is listed first, as it is seen, and its height last.
  rows.reverse()
  const total = stack.layers.reduce((sum, { series }) => sum + (series.values[place.position] || 0), 0)
  if (stack.stack === 'stacked' && rows.length > 1) {
    const value = formatter.value(stack.layers[0]!.series.measure, total)
    rows.push({ color: 'transparent', shape: 'box', name: messages.total, value, change: undefined, active: false })
  }
  return rows
}

function valueText(layer: Layer, position: number, share: boolean, { formatter }: ChartContext): string {
  const value = layer.series.values[position]!
  const text = formatter.value(layer.series.measure, Number.isNaN(value) ? null : value)
  return share && !Number.isNaN(value) ? `${text} · ${formatter.value(SHARE, layer.values[position]!)}` : text
}

function spoken(
  layer: Layer,
  position: number,
  title: string,
  several: boolean,
  picture: CartesianPicture,
  context: ChartContext,
  messages: ChartMessages,
): string {
  const earlier = layer.series.previous?.[position]
  const change =
    earlier === undefined || Number.isNaN(earlier)
      ? ''
      : context.formatter.change(layer.series.values[position]!, earlier, layer.series.measure).text
  return [
    title,
    several ? layer.series.name : '',
    valueText(layer, position, picture.stack.stack === 'percent', context),
    change && `${change} (${messages.previousPeriod})`,
    picture.unfinished && position === picture.layout.frame.count - 1 ? messages.unfinished : '',
  ]
    .filter(Boolean)
    .join(', ')
}
