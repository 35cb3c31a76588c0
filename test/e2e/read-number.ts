/** A number as people read it, and how exactly it was written. */
export interface ShownNumber {
  readonly value: number
  /** Half a unit of the last shown digit: how far the true value may be away. */
  readonly precision: number
}

const SCALES: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }

/**
 * Reads English text such as `50,231`, `9.7 min`, `12.4%`, `36.1M mi` or `−4.2 %`. Percentages become shares.
 * Undefined when the text holds no number, such as the dash of an empty cell.
 */
export function readNumber(text: string): ShownNumber | undefined {
  const match = /([-−–]?)\s*(\d[\d,]*)(\.\d+)?\s*([KMBT](?![a-z]))?\s*(%)?/.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', scale, percent] = match
  const factor = (scale === undefined ? 1 : (SCALES[scale] ?? 1)) / (percent === undefined ? 1 : 100)
  const size = Number(whole.replaceAll(',', '') + fraction) * factor
  const decimals = Math.max(0, fraction.length - 1)
  // A little more than half a unit, because the exact half may be rounded either way.
  return { value: sign === '' ? size : -size, precision: 0.5001 * 10 ** -decimals * factor }
}

/** Whether the text shows the number as exactly as its digits allow; a dash shows null. */
export function showsNumber(text: string, expected: number | null): boolean {
  const shown = readNumber(text)
  if (expected === null || shown === undefined) return expected === null && shown === undefined
  const exact = Number.isInteger(expected) && !/[KMBT%.]/.test(text)
  return exact ? shown.value === expected : Math.abs(shown.value - expected) <= shown.precision
}
