import { DatabaseSync } from 'node:sqlite'
import { DuckDBInstance } from '@duckdb/node-api'
import { PGlite } from '@electric-sql/pglite'
import { createConnection } from 'mysql2/promise'
import type { DialectName } from '../../src/compile/index.ts'

/** An empty database to try expressions on. */
export interface TestDatabase {
  readonly dialect: DialectName
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
  const database = new PGlite()
  await database.exec("set timezone = 'UTC'")
  const text = (value: string) => value
  const parsers = { 20: text, 1700: text, 1114: text, 1184: text }
  return {
    dialect: 'postgres',
    async run(sql, parameters = []) {
      const result = await database.query<unknown[]>(sql, [...parameters], { rowMode: 'array', parsers })
      return result.rows.map((row) => row.map(toPlain))
    },
    close: () => database.close(),
  }
}

async function openDuckdb(): Promise<TestDatabase> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run("set TimeZone = 'UTC'")
  return {
    dialect: 'duckdb',
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
  return {
    dialect: 'mysql',
    async run(sql, parameters = []) {
      const [rows] = await connection.execute({ sql, rowsAsArray: true }, parameters as string[])
      return Array.isArray(rows) ? rows.map((row) => (row as unknown as unknown[]).map(toPlain)) : []
    },
    close: () => connection.end(),
  }
}

async function openSqlite(): Promise<TestDatabase> {
  const database = new DatabaseSync(':memory:')
  return {
    dialect: 'sqlite',
    async run(sql, parameters = []) {
      const statement = database.prepare(sql)
      statement.setReadBigInts(true)
      statement.setReturnArrays(true)
      return (statement.all(...(parameters as string[])) as unknown as unknown[][]).map((row) => row.map(toPlain))
    },
    close: async () => database.close(),
  }
}

function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (value instanceof Date) return value.toISOString().slice(0, -1)
  if (typeof value === 'object' && value !== null) return String(value)
  if (typeof value !== 'string') return value
  const time = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?(?:\+00)?$/.exec(value)
  return time === null ? value : `${time[1]}T${time[2]}${(time[3] ?? '.').padEnd(4, '0').slice(0, 4)}`
}
