/** A number as a parameter: whole numbers beyond 2^53 and long decimals stay texts, so that none loses a digit. */
export type NumberValue =
  | { readonly type: 'integer'; readonly value: number | string }
  | { readonly type: 'decimal'; readonly value: string }

/** Most digits of a number: what a 128-bit decimal holds. */
const MAX_DIGITS = 38

/**
 * Reads a number or a decimal text such as `-12.50` or `1e6`. `undefined` for anything else: hexadecimal, separators,
 * blanks, `NaN`, `Infinity`, more than 38 digits or an exponent beyond ±300.
 */
export function parseNumber(input: unknown): NumberValue | undefined {
  if (typeof input === 'number') return Number.isFinite(input) ? parseDecimal(String(input)) : undefined
  return typeof input === 'string' && input.length <= 100 ? parseDecimal(input) : undefined
}

function parseDecimal(text: string): NumberValue | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
  if (match === null) return undefined
  const [, sign, whole, fraction, exponent] = match
  const digits = `${whole}${fraction ?? ''}`.replace(/^0+/, '')
  if (digits.length > MAX_DIGITS || Math.abs(Number(exponent ?? 0)) > 300) return undefined
  if (fraction === undefined && exponent === undefined) {
    const number = Number(text)
    if (Number.isSafeInteger(number)) return { type: 'integer', value: number === 0 ? 0 : number }
    // A 64-bit integer holds 18 digits and some of 19; the rest compares as a decimal.
    return digits.length <= 18
      ? { type: 'integer', value: `${sign}${digits}` }
      : { type: 'decimal', value: `${sign}${digits}` }
  }
  return { type: 'decimal', value: text }
}
