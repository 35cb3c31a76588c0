import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type CustomBuckets, timeBuckets } from '../query/time-buckets.ts'
import { GRANULARITIES } from '../schema/query.ts'
import { gridOf, isMadeOf, isStart } from './bucket-grid.ts'

const DAY_MS = 86_400_000
const sizes: fc.Arbitrary<CustomBuckets> = fc.oneof(
  fc
    .record({
      granularity: fc.constantFrom(...GRANULARITIES.filter((one) => one !== 'second' && one !== 'minute')),
      weekStart: fc.integer({ min: 0, max: 6 }),
      fiscalYearStart: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ granularity, ...rules }) => gridOf(granularity, rules)),
  fc
    .record({
      hours: fc.constantFrom(1, 2, 6, 12, 24, 36, 48, 168, 336),
      origin: fc.constantFrom(0, 1, 24, 30, 96, 120),
    })
    .map(({ hours, origin }) => ({ interval: { months: 0, ms: hours * 3_600_000 }, originMs: origin * 3_600_000 })),
  fc
    .record({
      months: fc.constantFrom(1, 2, 3, 4, 6, 12, 24),
      month: fc.integer({ min: 0, max: 11 }),
      day: fc.constantFrom(1, 6, 28),
      hour: fc.constantFrom(0, 0, 5),
    })
    .map(({ months, month, day, hour }) => ({
      interval: { months, ms: 0 },
      originMs: Date.UTC(2019, month, day, hour),
    })),
)

/** Starts of two years' buckets. */
function startsOf(size: CustomBuckets): Set<number> {
  const [startMs, endMs] = [Date.UTC(2024, 0, 1), Date.UTC(2026, 0, 1)]
  const span = { startMs, endMs, localStartMs: startMs, localEndMs: endMs }
  const buckets = timeBuckets(span, size, 'UTC', { weekStart: 0, fiscalYearStart: 1 }, 40_000)
  if ('problem' in buckets) throw new Error(buckets.problem)
  return new Set(buckets.map(({ localStart }) => localStart).filter((start) => start >= startMs))
}

it('holds of buckets what listing them shows', () => {
  let made = 0
  fc.assert(
    fc.property(sizes, sizes, (asked, kept) => {
      const starts = startsOf(kept)
      const isWhole = [...startsOf(asked)].every((start) => starts.has(start))
      // Two years tell two sizes apart, but for those that start less often.
      if (isMadeOf(asked, kept)) made += 1
      if (isMadeOf(asked, kept) || asked.interval.months <= 12) expect(isMadeOf(asked, kept)).toBe(isWhole)
    }),
    { numRuns: 150 },
  )
  expect(made).toBeGreaterThan(10)
})

it.each<[string, CustomBuckets, boolean, boolean]>([
  ['a month', { interval: { months: 1, ms: 0 }, originMs: 0 }, true, true],
  ['five days from the second', { interval: { months: 0, ms: 5 * DAY_MS }, originMs: DAY_MS }, false, true],
  ['months from the 31st', { interval: { months: 1, ms: 0 }, originMs: Date.UTC(2020, 0, 31) }, false, false],
  ['months and days', { interval: { months: 1, ms: DAY_MS }, originMs: 0 }, false, false],
])('tells of buckets of %s whether one starts in 1970, and whether days make them up', (_, size, starts, isOfDays) => {
  expect(isStart(size, 0)).toBe(starts)
  expect(isMadeOf(size, gridOf('day'))).toBe(isOfDays)
})
