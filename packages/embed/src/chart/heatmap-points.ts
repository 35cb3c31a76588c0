import type { ResultSet } from '@datainsight/core'
import type { ChartContext } from './chart-context.ts'
import { ENGLISH_CHART } from './chart-messages.ts'
import type { Box, ChartPoints, Place } from './compiled-chart.ts'
import type { Matrix } from './heatmap-plan.ts'
import { rowDatum } from './result-datum.ts'

/** Where cells are and what they say. */
export function heatmapPoints(
  matrix: Matrix,
  plot: Box,
  cell: { readonly width: number; readonly height: number },
  colors: readonly string[],
  result: ResultSet,
  { formatter, theme, messages = ENGLISH_CHART }: ChartContext,
): ChartPoints {
  const at = ({ position, series }: Place) => series * matrix.x.count + position
  const box = ({ position, series }: Place): Box => ({
    x: plot.x + position * cell.width,
    y: plot.y + series * cell.height,
    ...cell,
  })
  const title = ({ position, series }: Place) =>
    `${formatter.value(matrix.y.column, matrix.y.cell(series))} · ${formatter.value(matrix.x.column, matrix.x.cell(position))}`
  const text = (place: Place) => {
    const value = matrix.values[at(place)]
    return value === undefined || Number.isNaN(value) ? messages.noValue : formatter.value(matrix.measure, value)
  }
  return {
    positions: matrix.x.count,
    series: matrix.y.count,
    vertical: false,
    mark: (place) => {
      const row = matrix.rows[at(place)] ?? -1
      if (row < 0) return undefined
      return {
        box: box(place),
        round: false,
        datum: rowDatum(result, row),
        members: [matrix.x.column.name, matrix.y.column.name, matrix.measure.name],
        spoken: `${title(place)}, ${text(place)}`,
      }
    },
    tooltip: (place) => ({
      title: title(place),
      rows: [
        {
          color: colors[at(place)] ?? theme.surface,
          shape: 'box',
          name: formatter.title(matrix.measure),
          value: text(place),
          change: undefined,
          active: false,
        },
      ],
      note: undefined,
    }),
    highlights: (place) => [{ kind: 'ring', box: box(place), color: theme.text }],
    find: (x, y) => {
      const position = Math.floor((x - plot.x) / cell.width)
      const series = Math.floor((y - plot.y) / cell.height)
      return position >= 0 && position < matrix.x.count && series >= 0 && series < matrix.y.count
        ? { position, series }
        : undefined
    },
  }
}
