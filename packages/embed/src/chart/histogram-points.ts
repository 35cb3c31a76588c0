import type { ResultSet } from '@datainsight/core'
import { withAlpha } from '../palette/parse-color.ts'
import { across, boxOf, type CartesianFrame, positionAt } from './cartesian-frame.ts'
import type { ChartContext } from './chart-context.ts'
import type { ChartPoints } from './compiled-chart.ts'
import type { Bins } from './histogram-plan.ts'
import { rowDatum } from './result-datum.ts'

/** Where bins are and what they say. */
export function histogramPoints(
  bins: Bins,
  frame: CartesianFrame,
  color: string,
  result: ResultSet,
  context: ChartContext,
): ChartPoints {
  const { formatter, theme } = context
  const { column, lows, series } = bins
  const title = (position: number) => formatter.value(column, lows[position]!)
  const text = (position: number) => {
    const value = series.values[position]!
    return formatter.value(series.measure, Number.isNaN(value) ? null : value)
  }
  return {
    positions: lows.length,
    series: 1,
    vertical: false,
    mark: ({ position }) => {
      const value = series.values[position]
      if (value === undefined || Number.isNaN(value)) return undefined
      const row = series.rows[position]!
      return {
        box: boxOf(
          frame,
          position * frame.band,
          (position + 1) * frame.band,
          across(frame, 0, 0),
          across(frame, 0, value),
        ),
        round: false,
        datum: row >= 0 ? rowDatum(result, row) : { [column.name]: lows[position]!, [series.measure.name]: value },
        members: [column.name, series.measure.name],
        spoken: `${title(position)}, ${text(position)}`,
      }
    },
    tooltip: ({ position }) => ({
      title: title(position),
      rows: [
        {
          color,
          shape: 'box',
          name: formatter.title(series.measure),
          value: text(position),
          change: undefined,
          active: false,
        },
      ],
      note: undefined,
    }),
    highlights: ({ position }) => [
      {
        kind: 'band',
        box: boxOf(frame, position * frame.band, (position + 1) * frame.band, 0, frame.plot.height),
        color: withAlpha(theme.text, 0.05),
      },
    ],
    find: (x, y) => {
      const position = positionAt(frame, x, y)
      return position === undefined ? undefined : { position, series: 0 }
    },
  }
}
