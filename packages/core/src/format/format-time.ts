import type { Granularity } from '../schema/query.ts'
import type { IntlCache } from './intl-cache.ts'

/** `full` stands alone (tooltip, table); `short` has its year or day beside it (axis). */
export type TimeStyle = 'full' | 'short'

const FULL: Record<Exclude<Granularity, 'quarter' | 'week'>, Intl.DateTimeFormatOptions> = {
  second: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  hour: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
}

const SHORT: Record<Exclude<Granularity, 'quarter' | 'week'>, Intl.DateTimeFormatOptions> = {
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  hour: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
  year: { year: 'numeric' },
}

/** Formats a bucket's local start, an ISO time without an offset. */
export function formatBucket(intl: IntlCache, cell: string, granularity: Granularity, style: TimeStyle): string {
  const date = localTime(cell)
  if (!date) return cell
  if (granularity === 'quarter') return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`
  if (granularity === 'week') {
    const last = new Date(date.getTime() + 6 * 86_400_000)
    if (style === 'short') return intl.date({ ...SHORT.day, timeZone: 'UTC' }).format(date)
    return intl.date({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(date, last)
  }
  return intl.date({ ...(style === 'full' ? FULL : SHORT)[granularity], timeZone: 'UTC' }).format(date)
}

/** Formats an instant, ISO UTC, in `timezone`. */
export function formatInstant(intl: IntlCache, cell: string, timezone: string | undefined): string {
  const date = new Date(cell)
  if (Number.isNaN(date.getTime())) return cell
  return intl.date({ ...FULL.minute, ...(timezone !== undefined && { timeZone: timezone }) }).format(date)
}

/** Formats a span of local times, both ends inclusive; whole days are shown without times. */
export function formatRange(intl: IntlCache, [first, last]: readonly [string, string]): string {
  const from = localTime(first)
  const to = localTime(last)
  if (!from || !to) return `${first} – ${last}`
  const wholeDays = from.getTime() % 86_400_000 === 0 && (to.getTime() + 1_000) % 86_400_000 < 1_000
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
  const options = wholeDays || (first.length === 10 && last.length === 10) ? day : FULL.minute
  return intl.date({ ...options, timeZone: 'UTC' }).formatRange(from, to)
}

/** Local times are laid on UTC, so that the machine's own zone cannot shift them. */
function localTime(text: string): Date | undefined {
  const date = new Date(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) || text.length === 10 ? text : `${text}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
