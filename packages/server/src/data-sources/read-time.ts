const ZERO = 48
const MINUS = 45
const POINT = 46
const COLON = 58
const SPACE = 32
const LETTER_T = 84
/** Days from 1970-01-01 to the first of each month of a common year. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
const DAYS_IN = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Bytes of `YYYY-MM-DD HH:MM:SS`. */
const TO_SECONDS = 19
/** What makes any sum that it is part of negative. */
const NO_DIGITS = -1_000_000
/** The day read last: rows that come together are often of one day. */
let lastDay = -1
let lastDays = 0

/**
 * Microseconds since 1970 of `YYYY-MM-DD[ T]HH:MM:SS[.ffffff][Z|+00]` with a calendar date, which stands in `bytes` from `start`
 * to `end`. NaN for other texts: what is no date is left to those who pass texts on as they are.
 */
export function readTime(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < TO_SECONDS || bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return Number.NaN
  const separator = bytes[start + 10]
  if (separator !== SPACE && separator !== LETTER_T) return Number.NaN
  if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return Number.NaN
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2)
  const month = twoDigits(bytes, start + 5)
  const day = twoDigits(bytes, start + 8)
  const hour = twoDigits(bytes, start + 11)
  const minute = twoDigits(bytes, start + 14)
  const second = twoDigits(bytes, start + 17)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return Number.NaN
  if (year < 1 || month < 1 || month > 12 || day < 1) return Number.NaN
  const date = (year << 9) | (month << 5) | day
  if (date !== lastDay) {
    const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
    if (day > (DAYS_IN[month - 1] as number) || (month === 2 && day === 29 && !isLeap)) return Number.NaN
    lastDays = daysTo(year, month, isLeap) + day - 1
    lastDay = date
  }
  let fraction = 0
  let index = start + TO_SECONDS
  if (index < end && bytes[index] === POINT) {
    let unit = 100_000
    for (index++; index < end; index++) {
      const digit = (bytes[index] as number) - ZERO
      if (digit < 0 || digit > 9) break
      // Finer than a microsecond.
      if (unit < 1) return Number.NaN
      fraction += digit * unit
      unit /= 10
    }
    if (index === start + TO_SECONDS + 1) return Number.NaN
  }
  if (index < end && !isUtc(bytes, index, end)) return Number.NaN
  const micros = (lastDays * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000_000 + fraction
  return Number.isSafeInteger(micros) ? micros : Number.NaN
}

/** Days from 1970-01-01 to the first of a month. */
function daysTo(year: number, month: number, isLeap: boolean): number {
  const before = year - 1
  return (
    before * 365 +
    Math.floor(before / 4) -
    Math.floor(before / 100) +
    Math.floor(before / 400) -
    719_162 +
    (DAYS_BEFORE[month - 1] as number) +
    (isLeap && month > 2 ? 1 : 0)
  )
}

/** Whether what is left is a mark of UTC as drivers write it. */
function isUtc(bytes: Uint8Array, index: number, end: number): boolean {
  const zone = String.fromCharCode(...bytes.subarray(index, Math.min(end, index + 7)))
  return zone === '+00' || zone === 'Z' || zone === '+00:00'
}

function twoDigits(bytes: Uint8Array, index: number): number {
  const tens = (bytes[index] as number) - ZERO
  const ones = (bytes[index + 1] as number) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NO_DIGITS
}
