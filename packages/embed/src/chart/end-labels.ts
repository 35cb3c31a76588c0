import type { ChartTheme } from '../theme.ts'
import { across, type CartesianFrame } from './cartesian-frame.ts'
import type { Layer } from './cartesian-layers.ts'
import { spreadLabels } from './spread-labels.ts'
import { shortenText, type TextMeasure } from './text-width.ts'

/** At most this many lines are named at their end instead of in a legend. */
export const MAX_END_LABELS = 4
/** Narrower charts need the room for the lines. */
const MIN_CHART_WIDTH = 480

/** Whether the series of a chart `width` px wide are named at the ends of their lines. */
export function hasEndLabels(layers: readonly Layer[], width: number): boolean {
  return (
    width >= MIN_CHART_WIDTH &&
    layers.length > 1 &&
    layers.length <= MAX_END_LABELS &&
    layers.every(({ kind, axis }) => kind === 'line' && axis === 0)
  )
}

/** Names cut to what the right margin may take. */
export function endLabelTexts(
  layers: readonly Layer[],
  width: number,
  fontSize: number,
  measure: TextMeasure,
): string[] {
  const room = Math.min(160, width * 0.24)
  return layers.map(({ series }) => shortenText(series.name, room, fontSize, measure))
}

/** ECharts' `endLabel` of each line, moved up or down until no two touch. */
export function endLabels(
  frame: CartesianFrame,
  layers: readonly Layer[],
  texts: readonly string[],
  theme: ChartTheme,
) {
  const wanted = layers.map(({ to, values }) => {
    let last = values.length - 1
    while (last > 0 && Number.isNaN(values[last]!)) last--
    return frame.plot.height - across(frame, 0, to[last] ?? 0)
  })
  const placed = spreadLabels(wanted, theme.labelSize + 4, -8, frame.plot.height + 8)
  return texts.map((text, at) => ({
    show: true,
    distance: 0,
    offset: [8, placed[at]! - wanted[at]!],
    // Braces would be read as ECharts' own markup.
    formatter: `{mark|●} {name|${text.replaceAll(/[{}|]/g, '')}}`,
    rich: {
      mark: { color: layers[at]!.color, fontSize: theme.labelSize - 2 },
      name: { color: theme.text, fontSize: theme.labelSize, fontFamily: theme.fontFamily },
    },
  }))
}
