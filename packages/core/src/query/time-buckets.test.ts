import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Granularity } from '../schema/query.ts'
import { type CalendarRules, ISO_RULES, toLocalIso } from './calendar.ts'
import { type Clock, spanOf } from './date-value.ts'
import { type CustomBuckets, MAX_BUCKETS, timeBuckets } from './time-buckets.ts'

const ZONES = [
  'UTC',
  'Europe/Brussels',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'Pacific/Apia',
]

function starts(
  from: string,
  to: string,
  granularity: Granularity | CustomBuckets,
  timezone: string,
  rules: CalendarRules = ISO_RULES,
): string[] {
  const clock: Clock = { nowMs: 0, timezone, rules }
  const found = timeBuckets(spanOf(Date.parse(from), Date.parse(to), clock), granularity, timezone, rules)
  if ('problem' in found) throw new Error(found.problem)
  return found.map(({ localStart }) => toLocalIso(localStart).slice(0, 16))
}

describe('days on which clocks change', () => {
  it('skips the hour that Brussels skips', () => {
    const hours = starts('2026-03-29T00:00Z', '2026-03-29T02:00Z', 'hour', 'Europe/Brussels')
    expect(hours).toEqual(['2026-03-29T01:00', '2026-03-29T03:00'])
  })

  it('has the hour that New York repeats once', () => {
    const hours = starts('2026-11-01T04:00Z', '2026-11-01T08:00Z', 'hour', 'America/New_York')
    expect(hours).toEqual(['2026-11-01T00:00', '2026-11-01T01:00', '2026-11-01T02:00'])
  })

  it('keeps the hour of which Lord Howe skips half', () => {
    const hours = starts('2026-10-03T14:30Z', '2026-10-03T17:00Z', 'hour', 'Australia/Lord_Howe')
    expect(hours).toEqual(['2026-10-04T01:00', '2026-10-04T02:00', '2026-10-04T03:00'])
  })

  it('has no day that Apia never had', () => {
    const days = starts('2011-12-29T10:00Z', '2012-01-01T10:00Z', 'day', 'Pacific/Apia')
    expect(days).toEqual(['2011-12-29T00:00', '2011-12-31T00:00', '2012-01-01T00:00'])
  })

  it('keeps the day that starts at one in São Paulo', () => {
    const days = starts('2018-11-03T03:00Z', '2018-11-06T02:00Z', 'day', 'America/Sao_Paulo')
    expect(days).toEqual(['2018-11-03T00:00', '2018-11-04T00:00', '2018-11-05T00:00'])
  })
})

describe('where weeks and years start', () => {
  it('starts weeks on the day asked for', () => {
    const weeks = (weekStart: number) =>
      starts('2026-03-29T00:00Z', '2026-04-06T00:00Z', 'week', 'UTC', { weekStart, fiscalYearStart: 1 })
    expect(weeks(0)).toEqual(['2026-03-23T00:00', '2026-03-30T00:00'])
    expect(weeks(5)).toEqual(['2026-03-28T00:00', '2026-04-04T00:00'])
    expect(weeks(6)).toEqual(['2026-03-29T00:00', '2026-04-05T00:00'])
  })

  it('starts years and quarters in the month asked for', () => {
    const rules = { weekStart: 0, fiscalYearStart: 2 }
    expect(starts('2026-01-15T00:00Z', '2026-08-02T00:00Z', 'quarter', 'UTC', rules)).toEqual([
      '2025-11-01T00:00',
      '2026-02-01T00:00',
      '2026-05-01T00:00',
      '2026-08-01T00:00',
    ])
    expect(starts('2026-01-31T00:00Z', '2026-02-02T00:00Z', 'year', 'UTC', rules)).toEqual([
      '2025-02-01T00:00',
      '2026-02-01T00:00',
    ])
  })
})

describe('custom granularities', () => {
  it('counts weeks from their origin, before it too', () => {
    const sprint = { interval: { months: 0, ms: 14 * 86_400_000 }, originMs: Date.UTC(2026, 3, 1) }
    expect(starts('2026-03-05T00:00Z', '2026-04-01T00:00:01Z', sprint, 'UTC')).toEqual([
      '2026-03-04T00:00',
      '2026-03-18T00:00',
      '2026-04-01T00:00',
    ])
  })

  it('comes back to the 31st after shorter months', () => {
    const monthly = { interval: { months: 1, ms: 0 }, originMs: Date.UTC(2026, 0, 31) }
    expect(starts('2026-01-31T00:00Z', '2026-04-01T00:00Z', monthly, 'UTC')).toEqual([
      '2026-01-31T00:00',
      '2026-02-28T00:00',
      '2026-03-31T00:00',
    ])
  })
})

it('says when there would be too many', () => {
  const span = spanOf(0, (MAX_BUCKETS + 1) * 60_000, { nowMs: 0, timezone: 'UTC' })
  expect(timeBuckets(span, 'minute', 'UTC', ISO_RULES)).toEqual({
    problem: 'the span has more than 10000 minutes; take a shorter one or a larger granularity',
  })
  expect(timeBuckets({ ...span, endMs: MAX_BUCKETS * 60_000 }, 'minute', 'UTC', ISO_RULES)).toHaveLength(MAX_BUCKETS)
})

const QUARTER_HOUR = 900_000
/** Local date and time as Intl shows it, which knows nothing of our calendar. */
function shown(timezone: string, instantMs: number, formatters: Map<string, Intl.DateTimeFormat>): string {
  let formatter = formatters.get(timezone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
    formatters.set(timezone, formatter)
  }
  return formatter.format(instantMs).replace(' ', 'T')
}

/** Bucket starts of a local time by text and plain dates. */
function bucketOf(granularity: 'hour' | 'day' | 'week' | 'month' | 'year', local: string, weekStart: number): string {
  if (granularity === 'hour') return `${local.slice(0, 13)}:00`
  if (granularity === 'month') return `${local.slice(0, 7)}-01T00:00`
  if (granularity === 'year') return `${local.slice(0, 4)}-01-01T00:00`
  const day = new Date(`${local.slice(0, 10)}T00:00Z`)
  if (granularity === 'week') while ((day.getUTCDay() + 6) % 7 !== weekStart) day.setUTCDate(day.getUTCDate() - 1)
  return day.toISOString().slice(0, 16)
}

it('has exactly the buckets that moments of the span fall in', () => {
  const formatters = new Map<string, Intl.DateTimeFormat>()
  const around = fc.constantFrom(
    Date.UTC(2026, 2, 29),
    Date.UTC(2026, 9, 25),
    Date.UTC(2026, 9, 3),
    Date.UTC(2026, 10, 1),
    Date.UTC(2011, 11, 30),
    Date.UTC(2018, 10, 4),
    Date.UTC(2018, 1, 18),
    Date.UTC(2026, 1, 15),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.constantFrom('hour', 'day', 'week', 'month', 'year'),
      around,
      fc.integer({ min: -200, max: 100 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 6 }),
      (timezone, granularity, near, shift, length, weekStart) => {
        const startMs = near + shift * QUARTER_HOUR
        const endMs = startMs + length * QUARTER_HOUR
        const expected = new Set<string>()
        for (let at = startMs; at < endMs; at += QUARTER_HOUR)
          expected.add(bucketOf(granularity, shown(timezone, at, formatters), weekStart))
        const found = starts(new Date(startMs).toISOString(), new Date(endMs).toISOString(), granularity, timezone, {
          weekStart,
          fiscalYearStart: 1,
        })
        expect(found).toEqual([...expected].sort())
      },
    ),
    { numRuns: 400 },
  )
})
