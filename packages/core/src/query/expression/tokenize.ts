/** A piece of an expression's text; `at` is its first character, counted from 1. */
export type Token = { readonly at: number } & (
  | { readonly kind: 'number' | 'text' | 'name' | 'end'; readonly text: string }
  | { readonly kind: 'symbol'; readonly text: (typeof SYMBOLS)[number] }
)

/** Why a text is no expression: one lower-case sentence that names the character. */
export interface ExpressionProblem {
  readonly at: number
  readonly message: string
}

/** Longest first, so that `<=` is not read as `<`. */
const SYMBOLS = ['<=', '>=', '<>', '!=', '<', '>', '=', '+', '-', '*', '/', '%', '(', ')', ','] as const

const SPACE = /[ \t\r\n]+/y
const NUMBER = /(?:\d{1,40}(?:\.\d{1,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,3})?/y
/** A function, a word, or a member with its cube. */
const NAME = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y
/** A quote in a text is written twice. */
const TEXT = /'((?:[^'\0]|'')*)'/y

/** Cuts an expression into tokens, the last of kind `end`. Comments and anything outside the grammar are problems. */
export function tokenize(source: string): readonly Token[] | ExpressionProblem {
  const tokens: Token[] = []
  let index = 0
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = index
    return pattern.exec(source)
  }
  while (index < source.length) {
    const at = index + 1
    const space = match(SPACE)
    if (space !== null) {
      index += space[0].length
      continue
    }
    if (source.startsWith('--', index) || source.startsWith('/*', index))
      return { at, message: `a comment at character ${at}: expressions have none` }
    const text = match(TEXT)
    const number = match(NUMBER)
    const name = match(NAME)
    const symbol = SYMBOLS.find((candidate) => source.startsWith(candidate, index))
    const found = (text ?? number ?? name)?.[0] ?? symbol
    if (found === undefined) {
      if (source[index] === "'") return { at, message: `the text that starts at character ${at} does not end` }
      return { at, message: `unexpected character ${describeCharacter(source, index)} at character ${at}` }
    }
    if (text !== null) tokens.push({ kind: 'text', text: text[1]!.replaceAll("''", "'"), at })
    else if (number !== null) tokens.push({ kind: 'number', text: number[0], at })
    else if (name !== null) tokens.push({ kind: 'name', text: name[0], at })
    else tokens.push({ kind: 'symbol', text: symbol!, at })
    index += found.length
    // `1abc` and `1.2.3` would otherwise be read as two things side by side.
    if (number !== null && index < source.length && /[\w.]/.test(source[index]!))
      return { at, message: `a malformed number at character ${at}` }
  }
  tokens.push({ kind: 'end', text: '', at: source.length + 1 })
  return tokens
}

/** Printable ASCII as it is, everything else by its code point: look-alikes and invisible characters show as what they are. */
function describeCharacter(source: string, index: number): string {
  const point = source.codePointAt(index)!
  if (point > 0x20 && point < 0x7f) return String.fromCodePoint(point)
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
}
