import { didYouMean } from '../../model/nearest-name.ts'
import { EXPRESSION_FUNCTIONS, type ExpressionFunction, findFunction } from './functions.ts'
import { type ExpressionProblem, type Token, tokenize } from './tokenize.ts'

/** Deepest nesting of brackets, calls and signs. */
export const MAX_EXPRESSION_DEPTH = 32
/** Most numbers, texts, names, operators and calls in one expression. */
export const MAX_EXPRESSION_NODES = 200

export type ArithmeticOperator = '+' | '-' | '*' | '/'
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>='

/** An expression as written; nothing is looked up and no type is known yet. `at` counts characters from 1. */
export type SyntaxNode = { readonly at: number } & (
  | { readonly kind: 'number' | 'text'; readonly text: string }
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'call'; readonly function: ExpressionFunction; readonly args: readonly SyntaxNode[] }
  | { readonly kind: 'negate' | 'not'; readonly argument: SyntaxNode }
  | ({ readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator } & Operands)
  | ({ readonly kind: 'compare'; readonly operator: ComparisonOperator } & Operands)
  | ({ readonly kind: 'logic'; readonly operator: 'and' | 'or' } & Operands)
)

interface Operands {
  readonly left: SyntaxNode
  readonly right: SyntaxNode
}

/**
 * Reads an expression: `or`, `and`, `not`, one comparison, `+ -`, `* / %`, signs, brackets, from loosest to tightest.
 * The result holds names and values only; no part of the text becomes SQL.
 */
export function parseExpression(source: string): SyntaxNode | ExpressionProblem {
  const tokens = tokenize(source)
  if ('message' in tokens) return tokens
  try {
    return new ExpressionParser(tokens).parse()
  } catch (error) {
    if (error instanceof SyntaxFault) return { at: error.at, message: error.message }
    throw error
  }
}

/** Leaves the recursion; never leaves this module. */
class SyntaxFault extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['=', '='],
  ['<>', '<>'],
  ['!=', '<>'],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
])

class ExpressionParser {
  readonly #tokens: readonly Token[]
  #index = 0
  #depth = 0
  #nodes = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  parse(): SyntaxNode {
    const node = this.#or()
    if (this.#token.kind !== 'end') this.#unexpected()
    return node
  }

