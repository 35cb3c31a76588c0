import { describe, expect, it } from 'vitest'
import type { ChartPoints, Mark, Place } from './compiled-chart.ts'
import { movePlace } from './move-place.ts'

const mark: Mark = { box: { x: 0, y: 0, width: 1, height: 1 }, round: false, datum: {}, members: [], spoken: '' }

/** Two series of five; `has` tells where values are. */
function points(has: (place: Place) => boolean, vertical = false): ChartPoints {
  return {
    positions: 5,
    series: 2,
    vertical,
    mark: (place) => (has(place) ? mark : undefined),
    tooltip: () => ({ title: '', rows: [], note: undefined }),
    highlights: () => [],
    find: () => undefined,
  }
}

describe('movePlace', () => {
  it('starts at the first value, of any series', () => {
    expect(
      movePlace(
        points(({ position }) => position > 1),
        undefined,
        'ArrowRight',
      ),
    ).toEqual({ position: 2, series: 0 })
    expect(
      movePlace(
        points(({ series }) => series === 1),
        undefined,
        'ArrowRight',
      ),
    ).toEqual({ position: 0, series: 1 })
    expect(
      movePlace(
        points(() => false),
        undefined,
        'ArrowRight',
      ),
    ).toBeUndefined()
  })

  it('starts at the last value by End', () => {
    expect(
      movePlace(
        points(() => true),
        undefined,
        'End',
      ),
    ).toEqual({ position: 4, series: 0 })
  })

  it('passes over gaps and stops at the ends', () => {
    const gaps = points(({ position }) => position !== 2 && position !== 3)
    expect(movePlace(gaps, { position: 1, series: 0 }, 'ArrowRight')).toEqual({ position: 4, series: 0 })
    expect(movePlace(gaps, { position: 4, series: 0 }, 'ArrowRight')).toBeUndefined()
    expect(movePlace(gaps, { position: 4, series: 0 }, 'Home')).toEqual({ position: 0, series: 0 })
    expect(movePlace(gaps, { position: 0, series: 0 }, 'End')).toEqual({ position: 4, series: 0 })
  })

  it('goes between series across, and turns with the chart', () => {
    const all = points(() => true)
    expect(movePlace(all, { position: 1, series: 0 }, 'ArrowDown')).toEqual({ position: 1, series: 1 })
    expect(movePlace(all, { position: 1, series: 0 }, 'ArrowUp')).toBeUndefined()
    const turned = points(() => true, true)
    expect(movePlace(turned, { position: 1, series: 0 }, 'ArrowDown')).toEqual({ position: 2, series: 0 })
    expect(movePlace(turned, { position: 1, series: 0 }, 'ArrowRight')).toEqual({ position: 1, series: 1 })
  })
})
