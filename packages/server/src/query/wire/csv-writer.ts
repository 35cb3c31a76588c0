import type { Cell, Column } from '@datainsight/core'
import type { ResultWriter } from './result-writer.ts'

/**
 * What a spreadsheet takes for the start of a formula (OWASP, CSV injection), also after quotes, spaces or semicolons, in full
 * width or small form. A line feed or a return at the start would begin a new cell.
 */
const FORMULA = /^(?:[\r\n\t]|[\s"';]*[=+\-@＝＋－＠﹦﹢﹣﹫])/u
const NEEDS_QUOTES = /[",;\t\r\n]/
const BYTE_ORDER_MARK = '\ufeff'

/**
 * A result as CSV (RFC 4180) with a header of titles, UTF-8. Text that a spreadsheet would run as a formula gets an apostrophe
 * in front; numbers stay as they are, negative ones too. An empty field is null or an empty text.
 */
export function createCsvWriter(columns: readonly Column[], { bom = false }: { bom?: boolean } = {}): ResultWriter {
  const fields = columns.map(({ type }) => (type === 'string' || type === 'geo' ? textField : plainField))
  return {
    head: () =>
      Buffer.from(`${bom ? BYTE_ORDER_MARK : ''}${columns.map(({ title }) => textField(title)).join(',')}\r\n`),
    rows(data, rowCount) {
      let text = ''
      for (let row = 0; row < rowCount; row++) {
        for (let index = 0; index < fields.length; index++) {
          if (index > 0) text += ','
          text += (fields[index] as typeof textField)((data[index] as readonly Cell[])[row] as Cell)
        }
        text += '\r\n'
      }
      return Buffer.from(text)
    },
    end: () => Buffer.alloc(0),
    fail: () => undefined,
  }
}

function textField(cell: Cell): string {
  if (typeof cell !== 'string') return plainField(cell)
  const text = mayStartFormula(cell) && FORMULA.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Numbers, booleans and times: text of our own making. */
function plainField(cell: Cell): string {
  return cell === null ? '' : String(cell)
}

/** Letters and digits of ASCII, which most texts start with, start no formula. */
function mayStartFormula(text: string): boolean {
  const code = text.charCodeAt(0)
  return !((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57))
}
