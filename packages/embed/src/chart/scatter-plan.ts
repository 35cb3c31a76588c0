import type { Cell, ChartSpec, Column, ResultSet } from '@datainsight/core'
import { rampColor } from '../palette/ramp-color.ts'
import type { ChartTheme } from '../theme.ts'
import { grid, labelStyle, valueAxis } from './axis-style.ts'
import type { ChartContext } from './chart-context.ts'
import { ENGLISH_CHART } from './chart-messages.ts'
import { chartRoles, type RoleColumn, toNumber } from './chart-roles.ts'
import type { Box, ChartLegend, ChartPlan } from './compiled-chart.ts'
import { MAX_SERIES } from './gather-series.ts'
import { intervalsFor, roomyScale, scaleOf, type TickedScale, tickScale } from './plot-layout.ts'
import { scatterPoints } from './scatter-points.ts'
import { extent } from './stack-values.ts'
import { estimateWidth, shortenText } from './text-width.ts'
import { toTable } from './to-table.ts'

/** From here on points are painted in one stroke. */
const LARGE_FROM = 2_000

/** The points of one colour: coordinates and the rows they come from. */
export interface Cloud {
  readonly id: string
  readonly name: string
  readonly color: string
  readonly y: RoleColumn
  readonly xs: Float64Array
  readonly ys: Float64Array
  readonly rows: Int32Array
}

/** A scatter's box and axes. */
export interface ScatterFrame {
  readonly plot: Box
  readonly x: TickedScale
  readonly y: TickedScale
}

/** Plans scatter charts: a point per row, coloured by a member or by a number. */
export function planScatter(spec: ChartSpec, result: ResultSet, context: Omit<ChartContext, 'size'>): ChartPlan {
  const { theme, formatter } = context
  const messages = context.messages ?? ENGLISH_CHART
  const measure = context.measure ?? estimateWidth
  const hidden = context.hidden ?? new Set()
  const { x, y, series, color } = chartRoles(spec, result)
  const groupBy = series ?? (color?.column.kind === 'dimension' && color.column.type !== 'integer' ? color : undefined)
  const { clouds, all } = x ? readClouds(result, x, y, groupBy, context) : { clouds: [], all: 0 }
  const shade = color && color !== groupBy ? Float64Array.from(result.data[color.index] ?? [], toNumber) : undefined
  const [low, high] = shade ? extent([shade]) : [0, 0]
  const visible = clouds.filter(({ id }) => !hidden.has(id))
  const count = clouds.reduce((sum, { xs }) => sum + xs.length, 0)

  const legend = (): ChartLegend => {
    if (spec.legend === 'none') return { kind: 'none' }
    if (shade && color && high > low) {
      const colors = Array.from({ length: 7 }, (_, at) => shadeOf(theme, at / 6))
      return {
        kind: 'scale',
        colors,
        low: formatter.axis(color.column, low),
        high: formatter.axis(color.column, high),
        title: formatter.title(color.column),
      }
    }
    if (clouds.length < 2) return { kind: 'none' }
    return {
      kind: 'series',
      side: false,
      items: clouds.map(({ id, name, color: fill }) => ({
        id,
        name,
        color: fill,
        shape: 'box',
        hidden: hidden.has(id),
        value: undefined,
      })),
    }
  }
  return {
    summary: messages.summary(
      messages.kinds.scatter,
      messages.subject(
        [...y.map(({ column }) => title(column, context))].join(', '),
        x ? title(x.column, context) : '',
        '',
      ),
      `${formatter.count(count)} ${messages.marks.scatter[count === 1 ? 0 : 1]}`,
      '',
    ),
    table: toTable(result, formatter),
    note: all > clouds.length ? messages.topOnly(clouds.length, all) : undefined,
    empty: count === 0,
    legend,
    draw: (size) => {
      const sized = { ...context, size }
      const frame = layoutScatter(visible.length > 0 ? visible : clouds, x!.column, sized, measure)
      const { plot } = frame
      const points = visible.reduce((sum, { xs }) => sum + xs.length, 0)
      const large = points >= LARGE_FROM && !shade
      const words = (column: Column) => shortenText(formatter.title(column), size.width - 8, theme.labelSize, measure)
      const names = { ...labelStyle(theme), fontWeight: 'normal', lineHeight: theme.labelSize + 4 }
      return {
        option: {
          animation: false,
          textStyle: { fontFamily: theme.fontFamily },
          title: [
            { text: words(y[0]!.column), left: 0, top: 1, padding: 0, textStyle: names },
            { text: words(x!.column), right: 4, bottom: 1, padding: 0, textStyle: names },
          ],
          grid: grid({ left: plot.x, top: plot.y, width: plot.width, height: plot.height }),
          dataset: visible.map(({ xs, ys }) => ({ source: { x: xs, y: ys } })),
          xAxis: [
            valueAxis(frame.x, theme, false, {
              axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis, width: 1 } },
            }),
          ],
          yAxis: [valueAxis(frame.y, theme, true)],
          series: visible.map((cloud, at) => ({
            type: 'scatter',
            id: cloud.id,
            datasetIndex: at,
            silent: true,
            emphasis: { disabled: true },
            symbol: 'circle',
            symbolSize: points < 100 ? 9 : points < LARGE_FROM ? 6 : 3,
            ...(large && { large: true, largeThreshold: 0 }),
            itemStyle: shade
              ? {
                  color: ({ dataIndex }: { dataIndex: number }) =>
                    shadeOf(theme, (shade[cloud.rows[dataIndex]!]! - low) / (high - low || 1)),
                  opacity: 0.9,
                }
              : { color: cloud.color, opacity: points < 100 ? 0.85 : points < LARGE_FROM ? 0.6 : 0.35 },
            encode: { x: 'x', y: 'y' },
          })),
        },
        parts: ['scatter'],
        points: scatterPoints(visible, frame, { x: x!, color: shade ? color : undefined, result, context: sized }),
      }
    },
  }
}

