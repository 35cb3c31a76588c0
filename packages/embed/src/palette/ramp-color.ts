import { hexToLinear, linearToHex, linearToOklab, oklabToLinear, type Triple } from './oklch.ts'
import { toHex } from './parse-color.ts'

/** The colour at `position` 0…1 between `stops` (evenly spaced), as `#rrggbb`, mixed in OKLab so that steps look even. */
export function rampColor(stops: readonly string[], position: number): string {
  const last = stops.length - 1
  const scaled = Math.min(1, Math.max(0, position)) * last
  const index = Math.min(last - 1, Math.floor(scaled))
  const share = scaled - index
  const from = linearToOklab(hexToLinear(toHex(stops[index]!)))
  const to = linearToOklab(hexToLinear(toHex(stops[index + 1]!)))
  const mix = (at: 0 | 1 | 2) => from[at] + (to[at] - from[at]) * share
  const mixed: Triple = [mix(0), mix(1), mix(2)]
  return linearToHex(oklabToLinear(mixed))
}
