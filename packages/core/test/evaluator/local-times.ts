import type { WorldMeasure } from './world.ts'

/** A wall-clock time, `2026-03-29T02:30:00`: ISO texts of one form compare like the times they stand for. */
export type LocalTime = string
type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** The wall clock of a zone at a UTC time, by `Intl`. */
export function localTime(utc: string, timezone: string): LocalTime {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(`${utc.replace('Z', '')}Z`))
  return text.replace(' ', 'T')
}

function parse(local: LocalTime): Date {
  return new Date(`${local}Z`)
}

function print(date: Date): LocalTime {
  return date.toISOString().slice(0, 19)
}

/** The first day of the bucket that holds a time, as a query's answer shows it. */
export function bucketStart(unit: Unit, local: LocalTime): string {
  const date = parse(`${local.slice(0, 10)}T00:00:00`)
  if (unit === 'week') while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1)
  if (unit === 'month' || unit === 'quarter' || unit === 'year') date.setUTCDate(1)
  if (unit === 'quarter') while (date.getUTCMonth() % 3 !== 0) date.setUTCMonth(date.getUTCMonth() - 1)
  if (unit === 'year') date.setUTCMonth(0)
  return `${print(date)}.000`
}

/** Buckets of a span of whole days, start and end of each; without a unit the span itself. */
export function bucketsOf(unit: Unit | undefined, [first, last]: readonly [string, string]): [LocalTime, LocalTime][] {
  const start = `${first}T00:00:00`
  const end = addInterval(`${last}T00:00:00`, '1 day')
  if (unit === undefined) return [[`${start}.000`, end]]
  const buckets: [LocalTime, LocalTime][] = []
  let from = bucketStart(unit, start)
  while (from < end) {
    const to = addInterval(from.slice(0, 19), `1 ${unit}`)
    buckets.push([from, to])
    from = `${to}.000`
  }
  return buckets
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

/** Where a row of this time stands when the past is shown this much later. */
export function shiftTime(local: LocalTime, interval: string): LocalTime {
  return addInterval(local, interval)
}

/** The times that count for a bucket; an end that is `undefined` is open. */
export function windowOf(
  measure: WorldMeasure,
  start: LocalTime,
  end: LocalTime,
): readonly [LocalTime | undefined, LocalTime | undefined] {
  const from = start.slice(0, 19)
  if (measure.toDate !== undefined) return [bucketStart(measure.toDate, from).slice(0, 19), end]
  const { trailing, leading, offset = 'end' } = measure.rolling!
  const edge = offset === 'end' ? end : from
  const low = trailing === 'unbounded' ? undefined : trailing === undefined ? edge : addInterval(edge, `-${trailing}`)
  const high = leading === 'unbounded' ? undefined : leading === undefined ? edge : addInterval(edge, leading)
  return [low, high]
}

export function isWithin(at: LocalTime, [low, high]: readonly [LocalTime | undefined, LocalTime | undefined]): boolean {
  return (low === undefined || at >= low) && (high === undefined || at < high)
}
