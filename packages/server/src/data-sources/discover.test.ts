import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseModel } from '@datainsight/core/model'
import { DuckDBInstance } from '@duckdb/node-api'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { DataSource } from './data-source.ts'
import { getTables, listTables, type TableInfo } from './discover.ts'
import { draftModel } from './draft-model.ts'
import { openDuckDB } from './duckdb.ts'
import { openMySql } from './mysql.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'datainsight-discover-'))
const database = `discover_${process.pid}`
const limits = { signal: new AbortController().signal, timeoutMs: 30_000 }
const cleanUp: (() => unknown)[] = [() => rmSync(folder, { recursive: true })]
afterAll(async () => {
  for (const clean of cleanUp.reverse()) await clean()
})

/** Tables in the words of one database; `q` quotes a name. */
interface Words {
  readonly q: (name: string) => string
  readonly text: string
  readonly time: string
  readonly money: string
}

/** A shop with everything that makes discovery hard: composite keys, self references, hostile and reserved names. */
function shop({ q, text, time, money }: Words): string[] {
  return [
    `create table customers (id integer not null primary key, name ${text}, manager_id integer references customers (id))`,
    `create table orders (id integer not null primary key, customer_id integer not null, billed_to integer, amount ${money}, placed_at ${time}, done boolean,
      foreign key (customer_id) references customers (id), foreign key (billed_to) references customers (id))`,
    `create table order_lines (order_id integer not null, line integer not null, quantity integer, product_id integer,
      primary key (order_id, line), foreign key (order_id) references orders (id))`,
    `create table products (id integer primary key, title ${text})`,
    `create table ${q('x"; drop table orders --')} (${q('select')} integer, ${q('Mixed Case')} integer, ${q('mixed_case')} integer,
      ${q("it's")} integer, ${q('a;b')} integer, ${q('{CUBE}')} integer, ${q('new\nline')} integer, ${q('日本')} integer, ${q('constructor')} integer, ${q('100%')} integer)`,
    `create table ${q('Order')} (${q('ID')} integer primary key, ${q('count')} integer, ${q('total_count')} integer)`,
    'create view big_orders as select * from orders where amount > 100',
  ]
}

interface Case {
  readonly name: string
  readonly schema: string
  readonly open: (statements: (words: Words) => string[], words?: Words) => Promise<DataSource>
}

const doubleQuotes = (name: string) => `"${name.replaceAll('"', '""')}"`
const backticks = (name: string) => `\`${name.replaceAll('`', '``')}\``

const CASES: Case[] = [
  {
    name: 'postgres',
    schema: 'public',
    async open(statements) {
      const server = process.env.TEST_DATABASE_URL as string
      const admin = new pg.Client(server)
      await admin.connect()
      await admin.query(`create database ${database}`)
      const url = Object.assign(new URL(server), { pathname: database }).href
      const client = new pg.Client(url)
      await client.connect()
      for (const sql of statements({ q: doubleQuotes, text: 'text', time: 'timestamptz', money: 'numeric(20, 2)' }))
        await client.query(sql)
      await client.query(
        `comment on table orders is 'What was sold'; comment on column orders.amount is 'In euros'; analyze`,
      )
      await client.end()
      cleanUp.push(async () => {
        await admin.query(`drop database ${database} with (force)`)
        await admin.end()
      })
      return openPostgres({ name: 'shop', url })
    },
  },
  {
    name: 'duckdb',
    schema: 'main',
    async open(statements) {
      const file = join(folder, 'shop.duckdb')
      const instance = await DuckDBInstance.create(file)
      const connection = await instance.connect()
      for (const sql of statements({ q: doubleQuotes, text: 'varchar', time: 'timestamp', money: 'decimal(20, 2)' }))
        await connection.run(sql)
      await connection.run(`comment on table orders is 'What was sold'`)
      await connection.run(`comment on column orders.amount is 'In euros'`)
      connection.closeSync()
      instance.closeSync()
      return openDuckDB({ name: 'shop', database: file })
    },
  },
  {
    name: 'sqlite',
    schema: 'main',
    async open(statements) {
      const file = join(folder, 'shop.db')
      const db = new DatabaseSync(file)
      for (const sql of statements({ q: doubleQuotes, text: 'text', time: 'datetime', money: 'decimal(20, 2)' }))
        db.exec(sql)
      db.close()
      return openSqlite({ name: 'shop', file })
    },
  },
]
if (process.env.TEST_MARIADB_URL !== undefined) {
  CASES.push({
    name: 'mariadb',
    schema: database,
    async open(statements) {
      const { hostname: host, port } = new URL(process.env.TEST_MARIADB_URL as string)
      const admin = await mysql.createConnection(process.env.TEST_MARIADB_URL as string)
      await admin.query(`create database ${database} character set utf8mb4`)
      await admin.query(`use ${database}`)
      for (const sql of statements({ q: backticks, text: 'varchar(100)', time: 'datetime', money: 'decimal(20, 2)' }))
        await admin.query(sql)
      await admin.query(`alter table orders comment 'What was sold', modify amount decimal(20, 2) comment 'In euros'`)
      cleanUp.push(async () => {
        await admin.query(`drop database ${database}`)
        await admin.end()
      })
      return openMySql({ name: 'shop', host, port: Number(port), database, user: 'root', password: '', tls: false })
    },
  })
}

