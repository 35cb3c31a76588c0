import type { Column, ErrorBody, ResultMeta, WireFormat } from '@datainsight/core'
import { createArrowWriter } from './arrow-writer.ts'
import { createCsvWriter } from './csv-writer.ts'
import { createNdjsonWriter } from './ndjson-writer.ts'
import type { WireColumn } from './wire-column.ts'

/** Writes one result in pieces: `head`, then `rows` any number of times, then `end`. Joined, the pieces are the file. */
export interface ResultWriter {
  /** Whether the form has words for numbers that are not finite and for times that no calendar has. */
  readonly isExact: boolean
  /** What comes before the first row. */
  head(): Buffer
  /** Some rows, by columns. @throws AnalyticsError `query_failed` for a value that the form cannot hold exactly. */
  rows(data: readonly WireColumn[], rowCount: number): Buffer
  /** What comes after the last row. */
  end(meta: ResultMeta): Buffer
  /** What says, in place of {@link end}, that rows are missing; `undefined` for forms that have no word for it. */
  fail(error: ErrorBody): Buffer | undefined
}

/** `Content-Type` of each form. */
export const CONTENT_TYPES: Readonly<Record<WireFormat, string>> = {
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  arrow: 'application/vnd.apache.arrow.stream',
  csv: 'text/csv; charset=utf-8; header=present',
}

/** Ending of the file of each form. */
export const FILE_ENDINGS: Readonly<Record<WireFormat, string>> = {
  json: 'json',
  ndjson: 'ndjson',
  arrow: 'arrows',
  csv: 'csv',
}

/** Makes the writer of a form. */
export function createResultWriter(
  format: Exclude<WireFormat, 'json'>,
  columns: readonly Column[],
  options: { readonly bom?: boolean } = {},
): ResultWriter {
  switch (format) {
    case 'csv':
      return createCsvWriter(columns, options)
    case 'arrow':
      return createArrowWriter(columns)
    case 'ndjson':
      return createNdjsonWriter(columns)
  }
}
