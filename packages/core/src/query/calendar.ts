import type { Granularity } from '../schema/query.ts'
import { utcMs } from './time-zone.ts'

/** Units of time that words such as `last 7 days` count. */
export type CalendarUnit = Granularity

/** Where weeks and years start. */
export interface CalendarRules {
  /** First day of a week: 0 (Monday) … 6 (Sunday). */
  readonly weekStart: number
  /** First month of a year, and of its first quarter: 1 … 12. */
  readonly fiscalYearStart: number
}

/** Weeks from Monday, years from January (ISO 8601). */
export const ISO_RULES: CalendarRules = Object.freeze({ weekStart: 0, fiscalYearStart: 1 })

const FIXED_MS: Readonly<Record<'second' | 'minute' | 'hour' | 'day' | 'week', number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
}

const UNIT_MONTHS: Readonly<Partial<Record<CalendarUnit, number>>> = { month: 1, quarter: 3, year: 12 }

/** The start of the unit that holds a local time. Local times are milliseconds counted as if the zone were UTC. */
export function startOf(unit: CalendarUnit, localMs: number, rules: CalendarRules = ISO_RULES): number {
  if (unit === 'second' || unit === 'minute' || unit === 'hour' || unit === 'day')
    return Math.floor(localMs / FIXED_MS[unit]) * FIXED_MS[unit]
  const date = new Date(localMs)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + 1
  if (unit === 'week') return utcMs(year, month, date.getUTCDate() - ((date.getUTCDay() + 6 - rules.weekStart + 7) % 7))
  if (unit === 'month') return utcMs(year, month, 1)
  const monthsIn = (month - rules.fiscalYearStart + 12) % 12
  return utcMs(year, month - (unit === 'quarter' ? monthsIn % 3 : monthsIn), 1)
}

/** Adds units to a local time. The day of the month is kept where the month has it, else the month's last day is taken. */
export function addUnits(unit: CalendarUnit, localMs: number, count: number): number {
  const months = UNIT_MONTHS[unit]
  return months === undefined
    ? localMs + count * FIXED_MS[unit as keyof typeof FIXED_MS]
    : addMonths(localMs, count * months)
}

/** Adds months to a local time, to the month's last day where it has no such day. */
export function addMonths(localMs: number, months: number): number {
  const date = new Date(localMs)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + 1 + months
  const lastDay = new Date(utcMs(year, month + 1, 0)).getUTCDate()
  const time = localMs - Math.floor(localMs / FIXED_MS.day) * FIXED_MS.day
  return utcMs(year, month, Math.min(date.getUTCDate(), lastDay)) + time
}

/** Local time as ISO text without an offset: `2001-01-01T00:00:00.000`. */
export function toLocalIso(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, -1)
}
