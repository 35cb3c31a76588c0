import { sql } from 'kysely'
import { plainLiteral } from '../raw-sql.ts'
import type { Calls } from './common-calls.ts'
import type { Sql } from './dialect.ts'

/** Further out than any number of practice. */
const BOUND = 1.7e308

/**
 * `least` and `greatest` for databases whose own pass over nulls: a null becomes a bound that wins, and the bound becomes null.
 * Takes numbers only.
 */
export function contagiousExtremes(double: (value: Sql) => Sql): Pick<Calls, 'least' | 'greatest'> {
  const extreme = (word: Sql, bound: Sql) => (args: readonly Sql[]) =>
    sql`nullif(${word}(${sql.join(args.map((arg) => sql`coalesce(${double(arg)}, ${bound})`))}), ${bound})`
  return {
    least: extreme(sql`least`, double(plainLiteral(String(-BOUND)))),
    greatest: extreme(sql`greatest`, double(plainLiteral(String(BOUND)))),
  }
}
