/** What {@link readPlainYaml} answers when a text is not plain. */
export const NOT_PLAIN: unique symbol = Symbol('not plain')

/**
 * Reads the plain YAML that models are mostly written in, some ten times faster than a full reader: block and one-line flow
 * collections, one-line scalars. Answers {@link NOT_PLAIN} for everything else (anchors, tags, block scalars, several documents,
 * texts over several lines, anything malformed), which the full reader then reads or refuses. What it does answer is what the
 * full reader would: a property test compares the two.
 */
export function readPlainYaml(text: string): unknown {
  if (UNUSUAL.test(text)) return NOT_PLAIN
  try {
    return new PlainReader(text).read()
  } catch (error) {
    if (error === NOT_PLAIN) return NOT_PLAIN
    throw error
  }
}

/** Tabs, returns, other control characters, byte order marks, and lines that YAML gives a meaning. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNUSUAL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]|^(?:---|\.\.\.|%)/m

/** Deepest nesting of plain files. */
const MAX_DEPTH = 40

const KEY = /^([A-Za-z_][A-Za-z0-9_]*):(?: +|$)/
const FLOW_KEY = /([A-Za-z_][A-Za-z0-9_]*):(?: +|(?=[,}]))/y
const FLOW_PLAIN = /[^\s,[\]{}#&*!|>'"%@`?:-][^,[\]{}#:]*/y
const DOUBLE_QUOTED = /"(?:[^"\\]|\\["\\/bfnrt])*"/y
const SINGLE_QUOTED = /'(?:[^']|'')*'/y
const RESERVED_KEYS: ReadonlySet<string> = new Set([
  '__proto__',
  'null',
  'Null',
  'NULL',
  'true',
  'True',
  'TRUE',
  'false',
  'False',
  'FALSE',
])

