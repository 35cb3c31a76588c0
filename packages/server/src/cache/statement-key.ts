import { hash } from 'node:crypto'
import type { CompiledQuery } from '@datainsight/core/compile'

/**
 * Names what a compiled query asks and how its answer is written: equal exactly when the data source would be asked the same
 * and the answer would be the same bytes. Row rules, masks, locked filters and limits are part of the statement, so two
 * callers share a key only if neither can see what the other cannot. 64 hexadecimal digits.
 */
export function statementKey(compiled: CompiledQuery): string {
  const { dataSource, dialect, sql, parameters, total, columns, limit, timezone, dateRange } = compiled
  // Types are kept apart (1 and "1"), and JSON escapes what could make two lists look alike.
  const parts = [dataSource, dialect, sql, parameters, total, columns, limit, timezone, dateRange]
  return hash('sha256', JSON.stringify(parts, keepBigInts), 'hex')
}

function keepBigInts(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? { bigint: value.toString() } : value
}
