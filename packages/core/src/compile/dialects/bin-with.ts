import { sql } from 'kysely'
import { integerSql, numberSql } from '../raw-sql.ts'
import type { Dialect, Sql } from './dialect.ts'

/** Bins of a database that reckons them in doubles; `double` casts to one. */
export function binWith(double: (value: Sql) => Sql): Dialect['bin'] {
  return (number, width, digits) => {
    const size = double(numberSql(width))
    const ratio = sql`${double(number)} / ${size}`
    if (digits === 0) return sql`floor(${ratio}) * ${size}`
    // As doubles, 0.3 / 0.1 is just below 3: rounding to nine digits first puts it where it belongs.
    return sql`round(floor(round(${ratio}, 9)) * ${size}, ${integerSql(digits)})`
  }
}
