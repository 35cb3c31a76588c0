/** Where each value of a stack begins and ends. */
export interface Stacked {
  readonly from: Float64Array
  readonly to: Float64Array
}

/** Lays series on top of each other; negative values grow down from zero. A gap takes no room. */
export function stackValues(series: readonly Float64Array[]): Stacked[] {
  const count = series[0]?.length ?? 0
  const up = new Float64Array(count)
  const down = new Float64Array(count)
  return series.map((values) => {
    const from = new Float64Array(count)
    const to = new Float64Array(count)
    for (let at = 0; at < count; at++) {
      const value = values[at]!
      const side = value < 0 ? down : up
      from[at] = side[at]!
      side[at] = side[at]! + (Number.isNaN(value) ? 0 : value)
      to[at] = side[at]!
    }
    return { from, to }
  })
}

/** Each value as its share (0…1) of the sum of magnitudes at its position; gaps stay gaps. */
export function toShares(series: readonly Float64Array[]): Float64Array[] {
  const totals = new Float64Array(series[0]?.length ?? 0)
  for (const values of series)
    values.forEach((value, at) => {
      if (!Number.isNaN(value)) totals[at] = totals[at]! + Math.abs(value)
    })
  return series.map((values) => values.map((value, at) => (totals[at] === 0 ? Number.NaN : value / totals[at]!)))
}

/**
 * Smallest and largest of what `arrays` hold; `[Infinity, −Infinity]` when they hold nothing.
 */
export function extent(arrays: readonly Float64Array[]): [min: number, max: number] {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const values of arrays) {
    for (const value of values) {
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  return [min, max]
}
