import { ModelSource } from '../schema/model.ts'

/** A JSON Schema, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * The schema of model files for editors (2020-12): completes keys, explains them and marks unknown ones. What needs the whole model,
 * such as references, only `parseModel` checks.
 */
export function modelJsonSchema(): JsonSchema {
  const definitions: Record<string, unknown> = {}
  const root = convert(ModelSource, definitions)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'DataInsight semantic model',
    ...(root as object),
    $defs: definitions,
  }
}

/** Copies a TypeBox schema; recursive ones go to `definitions`. TypeBox's own marks are symbols and stay behind. */
function convert(schema: unknown, definitions: Record<string, unknown>): unknown {
  if (Array.isArray(schema)) return schema.map((item) => convert(item, definitions))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $id, $ref, ...rest } = schema as { $id?: unknown; $ref?: unknown }
  if (typeof $ref === 'string') return { $ref: `#/$defs/${$ref}` }
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(rest)) copy[key] = convert(value, definitions)
  if (typeof $id !== 'string') return copy
  definitions[$id] = copy
  return { $ref: `#/$defs/${$id}` }
}
