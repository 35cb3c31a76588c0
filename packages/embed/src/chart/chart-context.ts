import type { ResultSet } from '@datainsight/core'
import type { Formatter } from '@datainsight/core/format'
import type { ChartTheme } from '../theme.ts'
import type { ChartMessages } from './chart-messages.ts'
import type { TextMeasure } from './text-width.ts'

/** The plot's box, CSS pixels. */
export interface ChartSize {
  readonly width: number
  readonly height: number
}

/** Everything besides spec and result that decides how a chart looks. */
export interface ChartContext {
  readonly theme: ChartTheme
  readonly formatter: Formatter
  readonly size: ChartSize
  /** The same query over the span before; drawn lighter where that stays readable, and always in the tooltip. */
  readonly comparison?: ResultSet | undefined
  /** Ids of series that the legend switched off. */
  readonly hidden?: ReadonlySet<string>
  /** English when absent. */
  readonly messages?: ChartMessages
  /** Width of a text in px; an estimate by kind of letter when absent, as in Node. */
  readonly measure?: TextMeasure
}
