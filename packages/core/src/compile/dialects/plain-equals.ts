import { sql } from 'kysely'
import type { Parameter } from '../../query/filter-test.ts'
import type { Dialect, Sql } from './dialect.ts'

/** Equality where the database's own is letter for letter. */
export function plainEquals(parameter: (parameter: Parameter) => Sql): Dialect['equals'] {
  return (argument, parameters, isNegated) => {
    const values = parameters.map(parameter)
    const isOne = values.length === 1
    if (!isNegated) return isOne ? sql`${argument} = ${values[0]}` : sql`${argument} in (${sql.join(values)})`
    return isOne
      ? sql`(${argument} <> ${values[0]} or ${argument} is null)`
      : sql`(${argument} not in (${sql.join(values)}) or ${argument} is null)`
  }
}
