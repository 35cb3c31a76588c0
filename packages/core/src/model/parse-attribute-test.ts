import { readAttributePath } from './attribute-path.ts'
import type { AttributeRef, AttributeTest } from './model.ts'
import { quoteValue } from './quote-value.ts'

/** Deepest nesting and most words of one condition. */
const MAX_DEPTH = 16
const MAX_TOKENS = 120

const TOKEN =
  /\s*(?:(?<open>\$?\{|\()|(?<close>[})])|(?<operator>===?|!==?|<=|>=|<|>|&&|\|\||!)|(?<text>'[^'\\]*'|"[^"\\]*")|(?<number>-?\d+(?:\.\d+)?(?![\w.]))|(?<word>[A-Za-z_][\w.]*))/y

type Comparison = Extract<AttributeTest, { kind: 'compare' }>['operator']
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['==', '=='],
  ['===', '=='],
  ['!=', '!='],
  ['!==', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
])

/** Read from the right: `3 < x` is `x > 3`. */
const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

/**
 * Reads the `if` of a policy's condition: attributes such as `{ securityContext.is_manager }`, `!`, comparisons with a text, a
 * number, true or false, `&&` and `||` (also `not`, `and`, `or`), and parentheses. A grammar of its own: nothing is evaluated as
 * code. Answers a sentence when the text is anything else.
 */
export function parseAttributeTest(text: string): AttributeTest | string {
  try {
    return new TestParser(text).parse()
  } catch (error) {
    if (error instanceof TestFault) return error.message
    throw error
  }
}

class TestFault extends Error {}

interface Token {
  readonly kind: 'open' | 'close' | 'operator' | 'text' | 'number' | 'word' | 'end'
  readonly text: string
}

type Operand =
  | { readonly of: AttributeRef }
  | { readonly value: string | number | boolean }
  | { readonly test: AttributeTest }

class TestParser {
  readonly #tokens: Token[] = []
  #at = 0

  constructor(text: string) {
    TOKEN.lastIndex = 0
    const source = text.trim()
    while (TOKEN.lastIndex < source.length) {
      const start = TOKEN.lastIndex
      const match = TOKEN.exec(source)
      if (match === null) throw new TestFault(`${quoteValue(source.slice(start).trim())} is not understood; ${HELP}`)
      const [kind, word] = Object.entries(match.groups!).find(([, found]) => found !== undefined)!
      this.#tokens.push(readToken(kind as Token['kind'], word))
      if (this.#tokens.length > MAX_TOKENS) throw new TestFault(`a condition has at most ${MAX_TOKENS} words`)
    }
  }

  parse(): AttributeTest {
    const test = this.#or(0)
    if (this.#peek().kind !== 'end') throw notExpected(this.#peek())
    return test
  }

  #or(depth: number): AttributeTest {
    return this.#join('or', '||', () => this.#join('and', '&&', () => this.#comparison(depth)))
  }

  #join(kind: 'and' | 'or', operator: string, next: () => AttributeTest): AttributeTest {
    const tests = [next()]
    while (this.#peek().text === operator && this.#peek().kind === 'operator') {
      this.#at += 1
      tests.push(next())
    }
    return tests.length === 1 ? tests[0]! : Object.freeze({ kind, tests: Object.freeze(tests) })
  }

  #comparison(depth: number): AttributeTest {
    const left = this.#operand(depth)
    const operator = this.#peek().kind === 'operator' ? COMPARISONS.get(this.#peek().text) : undefined
    if (operator === undefined) return toTest(left)
    this.#at += 1
    const right = this.#operand(depth)
    if ('of' in left && 'value' in right)
      return Object.freeze({ kind: 'compare', operator, of: left.of, value: right.value })
    if ('of' in right && 'value' in left)
      return Object.freeze({ kind: 'compare', operator: MIRRORED[operator], of: right.of, value: left.value })
    throw new TestFault(`a comparison is of an attribute and a value; ${HELP}`)
  }

  #operand(depth: number): Operand {
    if (depth > MAX_DEPTH) throw new TestFault(`a condition nests at most ${MAX_DEPTH} deep`)
    const token = this.#next()
    if (token.kind === 'operator' && token.text === '!')
      return { test: Object.freeze({ kind: 'not', test: toTest(this.#operand(depth + 1)) }) }
    if (token.kind === 'open') return this.#group(token, depth)
    if (token.kind === 'text') return { value: token.text.slice(1, -1) }
    if (token.kind === 'number') return { value: Number(token.text) }
    if (token.kind === 'word') return readWord(token.text)
    throw notExpected(token)
  }

  /** `{ securityContext.a } == 3` compares what stands in the braces. */
  #group(open: Token, depth: number): Operand {
    const start = this.#at
    const only = this.#tokens[start]
    if (only?.kind === 'word' && this.#tokens[start + 1]?.kind === 'close') {
      this.#at += 1
      this.#close(open)
      return readWord(only.text)
    }
    const test = this.#or(depth + 1)
    this.#close(open)
    return { test }
  }

  #close(open: Token): void {
    const token = this.#next()
    if (token.kind !== 'close' && token.kind !== 'end') throw notExpected(token)
    const expected = open.text === '(' ? ')' : '}'
    if (token.text !== expected) throw new TestFault(`${open.text} is never closed`)
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? END
  }

  #next(): Token {
    const token = this.#peek()
    this.#at += 1
    return token
  }
}

function notExpected({ kind, text }: Token): TestFault {
  return new TestFault(
    kind === 'end' ? `the condition ends too early; ${HELP}` : `${quoteValue(text)} is not expected here; ${HELP}`,
  )
}

const END: Token = { kind: 'end', text: '' }
const HELP = 'write { securityContext.name }, ! before it, or a comparison such as { securityContext.level } >= 3'

function readToken(kind: Token['kind'], text: string): Token {
  if (kind !== 'word') return { kind, text }
  if (text === 'not') return { kind: 'operator', text: '!' }
  if (text === 'and') return { kind: 'operator', text: '&&' }
  if (text === 'or') return { kind: 'operator', text: '||' }
  return { kind, text }
}

function readWord(word: string): Operand {
  if (/^true$/i.test(word)) return { value: true }
  if (/^false$/i.test(word)) return { value: false }
  const of = readAttributePath(word)
  if (of === undefined) throw new TestFault(`${quoteValue(word)} is not an attribute; ${HELP}`)
  return { of }
}

function toTest(operand: Operand): AttributeTest {
  if ('test' in operand) return operand.test
  if ('of' in operand) return Object.freeze({ kind: 'set', of: operand.of })
  if (typeof operand.value === 'boolean') return Object.freeze({ kind: 'constant', value: operand.value })
  throw new TestFault(`${quoteValue(operand.value)} alone is no condition; ${HELP}`)
}
