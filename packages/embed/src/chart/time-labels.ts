import type { Granularity } from '@datainsight/core'
import type { Formatter } from '@datainsight/core/format'
import type { TextMeasure } from './text-width.ts'

/** A label of a category axis and the index it stands at. */
export interface AxisLabel {
  readonly index: number
  readonly text: string
}

/** What {@link timeLabels} needs. */
export interface TimeLabelOptions {
  /** Bucket starts, ascending, local time laid on UTC. */
  readonly starts: Float64Array
  readonly granularity: Granularity
  /** Width of the axis, px. */
  readonly width: number
  /** Middle of a bucket, px from the start of the axis. */
  readonly at: (index: number) => number
  readonly fontSize: number
  readonly measure: TextMeasure
  readonly dates: Formatter['dates']
}

/** A rhythm of labels: which buckets carry one and how it reads. */
interface Rhythm {
  /** Returns true at buckets that begin a beat. */
  readonly starts: (date: Date, previous: Date | undefined) => boolean
  readonly format: Intl.DateTimeFormatOptions
  /** Only for spans within one year. */
  readonly oneYear?: boolean
  /** Words for the first label and where the larger unit changes, if that fits everywhere. */
  readonly change?: { readonly format: Intl.DateTimeFormatOptions; readonly key: (date: Date) => number }
}

const DAY_MS = 86_400_000
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }
const WEEKDAY: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' }
const MONTH: Intl.DateTimeFormatOptions = { month: 'short', year: 'numeric' }
const MONTH_ONLY: Intl.DateTimeFormatOptions = { month: 'short' }
const YEAR: Intl.DateTimeFormatOptions = { year: 'numeric' }

const dayNumber = (date: Date) => Math.floor(date.getTime() / DAY_MS)
const monthNumber = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth()
const onDay = { format: DAY, key: dayNumber }
const onYear = { format: MONTH, key: (date: Date) => date.getUTCFullYear() }

const everySecond = (seconds: number): Rhythm => ({
  starts: (date) => Math.floor(date.getTime() / 1_000) % seconds === 0,
  format: { ...CLOCK, second: '2-digit' },
})
const everyMinute = (minutes: number): Rhythm => ({
  starts: (date, previous) =>
    Math.floor(date.getTime() / 60_000) % minutes === 0 &&
    (!previous || Math.floor(previous.getTime() / 60_000) !== Math.floor(date.getTime() / 60_000)),
  format: CLOCK,
  change: onDay,
})
const everyDays = (days: number, format = DAY): Rhythm => ({
  // Mondays for whole weeks: 5 January 1970 was one, day 4 of the epoch.
  starts: (date, previous) =>
    (dayNumber(date) - 4) % days === 0 && (!previous || dayNumber(previous) !== dayNumber(date)),
  format,
})
const everyMonths = (months: number): Rhythm => ({
  starts: (date, previous) =>
    monthNumber(date) % months === 0 &&
    (!previous ? date.getUTCDate() <= 7 : monthNumber(previous) !== monthNumber(date)),
  format: MONTH,
})
const everyMonthsShort = (months: number): Rhythm => ({ ...everyMonths(months), format: MONTH_ONLY, change: onYear })
/** Months of one year need no year to be told apart; the tooltip has it. */
const monthNames: Rhythm = { ...everyMonths(1), format: MONTH_ONLY, oneYear: true }
const everyYears = (years: number): Rhythm => ({
  starts: (date, previous) =>
    date.getUTCFullYear() % years === 0 && previous?.getUTCFullYear() !== date.getUTCFullYear(),
  format: YEAR,
})
const all = (format: Intl.DateTimeFormatOptions): Rhythm => ({ starts: () => true, format })
/** `1 Mar  2  3`: a day's number is enough once its month is named. */
const dayNumbers: Rhythm = { ...all({ day: 'numeric' }), change: { format: DAY, key: monthNumber } }

