import type { ChartSpec, ResultSet } from '@datainsight/core'
import { SHARE } from './cartesian-layers.ts'
import type { ChartContext } from './chart-context.ts'
import { ENGLISH_CHART } from './chart-messages.ts'
import { chartRoles } from './chart-roles.ts'
import type { ChartPlan } from './compiled-chart.ts'
import { gatherSeries, isAdditive, MAX_SERIES, SEVERAL_ROWS, type Series } from './gather-series.ts'
import { piePoints } from './pie-points.ts'
import { summarizeChart } from './summarize-chart.ts'
import { estimateWidth } from './text-width.ts'
import { toTable } from './to-table.ts'

/** One slice; angles in radians, clockwise from the top. */
export interface Slice {
  readonly id: string
  readonly name: string
  readonly value: number
  readonly share: number
  readonly previous: number | undefined
  readonly color: string
  /** Position in the series, −1 for “Others”. */
  readonly position: number
  readonly start: number
  readonly end: number
}

/** Plans pie and donut charts: the largest slice first, at most twelve. */
export function planPie(spec: ChartSpec, result: ResultSet, context: Omit<ChartContext, 'size'>): ChartPlan {
  const { theme, formatter } = context
  const messages = context.messages ?? ENGLISH_CHART
  const hidden = context.hidden ?? new Set()
  const gathered = gatherSeries(result, chartRoles(spec, result), { ...context, size: { width: 0, height: 0 } })
  const series = gathered.series[0]
  const measure = series?.measure
  const ranked = series ? rank(series) : []
  const folds = ranked.length > MAX_SERIES && measure !== undefined && isAdditive(measure)
  const kept = ranked.slice(0, folds ? MAX_SERIES - 1 : MAX_SERIES)
  const rest = ranked.slice(kept.length)

  const raw = kept.map((position, at) => ({
    id: String(gathered.positions.cell(position)),
    name: gathered.positions.column
      ? formatter.value(gathered.positions.column, gathered.positions.cell(position))
      : '',
    value: series!.values[position]!,
    previous: series!.previous?.[position],
    color: theme.palette[at % theme.palette.length]!,
    position,
  }))
  if (folds) {
    const sum = (values: Float64Array | undefined) => values && rest.reduce((total, at) => total + (values[at] || 0), 0)
    raw.push({
      id: '*others',
      name: messages.others,
      value: sum(series!.values)!,
      previous: sum(series!.previous),
      color: theme.textDisabled,
      position: SEVERAL_ROWS,
    })
  }
  const visible = raw.filter(({ id }) => !hidden.has(id))
  const total = visible.reduce((sum, { value }) => sum + value, 0)
  let angle = 0
  const slices: Slice[] = visible.map((slice) => {
    const start = angle
    angle += (slice.value / total) * 2 * Math.PI
    return { ...slice, share: slice.value / total, start, end: angle }
  })
  const shares = new Map(slices.map(({ id, share }) => [id, formatter.value(SHARE, share)]))

  return {
    summary: summarizeChart(spec.type, gathered, context),
    table: toTable(result, formatter),
    note: !folds && rest.length > 0 ? messages.topOnly(kept.length, ranked.length) : undefined,
    empty: ranked.length === 0,
    legend: () =>
      spec.legend === 'none' || raw.length === 0
        ? { kind: 'none' }
        : {
            kind: 'series',
            side: true,
            items: raw.map(({ id, name, color }) => ({
              id,
              name,
              color,
              shape: 'box',
              hidden: hidden.has(id),
              value: shares.get(id),
            })),
          },
    draw: (size) => {
      const outer = Math.max(8, Math.min(size.width, size.height) / 2 - 4)
      const shape = { x: size.width / 2, y: size.height / 2, outer, inner: spec.type === 'donut' ? outer * 0.64 : 0 }
      return {
        option: {
          animation: false,
          textStyle: { fontFamily: theme.fontFamily },
          title:
            spec.type === 'donut' && measure && isAdditive(measure) && shape.inner >= 36
              ? centre(shape, formatter.compact(measure, total), messages.total, context)
              : [],
          series: [
            {
              type: 'pie',
              id: measure?.name,
              center: [shape.x, shape.y],
              radius: [shape.inner, shape.outer],
              startAngle: 90,
              clockwise: true,
              silent: true,
              emphasis: { disabled: true },
              label: { show: false },
              labelLine: { show: false },
              itemStyle: { borderColor: theme.surface, borderWidth: slices.length > 1 ? 1.5 : 0 },
              data: slices.map(({ id, name, value, color }) => ({ id, name, value, itemStyle: { color } })),
            },
          ],
        },
        parts: ['pie'],
        points: piePoints(slices, shape, { result, gathered, series, context: { ...context, size } }),
      }
    },
  }
}

/** Positions with a value above zero, largest first. */
function rank({ values }: Series): number[] {
  return Array.from(values.keys())
    .filter((at) => values[at]! > 0)
    .sort((a, b) => values[b]! - values[a]!)
}

function centre(
  shape: { x: number; y: number; inner: number },
  text: string,
  label: string,
  { theme, measure }: Omit<ChartContext, 'size'>,
): object {
  const wanted = Math.min(28, shape.inner * 0.42)
  const width = (measure ?? estimateWidth)(text, wanted, 600)
  const fontSize = Math.floor(Math.min(wanted, (wanted * shape.inner * 1.5) / width))
  return {
    text,
    subtext: label,
    left: shape.x,
    top: shape.y - (fontSize + theme.labelSize + 4) / 2,
    textAlign: 'center',
    padding: 0,
    itemGap: 4,
    textStyle: { color: theme.text, fontSize, fontWeight: 600, fontFamily: theme.fontFamily, lineHeight: fontSize },
    subtextStyle: {
      color: theme.label,
      fontSize: theme.labelSize,
      fontFamily: theme.fontFamily,
      lineHeight: theme.labelSize,
    },
  }
}
