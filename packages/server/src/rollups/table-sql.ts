import { type DialectName, levelColumns, type RollupColumn, type RollupLevel } from '@datainsight/core/compile'
import type { Statement } from '../data-sources/data-source.ts'

/** A table of rollups: schema and name, both of letters, digits and underscores. */
export interface TableName {
  readonly schema: string
  readonly name: string
}

/** Largest number kept in 64 bits, well within them. */
const MAX_WHOLE = 9_000_000_000_000_000_000n

/** Marks around names. */
const QUOTES: Readonly<Record<DialectName, readonly [string, string]>> = {
  postgres: ['"', '"'],
  redshift: ['"', '"'],
  duckdb: ['"', '"'],
  sqlite: ['"', '"'],
  snowflake: ['"', '"'],
  trino: ['"', '"'],
  mysql: ['`', '`'],
  clickhouse: ['`', '`'],
  bigquery: ['`', '`'],
  databricks: ['`', '`'],
  sqlserver: ['[', ']'],
}

/** Of a level: which part a row sums up. Larger than any, so that the column holds all. */
const PART = 'part'
const MAX_PART = 1_000_000

function namesOf(columns: readonly RollupColumn[], level: RollupLevel): readonly string[] {
  const { groups, sums } = levelColumns(columns, level)
  return [...groups, ...sums].map(({ name }) => name)
}

/** Statements about the tables of rollups, in one dialect. */
export class TableSql {
  readonly #dialect: DialectName

  constructor(dialect: DialectName) {
    this.#dialect = dialect
  }

