import { hexToLinear } from './oklch.ts'

/** Contrast of two `#rrggbb` colours, 1…21. Source: WCAG 2.2, "contrast ratio". */
export function contrastRatio(first: string, second: string): number {
  const [one, two] = [luminance(first), luminance(second)]
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)
}

function luminance(hex: string): number {
  const [r, g, b] = hexToLinear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
