import type { ChartSpec, ResultSet } from '@datainsight/core'
import { withAlpha } from '../palette/parse-color.ts'
import { type LayerStack, seriesColor, toLayers } from './cartesian-layers.ts'
import { layoutCartesian } from './cartesian-layout.ts'
import { type CartesianPicture, cartesianOption } from './cartesian-option.ts'
import { cartesianPoints } from './cartesian-points.ts'
import type { ChartContext } from './chart-context.ts'
import { ENGLISH_CHART } from './chart-messages.ts'
import { chartRoles } from './chart-roles.ts'
import type { ChartLegend, ChartPlan } from './compiled-chart.ts'
import { hasEndLabels } from './end-labels.ts'
import { type Gathered, gatherSeries } from './gather-series.ts'
import { summarizeChart } from './summarize-chart.ts'
import { toTable } from './to-table.ts'
import { isUnfinished } from './unfinished-period.ts'

/** With more series than this the comparison would hide what it is compared with; the tooltip still tells. */
const MAX_COMPARED = 2

/** Plans line, area, column and bar charts. */
export function planCartesian(spec: ChartSpec, result: ResultSet, context: Omit<ChartContext, 'size'>): ChartPlan {
  const messages = context.messages ?? ENGLISH_CHART
  const roles = chartRoles(spec, result)
  const gathered = gatherSeries(result, roles, { ...context, size: { width: 0, height: 0 } })
  const hidden = context.hidden ?? new Set()
  const stack = toLayers(spec, gathered, context.theme, hidden)
  const { starts, column, count } = gathered.positions
  const unfinished =
    starts !== undefined &&
    column?.granularity !== undefined &&
    count > 1 &&
    isUnfinished(result, starts[count - 1]!, column.granularity)
  const compared =
    stack.stack === 'none' && gathered.series.length <= MAX_COMPARED && gathered.series.some(({ previous }) => previous)
  // With a series switched off there must be buttons to switch it on again.
  const named = (width: number) =>
    !compared && stack.layers.length === gathered.series.length && hasEndLabels(stack.layers, width)
  return {
    summary: summarizeChart(spec.type, gathered, context),
    table: toTable(result, context.formatter),
    note: gathered.leftOut ? messages.topOnly(gathered.series.length, gathered.allSeries) : undefined,
    empty: gathered.positions.count === 0 || gathered.series.length === 0,
    legend: (width) => (named(width) ? { kind: 'none' } : cartesianLegend(spec, gathered, stack, compared, context)),
    draw: (size) => {
      const sized = { ...context, size }
      const dense = stack.layers.some(({ kind }) => kind === 'bar') && size.width / Math.max(1, count) < 12
      const previous = compared && !dense && !hidden.has(PREVIOUS_ID)
      const picture: CartesianPicture = {
        spec,
        stack,
        layout: layoutCartesian(spec, gathered, stack, sized, { previous, ends: named(size.width) }),
        previous,
        unfinished,
      }
      return { ...cartesianOption(picture, sized), points: cartesianPoints(picture, gathered, result, sized) }
    },
  }
}

function cartesianLegend(
  spec: ChartSpec,
  gathered: Gathered,
  stack: LayerStack,
  compared: boolean,
  context: Omit<ChartContext, 'size'>,
): ChartLegend {
  const { theme, hidden } = context
  const { series } = gathered
  if (spec.legend === 'none' || (series.length < 2 && !compared)) return { kind: 'none' }
  // One series on each axis: the titles of the axes name both.
  if (
    series.length === 2 &&
    !compared &&
    stack.layers.length === 2 &&
    stack.layers[0]!.axis !== stack.layers[1]!.axis
  ) {
    return { kind: 'none' }
  }
  const shapes = new Map(stack.layers.map((layer) => [layer.series.id, layer.shape]))
  const items = series.map((one) => ({
    id: one.id,
    name: one.name,
    color: seriesColor(one, theme),
    shape: shapes.get(one.id) ?? ('box' as const),
    hidden: hidden?.has(one.id) === true,
    value: undefined,
  }))
  const messages = context.messages ?? ENGLISH_CHART
  const earlier = compared
    ? [
        {
          id: PREVIOUS_ID,
          name: messages.previousPeriod,
          color: withAlpha(seriesColor(series[0]!, theme), 0.6),
          shape: 'dashed' as const,
          hidden: hidden?.has(PREVIOUS_ID) === true,
          value: undefined,
        },
      ]
    : []
  return { kind: 'series', items: [...items, ...earlier], side: false }
}

/** Id of the legend's button that switches the comparison. */
const PREVIOUS_ID = '*previous'
