import { hash } from 'node:crypto'
import type { Cell, Column, ResultMeta } from '@datainsight/core'
import { type Answer, toAnswer } from '../cache/answer.ts'

/** What an answer holds besides its cells. */
export type AnswerFacts = Omit<ResultMeta, 'requestId' | 'cache' | 'durationMs' | 'dataVersion'>

/**
 * Writes an answer; `columnsText` is what `columns` are as JSON, for whoever has it already. `dataVersion` is a hash of columns and cells: it changes exactly when they do, needs no help from the
 * data source, and tells nothing of rows that the caller may not see (a file's time or a table's version would).
 */
export function writeAnswer(
  columns: readonly Column[],
  data: readonly (readonly Cell[])[],
  facts: AnswerFacts,
  columnsText: string = JSON.stringify(columns),
): Answer {
  const body = `{"columns":${columnsText},"data":${JSON.stringify(data)}`
  const dataVersion = hash('sha256', body, 'hex').slice(0, 16)
  const meta = JSON.stringify({ ...facts, dataVersion }).slice(0, -1)
  return toAnswer(Buffer.from(`${body},"meta":${meta}`), dataVersion)
}
