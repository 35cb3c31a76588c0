import { hexToOklch, oklchToHex } from './oklch.ts'

/** What one theme's colours grow from. */
export interface PaletteSeed {
  /** First categorical colour and hue of the sequential ramp, `#rrggbb`. */
  readonly primary: string
  /** What the colours are seen against, `#rrggbb`. */
  readonly surface: string
  /** OKLCH lightness shared by the generated categorical colours. */
  readonly lightness: number
  /** Highest OKLCH chroma; less where sRGB cannot show it. */
  readonly chroma: number
  /** OKLCH lightness of the strongest end of the ramps. */
  readonly rampLightness: number
}

/** A theme's chart colours, all `#rrggbb`. */
export interface Palette {
  /** Twelve; the first is the theme's primary colour. */
  readonly categorical: readonly string[]
  /** Low and high end; steps between are mixed in OKLab. */
  readonly sequential: readonly [string, string]
  /** Low, middle and high. */
  readonly diverging: readonly [string, string, string]
}

/**
 * OKLCH hues after the primary. Blueish and yellowish ones take turns, because that is the difference left when red and
 * green are not told apart; among the orders that do, this one keeps the first five furthest apart in normal vision.
 */
const HUES = [56, 185, 22, 302, 135, 328, 158, 235, 85, 350, 112] as const

/** Makes the colours of a theme. Deterministic: `palettes.ts` holds its output and a test compares the two. */
export function generatePalette({ primary, surface, lightness, chroma, rampLightness }: PaletteSeed): Palette {
  const { h } = hexToOklch(primary)
  const ground = hexToOklch(surface)
  const pale = ground.l + (rampLightness - ground.l) * 0.1
  return {
    categorical: [primary, ...HUES.map((hue) => oklchToHex({ l: lightness, c: chroma, h: hue }))],
    sequential: [oklchToHex({ l: pale, c: 0.025, h }), oklchToHex({ l: rampLightness, c: 0.2, h })],
    diverging: [
      oklchToHex({ l: rampLightness, c: 0.15, h: HUES[0] }),
      oklchToHex({ l: pale, c: 0.004, h }),
      oklchToHex({ l: rampLightness, c: 0.15, h }),
    ],
  }
}
