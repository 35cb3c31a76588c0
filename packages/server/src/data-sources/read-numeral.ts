const ZERO = 48
const MINUS = 45
const POINT = 46
/** Digits of a whole number that is surely exact as a double. */
const SAFE_DIGITS = 15

/**
 * The number that stands in `bytes` from `start` to `end`: digits, and perhaps a point among them. NaN for other texts, and
 * beyond 2^53, where cells are the digits themselves. `Number` takes ten times as long for a few digits, and reads more than
 * numbers.
 */
export function readNumeral(bytes: Uint8Array, start: number, end: number): number {
  const isNegative = bytes[start] === MINUS
  const first = isNegative ? start + 1 : start
  let number = 0
  let point = -1
  for (let index = first; index < end; index++) {
    const digit = (bytes[index] as number) - ZERO
    if (digit >= 0 && digit <= 9) number = number * 10 + digit
    else if (digit === POINT - ZERO && point < 0 && index > first) point = index
    else return Number.NaN
  }
  if (first >= end || point === end - 1) return Number.NaN
  if (end - first > SAFE_DIGITS + (point < 0 ? 0 : 1)) return readLong(bytes, start, end)
  // Both are doubles without rounding, so that the quotient is the nearest one.
  if (point >= 0) number /= 10 ** (end - point - 1)
  return isNegative ? -number : number
}

function readLong(bytes: Uint8Array, start: number, end: number): number {
  const number = Number(String.fromCharCode(...bytes.subarray(start, end)))
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : Number.NaN
}
