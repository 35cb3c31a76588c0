import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml'
import { NOT_PLAIN, readPlainYaml } from './read-plain-yaml.ts'
import { hasJinja, renderJinja } from './render-jinja.ts'

/** Largest model file, in characters. */
export const MAX_FILE_LENGTH = 4_000_000
/** Most YAML aliases (`*name`) one file may use; a file of aliases of aliases grows without bound. */
const MAX_ALIASES = 100
/** Most values one file may hold once its aliases are followed. */
const MAX_VALUES = 500_000

/** Where a value stands in its file, 1-based. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** One read file: its value, and where things stand in it. */
export interface ModelFile {
  readonly path: string
  readonly value: unknown
  /** Where the value (or key) at a path stands; the nearest enclosing one when there is none. */
  readonly placeOf: (keys: readonly (string | number)[]) => Place
  readonly problems: readonly { readonly place: Place; readonly message: string }[]
}

const START: Place = { line: 1, column: 1 }

function faulty(path: string, problems: ModelFile['problems']): ModelFile {
  return { path, value: undefined, placeOf: () => START, problems }
}

/**
 * Reads one YAML or JSON file (JSON is YAML). Reports every syntax error; resolves no tags and no merge keys. Most files are
 * read by the quick reader; places in them are found only when there is a problem to report. Templates are done first: a place in
 * what they made is the line of the file that made it.
 */
export function readModelFile(path: string, text: string): ModelFile {
  const fail = (message: string) => faulty(path, [{ place: START, message }])
  if (text.length > MAX_FILE_LENGTH)
    return fail(`at most ${MAX_FILE_LENGTH} characters are allowed, not ${text.length}`)
  if (text.includes('\0')) return fail('a NUL character is not allowed')
  if (!hasJinja(text)) return readYaml(path, text)
  const rendered = renderJinja(text)
  if ('problem' in rendered) {
    const { line, problem } = rendered
    return faulty(path, [{ place: { line, column: 1 }, message: `in a template: ${problem}` }])
  }
  // Columns of what templates make are not those of the file.
  const inFile = ({ line }: Place): Place => ({ line: rendered.lineOf(line), column: 1 })
  const file = readYaml(path, rendered.text)
  return {
    ...file,
    placeOf: (keys) => inFile(file.placeOf(keys)),
    problems: file.problems.map(({ place, message }) => ({ place: inFile(place), message })),
  }
}

function readYaml(path: string, text: string): ModelFile {
  const plain = readPlainYaml(text)
  if (plain !== NOT_PLAIN) {
    let document: Located | undefined
    const placeOf: ModelFile['placeOf'] = (keys) => {
      document ??= parseLocated(text)
      return placeIn(document, keys)
    }
    return { path, value: plain, placeOf, problems: [] }
  }
  const located = parseLocated(text)
  // Warnings are about tags nobody knows: a value that may mean something else is no value.
  const faults = [...located.document.errors, ...located.document.warnings]
  if (faults.length > 0) {
    const problems = faults.map((error) => ({
      place: located.place(error.pos[0]),
      message: sentence(error.message),
    }))
    return faulty(path, problems)
  }
  const aliasProblem = checkAliases(located.document)
  if (aliasProblem !== undefined) return faulty(path, [{ place: START, message: aliasProblem }])
  return {
    path,
    value: located.document.toJS({ maxAliasCount: MAX_ALIASES }),
    placeOf: (keys) => placeIn(located, keys),
    problems: [],
  }
}

/** A document whose nodes know where they stand. */
interface Located {
  readonly document: Document
  readonly place: (offset: number) => Place
}

function parseLocated(text: string): Located {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, logLevel: 'error' })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  return { document, place }
}

function placeIn({ document, place }: Located, keys: readonly (string | number)[]): Place {
  return place(offsetOf(document.contents, keys, document))
}

/** `yaml` writes `Map keys must be unique`; our messages start in lower case and have no final colon. */
function sentence(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/:\s*$/, '')
}

function checkAliases(document: Document): string | undefined {
  let aliases = 0
  visit(document, {
    Alias: () => {
      aliases += 1
    },
  })
  if (aliases === 0) return undefined
  if (aliases > MAX_ALIASES) return `at most ${MAX_ALIASES} aliases are allowed, not ${aliases}`
  const sizes = new Map<Node, number>()
  const sizeOf = (node: unknown): number => {
    if (!isNode(node)) return 0
    const known = sizes.get(node)
    if (known !== undefined) return known
    sizes.set(node, Number.POSITIVE_INFINITY) // An alias to a node that holds it has no end.
    let size = 1
    if (isAlias(node)) size = sizeOf(node.resolve(document))
    else if (isMap(node)) for (const pair of node.items) size += sizeOf(pair.value)
    else if (isSeq(node)) for (const item of node.items) size += sizeOf(isPair(item) ? item.value : item)
    sizes.set(node, size)
    return size
  }
  const size = sizeOf(document.contents)
  return size > MAX_VALUES ? `at most ${MAX_VALUES} values are allowed once aliases are followed` : undefined
}

function offsetOf(root: unknown, keys: readonly (string | number)[], document: Document): number {
  let node: unknown = root
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  for (const key of keys) {
    if (isAlias(node)) node = node.resolve(document)
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isNode(item.key) && String((item.key as { value?: unknown }).value) === String(key),
      )
      if (pair === undefined) return offset
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node) && typeof key === 'number') {
      node = node.items[key]
      if (isNode(node)) offset = node.range?.[0] ?? offset
    } else return offset
  }
  return offset
}
