import type { Column } from '@datainsight/core'
import type { ResultWriter } from './result-writer.ts'
import { cellsOf, type WireColumn } from './wire-column.ts'

/** A result as lines of JSON: the columns, rows in pieces by column, and the meta data. See `ResultLine` of the core schemas. */
export function createNdjsonWriter(columns: readonly Column[]): ResultWriter {
  const line = (content: object) => Buffer.from(`${JSON.stringify(content)}\n`)
  return {
    isExact: false,
    head: () => line({ columns }),
    rows: (data) => line({ data: columns.map((column, index) => cellsOf(data[index] as WireColumn, column)) }),
    end: (meta) => line({ meta }),
    fail: (error) => line({ error }),
  }
}
