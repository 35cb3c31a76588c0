import { join, type Piece, piece } from './catalog-sql.ts'
import type { Dialect } from './data-source.ts'
import type { TableFilter } from './discover.ts'

/** A table's place in its database. */
export interface TableName {
  readonly schema: string
  readonly name: string
}

/** How one database is asked about itself. What the rows hold is said in `discover.ts`. */
export interface Catalog {
  /** `schema, name, 'table' or 'view', comment, estimated rows` of tables that the account may read. */
  tables(filter: TableFilter): Piece
  named(names: readonly TableName[]): Piece
  columns(names: readonly TableName[]): Piece
  /** Absent where the database has no keys, or does not tell. */
  readonly keys?: (names: readonly TableName[]) => Piece
}

const raw = (text: string): Piece => ({ text: [text], values: [] })

/** `where` on a relation with the columns `s`, `t` (schema and table), ordered bytewise so that a page goes on where the last ended. */
function page(
  { search, schema, hidden, after }: TableFilter,
  bytes: (column: string) => Piece,
  limitClause: Piece,
): Piece {
  const s = bytes('s')
  const t = bytes('t')
  const conditions = [
    ...(schema === undefined ? [] : [piece`s = ${schema}`]),
    ...(hidden === undefined ? [] : [piece`s <> ${hidden}`]),
    ...(search === undefined
      ? []
      : [piece`lower(t) like ${`%${search.toLowerCase().replace(/[!%_]/g, '!$&')}%`} escape '!'`]),
    ...(after === undefined
      ? []
      : [piece`(${s} > ${after.schema} or (${s} = ${after.schema} and ${t} > ${after.name}))`]),
  ]
  const where = conditions.length === 0 ? raw('') : piece` where ${join(conditions, ' and ')}`
  return piece`${where} order by ${s}, ${t}${limitClause}`
}

function isOneOf(names: readonly TableName[], schema = 's', table = 't'): Piece {
  const one = ({ schema: s, name }: TableName) => piece`(${raw(schema)} = ${s} and ${raw(table)} = ${name})`
  return piece`(${join(names.map(one), ' or ')})`
}

function catalog(
  relations: { readonly tables: string; readonly columns: string; readonly keys?: string },
  bytes: (column: string) => Piece = raw,
  limitClause: (limit: number) => Piece = (limit) => raw(` limit ${Math.trunc(limit)}`),
): Catalog {
  const { tables, columns, keys } = relations
  return {
    tables: (filter) =>
      piece`select s, t, kind, note, estimate from (${raw(tables)}) x${page(filter, bytes, limitClause(filter.limit))}`,
    named: (names) => piece`select s, t, kind, note, estimate from (${raw(tables)}) x where ${isOneOf(names)}`,
    columns: (names) =>
      piece`select s, t, c, type, nullable, note from (${raw(columns)}) x where ${isOneOf(names)} order by s, t, place`,
    ...(keys !== undefined && {
      keys: (names: readonly TableName[]) =>
        piece`select s, t, k, kind, c, rs, rt, rc from (${raw(keys)}) x where ${isOneOf(names)} order by s, t, k, place`,
    }),
  }
}

const POSTGRES = catalog(
  {
    tables: `select n.nspname::text as s, c.relname::text as t,
      case when c.relkind in ('v', 'm') then 'view' else 'table' end as kind,
      obj_description(c.oid, 'pg_class') as note, c.reltuples::float8 as estimate
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
      and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
      and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')`,
    columns: `select n.nspname::text as s, c.relname::text as t, a.attname::text as c,
      format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
      col_description(c.oid, a.attnum) as note, a.attnum as place
    from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where a.attnum > 0 and not a.attisdropped`,
    keys: `select n.nspname::text as s, c.relname::text as t, k.conname::text as k, k.contype::text as kind, a.attname::text as c,
      fn.nspname::text as rs, fc.relname::text as rt, fa.attname::text as rc, u.place
    from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      cross join lateral unnest(k.conkey, k.confkey) with ordinality u(number, foreign_number, place)
      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number
      left join pg_catalog.pg_class fc on fc.oid = k.confrelid and k.contype = 'f'
      left join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
      left join pg_catalog.pg_attribute fa on fa.attrelid = k.confrelid and fa.attnum = u.foreign_number
    where k.contype in ('p', 'f') and k.conparentid = 0`,
  },
  (column) => raw(`${column} collate "C"`),
)

