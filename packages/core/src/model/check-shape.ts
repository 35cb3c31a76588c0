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
  const problems: Problem[] = []
  check(schema, value, path, problems, [], 0)
  return problems
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

function check(
  schema: Shape,
  value: unknown,
  path: string,
  problems: Problem[],
  stack: readonly Shape[],
  depth: number,
): void {
  if (depth > MAX_DEPTH) {
    problems.push({ path, message: 'nested too deeply' })
    return
  }
  const inner = schema.$id === undefined ? stack : [...stack, schema]
  const kind = schema[Kind]
  if (kind === 'This') {
    const target = stack.findLast((outer) => outer.$id === schema.$ref)
    if (target !== undefined) check(target, value, path, problems, inner, depth)
  } else if (schema.anyOf !== undefined) checkUnion(schema.anyOf, value, path, problems, inner, depth)
  else if (kind === 'Literal') {
    if (value !== schema.const)
      problems.push({ path, message: `expected ${quoteValue(schema.const)}, not ${describe(value)}` })
  } else if (schema.type === 'object') checkObject(schema, value, path, problems, inner, depth)
  else if (schema.type === 'array') checkArray(schema, value, path, problems, inner, depth)
  else if (schema.type === 'string') checkString(schema, value, path, problems)
  else if (schema.type === 'number' || schema.type === 'integer') checkNumber(schema, value, path, problems)
  else if (schema.type === 'boolean' && typeof value !== 'boolean') {
    problems.push({ path, message: `expected true or false, not ${describe(value)}` })
  }
}

function checkUnion(
  options: Shape[],
  value: unknown,
  path: string,
  problems: Problem[],
  stack: readonly Shape[],
  depth: number,
): void {
  if (options.every((option) => option[Kind] === 'Literal')) {
    const words = options.map((option) => String(option.const))
    if (typeof value === 'string' && words.includes(value)) return
    const near = typeof value === 'string' ? didYouMean(value, words) : ''
    problems.push({ path, message: `${describe(value)} is not one of ${words.join(', ')}${near}` })
    return
  }
  const option = options.length === 1 ? options[0] : chooseOption(options, value)
  if (option !== undefined) {
    check(option, value, path, problems, stack, depth)
    return
  }
  const expected = [...new Set(options.map(nameOfKind))].join(' or ')
  problems.push({ path, message: `expected ${expected}, not ${describe(value)}` })
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
  path: string,
  problems: Problem[],
  stack: readonly Shape[],
  depth: number,
): void {
  if (!isRecord(value)) {
    problems.push({ path, message: `expected a mapping, not ${describe(value)}` })
    return
  }
  const properties = schema.properties ?? {}
  const pattern = Object.entries(schema.patternProperties ?? {})[0]
  const keys = Object.keys(value)
  if (schema.maxProperties !== undefined && keys.length > schema.maxProperties) {
    problems.push({ path, message: `at most ${schema.maxProperties} keys are allowed, not ${keys.length}` })
    return
  }
  for (const key of keys) {
    const item = value[key]
    if (Object.hasOwn(properties, key)) {
      // `undefined` and an empty YAML value stand for an absent key only where the key may be absent.
      if (item !== undefined || schema.required?.includes(key))
        check(properties[key]!, item, joinPath(path, key), problems, stack, depth + 1)
    } else if (pattern !== undefined && regExp(pattern[0]).test(key))
      check(pattern[1], item, joinPath(path, key), problems, stack, depth + 1)
    else if (schema.additionalProperties === false || pattern !== undefined) {
      problems.push({
        path: joinPath(path, key),
        message: `unknown key: ${key.slice(0, 60)}${didYouMean(key, Object.keys(properties))}`,
      })
    }
  }
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key)) problems.push({ path: joinPath(path, key), message: `${key} is missing` })
  }
}

function checkArray(
  schema: Shape,
  value: unknown,
  path: string,
  problems: Problem[],
  stack: readonly Shape[],
  depth: number,
): void {
  if (!Array.isArray(value)) {
    problems.push({ path, message: `expected a list, not ${describe(value)}` })
    return
  }
  if (schema.maxItems !== undefined && value.length > schema.maxItems) {
    problems.push({ path, message: `at most ${schema.maxItems} items are allowed, not ${value.length}` })
    return
  }
  if (schema.minItems !== undefined && value.length < schema.minItems) {
    problems.push({
      path,
      message: `at least ${schema.minItems} item${schema.minItems === 1 ? ' is' : 's are'} needed, not ${value.length}`,
    })
    return
  }
  for (const [index, item] of value.entries()) {
    const shape = Array.isArray(schema.items) ? schema.items[index] : schema.items
    if (shape !== undefined) check(shape, item, `${path}[${index}]`, problems, stack, depth + 1)
  }
}

function checkString(schema: Shape, value: unknown, path: string, problems: Problem[]): void {
  if (typeof value !== 'string') problems.push({ path, message: `expected a text, not ${describe(value)}` })
  else if (value.includes('\0')) problems.push({ path, message: 'a NUL character is not allowed' })
  else if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    problems.push({ path, message: `at most ${schema.maxLength} characters are allowed, not ${value.length}` })
  } else if (schema.minLength !== undefined && value.length < schema.minLength) {
    problems.push({ path, message: 'an empty text is not allowed' })
  } else if (schema.pattern !== undefined && !regExp(schema.pattern).test(value)) {
    problems.push({ path, message: `${quoteValue(value)} does not have the form ${schema.pattern}` })
  }
}

function checkNumber(schema: Shape, value: unknown, path: string, problems: Problem[]): void {
  if (typeof value !== 'number' || !Number.isFinite(value))
    problems.push({ path, message: `expected a number, not ${describe(value)}` })
  else if (schema.type === 'integer' && !Number.isSafeInteger(value))
    problems.push({ path, message: `expected a whole number, not ${value}` })
  else if (schema.minimum !== undefined && value < schema.minimum)
    problems.push({ path, message: `expected at least ${schema.minimum}, not ${value}` })
  else if (schema.maximum !== undefined && value > schema.maximum)
    problems.push({ path, message: `expected at most ${schema.maximum}, not ${value}` })
  else if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) {
    problems.push({ path, message: `expected more than ${schema.exclusiveMinimum}, not ${value}` })
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
