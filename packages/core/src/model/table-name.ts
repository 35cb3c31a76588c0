/** Longest identifier PostgreSQL keeps, in bytes; longer ones are cut without a word. */
export const MAX_IDENTIFIER_BYTES = 63

/** One part of a table's name as its author wrote it. */
export interface TableIdentifier {
  readonly text: string
  /** Quoted ones are taken as they are; what becomes of the letters of others is each database's own rule. */
  readonly isQuoted: boolean
}

/** `flights`, `"My ""own"" table"`, `` `My table` ``, and `my-project`, as BigQuery names projects. */
const IDENTIFIER = /^(?:([A-Za-z_][\w$]*(?:-[\w$]+)*)|"((?:[^"\0]|"")+)"|`((?:[^`\0]|``)+)`)/u

/**
 * The parts of a table name such as `flights`, `public.flights`, `"My Schema"."Flights"` or `` `project.data.flights` ``, at most
 * three, or `undefined` when it is none. A dash needs no quotes in the first of three parts alone.
 */
export function parseTableName(text: string): TableIdentifier[] | undefined {
  const identifiers: TableIdentifier[] = []
  let rest = text.trim()
  for (;;) {
    const match = IDENTIFIER.exec(rest)
    if (match === null) return undefined
    const [all, plain, doubleQuoted, backQuoted] = match
    if (plain !== undefined) identifiers.push(Object.freeze({ text: plain, isQuoted: false }))
    else if (doubleQuoted !== undefined)
      identifiers.push(Object.freeze({ text: doubleQuoted.replaceAll('""', '"'), isQuoted: true }))
    else identifiers.push(Object.freeze({ text: backQuoted!.replaceAll('``', '`'), isQuoted: true }))
    rest = rest.slice(all.length)
    if (rest === '') break
    if (!rest.startsWith('.')) return undefined
    rest = rest.slice(1)
  }
  const isLong = ({ text: part }: TableIdentifier) => new TextEncoder().encode(part).length > MAX_IDENTIFIER_BYTES
  const hasDash = identifiers.some(
    ({ text: part, isQuoted }, index) => !isQuoted && part.includes('-') && (identifiers.length < 3 || index > 0),
  )
  return identifiers.length > 3 || hasDash || identifiers.some(isLong) ? undefined : identifiers
}

/** The name by which a table's data is known to have changed: the same however its letters were written. */
export function tableKey(identifiers: readonly TableIdentifier[]): string {
  return identifiers.map(({ text }) => text.toLowerCase()).join('.')
}