class PlainReader {
  readonly #indents: number[] = []
  readonly #texts: string[] = []
  #line = 0
  /** Text and place of the flow collection or scalar being read. */
  #flow = ''
  #at = 0

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const content = line.trimStart()
      if (content === '' || content.startsWith('#')) continue
      this.#indents.push(line.length - content.length)
      this.#texts.push(content.trimEnd())
    }
  }

  read(): unknown {
    if (this.#texts.length === 0 || this.#indents[0] !== 0) throw NOT_PLAIN
    const value = this.#block(0, 0)
    if (this.#line < this.#texts.length) throw NOT_PLAIN
    return value
  }

  #block(indent: number, depth: number): unknown {
    if (depth > MAX_DEPTH) throw NOT_PLAIN
    return isItem(this.#texts[this.#line]!) ? this.#sequence(indent, depth) : this.#mapping(indent, depth)
  }

  #sequence(indent: number, depth: number): unknown[] {
    const items: unknown[] = []
    while (this.#indents[this.#line] === indent && isItem(this.#texts[this.#line]!)) {
      const text = this.#texts[this.#line]!
      const content = text.slice(1).trimStart()
      if (content === '' || content.startsWith('#')) {
        this.#line += 1
        items.push(
          (this.#indents[this.#line] ?? -1) > indent ? this.#block(this.#indents[this.#line]!, depth + 1) : null,
        )
      } else if (isItem(content) || KEY.test(content)) {
        // `- key: value`: the rest of the line starts a block of its own, indented to where it stands.
        this.#indents[this.#line] = indent + text.length - content.length
        this.#texts[this.#line] = content
        items.push(this.#block(this.#indents[this.#line]!, depth + 1))
      } else items.push(this.#inline(content, indent))
    }
    if ((this.#indents[this.#line] ?? -1) > indent) throw NOT_PLAIN
    return items
  }

  #mapping(indent: number, depth: number): Record<string, unknown> {
    const mapping: Record<string, unknown> = {}
    while (this.#indents[this.#line] === indent) {
      const text = this.#texts[this.#line]!
      const match = KEY.exec(text)
      if (match === null) break
      const key = match[1]!
      if (RESERVED_KEYS.has(key) || Object.hasOwn(mapping, key)) throw NOT_PLAIN
      const rest = text.slice(match[0].length)
      if (rest !== '' && !rest.startsWith('#')) mapping[key] = this.#inline(rest, indent)
      else {
        this.#line += 1
        const next = this.#indents[this.#line] ?? -1
        const isValue = next > indent || (next === indent && isItem(this.#texts[this.#line]!))
        mapping[key] = isValue ? this.#block(next, depth + 1) : null
      }
    }
    if ((this.#indents[this.#line] ?? -1) > indent) throw NOT_PLAIN
    if (this.#indents[this.#line] === indent && !isItem(this.#texts[this.#line]!)) throw NOT_PLAIN
    return mapping
  }

  /** A value that ends with its line. */
  #inline(text: string, indent: number): unknown {
    this.#line += 1
    if ((this.#indents[this.#line] ?? -1) > indent) throw NOT_PLAIN
    const first = text[0]!
    if (first === '{' || first === '[' || first === '"' || first === "'") {
      this.#flow = text
      this.#at = 0
      const value = this.#flowValue(0)
      if (!/^(?: +#.*)?$/.test(text.slice(this.#at))) throw NOT_PLAIN
      return value
    }
    const end = text.indexOf(' #')
    const plain = end === -1 ? text : text.slice(0, end).trimEnd()
    if (/^[,\]}#&*!|>%@`?:]|^-(?: |$)|:(?: |$)/.test(plain)) throw NOT_PLAIN
    return scalar(plain)
  }

  #flowValue(depth: number): unknown {
    if (depth > MAX_DEPTH) throw NOT_PLAIN
    const first = this.#flow[this.#at]
    if (first === '{') return this.#flowMapping(depth)
    if (first === '[') return this.#flowSequence(depth)
    if (first === '"') return JSON.parse(this.#match(DOUBLE_QUOTED)) as string
    if (first === "'") return this.#match(SINGLE_QUOTED).slice(1, -1).replaceAll("''", "'")
    return scalar(this.#match(FLOW_PLAIN).trimEnd())
  }

  #flowMapping(depth: number): Record<string, unknown> {
    const mapping: Record<string, unknown> = {}
    this.#at += 1
    this.#blanks()
    while (this.#flow[this.#at] !== '}') {
      const key = this.#match(FLOW_KEY).trimEnd().slice(0, -1)
      if (RESERVED_KEYS.has(key) || Object.hasOwn(mapping, key)) throw NOT_PLAIN
      mapping[key] = this.#flowValue(depth + 1)
      this.#separator('}')
    }
    this.#at += 1
    return mapping
  }

  #flowSequence(depth: number): unknown[] {
    const items: unknown[] = []
    this.#at += 1
    this.#blanks()
    while (this.#flow[this.#at] !== ']') {
      items.push(this.#flowValue(depth + 1))
      this.#separator(']')
    }
    this.#at += 1
    return items
  }

  #separator(close: string): void {
    this.#blanks()
    if (this.#flow[this.#at] === ',') {
      this.#at += 1
      this.#blanks()
    } else if (this.#flow[this.#at] !== close) throw NOT_PLAIN
  }

  #blanks(): void {
    while (this.#flow[this.#at] === ' ') this.#at += 1
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#flow)
    if (match === null) throw NOT_PLAIN
    this.#at = pattern.lastIndex
    return match[0]
  }
}

function isItem(text: string): boolean {
  return text.charCodeAt(0) === 45 && (text.length === 1 || text.charCodeAt(1) === 32)
}

/** A plain scalar by YAML's core schema, where its meaning is beyond doubt. */
function scalar(text: string): unknown {
  if (text === 'true') return true
  if (text === 'false') return false
  if (text === 'null') return null
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/.test(text)) return Number(text)
  if (/^[-+.\d~]/.test(text) || /^(?:true|false|null)$/i.test(text)) throw NOT_PLAIN
  return text
}
