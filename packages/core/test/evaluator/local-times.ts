import type { WorldMeasure } from './members.ts'
import { GRANULARITIES } from './world.ts'

/** A wall-clock time, `2026-03-29T02:30:00`: ISO texts of one form compare like the times they stand for. */
export type LocalTime = string

/** Where weeks and years start. */
export interface Calendar {
  readonly timezone: string
  readonly weekStart: 'monday' | 'sunday'
  readonly fiscalYearStart: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The wall clock of a zone at a UTC time, by `Intl`. */
export function localTime(utc: string, timezone: string): LocalTime {
  let format = formats.get(timezone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(timezone, format)
  }
  return format.format(new Date(`${utc.replace('Z', '')}Z`)).replace(' ', 'T')
}

function parse(local: LocalTime): Date {
  return new Date(`${local.slice(0, 19)}Z`)
}

function print(date: Date): LocalTime {
  return date.toISOString().slice(0, 19)
}

/** The start of the bucket that holds a time, as a query's answer shows it; `unit` is the calendar's or the model's. */
export function bucketStart(unit: string, local: LocalTime, calendar: Calendar): string {
  const custom = GRANULARITIES[unit]
  if (custom !== undefined) return `${repeated(custom, local)[0]}.000`
  if (unit === 'hour') return `${local.slice(0, 13)}:00:00.000`
  const date = parse(`${local.slice(0, 10)}T00:00:00`)
  const firstDay = calendar.weekStart === 'sunday' ? 0 : 1
  if (unit === 'week') while (date.getUTCDay() !== firstDay) date.setUTCDate(date.getUTCDate() - 1)
  if (unit === 'month' || unit === 'quarter' || unit === 'year') date.setUTCDate(1)
  const isStart = (months: number) => (date.getUTCMonth() - (calendar.fiscalYearStart - 1) + 12) % months === 0
  if (unit === 'quarter') while (!isStart(3)) date.setUTCMonth(date.getUTCMonth() - 1)
  if (unit === 'year') while (!isStart(12)) date.setUTCMonth(date.getUTCMonth() - 1)
  return `${print(date)}.000`
}

function bucketEnd(unit: string, start: LocalTime): LocalTime {
  const custom = GRANULARITIES[unit]
  return custom === undefined ? addInterval(start.slice(0, 19), `1 ${unit}`) : repeated(custom, start)[1]
}

/** Start and end of the repetition of an interval that holds a time, counted from the origin. */
function repeated(
  { interval, origin }: { interval: string; origin: string },
  local: LocalTime,
): [LocalTime, LocalTime] {
  const [count, unit] = interval.split(' ') as [string, string]
  const at = (step: number) => addInterval(`${origin}T00:00:00`, `${step * Number(count)} ${unit}`)
  const days = Number(count) * (unit.startsWith('week') ? 7 : unit.startsWith('day') ? 1 : 31)
  // Near it: from 1970 on there are thousands.
  let step = Math.floor((parse(local).getTime() - parse(`${origin}T00:00:00`).getTime()) / (days * 86_400_000))
  while (at(step) > local.slice(0, 19)) step -= 1
  while (at(step + 1) <= local.slice(0, 19)) step += 1
  return [at(step), at(step + 1)]
}

/** Buckets of a span of whole days, start and end of each; without a unit the span itself. */
export function bucketsOf(
  unit: string | undefined,
  [first, last]: readonly [string, string],
  calendar: Calendar,
): [LocalTime, LocalTime][] {
  if (last < first) return []
  const start = `${first}T00:00:00`
  const end = addInterval(`${last}T00:00:00`, '1 day')
  if (unit === undefined) return [[`${start}.000`, end]]
  const buckets: [LocalTime, LocalTime][] = []
  let from = bucketStart(unit, start, calendar)
  while (from < end) {
    const bucket = bucketOf(unit, from)
    buckets.push(bucket)
    from = `${bucket[1]}.000`
  }
  return buckets
}

/** A bucket by its start. */
export function bucketOf(unit: string, start: LocalTime): [LocalTime, LocalTime] {
  return [start, bucketEnd(unit, start)]
}

/** Start and end of what the buckets that hold a time, one of each unit, have in common. */
export function cellAround(units: readonly string[], at: LocalTime, calendar: Calendar): [LocalTime, LocalTime] {
  const buckets = units.map((unit) => bucketOf(unit, bucketStart(unit, at, calendar)))
  return [
    buckets.map(([start]) => start).reduce((a, b) => (a > b ? a : b)),
    buckets.map(([, end]) => end).reduce((a, b) => (a < b ? a : b)),
  ]
}

/** What buckets of all units have in common, through a span of whole days; without a unit the span itself. */
export function cellsOf(
  units: readonly string[],
  days: readonly [string, string],
  calendar: Calendar,
): [LocalTime, LocalTime][] {
  if (units.length < 2) return bucketsOf(units[0], days, calendar)
  const end = addInterval(`${days[1]}T00:00:00`, '1 day')
  const cells: [LocalTime, LocalTime][] = []
  let at = `${days[0]}T00:00:00`
  while (at < end) {
    cells.push(cellAround(units, at, calendar))
    at = cells.at(-1)![1]
  }
  return cells
}

/** `-1 month`, `2 days`: months keep the day or take the month's last. */
export function addInterval(local: LocalTime, interval: string): LocalTime {
  const [count, unit] = interval.split(' ') as [string, string]
  const date = parse(local)
  const months = { month: 1, quarter: 3, year: 12 }[unit.replace(/s$/, '')]
  if (months === undefined) {
    const days = unit.startsWith('week') ? 7 : 1
    date.setUTCDate(date.getUTCDate() + days * Number(count))
    return print(date)
  }
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months * Number(count))
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last))
  return print(date)
}

/** The times that count for a bucket; an end that is `undefined` is open. */
export function windowOf(
  measure: WorldMeasure,
  start: LocalTime,
  end: LocalTime,
  calendar: Calendar,
): readonly [LocalTime | undefined, LocalTime | undefined] {
  const from = start.slice(0, 19)
  if (measure.toDate !== undefined) return [bucketStart(measure.toDate, from, calendar).slice(0, 19), end]
  const { trailing, leading, offset = 'end' } = measure.rolling!
  const edge = offset === 'end' ? end : from
  const low = trailing === 'unbounded' ? undefined : trailing === undefined ? edge : addInterval(edge, `-${trailing}`)
  const high = leading === 'unbounded' ? undefined : leading === undefined ? edge : addInterval(edge, leading)
  return [low, high]
}

export function isWithin(at: LocalTime, [low, high]: readonly [LocalTime | undefined, LocalTime | undefined]): boolean {
  return (low === undefined || at >= low) && (high === undefined || at < high)
}