const MYSQL = catalog(
  {
    tables: `select table_schema as s, table_name as t, if(table_type like '%VIEW', 'view', 'table') as kind,
      if(table_type like '%VIEW', null, table_comment) as note, table_rows as estimate
    from information_schema.tables
    where table_schema not in ('mysql', 'information_schema', 'performance_schema', 'sys')`,
    columns: `select table_schema as s, table_name as t, column_name as c, column_type as type, is_nullable as nullable,
      column_comment as note, ordinal_position as place from information_schema.columns`,
    keys: `select k.table_schema as s, k.table_name as t, k.constraint_name as k,
      if(k.referenced_table_name is null, 'p', 'f') as kind, k.column_name as c, k.referenced_table_schema as rs,
      k.referenced_table_name as rt, k.referenced_column_name as rc, k.ordinal_position as place
    from information_schema.key_column_usage k
    where k.constraint_name = 'PRIMARY' or k.referenced_table_name is not null`,
  },
  (column) => raw(`binary ${column}`),
)

const DUCKDB = catalog({
  tables: `select schema_name as s, table_name as t, 'table' as kind, comment as note, estimated_size::double as estimate
      from duckdb_tables() where not internal and database_name = current_database()
    union all select schema_name, view_name, 'view', comment, null
      from duckdb_views() where not internal and database_name = current_database()`,
  columns: `select schema_name as s, table_name as t, column_name as c, data_type as type, is_nullable as nullable,
      comment as note, column_index as place
    from duckdb_columns() where not internal and database_name = current_database()`,
  keys: `select schema_name as s, table_name as t, constraint_index::varchar as k,
      if(constraint_type = 'PRIMARY KEY', 'p', 'f') as kind, unnest(constraint_column_names) as c, schema_name as rs,
      referenced_table as rt, unnest(referenced_column_names) as rc,
      unnest(generate_series(1, len(constraint_column_names))) as place
    from duckdb_constraints()
    where constraint_type in ('PRIMARY KEY', 'FOREIGN KEY') and database_name = current_database()`,
})

const SQLITE = catalog({
  tables: `select 'main' as s, name as t, type as kind, null as note, null as estimate from sqlite_schema
    where type in ('table', 'view') and name not like 'sqlite!_%' escape '!'`,
  columns: `select 'main' as s, m.name as t, p.name as c, p.type as type, not p."notnull" as nullable, null as note,
      p.cid as place
    from sqlite_schema m join pragma_table_xinfo(m.name) p where m.type in ('table', 'view') and p.hidden <> 1`,
  keys: `select 'main' as s, m.name as t, 'primary' as k, 'p' as kind, p.name as c, null as rs, null as rt, null as rc, p.pk as place
      from sqlite_schema m join pragma_table_info(m.name) p where m.type = 'table' and p.pk > 0
    union all select 'main', m.name, 'f' || f.id, 'f', f."from", 'main', f."table", f."to", f.seq
      from sqlite_schema m join pragma_foreign_key_list(m.name) f where m.type = 'table'`,
})

/** What the standard's information schema says: no comments, no keys, no estimates. */
const standard = (prefix: string, isNullable: string, limitClause?: (limit: number) => Piece) =>
  catalog(
    {
      tables: `select table_schema as s, table_name as t,
        case when table_type like '%VIEW%' then 'view' else 'table' end as kind, null as note, null as estimate
      from ${prefix}information_schema.tables where lower(table_schema) not in ('information_schema', 'sys', 'pg_catalog')`,
      columns: `select table_schema as s, table_name as t, column_name as c, data_type as type, ${isNullable} as nullable,
        null as note, ordinal_position as place from ${prefix}information_schema.columns`,
    },
    raw,
    limitClause,
  )

/** How each database is asked. The first four are tried against real ones; the others follow their manuals. */
export const CATALOGS: Readonly<Record<Dialect, Catalog>> = {
  postgres: POSTGRES,
  mysql: MYSQL,
  duckdb: DUCKDB,
  sqlite: SQLITE,
  redshift: standard('', 'is_nullable'),
  clickhouse: catalog({
    tables: `select database as s, name as t, if(engine like '%View', 'view', 'table') as kind, comment as note,
      total_rows as estimate from system.tables where database not in ('system', 'information_schema', 'INFORMATION_SCHEMA')`,
    columns: `select database as s, table as t, name as c, type, type like 'Nullable%' as nullable, comment as note,
      position as place from system.columns`,
  }),
  snowflake: standard('', 'is_nullable'),
  bigquery: standard('', 'is_nullable'),
  sqlserver: standard('', 'is_nullable', (limit) => raw(` offset 0 rows fetch next ${Math.trunc(limit)} rows only`)),
  trino: standard('', 'is_nullable'),
  databricks: standard('', 'is_nullable'),
}
