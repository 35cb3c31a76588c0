import { DatabaseSync } from 'node:sqlite'
import { DuckDBInstance } from '@duckdb/node-api'
import { createConnection } from 'mysql2/promise'
import { type CompiledQuery, compileQuery, type DialectName } from '../../src/compile/index.ts'
import { parseModel } from '../../src/model/index.ts'
import { toLocal } from '../../src/query/time-zone.ts'
import type { Query } from '../../src/schema/query.ts'
import type { Cell } from '../../src/schema/result.ts'
import { adminSecurity } from '../fixtures.ts'
import { openPglite } from '../open-pglite.ts'

/** One cube with every kind of measure that groups can get wrong. */
export const sales = parseModel([
  {
    path: 'model/sales.yml',
    text: `
cubes:
  - name: sales
    sql_table: sales
    dimensions:
      - { name: id, type: number, sql: "{CUBE}.id", primary_key: true }
      - { name: region, type: string, sql: "{CUBE}.region" }
      - { name: product, type: string, sql: "{CUBE}.product" }
      - { name: size, type: number, sql: "{CUBE}.size" }
      - { name: is_gift, type: boolean, sql: "{CUBE}.is_gift" }
      - name: at
        type: time
        sql: "{CUBE}.sold_at"
        granularities:
          - { name: sprint, title: Sprint, interval: 2 weeks, origin: "2026-03-04" }
    measures:
      - { name: count, type: count, drill_members: [id, region] }
      - { name: revenue, type: sum, sql: "{CUBE}.amount" }
      - { name: average, type: avg, sql: "{CUBE}.amount" }
      - { name: customers, type: count_distinct, sql: "{CUBE}.customer" }
      - { name: peak, type: max, sql: "{CUBE}.amount" }
      - { name: gifts, type: count, filters: [{ sql: "{CUBE}.is_gift" }] }
`,
  },
])

export interface Sale {
  readonly id: number
  readonly region: string | null
  readonly product: string
  readonly size: number | null
  readonly is_gift: boolean | null
  readonly at: number
  readonly customer: number
  readonly amount: number | null
}

const HOUR = 3_600_000
/** Days on which clocks change, in Brussels and on Lord Howe Island. */
const CHANGES = [Date.UTC(2026, 2, 29), Date.UTC(2026, 9, 25), Date.UTC(2026, 3, 4), Date.UTC(2026, 9, 3)]

/** Always the same sales: a plain generator of numbers, so that a failure can be looked at again. */
export const SALES: readonly Sale[] = (() => {
  let state = 7
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 8) % below
  }
  return Array.from({ length: 240 }, (_, index): Sale => {
    const day = next(3) === 0 ? CHANGES[next(4)]! : Date.UTC(2026, next(12), 1 + next(28))
    return {
      id: index + 1,
      region: ['north', 'south', 'east', null][next(4)]!,
      product: ['apple', 'beet', 'corn', 'dill', 'egg', 'fig'][Math.min(next(6), next(6))]!,
      size: [1, 2.5, -3, null][next(4)]!,
      is_gift: [true, false, null][next(3)]!,
      at: day + next(48) * (HOUR / 2),
      customer: next(9),
      amount: next(8) === 0 ? null : next(4_000) / 4 - 100,
    }
  })
})()

const TABLE = `
create table sales (id integer, region varchar, product varchar, size double precision, is_gift boolean, sold_at timestamp,
  customer integer, amount numeric(12, 2));
insert into sales values ${SALES.map(
  ({ id, region, product, size, is_gift, at, customer, amount }) =>
    `(${id}, ${region === null ? 'null' : `'${region}'`}, '${product}', ${size}, ${is_gift}, '${new Date(at).toISOString().slice(0, 19)}', ${customer}, ${amount})`,
).join(', ')};`

/** A database that holds the sales. */
export interface SalesDatabase {
  readonly dialect: DialectName
  run(compiled: Pick<CompiledQuery, 'sql' | 'parameters'> & Partial<Pick<CompiledQuery, 'columns'>>): Promise<Cell[][]>
  close(): Promise<void>
}

export const NOW = new Date('2026-03-31T10:15:30.000Z')

export function compileSales(query: Query, dialect: DialectName = 'postgres'): CompiledQuery {
  return compileQuery(sales, query, { security: adminSecurity(), now: NOW, dialect: () => dialect })
}

export async function openSales(): Promise<readonly SalesDatabase[]> {
  const mariadb = process.env.TEST_MARIADB_URL
  return Promise.all([
    openPostgres(),
    openDuckdb(),
    openSqlite(),
    ...(mariadb === undefined ? [] : [openMariadb(mariadb)]),
  ])
}

