/** A length of calendar time: `months` are added by the calendar, `ms` by the local wall clock. Both may be negative. */
export interface Interval {
  readonly months: number
  readonly ms: number
}

const SECOND_MS = 1_000
const DAY_MS = 86_400 * SECOND_MS

const UNITS: ReadonlyMap<string, Interval> = new Map([
  ['second', { months: 0, ms: SECOND_MS }],
  ['minute', { months: 0, ms: 60 * SECOND_MS }],
  ['hour', { months: 0, ms: 3_600 * SECOND_MS }],
  ['day', { months: 0, ms: DAY_MS }],
  ['week', { months: 0, ms: 7 * DAY_MS }],
  ['month', { months: 1, ms: 0 }],
  ['quarter', { months: 3, ms: 0 }],
  ['year', { months: 12, ms: 0 }],
])

/** Longest interval, in months and in milliseconds: a thousand years. */
const MAX_MONTHS = 12_000
const MAX_MS = 366_000 * DAY_MS

/** Reads `1 month`, `2 weeks`, `1 year 6 months`, `1 month -10 days`; `undefined` for anything else, also for more than a thousand years. */
export function parseInterval(text: string): Interval | undefined {
  let months = 0
  let ms = 0
  const words = text.trim().toLowerCase().split(/\s+/)
  if (words.length % 2 !== 0 || words.length > 16) return undefined
  for (let at = 0; at < words.length; at += 2) {
    const unit = UNITS.get(words[at + 1]!) ?? UNITS.get(words[at + 1]!.replace(/s$/, ''))
    if (unit === undefined || !/^[+-]?\d{1,9}$/.test(words[at]!)) return undefined
    const count = Number(words[at])
    months += count * unit.months
    ms += count * unit.ms
  }
  return Math.abs(months) > MAX_MONTHS || Math.abs(ms) > MAX_MS ? undefined : Object.freeze({ months, ms })
}

/** The same length the other way. */
export function negateInterval({ months, ms }: Interval): Interval {
  // `0 - x` gives no negative zero.
  return Object.freeze({ months: 0 - months, ms: 0 - ms })
}

/** About how long it is, milliseconds; a month counts as 30 days. For ordering and expiry, never for arithmetic on dates. */
export function roughLengthMs({ months, ms }: Interval): number {
  return months * 30 * DAY_MS + ms
}

/** An interval as a model writes it: `1 year 6 months`; units of a week and above only where they divide evenly. */
export function formatInterval({ months, ms }: Interval): string {
  const years = Math.trunc(months / 12)
  const words = [...amount(years, 'year'), ...amount(months - 12 * years, 'month')]
  let rest = ms
  for (const [unit, length] of LENGTHS) {
    const isWhole = unit !== 'week' || rest % length === 0
    const count = isWhole ? Math.trunc(rest / length) : 0
    words.push(...amount(count, unit))
    rest -= count * length
  }
  return words.length === 0 ? '0 seconds' : words.join(' ')
}

const LENGTHS: readonly (readonly [string, number])[] = [
  ['week', 7 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600 * SECOND_MS],
  ['minute', 60 * SECOND_MS],
  ['second', SECOND_MS],
]

function amount(count: number, unit: string): string[] {
  if (count === 0) return []
  return [`${count} ${unit}${Math.abs(count) === 1 ? '' : 's'}`]
}
