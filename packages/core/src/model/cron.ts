/** When a cron expression fires: the values that each field allows. */
export interface CronSchedule {
  readonly seconds: readonly number[]
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  /** Days of the month, 1…31. */
  readonly days: readonly number[]
  readonly hasLastDay: boolean
  /** 1…12. */
  readonly months: readonly number[]
  /** 0 (Sunday) … 6. */
  readonly weekdays: readonly number[]
  /** Whether a day need meet only one of `days` and `weekdays`: so when both are limited. */
  readonly isEither: boolean
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

/**
 * Reads five fields – minute, hour, day of the month, month, weekday –, or six with seconds first: `*`, numbers, three-letter names,
 * ranges, steps, lists, and `L` for a month's last day. `undefined` when it is none.
 */
export function parseCron(text: string): CronSchedule | undefined {
  const fields = text.trim().toUpperCase().split(/\s+/)
  if (fields.length === 5) fields.unshift('0')
  if (fields.length !== 6) return undefined
  const [second, minute, hour, day, month, weekday] = fields as [string, string, string, string, string, string]
  const dayParts = day.split(',')
  const plainDays = dayParts.filter((part) => part !== 'L').join(',')
  const seconds = values(second, 0, 59)
  const minutes = values(minute, 0, 59)
  const hours = values(hour, 0, 23)
  const days = plainDays === '' ? [] : values(plainDays, 1, 31)
  const months = values(month, 1, 12, MONTHS)
  const weekdays = values(weekday, 0, 7, WEEKDAYS)
  if (!seconds || !minutes || !hours || !days || !months || !weekdays) return undefined
  return Object.freeze({
    seconds,
    minutes,
    hours,
    days,
    hasLastDay: dayParts.includes('L'),
    months,
    weekdays: [...new Set(weekdays.map((value) => value % 7))].sort((a, b) => a - b),
    isEither: day !== '*' && weekday !== '*',
  })
}

function values(field: string, least: number, most: number, names: readonly string[] = []): number[] | undefined {
  const found = new Set<number>()
  for (const part of field.split(',')) {
    const [, from, to, step] = /^(\*|\d{1,2}|[A-Z]{3})(?:-(\d{1,2}|[A-Z]{3}))?(?:\/(\d{1,2}))?$/.exec(part) ?? []
    if (from === undefined || (from === '*' && to !== undefined)) return undefined
    const first = from === '*' ? least : numberOf(from, least, names)
    const end = to === undefined ? undefined : numberOf(to, least, names)
    const last = from === '*' ? most : (end ?? (step === undefined ? first : most))
    const by = Number(step ?? 1)
    if (!(first >= least && first <= last && last <= most && by > 0)) return undefined
    for (let value = first; value <= last; value += by) found.add(value)
  }
  return [...found].sort((a, b) => a - b)
}

/** NaN for an unknown name. */
function numberOf(text: string, least: number, names: readonly string[]): number {
  if (/^\d/.test(text)) return Number(text)
  const at = names.indexOf(text)
  return at < 0 ? Number.NaN : at + least
}
