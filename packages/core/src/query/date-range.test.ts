import { describe, expect, it } from 'vitest'
import type { DateRange } from '../schema/query.ts'
import { parseDateRange } from './date-range.ts'

function span(range: DateRange, timezone = 'UTC', now = '2026-03-31T10:15:30Z'): [string, string] | string {
  const found = parseDateRange(range, { nowMs: Date.parse(now), timezone })
  if ('problem' in found) return found.problem
  return [
    new Date(found.startMs).toISOString().replace(':00.000Z', 'Z'),
    new Date(found.endMs).toISOString().replace(':00.000Z', 'Z'),
  ]
}

/** Tuesday, 31 March 2026. */
describe('words in UTC', () => {
  it.each<[string, string, string]>([
    ['today', '2026-03-31T00:00Z', '2026-04-01T00:00Z'],
    ['Yesterday', '2026-03-30T00:00Z', '2026-03-31T00:00Z'],
    ['tomorrow', '2026-04-01T00:00Z', '2026-04-02T00:00Z'],
    ['last 7 days', '2026-03-24T00:00Z', '2026-03-31T00:00Z'],
    ['past 1 day', '2026-03-30T00:00Z', '2026-03-31T00:00Z'],
    ['next 2 days', '2026-04-01T00:00Z', '2026-04-03T00:00Z'],
    ['this 7 days', '2026-03-25T00:00Z', '2026-04-01T00:00Z'],
    ['this week', '2026-03-30T00:00Z', '2026-04-06T00:00Z'],
    ['last week', '2026-03-23T00:00Z', '2026-03-30T00:00Z'],
    ['next  week', '2026-04-06T00:00Z', '2026-04-13T00:00Z'],
    ['last month', '2026-02-01T00:00Z', '2026-03-01T00:00Z'],
    ['this month', '2026-03-01T00:00Z', '2026-04-01T00:00Z'],
    ['last 2 months', '2026-01-01T00:00Z', '2026-03-01T00:00Z'],
    ['this quarter', '2026-01-01T00:00Z', '2026-04-01T00:00Z'],
    ['last quarter', '2025-10-01T00:00Z', '2026-01-01T00:00Z'],
    ['this year', '2026-01-01T00:00Z', '2027-01-01T00:00Z'],
    ['last 2 years', '2024-01-01T00:00Z', '2026-01-01T00:00Z'],
    ['last 2 hours', '2026-03-31T08:00Z', '2026-03-31T10:00Z'],
    ['this hour', '2026-03-31T10:00Z', '2026-03-31T11:00Z'],
    ['last 30 minutes', '2026-03-31T09:45Z', '2026-03-31T10:15Z'],
    ['from 30 days ago to now', '2026-03-01T00:00Z', '2026-04-01T00:00Z'],
    ['from 2 hours ago to now', '2026-03-31T08:00Z', '2026-03-31T11:00Z'],
    ['from 1 month ago to yesterday', '2026-02-28T00:00Z', '2026-03-31T00:00Z'],
    ['from a week ago to 2 days from now', '2026-03-24T00:00Z', '2026-04-03T00:00Z'],
    ['from 2026-01-01 to 2026-01-31', '2026-01-01T00:00Z', '2026-02-01T00:00Z'],
    ['from 2026-01-01 to now', '2026-01-01T00:00Z', '2026-04-01T00:00Z'],
    ['30 days ago to now', '2026-03-01T00:00Z', '2026-04-01T00:00Z'],
    ['last 1 quarter', '2025-10-01T00:00Z', '2026-01-01T00:00Z'],
    ['next 3 hours', '2026-03-31T11:00Z', '2026-03-31T14:00Z'],
    ['next quarter', '2026-04-01T00:00Z', '2026-07-01T00:00Z'],
    ['last 15 minutes', '2026-03-31T10:00Z', '2026-03-31T10:15Z'],
    ['3 days ago', '2026-03-28T00:00Z', '2026-03-29T00:00Z'],
  ])('%s', (words, start, end) => {
    expect(span(words)).toEqual([start, end])
  })
})

