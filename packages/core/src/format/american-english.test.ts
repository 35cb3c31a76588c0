import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { americanEnglish } from './american-english.ts'

const { number: quickNumber, date: quickDate } = americanEnglish

const NUMBERS: readonly Intl.NumberFormatOptions[] = [
  {},
  { useGrouping: false, maximumFractionDigits: 0 },
  { maximumSignificantDigits: 3 },
  { notation: 'compact', maximumSignificantDigits: 3 },
  { maximumFractionDigits: 0 },
  { minimumFractionDigits: 0, maximumFractionDigits: 2 },
  { minimumFractionDigits: 1, maximumFractionDigits: 1 },
  { minimumFractionDigits: 4, maximumFractionDigits: 4 },
  { minimumFractionDigits: 2, maximumFractionDigits: 6 },
]

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e16, max: 1e16 }),
  fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
  // Decimals as people and databases write them, halves among them.
  fc
    .tuple(fc.integer({ min: -10_000_000, max: 10_000_000 }), fc.integer({ min: 0, max: 6 }))
    .map(([n, places]) => n / 10 ** places),
)

describe('quickNumber', () => {
  it.each(NUMBERS)('writes what Intl writes with %o', (options) => {
    const intl = new Intl.NumberFormat('en-US', options)
    const quick = quickNumber(options)!
    fc.assert(
      fc.property(number, (value) => {
        const text = quick(value)
        if (text !== undefined) expect(text).toBe(intl.format(value))
      }),
      { numRuns: 2_000 },
    )
    for (const value of [
      0, 0.5, 1.005, -1.005, -326184340.26774347, 2.5, 999.5, 999_499, 999_500, 999_950, 1_000_000, 12_345, 1e14,
      -0.001,
    ]) {
      expect(quick(value)).toBe(intl.format(value))
    }
  })

  it('leaves to Intl what only Intl knows', () => {
    expect(quickNumber({ style: 'unit', unit: 'minute' })).toBeUndefined()
    expect(quickNumber({ style: 'percent', maximumFractionDigits: 1 })).toBeUndefined()
    expect(quickNumber({ notation: 'compact' })).toBeUndefined()
    expect(quickNumber({ signDisplay: 'exceptZero' })).toBeUndefined()
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -0, 1e15, 1e-7])
      expect(quickNumber({})!(value)).toBeUndefined()
  })
})

const choices = <T>(...values: T[]) => fc.constantFrom<T | undefined>(undefined, ...values)
const dateOptions = fc.record({
  weekday: choices<'short' | 'long'>('short', 'long'),
  day: choices<'numeric' | '2-digit'>('numeric', '2-digit'),
  month: choices<'short' | 'long' | 'numeric'>('short', 'long', 'numeric'),
  year: choices<'numeric'>('numeric'),
  hour: choices<'2-digit' | 'numeric'>('2-digit', 'numeric'),
  minute: choices<'2-digit'>('2-digit'),
  second: choices<'2-digit'>('2-digit'),
  hourCycle: choices<'h23' | 'h12'>('h23', 'h12'),
})

describe('quickDate', () => {
  it('writes what Intl writes, or leaves it to Intl', () => {
    let written = 0
    fc.assert(
      fc.property(
        dateOptions,
        fc.date({ min: new Date('0500-01-01'), max: new Date('9000-01-01'), noInvalidDate: true }),
        (chosen, date) => {
          const options = Object.fromEntries(
            Object.entries({ ...chosen, timeZone: 'UTC' }).filter(([, value]) => value !== undefined),
          )
          const { hourCycle: _, timeZone: __, ...parts } = options
          fc.pre(Object.keys(parts).length > 0)
          const text = quickDate(options)?.(date)
          if (text === undefined) return
          written += 1
          expect(text).toBe(new Intl.DateTimeFormat('en-US', options).format(date))
        },
      ),
      { numRuns: 10_000 },
    )
    expect(written).toBeGreaterThan(50)
  })

  it.each<Intl.DateTimeFormatOptions>([
    { day: 'numeric', month: 'short', year: 'numeric' },
    { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    { month: 'long', year: 'numeric' },
    { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  ])('covers what charts need: %o', (options) => {
    const date = new Date('2001-03-05T20:07:00Z')
    const utc = { ...options, timeZone: 'UTC' }
    expect(quickDate(utc)!(date)).toBe(new Intl.DateTimeFormat('en-US', utc).format(date))
  })

  it('leaves other zones to Intl', () => {
    expect(quickDate({ day: 'numeric', month: 'short', timeZone: 'Europe/Brussels' })).toBeUndefined()
  })
})
