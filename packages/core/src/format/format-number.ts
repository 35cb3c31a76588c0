import type { Cell, Column } from '../schema/result.ts'
import type { IntlCache } from './intl-cache.ts'

/** How much of a number to show. */
export type Precision = 'full' | 'compact' | 'axis'

/** Numbers up to here are shown whole in a headline. */
const COMPACT_FROM = 1_000_000
/** Axis labels are shortened from here on: `12.4K`. */
const AXIS_COMPACT_FROM = 10_000

/**
 * Formats a number of `column` with its unit. Decimal strings beyond 2^53 keep all their digits in full precision.
 * `largest` is the largest magnitude beside it, so that `8K` and `10K` of one axis are shortened alike.
 * An unknown unit or currency of the model is shown as a plain number rather than failing the page.
 */
export function formatNumber(
  intl: IntlCache,
  column: Column,
  cell: number | string,
  precision: Precision,
  largest = 0,
): string {
  const number = Number(cell)
  if (Number.isNaN(number)) return String(cell)
  const options = numberOptions(column, Math.max(Math.abs(number), largest), precision)
  try {
    return intl.number({ ...options, ...styleOptions(column) }).format(cell)
  } catch (error) {
    if (error instanceof RangeError) return intl.number(options).format(cell)
    throw error
  }
}

/** Whether the cell is a number or a numeric text of a number column. */
export function isNumeric(column: Column, cell: Cell): cell is number | string {
  return (
    cell !== null &&
    typeof cell !== 'boolean' &&
    (column.type === 'integer' || column.type === 'number' || column.type === 'decimal')
  )
}

function styleOptions(column: Column): Intl.NumberFormatOptions {
  if (column.format === 'percent') return { style: 'percent' }
  if (column.format === 'currency' && column.currency) return { style: 'currency', currency: column.currency }
  if (column.unit) return { style: 'unit', unit: column.unit, unitDisplay: 'short' }
  return {}
}

function numberOptions(column: Column, magnitude: number, precision: Precision): Intl.NumberFormatOptions {
  if (column.format === 'id') return { useGrouping: false, maximumFractionDigits: 0 }
  if (precision === 'axis') {
    return magnitude >= AXIS_COMPACT_FROM
      ? { notation: 'compact', maximumSignificantDigits: 3 }
      : { maximumSignificantDigits: 3 }
  }
  if (precision === 'compact' && magnitude >= COMPACT_FROM) return { notation: 'compact', maximumSignificantDigits: 3 }
  const digits = column.fractionDigits ?? defaultFractionDigits(column)
  if (digits === undefined) return {}
  // A fixed number of digits keeps the points of a column below each other.
  return { minimumFractionDigits: column.fractionDigits ?? 0, maximumFractionDigits: digits }
}

function defaultFractionDigits(column: Column): number | undefined {
  if (column.type === 'integer') return 0
  if (column.format === 'percent') return 1
  if (column.format === 'currency') return undefined
  return 2
}
