/** Longest identifier PostgreSQL keeps, in bytes; longer ones are cut without a word. */
export const MAX_IDENTIFIER_BYTES = 63

/**
 * The identifiers of a table name such as `flights`, `public.flights` or `"My Schema"."Flights"`, or `undefined` when it is
 * none. Unquoted parts are folded to lower case, as PostgreSQL folds them.
 */
export function parseTableName(text: string): string[] | undefined {
  const identifiers: string[] = []
  let rest = text.trim()
  while (identifiers.length < 4) {
    const match = /^(?:([A-Za-z_][\w$]*)|"((?:[^"\0]|"")+)")/u.exec(rest)
    if (match === null) return undefined
    const identifier = match[1] === undefined ? match[2]!.replaceAll('""', '"') : match[1].toLowerCase()
    if (new TextEncoder().encode(identifier).length > MAX_IDENTIFIER_BYTES) return undefined
    identifiers.push(identifier)
    rest = rest.slice(match[0].length)
    if (rest === '') return identifiers.length <= 3 ? identifiers : undefined
    if (!rest.startsWith('.')) return undefined
    rest = rest.slice(1)
  }
  return undefined
}
