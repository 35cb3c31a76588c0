import type { ChartSpec } from '@datainsight/core'
import type { EChartsCoreOption } from 'echarts/core'
import type { ChartPart } from '../echarts/load-parts.ts'
import { withAlpha } from '../palette/parse-color.ts'
import { categoryAxis, grid, labelStyle, valueAxis } from './axis-style.ts'
import { type BarSlots, barSlots } from './bar-slots.ts'
import type { Layer, LayerStack } from './cartesian-layers.ts'
import type { CartesianLayout } from './cartesian-layout.ts'
import type { ChartContext } from './chart-context.ts'
import { endLabels } from './end-labels.ts'
import { estimateWidth, shortenText } from './text-width.ts'

/** Fewer points than this are shown as dots on their line. */
const MAX_SYMBOLS = 20
/** Opacity of what belongs to the span before. */
const PREVIOUS_ALPHA = 0.45
/** Opacity of a period that is not over. */
const UNFINISHED_ALPHA = 0.45

/** What {@link cartesianOption} paints. */
export interface CartesianPicture {
  readonly spec: ChartSpec
  readonly stack: LayerStack
  readonly layout: CartesianLayout
  /** Draw the comparison beside or behind each layer. */
  readonly previous: boolean
  /** The last position is a period that is not over. */
  readonly unfinished: boolean
}

/** Bars of one band: clusters of layers, each preceded by its comparison, or one pile. */
export function slotsOf({
  stack,
  layout,
  previous,
}: CartesianPicture): BarSlots & { readonly of: (layer: Layer) => number } {
  const bars = stack.layers.filter(({ kind }) => kind === 'bar')
  const each = previous ? 2 : 1
  const piled = stack.stack !== 'none'
  return {
    ...barSlots(layout.frame.band, piled ? 1 : bars.length * each),
    of: (layer) => (piled ? 0 : bars.indexOf(layer) * each + each - 1),
  }
}

/** The picture as ECharts' option, with what must be loaded for it. */
export function cartesianOption(
  picture: CartesianPicture,
  context: ChartContext,
): { option: EChartsCoreOption; parts: ChartPart[] } {
  const { spec, stack, layout, previous } = picture
  const { frame, labels } = layout
  const { theme } = context
  const bars = stack.layers.some(({ kind }) => kind === 'bar')
  const source: Record<string, Float64Array> = { position: Float64Array.from({ length: frame.count }, (_, at) => at) }
  const series: object[] = []
  stack.layers.forEach((layer, at) => {
    const earlier = previous ? layer.series.previous : undefined
    if (earlier) {
      source[`previous${at}`] = earlier
      series.push(previousSeries(layer, `previous${at}`, picture, context))
    }
    series.push(...layerSeries(layer, at, source, picture, context))
  })
  if (spec.target && series.length > 0)
    series[series.length - 1] = { ...series.at(-1), markLine: targetLine(picture, context) }

  const positions = categoryAxis(frame.count, labels, theme, {
    boundaryGap: frame.onBand,
    inverse: frame.horizontal,
    // The line bars stand on carries meaning: what is above it and what below.
    axisLine: { show: bars, onZero: true, lineStyle: { color: theme.axis, width: 1 } },
  })
  const values = frame.scales.flatMap((scale, index) =>
    scale
      ? [
          valueAxis(scale, theme, index === 0, {
            show: !layout.valued,
            position: frame.horizontal ? 'bottom' : index === 0 ? 'left' : 'right',
          }),
        ]
      : [],
  )
  return {
    option: {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily },
      title: layout.titled ? axisTitles(picture, context) : [],
      grid: grid({ left: frame.plot.x, top: frame.plot.y, width: frame.plot.width, height: frame.plot.height }),
      dataset: { source },
      xAxis: frame.horizontal ? values : [positions],
      yAxis: frame.horizontal ? [positions] : values,
      series,
    },
    parts: [
      ...(bars ? (['bar'] as const) : []),
      ...(stack.layers.some(({ kind }) => kind === 'line') ? (['line'] as const) : []),
      ...(spec.target ? (['mark-line'] as const) : []),
    ],
  }
}

