/** A colour in OKLCH: lightness 0…1, chroma from 0 (grey), hue in degrees. Source: Björn Ottosson, "A perceptual color space" (2020). */
export interface Oklch {
  readonly l: number
  readonly c: number
  readonly h: number
}

/** Three channels; what they mean is in the name of the variable. */
export type Triple = readonly [number, number, number]

/** Reads `#rrggbb` as linear-light sRGB, each channel 0…1. */
export function hexToLinear(hex: string): Triple {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** Writes linear-light sRGB as `#rrggbb`; channels outside 0…1 are cut off. */
export function linearToHex(linear: Triple): string {
  const channel = (value: number) => {
    const cut = Math.min(1, Math.max(0, value))
    const gamma = cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055
    return Math.round(gamma * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${linear.map(channel).join('')}`
}

/** Linear-light sRGB to OKLab `[L, a, b]`, in which the straight distance is a colour difference. */
export function linearToOklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** OKLab to linear-light sRGB; channels leave 0…1 when the colour is outside sRGB. */
export function oklabToLinear([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

/** `#rrggbb` to OKLCH. */
export function hexToOklch(hex: string): Oklch {
  const [l, a, b] = linearToOklab(hexToLinear(hex))
  const degrees = (Math.atan2(b, a) * 180) / Math.PI
  return { l, c: Math.hypot(a, b), h: (degrees + 360) % 360 }
}

/** OKLCH to `#rrggbb`. A chroma that sRGB cannot show is lowered until it can; lightness and hue stay. */
export function oklchToHex(color: Oklch): string {
  let low = 0
  let high = color.c
  if (isShowable(toLinear(color))) return linearToHex(toLinear(color))
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2
    if (isShowable(toLinear({ ...color, c: middle }))) low = middle
    else high = middle
  }
  return linearToHex(toLinear({ ...color, c: low }))
}

function toLinear({ l, c, h }: Oklch): Triple {
  const radians = (h * Math.PI) / 180
  return oklabToLinear([l, c * Math.cos(radians), c * Math.sin(radians)])
}

function isShowable(linear: Triple): boolean {
  return linear.every((channel) => channel >= -0.0005 && channel <= 1.0005)
}