/** MariaDB gives decimals as texts and booleans as numbers: the columns say which are which. */
async function openMariadb(uri: string): Promise<SalesDatabase> {
  const connection = await createConnection({ uri, charset: 'utf8mb4', dateStrings: true })
  await connection.query("set names utf8mb4, time_zone = '+00:00'")
  const name = `sales_${process.pid}`
  await connection.query(`create database ${name}`)
  await connection.query(`use ${name}`)
  const [create, insert] = TABLE.replaceAll('varchar', 'varchar(20)')
    .replace('sold_at timestamp', 'sold_at datetime')
    .split(';\n')
  await connection.query(create!)
  await connection.query(insert!.replace(/;$/, ''))
  let statements = 0
  return {
    dialect: 'mysql',
    async run({ sql, parameters, columns }) {
      // Executed again, a prepared statement loses rows in MariaDB; the product's sessions are reset after each, so none ever is.
      const once = `${sql} -- ${statements++}`
      const [rows] = await connection.execute({ sql: once, rowsAsArray: true }, [...parameters] as string[])
      return (rows as unknown as unknown[][]).map((row) =>
        row.map((cell, index): Cell => {
          const type = columns?.[index]?.type ?? 'integer'
          if (cell === null) return null
          if (type === 'boolean') return Number(cell) === 1
          return type === 'integer' || type === 'number' ? Number(cell) : toCell(String(cell).replace(/\.0{3,6}$/, ''))
        }),
      )
    },
    async close() {
      await connection.query(`drop database ${name}`)
      await connection.end()
    },
  }
}

/** SQLite has no booleans: the columns say which numbers are. */
async function openSqlite(): Promise<SalesDatabase> {
  const database = new DatabaseSync(':memory:')
  database.exec(TABLE)
  return {
    dialect: 'sqlite',
    async run({ sql, parameters, columns }) {
      const statement = database.prepare(sql)
      statement.setReturnArrays(true)
      const bound = parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value)) as string[]
      return (statement.all(...bound) as unknown as Cell[][]).map((row) =>
        row.map((cell, index) => (columns?.[index]?.type === 'boolean' && cell !== null ? cell === 1 : cell)),
      )
    },
    close: async () => database.close(),
  }
}

async function openPostgres(): Promise<SalesDatabase> {
  const database = await openPglite()
  await database.exec(`set timezone = 'UTC'; ${TABLE}`)
  return {
    dialect: 'postgres',
    async run({ sql, parameters }) {
      const parsers = { 20: Number, 1700: Number, 1114: (value: string) => value }
      const { rows } = await database.query<unknown[]>(sql, [...parameters], { rowMode: 'array', parsers })
      return rows.map((row) => row.map(toCell))
    },
    close: () => database.close(),
  }
}

async function openDuckdb(): Promise<SalesDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { disabled_optimizers: 'common_subplan' })
  const connection = await instance.connect()
  await connection.run(`set TimeZone = 'UTC'; ${TABLE}`)
  return {
    dialect: 'duckdb',
    async run({ sql, parameters }) {
      const reader = await connection.runAndReadAll(sql, parameters as never)
      return reader.getRowsJS().map((row) => row.map(toCell))
    },
    async close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

function toCell(value: unknown): Cell {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.toISOString().slice(0, -1)
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value))
    return `${value.replace(' ', 'T')}.000`
  return value as Cell
}

/** Local time of a sale, as if the zone were UTC. */
export function localOf(sale: Sale, timezone: string): number {
  return toLocal(timezone, sale.at)
}

/** Measures of a list of sales, by hand. */
export const MEASURES: Readonly<Record<string, (rows: readonly Sale[]) => number | null>> = {
  'sales.count': (rows) => rows.length,
  'sales.revenue': (rows) => known(rows)?.reduce((sum, amount) => sum + amount, 0) ?? null,
  'sales.average': (rows) => {
    const amounts = known(rows)
    return amounts === undefined ? null : amounts.reduce((sum, amount) => sum + amount, 0) / amounts.length
  },
  'sales.customers': (rows) => new Set(rows.map(({ customer }) => customer)).size,
  'sales.peak': (rows) => {
    const amounts = known(rows)
    return amounts === undefined ? null : Math.max(...amounts)
  },
  'sales.gifts': (rows) => rows.filter(({ is_gift }) => is_gift === true).length,
}

function known(rows: readonly Sale[]): number[] | undefined {
  const amounts = rows.flatMap(({ amount }) => (amount === null ? [] : [amount]))
  return amounts.length === 0 ? undefined : amounts
}

/** Rows in any order, numbers to nine digits: averages differ in their last ones. */
export function asSet(rows: readonly (readonly Cell[])[]): string[] {
  return rows.map(asText).sort()
}

export function asText(row: readonly Cell[]): string {
  return JSON.stringify(row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(9)) : cell)))
}
