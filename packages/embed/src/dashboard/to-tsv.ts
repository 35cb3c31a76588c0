import type { Cell, ResultSet } from '@datainsight/core'

/** Writes a result as tab-separated text for a spreadsheet: titles, then raw values. */
export function toTsv({ columns, data, meta }: ResultSet): string {
  const lines = [columns.map(({ title }) => escapeCell(title)).join('\t')]
  for (let row = 0; row < meta.rowCount; row += 1) {
    lines.push(columns.map((_, column) => escapeCell(data[column]?.[row] ?? null)).join('\t'))
  }
  return lines.join('\n')
}

/** Spreadsheets run text that begins like a formula; a leading apostrophe keeps it text. Numbers stay numbers. */
function escapeCell(cell: Cell): string {
  if (cell === null) return ''
  const text = String(cell).replaceAll(/[\t\r\n]+/g, ' ')
  const isNumber = typeof cell === 'number' || /^-?\d+(?:\.\d+)?$/.test(text)
  return !isNumber && /^[=+\-@]/.test(text) ? `'${text}` : text
}
