import type { ChartSpec, Column } from '@datainsight/core'
import type { ChartTheme } from '../theme.ts'
import type { SwatchShape } from './compiled-chart.ts'
import type { Gathered, Series } from './gather-series.ts'
import { stackValues, toShares } from './stack-values.ts'

/** A series with everything that does not depend on the chart's size. */
export interface Layer {
  readonly series: Series
  readonly kind: 'bar' | 'line'
  readonly filled: boolean
  /** 0 is the first value axis, 1 the second. */
  readonly axis: 0 | 1
  readonly color: string
  readonly shape: SwatchShape
  /** What is drawn: the values, or their shares of each position's total. */
  readonly values: Float64Array
  /** Ends along the value axis; `from` is 0 unless stacked. */
  readonly from: Float64Array
  readonly to: Float64Array
  /** Column that formats the axis. */
  readonly column: Column
}

/** How layers are put together. */
export interface LayerStack {
  readonly layers: readonly Layer[]
  readonly stack: 'none' | 'stacked' | 'percent'
}

/** Column of shares 0…1. */
export const SHARE: Column = {
  name: 'share',
  kind: 'measure',
  type: 'number',
  title: '',
  format: 'percent',
  fractionDigits: 1,
}

/** Gives every visible series its axis, kind, colour and ends. */
export function toLayers(
  spec: ChartSpec,
  gathered: Gathered,
  theme: ChartTheme,
  hidden: ReadonlySet<string>,
): LayerStack {
  const stack = spec.stack ?? 'none'
  const visible = gathered.series.filter(({ id }) => !hidden.has(id))
  const axisOf = secondAxis(spec, gathered.series, stack)
  const bars = spec.type === 'column' || spec.type === 'bar'
  const drawn =
    stack === 'percent' ? toShares(visible.map(({ values }) => values)) : visible.map(({ values }) => values)
  const stacked = stack === 'none' ? undefined : stackValues(drawn)
  const layers = visible.map((series, at): Layer => {
    const values = drawn[at]!
    const axis = axisOf(series)
    const kind = bars && axis === 0 ? 'bar' : 'line'
    return {
      series,
      kind,
      filled: spec.type === 'area' && axis === 0,
      axis,
      color: seriesColor(series, theme),
      shape: kind === 'line' && spec.type !== 'area' ? 'line' : 'box',
      values,
      from: stacked ? stacked[at]!.from : new Float64Array(values.length),
      to: stacked ? stacked[at]!.to : values,
      column: stack === 'percent' ? SHARE : series.measure,
    }
  })
  return { layers, stack }
}

/** A series' colour; “Others” is grey, so that it does not pass for one of them. */
export function seriesColor(series: Series, theme: ChartTheme): string {
  return series.color < 0 ? theme.textDisabled : theme.palette[series.color % theme.palette.length]!
}

/** The axis of each series: the second for what the spec names, or for the second unit if the measures have two. */
function secondAxis(spec: ChartSpec, series: readonly Series[], stack: string): (series: Series) => 0 | 1 {
  if (spec.type === 'bar' || stack !== 'none') return () => 0
  if (spec.secondAxis) {
    const second = new Set(spec.secondAxis)
    const allSecond = series.every(({ measure }) => second.has(measure.name))
    return ({ measure }) => (second.has(measure.name) && !allSecond ? 1 : 0)
  }
  const units = [...new Set(series.map(({ measure }) => unitOf(measure)))]
  return ({ measure }) => (units.length === 2 && unitOf(measure) === units[1] ? 1 : 0)
}

function unitOf({ format, currency, unit }: Column): string {
  return [format === 'percent' || format === 'currency' ? format : '', currency, unit].join(' ')
}
