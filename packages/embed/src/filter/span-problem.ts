import type { DateRangeFilter } from '@datainsight/core'
import type { Messages } from '../messages.ts'
import type { DaySpan } from './date-text.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What is wrong with the days a viewer wrote; undefined when nothing is. */
export function spanProblem(
  { from, to }: DaySpan,
  { min, max }: Pick<DateRangeFilter, 'min' | 'max'>,
  messages: Messages,
): { readonly field: 'from' | 'to'; readonly text: string } | undefined {
  const words = messages.filter
  for (const [field, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isDay(day)) return { field, text: words.badDate }
    if (min !== undefined && day < min) return { field, text: words.beforeMin(min) }
    if (max !== undefined && day > max) return { field, text: words.afterMax(max) }
  }
  return to < from ? { field: 'to', text: words.endBeforeStart } : undefined
}

/** Whether text is a day of the calendar; 30 February is none. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
