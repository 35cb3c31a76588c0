import type { Cell, Column } from '../schema/result.ts'
import type { IntlCache } from './intl-cache.ts'

/** How a value moved against an earlier one. */
export interface Change {
  /** Signed, such as `+4.2%`, or `+1.3 pp` for shares; empty when there is nothing to compare with. */
  readonly text: string
  /** `(current − previous) / |previous|`; for shares the difference itself; null when there is no earlier value or it is 0. */
  readonly ratio: number | null
  readonly direction: 'up' | 'down' | 'flat' | 'none'
  /** Whether the move is welcome by the measure's `better`; null when the model does not say or nothing moved. */
  readonly good: boolean | null
}

const NONE: Change = { text: '', ratio: null, direction: 'none', good: null }

/** Compares two cells of `column`. Shares are compared in percentage points, where a percentage of a percentage misleads. */
export function formatChange(
  intl: IntlCache,
  current: Cell | undefined,
  previous: Cell | undefined,
  column: Column,
): Change {
  const now = toNumber(current)
  const before = toNumber(previous)
  if (now === undefined || before === undefined) return NONE
  const points = column.format === 'percent'
  if (!points && before === 0) return NONE
  const ratio = points ? now - before : (now - before) / Math.abs(before)
  const text = points
    ? `${intl.number({ maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(ratio * 100)} pp`
    : intl.number({ style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(ratio)
  // What reads as zero is no move.
  const flat = Math.abs(ratio) < 0.0005
  const direction = flat ? 'flat' : ratio > 0 ? 'up' : 'down'
  const good = flat || column.better === undefined ? null : (column.better === 'higher') === ratio > 0
  return { text, ratio, direction, good }
}

function toNumber(cell: Cell | undefined): number | undefined {
  if (cell === null || cell === undefined || typeof cell === 'boolean') return undefined
  const number = Number(cell)
  return Number.isFinite(number) ? number : undefined
}
