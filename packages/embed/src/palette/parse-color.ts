/** Red, green and blue 0…255, alpha 0…1. */
export interface Rgba {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

/** Reads `#rrggbb` and the `rgb()`/`rgba()` of a resolved theme; opaque black for anything else. */
export function parseColor(color: string): Rgba {
  if (/^#[\da-f]{6}$/i.test(color)) {
    const value = Number.parseInt(color.slice(1), 16)
    return { red: value >> 16, green: (value >> 8) & 255, blue: value & 255, alpha: 1 }
  }
  const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number)
  return { red, green, blue, alpha }
}

/** `color` with its opacity multiplied by `alpha`, as `rgba()`. */
export function withAlpha(color: string, alpha: number): string {
  const { red, green, blue, alpha: own } = parseColor(color)
  return `rgba(${red}, ${green}, ${blue}, ${Number((own * alpha).toFixed(3))})`
}

/** `color` without its opacity, as `#rrggbb`. */
export function toHex(color: string): string {
  const { red, green, blue } = parseColor(color)
  return `#${[red, green, blue].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
}
