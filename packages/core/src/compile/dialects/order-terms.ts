import { sql } from 'kysely'
import type { OrderDirection } from '../../schema/query.ts'
import type { Sql } from './dialect.ts'

/** For databases that know `nulls last`. */
export function nullsLast(term: Sql, direction: OrderDirection): Sql {
  return direction === 'asc' ? sql`${term} asc nulls last` : sql`${term} desc nulls last`
}
