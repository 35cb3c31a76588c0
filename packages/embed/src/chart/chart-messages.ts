import type { ChartType } from '@datainsight/core'

/** Every text a chart shows or speaks. Numbers and dates come formatted. */
export interface ChartMessages {
  /** What the plot is to assistive technology, instead of “application”. */
  readonly chart: string
  readonly kinds: Readonly<Record<ChartType, string>>
  /** What one mark of the type is called, one and many. */
  readonly marks: Readonly<Record<ChartType, readonly [one: string, many: string]>>
  /** `Column chart, flights by day, 181 bars, highest 12 Mar with 402`. */
  readonly summary: (kind: string, subject: string, size: string, highlight: string) => string
  readonly subject: (measures: string, dimension: string, series: string) => string
  readonly highest: (place: string, value: string) => string
  readonly series: (count: number) => string
  readonly others: string
  /** Shown when series were left out because their values may not be added up. */
  readonly topOnly: (shown: number, all: number) => string
  readonly previousPeriod: string
  readonly noValue: string
  readonly total: string
  readonly share: (text: string) => string
  readonly unfinished: string
  readonly keys: string
  readonly legend: string
  readonly rowsLeftOut: (shown: string, all: string) => string
}

/** English texts of charts. */
export const ENGLISH_CHART: ChartMessages = {
  chart: 'chart',
  kinds: {
    line: 'Line chart',
    area: 'Area chart',
    column: 'Column chart',
    bar: 'Bar chart',
    pie: 'Pie chart',
    donut: 'Donut chart',
    scatter: 'Scatter chart',
    heatmap: 'Heatmap',
    histogram: 'Histogram',
  },
  marks: {
    line: ['point', 'points'],
    area: ['point', 'points'],
    column: ['bar', 'bars'],
    bar: ['bar', 'bars'],
    pie: ['slice', 'slices'],
    donut: ['slice', 'slices'],
    scatter: ['point', 'points'],
    heatmap: ['cell', 'cells'],
    histogram: ['bin', 'bins'],
  },
  summary: (kind, subject, size, highlight) => [kind, subject, size, highlight].filter(Boolean).join(', '),
  subject: (measures, dimension, series) =>
    [measures, dimension && `by ${dimension}`, series && `and ${series}`].filter(Boolean).join(' '),
  highest: (place, value) => `highest ${place} with ${value}`,
  series: (count) => `${count} series`,
  others: 'Others',
  topOnly: (shown, all) => `Top ${shown} of ${all}`,
  previousPeriod: 'Previous period',
  noValue: 'no data',
  total: 'Total',
  share: (text) => `${text} of total`,
  unfinished: 'not complete yet',
  keys: 'Arrow keys move between values, Home and End jump, Enter selects, Escape closes.',
  legend: 'Series',
  rowsLeftOut: (shown, all) => `First ${shown} of ${all} rows`,
}