describe('dates', () => {
  it.each<[DateRange, string, string]>([
    ['2026-02-28', '2026-02-28T00:00Z', '2026-03-01T00:00Z'],
    [['2026-02-28'], '2026-02-28T00:00Z', '2026-03-01T00:00Z'],
    [['2024-02-29', '2024-02-29'], '2024-02-29T00:00Z', '2024-03-01T00:00Z'],
    [['2026-01-01', '2026-01-31'], '2026-01-01T00:00Z', '2026-02-01T00:00Z'],
    [['2026-01-01T10:00', '2026-01-01T10:59'], '2026-01-01T10:00Z', '2026-01-01T11:00Z'],
    [['2026-01-01T10:00:00.000', '2026-01-01T10:59:59.999'], '2026-01-01T10:00Z', '2026-01-01T11:00Z'],
    [['2026-01-01 10:00:00', '2026-01-01 10:59:59'], '2026-01-01T10:00Z', '2026-01-01T11:00Z'],
    [['2026-01-01T10:00+02:00', '2026-01-01T10:59-02:30'], '2026-01-01T08:00Z', '2026-01-01T13:30Z'],
    [['2026-01-01', 'now'], '2026-01-01T00:00Z', '2026-04-01T00:00Z'],
    [['yesterday', 'today'], '2026-03-30T00:00Z', '2026-04-01T00:00Z'],
    ['0001-01-01', '0001-01-01T00:00Z', '0001-01-02T00:00Z'],
    ['9999-12-31', '9999-12-31T00:00Z', '+010000-01-01T00:00Z'],
  ])('%j', (range, start, end) => {
    expect(span(range)).toEqual([start, end])
  })
})

