import type { DateRange, DateRangeFilter } from '@datainsight/core'
import type { Formatter } from '@datainsight/core/format'
import type { Messages } from '../messages.ts'

/** First and last day, `YYYY-MM-DD`, both included. */
export interface DaySpan {
  readonly from: string
  readonly to: string
}

/** A range to choose with one press. */
export interface Preset {
  readonly title: string
  readonly range: DateRange
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Offered where the author names none. */
const RELATIVE_RANGES = [
  'today',
  'yesterday',
  'last 7 days',
  'last 28 days',
  'last 90 days',
  'this month',
  'last month',
  'this year',
] as const

/** The ranges a control offers. Data that ended in the past gets no words like "today", which would show nothing. */
export function presetsOf(control: DateRangeFilter, messages: Messages, today: string): readonly Preset[] {
  if (control.presets) return control.presets
  if (control.max !== undefined && control.max < today) {
    return control.min === undefined ? [] : [{ title: messages.filter.wholePeriod, range: [control.min, control.max] }]
  }
  return RELATIVE_RANGES.map((range) => ({ title: messages.filter.presetTitles[range] ?? capitalize(range), range }))
}

/** The first day of the month before that of `day`, not earlier than `min`. */
export function monthBefore(day: string, min?: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1)).toISOString().slice(0, 10)
  return min !== undefined && first < min ? min : first
}

/** The two days of a range written as dates; undefined for words, which only the server can place. */
export function toDaySpan(range: DateRange | undefined): DaySpan | undefined {
  if (range === undefined) return undefined
  const [from, to = from] = typeof range === 'string' ? [range] : range
  const days = { from: (from ?? '').slice(0, 10), to: (to ?? '').slice(0, 10) }
  return DAY.test(days.from) && DAY.test(days.to) ? days : undefined
}

/** How a range is named on its button: its preset's title, else its dates, else its words. */
export function rangeLabel(
  range: DateRange,
  presets: readonly Preset[],
  format: Formatter,
  messages: Messages,
): string {
  const preset = presets.find((candidate) => isSameRange(candidate.range, range))
  if (preset) return preset.title
  const days = toDaySpan(range)
  if (days) return format.range([`${days.from}T00:00:00.000`, `${days.to}T23:59:59.999`])
  const words = typeof range === 'string' ? range : range.join(' – ')
  return messages.filter.presetTitles[words] ?? capitalize(words)
}

/** Whether two ranges are written the same. */
export function isSameRange(first: DateRange | undefined, second: DateRange | undefined): boolean {
  return JSON.stringify(toList(first)) === JSON.stringify(toList(second))
}

/** Today's date where the viewer is, `YYYY-MM-DD`. */
export function localToday(now: Date): string {
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

function toList(range: DateRange | undefined): readonly string[] {
  return range === undefined ? [] : typeof range === 'string' ? [range] : range
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
