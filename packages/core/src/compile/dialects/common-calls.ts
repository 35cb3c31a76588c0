import { sql } from 'kysely'
import type { ExpressionFunction } from '../../query/expression/functions.ts'
import { plainLiteral } from '../raw-sql.ts'
import type { Sql } from './dialect.ts'

export type Calls = Readonly<Record<ExpressionFunction, (args: readonly Sql[]) => Sql>>

/** Just below zero: no number of practice lies between. */
const BELOW_ZERO = -1e-300
/** Beyond it, e to the power is more than a double holds. */
const MAX_EXPONENT = 709.7

/** What differs in functions of numbers. */
export interface CallWords {
  /** A number as a double. */
  readonly double: (value: Sql) => Sql
  /** The database's own functions of two doubles. One may be null: then either answer will do. */
  readonly least: (a: Sql, b: Sql) => Sql
  readonly greatest: (a: Sql, b: Sql) => Sql
}

/**
 * Functions in the words most databases share.
 *
 * Logarithms and roots of numbers that have none are faults in some databases and null in others. Here they are null everywhere:
 * the argument is pushed to a bound, and a bound becomes null. That takes no second copy of the argument.
 */
export function commonCalls({ double, least, greatest }: CallWords): Omit<Calls, 'least' | 'greatest' | 'power'> {
  // As text: a number of three hundred digits is a decimal to some, which ends at thirty-eight.
  const bound = (value: number) => double(plainLiteral(String(value)))
  return {
    abs: ([x]) => sql`abs(${x})`,
    ceil: ([x]) => sql`ceil(${x})`,
    coalesce: (args) => sql`coalesce(${sql.join(args)})`,
    exp: ([x]) => {
      const known = sql`coalesce(${double(x!)}, ${bound(MAX_EXPONENT)})`
      return sql`exp(nullif(${least(greatest(known, bound(-700)), bound(MAX_EXPONENT))}, ${bound(MAX_EXPONENT)}))`
    },
    floor: ([x]) => sql`floor(${x})`,
    if: ([condition, yes, no]) =>
      no === undefined
        ? sql`(case when ${condition} then ${yes} end)`
        : sql`(case when ${condition} then ${yes} else ${no} end)`,
    ln: ([x]) => sql`ln(nullif(${greatest(double(x!), bound(0))}, ${bound(0)}))`,
    mod: ([a, b]) => sql`mod(${a}, nullif(${b}, 0))`,
    nullif: ([a, b]) => sql`nullif(${a}, ${b})`,
    round: ([x, digits]) => (digits === undefined ? sql`round(${x})` : sql`round(${x}, ${digits})`),
    sign: ([x]) => sql`sign(${x})`,
    sqrt: ([x]) => sql`sqrt(nullif(${greatest(double(x!), bound(BELOW_ZERO))}, ${bound(BELOW_ZERO)}))`,
  }
}
