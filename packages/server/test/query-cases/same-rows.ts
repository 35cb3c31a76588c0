import type { Cell, Column } from '@datainsight/core'

/** A row as one text, so that lists of rows can be compared with a readable difference. */
export type RowText = string

/**
 * Rows of an answer in a form that is the same for equal values: numbers with twelve digits (integers with all), times without
 * the zone's mark, null as `∅`.
 */
export function rowTexts(
  columns: readonly Pick<Column, 'type' | 'kind'>[],
  data: readonly (readonly Cell[])[],
): RowText[] {
  const count = data[0]?.length ?? 0
  return Array.from({ length: count }, (_, row) =>
    columns.map((column, index) => cellText(data[index]?.[row] ?? null, column.type)).join(' | '),
  )
}

/** Rows as PostgreSQL's driver gives them in text form, written by the types of the answer's columns. */
export function truthTexts(
  columns: readonly Pick<Column, 'type'>[],
  rows: readonly (readonly (string | null)[])[],
): RowText[] {
  return rows.map((row) => {
    if (row.length !== columns.length)
      throw new Error(`the answer has ${columns.length} columns, the statement ${row.length}`)
    return columns.map((column, index) => cellText(row[index] ?? null, column.type)).join(' | ')
  })
}

function cellText(cell: Cell, type: Column['type']): string {
  if (cell === null) return '∅'
  switch (type) {
    case 'integer':
      return BigInt(String(cell).replace(/\.0*$/, '')).toString()
    case 'number':
    case 'decimal':
      return numberText(Number(cell))
    case 'boolean':
      return String(cell === true || cell === 't' || cell === 'true')
    case 'time':
      return timeText(String(cell))
    default:
      return JSON.stringify(String(cell))
  }
}

function numberText(value: number): string {
  if (value === 0) return '0'
  return Number(value.toPrecision(12)).toString()
}

/** `2024-01-01 00:00:00`, `2024-01-01T00:00:00.000` and the same with `Z` are one text. */
function timeText(text: string): string {
  const [, date, time = '00:00:00'] = /^([-+\d]{10,13})(?:[T ](\d\d:\d\d:\d\d(?:\.\d+)?))?/.exec(text) ?? []
  if (date === undefined) throw new Error(`not a time: ${text}`)
  return `${date} ${time.replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros))}`
}
