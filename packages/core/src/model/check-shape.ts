import { Kind, type TSchema } from '@sinclair/typebox'
import type { Problem } from '../errors.ts'
import { didYouMean } from './nearest-name.ts'
import { quoteValue } from './quote-value.ts'

/** Deepest nesting a value from outside may have. */
const MAX_DEPTH = 40

/** What this module reads of a TypeBox schema. */
interface Shape extends TSchema {
  anyOf?: Shape[]
  properties?: Record<string, Shape>
  patternProperties?: Record<string, Shape>
  required?: string[]
  items?: Shape | Shape[]
  additionalProperties?: boolean | Shape
}

/**
 * Every way in which `value` differs from `schema`, in readable sentences that name the nearest allowed key or word.
 * Paths start with `path` (empty for the root). Evaluates no generated code and never throws on hostile input.
 */
export function checkShape(schema: TSchema, value: unknown, path = ''): Problem[] {
  const found = new ShapeProblems(path)
  check(schema, value, found, [], 0)
  return found.problems
}

/** Collects problems. Where we are is kept as keys and written out only when there is a problem: models have thousands of values. */
class ShapeProblems {
  readonly problems: Problem[] = []
  readonly #keys: (string | number)[] = []
  readonly #start: string

  constructor(start: string) {
    this.#start = start
  }

  enter(key: string | number): void {
    this.#keys.push(key)
  }

  leave(): void {
    this.#keys.pop()
  }

  add(message: string, key?: string): void {
    const keys = key === undefined ? this.#keys : [...this.#keys, key]
    const path = keys.reduce<string>(
      (at, one) => (typeof one === 'number' ? `${at}[${one}]` : joinPath(at, one)),
      this.#start,
    )
    this.problems.push({ path, message })
  }
}

const regExps = new Map<string, RegExp>()

/** Patterns come from our own schemas, so there are few. */
function regExp(pattern: string): RegExp {
  let found = regExps.get(pattern)
  if (found === undefined) {
    found = new RegExp(pattern, 'u')
    regExps.set(pattern, found)
  }
  return found
}

