import type { Column } from '@datainsight/core'
import type { Formatter } from '@datainsight/core/format'
import type { TextMeasure } from './text-width.ts'
import { scaleTicks, type ValueScale, valueScale } from './value-scale.ts'

/** A value axis with the words at its ticks. */
export interface TickedScale extends ValueScale {
  readonly ticks: readonly number[]
  readonly labels: readonly string[]
  /** Width of the widest label, px. */
  readonly width: number
}

/** Names the ticks of `scale`: short, or in full where short words would repeat. */
export function tickScale(
  scale: ValueScale,
  column: Column,
  formatter: Formatter,
  fontSize: number,
  measure: TextMeasure,
): TickedScale {
  const ticks = scaleTicks(scale)
  const largest = Math.max(Math.abs(scale.min), Math.abs(scale.max))
  const short = ticks.map((tick) => formatter.axis(column, tick, largest))
  const labels = new Set(short).size === ticks.length ? short : ticks.map((tick) => formatter.value(column, tick))
  return { ...scale, ticks, labels, width: Math.ceil(Math.max(0, ...labels.map((label) => measure(label, fontSize)))) }
}

/** Makes a scale with fewer steps until labels `least` px or more apart fit on `length` px. */
export function roomyScale<Scale extends ValueScale>(
  intervals: number,
  length: number,
  least: number,
  make: (intervals: number) => Scale,
): Scale {
  for (let count = intervals; ; count--) {
    const scale = make(count)
    if (count <= 1 || (length * scale.step) / (scale.max - scale.min) >= least) return scale
  }
}

/** How many steps a value axis of `length` px carries quietly. */
export function intervalsFor(length: number, perInterval = 52): number {
  return Math.min(6, Math.max(2, Math.round(length / perInterval)))
}

/** Px along an axis of `length` for `value`, from the low end. */
export function project(value: number, scale: ValueScale, length: number): number {
  return ((value - scale.min) / (scale.max - scale.min)) * length
}

/** A column's value axis over `[min, max]` of its data. */
export function scaleOf(
  [min, max]: readonly [number, number],
  column: Column,
  options: { readonly intervals: number; readonly fromZero: boolean; readonly exact?: boolean },
): ValueScale {
  return valueScale(min, max, { ...options, integer: column.type === 'integer' })
}
