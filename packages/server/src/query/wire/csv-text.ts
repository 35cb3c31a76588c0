import type { Cell } from '@datainsight/core'

/**
 * What a spreadsheet takes for the start of a formula (OWASP, CSV injection), also after quotes, spaces or semicolons, in full
 * width or small form. A line feed or a return at the start would begin a new cell.
 */
const FORMULA = /^(?:[\r\n\t]|[\s"';]*[=+\-@＝＋－＠﹦﹢﹣﹫])/u
const NEEDS_QUOTES = /[",;\t\r\n]/

/** What a byte of a text may be the sign of. */
const PLAIN = 0
const QUOTE = 1
/** At the start of a text: perhaps of a formula. */
const FORMULA_START = 2

/** What each byte may be the sign of, at the start of a text and within it. */
const AT_START = new Uint8Array(256)
const WITHIN = new Uint8Array(256)
for (const sign of '",;\t\r\n') WITHIN[sign.charCodeAt(0)] = QUOTE
for (let byte = 0; byte < 256; byte++) {
  const isAlphanumeric = /[A-Za-z0-9]/.test(String.fromCharCode(byte))
  // White space and forms of the signs beyond ASCII begin with these (U+00A0, U+1680, U+2000 to U+3000, U+FExx, U+FFxx).
  const isForeign = byte >= 0x80 && ![0xc2, 0xe1, 0xe2, 0xe3, 0xef].includes(byte)
  AT_START[byte] = isAlphanumeric || isForeign ? PLAIN : FORMULA_START
}

/** A text as a field: quoted where needed, with an apostrophe in front where a spreadsheet would run it. */
export function csvText(text: string): string {
  const safe = mayStartFormula(text) && FORMULA.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Numbers, booleans and times: text of our own making. */
export function csvPlain(cell: Cell): string {
  return cell === null ? '' : String(cell)
}

/**
 * Copies a text that is a field as it is to `position`, and returns where it ends; -1 for others. May refuse one that is such a
 * field, never takes one that is not.
 */
export function copyPlainText(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  position: number,
): number {
  if (start === end) return position
  if (AT_START[bytes[start] as number] !== PLAIN) return -1
  let next = position
  for (let index = start; index < end; index++) {
    const byte = bytes[index] as number
    if (WITHIN[byte] !== PLAIN) return -1
    target[next++] = byte
  }
  return next
}

/** Letters and digits of ASCII, which most texts start with, start no formula. */
function mayStartFormula(text: string): boolean {
  const code = text.charCodeAt(0)
  return !((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57))
}
