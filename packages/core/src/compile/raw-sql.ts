import { type RawBuilder, sql } from 'kysely'

/** SQL text a model author wrote, cut and checked by `scanSql`. This file holds the only calls of `sql.raw`. */
export function authorSql(text: string): RawBuilder<unknown> {
  return sql.raw(text)
}

/** A column's place in the select list, from 1, for GROUP BY and ORDER BY. */
export function ordinal(position: number): RawBuilder<unknown> {
  if (!Number.isSafeInteger(position) || position < 1) throw new Error(`not a position: ${position}`)
  return sql.raw(String(position))
}

/** A number of ours, for places that take no parameter. */
export function numberSql(value: number): RawBuilder<unknown> {
  if (!Number.isFinite(value)) throw new Error(`not a number: ${value}`)
  return sql.raw(value < 0 ? `(${value})` : String(value))
}

/** A quoted text of letters, digits, blanks and `_ : . + - /` alone, which no database reads as anything but itself. */
export function plainLiteral(text: string): RawBuilder<unknown> {
  if (!/^[\w :.+/-]*$/.test(text)) throw new Error('not a plain text')
  return sql.raw(`'${text}'`)
}

/** Text of a table of clock changes, made of our own words, numbers and dates. */
export function zoneCaseSql(text: string): RawBuilder<unknown> {
  return sql.raw(text)
}

/** A whole number of ours. */
export function integerSql(value: number): RawBuilder<unknown> {
  if (!Number.isSafeInteger(value)) throw new Error(`not a whole number: ${value}`)
  return sql.raw(String(value))
}