/** Adds a key to a JSON path; keys that are no plain names are quoted. */
export function joinPath(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${quoteValue(key)}]`
  return path === '' ? key : `${path}.${key}`
}

function check(schema: Shape, value: unknown, found: ShapeProblems, stack: readonly Shape[], depth: number): void {
  if (depth > MAX_DEPTH) {
    found.add('nested too deeply')
    return
  }
  const inner = schema.$id === undefined ? stack : [...stack, schema]
  const kind = schema[Kind]
  if (kind === 'This') {
    const target = stack.findLast((outer) => outer.$id === schema.$ref)
    if (target !== undefined) check(target, value, found, inner, depth)
  } else if (schema.anyOf !== undefined) checkUnion(schema.anyOf, value, found, inner, depth)
  else if (kind === 'Literal') {
    if (value !== schema.const) found.add(`expected ${quoteValue(schema.const)}, not ${describe(value)}`)
  } else if (schema.type === 'object') checkObject(schema, value, found, inner, depth)
  else if (schema.type === 'array') checkArray(schema, value, found, inner, depth)
  else if (schema.type === 'string') checkString(schema, value, found)
  else if (schema.type === 'number' || schema.type === 'integer') checkNumber(schema, value, found)
  else if (schema.type === 'boolean' && typeof value !== 'boolean') {
    found.add(`expected true or false, not ${describe(value)}`)
  }
}

function checkIn(
  schema: Shape,
  value: unknown,
  key: string | number,
  found: ShapeProblems,
  stack: readonly Shape[],
  depth: number,
): void {
  found.enter(key)
  check(schema, value, found, stack, depth + 1)
  found.leave()
}

function checkUnion(
  options: Shape[],
  value: unknown,
  found: ShapeProblems,
  stack: readonly Shape[],
  depth: number,
): void {
  if (options.some((option) => option[Kind] === 'Literal' && option.const === value)) return
  if (options.every((option) => option[Kind] === 'Literal')) {
    const words = options.map((option) => String(option.const))
    const near = typeof value === 'string' ? didYouMean(value, words) : ''
    found.add(`${describe(value)} is not one of ${words.join(', ')}${near}`)
    return
  }
  const option = options.length === 1 ? options[0] : chooseOption(options, value)
  if (option !== undefined) {
    check(option, value, found, stack, depth)
    return
  }
  const expected = [...new Set(options.map(nameOfKind))].join(' or ')
  found.add(`expected ${expected}, not ${describe(value)}`)
}

/** The option an author meant: of the value's own kind, and for objects the one whose telling key is there. */
function chooseOption(options: Shape[], value: unknown): Shape | undefined {
  const literal = options.find((option) => option[Kind] === 'Literal' && option.const === value)
  if (literal !== undefined) return literal
  const fitting = options.filter((option) => option[Kind] !== 'Literal' && isOfKind(option, value))
  if (fitting.length <= 1 || !isRecord(value)) return fitting[0]
  const keys = Object.keys(value)
  const score = (option: Shape) =>
    keys.filter((key) => Object.hasOwn(option.properties ?? {}, key)).length * 10 -
    (option.required ?? []).filter((key) => !keys.includes(key)).length
  return fitting.reduce((best, option) => (score(option) > score(best) ? option : best))
}

function isOfKind(schema: Shape, value: unknown): boolean {
  if (schema.type === 'object') return isRecord(value)
  if (schema.type === 'array') return Array.isArray(value)
  if (schema.type === 'integer' || schema.type === 'number') return typeof value === 'number'
  return schema.type === undefined || typeof value === schema.type
}

function nameOfKind(schema: Shape): string {
  if (schema[Kind] === 'Literal') return quoteValue(schema.const)
  if (schema.type === 'object') return 'a mapping'
  if (schema.type === 'array') return 'a list'
  if (schema.type === 'string') return 'a text'
  if (schema.type === 'boolean') return 'true or false'
  return 'a number'
}

function checkObject(
  schema: Shape,
  value: unknown,
  found: ShapeProblems,
  stack: readonly Shape[],
  depth: number,
): void {
  if (!isRecord(value)) {
    found.add(`expected a mapping, not ${describe(value)}`)
    return
  }
  const properties = schema.properties ?? {}
  const pattern = schema.patternProperties === undefined ? undefined : Object.entries(schema.patternProperties)[0]
  const keys = Object.keys(value)
  if (schema.maxProperties !== undefined && keys.length > schema.maxProperties) {
    found.add(`at most ${schema.maxProperties} keys are allowed, not ${keys.length}`)
    return
  }
  for (const key of keys) {
    const item = value[key]
    if (Object.hasOwn(properties, key)) {
      // `undefined` and an empty YAML value stand for an absent key only where the key may be absent.
      if (item !== undefined || schema.required?.includes(key))
        checkIn(properties[key]!, item, key, found, stack, depth)
    } else if (pattern !== undefined && regExp(pattern[0]).test(key))
      checkIn(pattern[1], item, key, found, stack, depth)
    else if (schema.additionalProperties === false || pattern !== undefined) {
      found.add(`unknown key: ${key.slice(0, 60)}${didYouMean(key, Object.keys(properties))}`, key)
    }
  }
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key)) found.add(`${key} is missing`, key)
  }
}

function checkArray(schema: Shape, value: unknown, found: ShapeProblems, stack: readonly Shape[], depth: number): void {
  if (!Array.isArray(value)) {
    found.add(`expected a list, not ${describe(value)}`)
    return
  }
  if (schema.maxItems !== undefined && value.length > schema.maxItems) {
    found.add(`at most ${schema.maxItems} items are allowed, not ${value.length}`)
    return
  }
  if (schema.minItems !== undefined && value.length < schema.minItems) {
    found.add(`at least ${schema.minItems} item${schema.minItems === 1 ? ' is' : 's are'} needed, not ${value.length}`)
    return
  }
  for (const [index, item] of value.entries()) {
    const shape = Array.isArray(schema.items) ? schema.items[index] : schema.items
    if (shape !== undefined) checkIn(shape, item, index, found, stack, depth)
  }
}

function checkString(schema: Shape, value: unknown, found: ShapeProblems): void {
  if (typeof value !== 'string') found.add(`expected a text, not ${describe(value)}`)
  else if (value.includes('\0')) found.add('a NUL character is not allowed')
  else if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    found.add(`at most ${schema.maxLength} characters are allowed, not ${value.length}`)
  } else if (schema.minLength !== undefined && value.length < schema.minLength) {
    found.add('an empty text is not allowed')
  } else if (schema.pattern !== undefined && !regExp(schema.pattern).test(value)) {
    found.add(`${quoteValue(value)} does not have the form ${schema.pattern}`)
  }
}

function checkNumber(schema: Shape, value: unknown, found: ShapeProblems): void {
  if (typeof value !== 'number' || !Number.isFinite(value)) found.add(`expected a number, not ${describe(value)}`)
  else if (schema.type === 'integer' && !Number.isSafeInteger(value)) found.add(`expected a whole number, not ${value}`)
  else if (schema.minimum !== undefined && value < schema.minimum)
    found.add(`expected at least ${schema.minimum}, not ${value}`)
  else if (schema.maximum !== undefined && value > schema.maximum)
    found.add(`expected at most ${schema.maximum}, not ${value}`)
  else if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) {
    found.add(`expected more than ${schema.exclusiveMinimum}, not ${value}`)
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value === null) return 'nothing'
  if (value === undefined) return 'nothing'
  if (typeof value === 'object') return 'a mapping'
  return quoteValue(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