  get #token(): Token {
    return this.#tokens[this.#index]!
  }

  #or(): SyntaxNode {
    let left = this.#and()
    for (let at = this.#word('or'); at !== undefined; at = this.#word('or'))
      left = this.#node({ kind: 'logic', operator: 'or', left, right: this.#and(), at })
    return left
  }

  #and(): SyntaxNode {
    let left = this.#not()
    for (let at = this.#word('and'); at !== undefined; at = this.#word('and'))
      left = this.#node({ kind: 'logic', operator: 'and', left, right: this.#not(), at })
    return left
  }

  #not(): SyntaxNode {
    const at = this.#word('not')
    return at === undefined
      ? this.#comparison()
      : this.#nested(() => this.#node({ kind: 'not', argument: this.#not(), at }))
  }

  #comparison(): SyntaxNode {
    const left = this.#sum()
    const { at, text } = this.#token
    const operator = this.#token.kind === 'symbol' ? COMPARISONS.get(text) : undefined
    if (operator === undefined) return left
    this.#index += 1
    const node = this.#node({ kind: 'compare', operator, left, right: this.#sum(), at })
    if (this.#token.kind === 'symbol' && COMPARISONS.has(this.#token.text))
      throw new SyntaxFault(
        this.#token.at,
        `comparisons do not chain, at character ${this.#token.at}; join them with and`,
      )
    return node
  }

  #sum(): SyntaxNode {
    let left = this.#product()
    for (;;) {
      const at = this.#token.at
      const operator = this.#symbol('+') ?? this.#symbol('-')
      if (operator === undefined) return left
      left = this.#node({ kind: 'arithmetic', operator, left, right: this.#product(), at })
    }
  }

  #product(): SyntaxNode {
    let left = this.#sign()
    for (;;) {
      const at = this.#token.at
      const operator = this.#symbol('*') ?? this.#symbol('/') ?? this.#symbol('%')
      if (operator === undefined) return left
      const right = this.#sign()
      left = this.#node(
        operator === '%'
          ? { kind: 'call', function: 'mod', args: [left, right], at }
          : { kind: 'arithmetic', operator, left, right, at },
      )
    }
  }

  #sign(): SyntaxNode {
    const at = this.#token.at
    if (this.#symbol('-') === undefined) return this.#primary()
    return this.#nested(() => this.#node({ kind: 'negate', argument: this.#sign(), at }))
  }

  #primary(): SyntaxNode {
    const token = this.#token
    const { at, kind, text } = token
    if (kind === 'number' || kind === 'text') {
      this.#index += 1
      return this.#node({ kind, text, at })
    }
    if (this.#symbol('(') !== undefined) {
      const node = this.#nested(() => this.#or())
      this.#close(at)
      return node
    }
    if (kind !== 'name' || isWord(text)) this.#unexpected()
    this.#index += 1
    if (this.#symbol('(') !== undefined) return this.#call(text, at)
    if (text.includes('.')) return this.#node({ kind: 'member', name: text, at })
    throw new SyntaxFault(at, `unknown name at character ${at}: ${shorten(text)}; a measure is written cube.measure`)
  }

  #call(name: string, at: number): SyntaxNode {
    const known = findFunction(name)
    if (known === undefined) {
      const near = didYouMean(name, Object.keys(EXPRESSION_FUNCTIONS))
      throw new SyntaxFault(at, `unknown function at character ${at}: ${shorten(name)}${near}`)
    }
    const args = this.#nested(() => {
      const list: SyntaxNode[] = []
      if (this.#isSymbol(')')) return list
      do list.push(this.#or())
      while (this.#symbol(',') !== undefined)
      return list
    })
    this.#close(at)
    const { fewest, most } = known.shape
    if (args.length < fewest || args.length > most) {
      const wanted = fewest === most ? `${fewest}` : `${fewest} to ${most}`
      const noun = most === 1 ? 'argument' : 'arguments'
      throw new SyntaxFault(at, `${known.name} at character ${at} takes ${wanted} ${noun}, not ${args.length}`)
    }
    return this.#node({ kind: 'call', function: known.name, args, at })
  }

  #close(openedAt: number): void {
    if (this.#symbol(')') !== undefined) return
    if (this.#token.kind === 'end')
      throw new SyntaxFault(openedAt, `the bracket opened at character ${openedAt} is not closed`)
    this.#unexpected()
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1
    if (this.#depth > MAX_EXPRESSION_DEPTH)
      throw new SyntaxFault(this.#token.at, `nested deeper than ${MAX_EXPRESSION_DEPTH} at character ${this.#token.at}`)
    const result = read()
    this.#depth -= 1
    return result
  }

  #node(node: SyntaxNode): SyntaxNode {
    this.#nodes += 1
    if (this.#nodes > MAX_EXPRESSION_NODES)
      throw new SyntaxFault(node.at, `more than ${MAX_EXPRESSION_NODES} parts, at character ${node.at}`)
    return Object.freeze(node)
  }

  #isSymbol(text: string): boolean {
    return this.#token.kind === 'symbol' && this.#token.text === text
  }

  #symbol<S extends string>(text: S): S | undefined {
    if (!this.#isSymbol(text)) return undefined
    this.#index += 1
    return text
  }

  /** Where a word such as `and` stands, when it comes next. */
  #word(word: string): number | undefined {
    const { kind, text, at } = this.#token
    if (kind !== 'name' || text.toLowerCase() !== word) return undefined
    this.#index += 1
    return at
  }

  #unexpected(): never {
    const { kind, text, at } = this.#token
    if (kind === 'end') throw new SyntaxFault(at, `the expression ends too early, at character ${at}`)
    throw new SyntaxFault(at, `unexpected ${shorten(text)} at character ${at}`)
  }
}

function isWord(text: string): boolean {
  return ['and', 'or', 'not'].includes(text.toLowerCase())
}

/** A part of the text as a message shows it. */
function shorten(text: string): string {
  const plain = text.replaceAll(/[^\x20-\x7e]/g, '?')
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain
}
