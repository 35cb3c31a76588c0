import { sql } from 'kysely'
import { integerSql } from '../raw-sql.ts'
import type { Sql } from './dialect.ts'

/** For databases that write both, and take no parameters there. */
export function limitOffset(limit: number, offset: number): Sql {
  return offset === 0 ? sql`limit ${integerSql(limit)}` : sql`limit ${integerSql(limit)} offset ${integerSql(offset)}`
}
