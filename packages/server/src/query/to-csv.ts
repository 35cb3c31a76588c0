import type { Cell, Column } from '@datainsight/core'

/** What a spreadsheet takes for the start of a formula (OWASP, CSV injection), also after quotes, spaces or in full width. */
const FORMULA = /^[\s"';]*[=+\-@\t\r＝＋－＠]/u
const NEEDS_QUOTES = /[",\r\n]/

/**
 * A result as CSV (RFC 4180) with a header of titles, UTF-8 without a byte order mark. Text that a spreadsheet would run as a
 * formula gets an apostrophe in front; numbers stay as they are, negative ones too.
 */
export function toCsv(columns: readonly Column[], data: readonly (readonly Cell[])[]): string {
  const lines = [columns.map(({ title }) => field(title, true)).join(',')]
  const rowCount = data[0]?.length ?? 0
  const isText = columns.map(({ type }) => type === 'string' || type === 'geo')
  for (let row = 0; row < rowCount; row++) {
    lines.push(columns.map((_, index) => field(data[index]?.[row] ?? null, isText[index] === true)).join(','))
  }
  return `${lines.join('\r\n')}\r\n`
}

function field(cell: Cell, isText: boolean): string {
  if (cell === null) return ''
  const text = isText && typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : String(cell)
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
