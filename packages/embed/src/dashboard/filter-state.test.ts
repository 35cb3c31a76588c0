import type { DashboardFilter, Filter } from '@datainsight/core'
import { expect, it } from 'vitest'
import { defaultFilters, isSameFilters, readValue, withValue } from './filter-state.ts'

const period: DashboardFilter = {
  id: 'period',
  type: 'date_range',
  member: 'flights.date',
  title: 'Date',
  default: 'last 7 days',
}
const places: DashboardFilter = {
  id: 'places',
  type: 'multi_select',
  member: 'flights.destination',
  title: 'To',
  default: ['DEN', 'LAX'],
}
const other: Filter = { or: [{ member: 'flights.delay', operator: 'gt', values: [15] }] }

it('starts with what the author chose', () => {
  expect(defaultFilters({ filters: [period, places] })).toEqual([
    { member: 'flights.date', operator: 'inDateRange', values: ['last 7 days'] },
    { member: 'flights.destination', operator: 'equals', values: ['DEN', 'LAX'] },
  ])
  expect(defaultFilters({})).toEqual([])
})

it('reads back what it wrote, words and dates', () => {
  for (const range of ['last 7 days', ['2001-01-01', '2001-01-31']])
    expect(readValue(withValue([], period, range), period)).toEqual(range)
  expect(readValue(withValue([], places, ['DEN']), places)).toEqual(['DEN'])
  expect(readValue([other], period)).toBeUndefined()
})

it('replaces one control’s condition in its place and leaves the others', () => {
  const before = [...defaultFilters({ filters: [period, places] }), other]
  expect(withValue(before, period, ['2001-01-01', '2001-01-31'])).toEqual([
    { member: 'flights.date', operator: 'inDateRange', values: ['2001-01-01', '2001-01-31'] },
    before[1],
    other,
  ])
  expect(withValue(before, places, undefined)).toEqual([before[0], other])
  expect(withValue(before, places, [])).toEqual([before[0], other])
})

it('tells states apart', () => {
  expect(isSameFilters([other], [structuredClone(other)])).toBe(true)
  expect(isSameFilters(undefined, [])).toBe(false)
})
