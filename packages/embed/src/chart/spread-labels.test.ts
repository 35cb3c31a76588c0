import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spreadLabels } from './spread-labels.ts'

describe('spreadLabels', () => {
  it('leaves labels that have room where they are', () => {
    expect(spreadLabels([20, 60, 100], 16, 0, 120)).toEqual([20, 60, 100])
  })

  it('keeps order, distance and bounds when there is room for all', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1, maxLength: 8 }), (wanted) => {
        const placed = spreadLabels(wanted, 16, 0, 200)
        const sorted = placed.toSorted((a, b) => a - b)
        sorted.slice(1).forEach((centre, index) => {
          expect(centre - sorted[index]!).toBeGreaterThanOrEqual(16 - 1e-9)
        })
        expect(sorted[0]).toBeGreaterThanOrEqual(8 - 1e-9)
        expect(sorted.at(-1)).toBeLessThanOrEqual(192 + 1e-9)
        wanted.forEach((one, index) => {
          wanted.forEach((other, at) => {
            if (one < other) expect(placed[index]!).toBeLessThan(placed[at]!)
          })
        })
      }),
    )
  })
})