  name(name: string): string {
    const [open, close] = QUOTES[this.#dialect]
    return `${open}${name}${close}`
  }

  table({ schema, name }: TableName): string {
    return `${this.name(schema)}.${this.name(name)}`
  }

  /** The select that fills a part, with the rollup's own names of its columns. The builder's are c0, c1, … */
  select(columns: readonly RollupColumn[], { sql, parameters }: Statement): Statement {
    return { sql: `select ${this.#columns(columns)} from (${sql}) ${this.name('q')}`, parameters }
  }

  /** Makes and fills a table at once. */
  createAs(table: TableName, columns: readonly RollupColumn[], { sql, parameters }: Statement): Statement {
    const of = this.table(table)
    if (this.#dialect === 'sqlserver') {
      return { sql: `select ${this.#columns(columns)} into ${of} from (${sql}) as [q]`, parameters }
    }
    return { sql: `create table ${of} as ${this.select(columns, { sql, parameters }).sql}`, parameters }
  }

  /** Makes an empty table: `types` as the database writes them. */
  create(table: TableName, columns: readonly RollupColumn[], types: readonly string[]): Statement {
    const list = columns.map(({ name }, index) => `${this.name(name)} ${types[index]}`)
    return { sql: `create table ${this.table(table)} (${list.join(', ')})`, parameters: [] }
  }

  insert(table: TableName, columns: readonly RollupColumn[], statement: Statement): Statement {
    const { sql, parameters } = this.select(columns, statement)
    const list = columns.map(({ name }) => this.name(name))
    return { sql: `insert into ${this.table(table)} (${list.join(', ')}) ${sql}`, parameters }
  }

  /** One relation of several tables. */
  createView(view: TableName, tables: readonly TableName[], columns: readonly RollupColumn[]): Statement {
    const list = columns.map(({ name }) => this.name(name)).join(', ')
    const selects = tables.map((table) => `select ${list} from ${this.table(table)}`)
    return { sql: `create view ${this.table(view)} as ${selects.join(' union all ')}`, parameters: [] }
  }

  /** `keys`: columns, each as {@link name} writes it, with how much of it is indexed where that must be said. */
  createIndex(table: TableName, index: string, keys: readonly string[]): Statement {
    return { sql: `create index ${this.name(index)} on ${this.table(table)} (${keys.join(', ')})`, parameters: [] }
  }

  /** A table for a level of a relation, empty, with columns that hold sums of all of its parts; see {@link sumUp}. */
  createLevel(table: TableName, columns: readonly RollupColumn[], level: RollupLevel, of: TableName): Statement {
    const { sql } = this.#sums(columns, level, MAX_PART, of)
    const none = `from (${sql}) ${this.name('q')} where 1 = 0`
    const made =
      this.#dialect === 'sqlserver'
        ? `select * into ${this.table(table)} ${none}`
        : `create table ${this.table(table)} as select * ${none}`
    return { sql: made, parameters: [] }
  }

  /** Sums up a part of a build into a level. `part`: its place among the build's. */
  sumUp(
    table: TableName,
    columns: readonly RollupColumn[],
    level: RollupLevel,
    part: number,
    of: TableName,
  ): Statement {
    const { list, sql } = this.#sums(columns, level, part, of)
    return { sql: `insert into ${this.table(table)} (${list}) ${sql}`, parameters: [] }
  }

  /** The same of a part that was summed up before, as one of another build. */
  copySums(
    table: TableName,
    columns: readonly RollupColumn[],
    level: RollupLevel,
    part: number,
    from: { readonly table: TableName; readonly part: number },
  ): Statement {
    const names = namesOf(columns, level).map((name) => this.name(name))
    const list = [this.name(PART), ...names].join(', ')
    const select = `select ${[part, ...names].join(', ')} from ${this.table(from.table)} where ${this.name(PART)} = ${from.part}`
    return { sql: `insert into ${this.table(table)} (${list}) ${select}`, parameters: [] }
  }

  read(table: TableName, names: readonly string[]): Statement {
    return {
      sql: `select ${names.map((name) => this.name(name)).join(', ')} from ${this.table(table)}`,
      parameters: [],
    }
  }

  count(table: TableName): Statement {
    return { sql: `select count(*) from ${this.table(table)}`, parameters: [] }
  }

  /** How many rows there are, and the first and the last value of each time column. */
  measure(table: TableName, columns: readonly RollupColumn[]): Statement {
    const times = columns.filter(({ holds }) => holds === 'time').map(({ name }) => this.name(name))
    const list = ['count(*)', ...times.flatMap((time) => [`min(${time})`, `max(${time})`])]
    return { sql: `select ${list.join(', ')} from ${this.table(table)}`, parameters: [] }
  }

  /** Answers nothing, but only to who may read the table. */
  probe(table: TableName): Statement {
    return { sql: `select 1 from ${this.table(table)} where 1 = 0`, parameters: [] }
  }

  drop(table: TableName, kind: 'table' | 'view'): Statement {
    return { sql: `drop ${kind} if exists ${this.table(table)}`, parameters: [] }
  }

  /** Names and kinds of what is in a schema: `BASE TABLE`, `VIEW`, … */
  list(schema: string): Statement {
    const catalog =
      this.#dialect === 'bigquery' ? `${this.name(schema)}.INFORMATION_SCHEMA.TABLES` : 'information_schema.tables'
    return { sql: `select table_name, table_type from ${catalog} where table_schema = '${schema}'`, parameters: [] }
  }

  /** Bytes of a table with its indexes; `undefined` where nobody tells. */
  size(table: TableName): Statement | undefined {
    const { schema, name } = table
    if (this.#dialect === 'postgres')
      return { sql: `select pg_total_relation_size('${this.table(table)}'::regclass)`, parameters: [] }
    if (this.#dialect !== 'mysql') return undefined
    const of = `table_schema = '${schema}' and table_name = '${name}'`
    return { sql: `select data_length + index_length from information_schema.tables where ${of}`, parameters: [] }
  }

  /** Whether all numbers of each column are whole, written without a fraction, and fit 64 bits; `undefined` where it does not matter. */
  areWhole(table: TableName, columns: readonly string[]): Statement | undefined {
    if (this.#dialect !== 'postgres') return undefined
    const tests = columns.map((name) => {
      const value = this.name(name)
      return `coalesce(bool_and(scale(${value}) = 0 and ${value} between ${-MAX_WHOLE} and ${MAX_WHOLE}), true)`
    })
    return { sql: `select ${tests.join(', ')} from ${this.table(table)}`, parameters: [] }
  }

  toWhole(table: TableName, columns: readonly string[]): Statement {
    const changes = columns.map((name) => `alter column ${this.name(name)} type bigint`)
    return { sql: `alter table ${this.table(table)} ${changes.join(', ')}`, parameters: [] }
  }

  /** Names, types and lengths of the text columns of a table, for {@link createIndex}; `undefined`: whole columns are indexed. */
  texts({ schema, name }: TableName): Statement | undefined {
    if (this.#dialect !== 'mysql') return undefined
    const of = `table_schema = '${schema}' and table_name = '${name}' and character_maximum_length is not null`
    return {
      sql: `select column_name, character_maximum_length from information_schema.columns where ${of}`,
      parameters: [],
    }
  }

  /** Whether a table may have indexes. Databases that keep columns apart have none. */
  get hasIndexes(): boolean {
    return this.#dialect === 'postgres' || this.#dialect === 'mysql'
  }

  /** So that statements are planned by what is in a table. */
  analyze(table: TableName): Statement | undefined {
    const isPostgres = this.#dialect === 'postgres' || this.#dialect === 'redshift'
    return isPostgres ? { sql: `analyze ${this.table(table)}`, parameters: [] } : undefined
  }

  #sums(columns: readonly RollupColumn[], level: RollupLevel, part: number, of: TableName) {
    const { groups, sums } = levelColumns(columns, level)
    const keys = groups.map(({ name }) => this.name(name))
    const values = sums.map(({ name, adds }) => `${adds}(${this.name(name)}) as ${this.name(name)}`)
    const by = keys.length === 0 ? '' : ` group by ${keys.join(', ')}`
    return {
      list: [PART, ...namesOf(columns, level)].map((name) => this.name(name)).join(', '),
      sql: `select ${[`${part} as ${this.name(PART)}`, ...keys, ...values].join(', ')} from ${this.table(of)}${by} having count(*) > 0`,
    }
  }

  #columns(columns: readonly RollupColumn[]): string {
    const q = this.name('q')
    return columns.map(({ name }, index) => `${q}.${this.name(`c${index}`)} as ${this.name(name)}`).join(', ')
  }
}
