import { type JinjaExpression, JinjaParser, parseJinjaExpression } from './jinja-expression.ts'
import { type JinjaArgument, JinjaFault, JinjaScope, type JinjaValue } from './jinja-scope.ts'

/** A file once its templates are done. */
export interface RenderedFile {
  readonly text: string
  /** The line of the file, from 1, that made a line of `text`, from 1. */
  readonly lineOf: (line: number) => number
}

/** A file whose templates cannot be done, and the line, from 1, at fault. */
export interface UnrenderedFile {
  readonly problem: string
  readonly line: number
}

/** Longest file that templates may make, in characters. */
const MAX_LENGTH = 4_000_000
/** Deepest nesting of blocks, and of macros that call each other. */
const MAX_DEPTH = 30

/** Whether there is a template in a file, outside of YAML's comments. */
export function hasJinja(text: string): boolean {
  if (!text.includes('{%') && !text.includes('{{')) return false
  return text.split('\n').some((line) => /^(?:[^#]|#(?!\s))*?(?:\{%|\{\{)/.test(line))
}

/**
 * Does the templates of a file as Jinja would: `set`, `for`, `if`, `macro`, `raw`, expressions and comments, with `-` to take away
 * blanks. Texts are written as they are. There is no Python, nothing to import, and no caller to ask about.
 */
export function renderJinja(text: string): RenderedFile | UnrenderedFile {
  const renderer = new Renderer()
  try {
    renderer.render(new TemplateReader(text).read(), new JinjaScope())
  } catch (error) {
    if (error instanceof LocatedFault) return { problem: error.message, line: error.line }
    // Depths of expressions, blocks and macros multiply, and what the stack holds of that depends on who calls.
    if (error instanceof RangeError) return { problem: 'its templates nest too deep', line: renderer.line }
    throw error
  }
  return renderer.result()
}

class LocatedFault extends Error {
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

function located<T>(line: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof JinjaFault) throw new LocatedFault(error.message, line)
    throw error
  }
}

/** A part of a template, and the line it starts in. */
type Node = { readonly line: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: JinjaExpression; readonly written: string }
  | { readonly kind: 'set'; readonly names: readonly string[]; readonly value: JinjaExpression }
  | {
      readonly kind: 'for'
      readonly names: readonly string[]
      readonly over: JinjaExpression
      readonly when: JinjaExpression | undefined
      readonly body: readonly Node[]
      readonly otherwise: readonly Node[]
    }
  | {
      readonly kind: 'if'
      readonly branches: readonly { readonly condition: JinjaExpression | undefined; readonly body: readonly Node[] }[]
    }
  | { readonly kind: 'macro'; readonly name: string; readonly params: readonly Param[]; readonly body: readonly Node[] }
)

interface Param {
  readonly name: string
  readonly value: JinjaExpression | undefined
}

interface Piece {
  readonly kind: 'text' | 'value' | 'tag'
  readonly text: string
  readonly line: number
}

class TemplateReader {
  readonly #pieces: readonly Piece[]
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#pieces = cut(text)
  }

  read(): readonly Node[] {
    const { nodes, end } = this.#body([])
    if (end !== undefined) throw new LocatedFault(`${end.word} has nothing to end`, end.line)
    return nodes
  }

  /** Nodes up to a tag that starts with one of `ends`. */
  #body(ends: readonly string[]): {
    nodes: Node[]
    end: { word: string; parser: JinjaParser; line: number } | undefined
  } {
    const nodes: Node[] = []
    for (;;) {
      const piece = this.#pieces[this.#at]
      if (piece === undefined) return { nodes, end: undefined }
      this.#at += 1
      const { line, text } = piece
      if (piece.kind === 'text') nodes.push({ kind: 'text', line, text })
      else if (piece.kind === 'value')
        nodes.push({
          kind: 'value',
          line,
          value: located(line, () => parseJinjaExpression(text)),
          written: text.trim(),
        })
      else {
        const parser = located(line, () => new JinjaParser(text))
        const word = located(line, () => parser.name())
        if (ends.includes(word) || word.startsWith('end') || word.startsWith('el'))
          return { nodes, end: { word, parser, line } }
        nodes.push(located(line, () => this.#statement(word, parser, line)))
      }
    }
  }

  /** The body of a block, which must end with one of `ends`. */
  #block(word: string, ends: readonly string[], line: number) {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new LocatedFault(`blocks nest at most ${MAX_DEPTH} deep`, line)
    const { nodes, end } = this.#body(ends)
    this.#depth -= 1
    if (end === undefined || !ends.includes(end.word))
      throw new LocatedFault(`${word} has no ${ends.at(-1)}`, end?.line ?? line)
    return { nodes, word: end.word, parser: end.parser }
  }

  #statement(word: string, parser: JinjaParser, line: number): Node {
    switch (word) {
      case 'set': {
        const names = namesOf(parser)
        parser.expect('=')
        const value = parser.expression()
        parser.end()
        return { kind: 'set', line, names, value }
      }
      case 'for':
        return this.#for(parser, line)
      case 'if':
        return this.#if(parser, line)
      case 'macro':
        return this.#macro(parser, line)
      case 'import':
      case 'from':
      case 'include':
        throw new JinjaFault(`${word} is not supported: a file is read by itself; write its macros in it`)
      default:
        throw new JinjaFault(`unknown tag: ${word}`)
    }
  }

  #for(parser: JinjaParser, line: number): Node {
    const names = namesOf(parser)
    parser.expect('in')
    const over = parser.condition()
    const when = parser.has('if') ? parser.condition() : undefined
    parser.end()
    const { nodes: body, word } = this.#block('for', ['else', 'endfor'], line)
    const otherwise = word === 'else' ? this.#block('for', ['endfor'], line).nodes : []
    return { kind: 'for', line, names, over, when, body, otherwise }
  }

  #if(parser: JinjaParser, line: number): Node {
    const branches: { condition: JinjaExpression | undefined; body: readonly Node[] }[] = []
    let condition: JinjaExpression | undefined = parser.expression()
    parser.end()
    for (;;) {
      const ends = condition === undefined ? ['endif'] : ['elif', 'else', 'endif']
      const block = this.#block('if', ends, line)
      branches.push({ condition, body: block.nodes })
      if (block.word === 'endif') return { kind: 'if', line, branches }
      condition = block.word === 'elif' ? block.parser.expression() : undefined
    }
  }

  #macro(parser: JinjaParser, line: number): Node {
    const name = parser.name()
    parser.expect('(')
    const params: Param[] = []
    while (!parser.has(')')) {
      params.push({ name: parser.name(), value: parser.has('=') ? parser.expression() : undefined })
      if (!parser.has(',')) {
        parser.expect(')')
        break
      }
    }
    parser.end()
    return { kind: 'macro', line, name, params, body: this.#block('macro', ['endmacro'], line).nodes }
  }
}

