import type { ResultSet } from '@datainsight/core'
import type { Datum } from '../events.ts'
import { NO_ROW, type Series } from './gather-series.ts'
import type { Positions } from './read-positions.ts'

/** The row of `result` as an object by member. */
export function rowDatum(result: ResultSet, row: number): Datum {
  return Object.fromEntries(result.columns.map((column, index) => [column.name, result.data[index]?.[row] ?? null]))
}

/** The datum of a series' value: its row, or what is known of several rows added up. */
export function seriesDatum(result: ResultSet, positions: Positions, series: Series, position: number): Datum {
  const row = series.rows[position] ?? NO_ROW
  if (row >= 0) return rowDatum(result, row)
  const value = series.values[position]!
  return {
    ...(positions.column && { [positions.column.name]: positions.cell(position) }),
    ...(series.split && { [series.split.member]: series.split.value }),
    [series.measure.name]: Number.isNaN(value) ? null : value,
  }
}

/** Members a series' value stands for, dimensions first. */
export function seriesMembers(positions: Positions, series: Series): readonly string[] {
  return [positions.column?.name, series.split?.member, series.measure.name].filter((name) => name !== undefined)
}
