import type { Granularity } from '../schema/query.ts'
import { utcMs } from './time-zone.ts'

/** Units of time that words such as `last 7 days` count. */
export type CalendarUnit = Granularity

const FIXED_MS: Readonly<Record<'second' | 'minute' | 'hour' | 'day' | 'week', number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
}

/** The start of the unit that holds a local time. Local times are milliseconds counted as if the zone were UTC. */
export function startOf(unit: CalendarUnit, localMs: number): number {
  if (unit === 'second' || unit === 'minute' || unit === 'hour' || unit === 'day')
    return Math.floor(localMs / FIXED_MS[unit]) * FIXED_MS[unit]
  const date = new Date(localMs)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + 1
  if (unit === 'week') return utcMs(year, month, date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  if (unit === 'month') return utcMs(year, month, 1)
  if (unit === 'quarter') return utcMs(year, month - ((month - 1) % 3), 1)
  return utcMs(year, 1, 1)
}

/** Adds units to a local time. The day of the month is kept where the month has it, else the month's last day is taken. */
export function addUnits(unit: CalendarUnit, localMs: number, count: number): number {
  if (unit !== 'month' && unit !== 'quarter' && unit !== 'year') return localMs + count * FIXED_MS[unit]
  const months = count * (unit === 'month' ? 1 : unit === 'quarter' ? 3 : 12)
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
