import type { Cell, ChartSpec, Column, ResultSet } from '@datainsight/core'
import { contrastRatio } from '../palette/contrast.ts'
import { toHex } from '../palette/parse-color.ts'
import { rampColor } from '../palette/ramp-color.ts'
import { categoryAxis, grid } from './axis-style.ts'
import { categoryLabels } from './category-labels.ts'
import type { ChartContext } from './chart-context.ts'
import { ENGLISH_CHART } from './chart-messages.ts'
import { chartRoles, toNumber } from './chart-roles.ts'
import type { Box, ChartPlan } from './compiled-chart.ts'
import { heatmapPoints } from './heatmap-points.ts'
import { type Positions, readPositions } from './read-positions.ts'
import { extent } from './stack-values.ts'
import { estimateWidth, shortenText } from './text-width.ts'
import { type AxisLabel, timeLabels } from './time-labels.ts'
import { toTable } from './to-table.ts'

/** Colours of the legend's scale. */
const LEGEND_STEPS = 7
/** Cells at least this large carry their value. */
const MIN_LABELLED = { width: 42, height: 22 }

/** One side of the matrix, in reading order. */
export interface MatrixSide {
  readonly column: Column
  readonly count: number
  readonly cell: (index: number) => Cell
  readonly positions: Positions
  /** Place of each of `positions` on this side. */
  readonly order: readonly number[]
}

/** The matrix: a value and a row of the result per cell, row after row. */
export interface Matrix {
  readonly x: MatrixSide
  readonly y: MatrixSide
  readonly measure: Column
  readonly values: Float64Array
  readonly rows: Int32Array
}

/** Plans heatmaps: one colour per cell from the theme's ramp, blank where there is no row. */
export function planHeatmap(spec: ChartSpec, result: ResultSet, context: Omit<ChartContext, 'size'>): ChartPlan {
  const { theme, formatter } = context
  const messages = context.messages ?? ENGLISH_CHART
  const matrix = readMatrix(spec, result)
  const [min, max] = matrix ? extent([matrix.values]) : [0, 0]
  const diverges = min < 0 && max > 0
  const reach = Math.max(-min, max)
  const stops = diverges ? theme.diverging : theme.sequential
  const [low, high] = diverges ? [-reach, reach] : [min, max]
  const colorOf = (value: number) => rampColor(stops, high > low ? (value - low) / (high - low) : 1)
  return {
    summary: matrix ? summarize(spec, matrix, context) : messages.kinds.heatmap,
    table: toTable(result, formatter),
    note: undefined,
    empty: matrix === undefined || matrix.values.every(Number.isNaN),
    legend: () =>
      spec.legend === 'none' || !matrix || min > max
        ? { kind: 'none' }
        : {
            kind: 'scale',
            colors: Array.from({ length: LEGEND_STEPS }, (_, at) => rampColor(stops, at / (LEGEND_STEPS - 1))),
            low: formatter.axis(matrix.measure, low),
            high: formatter.axis(matrix.measure, high),
            title: formatter.title(matrix.measure),
          },
    draw: (size) => {
      const sized = { ...context, size }
      const { plot, cell, xLabels, yLabels } = layoutMatrix(matrix!, sized)
      const colors = Array.from(matrix!.values, (value) => (Number.isNaN(value) ? theme.surface : colorOf(value)))
      const known = Array.from(matrix!.values.keys()).filter((at) => !Number.isNaN(matrix!.values[at]!))
      const gap = Math.min(cell.width, cell.height) >= 8 ? 2 : Math.min(cell.width, cell.height) >= 4 ? 1 : 0
      const labelled = cell.width >= MIN_LABELLED.width && cell.height >= MIN_LABELLED.height
      return {
        option: {
          animation: false,
          textStyle: { fontFamily: theme.fontFamily },
          grid: grid({ left: plot.x, top: plot.y, width: plot.width, height: plot.height }),
          dataset: {
            source: {
              x: Float64Array.from(known, (at) => at % matrix!.x.count),
              y: Float64Array.from(known, (at) => Math.floor(at / matrix!.x.count)),
            },
          },
          xAxis: [categoryAxis(matrix!.x.count, xLabels, theme)],
          yAxis: [categoryAxis(matrix!.y.count, yLabels, theme, { inverse: true })],
          series: [
            {
              // Squares of a scatter: ECharts' own heatmap insists on its visual map, which is four times the bytes.
              type: 'scatter',
              id: matrix!.measure.name,
              silent: true,
              emphasis: { disabled: true },
              symbol: 'rect',
              symbolSize: [Math.max(1, cell.width - gap), Math.max(1, cell.height - gap)],
              itemStyle: { color: ({ dataIndex }: { dataIndex: number }) => colors[known[dataIndex]!], opacity: 1 },
              ...(labelled && { label: cellLabels(matrix!, known, colors, sized) }),
              encode: { x: 'x', y: 'y' },
            },
          ],
        },
        parts: ['scatter'],
        points: heatmapPoints(matrix!, plot, cell, colors, result, sized),
      }
    },
  }
}

