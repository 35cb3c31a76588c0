import type { Cell, Column, ResultSet, TableSpec } from '@datainsight/core'
import type { Formatter } from '@datainsight/core/format'
import { isNumeric } from './sort-rows.ts'

/** One column as it is drawn. */
export interface TableColumn {
  readonly column: Column
  readonly title: string
  readonly cells: readonly Cell[]
  /** Numbers stand at the end, texts at the start. */
  readonly isNumber: boolean
  /** Largest absolute number, for bars; undefined where no bars are drawn. */
  readonly barMax: number | undefined
  /** Preferred width, px. */
  readonly width: number
}

const MIN_WIDTH = 72
const MAX_WIDTH = 320
const CELL_PADDING = 34
const SORT_ICON = 20
/** Rows looked at for the width. */
const SAMPLE = 100
/** Average advance of a letter as part of the text size; numbers are tabular. */
const ADVANCE = 0.58

/** Picks, titles and measures the columns of a result. Members that the result does not have are left out. */
export function tableColumns(
  result: ResultSet,
  spec: TableSpec | undefined,
  format: Formatter,
  fontSize: number,
): TableColumn[] {
  const wanted: NonNullable<TableSpec['columns']> =
    spec?.columns ??
    // Marks of subtotals and of "others" tell programs what a row is; people read it from the row's other cells.
    result.columns.flatMap(({ name, kind }) => (kind === 'grouping' || kind === 'flag' ? [] : [{ member: name }]))
  return wanted.flatMap((choice) => {
    const index = result.columns.findIndex(({ name }) => name === choice.member)
    const column = result.columns[index]
    if (!column) return []
    const cells = result.data[index] ?? []
    const title = choice.title ?? format.title(column)
    const isNumber = isNumeric(column) && column.format !== 'weekday' && column.format !== 'id'
    const bar = choice.bar === true && isNumber
    return [
      {
        column,
        title,
        cells,
        isNumber,
        barMax: bar ? largest(cells) : undefined,
        width: width(column, title, cells, format, fontSize) + (bar ? 64 : 0),
      },
    ]
  })
}

function largest(cells: readonly Cell[]): number {
  let max = 0
  for (const cell of cells) if (cell !== null) max = Math.max(max, Math.abs(Number(cell)) || 0)
  return max
}

function width(column: Column, title: string, cells: readonly Cell[], format: Formatter, fontSize: number): number {
  let letters = 0
  for (const cell of cells.slice(0, SAMPLE)) letters = Math.max(letters, format.value(column, cell).length)
  const content = letters * fontSize * ADVANCE + CELL_PADDING
  const heading = title.length * (fontSize - 1) * ADVANCE + SORT_ICON + CELL_PADDING
  return Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, content, heading)))
}
