import fc from 'fast-check'

/** A JSON Schema of our own OpenAPI document. */
export interface Schema {
  readonly $ref?: string
  readonly $id?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema | readonly Schema[]
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
}

/** Values that schemas do not mean: for each type those that break programs. */
export const HOSTILE: readonly unknown[] = [
  null,
  '',
  '\0',
  'a\0b',
  '\ud800',
  '\u202eorders.count',
  "'; drop table orders; --",
  '{{constructor.constructor("return process")()}}',
  '#{7*7}',
  '%s%n%x',
  '../../etc/passwd',
  'x'.repeat(70_000),
  -1,
  0,
  -0,
  1.5,
  1e308,
  5e-324,
  2 ** 53 + 2,
  -(2 ** 31) - 1,
  true,
  [],
  [[]],
  {},
  { $ne: null },
  { toString: 1, valueOf: 2 },
  { constructor: { prototype: { polluted: true } } },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  Array.from({ length: 1_000 }, () => 'a'),
  nested(200),
]

/** `[[[…]]]`, so many deep. */
export function nested(depth: number): unknown {
  let value: unknown = []
  for (let level = 0; level < depth; level += 1) value = [value]
  return value
}

/**
 * Bodies that a schema allows, mostly: texts are those of `words` more often than not, and fields those of `known` by their name,
 * because a body that is refused at its first name reaches nothing behind.
 */
export function bodyOf(
  schema: Schema,
  words: readonly string[],
  known: Readonly<Record<string, readonly unknown[]>>,
): fc.Arbitrary<unknown> {
  const text = ({ minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<unknown> =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...words) },
      { weight: 2, arbitrary: fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) }) },
      { weight: 1, arbitrary: fc.string({ minLength, maxLength: Math.max(minLength, 12), unit: 'binary' }) },
    )
  const numbers = ({ minimum = -1e6, maximum = 1e6, type }: Schema): fc.Arbitrary<unknown> =>
    type === 'integer'
      ? fc.oneof(fc.integer({ min: minimum, max: maximum }), fc.constantFrom(minimum, maximum))
      : fc.double({ min: minimum, max: maximum, noNaN: true })

  const field = (name: string, node: Schema, depth: number, root: Schema): fc.Arbitrary<unknown> => {
    const values = known[name]
    const any = read(node, depth, root)
    if (values === undefined) return any
    // Each its own: what is changed later must not change the next body.
    const one = fc.constantFrom(...values).map((value) => structuredClone(value))
    return fc.oneof({ weight: 5, arbitrary: one }, { weight: 1, arbitrary: any })
  }
  const read = (node: Schema, depth: number, root: Schema): fc.Arbitrary<unknown> => {
    if (node.$ref !== undefined) return depth > 12 ? fc.constant({}) : read(root, depth + 1, root)
    const here = node.$id === undefined ? root : node
    if (node.const !== undefined) return fc.constant(node.const)
    if (node.enum !== undefined) return fc.constantFrom(...node.enum)
    if (node.anyOf !== undefined) return fc.oneof(...node.anyOf.map((one) => read(one, depth + 1, here)))
    if (node.type === 'object') {
      const { properties = {}, patternProperties = {}, required = [] } = node
      const [record] = Object.values(patternProperties)
      if (record !== undefined && Object.keys(properties).length === 0) {
        return fc.dictionary(fc.constantFrom(...words), read(record, depth + 1, here), { maxKeys: 3 })
      }
      // Deep down only what must be there, or trees would not end.
      const shown = Object.entries(properties).filter(([name]) => depth < 6 || required.includes(name))
      const model = Object.fromEntries(shown.map(([name, one]) => [name, field(name, one, depth + 1, here)]))
      return fc.record(model, { requiredKeys: required.filter((name) => name in model) })
    }
    if (node.type === 'array') {
      const { items, minItems = 0, maxItems = 3 } = node
      if (Array.isArray(items)) return fc.tuple(...items.map((one: Schema) => read(one, depth + 1, here)))
      const item = items === undefined ? fc.jsonValue() : read(items as Schema, depth + 1, here)
      return fc.array(item, { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) })
    }
    if (node.type === 'string') return text(node)
    if (node.type === 'integer' || node.type === 'number') return numbers(node)
    if (node.type === 'boolean') return fc.boolean()
    if (node.type === 'null') return fc.constant(null)
    return fc.jsonValue()
  }
  return read(schema, 0, schema)
}

/** The body with up to two of its parts replaced, dropped, doubled or added to. */
export function mutated(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('replace', 'replace', 'drop', 'repeat', 'add'),
    value: fc.constantFrom(...HOSTILE),
    key: fc.constantFrom('__proto__', 'constructor', 'toString', 'unknown', ''),
  })
  return fc
    .tuple(body, fc.oneof(fc.constant([]), fc.array(change, { maxLength: 2 })))
    .map(([value, changes]) =>
      changes.reduce<unknown>(
        (made, one) => apply(made, { ...one, value: structuredClone(one.value) }),
        structuredClone(value),
      ),
    )
}

function apply(
  body: unknown,
  { at, kind, value, key }: { at: number; kind: string; value: unknown; key: string },
): unknown {
  const places: { holder: Record<string, unknown>; name: string }[] = []
  const visit = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return
    for (const name of Object.keys(node)) {
      places.push({ holder: node as Record<string, unknown>, name })
      visit((node as Record<string, unknown>)[name])
    }
  }
  visit(body)
  const place = places[at % (places.length + 1)]
  if (place === undefined) return kind === 'replace' ? value : body
  const { holder, name } = place
  if (kind === 'drop') delete holder[name]
  else if (kind === 'repeat' && Array.isArray(holder)) holder.push(structuredClone(holder[Number(name)]))
  else if (kind === 'add')
    Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
  else holder[name] = value
  return body
}