describe.each(CASES)('a schema of $name', ({ name, schema, open }) => {
  const opened = open(shop)
  afterAll(async () => (await opened).close())
  const list = async (filter: object = {}) => listTables(await opened, { limit: 100, schema, ...filter }, limits)
  const hasComments = name !== 'sqlite'

  it('has its tables and views, by name', async () => {
    const tables = await list()
    expect(tables.map((table) => [table.name, table.kind])).toEqual([
      ['Order', 'table'],
      ['big_orders', 'view'],
      ['customers', 'table'],
      ['order_lines', 'table'],
      ['orders', 'table'],
      ['products', 'table'],
      ['x"; drop table orders --', 'table'],
    ])
    for (const table of tables) expect(table.schema).toBe(schema)
    expect(await list({ hidden: schema })).toEqual([])
  })

  it('has columns with types, comments and keys', async () => {
    const orders = (await list()).find((table) => table.name === 'orders') as TableInfo
    expect(orders.columns.map((column) => [column.name, column.kind, column.nullable])).toEqual([
      ['id', 'integer', false],
      ['customer_id', 'integer', false],
      ['billed_to', 'integer', true],
      ['amount', 'number', true],
      ['placed_at', 'time', true],
      ['done', 'boolean', true],
    ])
    expect(orders.primaryKey).toEqual(['id'])
    expect(orders.comment).toBe(hasComments ? 'What was sold' : undefined)
    expect(orders.columns[3]?.comment).toBe(hasComments ? 'In euros' : undefined)
    const references = { schema, name: 'customers', columns: ['id'] }
    expect(orders.foreignKeys.toSorted((a, b) => (a.columns[0]! < b.columns[0]! ? -1 : 1))).toEqual([
      { columns: ['billed_to'], references },
      { columns: ['customer_id'], references },
    ])
    expect((await list()).find((table) => table.name === 'order_lines')?.primaryKey).toEqual(['order_id', 'line'])
  })

  it('is found by a part of a name, taken literally, and read in pages', async () => {
    expect((await list({ search: 'ORDER' })).map((table) => table.name)).toEqual([
      'Order',
      'big_orders',
      'order_lines',
      'orders',
      'x"; drop table orders --',
    ])
    expect((await list({ search: 'r_l' })).map((table) => table.name)).toEqual(['order_lines'])
    expect(await list({ search: '%' })).toEqual([])
    expect(await list({ search: `'; drop table orders --` })).toEqual([])
    const names: string[] = []
    for (let after: TableInfo | undefined; ; ) {
      const page = await list({ limit: 2, ...(after && { after }) })
      names.push(...page.map((table) => table.name))
      after = page.at(-1)
      if (after === undefined) break
    }
    expect(names).toEqual((await list()).map((table) => table.name))
  })

  it('SQL-16 becomes a model that loads, hostile names and all', async () => {
    const source = await opened
    const all = await list()
    const tables = await getTables(source, all, limits)
    expect(tables).toEqual(all)
    const draft = draftModel(tables, { dataSource: 'shop', dialect: source.dialect })
    const model = parseModel([{ path: 'shop.yml', text: draft.yaml }])
    expect([...model.cubes.keys()].sort()).toEqual(draft.cubes.toSorted())
    expect(draft.cubes).toEqual([
      'order',
      'big_orders',
      'customers',
      'order_lines',
      'orders',
      'products',
      'x_drop_table_orders',
    ])
    const members = [...model.cubes.get('orders')!.members.values()]
    expect(members.filter(({ kind }) => kind === 'measure').map((member) => member.name)).toEqual([
      'count',
      'total_amount',
      'average_amount',
    ])
    expect(members.filter(({ kind }) => kind === 'dimension').map((member) => member.name)).toEqual([
      'id',
      'customer_id',
      'billed_to',
      'amount',
      'placed_at',
      'done',
    ])
    expect(draft.yaml).toContain('alias: manager')
    expect(draft.yaml).toContain('# a guess, because of the name product_id: the database declares no foreign key')
    expect(draft.notes.every((note) => note.includes('is left out'))).toBe(true)
    // Every column that the model names can be read by the words it gives, in this very database.
    const { cubes } = parse(draft.yaml) as {
      cubes: { name: string; sql_table: string; dimensions: { sql: string }[] }[]
    }
    const quoted = (table: string) => (name === 'mariadb' ? table.replaceAll('"', '`') : table)
    for (const cube of cubes) {
      if (name === 'mariadb' && cube.sql_table.includes('""')) continue
      const columns = cube.dimensions.map((dimension) => dimension.sql.replace('{CUBE}', 'x').replaceAll('\\{', '{'))
      const sql = `select ${columns.join(', ')} from ${quoted(cube.sql_table)} x`
      expect((await source.query({ sql, parameters: [] }, { ...limits, maxRows: 1 })).columns).toHaveLength(
        columns.length,
      )
    }
  })

  it('says which tables are not there', async () => {
    const work = getTables(
      await opened,
      [
        { schema, name: 'orders' },
        { schema, name: 'nope' },
      ],
      limits,
    )
    await expect(work).rejects.toMatchObject({
      code: 'invalid_request',
      problems: [{ path: 'tables[1]', message: `is not there: ${schema}.nope` }],
    })
  })
})

describe('a schema of 5,000 tables', () => {
  it('is read page by page', async () => {
    const file = join(folder, 'many.db')
    const db = new DatabaseSync(file)
    db.exec('begin')
    for (let index = 0; index < 5_000; index++) db.exec(`create table t_${String(index).padStart(4, '0')} (a integer)`)
    db.exec('commit')
    db.close()
    const source = openSqlite({ name: 'many', file })
    const page = await listTables(source, { limit: 51, after: { schema: 'main', name: 't_4979' } }, limits)
    expect(page.map((table) => table.name)).toEqual(Array.from({ length: 20 }, (_, index) => `t_${4_980 + index}`))
    expect((await listTables(source, { limit: 10, search: '4242' }, limits)).map((table) => table.name)).toEqual([
      't_4242',
    ])
    await source.close()
  })
})
