import type { RollupTable } from './rollup.ts'
import type { RollupColumn } from './rollup-shape.ts'

/**
 * A coarser table of a rollup: its rows summed up over all dimensions and segments but those whose columns these are. Times are kept,
 * and of measures those that add up.
 */
export type RollupLevel = readonly string[]

/** Most dimensions and segments of which each has a level of its own: every level is one more pass over the rollup. */
const MAX_ALONE = 4

/** The levels that are worth a try: without any of the columns, and with each alone. */
export function levelsOf(groups: readonly string[], columns: readonly RollupColumn[]): readonly RollupLevel[] {
  if (groups.length === 0 || columns.every(({ adds }) => adds === undefined)) return []
  return groups.length === 1 || groups.length > MAX_ALONE ? [[]] : [[], ...groups.map((name) => [name])]
}

/** The columns of a level: first what its rows are groups of, then what is added up. */
export function levelColumns(
  columns: readonly RollupColumn[],
  level: RollupLevel,
): { readonly groups: readonly RollupColumn[]; readonly sums: readonly RollupColumn[] } {
  return {
    groups: columns.filter(({ name, holds, adds }) => level.includes(name) || (holds === 'time' && adds === undefined)),
    sums: columns.filter(({ adds }) => adds !== undefined),
  }
}

/** A level of a table, as something to read. */
export function coarserTable(
  table: RollupTable,
  columns: readonly RollupColumn[],
  level: RollupLevel,
  identifiers: readonly string[],
): RollupTable {
  const added = new Set(levelColumns(columns, level).sums.map(({ name }) => name))
  const { coarser: _, ...rest } = table
  return {
    ...rest,
    identifiers,
    dimensions: new Map([...table.dimensions].filter(([, column]) => level.includes(column))),
    segments: new Map([...(table.segments ?? [])].filter(([, column]) => level.includes(column))),
    measures: new Map([...table.measures].filter(([, leaf]) => Object.values(leaf).every((name) => added.has(name)))),
  }
}
