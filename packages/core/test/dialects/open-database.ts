import { DatabaseSync } from 'node:sqlite'
import { DuckDBInstance } from '@duckdb/node-api'
import { createConnection } from 'mysql2/promise'
import type { DialectName } from '../../src/compile/index.ts'
import { openPglite } from '../open-pglite.ts'
import { SHOP_SQL } from '../shop-model.ts'

/** A database to try expressions and statements on. */
export interface TestDatabase {
  readonly dialect: DialectName
  /** Makes the shop's tables, `public.orders` among them. */
  openShop(): Promise<void>
  /** Rows as plain values; times as `2026-01-31T23:30:00.000`, exact decimals as text. */
  run(sql: string, parameters?: readonly unknown[]): Promise<unknown[][]>
  close(): Promise<void>
}

/** The databases whose statements can be run here: MariaDB where the set-up found one. */
export const LIVE: readonly DialectName[] = [
  'postgres',
  'duckdb',
  'sqlite',
  ...(process.env.TEST_MARIADB_URL === undefined ? [] : (['mysql'] as const)),
]

const OPEN: Partial<Record<DialectName, () => Promise<TestDatabase>>> = {
  postgres: openPostgres,
  duckdb: openDuckdb,
  mysql: openMysql,
  sqlite: openSqlite,
}

export function openDatabase(dialect: DialectName): Promise<TestDatabase> {
  const open = OPEN[dialect]
  if (open === undefined) throw new Error(`${dialect} cannot be run here`)
  return open()
}

async function openPostgres(): Promise<TestDatabase> {
  const database = await openPglite()
  await database.exec("set timezone = 'UTC'")
  const text = (value: string) => value
  const parsers = { 20: text, 1700: text, 1114: text, 1184: text }
  return {
    dialect: 'postgres',
    openShop: async () => {
      await database.exec(SHOP_SQL)
    },
    async run(sql, parameters = []) {
      const result = await database.query<unknown[]>(sql, [...parameters], { rowMode: 'array', parsers })
      return result.rows.map((row) => row.map(toPlain))
    },
    close: () => database.close(),
  }
}

async function openDuckdb(): Promise<TestDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { disabled_optimizers: 'common_subplan' })
  const connection = await instance.connect()
  await connection.run("set TimeZone = 'UTC'")
  return {
    dialect: 'duckdb',
    openShop: async () => {
      await connection.run(`create schema if not exists public; ${inPublic(SHOP_SQL)}`)
    },
    async run(sql, parameters = []) {
      const reader = await connection.runAndReadAll(sql, parameters as never)
      return reader.getRowsJS().map((row) => row.map(toPlain))
    },
    async close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** As the server's driver does: prepared statements, whole numbers as such, the same session. */
async function openMysql(): Promise<TestDatabase> {
  const connection = await createConnection({
    uri: process.env.TEST_MARIADB_URL as string,
    charset: 'utf8mb4',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    rowsAsArray: true,
  })
  await connection.query("set names utf8mb4, time_zone = '+00:00', sql_mode = 'NO_ENGINE_SUBSTITUTION'")
  let shop: string | undefined
  return {
    dialect: 'mysql',
    openShop: async () => {
      // A schema is a database here, and the model says which: one run of the tests at a time has it.
      shop = 'public'
      await connection.query(`create database ${shop}`)
      await connection.query(`use ${shop}`)
      const types = SHOP_SQL.replaceAll('varchar', 'varchar(80)')
        .replaceAll('timestamptz', 'timestamp')
        .replaceAll('+00', '')
      for (const statement of inPublic(types).split(';\n'))
        if (statement.trim() !== '') await connection.query(statement)
    },
    async run(sql, parameters = []) {
      const [rows] = await connection.execute({ sql, rowsAsArray: true }, parameters as string[])
      return Array.isArray(rows) ? rows.map((row) => (row as unknown as unknown[]).map(toPlain)) : []
    },
    close: async () => {
      if (shop !== undefined) await connection.query(`drop database ${shop}`)
      await connection.end()
    },
  }
}

async function openSqlite(): Promise<TestDatabase> {
  const database = new DatabaseSync(':memory:')
  return {
    dialect: 'sqlite',
    openShop: async () =>
      database.exec(`attach ':memory:' as public; ${inPublic(SHOP_SQL).replaceAll('+00', '+00:00')}`),
    async run(sql, parameters = []) {
      const statement = database.prepare(sql)
      statement.setReadBigInts(true)
      statement.setReturnArrays(true)
      return (statement.all(...(parameters as string[])) as unknown as unknown[][]).map((row) => row.map(toPlain))
    },
    close: async () => database.close(),
  }
}

/** The schema that the model names is nobody's default. */
function inPublic(text: string): string {
  return text.replaceAll(/create table orders|insert into orders/g, (match) => match.replace('orders', 'public.orders'))
}

function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (value instanceof Date) return value.toISOString().slice(0, -1)
  if (typeof value === 'object' && value !== null) return String(value)
  if (typeof value !== 'string') return value
  const time = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?(?:\+00)?$/.exec(value)
  return time === null ? value : `${time[1]}T${time[2]}${(time[3] ?? '.').padEnd(4, '0').slice(0, 4)}`
}