function namesOf(parser: JinjaParser): readonly string[] {
  const names = [parser.name()]
  while (parser.has(',')) names.push(parser.name())
  return names
}

/** Cuts a file at its tags. `-` beside a tag takes the blanks there away. What stands between `raw` and `endraw` is text. */
function cut(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let position = 0
  let strips = false
  let line = 1
  const addText = (end: number, stripsEnd: boolean) => {
    const part = text.slice(position, end)
    const kept = strips ? part.trimStart() : part
    const shown = stripsEnd ? kept.trimEnd() : kept
    if (shown !== '')
      pieces.push({ kind: 'text', text: shown, line: line + newlinesIn(part.slice(0, part.length - kept.length)) })
    line += newlinesIn(part)
    position = end
  }
  for (;;) {
    const tag = nextTag(text, position, line)
    if (tag === undefined) break
    addText(tag.start, tag.stripsBefore)
    if (tag.kind !== 'comment' && tag.inside.trim() !== 'raw') pieces.push({ kind: tag.kind, text: tag.inside, line })
    line += newlinesIn(text.slice(tag.start, tag.end))
    position = tag.end
    strips = tag.stripsAfter
    if (tag.kind !== 'tag' || tag.inside.trim() !== 'raw') continue
    const end = /\{%[-+]?\s*endraw\s*[-+]?%\}/g
    end.lastIndex = position
    const found = end.exec(text)
    if (found === null) throw new LocatedFault('raw has no endraw', line)
    addText(found.index, false)
    position = end.lastIndex
    strips = false
  }
  addText(text.length, false)
  return pieces
}

interface Tag {
  readonly kind: 'value' | 'tag' | 'comment'
  readonly start: number
  /** Behind its last brace. */
  readonly end: number
  readonly inside: string
  readonly stripsBefore: boolean
  readonly stripsAfter: boolean
}

