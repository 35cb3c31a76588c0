import { AnalyticsError, type Cell } from '@datainsight/core'
import { type AnswerRows, type CompiledQuery, cursorAfter } from '@datainsight/core/compile'
import type { Answer } from '../cache/answer.ts'
import type { DataSource, RawColumns, RawValue } from '../data-sources/data-source.ts'
import { type PackedColumns, sliceColumn, unpack } from '../data-sources/packed-column.ts'
import { REPLACEMENT, toCells } from '../data-sources/to-cell.ts'
import { checkShape } from './check-shape.ts'
import type { StageTimings } from './query-trace.ts'
import { ResultWarnings } from './result-warnings.ts'
import { type AnswerFacts, writeAnswer } from './write-answer.ts'

/** Terms of one run. */
export interface RunLimits {
  readonly signal: AbortSignal
  /** For the statement and the count together, milliseconds. */
  readonly timeoutMs: number
  readonly now: () => Date
  /** Told how long the data source and the writing took. */
  readonly timings?: StageTimings | undefined
}

/**
 * Asks the data source and writes the answer.
 * @throws AnalyticsError `query_failed`, `query_timeout`, `query_cancelled`.
 */
export async function runStatement(source: DataSource, compiled: CompiledQuery, limits: RunLimits): Promise<Answer> {
  const refreshedAt = limits.now().toISOString()
  const started = performance.now()
  // One row more than the limit was asked for: if it comes, the answer is cut off.
  const maxRows = compiled.limit + 1
  const { timings } = limits
  const bounds = { signal: limits.signal, timeoutMs: limits.timeoutMs, maxRows }
  const asked = source.queryPacked?.(compiled, bounds) ?? source.query(compiled, bounds)
  // While the data source works.
  const columnsText = JSON.stringify(compiled.columns)
  const result = await asked
  checkShape(source, compiled, result)
  let total: number | undefined
  if (compiled.total !== undefined) {
    const timeoutMs = Math.max(1, limits.timeoutMs - (performance.now() - started))
    total = readTotal(await source.query(compiled.total, { signal: limits.signal, timeoutMs, maxRows: 1 }))
  }
  const convertedFromMs = performance.now()
  if (timings !== undefined) timings.databaseMs = convertedFromMs - started
  const truncated = result.rowCount > compiled.limit
  const rowCount = truncated ? compiled.limit : result.rowCount
  const warnings = new ResultWarnings()
  const data = compiled.columns.map((column, index) => {
    const values = result.columns[index] ?? []
    return toCells(truncated ? sliceColumn(values, rowCount) : values, column, { onLoss: warnings.of(column) })
  })
  const next = truncated ? cursorAfter(compiled, answerRows(result, data, rowCount)) : undefined
  const facts: AnswerFacts = {
    rowCount,
    truncated,
    ...(next !== undefined && { nextCursor: next }),
    ...(compiled.periods !== undefined && { periods: compiled.periods.map(([first, last]) => [first, last]) }),
    ...(total === undefined ? {} : { total }),
    timezone: compiled.timezone,
    ...(compiled.dateRange === undefined ? {} : { dateRange: [compiled.dateRange[0], compiled.dateRange[1]] }),
    ...warnings.facts,
    refreshedAt,
  }
  const answer = writeAnswer(compiled.columns, data, facts, columnsText)
  if (timings !== undefined) timings.convertMs = performance.now() - convertedFromMs
  return answer
}

/** As drivers write bytes, which most databases do not compare with texts. */
const BYTES = /^\\x(?:[0-9a-f]{2})*$/

function answerRows(raw: PackedColumns | RawColumns, data: readonly (readonly Cell[])[], rowCount: number): AnswerRows {
  const values = new Map<number, readonly RawValue[]>()
  const valueAt = (row: number, column: number) => {
    const known = values.get(column) ?? unpack(raw.columns[column] ?? [])
    values.set(column, known)
    return known[row] ?? null
  }
  return {
    rowCount,
    rowAt: (row) => data.map((cells) => cells[row] ?? null),
    isLost: (row, column) => {
      const cell = data[column]?.[row] ?? null
      if (cell === null) return valueAt(row, column) !== null
      if (raw.enums?.has(column)) return true
      return typeof cell === 'string' && (cell.includes(REPLACEMENT) || BYTES.test(cell))
    },
  }
}

function readTotal(result: RawColumns): number {
  const total = Number(result.columns[0]?.[0])
  if (!Number.isSafeInteger(total)) throw new AnalyticsError('query_failed', 'the count of all rows is not a number')
  return total
}
