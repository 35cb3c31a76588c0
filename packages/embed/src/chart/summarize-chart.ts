import type { ChartType } from '@datainsight/core'
import type { ChartContext } from './chart-context.ts'
import { ENGLISH_CHART } from './chart-messages.ts'
import type { Gathered } from './gather-series.ts'

/** The accessible name of a chart over positions: kind, subject, size and the highest value. */
export function summarizeChart(type: ChartType, gathered: Gathered, context: Omit<ChartContext, 'size'>): string {
  const messages = context.messages ?? ENGLISH_CHART
  const { formatter } = context
  const { positions, series } = gathered
  const measures = [
    ...new Set(series.map(({ measure }) => formatter.title(measure).toLocaleLowerCase(formatter.locale))),
  ]
  const split = series.length > 0 && series.some((one) => one.split !== undefined)
  const dimension = positions.column
    ? nameOfAxis(positions.column, formatter.title(positions.column), formatter.locale)
    : ''
  const [one, many] = messages.marks[type]
  const size = [
    `${formatter.count(positions.count)} ${positions.count === 1 ? one : many}`,
    series.length > 1 ? messages.series(series.length) : '',
  ]
  let best: { value: number; position: number; series: number } | undefined
  series.forEach(({ values }, at) => {
    values.forEach((value, position) => {
      if (!Number.isNaN(value) && (best === undefined || value > best.value)) best = { value, position, series: at }
    })
  })
  const top = best && series[best.series]!
  const place = best && positions.column ? formatter.axis(positions.column, positions.cell(best.position)) : ''
  const where = [place, split && top ? top.name : ''].filter(Boolean).join(' ')
  const highlight = best && top ? messages.highest(where, formatter.value(top.measure, best.value)) : ''
  return messages.summary(
    messages.kinds[type],
    messages.subject(measures.join(', '), dimension, ''),
    size.filter(Boolean).join(', '),
    highlight.replace('  ', ' '),
  )
}

function nameOfAxis(column: { granularity?: string | undefined }, title: string, locale: string | undefined): string {
  return column.granularity ?? title.toLocaleLowerCase(locale)
}
