import { describe, expect, it } from 'vitest'
import { categoryLabels, fitsBelow } from './category-labels.ts'
import { estimateWidth, shortenText } from './text-width.ts'

const place = (texts: readonly string[], band: number, ordered = false) =>
  categoryLabels({
    count: texts.length,
    text: (index) => texts[index]!,
    band,
    fontSize: 12,
    measure: estimateWidth,
    ordered,
  })

describe('categoryLabels', () => {
  it('writes out what fits', () => {
    expect(place(['North', 'South'], 80).map(({ text }) => text)).toEqual(['North', 'South'])
  })

  it('shortens names before it leaves any out', () => {
    expect(place(['Los Angeles International', 'San Francisco International'], 70).map(({ text }) => text)).toEqual([
      'Los Ang…',
      'San Fran…',
    ])
  })

  it('thins what has an order of its own', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)
    expect(place(hours, 24, true).map(({ text }) => text)).toEqual(hours.filter((_, hour) => hour % 2 === 0))
  })

  it('does not measure ten thousand texts to show a few', () => {
    let asked = 0
    categoryLabels({
      count: 10_000,
      text: () => `n${asked++}`,
      band: 0.07,
      fontSize: 12,
      measure: estimateWidth,
      ordered: false,
    })
    expect(asked).toBeLessThan(500)
  })
})

describe('fitsBelow', () => {
  it('accepts a cut of a third, not of half', () => {
    expect(fitsBelow(80, 100)).toBe(true)
    expect(fitsBelow(50, 100)).toBe(false)
  })
})

describe('shortenText', () => {
  it('keeps whole letters and marks the cut', () => {
    expect(shortenText('Åland 🛫 airport', 60, 12, estimateWidth)).toBe('Åland 🛫…')
    expect(shortenText('x', 1, 12, estimateWidth)).toBe('')
  })
})
