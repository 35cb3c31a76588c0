import type { Cell, Column } from '../schema/result.ts'
import { type Change, formatChange } from './format-change.ts'
import { formatNumber, isNumeric, type Precision } from './format-number.ts'
import { formatBucket, formatInstant, formatRange, type TimeStyle } from './format-time.ts'
import { createIntlCache, type DateText, type FormatShortcuts, type IntlCache } from './intl-cache.ts'

/** Shown for null: nothing is known, which is neither 0 nor an empty text. */
export const NO_VALUE = '–'

/** Settings of {@link createFormatter}; the runtime's own when absent. */
export interface FormatterOptions {
  /** BCP 47 language tag. */
  readonly locale?: string | undefined
  /** IANA zone that raw times are shown in; bucketed times are local already. */
  readonly timezone?: string | undefined
  /** Spares a page its first Intl object where they speak its language, such as `americanEnglish`. */
  readonly shortcuts?: FormatShortcuts | undefined
}

/** Turns cells into the text people read, by what the column says of itself. */
export interface Formatter {
  readonly locale: string | undefined
  readonly timezone: string | undefined
  /** Full precision with unit: tooltips and tables. */
  value(column: Column, cell: Cell): string
  /** At most three significant digits: axes and labels. `largest` is the largest magnitude on the same axis. */
  axis(column: Column, cell: Cell, largest?: number): string
  /** Whole up to six digits, shortened beyond: headlines. */
  compact(column: Column, cell: Cell): string
  /** The move from `previous` to `current`. */
  change(current: Cell | undefined, previous: Cell | undefined, column: Column): Change
  /** A span of local times, both ends inclusive. */
  range(range: readonly [string, string]): string
  /** The column's heading. */
  title(column: Column): string
  /** A plain count, such as a number of rows. */
  count(value: number): string
  /** A format for local times laid on UTC, such as the labels of a time axis. */
  dates(options: Intl.DateTimeFormatOptions): Pick<DateText, 'format'>
}

/** Makes a formatter; it keeps its Intl objects, so share one per locale and zone. */
export function createFormatter(options: FormatterOptions = {}): Formatter {
  const intl = createIntlCache(options.locale, options.shortcuts)
  const cell = (column: Column, value: Cell, precision: Precision, largest?: number) =>
    formatCell(intl, options.timezone, column, value, precision, largest)
  return {
    locale: options.locale,
    timezone: options.timezone,
    value: (column, value) => cell(column, value, 'full'),
    axis: (column, value, largest) => cell(column, value, 'axis', largest),
    compact: (column, value) => cell(column, value, 'compact'),
    change: (current, previous, column) => formatChange(intl, current, previous, column),
    range: (range) => formatRange(intl, range),
    title: (column) => column.title,
    count: (value) => intl.number({ maximumFractionDigits: 0 }).format(value),
    dates: (form) => intl.date({ ...form, timeZone: 'UTC' }),
  }
}

function formatCell(
  intl: IntlCache,
  timezone: string | undefined,
  column: Column,
  cell: Cell,
  precision: Precision,
  largest?: number,
): string {
  if (cell === null) return NO_VALUE
  if (column.bin && isNumeric(column, cell)) return formatBin(intl, column, Number(cell), precision)
  if (isNumeric(column, cell)) {
    if (column.format === 'weekday') return formatWeekday(intl, Number(cell), precision)
    if (column.format === 'hour') return formatHour(intl, Number(cell))
    return formatNumber(intl, column, cell, precision, largest)
  }
  if (column.type === 'time' && typeof cell === 'string') {
    const style: TimeStyle = precision === 'axis' ? 'short' : 'full'
    return column.granularity
      ? formatBucket(intl, cell, column.granularity, style)
      : formatInstant(intl, cell, timezone)
  }
  return String(cell)
}

/** 1 January 2001 was a Monday: day 1 … 7 of that month are Monday … Sunday. */
function formatWeekday(intl: IntlCache, weekday: number, precision: Precision): string {
  const style = precision === 'full' ? 'long' : 'short'
  return intl.date({ weekday: style, timeZone: 'UTC' }).format(new Date(Date.UTC(2001, 0, weekday)))
}

function formatHour(intl: IntlCache, hour: number): string {
  return intl
    .date({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })
    .format(new Date(Date.UTC(2001, 0, 1, hour)))
}

/** The first and the last bin are open: everything below, everything above. */
function formatBin(intl: IntlCache, column: Column, lower: number, precision: Precision): string {
  const { bin, ...plain } = column
  const width = bin?.width ?? 0
  const bare: Column = { ...plain, unit: undefined }
  const upper = formatNumber(intl, plain, lower + width, precision)
  if (bin?.max !== undefined && lower >= bin.max) return `≥ ${formatNumber(intl, plain, lower, precision)}`
  if (bin?.min !== undefined && lower <= bin.min) return `< ${upper}`
  return `${formatNumber(intl, bare, lower, precision)} – ${upper}`
}
