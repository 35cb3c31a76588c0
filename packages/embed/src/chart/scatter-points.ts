import type { ResultSet } from '@datainsight/core'
import type { ChartContext } from './chart-context.ts'
import { isCategory, type RoleColumn } from './chart-roles.ts'
import type { Box, ChartPoints, TooltipRow } from './compiled-chart.ts'
import { project } from './plot-layout.ts'
import { rowDatum } from './result-datum.ts'
import type { Cloud, ScatterFrame } from './scatter-plan.ts'

/** A pointer this near, px, means a point. */
const REACH = 24
const SIZE = 12

interface ScatterSource {
  readonly x: RoleColumn
  /** The column that shades the points, if a number does. */
  readonly color: RoleColumn | undefined
  readonly result: ResultSet
  readonly context: ChartContext
}

/** Where points are and what they say. The arrow keys visit them from left to right, whatever their colour. */
export function scatterPoints(
  clouds: readonly Cloud[],
  frame: ScatterFrame,
  { x, color, result, context }: ScatterSource,
): ChartPoints {
  const { formatter } = context
  const { plot } = frame
  const order: { cloud: Cloud; at: number }[] = clouds.flatMap((cloud) =>
    Array.from(cloud.xs.keys(), (at) => ({ cloud, at })),
  )
  order.sort((a, b) => a.cloud.xs[a.at]! - b.cloud.xs[b.at]!)
  const px = Float64Array.from(order, ({ cloud, at }) => plot.x + project(cloud.xs[at]!, frame.x, plot.width))
  const py = Float64Array.from(
    order,
    ({ cloud, at }) => plot.y + plot.height - project(cloud.ys[at]!, frame.y, plot.height),
  )

  const box = (position: number): Box => ({
    x: px[position]! - SIZE / 2,
    y: py[position]! - SIZE / 2,
    width: SIZE,
    height: SIZE,
  })
  const names = result.columns.flatMap((column, index) =>
    isCategory({ column }) && index !== x.index ? [{ column, index }] : [],
  )
  const titleOf = (row: number) =>
    names.map(({ column, index }) => formatter.value(column, result.data[index]?.[row] ?? null)).join(' · ')
  const rowsOf = (position: number): TooltipRow[] => {
    const { cloud, at } = order[position]!
    const row = cloud.rows[at]!
    return [cloud.y, x, ...(color ? [color] : [])].map(({ column, index }) => ({
      color: cloud.color,
      shape: 'box',
      name: formatter.title(column),
      value: formatter.value(column, result.data[index]?.[row] ?? null),
      change: undefined,
      active: false,
    }))
  }
  return {
    positions: order.length,
    series: 1,
    vertical: false,
    mark: ({ position }) => {
      const point = order[position]
      if (!point) return undefined
      const row = point.cloud.rows[point.at]!
      return {
        box: box(position),
        round: true,
        datum: rowDatum(result, row),
        members: [...names.map(({ column }) => column.name), x.column.name, point.cloud.y.column.name],
        spoken: [titleOf(row), ...rowsOf(position).map(({ name, value }) => `${name} ${value}`)]
          .filter(Boolean)
          .join(', '),
      }
    },
    tooltip: ({ position }) => {
      const point = order[position]
      return point
        ? { title: titleOf(point.cloud.rows[point.at]!), rows: rowsOf(position), note: undefined }
        : { title: '', rows: [], note: undefined }
    },
    highlights: ({ position }) => {
      const point = order[position]
      return point ? [{ kind: 'dot', box: box(position), color: point.cloud.color }] : []
    },
    find: (left, top) => {
      let best = -1
      let distance = REACH * REACH
      for (let at = 0; at < px.length; at++) {
        const away = (px[at]! - left) ** 2 + (py[at]! - top) ** 2
        if (away < distance) {
          distance = away
          best = at
        }
      }
      return best < 0 ? undefined : { position: best, series: 0 }
    },
  }
}
