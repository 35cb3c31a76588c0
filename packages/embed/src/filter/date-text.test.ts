import type { DateRangeFilter } from '@datainsight/core'
import { createFormatter } from '@datainsight/core/format'
import { expect, it } from 'vitest'
import { ENGLISH } from '../messages.ts'
import { monthBefore, presetsOf, rangeLabel, toDaySpan } from './date-text.ts'
import { isDay, spanProblem } from './span-problem.ts'

const control: DateRangeFilter = { id: 'p', type: 'date_range', member: 'a.b', title: 'Date' }
const label = (range: string | string[], presets = presetsOf(control, ENGLISH, '2026-11-22')) =>
  rangeLabel(range, presets, createFormatter({ locale: 'en-US' }), ENGLISH)

it('names a range by its preset, its dates or its words', () => {
  expect(label('last 7 days')).toBe('Last 7 days')
  expect(label(['2001-03-01', '2001-03-28'])).toMatch(/^Mar 1\s–\s28, 2001$/u)
  expect(label('from 30 days ago to now')).toBe('From 30 days ago to now')
  expect(label(['2001-01-01', '2001-03-31'], [{ title: 'Q1', range: ['2001-01-01', '2001-03-31'] }])).toBe('Q1')
})

it('offers no words about today for data that has ended', () => {
  expect(presetsOf({ ...control, min: '2001-01-01', max: '2001-06-30' }, ENGLISH, '2026-11-22')).toEqual([
    { title: 'Whole period', range: ['2001-01-01', '2001-06-30'] },
  ])
})

it('reads days from dates and from nothing else', () => {
  expect(toDaySpan(['2001-01-01T00:00:00.000', '2001-01-31'])).toEqual({ from: '2001-01-01', to: '2001-01-31' })
  expect(toDaySpan('2001-01-05')).toEqual({ from: '2001-01-05', to: '2001-01-05' })
  expect(toDaySpan('last 7 days')).toBeUndefined()
  expect(toDaySpan(undefined)).toBeUndefined()
})

it('goes back a month, over new year and not before the first day', () => {
  expect(monthBefore('2001-06-30')).toBe('2001-05-01')
  expect(monthBefore('2001-01-31')).toBe('2000-12-01')
  expect(monthBefore('2001-01-31', '2001-01-01')).toBe('2001-01-01')
})

it('knows the calendar', () => {
  expect(['2001-02-28', '2000-02-29'].every(isDay)).toBe(true)
  expect(['2001-02-29', '2001-13-01', '2001-1-1', '', 'today'].some(isDay)).toBe(false)
})

it('names the first problem of two dates and its field', () => {
  const limits = { min: '2001-01-01', max: '2001-06-30' }
  expect(spanProblem({ from: '2001-01-01', to: '2001-06-30' }, limits, ENGLISH)).toBeUndefined()
  expect(spanProblem({ from: '2000-12-31', to: '2001-06-30' }, limits, ENGLISH)).toEqual({
    field: 'from',
    text: 'The first day is 2001-01-01.',
  })
  expect(spanProblem({ from: '2001-01-01', to: '2001-07-01' }, limits, ENGLISH)).toEqual({
    field: 'to',
    text: 'The last day is 2001-06-30.',
  })
  expect(spanProblem({ from: '2001-03-02', to: '2001-03-01' }, limits, ENGLISH)).toEqual({
    field: 'to',
    text: 'The end is before the start.',
  })
  expect(spanProblem({ from: 'x', to: '' }, limits, ENGLISH)).toMatchObject({ field: 'from' })
})
