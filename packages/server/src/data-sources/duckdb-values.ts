import {
  type DuckDBDataChunk,
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

/** Appends a chunk's values to `columns`. */
export function appendChunk(columns: readonly RawValue[][], chunk: DuckDBDataChunk): void {
  columns.forEach((column, index) => {
    for (const value of chunk.getColumnValues(index)) column.push(toRaw(value))
  })
}

/** A DuckDB value as plain data. Times are UTC text; decimals keep every digit. */
export function toRaw(value: DuckDBValue): RawValue {
  if (value === null) return null
  if (typeof value !== 'object') return value
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) {
    const micros = Number(value.micros)
    // Infinities are at the ends of 64 bits, far from here.
    return Number.isSafeInteger(micros) ? plainTimeText(micros) : timeText(value.micros, value.isFinite)
  }
  if (value instanceof DuckDBDateValue) return timeText(BigInt(value.days) * 86_400_000_000n, value.isFinite)
  if (value instanceof DuckDBTimestampSecondsValue) return timeText(value.seconds * 1_000_000n, value.isFinite)
  if (value instanceof DuckDBTimestampMillisecondsValue) return timeText(value.millis * 1_000n, value.isFinite)
  if (value instanceof DuckDBTimestampNanosecondsValue) return timeText(value.nanos / 1_000n, value.isFinite)
  if (value instanceof DuckDBDecimalValue) return decimalText(value.value, value.scale)
  return value.toString()
}

const DAY_MS = 86_400_000
const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))
const THREE_DIGITS = Array.from({ length: 1_000 }, (_, number) => String(number).padStart(3, '0'))
/** The day written last: rows that come together are often of one day. */
let lastDay = { number: Number.NaN, text: '' }

/** A time between the years 1684 and 2255, by arithmetic: a Date for each of a million values takes longer than reading them. */
function plainTimeText(micros: number): string {
  const ms = Math.floor(micros / 1_000)
  const day = Math.floor(ms / DAY_MS)
  if (day !== lastDay.number) lastDay = { number: day, text: new Date(day * DAY_MS).toISOString().slice(0, 11) }
  const ofDay = ms - day * DAY_MS
  const seconds = Math.floor(ofDay / 1_000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const rest = micros - ms * 1_000
  return `${lastDay.text}${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes - hours * 60]}:${TWO_DIGITS[seconds - minutes * 60]}.${THREE_DIGITS[ofDay - seconds * 1_000]}${rest === 0 ? '' : THREE_DIGITS[rest]}`
}

/** The widest range of JavaScript's Date, milliseconds from 1970. */
const MAX_DATE_MS = 8_640_000_000_000_000n

function timeText(micros: bigint, finite: boolean): string {
  if (!finite) return micros > 0n ? 'infinity' : '-infinity'
  const rest = ((micros % 1_000n) + 1_000n) % 1_000n
  const millis = (micros - rest) / 1_000n
  if (millis > MAX_DATE_MS || millis < -MAX_DATE_MS) return 'out of range'
  const iso = new Date(Number(millis)).toISOString().slice(0, -1)
  return rest === 0n ? iso : iso + String(rest).padStart(3, '0')
}

function decimalText(scaled: bigint, scale: number): string {
  if (scale === 0) return scaled.toString()
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
