import type { ChartSpec, ResultSet } from '@datainsight/core'
import { planCartesian } from './cartesian-plan.ts'
import type { ChartContext } from './chart-context.ts'
import type { ChartPlan, CompiledChart } from './compiled-chart.ts'
import { planHeatmap } from './heatmap-plan.ts'
import { planHistogram } from './histogram-plan.ts'
import { planPie } from './pie-plan.ts'
import { planScatter } from './scatter-plan.ts'

type Planner = (spec: ChartSpec, result: ResultSet, context: Omit<ChartContext, 'size'>) => ChartPlan

const PLANNERS: Readonly<Record<ChartSpec['type'], Planner>> = {
  line: planCartesian,
  area: planCartesian,
  column: planCartesian,
  bar: planCartesian,
  pie: planPie,
  donut: planPie,
  scatter: planScatter,
  heatmap: planHeatmap,
  histogram: planHistogram,
}

/** Reads a result for a chart: everything that does not depend on its size. Pure; `draw` of the plan is too. */
export function planChart(spec: ChartSpec, result: ResultSet, context: Omit<ChartContext, 'size'>): ChartPlan {
  return PLANNERS[spec.type](spec, result, context)
}

/**
 * Makes a chart of a result: ECharts' option, where its marks are, and its text alternatives. Pure: the same arguments
 * give the same chart, in a browser and in Node.
 * An empty result gives an empty option; ask {@link planChart} for `empty` to say so instead.
 */
export function compileChart(spec: ChartSpec, result: ResultSet, context: ChartContext): CompiledChart {
  const plan = planChart(spec, result, context)
  const { summary, table, note } = plan
  const drawn = plan.empty ? NOTHING : plan.draw(context.size)
  return { ...drawn, summary, table, note, legend: plan.legend(context.size.width) }
}

const NOTHING = {
  option: { animation: false },
  parts: [],
  points: {
    positions: 0,
    series: 0,
    vertical: false,
    mark: () => undefined,
    tooltip: () => ({ title: '', rows: [], note: undefined }),
    highlights: () => [],
    find: () => undefined,
  },
} as const
