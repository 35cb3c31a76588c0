import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isHeadingInto, placeTooltip } from './place-tooltip.ts'

const viewport = { width: 800, height: 600 }
const point = (x: number, y: number) => ({ left: x - 6, right: x + 6, top: y, bottom: y })

describe('placeTooltip', () => {
  it('stands right of the mark, above the pointer', () => {
    expect(placeTooltip(point(200, 300), { width: 120, height: 60 }, viewport)).toEqual({ x: 220, y: 233 })
  })

  it('changes sides at the right edge and comes down at the top', () => {
    expect(placeTooltip(point(760, 20), { width: 120, height: 60 }, viewport)).toEqual({ x: 620, y: 8 })
  })

  it('stays in the viewport and leaves the mark free', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 794 }),
        fc.integer({ min: 6, max: 594 }),
        fc.integer({ min: 40, max: 360 }),
        fc.integer({ min: 20, max: 280 }),
        (x, y, width, height) => {
          const spot = placeTooltip(point(x, y), { width, height }, viewport)
          expect(spot.x).toBeGreaterThanOrEqual(8)
          expect(spot.y).toBeGreaterThanOrEqual(8)
          expect(spot.x + width).toBeLessThanOrEqual(792)
          expect(spot.y + height).toBeLessThanOrEqual(592)
          const covers = spot.x < x + 6 && spot.x + width > x - 6 && spot.y < y && spot.y + height > y
          expect(covers).toBe(false)
        },
      ),
    )
  })
})

describe('isHeadingInto', () => {
  const box = { x: 220, y: 200, width: 120, height: 60 }

  it('lets the pointer cross the gap towards the tooltip', () => {
    expect(isHeadingInto({ x: 206, y: 267 }, { x: 214, y: 258 }, box)).toBe(true)
    expect(isHeadingInto({ x: 206, y: 267 }, { x: 230, y: 240 }, box)).toBe(true)
  })

  it('does not hold the pointer that moves along the chart', () => {
    expect(isHeadingInto({ x: 206, y: 267 }, { x: 226, y: 267 }, box)).toBe(false)
    expect(isHeadingInto({ x: 206, y: 267 }, { x: 190, y: 260 }, box)).toBe(false)
  })
})