describe('zones', () => {
  it.each<[string, DateRange, string, string, string]>([
    ['Europe/Brussels', 'today', '2026-03-29T12:00:00Z', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['Europe/Brussels', 'today', '2026-10-25T12:00:00Z', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['Europe/Brussels', 'this month', '2026-03-31T23:30:00Z', '2026-03-31T22:00Z', '2026-04-30T22:00Z'],
    ['Europe/Brussels', 'last 7 days', '2026-04-01T12:00:00Z', '2026-03-24T23:00Z', '2026-03-31T22:00Z'],
    ['America/New_York', 'today', '2026-03-08T12:00:00Z', '2026-03-08T05:00Z', '2026-03-09T04:00Z'],
    ['America/New_York', 'yesterday', '2026-04-01T03:00:00Z', '2026-03-30T04:00Z', '2026-03-31T04:00Z'],
    ['Asia/Kolkata', 'today', '2026-03-31T19:00:00Z', '2026-03-31T18:30Z', '2026-04-01T18:30Z'],
    ['Australia/Lord_Howe', 'today', '2026-10-03T20:00:00Z', '2026-10-03T13:30Z', '2026-10-04T13:00Z'],
    ['Pacific/Apia', 'this week', '2026-03-31T10:15:30Z', '2026-03-29T11:00Z', '2026-04-05T11:00Z'],
    // Clocks go forward at midnight: the day starts at one.
    ['Africa/Cairo', '2024-04-26', '2026-01-01T00:00:00Z', '2024-04-25T22:00Z', '2024-04-26T21:00Z'],
    [
      'America/Sao_Paulo',
      ['2018-11-04', '2018-11-04'],
      '2026-01-01T00:00:00Z',
      '2018-11-04T03:00Z',
      '2018-11-05T02:00Z',
    ],
    // A whole day was skipped.
    ['Pacific/Apia', ['2011-12-29', '2011-12-31'], '2026-01-01T00:00:00Z', '2011-12-29T10:00Z', '2011-12-31T10:00Z'],
    // A local hour that occurs twice means the first, and hours are counted in real time.
    [
      'Europe/Brussels',
      ['2026-10-25T02:30', '2026-10-25T02:30'],
      '2026-01-01T00:00:00Z',
      '2026-10-25T00:30Z',
      '2026-10-25T00:31Z',
    ],
    ['Europe/Brussels', 'last 2 hours', '2026-10-25T01:30:00Z', '2026-10-24T23:00Z', '2026-10-25T01:00Z'],
    ['Europe/Brussels', 'last 2 hours', '2026-03-29T01:30:00Z', '2026-03-28T23:00Z', '2026-03-29T01:00Z'],
    ['Asia/Kolkata', 'this hour', '2026-03-31T10:15:30Z', '2026-03-31T09:30Z', '2026-03-31T10:30Z'],
  ])('%s: %j at %s', (zone, range, now, start, end) => {
    expect(span(range, zone, now)).toEqual([start, end])
  })

  it('refuses a local time that clocks skip, exactly', () => {
    const gap = (time: string, zone = 'Europe/Brussels') => span([time, '2026-12-31'], zone)
    expect(gap('2026-03-29T01:59:59')).toEqual(['2026-03-29T00:59:59.000Z', '2026-12-31T23:00Z'])
    expect(gap('2026-03-29T02:00')).toBe('2026-03-29T02:00 does not exist in Europe/Brussels: clocks skip it')
    expect(gap('2026-03-29T02:59:59.999')).toMatch(/clocks skip it/)
    expect(gap('2026-03-29T03:00')).toEqual(['2026-03-29T01:00Z', '2026-12-31T23:00Z'])
    expect(gap('2026-10-04T02:15', 'Australia/Lord_Howe')).toMatch(/clocks skip it/)
    expect(gap('2026-03-29T02:30', 'UTC')).toEqual(['2026-03-29T02:30Z', '2027-01-01T00:00Z'])
  })
})

describe('days that clocks skip', () => {
  it.each<DateRange>(['2011-12-30', ['2011-12-30'], ['2011-12-30', '2011-12-30']])('refuses %j in Apia', (range) => {
    expect(span(range, 'Pacific/Apia')).toMatch(/clocks skip it/)
  })

  it('takes words that come to one for no rows', () => {
    const [start, end] = span('1 day ago', 'Pacific/Apia', '2011-12-30T12:00:00Z')
    expect(start).toBe(end)
  })
})

describe('weeks and years that start elsewhere', () => {
  const rules = (words: string, weekStart: number, fiscalYearStart: number, timezone = 'UTC') => {
    const found = parseDateRange(words, {
      nowMs: Date.parse('2026-03-31T10:15:30Z'),
      timezone,
      rules: { weekStart, fiscalYearStart },
    })
    if ('problem' in found) throw new Error(found.problem)
    return [new Date(found.startMs).toISOString().slice(0, 16), new Date(found.endMs).toISOString().slice(0, 16)]
  }
  it.each<[string, number, number, string, string]>([
    ['this week', 6, 1, '2026-03-29T00:00', '2026-04-05T00:00'],
    ['next week', 6, 1, '2026-04-05T00:00', '2026-04-12T00:00'],
    ['last 2 weeks', 5, 1, '2026-03-14T00:00', '2026-03-28T00:00'],
    ['this week', 1, 1, '2026-03-31T00:00', '2026-04-07T00:00'],
    ['this year', 0, 4, '2025-04-01T00:00', '2026-04-01T00:00'],
    ['next year', 0, 4, '2026-04-01T00:00', '2027-04-01T00:00'],
    ['last quarter', 0, 2, '2025-11-01T00:00', '2026-02-01T00:00'],
    ['this quarter', 0, 2, '2026-02-01T00:00', '2026-05-01T00:00'],
    ['this month', 0, 4, '2026-03-01T00:00', '2026-04-01T00:00'],
  ])('%s, weeks from %i, years from %i', (words, weekStart, fiscalYearStart, start, end) => {
    expect(rules(words, weekStart, fiscalYearStart)).toEqual([start, end])
  })

  it('keeps to local midnight', () => {
    expect(rules('this week', 6, 1, 'Europe/Brussels')).toEqual(['2026-03-28T23:00', '2026-04-04T22:00'])
  })
})

describe('when words mean something else', () => {
  const until = (range: DateRange, timezone = 'UTC') => {
    const found = parseDateRange(range, { nowMs: Date.parse('2026-03-31T10:15:30Z'), timezone })
    if ('problem' in found) throw new Error(found.problem)
    return found.validUntilMs === undefined ? undefined : new Date(found.validUntilMs).toISOString()
  }
  it.each<[DateRange, string | undefined]>([
    ['today', '2026-04-01T00:00:00.000Z'],
    ['last 7 days', '2026-04-01T00:00:00.000Z'],
    ['last week', '2026-04-06T00:00:00.000Z'],
    ['this year', '2027-01-01T00:00:00.000Z'],
    ['last 2 hours', '2026-03-31T11:00:00.000Z'],
    ['from 30 days ago to now', '2026-04-01T00:00:00.000Z'],
    ['from 2 hours ago to now', '2026-03-31T11:00:00.000Z'],
    ['from 2026-01-01 to now', '2026-04-01T00:00:00.000Z'],
    ['2026-01-01', undefined],
    [['2026-01-01', '2026-02-01'], undefined],
  ])('%j', (range, expected) => {
    expect(until(range)).toBe(expected)
  })

  it('is the next local midnight in a zone', () => {
    expect(until('today', 'Asia/Kolkata')).toBe('2026-03-31T18:30:00.000Z')
  })
})
