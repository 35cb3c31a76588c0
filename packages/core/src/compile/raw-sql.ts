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

/** A whole number of ours. */
export function integerSql(value: number): RawBuilder<unknown> {
  if (!Number.isSafeInteger(value)) throw new Error(`not a whole number: ${value}`)
  return sql.raw(String(value))
}