function layerSeries(
  layer: Layer,
  at: number,
  source: Record<string, Float64Array>,
  picture: CartesianPicture,
  context: ChartContext,
): object[] {
  const { stack, layout, unfinished } = picture
  const last = layout.frame.count - 1
  const base = {
    ...common(layer, layer.series.id, picture),
    ...(stack.stack !== 'none' && { stack: 'all', stackStrategy: 'samesign' }),
    z: 3,
  }
  const key = `value${at}`
  source[key] = layer.values
  if (layer.kind === 'bar') {
    const color = unfinished
      ? ({ dataIndex }: { dataIndex: number }) =>
          dataIndex === last ? withAlpha(layer.color, UNFINISHED_ALPHA) : layer.color
      : layer.color
    return [
      {
        ...base,
        ...barStyle(color, picture, context),
        ...(layout.valued && { label: valueLabels(layer, context) }),
        encode: encode(key, layout),
      },
    ]
  }
  const lines = { ...base, ...lineStyle(layer, picture, context), encode: encode(key, layout) }
  if (!unfinished || last < 1 || stack.stack !== 'none') return [lines]
  // The last stretch is dashed: a series of its own from the last whole period to the unfinished one.
  source[key] = layer.values.map((value, index) => (index === last ? Number.NaN : value))
  source[`${key}open`] = layer.values.map((value, index) => (index >= last - 1 ? value : Number.NaN))
  return [
    lines,
    {
      ...common(layer, `${layer.series.id}:open`, picture),
      ...lineStyle(layer, picture, context),
      areaStyle: undefined,
      endLabel: undefined,
      lineStyle: { color: layer.color, width: context.theme.lineWidth, type: [3, 3] },
      encode: encode(`${key}open`, layout),
      z: 3,
    },
  ]
}

function previousSeries(layer: Layer, key: string, picture: CartesianPicture, context: ChartContext): object {
  const color = withAlpha(layer.color, PREVIOUS_ALPHA)
  const base = { ...common(layer, `${layer.series.id}:previous`, picture), encode: encode(key, picture.layout), z: 2 }
  if (layer.kind === 'line') {
    return {
      ...base,
      ...lineStyle(layer, picture, context),
      areaStyle: undefined,
      endLabel: undefined,
      showSymbol: false,
      lineStyle: { color, width: Math.max(1, context.theme.lineWidth - 0.5), type: [4, 4] },
    }
  }
  const style = barStyle(withAlpha(layer.color, 0.22), picture, context)
  return {
    ...base,
    ...style,
    itemStyle: { ...style.itemStyle, borderColor: color, borderWidth: 1, borderType: [3, 2] },
  }
}

function common(layer: Layer, id: string, { layout }: CartesianPicture) {
  return {
    type: layer.kind,
    id,
    name: layer.series.name,
    ...(layout.frame.horizontal ? { xAxisIndex: layer.axis } : { yAxisIndex: layer.axis }),
    silent: true,
    emphasis: { disabled: true },
  }
}

function encode(key: string, { frame }: CartesianLayout) {
  return frame.horizontal ? { x: key, y: 'position' } : { x: 'position', y: key }
}

function barStyle(color: unknown, picture: CartesianPicture, { theme }: ChartContext) {
  const slots = slotsOf(picture)
  const { frame } = picture.layout
  const radius = slots.width >= 6 && picture.stack.stack === 'none' ? theme.barRadius : 0
  const seams = picture.stack.stack !== 'none' && slots.width >= 6
  return {
    barWidth: slots.width,
    barGap: `${(slots.gap / slots.width) * 100}%`,
    itemStyle: {
      color,
      borderRadius: frame.horizontal ? [0, radius, radius, 0] : [radius, radius, 0, 0],
      ...(seams && { borderColor: theme.surface, borderWidth: 0.5 }),
    },
    ...(frame.count >= 2_000 && { large: true }),
  }
}

