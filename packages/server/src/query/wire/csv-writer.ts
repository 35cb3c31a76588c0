import type { Column } from '@datainsight/core'
import { type CsvFields, csvFields } from './csv-fields.ts'
import { csvText } from './csv-text.ts'
import type { ResultWriter } from './result-writer.ts'
import type { WireColumn } from './wire-column.ts'

const BYTE_ORDER_MARK = '\ufeff'
const COMMA = 44
const RETURN = 13
const LINE_FEED = 10
/** Room that is kept from one piece to the next, bytes. */
const MAX_SCRATCH = 4 * 1_024 * 1_024

/**
 * A result as CSV (RFC 4180) with a header of titles, UTF-8. Text that a spreadsheet would run as a formula gets an apostrophe
 * in front; numbers stay as they are, negative ones too. An empty field is null or an empty text.
 */
export function createCsvWriter(columns: readonly Column[], { bom = false }: { bom?: boolean } = {}): ResultWriter {
  /** Used again by each piece, as long as it is large enough. */
  let scratch = Buffer.alloc(0)
  return {
    isExact: true,
    head: () => Buffer.from(`${bom ? BYTE_ORDER_MARK : ''}${columns.map(({ title }) => csvText(title)).join(',')}\r\n`),
    rows(data, rowCount) {
      const fields = columns.map((column, index) => csvFields(data[index] as WireColumn, column, rowCount))
      const separators = rowCount * (fields.length + 1)
      const maxBytes = fields.reduce((bytes, field) => bytes + field.maxBytes, separators)
      if (maxBytes > scratch.length) scratch = Buffer.allocUnsafeSlow(maxBytes)
      const size = writeRows(scratch, fields, rowCount)
      const piece = Buffer.from(scratch.subarray(0, size))
      if (scratch.length > MAX_SCRATCH) scratch = Buffer.alloc(0)
      return piece
    },
    end: () => Buffer.alloc(0),
    fail: () => undefined,
  }
}

function writeRows(target: Buffer, fields: readonly CsvFields[], rowCount: number): number {
  let position = 0
  for (let row = 0; row < rowCount; row++) {
    for (let index = 0; index < fields.length; index++) {
      if (index > 0) target[position++] = COMMA
      position = (fields[index] as CsvFields).write(target, position, row)
    }
    target[position++] = RETURN
    target[position++] = LINE_FEED
  }
  return position
}
