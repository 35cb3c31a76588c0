/**
 * Digits after the point of a decimal text, when it fits a decimal of 38 digits as written; `undefined` when it does not. Databases
 * whose `decimal` has a fixed scale cut the rest without a word.
 */
export function decimalScale(text: string): number | undefined {
  const match = /^-?(\d+)(?:\.(\d+))?$/.exec(text)
  if (match === null) return undefined
  const scale = match[2]?.length ?? 0
  return match[1]!.replace(/^0+/, '').length + scale <= 38 ? scale : undefined
}
