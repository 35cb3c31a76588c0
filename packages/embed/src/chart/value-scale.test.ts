import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scaleTicks, valueScale } from './value-scale.ts'

describe('valueScale', () => {
  it('starts bars at zero', () => {
    expect(valueScale(240, 328, { intervals: 4, fromZero: true })).toEqual({ min: 0, max: 400, step: 100 })
  })

  it('lets lines that move in a narrow band leave zero', () => {
    expect(valueScale(240, 328, { intervals: 4, fromZero: false })).toEqual({ min: 225, max: 350, step: 25 })
  })

  it('keeps zero where lines move widely', () => {
    expect(valueScale(40, 328, { intervals: 4, fromZero: false }).min).toBe(0)
  })

  it('has no halves between counts', () => {
    expect(scaleTicks(valueScale(0, 2, { intervals: 5, fromZero: true, integer: true }))).toEqual([0, 1, 2])
  })

  it('makes exactly as many steps as asked for, so that two axes share grid lines', () => {
    expect(scaleTicks(valueScale(-3.2, 41, { intervals: 4, fromZero: true, exact: true }))).toHaveLength(5)
  })

  it('shows something for a constant and for nothing', () => {
    expect(valueScale(0, 0, { intervals: 3, fromZero: true })).toMatchObject({ min: 0, max: 1 })
    expect(
      valueScale(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, { intervals: 3, fromZero: true }),
    ).toMatchObject({ min: 0, max: 1 })
  })

  it('covers the data with whole steps, whatever the data', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        fc.boolean(),
        (low, span, intervals, fromZero, exact) => {
          const { min, max, step } = valueScale(low, low + span, { intervals, fromZero, exact })
          const slack = step * 1e-6
          expect(min).toBeLessThanOrEqual(low + slack)
          expect(max).toBeGreaterThanOrEqual(low + span - slack)
          const steps = (max - min) / step
          expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-3)
          if (exact) expect(Math.round(steps)).toBe(intervals)
          if (fromZero) expect(min <= slack && max >= -slack).toBe(true)
        },
      ),
    )
  })
})
