import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AnalyticsError } from '@datainsight/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataSource, StatementLimits } from './data-source.ts'
import { openSqlite } from './sqlite.ts'

const never = (limits: Partial<StatementLimits> = {}): StatementLimits => ({
  signal: new AbortController().signal,
  timeoutMs: 60_000,
  maxRows: 1_000,
  ...limits,
})
const ask = (sql: string, ...parameters: unknown[]) => ({ sql, parameters })
/** Takes hours if nothing stops it. */
const ENDLESS = 'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c'

let folder: string
let file: string
let source: DataSource

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'datainsight-sqlite-'))
  file = join(folder, 'shop.db')
  const db = new DatabaseSync(file)
  db.exec(`create table orders (id integer primary key, amount real, note text, raw blob);
    insert into orders values (1, 1.5, 'a', x'00ff'), (2, null, 'ä', null), (9223372036854775807, -1, '', x'')`)
  db.close()
  source = openSqlite({ name: 'shop', file })
})

afterAll(async () => {
  await source.close()
  rmSync(folder, { recursive: true })
})

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'answered',
    (error: unknown) => (error instanceof AnalyticsError ? error.code : String(error)),
  )
}

describe('SQLite source', () => {
  it('hands over every kind of value without loss, by columns', async () => {
    expect(await source.query(ask('select * from orders where id >= ? order by id', 1), never())).toEqual({
      columns: [
        [1n, 2n, 9_223_372_036_854_775_807n],
        [1.5, null, -1],
        ['a', 'ä', ''],
        ['\\x00ff', null, '\\x'],
      ],
      rowCount: 3,
    })
    expect(await source.query(ask('select 1 where false'), never())).toEqual({ columns: [[]], rowCount: 0 })
  })

  it('tells how many processes it has', () => {
    expect(source.pool).toEqual({ size: 1, idle: 1, waiting: 0 })
  })

  it('binds whole numbers as integers and booleans as 0 and 1', async () => {
    const { columns } = await source.query(ask('select ? / 2, typeof(?), ?, ?', 7, 1.5, true, null), never())
    expect(columns.map(([value]) => value)).toEqual([3n, 'real', 1n, null])
  })

  it.each([
    'insert into orders values (3, 1, 1, 1)',
    'create temporary table t (n int)',
    'select 1; delete from orders',
    `attach database '/etc/passwd' as p`,
    'with x as (select 1) delete from orders',
    'pragma query_only = off',
    `select load_extension('x')`,
    `select readfile('/etc/passwd')`,
    `vacuum into '/tmp/stolen.db'`,
    `select writefile('/tmp/x', 'y')`,
    `select fts3_tokenizer('simple', x'00')`,
  ])('refuses %s', async (sql) => {
    expect(await codeOf(source.query(ask(sql), never()))).toBe('query_failed')
  })

  it('refuses more rows than it was told to expect', async () => {
    expect(await codeOf(source.query(ask('select * from orders'), never({ maxRows: 2 })))).toBe('query_failed')
    expect(await codeOf(source.query(ask('select * from orders'), never({ maxRows: 3 })))).toBe('answered')
  })

  it('stops a statement at its time limit and stays usable', async () => {
    // Ended from outside long before another limit would: left alone, the statement takes hours.
    expect(await codeOf(source.query(ask(ENDLESS), never({ timeoutMs: 200 })))).toBe('query_timeout')
    expect(await codeOf(source.query(ask('select 1'), never()))).toBe('answered')
  })

  it('stops a statement whenever the signal aborts, and starts none that was aborted before', async () => {
    const stopped = [0, 5, 50, 500].map(async (delayMs) => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), delayMs)
      return codeOf(source.query(ask(ENDLESS), never({ signal: controller.signal })))
    })
    expect(new Set(await Promise.all(stopped))).toEqual(new Set(['query_cancelled']))
    expect(await codeOf(source.query(ask('select 1'), never({ signal: AbortSignal.abort() })))).toBe('query_cancelled')
  })

  it('has a new data version once the file was written', async () => {
    const first = source.dataVersion([])
    utimesSync(file, new Date(0), new Date(0))
    await expect.poll(() => source.dataVersion([])).not.toBe(first)
  })

  it('fails clearly when there is no such file', async () => {
    const gone = openSqlite({ name: 'gone', file: join(folder, 'gone.db') })
    expect(await codeOf(gone.query(ask('select 1'), never()))).toBe('query_failed')
    await gone.close()
  })

  it('explains a statement', async () => {
    expect(await source.explain?.(ask('select * from orders where id = ?', 1), never())).toMatch(/^SEARCH orders/)
  })
})
