import type { ChartSpec } from '@datainsight/core'
import { along, type CartesianFrame } from './cartesian-frame.ts'
import type { Layer, LayerStack } from './cartesian-layers.ts'
import { categoryLabels, fitsBelow } from './category-labels.ts'
import type { ChartContext } from './chart-context.ts'
import { endLabelTexts } from './end-labels.ts'
import type { Gathered } from './gather-series.ts'
import { intervalsFor, roomyScale, scaleOf, type TickedScale, tickScale } from './plot-layout.ts'
import type { Positions } from './read-positions.ts'
import { extent } from './stack-values.ts'
import { estimateWidth, shortenText } from './text-width.ts'
import { type AxisLabel, timeLabels } from './time-labels.ts'

/** A frame with the words around it. */
export interface CartesianLayout {
  readonly frame: CartesianFrame
  readonly labels: readonly AxisLabel[]
  /** Names at the ends of lines; undefined when a legend names them. */
  readonly ends: readonly string[] | undefined
  /** Value axes carry a title each. */
  readonly titled: boolean
  /** Name of the target line where it has room beside or above the plot; undefined inside the plot. */
  readonly target: string | undefined
  /** Each bar carries its value, so the value axis is not drawn. */
  readonly valued: boolean
}

/** What the plan decided before the layout. */
export interface LayoutTraits {
  /** The comparison is drawn. */
  readonly previous: boolean
  /** Lines are named at their ends. */
  readonly ends: boolean
}

/** Space between an axis and its labels, px. */
const LABEL_GAP = 8
const TITLE_HEIGHT = 22
/** Longest list of bars that carry their values. */
const MAX_VALUED = 40
/** Narrower charts keep the name of the target line inside the plot. */
const MIN_MARGIN_WIDTH = 440

/** Finds room for axes, labels and names, and gives the rest to the plot. */
export function layoutCartesian(
  spec: ChartSpec,
  gathered: Gathered,
  stack: LayerStack,
  context: ChartContext,
  traits: LayoutTraits,
): CartesianLayout {
  const horizontal = spec.type === 'bar' || shouldTurn(gathered.positions, stack.layers, context)
  return horizontal
    ? layoutRows(spec, gathered, stack, context, traits)
    : layoutColumns(spec, gathered, stack, context, traits)
}

function layoutColumns(
  spec: ChartSpec,
  { positions }: Gathered,
  { layers }: LayerStack,
  context: ChartContext,
  traits: LayoutTraits,
): CartesianLayout {
  const { theme, size } = context
  const measure = context.measure ?? estimateWidth
  const bars = layers.some(({ kind }) => kind === 'bar')
  const titled = layers.some(({ axis }) => axis === 1)
  const named = positions.column !== undefined
  const top = titled ? TITLE_HEIGHT + 6 : Math.ceil(theme.labelSize / 2) + 2
  const bottom = named ? theme.labelSize + LABEL_GAP + 4 : LABEL_GAP
  const height = Math.max(1, size.height - top - bottom)
  const intervals = intervalsFor(height)
  const scales = valueScales(
    spec,
    layers,
    context,
    { intervals, length: height, least: theme.labelSize + 6 },
    traits.previous,
  )
  const ends = traits.ends ? endLabelTexts(layers, size.width, theme.labelSize, measure) : undefined
  const endWidth = ends ? Math.max(...ends.map((text) => measure(text, theme.labelSize))) + 28 : 0
  const target =
    spec.target && !ends && !scales[1] && size.width >= MIN_MARGIN_WIDTH
      ? shortenText(spec.target.label, size.width * 0.2, theme.labelSize, measure)
      : undefined
  const targetWidth = target ? measure(target, theme.labelSize) + 10 : 0

  const left = scales[0].width + LABEL_GAP
  let right = Math.ceil(Math.max(scales[1] ? scales[1].width + LABEL_GAP : 4, endWidth, targetWidth))
  const count = positions.count
  const onBand = bars || count === 1
  const lay = () => {
    const width = Math.max(1, size.width - left - right)
    const band = onBand ? width / Math.max(1, count) : width / Math.max(1, count - 1)
    const frame: CartesianFrame = {
      plot: { x: left, y: top, width, height },
      horizontal: false,
      count,
      band,
      onBand,
      scales,
    }
    return { frame, labels: named ? labelsBelow(positions, frame, context) : [] }
  }
  let laid = lay()
  const last = laid.labels.at(-1)
  if (last) {
    const over = left + along(laid.frame, last.index) + measure(last.text, theme.labelSize) / 2 - size.width
    if (over > 0 && over < 40) {
      right += Math.ceil(over) + 1
      laid = lay()
    }
  }
  return { ...laid, ends, titled, target, valued: false }
}

