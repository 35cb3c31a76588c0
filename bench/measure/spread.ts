/** Median and extremes of several measurements of the same thing. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
  readonly n: number
}

/** The value below which the share `at` of the samples lies (nearest rank). @throws Error without samples. */
export function quantile(samples: readonly number[], at: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(at * sorted.length) - 1))]
  if (value === undefined) throw new Error('no samples')
  return value
}

/** Median, minimum and maximum. @throws Error without samples. */
export function spread(samples: readonly number[]): Spread {
  return { median: quantile(samples, 0.5), min: Math.min(...samples), max: Math.max(...samples), n: samples.length }
}

/** `median (min – max)` with so many digits after the point. */
export function showSpread({ median, min, max }: Spread, digits = 2): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)} – ${max.toFixed(digits)})`
}
