/** What a column's values are, as far as a model cares. `other` can only be shown. */
export type ValueKind = 'string' | 'integer' | 'number' | 'boolean' | 'time' | 'other'

const KINDS: readonly (readonly [RegExp, ValueKind])[] = [
  [
    /\[\]|^(?:array|list|struct|map|row|tuple|nested|record|union|variant|object|super|json|xml|geography|geometry)/,
    'other',
  ],
  [
    /^(?:bytea|blob|tinyblob|mediumblob|longblob|binary|varbinary|bytes|image|rowversion|point|polygon|line|tsvector|interval|hll)/,
    'other',
  ],
  [/^(?:bool|bit\(1\)|bit$|tinyint\(1\))/, 'boolean'],
  [/^(?:timestamp|datetime|smalldatetime|date)/, 'time'],
  [
    /^(?:u?(?:tiny|small|medium|big|huge)?int(?:eger)?\d*|(?:small|big)?serial\d*|year|byteint|long|short)(?![a-z])/,
    'integer',
  ],
  [/^(?:numeric|decimal|dec|number|bignumeric|bigdecimal|float|double|real|money|smallmoney|fixed)/, 'number'],
]

/** The kind of a type by the name that its database gives it. Everything unknown is text. */
export function kindOfType(type: string): ValueKind {
  const name = type.toLowerCase().replace(/^(?:nullable|lowcardinality)\((.*)\)$/, '$1')
  if (name !== type.toLowerCase()) return kindOfType(name)
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'string'
}
