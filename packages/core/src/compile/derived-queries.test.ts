import { describe, expect, it } from 'vitest'
import type { DateRange, Query } from '../schema/query.ts'
import { applyFilters, previousPeriodQuery, trendQuery } from './index.ts'

const now = new Date('2026-03-31T10:15:30Z')
const comparison = { dimension: 'a.date', period: 'previous_period' as const }
const asked = (dateRange: DateRange, timezone = 'UTC'): Query => ({
  measures: ['a.count'],
  timeDimensions: [{ dimension: 'a.date', dateRange }],
  timezone,
})
const previous = (dateRange: DateRange, timezone?: string) =>
  previousPeriodQuery(asked(dateRange, timezone), comparison, now)?.timeDimensions?.[0]?.dateRange

describe('previousPeriodQuery', () => {
  it.each<[string, DateRange, DateRange]>([
    ['days by days', ['2026-03-10', '2026-03-16'], ['2026-03-03', '2026-03-09']],
    ['one day', '2026-03-01', ['2026-02-28', '2026-02-28']],
    ['a month by a month', ['2026-03-01', '2026-03-31'], ['2026-02-01', '2026-02-28']],
    ['a quarter by a quarter', 'this quarter', ['2025-10-01', '2025-12-31']],
    ['a year by a year', 'last year', ['2024-01-01', '2024-12-31']],
    ['half a year', ['2001-01-01', '2001-06-30'], ['2000-07-01', '2000-12-31']],
    ['words', 'last 7 days', ['2026-03-17', '2026-03-23']],
    ['a part of a month', ['2026-03-01', '2026-03-30'], ['2026-01-30', '2026-02-28']],
    ['hours', ['2026-03-10T10:00', '2026-03-10T11:59'], ['2026-03-10T08:00:00.000Z', '2026-03-10T09:59:59.999Z']],
  ])('shifts %s', (_, range, expected) => {
    expect(previous(range)).toEqual(expected)
  })

  it('shifts by local days across a change of clocks', () => {
    expect(previous(['2026-03-29', '2026-03-30'], 'Europe/Brussels')).toEqual(['2026-03-27', '2026-03-28'])
    expect(previous('this month', 'Europe/Brussels')).toEqual(['2026-02-01', '2026-02-28'])
  })

  it('finds the range in a filter, keeps the rest, and intersects two', () => {
    const other = { member: 'a.x', operator: 'set' as const }
    const range = { member: 'a.date', operator: 'inDateRange' as const, values: ['2026-03-10', '2026-03-16'] }
    expect(previousPeriodQuery({ measures: ['a.count'], filters: [other, range] }, comparison, now)).toEqual({
      measures: ['a.count'],
      filters: [other],
      timeDimensions: [{ dimension: 'a.date', dateRange: ['2026-03-03', '2026-03-09'] }],
    })
    const both: Query = {
      measures: ['a.count'],
      timeDimensions: [
        { dimension: 'a.date', granularity: 'day', dateRange: ['2026-03-12', '2026-04-12'] },
        { dimension: 'b.date', dateRange: 'today' },
      ],
      filters: [range],
    }
    expect(previousPeriodQuery(both, comparison, now)).toEqual({
      measures: ['a.count'],
      filters: [],
      timeDimensions: [
        { dimension: 'a.date', granularity: 'day', dateRange: ['2026-03-07', '2026-03-11'] },
        { dimension: 'b.date', dateRange: 'today' },
      ],
    })
  })

  it('is undefined without a range, with one that cannot be read, or one within an "or"', () => {
    expect(previousPeriodQuery({ measures: ['a.count'] }, comparison, now)).toBeUndefined()
    expect(previous('someday')).toBeUndefined()
    expect(previous('today', 'Nowhere/City')).toBeUndefined()
    const filters = [{ or: [{ member: 'a.date', operator: 'inDateRange' as const, values: ['today'] }] }]
    expect(previousPeriodQuery({ measures: ['a.count'], filters }, comparison, now)).toBeUndefined()
  })
})

describe('trendQuery', () => {
  const trend = (dateRange?: DateRange) =>
    trendQuery(dateRange === undefined ? { measures: ['a.count'] } : asked(dateRange), comparison, now)

  it.each<[DateRange | undefined, string]>([
    ['last 7 days', 'day'],
    [['2001-01-01', '2001-06-30'], 'day'],
    ['last year', 'week'],
    ['from 2010-01-01 to now', 'month'],
    [undefined, 'month'],
  ])('%j by %s', (range, granularity) => {
    expect(trend(range).timeDimensions?.[0]).toMatchObject({ dimension: 'a.date', granularity })
  })

  it('keeps measures, filters and segments only', () => {
    const query: Query = {
      ...asked('last 7 days'),
      dimensions: ['a.x'],
      filters: [{ member: 'a.x', operator: 'set' }],
      segments: ['a.s'],
      order: [['a.x', 'asc']],
      limit: 1,
      offset: 1,
      total: true,
    }
    expect(trendQuery(query, comparison, now)).toEqual({
      measures: ['a.count'],
      filters: query.filters,
      segments: ['a.s'],
      timezone: 'UTC',
      timeDimensions: [{ dimension: 'a.date', dateRange: 'last 7 days', granularity: 'day' }],
    })
  })
})

it('applyFilters adds filters and changes nothing given', () => {
  const query: Query = Object.freeze({ measures: ['a.count'], filters: [{ member: 'a.x', operator: 'set' as const }] })
  const added = { member: 'a.y', operator: 'notSet' as const }
  expect(applyFilters(query, [added])).toEqual({ ...query, filters: [query.filters![0], added] })
  expect(query.filters).toHaveLength(1)
  expect(applyFilters(query, [])).toBe(query)
})

it('asks for no part of an answer that the derived one does not have', () => {
  const query: Query = {
    measures: ['orders.count'],
    dimensions: ['orders.status'],
    timeDimensions: [{ dimension: 'orders.at', granularity: 'day', dateRange: 'last month', fill: 'zero' }],
    subtotals: true,
    topN: { dimension: 'orders.status', limit: 3 },
    cursor: 'x',
  }
  const trend = trendQuery(query, { dimension: 'orders.at' } as never)
  expect(trend).toEqual({
    measures: ['orders.count'],
    timeDimensions: [{ dimension: 'orders.at', granularity: 'day', dateRange: 'last month' }],
  })
  expect(previousPeriodQuery(query, { dimension: 'orders.at' } as never, now)).toEqual({
    ...query,
    cursor: undefined,
    filters: [],
    timeDimensions: [
      { dimension: 'orders.at', granularity: 'day', dateRange: ['2026-01-01', '2026-01-31'], fill: 'zero' },
    ],
  })
})
