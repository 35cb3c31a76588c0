import { AnalyticsError } from '@datainsight/core'
import { toStatement } from './catalog-sql.ts'
import { CATALOGS, type TableName } from './catalogs.ts'
import { kindOfType, type ValueKind } from './column-kind.ts'
import type { DataSource, RawValue, StatementLimits } from './data-source.ts'

/** A table or view of a source, as its catalog describes it. */
export interface TableInfo {
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'view'
  readonly comment?: string
  /** What the database guesses; absent when it does not. */
  readonly rowEstimate?: number
  readonly columns: readonly ColumnInfo[]
  /** Columns of the primary key, in its order; empty without one. */
  readonly primaryKey: readonly string[]
  readonly foreignKeys: readonly ForeignKey[]
}

export interface ColumnInfo {
  readonly name: string
  /** As the database calls it, such as `numeric(20,2)`. */
  readonly type: string
  readonly kind: ValueKind
  readonly nullable: boolean
  readonly comment?: string
}

export interface ForeignKey {
  readonly columns: readonly string[]
  readonly references: TableName & { readonly columns: readonly string[] }
}

/** Which tables to show. */
export interface TableFilter {
  /** Part of a table's name, in any case; taken literally. */
  readonly search?: string
  readonly schema?: string
  /** A schema whose tables are not shown: that of rollups, which come and go. */
  readonly hidden?: string
  /** Tables that come after this one, by schema and name. */
  readonly after?: TableName
  readonly limit: number
}

/** Most columns of the tables of one page. A page of wider tables is an error that says so. */
const MAX_COLUMNS = 200_000

/** Tables by schema and name, whole. */
export async function listTables(
  source: DataSource,
  filter: TableFilter,
  limits: Omit<StatementLimits, 'maxRows'>,
): Promise<TableInfo[]> {
  const catalog = CATALOGS[source.dialect]
  const rows = await ask(source, catalog.tables(filter), limits)
  return describe(source, rows, limits)
}

/** The tables of these names, in this order. @throws AnalyticsError `invalid_request` that lists the unknown ones. */
export async function getTables(
  source: DataSource,
  names: readonly TableName[],
  limits: Omit<StatementLimits, 'maxRows'>,
): Promise<TableInfo[]> {
  const rows = await ask(source, CATALOGS[source.dialect].named(names), limits)
  const found = new Map((await describe(source, rows, limits)).map((table) => [keyOf(table), table]))
  const problems = names.flatMap((name, index) =>
    found.has(keyOf(name)) ? [] : [{ path: `tables[${index}]`, message: `is not there: ${name.schema}.${name.name}` }],
  )
  if (problems.length > 0) {
    throw new AnalyticsError('invalid_request', `${problems[0]!.path} ${problems[0]!.message}`, { problems })
  }
  return names.map((name) => found.get(keyOf(name))!)
}

async function describe(
  source: DataSource,
  tables: readonly (readonly RawValue[])[],
  limits: Omit<StatementLimits, 'maxRows'>,
): Promise<TableInfo[]> {
  if (tables.length === 0) return []
  const catalog = CATALOGS[source.dialect]
  const names = tables.map(([schema, name]) => ({ schema: String(schema), name: String(name) }))
  const columns = groupBy(await ask(source, catalog.columns(names), limits), tableKey)
  const keyRows = catalog.keys === undefined ? [] : await ask(source, catalog.keys(names), limits)
  const keys = groupBy(keyRows, tableKey)
  return tables.map(([schema, name, kind, comment, rowEstimate], index) => {
    const key = keyOf(names[index]!)
    return {
      schema: String(schema),
      name: String(name),
      kind: kind === 'view' ? 'view' : 'table',
      ...text('comment', comment),
      ...(rowEstimate === null || Number(rowEstimate) < 0 ? {} : { rowEstimate: Math.round(Number(rowEstimate)) }),
      columns: (columns.get(key) ?? []).map(toColumn),
      ...toKeys(keys.get(key) ?? []),
    }
  })
}

/** Rows are `schema, table, column, type, nullable, comment`. */
function toColumn([, , name, type, nullable, comment]: readonly RawValue[]): ColumnInfo {
  return {
    name: String(name),
    type: String(type),
    kind: kindOfType(String(type)),
    nullable: nullable === true || nullable === 1 || nullable === 1n || nullable === '1' || nullable === 'YES',
    ...text('comment', comment),
  }
}

/** Rows are `schema, table, key's name, 'p' or 'f', column, referenced schema, table, column`, in the order of the key's columns. */
function toKeys(rows: readonly (readonly RawValue[])[]): Pick<TableInfo, 'primaryKey' | 'foreignKeys'> {
  const primaryKey = rows.filter((row) => row[3] === 'p').map((row) => String(row[4]))
  const foreign = groupBy(
    rows.filter((row) => row[3] === 'f'),
    (row) => String(row[2]),
  )
  const foreignKeys = [...foreign.values()].map((parts): ForeignKey => {
    const [, , , , , schema, name] = parts[0]!
    return {
      columns: parts.map((row) => String(row[4])),
      // SQLite leaves the referenced column out when it is the primary key.
      references: {
        schema: String(schema),
        name: String(name),
        columns: parts.flatMap((row) => (row[7] === null ? [] : [String(row[7])])),
      },
    }
  })
  return { primaryKey, foreignKeys }
}

async function ask(
  source: DataSource,
  query: Parameters<typeof toStatement>[0],
  limits: Omit<StatementLimits, 'maxRows'>,
): Promise<RawValue[][]> {
  const statement = { ...toStatement(query, source.dialect), readsCatalog: true }
  const { columns, rowCount } = await source.query(statement, { ...limits, maxRows: MAX_COLUMNS })
  return Array.from({ length: rowCount }, (_, row) => columns.map((column) => column[row] ?? null))
}

function text(name: 'comment', value: RawValue | undefined): { comment?: string } {
  return typeof value === 'string' && value !== '' ? { [name]: value } : {}
}

function tableKey([schema, name]: readonly RawValue[]): string {
  return keyOf({ schema: String(schema), name: String(name) })
}

function groupBy(
  rows: readonly (readonly RawValue[])[],
  nameOf: (row: readonly RawValue[]) => string,
): Map<string, (readonly RawValue[])[]> {
  const groups = new Map<string, (readonly RawValue[])[]>()
  for (const row of rows) {
    const name = nameOf(row)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [row])
    else group.push(row)
  }
  return groups
}

function keyOf({ schema, name }: TableName): string {
  return JSON.stringify([schema, name])
}
