/** Text handed to a function of Cube's context, and the names it has for values: `lambda x, y: f"…"`; `undefined` without a lambda. */
export interface WrittenArgument {
  readonly sql: string
  readonly names: readonly string[] | undefined
}

/** One `FILTER_PARAMS.cube.member.filter(…)`. */
export interface WrittenFilterParam extends WrittenArgument {
  readonly cube: string
  readonly member: string
}

/** What stands between braces when it is no reference. A `FILTER_GROUP` has several params. */
export type ContextCall =
  | { readonly kind: 'filters'; readonly params: readonly WrittenFilterParam[] }
  | { readonly kind: 'local-time'; readonly sql: string }

/** A call, and where the text goes on behind its closing brace. */
export type ReadCall = { readonly call: ContextCall; readonly end: number } | { readonly problem: string }

const STARTS = /\s*(?:FILTER_PARAMS|FILTER_GROUP|SQL_UTILS)\s*[.(]/y

/**
 * Reads `FILTER_PARAMS.cube.member.filter(…)`, `FILTER_GROUP(…)` or `SQL_UTILS.convertTz(…)` that starts at `start`, behind a brace,
 * with Python's texts and lambdas. `undefined` when nothing of the kind stands there.
 */
export function readContextCall(text: string, start: number): ReadCall | undefined {
  STARTS.lastIndex = start
  if (!STARTS.test(text)) return undefined
  const reader = new CallReader(text, start)
  try {
    const call = reader.call()
    reader.take('}')
    return { call, end: reader.position }
  } catch (error) {
    if (error instanceof Misread) return { problem: error.message }
    throw error
  }
}

class Misread extends Error {}

/** Most params of a group. */
const MAX_PARAMS = 50

class CallReader {
  position: number
  readonly #text: string

  constructor(text: string, start: number) {
    this.#text = text
    this.position = start
  }

  call(): ContextCall {
    const word = this.#name()
    if (word === 'FILTER_PARAMS') return { kind: 'filters', params: [this.#param()] }
    if (word === 'FILTER_GROUP') return { kind: 'filters', params: this.#group() }
    this.take('.')
    const method = this.#name()
    if (method !== 'convertTz') throw new Misread(`SQL_UTILS has convertTz, not ${method}`)
    this.take('(')
    const { sql, names } = this.#argument()
    if (names !== undefined) throw new Misread('convertTz takes SQL, not a lambda')
    this.take(')')
    return { kind: 'local-time', sql }
  }

  #group(): WrittenFilterParam[] {
    const params: WrittenFilterParam[] = []
    this.take('(')
    while (!this.#has(')')) {
      const word = this.#name()
      if (word !== 'FILTER_PARAMS') throw new Misread(`FILTER_GROUP holds FILTER_PARAMS, not ${word}`)
      params.push(this.#param())
      if (!this.#has(')')) this.take(',')
    }
    this.take(')')
    if (params.length === 0) throw new Misread('FILTER_GROUP needs FILTER_PARAMS in its brackets')
    if (params.length > MAX_PARAMS) throw new Misread(`FILTER_GROUP holds at most ${MAX_PARAMS} FILTER_PARAMS`)
    return params
  }

  #param(): WrittenFilterParam {
    this.take('.')
    const cube = this.#name()
    this.take('.')
    const member = this.#name()
    this.take('.')
    const method = this.#name()
    if (method !== 'filter') throw new Misread(`FILTER_PARAMS.${cube}.${member} has filter, not ${method}`)
    this.take('(')
    const argument = this.#argument()
    if (this.#has(',')) this.take(',')
    this.take(')')
    return { cube, member, ...argument }
  }

  #argument(): WrittenArgument {
    this.#skip()
    if (!/lambda\b/y.test(this.#text.slice(this.position, this.position + 7)))
      return { sql: this.#quoted(), names: undefined }
    this.#name()
    const names: string[] = []
    do {
      if (names.length > 0) this.take(',')
      names.push(this.#name())
    } while (this.#has(','))
    this.take(':')
    return { sql: this.#quoted(), names }
  }

  take(mark: string): void {
    if (!this.#has(mark)) throw new Misread(`expected ${mark} ${this.#where()}`)
    this.position += 1
  }

  #has(mark: string): boolean {
    this.#skip()
    return this.#text[this.position] === mark
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.position] ?? '')) this.position += 1
  }

  #name(): string {
    this.#skip()
    const pattern = /[A-Za-z_]\w*/y
    pattern.lastIndex = this.position
    const found = pattern.exec(this.#text)
    if (found === null) throw new Misread(`expected a name ${this.#where()}`)
    this.position = pattern.lastIndex
    return found[0]
  }

  /** A text in single, double, tripled or backward quotes, with or without `f` or `r` before it. */
  #quoted(): string {
    const pattern = /\s*[fFrR]{0,2}("""|'''|"|'|`)/y
    pattern.lastIndex = this.position
    const mark = pattern.exec(this.#text)?.[1]
    if (mark === undefined) throw new Misread(`expected SQL in quotes ${this.#where()}`)
    let written = ''
    let at = pattern.lastIndex
    while (!this.#text.startsWith(mark, at)) {
      if (at >= this.#text.length) throw new Misread(`the quote ${mark} is never closed`)
      const isEscaped = this.#text[at] === '\\' && /["'`\\]/.test(this.#text[at + 1] ?? '')
      if (isEscaped) at += 1
      written += this.#text[at]
      at += 1
    }
    this.position = at + mark.length
    return written
  }

  #where(): string {
    const rest = this.#text.slice(this.position, this.position + 20).trim()
    return rest === '' ? 'at the end' : `before ${JSON.stringify(rest)}`
  }
}
