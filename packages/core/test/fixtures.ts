import { DuckDBInstance } from '@duckdb/node-api'
import { type CompiledQuery, compileQuery, type DialectName } from '../src/compile/index.ts'
import { parseModel } from '../src/model/index.ts'
import type { Query } from '../src/schema/query.ts'
import type { Security } from '../src/security.ts'
import { openPglite } from './open-pglite.ts'
import { SHOP_FILES, SHOP_SQL } from './shop-model.ts'

export const shop = parseModel(SHOP_FILES)

/** Tuesday. */
export const NOW = new Date('2026-03-31T10:15:30.000Z')

/** An embed caller of tenant `a` who may see customers of the north. */
export function embedSecurity(overrides: Partial<Security> = {}): Security {
  return {
    organizationId: 'org',
    kind: 'embed',
    roles: [],
    attributes: { tenant: ['a'], regions: ['north'] },
    filters: [],
    deniedMembers: [],
    maskedMembers: [],
    maxRows: 10_000,
    ...overrides,
  }
}

/** A person who sees every row. */
export function adminSecurity(overrides: Partial<Security> = {}): Security {
  return embedSecurity({ kind: 'user', roles: ['admin'], attributes: {}, ...overrides })
}

export interface AskOptions {
  readonly security?: Security
  readonly dialect?: DialectName
  readonly now?: Date
  readonly timezone?: string
}

/** Compiles a question about the shop. */
export function compileShop(query: Query, options: AskOptions = {}): CompiledQuery {
  const { security = embedSecurity(), dialect = 'postgres', now = NOW, timezone } = options
  return compileQuery(shop, query, { security, now, dialect: () => dialect, timezone })
}

/** A database that holds the shop. */
export interface ShopDatabase {
  readonly dialect: DialectName
  /** Rows as plain values: numbers, texts, booleans, nulls; times as `2026-01-31T23:30:00.000`. */
  run(sql: string, parameters?: readonly unknown[]): Promise<unknown[][]>
  close(): Promise<void>
}

export async function openPostgres(): Promise<ShopDatabase> {
  const database = await openPglite()
  await database.exec(`set timezone = 'UTC'; ${SHOP_SQL}`)
  const text = (value: string) => value
  return {
    dialect: 'postgres',
    async run(sql, parameters = []) {
      const parsers = { 20: Number, 1700: Number, 1114: text, 1184: text }
      const result = await database.query<unknown[]>(sql, [...parameters], { rowMode: 'array', parsers })
      return result.rows.map((row) => row.map(toPlain))
    },
    close: () => database.close(),
  }
}

export async function openDuckdb(): Promise<ShopDatabase> {
  const instance = await DuckDBInstance.create(':memory:', { disabled_optimizers: 'common_subplan' })
  const connection = await instance.connect()
  await connection.run("set TimeZone = 'UTC'; create schema if not exists public")
  await connection.run(
    SHOP_SQL.replaceAll(/create table orders|insert into orders/g, (match) => match.replace('orders', 'public.orders')),
  )
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

function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.toISOString().slice(0, -1)
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(value)) {
    const [date, time = ''] = value.split(' ')
    return `${date}T${time.replace(/\+00$/, '').slice(0, 8)}.000`
  }
  return value
}