function readMatrix(spec: ChartSpec, result: ResultSet): Matrix | undefined {
  const roles = chartRoles(spec, result)
  const measure = roles.y[0]
  if (!roles.x || !roles.series || !measure) return undefined
  const x = readSide(roles.x.column, readPositions(result, roles.x))
  const y = readSide(roles.series.column, readPositions(result, roles.series))
  const values = new Float64Array(x.count * y.count).fill(Number.NaN)
  const rows = new Int32Array(x.count * y.count).fill(-1)
  const numbers = result.data[measure.index] ?? []
  numbers.forEach((number, row) => {
    const [left, top] = [x.order[x.positions.ofRow[row]!], y.order[y.positions.ofRow[row]!]]
    if (left === undefined || top === undefined) return
    values[top * x.count + left] = toNumber(number)
    rows[top * x.count + left] = row
  })
  return { x, y, measure: measure.column, values, rows }
}

/** Weekdays and hours are always whole weeks and days; other numbers ascend; texts keep the result's order. */
function readSide(column: Column, positions: Positions): MatrixSide {
  const known = Array.from({ length: positions.count }, (_, at) => positions.cell(at))
  const whole = column.format === 'weekday' ? [1, 7] : column.format === 'hour' ? [0, 23] : undefined
  let cells: Cell[] = known
  if (whole) {
    cells = Array.from({ length: whole[1]! - whole[0]! + 1 }, (_, at) => at + whole[0]!)
  } else if (column.type === 'integer' || column.type === 'number' || column.type === 'decimal') {
    cells = known.toSorted((a, b) => toNumber(a) - toNumber(b))
  }
  const index = new Map(cells.map((cell, at) => [whole ? String(cell) : cell, at]))
  return {
    column,
    count: cells.length,
    cell: (at) => cells[at] ?? null,
    positions,
    order: known.map((cell) => index.get(whole ? String(cell) : cell) ?? -1),
  }
}

function layoutMatrix(matrix: Matrix, context: ChartContext) {
  const { theme, formatter, size } = context
  const measure = context.measure ?? estimateWidth
  const rowTexts = Array.from({ length: matrix.y.count }, (_, at) => formatter.axis(matrix.y.column, matrix.y.cell(at)))
  const room = Math.min(Math.max(0, ...rowTexts.map((text) => measure(text, theme.labelSize))), size.width * 0.35)
  const left = Math.ceil(room) + 8
  const bottom = theme.labelSize + 12
  // Cells of whole pixels have crisp edges; what is left over stays free on the right and below.
  const whole = (length: number) => (length >= 3 ? Math.floor(length) : length)
  const cell = {
    width: whole(Math.max(1, size.width - left - 4) / matrix.x.count),
    height: whole(Math.max(1, size.height - bottom - 4) / matrix.y.count),
  }
  const plot: Box = { x: left, y: 4, width: cell.width * matrix.x.count, height: cell.height * matrix.y.count }
  const every = Math.max(1, Math.ceil((theme.labelSize + 2) / cell.height))
  const yLabels: AxisLabel[] = []
  for (let index = 0; index < matrix.y.count; index += every) {
    yLabels.push({ index, text: shortenText(rowTexts[index]!, room + 0.5, theme.labelSize, measure) })
  }
  return { plot, cell, xLabels: sideLabels(matrix.x, cell.width, plot.width, context), yLabels }
}

function sideLabels(
  { column, count, cell, positions }: MatrixSide,
  band: number,
  width: number,
  context: ChartContext,
): AxisLabel[] {
  const { theme, formatter } = context
  const measure = context.measure ?? estimateWidth
  const common = { fontSize: theme.labelSize, measure }
  if (positions.starts && column.granularity) {
    return timeLabels({
      ...common,
      starts: positions.starts,
      granularity: column.granularity,
      width,
      at: (index) => (index + 0.5) * band,
      dates: formatter.dates,
    })
  }
  return categoryLabels({
    ...common,
    count,
    text: (index) => formatter.axis(column, cell(index)),
    band,
    ordered: column.type !== 'string',
  })
}

function cellLabels(
  matrix: Matrix,
  known: readonly number[],
  colors: readonly string[],
  { theme, formatter }: ChartContext,
) {
  const rich = {
    text: { color: theme.text, fontSize: theme.labelSize },
    inverse: { color: theme.surface, fontSize: theme.labelSize },
  }
  return {
    show: true,
    position: 'inside',
    fontFamily: theme.fontFamily,
    rich,
    formatter: ({ dataIndex }: { dataIndex: number }) => {
      const at = known[dataIndex]!
      const ground = colors[at]!
      const name =
        contrastRatio(toHex(theme.text), ground) >= contrastRatio(toHex(theme.surface), ground) ? 'text' : 'inverse'
      return `{${name}|${formatter.axis(matrix.measure, matrix.values[at]!)}}`
    },
  }
}

function summarize(
  spec: ChartSpec,
  matrix: Matrix,
  { formatter, messages = ENGLISH_CHART }: Omit<ChartContext, 'size'>,
): string {
  const lower = (column: Column) => formatter.title(column).toLocaleLowerCase(formatter.locale)
  let best = -1
  matrix.values.forEach((value, at) => {
    if (!Number.isNaN(value) && (best < 0 || value > matrix.values[best]!)) best = at
  })
  const place = `${formatter.axis(matrix.y.column, matrix.y.cell(Math.floor(best / matrix.x.count)))} ${formatter.axis(matrix.x.column, matrix.x.cell(best % matrix.x.count))}`
  return messages.summary(
    messages.kinds[spec.type],
    messages.subject(lower(matrix.measure), lower(matrix.y.column), lower(matrix.x.column)),
    `${formatter.count(matrix.values.length)} ${messages.marks.heatmap[1]}`,
    best < 0 ? '' : messages.highest(place, formatter.value(matrix.measure, matrix.values[best]!)),
  )
}
