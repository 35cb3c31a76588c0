import { hash } from 'node:crypto'
import { AnalyticsError, type ResultMeta } from '@datainsight/core'
import type { CompiledQuery } from '@datainsight/core/compile'
import { ColumnMemory } from '../../data-sources/column-memory.ts'
import { type PackedColumns, sliceColumn } from '../../data-sources/packed-column.ts'
import type { StageTimings } from '../query-trace.ts'
import { ResultWarnings } from '../result-warnings.ts'
import type { ResultWriter } from './result-writer.ts'
import { toWireColumn } from './wire-column.ts'

/** What a stream may become, and what its last line says. */
export interface StreamTerms {
  /** More rows than the plan's limit are a fault and not the end: the limit is the server's, not the query's. */
  readonly limitIsFault: boolean
  readonly maxBytes: number
  readonly requestId: string
  readonly elapsedMs: () => number
  readonly refreshedAt: string
  /** Told where the time goes: to the database, the writing, or the client. */
  readonly timings: StageTimings
}

/** Figures of a stream so far. */
export interface StreamProgress {
  rows: number
  bytes: number
}

/**
 * Writes rows as they come. The first piece holds the first rows, so that a fault before them can still be answered by a
 * status. Keeps nothing: each piece is made when the one before was taken.
 * @throws AnalyticsError `payload_too_large` beyond the bounds, `query_failed` for values the form cannot hold, and whatever
 * `chunks` throws.
 */
export async function* writeStream(
  chunks: AsyncIterable<PackedColumns>,
  compiled: CompiledQuery,
  writer: ResultWriter,
  terms: StreamTerms,
  progress: StreamProgress,
): AsyncGenerator<Buffer, void, undefined> {
  const { columns, limit } = compiled
  let head: Buffer | undefined = writer.head()
  const warnings = new ResultWarnings()
  const memories = columns.map(() => new ColumnMemory())
  let truncated = false
  let sinceMs = performance.now()
  const spend = (stage: 'databaseMs' | 'convertMs' | 'sendMs') => {
    const nowMs = performance.now()
    terms.timings[stage] += nowMs - sinceMs
    sinceMs = nowMs
  }
  for await (const chunk of readAhead(chunks)) {
    spend('databaseMs')
    const room = limit - progress.rows
    truncated = chunk.rowCount > room
    if (truncated && terms.limitIsFault) throw tooLarge(`rows than ${limit}`)
    const rowCount = Math.min(chunk.rowCount, room)
    const data = columns.map((column, index) => {
      const values = chunk.columns[index] ?? []
      const terms = { exact: writer.isExact, onLoss: warnings.of(column) }
      return toWireColumn(truncated ? sliceColumn(values, rowCount) : values, column, terms, memories[index])
    })
    const rows = writer.rows(data, rowCount)
    chunk.release?.()
    const piece: Buffer = head === undefined ? rows : Buffer.concat([head, rows])
    head = undefined
    progress.rows += rowCount
    progress.bytes += piece.length
    if (progress.bytes > terms.maxBytes) throw tooLarge(`bytes than ${terms.maxBytes}`)
    spend('convertMs')
    yield piece
    spend('sendMs')
    if (truncated) break
  }
  spend('databaseMs')
  // The first rows were waited for together with a place.
  terms.timings.databaseMs = Math.max(0, terms.timings.databaseMs - terms.timings.waitMs)
  const end = writer.end({
    rowCount: progress.rows,
    truncated,
    timezone: compiled.timezone,
    ...(compiled.periods !== undefined && { periods: compiled.periods.map(([first, last]) => [first, last]) }),
    ...(compiled.dateRange === undefined ? {} : { dateRange: [compiled.dateRange[0], compiled.dateRange[1]] }),
    ...warnings.facts,
    refreshedAt: terms.refreshedAt,
    // Nobody compares the versions of two exports: one that is different each time claims nothing.
    dataVersion: hash('sha256', `${terms.requestId}:${terms.refreshedAt}`, 'hex').slice(0, 16),
    cache: 'miss',
    durationMs: terms.elapsedMs(),
    requestId: terms.requestId,
  } satisfies ResultMeta)
  const last = head === undefined ? end : Buffer.concat([head, end])
  progress.bytes += last.length
  if (last.length > 0) yield last
}

/** Asks for the next item while the last one is worked on, so that database and client are not waited for in turn. */
async function* readAhead<T>(items: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const iterator = items[Symbol.asyncIterator]()
  let next = iterator.next()
  try {
    for (;;) {
      const { done, value } = await next
      if (done === true) return
      next = iterator.next()
      // Its fault is told when its turn comes; until then nobody listens.
      next.catch(() => undefined)
      yield value
    }
  } finally {
    await iterator.return?.()
  }
}

function tooLarge(what: string): AnalyticsError {
  return new AnalyticsError('payload_too_large', `the export has more ${what}`, {
    hint: 'narrow the filters, or name a limit in the query',
  })
}