function lineStyle(layer: Layer, { spec, stack, layout }: CartesianPicture, context: ChartContext) {
  const { theme } = context
  const { frame } = layout
  const few = frame.count < MAX_SYMBOLS
  const lonely = few ? undefined : lonelyPoints(layer.values)
  const at = stack.layers.filter(({ kind }) => kind === 'line').indexOf(layer)
  return {
    symbol: 'circle',
    symbolSize: lonely ? (_: unknown, { dataIndex }: { dataIndex: number }) => (lonely.has(dataIndex) ? 5 : 0) : 6,
    showSymbol: few || lonely !== undefined,
    showAllSymbol: true,
    smooth: spec.smooth === true ? 0.35 : false,
    smoothMonotone: spec.smooth === true ? 'x' : undefined,
    connectNulls: false,
    ...(frame.count > frame.plot.width * 2 && { sampling: 'lttb' }),
    itemStyle: { color: layer.color },
    lineStyle: { color: layer.color, width: theme.lineWidth, join: 'round', cap: 'round' },
    ...(layer.filled && {
      areaStyle: {
        color: layer.color,
        opacity: stack.stack === 'none' ? theme.areaOpacity : Math.min(1, theme.areaOpacity * 4),
        origin: 0,
      },
    }),
    ...(layout.ends && { endLabel: endLabels(frame, stack.layers, layout.ends, theme)[at] }),
  }
}

/** Points with a gap on both sides: without a dot nobody would see them. Undefined when there are none, or too many to mark. */
function lonelyPoints(values: Float64Array): ReadonlySet<number> | undefined {
  const lonely = new Set<number>()
  values.forEach((value, at) => {
    if (
      !Number.isNaN(value) &&
      Number.isNaN(values[at - 1] ?? Number.NaN) &&
      Number.isNaN(values[at + 1] ?? Number.NaN)
    )
      lonely.add(at)
  })
  return lonely.size > 0 && values.length <= 2_000 ? lonely : undefined
}

function valueLabels(layer: Layer, { theme, formatter }: ChartContext) {
  return {
    show: true,
    position: 'right',
    distance: 6,
    ...labelStyle(theme),
    color: theme.text,
    formatter: ({ dataIndex }: { dataIndex: number }) =>
      formatter.compact(layer.column, layer.values[dataIndex] ?? null),
  }
}

function targetLine({ spec, layout }: CartesianPicture, { theme }: ChartContext) {
  const { value, label } = spec.target!
  const { horizontal } = layout.frame
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color: theme.textMuted, width: 1, type: [4, 3] },
    label: {
      // Down the page the line starts at the top, where there is room kept for its name.
      position: horizontal ? 'start' : layout.target === undefined ? 'insideEndTop' : 'end',
      distance: horizontal ? 4 : 6,
      formatter: () => layout.target ?? label,
      ...labelStyle(theme),
      color: theme.text,
      textBorderColor: theme.surface,
      textBorderWidth: 3,
    },
    data: [horizontal ? { xAxis: value } : { yAxis: value }],
  }
}

/** Two units, two axes: each says what it measures, in its series' colour when that is one. */
function axisTitles(
  { stack }: CartesianPicture,
  { theme, formatter, size, measure = estimateWidth }: ChartContext,
): object[] {
  return ([0, 1] as const).flatMap((axis) => {
    const own = stack.layers.filter((layer) => layer.axis === axis)
    if (own.length === 0) return []
    const names = [...new Set(own.map(({ series }) => formatter.title(series.measure)))]
    return [
      {
        text: `{mark|${own.some(({ kind }) => kind === 'bar') ? '■' : '●'}} ${shortenText(names.join(', '), size.width / 2 - 24, theme.labelSize, measure).replaceAll(/[{}|]/g, '')}`,
        top: 1,
        padding: 0,
        ...(axis === 0 ? { left: 0 } : { right: 0 }),
        textStyle: {
          ...labelStyle(theme),
          fontWeight: 'normal',
          lineHeight: theme.labelSize + 4,
          rich: { mark: { color: own.length === 1 ? own[0]!.color : theme.label, fontSize: theme.labelSize - 1 } },
        },
      },
    ]
  })
}
