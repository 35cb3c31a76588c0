/** A value axis: ends and step are round numbers, `(max − min) / step` is whole. */
export interface ValueScale {
  readonly min: number
  readonly max: number
  readonly step: number
}

/** How {@link valueScale} chooses. */
export interface ValueScaleOptions {
  /** Ticks wanted beside the first; at least 1. */
  readonly intervals: number
  /** Bars and areas grow from zero; lines may leave it when they move within a narrow band. */
  readonly fromZero: boolean
  /** Counts have no halves. */
  readonly integer?: boolean
  /** Makes exactly `intervals` steps, so that two axes share grid lines. */
  readonly exact?: boolean
}

const STEPS = [1, 2, 2.5, 5, 10] as const

/** Chooses round axis ends around the data. An empty extent (`min > max`) becomes 0…1. */
export function valueScale(min: number, max: number, options: ValueScaleOptions): ValueScale {
  let low = min <= max ? min : 0
  let high = min <= max ? max : 1
  const narrow = low > 0 && low > high * 0.6
  if (options.fromZero || !narrow) {
    low = Math.min(0, low)
    high = Math.max(0, high)
  }
  // Numbers this close are one number on any axis; between them there are no round steps.
  if (high - low <= Math.max(Math.abs(low), Math.abs(high)) * 1e-9 || high - low < 1e-200) {
    low = Math.abs(high) < 1e-200 ? 0 : high
    high = low
    if (low === 0) high = 1
    else if (low > 0) low = options.fromZero ? 0 : low - Math.abs(low) * 0.1
    else high = options.fromZero ? 0 : high + Math.abs(high) * 0.1
  }
  const intervals = Math.max(1, options.intervals)
  for (
    let step = roundStep((high - low) / intervals, options.integer === true);
    ;
    step = roundStep(step * 1.01, options.integer === true)
  ) {
    const start = Math.floor(low / step + 1e-9)
    const end = Math.ceil(high / step - 1e-9)
    if (!options.exact) return scale(start, end, step)
    if (end - start <= intervals) return scale(start, start + intervals, step)
  }
}

function scale(start: number, end: number, step: number): ValueScale {
  return { min: tidy(start * step), max: tidy(end * step), step: tidy(step) }
}

/** The next step of 1, 2, 2.5, 5 × 10ⁿ at or above `rough`. */
function roundStep(rough: number, integer: boolean): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  for (const factor of STEPS) {
    const step = factor * power
    if (step >= rough * (1 - 1e-9) && !(integer && step !== Math.round(step))) return Math.max(step, integer ? 1 : 0)
  }
  return Math.max(10 * power, integer ? 1 : 0)
}

/** Removes the dust of binary fractions: 0.30000000000000004 becomes 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}

/** The ticks of a scale, first to last. */
export function scaleTicks({ min, max, step }: ValueScale): number[] {
  return Array.from({ length: Math.round((max - min) / step) + 1 }, (_, index) => tidy(min + index * step))
}
