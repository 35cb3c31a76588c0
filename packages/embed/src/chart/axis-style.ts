import type { ChartTheme } from '../theme.ts'
import type { TickedScale } from './plot-layout.ts'

/** Text of axes. */
export function labelStyle(theme: ChartTheme) {
  return { color: theme.label, fontSize: theme.labelSize, fontFamily: theme.fontFamily }
}

/** A value axis: labels and, if `grid`, hair-thin lines; no line or ticks of its own. */
export function valueAxis(
  scale: TickedScale,
  theme: ChartTheme,
  grid: boolean,
  extra: Readonly<Record<string, unknown>> = {},
) {
  const words = new Map(scale.ticks.map((tick, index) => [tick, scale.labels[index]!]))
  return {
    type: 'value',
    min: scale.min,
    max: scale.max,
    interval: scale.step,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      ...labelStyle(theme),
      margin: 8,
      formatter: (value: number) => words.get(Number(value.toPrecision(12))) ?? '',
    },
    splitLine: { show: grid, lineStyle: { color: theme.grid, width: 1 } },
    ...extra,
  }
}

/** A category axis that names `labels` only; the other positions have no text. */
export function categoryAxis(
  count: number,
  labels: readonly { readonly index: number; readonly text: string }[],
  theme: ChartTheme,
  extra: Readonly<Record<string, unknown>> = {},
) {
  const data = new Array<string>(count).fill('')
  for (const { index, text } of labels) data[index] = text
  return {
    type: 'category',
    data,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { ...labelStyle(theme), margin: 8, customValues: labels.map(({ index }) => index) },
    splitLine: { show: false },
    ...extra,
  }
}

/** The plot's box as ECharts' grid, taken as it is: labels were measured before. */
export function grid({ left, top, width, height }: { left: number; top: number; width: number; height: number }) {
  return { left, top, width, height, containLabel: false, outerBoundsMode: 'none' }
}
