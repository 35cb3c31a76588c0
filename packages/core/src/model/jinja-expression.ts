import { JinjaFault, type JinjaScope, type JinjaValue } from './jinja-scope.ts'

/** Reads its value in a scope. */
export type JinjaExpression = (scope: JinjaScope) => JinjaValue

/** Deepest nesting of one expression. */
const MAX_DEPTH = 50
/** Most operations of one expression: each is a call inside of the next. */
const MAX_OPERATIONS = 500

/** Reads one expression of a template: values, names, calls, filters, tests, operators and `a if b else c`. */
export function parseJinjaExpression(text: string): JinjaExpression {
  const parser = new JinjaParser(text)
  const expression = parser.expression()
  parser.end()
  return expression
}

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<mark>==|!=|<=|>=|\/\/|\*\*|[-+*/%~<>()[\]{}.,:|=]))/y

const WORDS: ReadonlyMap<string, JinjaValue> = new Map<string, JinjaValue>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** A part of an expression, and what it is. */
interface Token {
  readonly kind: 'number' | 'name' | 'text' | 'mark' | 'end'
  readonly text: string
}

/** A parser of a tag's inside: statements ask it for names, marks and expressions. */
export class JinjaParser {
  readonly #text: string
  #position = 0
  #depth = 0
  #operations = 0
  #token: Token

  constructor(text: string) {
    this.#text = text
    this.#token = this.#next()
  }

  #next(): Token {
    TOKEN.lastIndex = this.#position
    const match = TOKEN.exec(this.#text)
    if (match === null) {
      const rest = this.#text.slice(this.#position).trim()
      if (rest !== '') throw new JinjaFault(`cannot read ${JSON.stringify(rest.slice(0, 30))}`)
      return { kind: 'end', text: '' }
    }
    this.#position = TOKEN.lastIndex
    const [kind, text] = Object.entries(match.groups!).find(([, found]) => found !== undefined)!
    return { kind: kind as Token['kind'], text }
  }