const KINDS = { '{{': 'value', '{%': 'tag', '{#': 'comment' } as const
const CLOSES: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}', '{#': '#}' }

/** The next tag. Braces and quotes inside of it do not end it. */
function nextTag(text: string, from: number, line: number): Tag | undefined {
  const opening = /\{[{%#]/g
  opening.lastIndex = from
  const found = opening.exec(text)
  if (found === null) return undefined
  const open = found[0] as keyof typeof KINDS
  const close = CLOSES[open]!
  const start = found.index
  let at = start + 2
  const marksBefore = /[-+]/.test(text[at] ?? '') ? text[at++]! : ''
  const first = at
  let depth = 0
  while (at < text.length) {
    const char = text[at]!
    if (depth === 0 && text.startsWith(close, at)) {
      const isMarked = at > first && /[-+]/.test(text[at - 1]!)
      return {
        kind: KINDS[open],
        start,
        end: at + 2,
        inside: text.slice(first, isMarked ? at - 1 : at),
        stripsBefore: marksBefore === '-',
        stripsAfter: isMarked && text[at - 1] === '-',
      }
    }
    if (open !== '{#' && (char === '"' || char === "'")) at = endOfText(text, at)
    else if (open !== '{#' && '{[('.includes(char)) depth += 1
    else if (open !== '{#' && '}])'.includes(char)) depth -= 1
    at += 1
  }
  throw new LocatedFault(`${open} is never closed`, line + newlinesIn(text.slice(from, start)))
}

/** Where the closing quote stands, or the end. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1
    else if (text[at] === text[start]) return at
  }
  return text.length
}

function newlinesIn(text: string): number {
  let count = 0
  for (const char of text) if (char === '\n') count += 1
  return count
}

class Renderer {
  readonly #parts: string[] = []
  /** The line that each line of the result comes from. */
  readonly #lines: number[] = [1]
  #length = 0
  #depth = 0
  /** The line that is being done. */
  line = 1

  result(): RenderedFile {
    const lines = this.#lines
    return { text: this.#parts.join(''), lineOf: (line) => lines[line - 1] ?? lines.at(-1)! }
  }

  render(nodes: readonly Node[], scope: JinjaScope): void {
    for (const node of nodes) {
      located(node.line, () => {
        this.line = node.line
        scope.step()
        this.#node(node, scope)
      })
    }
  }

  #node(node: Node, scope: JinjaScope): void {
    switch (node.kind) {
      case 'text':
        this.#write(node.text, node.line, true)
        break
      case 'value':
        this.#write(textOf(node.value(scope), node.written, scope), node.line, false)
        break
      case 'set':
        assign(node.names, node.value(scope), scope)
        break
      case 'if': {
        const branch = node.branches.find(({ condition }) => condition === undefined || scope.isTrue(condition(scope)))
        if (branch !== undefined) this.render(branch.body, scope)
        break
      }
      case 'for':
        this.#for(node, scope)
        break
      case 'macro':
        scope.set(node.name, (args) => this.#call(node, args, scope))
    }
  }

  #for({ names, over, when, body, otherwise }: Extract<Node, { kind: 'for' }>, scope: JinjaScope): void {
    const scopes = scope.items(over(scope)).flatMap((item) => {
      scope.step()
      const inner = new JinjaScope(scope)
      assign(names, item, inner)
      return when === undefined || scope.isTrue(when(inner)) ? [inner] : []
    })
    if (scopes.length === 0) this.render(otherwise, scope)
    for (const [index, inner] of scopes.entries()) {
      inner.set(
        'loop',
        new Map<string, JinjaValue>([
          ['index', index + 1],
          ['index0', index],
          ['first', index === 0],
          ['last', index === scopes.length - 1],
          ['length', scopes.length],
        ]),
      )
      this.render(body, inner)
    }
  }

  /** What a macro writes, as a text. */
  #call(
    { name, params, body }: Extract<Node, { kind: 'macro' }>,
    args: readonly JinjaArgument[],
    scope: JinjaScope,
  ): string {
    const inner = new JinjaScope(scope)
    const positional = args.filter((arg) => arg.name === undefined)
    for (const arg of args) {
      if (arg.name !== undefined && !params.some((param) => param.name === arg.name))
        throw new JinjaFault(`${name} takes no ${arg.name}`)
    }
    if (positional.length > params.length) throw new JinjaFault(`${name} takes at most ${params.length} values`)
    for (const [index, param] of params.entries()) {
      const given = positional[index] ?? args.find((arg) => arg.name === param.name)
      inner.set(param.name, given === undefined ? param.value?.(inner) : given.value)
    }
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new JinjaFault(`macros call each other at most ${MAX_DEPTH} deep`)
    const start = { parts: this.#parts.length, lines: this.#lines.length }
    this.render(body, inner)
    this.#depth -= 1
    this.#lines.length = start.lines
    return this.#parts.splice(start.parts).join('')
  }

  #write(text: string, line: number, isOfFile: boolean): void {
    this.#length += text.length
    if (this.#length > MAX_LENGTH) throw new JinjaFault(`templates make more than ${MAX_LENGTH} characters`)
    this.#parts.push(text)
    let at = line
    for (const char of text) {
      if (char !== '\n') continue
      if (isOfFile) at += 1
      this.#lines.push(at)
    }
  }
}

function assign(names: readonly string[], value: JinjaValue, scope: JinjaScope): void {
  const values = names.length === 1 ? [value] : value
  if (!Array.isArray(values) || values.length !== names.length)
    throw new JinjaFault(`${names.join(', ')} need a list of ${names.length} values`)
  for (const [index, name] of names.entries()) scope.set(name, values[index])
}

function textOf(value: JinjaValue, written: string, scope: JinjaScope): string {
  if (value === undefined) throw new JinjaFault(`${written.slice(0, 60)} is not defined`)
  return scope.text(value)
}
