import { AnalyticsError, type Problem } from '@datainsight/core'
import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler, type ValueError, ValueErrorType } from '@sinclair/typebox/compiler'
import type { FastifySchemaCompiler } from 'fastify'

/** Most problems listed; a body may be wrong in a million places. */
const MAX_PROBLEMS = 50
/** Longest piece of a value quoted, characters. */
const MAX_QUOTE = 80

/**
 * Compiles a schema to a check that reports every problem with its path and the offending value.
 * Bodies are taken as they are: nothing is converted, filled in or dropped. Query strings and path parameters are text by
 * nature, so there `"10"` passes for a number.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = TypeCompiler.Compile(schema)
  return (given: unknown) => {
    const value = httpPart === 'body' || httpPart === undefined ? given : readText(schema, given)
    if (check.Check(value)) return { value }
    const problems: Problem[] = []
    for (const error of check.Errors(value)) {
      addProblem(problems, error)
      if (problems.length >= MAX_PROBLEMS) break
    }
    const where = httpPart === 'body' ? 'the body' : httpPart === 'querystring' ? 'the query string' : 'the request'
    const first = problems[0]
    const detail =
      first === undefined
        ? `${where} is not valid`
        : `${where} is not valid: ${first.path === '' ? '' : `${first.path} `}${first.message}`
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
    return { error: new AnalyticsError('invalid_request', detail + more, { problems }) }
  }
}

/**
 * Turns the texts of a query string, path or header into the numbers and booleans that the schema wants, where the whole text
 * is one. TypeBox's own conversion takes what `parseInt` takes: `"10; drop"` for 10 and `"1e9"` for 1.
 */
function readText(schema: TSchema, given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given
  const properties = (schema.properties ?? {}) as Record<string, TSchema>
  const value: Record<string, unknown> = { ...given }
  for (const [name, { type }] of Object.entries(properties)) {
    const text = value[name]
    if (typeof text !== 'string') continue
    if ((type === 'integer' || type === 'number') && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text))
      value[name] = Number(text)
    else if (type === 'boolean' && (text === 'true' || text === 'false')) value[name] = text === 'true'
  }
  return value
}

function addProblem(problems: Problem[], error: ValueError): void {
  // One mistake gives several errors at one place, such as "missing" and "expected text"; the first says it best.
  const path = toPath(error.path)
  if (error.type === ValueErrorType.Union) {
    const best = closestVariant(error)
    if (best !== undefined && best.length > 0) {
      for (const inner of best) addProblem(problems, inner)
      return
    }
  }
  if (!problems.some((problem) => problem.path === path)) problems.push({ path, message: messageOf(error) })
}

/** Of a union of objects the variant the caller meant: the one whose constants and names fit best. */
function closestVariant(error: ValueError): ValueError[] | undefined {
  const variants = error.errors.map((iterator) => [...iterator])
  const hasStructure = (error.schema.anyOf as TSchema[] | undefined)?.some(
    (variant) => variant.type === 'object' || variant.type === 'array',
  )
  if (!hasStructure || typeof error.value !== 'object' || error.value === null) return undefined
  const score = (errors: ValueError[]) =>
    errors.reduce((sum, { type, path }) => {
      const depth = path.split('/').length
      const base = type === ValueErrorType.Literal || type === ValueErrorType.ObjectRequiredProperty ? 10 : 3
      return sum + base / depth
    }, 0)
  return variants.sort((a, b) => score(a) - score(b))[0]
}

function messageOf({ type, schema, value, message }: ValueError): string {
  // A refused secret is still a secret.
  const shown = schema.writeOnly === true ? 'what was given' : quote(value)
  switch (type) {
    case ValueErrorType.ObjectAdditionalProperties:
      return 'is not a known field'
    case ValueErrorType.ObjectRequiredProperty:
      return 'is required'
    case ValueErrorType.Union: {
      const constants = (schema.anyOf as TSchema[]).flatMap((variant) =>
        'const' in variant ? [String(variant.const)] : [],
      )
      if (constants.length > 0) return `must be one of ${constants.join(', ')}, not ${shown}`
      const kinds = (schema.anyOf as TSchema[]).map((variant) => String(variant.type ?? variant.description ?? 'value'))
      return `must be ${[...new Set(kinds)].join(' or ')}, not ${shown}`
    }
    case ValueErrorType.Literal:
      return `must be ${quote(schema.const)}, not ${shown}`
    case ValueErrorType.StringPattern:
      return `must match ${schema.pattern}, not ${shown}`
    case ValueErrorType.StringMaxLength:
      return `must have at most ${schema.maxLength} characters, not ${String(value).length}`
    case ValueErrorType.StringMinLength:
      return `must have at least ${schema.minLength} characters, not ${String(value).length}`
    case ValueErrorType.ArrayMaxItems:
      return `must have at most ${schema.maxItems} items, not ${(value as unknown[]).length}`
    case ValueErrorType.ArrayMinItems:
      return `must have at least ${schema.minItems} items, not ${(value as unknown[]).length}`
    case ValueErrorType.IntegerMinimum:
    case ValueErrorType.NumberMinimum:
      return `must be at least ${schema.minimum}, not ${shown}`
    case ValueErrorType.IntegerMaximum:
    case ValueErrorType.NumberMaximum:
      return `must be at most ${schema.maximum}, not ${shown}`
    case ValueErrorType.ObjectMinProperties:
      return `must have at least ${schema.minProperties} fields`
    default:
      return schema.type === undefined ? message.toLowerCase() : `must be ${article(String(schema.type))}, not ${shown}`
  }
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text
}

/** `/filters/0/values` → `filters[0].values`. */
function toPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('')
}
