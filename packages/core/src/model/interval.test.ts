import { describe, expect, it } from 'vitest'
import { formatInterval, negateInterval, parseInterval } from './interval.ts'

const DAY_MS = 86_400_000

describe('parseInterval', () => {
  it.each([
    ['1 second', { months: 0, ms: 1_000 }],
    ['15 minutes', { months: 0, ms: 900_000 }],
    ['2 week', { months: 0, ms: 14 * DAY_MS }],
    ['1 quarter', { months: 3, ms: 0 }],
    ['1 year 6 months', { months: 18, ms: 0 }],
    ['1 month -10 days', { months: 1, ms: -10 * DAY_MS }],
    ['  -1   DAY ', { months: 0, ms: -DAY_MS }],
    ['1000 years', { months: 12_000, ms: 0 }],
  ])('%s', (text, interval) => {
    expect(parseInterval(text)).toEqual(interval)
  })

  it.each([
    '',
    '1',
    'day',
    '1 fortnight',
    '1.5 days',
    '1 days 2',
    'one day',
    '1 ss',
    '1001 years',
    '9999999999 seconds',
    'unbounded',
    '1 day; drop',
  ])('is not %j', (text) => {
    expect(parseInterval(text)).toBeUndefined()
  })
})

it.each([
  '1 year 6 months',
  '1 week',
  '10 days',
  '8 hours',
  '1 month -10 days',
  '90 minutes',
  '-1 day',
  '1 day 1 hour',
])('writes %s so that it is read the same again', (text) => {
  const interval = parseInterval(text)!
  expect(parseInterval(formatInterval(interval))).toEqual(interval)
})

it('writes short words', () => {
  expect(formatInterval({ months: 12, ms: 0 })).toBe('1 year')
  expect(formatInterval({ months: 0, ms: 7 * DAY_MS })).toBe('1 week')
  expect(formatInterval({ months: 0, ms: 10 * DAY_MS })).toBe('10 days')
  expect(formatInterval({ months: 0, ms: 0 })).toBe('0 seconds')
})

it('turns an interval round without a negative zero', () => {
  expect(negateInterval({ months: 3, ms: 0 })).toStrictEqual({ months: -3, ms: 0 })
})
