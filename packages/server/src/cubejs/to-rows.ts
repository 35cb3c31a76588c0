import type { Cell, Column } from '@datainsight/core'
import type { ResponseFormat } from './cube-query.ts'
import { BLENDED_TIME } from './read-load.ts'

/** Rows in one of the three layouts the client reads. */
export type CubeData =
  | readonly Readonly<Record<string, Cell>>[]
  | { readonly members: readonly string[]; readonly dataset: readonly (readonly Cell[])[] }
  | { readonly members: readonly string[]; readonly columns: readonly (readonly Cell[])[] }

/** A column under the name the client looks for. */
interface NamedColumn {
  readonly name: string
  readonly cells: readonly Cell[]
}

export interface RowOptions {
  /** The span the rows are about, when several are compared. */
  readonly compareDateRange: string | undefined
  readonly isBlended: boolean
  readonly responseFormat: ResponseFormat
}

/**
 * Lays columns out as Cube's rows. Numbers become decimal strings, as Cube sends them (`castNumerics` of the client turns them
 * back); null stays null. A time with a granularity is found under `member.granularity` and, for old code, under the member alone.
 */
export function toRows(
  columns: readonly Column[],
  data: readonly (readonly Cell[])[],
  rowCount: number,
  options: RowOptions,
): CubeData {
  const named = nameColumns(columns, data)
  if (options.isBlended) {
    const index = columns.findIndex(({ kind }) => kind === 'time')
    const column = columns[index]
    if (column !== undefined)
      named.push({ name: `${BLENDED_TIME}.${granularityOf(column)}`, cells: cellsOf(column, data[index]) })
  }
  const { compareDateRange } = options
  if (compareDateRange !== undefined) {
    named.push({ name: 'compareDateRange', cells: new Array<Cell>(rowCount).fill(compareDateRange) })
  }
  if (options.responseFormat === 'columnar') {
    return { members: named.map(({ name }) => name), columns: named.map(({ cells }) => cells) }
  }
  if (options.responseFormat === 'compact') {
    const dataset = Array.from({ length: rowCount }, (_, row) => named.map(({ cells }) => cells[row] ?? null))
    return { members: named.map(({ name }) => name), dataset }
  }
  return Array.from({ length: rowCount }, (_, row) => {
    const record: Record<string, Cell> = {}
    for (const { name, cells } of named) record[name] = cells[row] ?? null
    return record
  })
}

/** The granularity a time column is grouped by. */
export function granularityOf({ granularity, customGranularity }: Column): string | undefined {
  return granularity ?? customGranularity
}

function nameColumns(columns: readonly Column[], data: readonly (readonly Cell[])[]): NamedColumn[] {
  const named = columns.map((column, index): NamedColumn => {
    const granularity = column.kind === 'time' ? granularityOf(column) : undefined
    return {
      name: granularity === undefined ? column.name : `${column.name}.${granularity}`,
      cells: cellsOf(column, data[index]),
    }
  })
  const names = new Set(named.map(({ name }) => name))
  for (const [index, { name }] of columns.entries()) {
    if (names.has(name)) continue
    names.add(name)
    named.push({ name, cells: named[index]!.cells })
  }
  return named
}

function cellsOf(column: Column, cells: readonly Cell[] = []): readonly Cell[] {
  switch (column.type) {
    case 'integer':
    case 'number':
    case 'decimal':
      return cells.map((cell) => (cell === null ? null : String(cell)))
    case 'time':
      return cells.map((cell) => (typeof cell === 'string' ? toCubeTime(cell) : cell))
    default:
      return cells
  }
}

/** Cube writes every time with milliseconds and without an offset; moments that are not grouped are those of UTC. */
function toCubeTime(time: string): string {
  return time.slice(0, 23)
}
