import { didYouMean } from '../model/nearest-name.ts'
import { quoteValue } from '../model/quote-value.ts'
import type { DateRange } from '../schema/query.ts'
import { addUnits, type CalendarUnit, startOf } from './calendar.ts'
import {
  type Clock,
  type DateProblem,
  instantOf,
  parseDateValue,
  type Span,
  spanOf,
  unitsAroundNow,
} from './date-value.ts'
import { toInstant, toLocal, utcMs } from './time-zone.ts'

/** Most units that words may count. */
const MAX_UNITS = 10_000
/** Instants of the years 1 to 9999, which every database has. */
const FIRST_MS = utcMs(1, 1, 1)
const LAST_MS = utcMs(10_000, 1, 2)

const UNIT = 'second|minute|hour|day|week|month|quarter|year'
const COUNTED = new RegExp(`^(last|past|previous|next|this|current)(?: (\\d{1,6}))? (${UNIT})s?$`)
const AGO = new RegExp(`^(\\d{1,6}|an?|one) (${UNIT})s? (ago|from now)$`)
const EXAMPLES = [
  'today',
  'yesterday',
  'tomorrow',
  'last 7 days',
  'last month',
  'this quarter',
  'next week',
  'from 30 days ago to now',
]

/**
 * Reads a date range: `[first, last]` (both included), one date, or words. `last 7 days` are the seven full days before today,
 * `this week` starts on the clock's first day of the week, `from 30 days ago to now` includes all of today. Problems are sentences, not errors.
 */
export function parseDateRange(range: DateRange, clock: Clock): Span | DateProblem {
  if (typeof range === 'string') return inBounds(notSkipped(parseWords(range, clock), range, clock), range)
  const [first, last] = range
  if (first === undefined || range.length > 2)
    return { problem: `a date range has one or two dates, not ${range.length}` }
  if (last === undefined) return inBounds(notSkipped(parseWords(first, clock), first, clock), first)
  const grain = smallestUnit(`${first} ${last}`.toLowerCase())
  const start = parsePoint(first, clock, grain)
  if ('problem' in start) return start
  const end = parsePoint(last, clock, grain)
  if ('problem' in end) return end
  return inBounds(between(start, end, clock, `${first} to ${last}`), `${first} to ${last}`)
}

/** Reads the one date of a comparison such as `afterDate`: a date, a time, or `today`, `yesterday`, `3 days ago` … */
export function parseDatePoint(text: string, clock: Clock): Span | DateProblem {
  return inBounds(parsePoint(text, clock), text)
}

/** A written day without a moment in it is a mistake; words that come to such a day mean no rows. */
function notSkipped(span: Span | DateProblem, text: string, { timezone }: Clock): Span | DateProblem {
  if ('problem' in span || span.endMs > span.startMs || span.validUntilMs !== undefined) return span
  return { problem: `${text} does not exist in ${timezone}: clocks skip it` }
}

function inBounds(span: Span | DateProblem, text: string): Span | DateProblem {
  if ('problem' in span) return span
  if (Number.isFinite(span.startMs) && span.startMs >= FIRST_MS && span.endMs <= LAST_MS) return span
  return { problem: `${quoteValue(text)} lies outside the years 1 to 9999` }
}

function parseWords(text: string, clock: Clock): Span | DateProblem {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  const counted = COUNTED.exec(words)
  if (counted !== null) {
    const count = Number(counted[2] ?? 1)
    const unit = counted[3] as CalendarUnit
    if (count < 1 || count > MAX_UNITS)
      return { problem: `${quoteValue(text)} counts ${count}; from 1 to ${MAX_UNITS} is allowed` }
    if (counted[1] === 'next') return unitsAroundNow(unit, 1, count, clock)
    if (counted[1] === 'this' || counted[1] === 'current') return unitsAroundNow(unit, 1 - count, 0, clock)
    return unitsAroundNow(unit, -count, -1, clock)
  }
  const fromTo = /^(?:from )?(.{1,40}?) to (.{1,40})$/.exec(words)
  if (fromTo === null) return parsePoint(text, clock)
  const grain = smallestUnit(words)
  const start = parsePoint(fromTo[1]!, clock, grain)
  if ('problem' in start) return start
  const end = parsePoint(fromTo[2]!, clock, grain)
  if ('problem' in end) return end
  return between(start, end, clock, text)
}

/** Words count in days unless they name a smaller unit. */
function smallestUnit(words: string): CalendarUnit {
  const units: CalendarUnit[] = ['second', 'minute', 'hour']
  return units.find((unit) => words.includes(unit)) ?? 'day'
}

function between(start: Span, end: Span, clock: Clock, text: string): Span | DateProblem {
  if (end.endMs === start.startMs) return { problem: `${quoteValue(text)} is over in no time: clocks skip it` }
  if (end.endMs < start.startMs) return { problem: `${quoteValue(text)} ends before it starts` }
  const until = [start.validUntilMs, end.validUntilMs].filter((instant) => instant !== undefined)
  return spanOf(start.startMs, end.endMs, clock, until.length === 0 ? undefined : Math.min(...until))
}

const DAYS: ReadonlyMap<string, number> = new Map([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
])

function parsePoint(text: string, clock: Clock, grain?: CalendarUnit): Span | DateProblem {
  // Most points are dates, which no words start like.
  if (/^\d{4}-/.test(text)) return parseDateValue(text.trim(), clock)
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  const day = DAYS.get(words)
  if (day !== undefined) return unitsAroundNow('day', day, day, clock)
  if (words === 'now') return unitsAroundNow(grain ?? 'second', 0, 0, clock)
  const ago = AGO.exec(words)
  if (ago !== null) return pointAround(ago, grain, text, clock)
  if (/^\d/.test(words)) return parseDateValue(text.trim(), clock)
  return {
    problem: `${quoteValue(text)} is not a date range${didYouMean(words, EXAMPLES) || `; write dates or words such as ${EXAMPLES.slice(3, 5).join(', ')}`}`,
  }
}

/** `3 months ago`: the day (or smaller unit) that far from now. */
function pointAround(
  match: RegExpExecArray,
  grain: CalendarUnit | undefined,
  text: string,
  clock: Clock,
): Span | DateProblem {
  const count = /^\d/.test(match[1]!) ? Number(match[1]) : 1
  const unit = match[2] as CalendarUnit
  if (count > MAX_UNITS) return { problem: `${quoteValue(text)} counts ${count}; at most ${MAX_UNITS} is allowed` }
  const signed = match[3] === 'ago' ? -count : count
  const isClockUnit = unit === 'second' || unit === 'minute' || unit === 'hour'
  const cell = grain ?? (isClockUnit ? unit : 'day')
  const isFine = cell === 'second' || cell === 'minute' || cell === 'hour'
  if (isClockUnit) {
    const at: Clock = { ...clock, nowMs: addUnits(unit, clock.nowMs, signed) }
    return { ...unitsAroundNow(cell, 0, 0, at), validUntilMs: instantOf(cell, 1, clock) }
  }
  const local = startOf(cell, addUnits(unit, toLocal(clock.timezone, clock.nowMs), signed), clock.rules)
  const startMs = toInstant(clock.timezone, local).instantMs
  const endMs = isFine ? addUnits(cell, startMs, 1) : toInstant(clock.timezone, addUnits(cell, local, 1)).instantMs
  return spanOf(startMs, endMs, clock, instantOf(cell, 1, clock))
}
