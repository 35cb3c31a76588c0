import { stat } from 'node:fs/promises'
import { AnalyticsError } from '@datainsight/core'
import type { RollupColumn } from '@datainsight/core/compile'
import type { RawColumns, RawValue } from '../data-sources/data-source.ts'
import { literal, withScratch } from './scratch-duckdb.ts'

/** Rows that an appender holds before they go to the engine. */
const FLUSH_ROWS = 50_000
/** Digits before and after the point that decimals keep, 38 together; numbers with a longer fraction become binary. */
const WHOLE_DIGITS = 20
const FRACTION_DIGITS = 18

/**
 * Writes rows as they come, at constant memory. Numbers keep every digit: a column becomes whole, decimal or binary by what is
 * in it, because drivers hand over exact numbers as text.
 */
export async function writeParquet(
  path: string,
  columns: readonly RollupColumn[],
  chunks: AsyncIterable<RawColumns>,
  signal: AbortSignal,
): Promise<{ readonly rows: number; readonly bytes: number }> {
  return withScratch(path, async (connection) => {
    const list = columns.map(({ name }) => `"${name}" varchar`).join(', ')
    await connection.run(`create table staged (${list})`)
    const floats = new Set<number>()
    let rows = 0
    let unflushed = 0
    const appender = await connection.createAppender('staged')
    for await (const chunk of chunks) {
      signal.throwIfAborted()
      for (let row = 0; row < chunk.rowCount; row++) {
        columns.forEach((_, index) => {
          const value = chunk.columns[index]?.[row] ?? null
          if (typeof value === 'number') floats.add(index)
          if (value === null) appender.appendNull()
          else appender.appendVarchar(textOf(value))
        })
        appender.endRow()
      }
      rows += chunk.rowCount
      unflushed += chunk.rowCount
      if (unflushed < FLUSH_ROWS) continue
      appender.flushSync()
      unflushed = 0
    }
    appender.closeSync()
    signal.throwIfAborted()
    const selected: string[] = []
    for (const [index, { name, holds }] of columns.entries()) {
      const type = holds === 'number' ? await numberType(name, floats.has(index)) : TYPES[holds]
      selected.push(`cast("${name}" as ${type}) as "${name}"`)
    }
    await connection.run(`copy (select ${selected.join(', ')} from staged) to ${literal(path)} (format parquet)`)
    return { rows, bytes: (await stat(path)).size }

    async function numberType(name: string, isBinary: boolean): Promise<string> {
      const reader = await connection.runAndReadAll(`
        select count(*) filter (where not regexp_full_match("${name}", '-?\\d+(\\.\\d+)?')),
          count(*) filter (where try_cast("${name}" as double) is null),
          max(length(regexp_extract("${name}", '\\.(\\d+)$', 1))),
          max(length(regexp_extract("${name}", '^-?(\\d+)', 1)))
        from staged where "${name}" is not null`)
      const [inexact, foreign, fraction, whole] = (reader.getRows()[0] ?? []).map((cell) => Number(cell ?? 0))
      if ((foreign ?? 0) > 0) return 'varchar'
      if (isBinary || (inexact ?? 0) > 0 || (fraction ?? 0) > FRACTION_DIGITS) return 'double'
      if ((whole ?? 0) > WHOLE_DIGITS)
        throw new AnalyticsError('unsupported', `a number has more than ${WHOLE_DIGITS} digits before its point`)
      // As narrow as it can be: DuckDB rounds where files of one table differ and their digits add up to more than 38.
      if ((fraction ?? 0) > 0) return `decimal(${(whole ?? 0) + (fraction ?? 0)}, ${fraction})`
      return (whole ?? 0) <= 18 ? 'bigint' : `decimal(${whole}, 0)`
    }
  })
}

const TYPES = { text: 'varchar', boolean: 'boolean', time: 'timestamp' } as const

function textOf(value: Exclude<RawValue, null>): string {
  return typeof value === 'string' ? value : String(value)
}