const SECONDS = [1, 5, 15, 30].map(everySecond)
const MINUTES = [1, 5, 15, 30].map(everyMinute)
const HOURS = [1, 2, 3, 6, 12].map((hours) => everyMinute(hours * 60))
const DAYS = [all(WEEKDAY), all(DAY), dayNumbers, everyDays(7, WEEKDAY), everyDays(7), everyDays(14)]
const YEARS = [1, 2, 5, 10, 20, 50, 100].map(everyYears)
const MONTHS = [
  everyMonths(1),
  everyMonthsShort(1),
  monthNames,
  everyMonths(3),
  everyMonthsShort(3),
  everyMonths(6),
  ...YEARS,
]
const CALENDAR = [everyDays(1), everyDays(7), everyDays(14), ...MONTHS]

const RHYTHMS: Readonly<Record<Granularity, readonly Rhythm[]>> = {
  second: [...SECONDS, ...MINUTES, ...HOURS, ...CALENDAR],
  minute: [...MINUTES, ...HOURS, ...CALENDAR],
  hour: [...HOURS, ...CALENDAR],
  day: [...DAYS, ...MONTHS],
  week: [all(DAY), ...MONTHS],
  month: MONTHS,
  quarter: [],
  year: YEARS,
}

/** Free space between two labels, px. */
const GAP = 16
/** The shortest label, `2`, and its gap. */
const MIN_PITCH = GAP + 6

/**
 * Chooses the labels of a time axis: the densest rhythm of the calendar (days, Mondays, months, quarters, years) whose
 * labels fit beside each other. Text follows the locale; the grain decides its form: `Mar 2001`, `Mon 5 Mar`, `14:00`.
 */
export function timeLabels(options: TimeLabelOptions): AxisLabel[] {
  const { starts, granularity } = options
  if (starts.length === 0) return []
  const dates = Array.from(starts, (start) => new Date(start))
  if (granularity === 'quarter') {
    const quarters = dates.map((date, index) => ({
      index,
      text: `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`,
    }))
    if (fits(quarters, options)) return quarters
  }
  const years = dates.at(-1)!.getUTCFullYear() - dates[0]!.getUTCFullYear()
  for (const rhythm of granularity === 'quarter' ? YEARS : RHYTHMS[granularity]) {
    if (rhythm.oneYear && years > 0) continue
    const labels = beat(dates, rhythm, options)
    if (labels && labels.length > 0 && (labels.length > 1 || dates.length < 3) && fits(labels, options)) return labels
  }
  return firstAndLast(dates, options)
}

/** Labels of a rhythm; undefined when there are too many to fit, found without making a single text. */
function beat(
  dates: readonly Date[],
  rhythm: Rhythm,
  { dates: form, width }: TimeLabelOptions,
): AxisLabel[] | undefined {
  const beats: number[] = []
  dates.forEach((date, index) => {
    if (rhythm.starts(date, dates[index - 1])) beats.push(index)
  })
  if (beats.length > width / MIN_PITCH) return undefined
  const plain = form(rhythm.format)
  let lastKey: number | undefined
  return beats.map((index) => {
    const date = dates[index]!
    const key = rhythm.change?.key(date)
    // A day's first hour names the day; the same for a year's first month.
    const named = rhythm.change && key !== lastKey && (lastKey !== undefined || rhythm.change !== onDay)
    lastKey = key
    return { index, text: (named ? form(rhythm.change!.format) : plain).format(date) }
  })
}

function fits(labels: readonly AxisLabel[], { at, fontSize, measure }: TimeLabelOptions): boolean {
  let end = Number.NEGATIVE_INFINITY
  for (const { index, text } of labels) {
    const half = measure(text, fontSize) / 2
    const middle = at(index)
    if (middle - half < end) return false
    end = middle + half + GAP
  }
  return true
}

/** Where no rhythm fits, the span still has a beginning and, if there is room, an end. */
function firstAndLast(dates: readonly Date[], options: TimeLabelOptions): AxisLabel[] {
  const last = dates.length - 1
  const format = options.dates(dates[last]!.getTime() - dates[0]!.getTime() > 300 * DAY_MS ? MONTH : DAY)
  const ends = [0, last].map((index) => ({ index, text: format.format(dates[index]!) }))
  return last > 0 && fits(ends, options) ? ends : ends.slice(0, 1)
}