function readClouds(
  result: ResultSet,
  x: RoleColumn,
  y: readonly RoleColumn[],
  by: RoleColumn | undefined,
  { theme, formatter }: Omit<ChartContext, 'size'>,
) {
  const cells = by ? (result.data[by.index] ?? []) : undefined
  const rowsOf = new Map<Cell, number[]>()
  for (let row = 0; row < (result.data[x.index]?.length ?? 0); row++) {
    const group = cells ? (cells[row] ?? null) : null
    const rows = rowsOf.get(group)
    if (rows) rows.push(row)
    else rowsOf.set(group, [row])
  }
  // The fullest groups keep a colour each; points cannot be added up, so the others are left out.
  const groups = [...rowsOf].sort((a, b) => b[1].length - a[1].length)
  const kept = new Set(groups.slice(0, MAX_SERIES).map(([group]) => group))
  const clouds: Cloud[] = []
  for (const role of y) {
    for (const [group, members] of rowsOf) {
      if (!kept.has(group) || clouds.length >= MAX_SERIES) continue
      const drawn = members.filter(
        (row) =>
          !Number.isNaN(toNumber(result.data[x.index]?.[row])) &&
          !Number.isNaN(toNumber(result.data[role.index]?.[row])),
      )
      clouds.push({
        id: by ? `${role.column.name}:${String(group)}` : role.column.name,
        name: by ? formatter.value(by.column, group) : formatter.title(role.column),
        color: theme.palette[clouds.length % theme.palette.length]!,
        y: role,
        xs: Float64Array.from(drawn, (row) => toNumber(result.data[x.index]?.[row])),
        ys: Float64Array.from(drawn, (row) => toNumber(result.data[role.index]?.[row])),
        rows: Int32Array.from(drawn),
      })
    }
  }
  return { clouds, all: groups.length * y.length }
}

function layoutScatter(
  clouds: readonly Cloud[],
  xColumn: Column,
  context: ChartContext,
  measure: NonNullable<ChartContext['measure']>,
): ScatterFrame {
  const { theme, formatter, size } = context
  const top = theme.labelSize + 16
  const bottom = 2 * theme.labelSize + 20
  const height = Math.max(1, size.height - top - bottom)
  const scaled = (
    values: readonly Float64Array[],
    column: Column,
    length: number,
    perInterval: number,
    least: number,
  ) =>
    roomyScale(intervalsFor(length, perInterval), length, least, (intervals) =>
      tickScale(
        scaleOf(extent(values), column, { intervals, fromZero: false }),
        column,
        formatter,
        theme.labelSize,
        measure,
      ),
    )
  const y = scaled(
    clouds.map(({ ys }) => ys),
    clouds[0]!.y.column,
    height,
    52,
    theme.labelSize + 6,
  )
  const left = y.width + 8
  const x = scaled(
    clouds.map(({ xs }) => xs),
    xColumn,
    size.width - left,
    90,
    64,
  )
  const right = Math.ceil(measure(x.labels.at(-1) ?? '', theme.labelSize) / 2) + 2
  return { plot: { x: left, y: top, width: Math.max(1, size.width - left - right), height }, x, y }
}

/** A point's shade. The palest quarter of the ramp is for areas: a small point in it would be lost. */
function shadeOf(theme: ChartTheme, position: number): string {
  return rampColor(theme.sequential, 0.25 + 0.75 * position)
}

function title(column: Column, { formatter }: Omit<ChartContext, 'size'>): string {
  return formatter.title(column).toLocaleLowerCase(formatter.locale)
}