function layoutRows(
  spec: ChartSpec,
  { positions }: Gathered,
  { layers, stack }: LayerStack,
  context: ChartContext,
  traits: LayoutTraits,
): CartesianLayout {
  const { theme, size, formatter } = context
  const measure = context.measure ?? estimateWidth
  const count = positions.count
  const valued =
    layers.length === 1 &&
    stack === 'none' &&
    !traits.previous &&
    count <= MAX_VALUED &&
    spec.target === undefined &&
    size.height / Math.max(1, count) >= theme.labelSize + 2
  const loose = size.height / Math.max(1, count) - theme.labelSize - 2
  const top = spec.target
    ? theme.labelSize + 10
    : valued
      ? Math.max(0, Math.ceil(-loose / 2))
      : Math.max(4, Math.ceil(-loose / 2))
  const bottom = valued ? 0 : theme.labelSize + LABEL_GAP + 4
  const height = Math.max(1, size.height - top - bottom)
  const band = height / Math.max(1, count)
  const texts = Array.from({ length: count }, (_, at) => positionText(positions, at, context))
  const widest = Math.max(0, ...texts.map((text) => measure(text, theme.labelSize)))
  const room = Math.min(widest, size.width * 0.4, 220)
  const left = Math.ceil(room) + LABEL_GAP
  const every = Math.max(1, Math.ceil((theme.labelSize + 2) / band))
  const labels: AxisLabel[] = []
  for (let index = 0; index < count; index += every) {
    labels.push({ index, text: shortenText(texts[index]!, room + 0.5, theme.labelSize, measure) })
  }
  const values = valued ? [...layers[0]!.to].filter((value) => !Number.isNaN(value)) : []
  const widestValue = Math.max(
    0,
    ...values.map((value) => measure(formatter.compact(layers[0]!.column, value), theme.labelSize)),
  )
  let right = valued ? Math.ceil(widestValue) + LABEL_GAP + 2 : 4
  const across = size.width - left - right
  let scales = valueScales(
    spec,
    layers,
    context,
    { intervals: intervalsFor(across, 90), length: across, least: 64 },
    traits.previous,
  )
  if (valued) scales = [tightScale(scales[0], values), undefined]
  else right = Math.max(right, Math.ceil(measure(scales[0].labels.at(-1) ?? '', theme.labelSize) / 2) + 2)
  const plot = { x: left, y: top, width: Math.max(1, size.width - left - right), height }
  return {
    frame: { plot, horizontal: true, count, band, onBand: true, scales },
    labels,
    ends: undefined,
    titled: false,
    target: spec.target?.label,
    valued,
  }
}

/** Without an axis to read there is no need for round ends: the longest bar takes all the room. */
function tightScale(scale: TickedScale, values: readonly number[]): TickedScale {
  const max = Math.max(0, ...values)
  const min = Math.min(0, ...values)
  return max > min ? { ...scale, min, max, ticks: [min, max], step: max - min, labels: ['', ''] } : scale
}

function valueScales(
  spec: ChartSpec,
  layers: readonly Layer[],
  context: ChartContext,
  room: { readonly intervals: number; readonly length: number; readonly least: number },
  previous: boolean,
): [TickedScale, TickedScale | undefined] {
  const { theme, formatter } = context
  const measure = context.measure ?? estimateWidth
  const make = (axis: 0 | 1): TickedScale | undefined => {
    const own = layers.filter((layer) => layer.axis === axis)
    const column = own[0]?.column
    if (!column) return undefined
    const drawn = own.flatMap((layer) => [
      layer.to,
      ...(previous && layer.series.previous ? [layer.series.previous] : []),
    ])
    let [min, max] = extent(drawn)
    if (axis === 0 && spec.target) [min, max] = [Math.min(min, spec.target.value), Math.max(max, spec.target.value)]
    const fromZero = own.some(
      (layer) => layer.kind === 'bar' || layer.filled || spec.stack === 'stacked' || spec.stack === 'percent',
    )
    if (spec.stack === 'percent') [min, max] = [Math.min(0, min), 1]
    const both = layers.some((layer) => layer.axis !== axis)
    return roomyScale(room.intervals, room.length, room.least, (intervals) =>
      tickScale(
        scaleOf([min, max], column, { intervals, fromZero, exact: both }),
        column,
        formatter,
        theme.labelSize,
        measure,
      ),
    )
  }
  const second = make(1)
  const first = make(0) ?? second ?? tickScale({ min: 0, max: 1, step: 1 }, EMPTY, formatter, theme.labelSize, measure)
  return [first, second]
}

const EMPTY = { name: '', kind: 'measure', type: 'integer', title: '' } as const

/** Columns whose names cannot stand below them lie better on their side, if there is height for every name. */
function shouldTurn(positions: Positions, layers: readonly Layer[], context: ChartContext): boolean {
  const { column, count } = positions
  if (column?.type !== 'string' || layers.some(({ kind }) => kind === 'line') || layers.length === 0) return false
  const measure = context.measure ?? estimateWidth
  const band = (context.size.width - 48) / count
  const widest = Math.max(
    ...Array.from({ length: Math.min(count, 60) }, (_, at) =>
      measure(positionText(positions, at, context), context.theme.labelSize),
    ),
  )
  return !fitsBelow(band, widest) && context.size.height / count >= context.theme.labelSize + 6
}

function labelsBelow(positions: Positions, frame: CartesianFrame, context: ChartContext): AxisLabel[] {
  const { theme, formatter } = context
  const measure = context.measure ?? estimateWidth
  const { column, starts } = positions
  // Times that were not bucketed stand in order, each as its own category.
  if (column?.granularity && starts) {
    return timeLabels({
      starts,
      granularity: column.granularity,
      width: frame.plot.width,
      at: (index) => along(frame, index),
      fontSize: theme.labelSize,
      measure,
      dates: formatter.dates,
    })
  }
  return categoryLabels({
    count: positions.count,
    text: (index) => positionText(positions, index, context),
    band: frame.band,
    fontSize: theme.labelSize,
    measure,
    ordered: column?.type !== 'string' && column?.type !== 'boolean',
  })
}

/** A position in few words, for axes. */
export function positionText(
  positions: Positions,
  index: number,
  { formatter }: Pick<ChartContext, 'formatter'>,
): string {
  return positions.column ? formatter.axis(positions.column, positions.cell(index)) : ''
}
