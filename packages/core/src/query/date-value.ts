import { quoteValue } from '../model/quote-value.ts'
import { addUnits, type CalendarRules, type CalendarUnit, startOf } from './calendar.ts'
import { toInstant, toLocal, utcMs } from './time-zone.ts'

/** When words such as `today` are read, and in which zone. */
export interface Clock {
  readonly nowMs: number
  readonly timezone: string
  /** Where weeks and years start; ISO's when absent. */
  readonly rules?: CalendarRules
}

/** A half-open span of instants, milliseconds since 1970. */
export interface Span {
  readonly startMs: number
  readonly endMs: number
  /** The same in local time, counted as if the zone were UTC. */
  readonly localStartMs: number
  readonly localEndMs: number
  /** When the words mean another span; `undefined` for dates, which never do. */
  readonly validUntilMs: number | undefined
}

/** A problem with a date: one lower-case sentence. */
export interface DateProblem {
  readonly problem: string
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/

/**
 * The span one date or time covers: `2026-03-29` its whole local day, `2026-03-29T10:15` that minute, and so on down to a
 * millisecond. With `Z` or an offset it is an instant whatever the zone; without, local time, which must exist on local clocks.
 */
export function parseDateValue(text: string, clock: Clock): Span | DateProblem {
  const day = DATE.exec(text)
  const parts = day ?? DATE_TIME.exec(text)
  if (parts === null) return { problem: `${quoteValue(text)} is not a date such as 2026-03-29 or 2026-03-29T10:15:00` }
  const [, year, month, date, hour = '0', minute = '0', second, fraction, offset] = parts
  const wrong = { problem: `${text} does not exist in the calendar` }
  const writtenMs = utcMs(
    +year!,
    +month!,
    +date!,
    +hour,
    +minute,
    +(second ?? 0),
    Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
  )
  const written = new Date(writtenMs)
  if (+year! < 1 || written.getUTCMonth() + 1 !== +month! || written.getUTCDate() !== +date!) return wrong
  if (+hour > 23 || +minute > 59 || +(second ?? 0) > 59) return wrong
  const unitMs = day !== null ? 86_400_000 : second === undefined ? 60_000 : fraction === undefined ? 1_000 : 1

  if (offset !== undefined) {
    const shift = offset === 'Z' ? 0 : offsetMinutes(offset)
    if (shift === undefined) return wrong
    const startMs = writtenMs - shift * 60_000
    return spanOf(startMs, startMs + unitMs, clock)
  }
  if (day !== null) {
    const startMs = toInstant(clock.timezone, writtenMs).instantMs
    return spanOf(startMs, toInstant(clock.timezone, writtenMs + unitMs).instantMs, clock)
  }
  const start = toInstant(clock.timezone, writtenMs)
  if (start.isSkipped) return { problem: `${text} does not exist in ${clock.timezone}: clocks skip it` }
  return spanOf(start.instantMs, start.instantMs + unitMs, clock)
}

function offsetMinutes(offset: string): number | undefined {
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(-2))
  if (hours > 18 || minutes > 59) return undefined
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** A span between two instants. */
export function spanOf(startMs: number, endMs: number, clock: Clock, validUntilMs?: number): Span {
  return Object.freeze({
    startMs,
    endMs,
    localStartMs: toLocal(clock.timezone, startMs),
    localEndMs: toLocal(clock.timezone, endMs),
    validUntilMs,
  })
}

/** The span of whole units around now: `first` and `last` count from the current unit, 0; -1 is the one before. */
export function unitsAroundNow(unit: CalendarUnit, first: number, last: number, clock: Clock): Span {
  const at = (count: number) => instantOf(unit, count, clock)
  return spanOf(at(first), at(last + 1), clock, at(1))
}

/** The instant at which the unit `count` units from the current one starts. */
export function instantOf(unit: CalendarUnit, count: number, clock: Clock): number {
  if (unit === 'second' || unit === 'minute' || unit === 'hour') {
    // Hours are counted in real time: at a change of clocks a local hour may occur twice or not at all.
    const offset = toLocal(clock.timezone, clock.nowMs) - clock.nowMs
    return addUnits(unit, startOf(unit, clock.nowMs + offset) - offset, count)
  }
  const current = startOf(unit, toLocal(clock.timezone, clock.nowMs), clock.rules)
  return toInstant(clock.timezone, addUnits(unit, current, count)).instantMs
}
