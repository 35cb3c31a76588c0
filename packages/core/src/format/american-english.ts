import type { FormatShortcuts } from './intl-cache.ts'

/**
 * Numbers and dates of American English without Intl. The first Intl object of a page costs its main thread as much as a
 * sixth of an ECharts chart; most first charts need none of what it knows. Everything here equals Intl's own text, which a
 * property test holds it to; what is not certain to is left to Intl.
 */

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
const COMPACT_SUFFIXES = ['', 'K', 'M', 'B', 'T']
/** Beyond these the decimal text has an exponent, or the shift for rounding needs more digits than a double holds. */
const MIN_MAGNITUDE = 1e-6
const MAX_INTEGER = 1e15
const MAX_FRACTION = 1e9

/** For {@link FormatterOptions.shortcuts}: American English where the formatter's locale is that. */
export const americanEnglish: FormatShortcuts = Object.freeze({
  isFor: (locale: string) => locale === 'en-US' || locale === 'en',
  number: quickNumber,
  date: quickDate,
})

/** What `Intl.NumberFormat` would write; undefined for options that are not covered: styles, units and signs. */
function quickNumber(options: Intl.NumberFormatOptions): ((value: number) => string | undefined) | undefined {
  const { maximumSignificantDigits, notation, useGrouping, minimumFractionDigits = 0, ...rest } = options
  const { maximumFractionDigits = Math.max(3, minimumFractionDigits), ...other } = rest
  const covered =
    Object.keys(other).length === 0 &&
    (notation === undefined || (notation === 'compact' && maximumSignificantDigits !== undefined)) &&
    (useGrouping === undefined || useGrouping === false)
  if (!covered) return undefined
  return (value) => {
    const magnitude = Math.abs(value)
    const limit = Number.isInteger(value) ? MAX_INTEGER : MAX_FRACTION
    if (Object.is(value, -0) || !(magnitude < limit) || (magnitude !== 0 && magnitude < MIN_MAGNITUDE)) return undefined
    const text =
      maximumSignificantDigits === undefined
        ? fixed(magnitude, minimumFractionDigits, maximumFractionDigits)
        : significant(magnitude, maximumSignificantDigits, notation === 'compact')
    return (value < 0 ? '-' : '') + (useGrouping === false ? text : grouped(text))
  }
}

/** Rounds halves away from zero, as decimal text shows them: 1.005 is 1.01, whatever the double behind it is. */
function fixed(magnitude: number, minDigits: number, maxDigits: number): string {
  const exact = Number.isInteger(magnitude) ? magnitude : shifted(magnitude, maxDigits) / 10 ** maxDigits
  const text = exact.toFixed(maxDigits)
  if (minDigits === maxDigits) return text
  const [whole = '', fraction = ''] = text.split('.')
  const kept = fraction.replace(/0+$/, '').padEnd(minDigits, '0')
  return kept === '' ? whole : `${whole}.${kept}`
}

function significant(magnitude: number, digits: number, isCompact: boolean): string {
  if (magnitude === 0) return '0'
  const places = digits - 1 - exponentOf(magnitude)
  const rounded = places >= 0 ? Number(fixed(magnitude, 0, places)) : shifted(magnitude, places) * 10 ** -places
  if (!isCompact) return String(rounded)
  const group = Math.min(Math.max(0, Math.floor(exponentOf(rounded) / 3)), COMPACT_SUFFIXES.length - 1)
  return Number((rounded / 1_000 ** group).toPrecision(digits)) + COMPACT_SUFFIXES[group]!
}

/** By its digits: multiplied as a double, 326184340.26774347 seems to have a half behind its sixth place. */
function shifted(magnitude: number, places: number): number {
  const [whole = '', fraction = ''] = String(magnitude).split('.')
  const digits = whole + fraction.padEnd(places + 1, '0')
  const at = whole.length + places
  return +digits.slice(0, at) + +(digits[at]! > '4')
}

const exponentOf = (magnitude: number) => Number(magnitude.toExponential().split('e')[1])

const grouped = (text: string) => text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ','))

/** What `Intl.DateTimeFormat` would write; undefined for options that are not covered, zones other than UTC among them. */
function quickDate(options: Intl.DateTimeFormatOptions): ((date: Date) => string | undefined) | undefined {
  const { weekday, day, month, year, hour, minute, second, hourCycle, timeZone, ...other } = options
  const covered =
    timeZone === 'UTC' &&
    Object.keys(other).length === 0 &&
    [weekday].every((form) => form === undefined || form === 'short') &&
    [day, year].every((form) => form === undefined || form === 'numeric') &&
    [month].every((form) => form === undefined || form === 'short' || form === 'long') &&
    (hour === undefined
      ? minute === undefined && second === undefined
      : [hour, minute].every((form) => form === '2-digit') && (second === undefined || second === '2-digit')) &&
    (hourCycle === undefined || hourCycle === 'h23') &&
    // A day needs its month, and a year beside a day needs both, to read as Intl writes them.
    (day === undefined || month !== undefined || (weekday === undefined && year === undefined && hour === undefined)) &&
    (weekday === undefined || day !== undefined) &&
    // Intl joins a long month and a time by "at".
    (month !== 'long' || (hour === undefined && weekday === undefined)) &&
    (hour === undefined || day !== undefined || (month === undefined && year === undefined))
  if (!covered) return undefined
  return (date) => {
    const fullYear = date.getUTCFullYear()
    if (!(fullYear > 0)) return undefined
    const name = MONTHS[date.getUTCMonth()]!
    const monthDay = [month && (month === 'long' ? name : name.slice(0, 3)), day && date.getUTCDate()]
    const separator = day ? ', ' : ' '
    const calendar = [monthDay.filter(Boolean).join(' '), year && String(fullYear)].filter(Boolean).join(separator)
    return [
      weekday && WEEKDAYS[date.getUTCDay()]!.slice(0, 3),
      calendar,
      hour && clock(date, second !== undefined, hourCycle === 'h23'),
    ]
      .filter(Boolean)
      .join(', ')
  }
}

function clock(date: Date, withSeconds: boolean, is24: boolean): string {
  const hours = date.getUTCHours()
  const parts = [is24 ? hours : hours % 12 || 12, date.getUTCMinutes(), ...(withSeconds ? [date.getUTCSeconds()] : [])]
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':')
  // A plain space: engines replace the narrow one of CLDR, which pages were not ready for.
  return is24 ? text : `${text} ${hours < 12 ? 'AM' : 'PM'}`
}
