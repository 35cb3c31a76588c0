const whole = new Intl.NumberFormat()
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 3 })
const unitFormat = (unit: string, maximumSignificantDigits: number) =>
  new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'short', maximumSignificantDigits })
const milliseconds = unitFormat('millisecond', 3)
const seconds = unitFormat('second', 3)
const minutes = unitFormat('minute', 3)
const hours = unitFormat('hour', 3)
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map((unit) => unitFormat(unit, 3))
const percent = new Intl.NumberFormat(undefined, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})
const wholePercent = new Intl.NumberFormat(undefined, { style: 'percent' })

/** `1,234`. */
export function formatCount(count: number): string {
  return whole.format(count)
}

/** `1.23M`, in full below ten thousand. */
export function formatCompact(count: number): string {
  return Math.abs(count) < 10_000 ? whole.format(count) : compact.format(count)
}

/** A time of so many milliseconds with three digits: `0.42 ms`, `12.3 sec`, `3 min 20 sec`; `–` when undefined. */
export function formatMs(ms: number | undefined): string {
  if (ms === undefined) return '–'
  if (ms > 0 && ms < 0.01) return `<${milliseconds.format(0.01)}`
  if (ms < 999.5) return milliseconds.format(Math.round(ms * 100) / 100)
  if (ms < 59_950) return seconds.format(ms / 1_000)
  const all = Math.round(ms / 1_000)
  if (all < 3_600) return `${minutes.format(Math.floor(all / 60))} ${seconds.format(all % 60)}`
  return `${hours.format(Math.floor(all / 3_600))} ${minutes.format(Math.round((all % 3_600) / 60))}`
}

/** `12.4 MB`, by thousands. */
export function formatBytes(bytes: number): string {
  let unit = 0
  let amount = bytes
  while (amount >= 999.5 && unit < BYTE_UNITS.length - 1) {
    amount /= 1_000
    unit++
  }
  return (BYTE_UNITS[unit] as Intl.NumberFormat).format(amount)
}

/**
 * A part of a whole as `12.0%`, none and all as `0%` and `100%`; shares that are not quite none or all never read so. `–` of nothing.
 */
export function formatShare(part: number, all: number): string {
  if (all === 0) return '–'
  const share = part / all
  if (share > 0 && share < 0.001) return '<0.1%'
  if (share < 1 && share > 0.999) return '>99.9%'
  return (share === 0 || share === 1 ? wholePercent : percent).format(share)
}

const moment = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const fullMoment = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'always', style: 'short' })

/** `22 Nov, 14:03:20`, in the visitor's zone. */
export function formatMoment(iso: string): string {
  return moment.format(new Date(iso))
}

/** With weekday, year and zone. */
export function formatFullMoment(iso: string): string {
  return fullMoment.format(new Date(iso))
}

/** How long ago something was: `now`, `5 min. ago`, `2 days ago`. */
export function formatAgo(iso: string, nowMs: number): string {
  const past = Math.max(0, (nowMs - Date.parse(iso)) / 1_000)
  if (past < 45) return 'just now'
  if (past < 3_600) return relative.format(-Math.max(1, Math.round(past / 60)), 'minute')
  if (past < 86_400) return relative.format(-Math.round(past / 3_600), 'hour')
  return relative.format(-Math.round(past / 86_400), 'day')
}
