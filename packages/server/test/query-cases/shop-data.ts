import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export type CellValue = string | number | boolean | null

/** A table to load: column types are `integer`, `bigint`, `double`, `text`, `boolean`, `timestamp` or `decimal(p,s)`. */
export interface TableData {
  readonly columns: Readonly<Record<string, string>>
  readonly rows: readonly (readonly CellValue[])[]
}

/** The tables all cases ask. */
export function readShopData(): Readonly<Record<string, TableData>> {
  const text = readFileSync(join(import.meta.dirname, 'data', 'shop.yaml'), 'utf8')
  return (parse(text) as { tables: Record<string, TableData> }).tables
}

/** The statements that make and fill the tables. `types` names the types of one database where they differ. */
export function shopStatements(
  types: Readonly<Record<string, string>>,
  quoteText: (text: string) => string = (text) => `'${text.replaceAll("'", "''")}'`,
): string[] {
  const literal = (value: CellValue) => (typeof value === 'string' ? quoteText(value) : String(value))
  return Object.entries(readShopData()).flatMap(([table, { columns, rows }]) => [
    `create table ${table} (${Object.entries(columns)
      .map(([name, type]) => `${name} ${types[type] ?? type}`)
      .join(', ')})`,
    `insert into ${table} values ${rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ')}`,
  ])
}
