import { sql } from 'kysely'
import type { TableIdentifier } from '../../model/table-name.ts'
import type { Sql } from './dialect.ts'

type TableSql = (identifiers: readonly TableIdentifier[]) => Sql

const tableWith =
  (fold: (text: string) => string): TableSql =>
  (identifiers) =>
    sql.id(...identifiers.map(({ text, isQuoted }) => (isQuoted ? text : fold(text))))

/** For databases that fold unquoted names to lower case, or that take any case for the same. */
export const lowerCaseTable: TableSql = tableWith((text) => text.toLowerCase())
/** For databases that fold unquoted names to upper case. */
export const upperCaseTable: TableSql = tableWith((text) => text.toUpperCase())
/** For databases that tell cases apart and fold nothing. */
export const spelledTable: TableSql = tableWith((text) => text)
