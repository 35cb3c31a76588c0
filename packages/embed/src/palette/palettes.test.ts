import { describe, expect, it } from 'vitest'
import { COLOR_VISIONS, colorDifference } from './color-vision.ts'
import { contrastRatio } from './contrast.ts'
import { generatePalette } from './generate-palette.ts'
import { hexToOklch } from './oklch.ts'
import { PALETTES } from './palettes.ts'
import { withAlpha } from './parse-color.ts'
import { rampColor } from './ramp-color.ts'
import { PALETTE_SEEDS } from './seeds.ts'

describe.each(['light', 'dark'] as const)('the %s palette', (theme) => {
  const seed = PALETTE_SEEDS[theme]
  const { categorical, sequential, diverging } = PALETTES[theme]

  it('is what the generator makes of its seed', () => {
    expect(generatePalette(seed)).toEqual(PALETTES[theme])
  })

  it('has twelve different colours of which the first is the primary', () => {
    expect(categorical[0]).toBe(seed.primary)
    expect(new Set(categorical).size).toBe(12)
  })

  it('keeps one lightness after the primary', () => {
    for (const color of categorical.slice(1)) expect(hexToOklch(color).l).toBeCloseTo(seed.lightness, 2)
  })

  it('stands out from the surface by 3:1 or more', () => {
    for (const color of categorical) expect(contrastRatio(color, seed.surface), color).toBeGreaterThanOrEqual(3)
  })

  it.each(COLOR_VISIONS)('tells neighbours apart with %s vision', (vision) => {
    categorical.forEach((color, index) => {
      const next = categorical[(index + 1) % categorical.length]!
      expect(colorDifference(color, next, vision), `${color} beside ${next}`).toBeGreaterThanOrEqual(8)
    })
  })

  it('tells the first five colours apart in normal vision', () => {
    const first = categorical.slice(0, 5)
    for (const one of first)
      for (const other of first) if (one !== other) expect(colorDifference(one, other)).toBeGreaterThanOrEqual(8)
  })

  it('has a sequential ramp that moves away from the surface all the way', () => {
    const contrasts = Array.from({ length: 9 }, (_, step) =>
      contrastRatio(rampColor(sequential, step / 8), seed.surface),
    )
    expect(contrasts).toEqual(contrasts.toSorted((a, b) => a - b))
    expect(contrasts[0]).toBeLessThan(1.5)
    expect(contrasts[8]).toBeGreaterThanOrEqual(4.5)
  })

  it.each(COLOR_VISIONS)('has diverging ends that differ with %s vision', (vision) => {
    const [low, middle, high] = diverging
    expect(colorDifference(low, high, vision)).toBeGreaterThanOrEqual(20)
    expect(colorDifference(low, middle, vision)).toBeGreaterThanOrEqual(20)
    expect(colorDifference(middle, high, vision)).toBeGreaterThanOrEqual(20)
  })
})

describe('rampColor', () => {
  it('meets its stops and stays inside them', () => {
    const stops = ['#000000', '#ff0000', '#ffffff']
    expect([-1, 0, 0.5, 1, 2].map((position) => rampColor(stops, position))).toEqual([
      '#000000',
      '#000000',
      '#ff0000',
      '#ffffff',
      '#ffffff',
    ])
  })

  it('reads the colours of a resolved theme', () => {
    expect(rampColor(['rgb(0, 0, 0)', 'rgb(255, 0, 0)'], 1)).toBe('#ff0000')
  })
})

describe('withAlpha', () => {
  it('multiplies the opacity of any resolved colour', () => {
    expect(withAlpha('#2f5bea', 0.5)).toBe('rgba(47, 91, 234, 0.5)')
    expect(withAlpha('rgba(47, 91, 234, 0.5)', 0.5)).toBe('rgba(47, 91, 234, 0.25)')
  })
})
