import type { Cell, Column, ResultSet } from '@datainsight/core'
import type { RoleColumn } from './chart-roles.ts'
import { bucketDistance, formatLocalTime, parseLocalTime, timeSpine } from './time-spine.ts'

/** The positions along a chart's main axis. */
export interface Positions {
  readonly column: Column | undefined
  readonly count: number
  /** Bucket starts when the axis is time with a granularity. */
  readonly starts: Float64Array | undefined
  /** The cell that stands for a position; a time between rows is a cell too. */
  readonly cell: (index: number) => Cell
  /** Where a row of the result it was made from belongs; −1 when its cell is not on the axis. */
  readonly ofRow: Int32Array
}

/** Lays out the main axis: time buckets in order without holes, categories in the result's order. */
export function readPositions(result: ResultSet, x: RoleColumn | undefined): Positions {
  const rows = result.data[0]?.length ?? 0
  if (!x) {
    return {
      column: undefined,
      count: rows > 0 ? 1 : 0,
      starts: undefined,
      cell: () => null,
      ofRow: new Int32Array(rows),
    }
  }
  const cells = result.data[x.index] ?? []
  const granularity = x.column.granularity
  if (x.column.type === 'time') {
    const times = Float64Array.from(cells, (cell) => (typeof cell === 'string' ? parseLocalTime(cell) : Number.NaN))
    const starts = granularity ? timeSpine(times, granularity) : sortedUnique(times)
    const index = new Map<number, number>()
    starts.forEach((start, at) => {
      index.set(start, at)
    })
    return {
      column: x.column,
      count: starts.length,
      starts,
      cell: (at) => (granularity ? formatLocalTime(starts[at]!) : new Date(starts[at]!).toISOString()),
      ofRow: Int32Array.from(times, (time) => index.get(time) ?? -1),
    }
  }
  const index = new Map<Cell, number>()
  const ofRow = Int32Array.from(cells, (cell) => {
    const known = index.get(cell)
    if (known !== undefined) return known
    index.set(cell, index.size)
    return index.size - 1
  })
  const order = [...index.keys()]
  return { column: x.column, count: order.length, starts: undefined, cell: (at) => order[at] ?? null, ofRow }
}

/**
 * Where each row of the comparison belongs on the axis of the current span: the same distance from the start of its own
 * span for time, the same cell otherwise.
 */
export function alignComparison(
  current: ResultSet,
  positions: Positions,
  comparison: ResultSet,
  x: RoleColumn,
): Int32Array {
  const cells = comparison.data[x.index] ?? []
  const granularity = x.column.granularity
  if (positions.starts && granularity && positions.count > 0) {
    const times = Array.from(cells, (cell) => (typeof cell === 'string' ? parseLocalTime(cell) : Number.NaN))
    const spanStart = (result: ResultSet, first: number) =>
      result.meta.dateRange ? parseLocalTime(result.meta.dateRange[0]) : first
    const first = positions.starts[0]!
    const ranged = current.meta.dateRange !== undefined && comparison.meta.dateRange !== undefined
    const earliest = Math.min(...times.filter((time) => !Number.isNaN(time)))
    const start = ranged ? spanStart(comparison, earliest) : earliest
    const lead = ranged ? bucketDistance(spanStart(current, first), first, granularity) : 0
    return Int32Array.from(times, (time) => {
      if (Number.isNaN(time)) return -1
      const at = bucketDistance(start, time, granularity) - lead
      return at >= 0 && at < positions.count ? at : -1
    })
  }
  const index = new Map<Cell, number>()
  for (let at = 0; at < positions.count; at++) index.set(positions.cell(at), at)
  return Int32Array.from(cells, (cell) => index.get(cell) ?? -1)
}

function sortedUnique(times: Float64Array): Float64Array {
  return Float64Array.from(new Set(times.filter((time) => !Number.isNaN(time)))).sort()
}
