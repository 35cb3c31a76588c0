import type { ChartSpec, Column, ResultSet } from '@datainsight/core'
import { categoryAxis, grid, labelStyle, valueAxis } from './axis-style.ts'
import type { CartesianFrame } from './cartesian-frame.ts'
import type { ChartContext } from './chart-context.ts'
import { chartRoles, toNumber } from './chart-roles.ts'
import type { ChartPlan } from './compiled-chart.ts'
import { gatherSeries, isAdditive, NO_ROW, type Series } from './gather-series.ts'
import { histogramPoints } from './histogram-points.ts'
import { intervalsFor, roomyScale, scaleOf, tickScale } from './plot-layout.ts'
import { extent } from './stack-values.ts'
import { summarizeChart } from './summarize-chart.ts'
import { estimateWidth } from './text-width.ts'
import { toTable } from './to-table.ts'

/** More bins than this are not filled in. */
const MAX_BINS = 2_000

/** Bins in order without holes. */
export interface Bins {
  readonly column: Column
  readonly lows: readonly number[]
  readonly series: Series
}

/** Plans histograms of a binned column: bars without gaps, named at their edges; the open ends say so. */
export function planHistogram(spec: ChartSpec, result: ResultSet, context: Omit<ChartContext, 'size'>): ChartPlan {
  const { theme, formatter } = context
  const measure = context.measure ?? estimateWidth
  const gathered = gatherSeries(result, chartRoles(spec, result), { ...context, size: { width: 0, height: 0 } })
  const bins = readBins(gathered.positions, gathered.series[0])
  return {
    summary: summarizeChart(spec.type, gathered, context),
    table: toTable(result, formatter),
    note: undefined,
    empty: bins === undefined || bins.lows.length === 0,
    legend: () => ({ kind: 'none' }),
    draw: (size) => {
      const { lows, series } = bins!
      const top = Math.ceil(theme.labelSize / 2) + 2
      const bottom = theme.labelSize + 12
      const height = Math.max(1, size.height - top - bottom)
      const scale = roomyScale(intervalsFor(height), height, theme.labelSize + 6, (intervals) =>
        tickScale(
          scaleOf(extent([series.values]), series.measure, { intervals, fromZero: true }),
          series.measure,
          formatter,
          theme.labelSize,
          measure,
        ),
      )
      const left = scale.width + 8
      // The name of the open last bin may be wider than the bin.
      const lastWidth = measure(formatter.axis(bins!.column, lows[lows.length - 1]!), theme.labelSize)
      const right = Math.max(6, Math.ceil((lastWidth - (size.width - left) / lows.length) / 2) + 2)
      const width = Math.max(1, size.width - left - right)
      const frame: CartesianFrame = {
        plot: { x: left, y: top, width, height },
        horizontal: false,
        count: lows.length,
        band: width / lows.length,
        onBand: true,
        scales: [scale, undefined],
      }
      const color = theme.palette[0]!
      return {
        option: {
          animation: false,
          textStyle: { fontFamily: theme.fontFamily },
          grid: grid({ left, top, width, height }),
          dataset: { source: { position: Float64Array.from(lows.keys()), value: series.values } },
          xAxis: [
            categoryAxis(lows.length, [], theme, {
              axisLine: { show: true, lineStyle: { color: theme.axis, width: 1 } },
              axisLabel: { show: false },
            }),
            // Edges are one more than bins: an axis of their own carries the labels.
            {
              type: 'value',
              position: 'bottom',
              min: 0,
              max: lows.length,
              axisLine: { show: false },
              axisTick: { show: false },
              splitLine: { show: false },
              axisLabel: { ...labelStyle(theme), margin: 8, ...edgeLabels(bins!, frame, { ...context, size }) },
            },
          ],
          yAxis: [valueAxis(scale, theme, true)],
          series: [
            {
              type: 'bar',
              id: series.id,
              silent: true,
              emphasis: { disabled: true },
              barWidth: Math.max(1, frame.band - (frame.band >= 4 ? 1 : 0)),
              itemStyle: { color, borderRadius: frame.band >= 8 ? [theme.barRadius, theme.barRadius, 0, 0] : 0 },
              encode: { x: 'position', y: 'value' },
            },
          ],
        },
        parts: ['bar'],
        points: histogramPoints(bins!, frame, color, result, { ...context, size }),
      }
    },
  }
}

