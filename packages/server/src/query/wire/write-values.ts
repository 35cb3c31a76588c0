import { decimalText } from '../../data-sources/exact-text.ts'
import { joinHalves, safeIntegerOf } from '../../data-sources/packed-column.ts'

const BILLION = 1_000_000_000
/** Below it a division by a power of ten cannot round up to the next whole number. */
const MAX_DECIMAL = 2 ** 50
const DAY_MS = 86_400_000
const ZERO = 48
const MINUS = 45
const POINT = 46
const COLON = 58

/** Most bytes of an integer of 64 bits, a decimal of 18 digits, a double as JavaScript writes it, and a time. */
export const MAX_INTEGER_BYTES = 20
export const MAX_DECIMAL_BYTES = 22
export const MAX_DOUBLE_BYTES = 26
export const MAX_TIME_BYTES = 32

/** `YYYY-MM-DDT` of the day written last: rows that come together are often of one day. */
const dayBytes = Buffer.alloc(11)
let dayNumber = Number.NaN

/*
 * Each function writes one value as ASCII at `position`, where there is room for it, and returns where it ends. An integer of
 * 64 bits comes in halves: a BigInt for each cell would be an object for each cell.
 */

export function writeInteger(target: Buffer, position: number, low: number, high: number): number {
  const value = safeIntegerOf(low, high)
  if (!Number.isNaN(value)) return writeSafeInteger(target, position, value)
  return position + target.write(String(joinHalves(low, high)), position, 'latin1')
}

/** A decimal with `scale` digits after its point. */
export function writeDecimal(target: Buffer, position: number, low: number, high: number, scale: number): number {
  if (scale === 0) return writeInteger(target, position, low, high)
  const value = safeIntegerOf(low, high)
  const size = Math.abs(value)
  if (!(size < MAX_DECIMAL)) {
    return position + target.write(decimalText(joinHalves(low, high), scale), position, 'latin1')
  }
  let end = position
  if (value < 0) target[end++] = MINUS
  const unit = 10 ** scale
  const whole = Math.floor(size / unit)
  end = writeSafeInteger(target, end, whole)
  target[end++] = POINT
  return writeDigits(target, end, size - whole * unit, scale)
}

/** As `String` does. */
export function writeDouble(target: Buffer, position: number, value: number): number {
  if (Number.isSafeInteger(value)) return writeSafeInteger(target, position, value)
  return position + target.write(String(value), position, 'latin1')
}

/** A time by its microseconds since 1970, between the years 1684 and 2255: ISO 8601 without a zone, as cells have it. */
export function writeTime(target: Buffer, position: number, micros: number): number {
  const ms = Math.floor(micros / 1_000)
  const day = Math.floor(ms / DAY_MS)
  if (day !== dayNumber) {
    dayBytes.write(new Date(day * DAY_MS).toISOString(), 'latin1')
    dayNumber = day
  }
  let end = position
  for (let index = 0; index < 11; index++) target[end++] = dayBytes[index] as number
  const ofDay = (ms - day * DAY_MS) | 0
  const seconds = (ofDay / 1_000) | 0
  const minutes = (seconds / 60) | 0
  const hours = (minutes / 60) | 0
  end = writeTwo(target, end, hours)
  target[end++] = COLON
  end = writeTwo(target, end, minutes - hours * 60)
  target[end++] = COLON
  end = writeTwo(target, end, seconds - minutes * 60)
  target[end++] = POINT
  end = writeDigits(target, end, ofDay - seconds * 1_000, 3)
  const rest = micros - ms * 1_000
  if (rest === 0) return end
  end = writeDigits(target, end, rest, 3)
  while (target[end - 1] === ZERO) end--
  return end
}

function writeSafeInteger(target: Buffer, position: number, value: number): number {
  let end = position
  let size = value
  if (value < 0) {
    target[end++] = MINUS
    size = -value
  }
  if (size < 10) {
    target[end] = ZERO + size
    return end + 1
  }
  if (size < BILLION) return writeDigits(target, end, size, widthOf(size))
  const upper = Math.floor(size / BILLION)
  end = writeDigits(target, end, upper, widthOf(upper))
  return writeDigits(target, end, size - upper * BILLION, 9)
}

/** Digits of a whole number below a billion. */
function widthOf(value: number): number {
  if (value < 1_000) return value < 10 ? 1 : value < 100 ? 2 : 3
  if (value < 1_000_000) return value < 10_000 ? 4 : value < 100_000 ? 5 : 6
  return value < 10_000_000 ? 7 : value < 100_000_000 ? 8 : 9
}

/** The last `width` digits of a whole number, zeros in front. */
function writeDigits(target: Buffer, position: number, value: number, width: number): number {
  let rest = value
  let index = position + width - 1
  // Only small numbers divide as integers.
  for (; rest >= BILLION; index--) {
    const next = Math.floor(rest / 10)
    target[index] = ZERO + rest - next * 10
    rest = next
  }
  for (; index >= position; index--) {
    const next = (rest / 10) | 0
    target[index] = ZERO + rest - next * 10
    rest = next
  }
  return position + width
}

function writeTwo(target: Buffer, position: number, value: number): number {
  const tens = (value / 10) | 0
  target[position] = ZERO + tens
  target[position + 1] = ZERO + value - tens * 10
  return position + 2
}