  #take(): string {
    const { text } = this.#token
    this.#token = this.#next()
    return text
  }

  /** Takes a mark or a word if it is what comes next. */
  has(text: string): boolean {
    if (this.#token.kind === 'text' || this.#token.text !== text) return false
    this.#take()
    return true
  }

  expect(text: string): void {
    if (!this.has(text)) throw new JinjaFault(`expected ${text}${this.#before()}`)
  }

  name(): string {
    if (this.#token.kind !== 'name') throw new JinjaFault(`expected a name${this.#before()}`)
    return this.#take()
  }

  end(): void {
    if (this.#token.kind !== 'end') throw new JinjaFault(`cannot read ${JSON.stringify(this.#token.text)} here`)
  }

  get isAtEnd(): boolean {
    return this.#token.kind === 'end'
  }

  #before(): string {
    return this.#token.kind === 'end' ? ' at the end' : ` before ${JSON.stringify(this.#token.text)}`
  }

  expression(): JinjaExpression {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new JinjaFault(`an expression nests at most ${MAX_DEPTH} deep`)
    const value = this.#choice()
    this.#depth -= 1
    return value
  }

  #choice(): JinjaExpression {
    const value = this.#or()
    if (!this.has('if')) return value
    const condition = this.#or()
    const other = this.has('else') ? this.expression() : () => ''
    return this.#operation((scope) => (scope.isTrue(condition(scope)) ? value(scope) : other(scope)))
  }

  #operation<Value extends JinjaValue>(work: (scope: JinjaScope) => Value): (scope: JinjaScope) => Value {
    this.#operations += 1
    if (this.#operations > MAX_OPERATIONS)
      throw new JinjaFault(`an expression has at most ${MAX_OPERATIONS} operations`)
    return (scope) => {
      scope.work(1)
      return work(scope)
    }
  }

  /** An expression without `if`, which means something else behind a loop. */
  condition(): JinjaExpression {
    return this.#or()
  }

  #or(): JinjaExpression {
    let left = this.#and()
    while (this.has('or')) {
      const [first, second] = [left, this.#and()]
      left = this.#operation((scope) => scope.either(first(scope), () => second(scope)))
    }
    return left
  }

  #and(): JinjaExpression {
    let left = this.#not()
    while (this.has('and')) {
      const [first, second] = [left, this.#not()]
      left = this.#operation((scope) => scope.both(first(scope), () => second(scope)))
    }
    return left
  }

  #not(): JinjaExpression {
    let count = 0
    while (this.has('not')) count += 1
    const value = this.#comparison()
    if (count === 0) return value
    return this.#operation((scope) => scope.isTrue(value(scope)) === (count % 2 === 0))
  }

  #comparison(): JinjaExpression {
    const left = this.#sum()
    for (const operator of ['==', '!=', '<=', '>=', '<', '>', 'in'] as const) {
      if (!this.has(operator)) continue
      const right = this.#sum()
      return this.#operation((scope) => scope.compare(operator, left(scope), right(scope)))
    }
    if (!this.has('not')) return left
    this.expect('in')
    const right = this.#sum()
    return this.#operation((scope) => !scope.compare('in', left(scope), right(scope)))
  }

  #sum(): JinjaExpression {
    let left = this.#product()
    for (;;) {
      const operator = (['+', '-', '~'] as const).find((mark) => this.has(mark))
      if (operator === undefined) return left
      const [first, second] = [left, this.#product()]
      left = this.#operation((scope) => scope.compute(operator, first(scope), second(scope)))
    }
  }

  #product(): JinjaExpression {
    let left = this.#tested()
    for (;;) {
      const operator = (['*', '//', '/', '%'] as const).find((mark) => this.has(mark))
      if (operator === undefined) return left
      const [first, second] = [left, this.#tested()]
      left = this.#operation((scope) => scope.compute(operator, first(scope), second(scope)))
    }
  }

  /** A value with its filters, and `is` tests of it. */
  #tested(): JinjaExpression {
    let value = this.#postfix()
    while (this.has('|')) {
      const [from, name] = [value, this.name()]
      const args = this.has('(') ? this.#arguments() : []
      value = this.#operation((scope) =>
        scope.filter(
          name,
          from(scope),
          args.map((arg) => arg.value(scope)),
        ),
      )
    }
    if (!this.has('is')) return value
    const isNegated = this.has('not')
    const name = this.name()
    return this.#operation((scope) => scope.test(name, value(scope)) !== isNegated)
  }

  #postfix(): JinjaExpression {
    let minuses = 0
    while (this.has('-')) minuses += 1
    if (minuses === 0) return this.#called()
    const value = this.#called()
    return this.#operation((scope) => scope.compute('*', minuses % 2 === 0 ? 1 : -1, value(scope)))
  }

  #called(): JinjaExpression {
    let value = this.#atom()
    for (;;) {
      const from = value
      if (this.has('.')) {
        const name = this.name()
        value = this.#operation((scope) => scope.attribute(from(scope), name))
      } else if (this.has('[')) {
        const key = this.expression()
        this.expect(']')
        value = this.#operation((scope) => scope.attribute(from(scope), key(scope)))
      } else if (this.has('(')) {
        const args = this.#arguments()
        value = this.#operation((scope) =>
          scope.call(
            from(scope),
            args.map(({ name, value: arg }) => ({ name, value: arg(scope) })),
          ),
        )
      } else return value
    }
  }

  #arguments(): { readonly name: string | undefined; readonly value: JinjaExpression }[] {
    const args: { name: string | undefined; value: JinjaExpression }[] = []
    while (!this.has(')')) {
      const start = { position: this.#position, token: this.#token }
      let name: string | undefined
      if (this.#token.kind === 'name') {
        name = this.#take()
        if (!this.has('=')) {
          name = undefined
          this.#position = start.position
          this.#token = start.token
        }
      }
      args.push({ name, value: this.expression() })
      if (!this.has(',')) {
        this.expect(')')
        break
      }
    }
    return args
  }

  #atom(): JinjaExpression {
    const { kind, text } = this.#token
    if (kind === 'number') {
      this.#take()
      return () => Number(text)
    }
    if (kind === 'text') {
      this.#take()
      const value = text.slice(1, -1).replaceAll(/\\(.)/gs, (_, char: string) => ESCAPES[char] ?? char)
      return () => value
    }
    if (kind === 'name') {
      this.#take()
      const word = WORDS.get(text)
      return word === undefined ? (scope) => scope.get(text) : () => word
    }
    if (this.has('(')) {
      const items = this.#list(')')
      return items.length === 1 ? items[0]! : this.#items(items)
    }
    if (this.has('[')) {
      return this.#items(this.#list(']'))
    }
    if (this.has('{')) {
      const entries: [JinjaExpression, JinjaExpression][] = []
      while (!this.has('}')) {
        const key = this.expression()
        this.expect(':')
        entries.push([key, this.expression()])
        if (!this.has(',')) {
          this.expect('}')
          break
        }
      }
      return (scope) => {
        scope.work(entries.length)
        return new Map(entries.map(([key, value]) => [scope.text(key(scope)), value(scope)]))
      }
    }
    throw new JinjaFault(`expected a value${this.#before()}`)
  }

  #items(items: readonly JinjaExpression[]): JinjaExpression {
    return (scope) => {
      scope.work(items.length)
      return items.map((item) => item(scope))
    }
  }

  #list(close: string): JinjaExpression[] {
    const items: JinjaExpression[] = []
    while (!this.has(close)) {
      items.push(this.expression())
      if (!this.has(',')) {
        this.expect(close)
        break
      }
    }
    return items
  }
}
