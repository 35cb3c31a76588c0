import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import type { RawValue } from './data-source.ts'
import { decimalText, timeText } from './exact-text.ts'

/** A DuckDB value as plain data. Times are UTC text; decimals keep every digit. */
export function toRaw(value: DuckDBValue): RawValue {
  if (value === null) return null
  if (typeof value !== 'object') return value
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) {
    return timeText(value.micros, value.isFinite)
  }
  if (value instanceof DuckDBDateValue) return timeText(BigInt(value.days) * 86_400_000_000n, value.isFinite)
  if (value instanceof DuckDBTimestampSecondsValue) return timeText(value.seconds * 1_000_000n, value.isFinite)
  if (value instanceof DuckDBTimestampMillisecondsValue) return timeText(value.millis * 1_000n, value.isFinite)
  if (value instanceof DuckDBTimestampNanosecondsValue) return timeText(value.nanos / 1_000n, value.isFinite)
  if (value instanceof DuckDBDecimalValue) return decimalText(value.value, value.scale)
  return value.toString()
}