function readBins(
  positions: ReturnType<typeof gatherSeries>['positions'],
  series: Series | undefined,
): Bins | undefined {
  const { column } = positions
  if (!column || !series) return undefined
  const found = Array.from({ length: positions.count }, (_, at) => ({ at, low: toNumber(positions.cell(at)) }))
    .filter(({ low }) => !Number.isNaN(low))
    .sort((a, b) => a.low - b.low)
  const step =
    column.bin?.width ??
    found.slice(1).reduce((least, { low }, at) => Math.min(least, low - found[at]!.low), Number.POSITIVE_INFINITY)
  const first = found[0]?.low ?? 0
  const last = found.at(-1)?.low ?? -1
  const count = Number.isFinite(step) ? Math.round((last - first) / step) + 1 : found.length
  const full = found.length > 0 && count <= MAX_BINS && Number.isFinite(step)
  const lows = full
    ? Array.from({ length: count }, (_, at) => Number((first + at * step).toPrecision(12)))
    : found.map(({ low }) => low)
  // No row for a bin means that nothing fell into it: none for counts and sums, nothing to say for averages.
  const values = new Float64Array(lows.length).fill(isAdditive(series.measure) ? 0 : Number.NaN)
  const rows = new Int32Array(lows.length).fill(NO_ROW)
  found.forEach(({ at, low }, index) => {
    const bin = full ? Math.round((low - first) / step) : index
    values[bin] = series.values[at]!
    rows[bin] = series.rows[at]!
  })
  return { column, lows, series: { ...series, values, rows } }
}

/** Labels at the edges between bins, every n-th; the open first and last bin are named in their middle. */
function edgeLabels({ column, lows }: Bins, frame: CartesianFrame, context: ChartContext) {
  const { formatter, theme } = context
  const measure = context.measure ?? estimateWidth
  const { bin, ...plain } = column
  const taken: { from: number; to: number }[] = []
  const texts = new Map<number, string>()
  const place = (edge: number, text: string) => {
    const half = measure(text, theme.labelSize) / 2 + 6
    const middle = edge * frame.band
    const from = middle - half
    const to = middle + half
    if (from < -frame.plot.x || to > context.size.width - frame.plot.x + 8) return
    if (taken.some((other) => from < other.to && to > other.from)) return
    taken.push({ from, to })
    texts.set(edge, text)
  }
  const count = lows.length
  if (bin?.min !== undefined && lows[0]! <= bin.min) place(0.5, formatter.axis(column, lows[0]!))
  if (bin?.max !== undefined && lows[count - 1]! >= bin.max)
    place(count - 0.5, formatter.axis(column, lows[count - 1]!))
  const bare = { ...plain, unit: undefined }
  const every = roundStride(
    lows,
    frame.band,
    Math.max(24, ...lows.map((low) => measure(formatter.axis(bare, low), theme.labelSize))) + 16,
  )
  const start = lows.findIndex((low) => Math.abs(low / every.step - Math.round(low / every.step)) < 1e-6)
  for (let edge = Math.max(0, start); edge <= count; edge += every.bins) {
    const low = edge < count ? lows[edge]! : lows[count - 1]! + (bin?.width ?? 0)
    if (edge === count && (bin?.max !== undefined || !bin)) break
    place(edge, formatter.axis(bare, low))
  }
  return { customValues: [...texts.keys()], formatter: (value: number) => texts.get(value) ?? '' }
}

/** How many bins lie between two labels so that labels are round numbers and have `room` px each. */
function roundStride(lows: readonly number[], band: number, room: number): { bins: number; step: number } {
  const width = lows.length > 1 ? lows[1]! - lows[0]! : 1
  for (const bins of [1, 2, 4, 5, 10, 20, 25, 50, 100, 200, 500, 1_000]) {
    if (bins * band >= room) return { bins, step: bins * width }
  }
  return { bins: lows.length, step: lows.length * width }
}
