import type { Cell, Column, ResultSet } from '@datainsight/core'
import type { ChartContext } from './chart-context.ts'
import { ENGLISH_CHART } from './chart-messages.ts'
import { type ChartRoles, toNumber } from './chart-roles.ts'
import { alignComparison, type Positions, readPositions } from './read-positions.ts'

/** At most this many series are told apart; the rest become “Others”. */
export const MAX_SERIES = 12

/** No row of the result stands behind a value. */
export const NO_ROW = -1
/** More than one row does. */
export const SEVERAL_ROWS = -2

/** One series: a number per position, NaN where there is none. */
export interface Series {
  /** Stable over reloads of the same query: the measure, and the member's value if the series is one of a split. */
  readonly id: string
  readonly name: string
  readonly measure: Column
  readonly values: Float64Array
  /** Row of the result behind each value, {@link NO_ROW} or {@link SEVERAL_ROWS}. */
  readonly rows: Int32Array
  /** Values of the comparison at the same positions. */
  readonly previous: Float64Array | undefined
  /** Index in the palette; −1 is the neutral colour of “Others”. */
  readonly color: number
  readonly split: { readonly member: string; readonly value: Cell } | undefined
}

/** A result read as series over positions. */
export interface Gathered {
  readonly positions: Positions
  readonly series: readonly Series[]
  /** Series there were before the rest was folded or left out. */
  readonly allSeries: number
  /** The rest could not be added up, so it was left out. */
  readonly leftOut: boolean
}

/** Reads `result` as series: one per measure, times one per value of the split member. */
export function gatherSeries(result: ResultSet, roles: ChartRoles, context: ChartContext): Gathered {
  const positions = readPositions(result, roles.x)
  const messages = context.messages ?? ENGLISH_CHART
  const groups = readGroups(result, roles)
  const previous = readComparison(result, positions, roles, groups, context)

  const series: Series[] = []
  for (const { column, index } of roles.y) {
    const drawn = fillGroups(
      result.data[index] ?? [],
      column,
      positions.ofRow,
      groups.ofRow,
      groups.values.length,
      positions.count,
    )
    const earlier = previous?.(column, index)
    groups.values.forEach((value, group) => {
      const title = groups.column ? context.formatter.value(groups.column, value) : ''
      series.push({
        id: groups.column ? `${column.name}:${String(value)}` : column.name,
        name: !groups.column ? column.title : roles.y.length > 1 ? `${title} · ${column.title}` : title,
        measure: column,
        values: drawn[group]!.values,
        rows: drawn[group]!.rows,
        previous: earlier?.[group]?.values,
        color: series.length,
        split: groups.column && { member: groups.column.name, value },
      })
    })
  }
  if (series.length <= MAX_SERIES) return { positions, series, allSeries: series.length, leftOut: false }
  return foldSeries(positions, series, messages.others)
}

/** Keeps the largest series and adds the others up, if their measure allows it; otherwise leaves them out. */
function foldSeries(positions: Positions, series: readonly Series[], others: string): Gathered {
  const additive = series.every(({ measure }) => measure === series[0]!.measure) && isAdditive(series[0]!.measure)
  const keep = additive ? MAX_SERIES - 1 : MAX_SERIES
  const ranked = series.map((one) => ({ one, weight: weigh(one.values) })).sort((a, b) => b.weight - a.weight)
  const kept = ranked.slice(0, keep).map(({ one }, color) => ({ ...one, color }))
  if (!additive) return { positions, series: kept, allSeries: series.length, leftOut: true }
  const rest = ranked.slice(keep).map(({ one }) => one)
  const folded: Series = {
    id: `${series[0]!.measure.name}:*others`,
    name: others,
    measure: series[0]!.measure,
    values: addUp(rest.map(({ values }) => values)),
    rows: new Int32Array(positions.count).fill(SEVERAL_ROWS),
    previous: rest.some(({ previous }) => previous) ? addUp(rest.flatMap(({ previous }) => previous ?? [])) : undefined,
    color: -1,
    split: undefined,
  }
  return { positions, series: [...kept, folded], allSeries: series.length, leftOut: false }
}

/** Whether values of the measure may be added up over groups: counts and sums, not averages, shares or distinct counts. */
export function isAdditive(measure: Column): boolean {
  return measure.additive === true
}

function addUp(parts: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(parts[0]?.length ?? 0).fill(Number.NaN)
  for (const part of parts) {
    part.forEach((value, at) => {
      if (!Number.isNaN(value)) sum[at] = (Number.isNaN(sum[at]!) ? 0 : sum[at]!) + value
    })
  }
  return sum
}

function weigh(values: Float64Array): number {
  return values.reduce((sum, value) => (Number.isNaN(value) ? sum : sum + Math.abs(value)), 0)
}

/** The values that split rows into series, and which of them each row has; one nameless group without a split. */
interface Groups {
  readonly column: Column | undefined
  readonly values: readonly Cell[]
  readonly ofRow: Int32Array
}

function readGroups(result: ResultSet, roles: ChartRoles): Groups {
  if (!roles.series) return { column: undefined, values: [null], ofRow: new Int32Array(result.data[0]?.length ?? 0) }
  const cells = result.data[roles.series.index] ?? []
  const values = [...new Set(cells)]
  return { column: roles.series.column, values, ofRow: indexCells(cells, values) }
}

function indexCells(cells: readonly Cell[], values: readonly Cell[]): Int32Array {
  const index = new Map(values.map((value, at) => [value, at]))
  return Int32Array.from(cells, (cell) => index.get(cell) ?? -1)
}

interface Filled {
  readonly values: Float64Array
  readonly rows: Int32Array
}

/**
 * Writes each row's number to its group and position, in one pass over the rows. Rows that share a place are added up
 * where that means something; else the last stays.
 */
function fillGroups(
  numbers: readonly Cell[],
  column: Column,
  positionOfRow: Int32Array,
  groupOfRow: Int32Array,
  groups: number,
  count: number,
): Filled[] {
  const filled = Array.from({ length: groups }, () => ({
    values: new Float64Array(count).fill(Number.NaN),
    rows: new Int32Array(count).fill(NO_ROW),
  }))
  const additive = isAdditive(column)
  for (let row = 0; row < positionOfRow.length; row++) {
    const at = positionOfRow[row]!
    const target = filled[groupOfRow[row]!]
    if (at < 0 || !target) continue
    const number = toNumber(numbers[row])
    const again = target.rows[at] !== NO_ROW
    const before = target.values[at]!
    target.values[at] =
      again && additive && !Number.isNaN(before) ? before + (Number.isNaN(number) ? 0 : number) : number
    target.rows[at] = again ? SEVERAL_ROWS : row
  }
  return filled
}

function readComparison(
  result: ResultSet,
  positions: Positions,
  roles: ChartRoles,
  groups: Groups,
  context: ChartContext,
) {
  const { comparison } = context
  if (!comparison || !roles.x) return undefined
  const ofRow = alignComparison(result, positions, comparison, roles.x)
  const groupOfRow = roles.series
    ? indexCells(comparison.data[roles.series.index] ?? [], groups.values)
    : new Int32Array(ofRow.length)
  return (column: Column, index: number): Filled[] =>
    fillGroups(comparison.data[index] ?? [], column, ofRow, groupOfRow, groups.values.length, positions.count)
}
