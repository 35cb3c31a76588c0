import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { AnalyticsError } from '@datainsight/core'
import { afterAll, describe, expect, it } from 'vitest'
import type { DataSource, StreamLimits } from './data-source.ts'
import { openDuckDB } from './duckdb.ts'
import { openMySql } from './mysql.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'datainsight-stream-'))
new DatabaseSync(join(folder, 'empty.db')).exec('create table t (n int)')
const mariadb = process.env.TEST_MARIADB_URL === undefined ? undefined : new URL(process.env.TEST_MARIADB_URL)

afterAll(() => rmSync(folder, { recursive: true }))

interface Case {
  readonly name: string
  readonly open: () => DataSource | Promise<DataSource>
  /** `rows` rows of a number from 1 on and a text of 100 characters. */
  readonly series: (rows: number) => string
  /** Rows without end, each of which takes its time. */
  readonly slow: string
}

const CASES: Case[] = [
  {
    name: 'postgres',
    open: () => openPostgres({ name: 's', url: process.env.TEST_DATABASE_URL as string, concurrency: 1 }),
    series: (rows) => `select n, repeat('x', 100) from generate_series(1, ${rows}) n`,
    slow: 'select n, pg_sleep(0.01)::text from generate_series(1, 1000000) n',
  },
  {
    name: 'duckdb',
    open: () => openDuckDB({ name: 's', tables: {} }),
    series: (rows) => `select range + 1, repeat('x', 100) from range(${rows})`,
    slow: 'select a.range, b.range from range(10000000) a, range(10000000) b where hash(a.range, b.range) % 1000000 = 7',
  },
  {
    name: 'sqlite',
    open: () => openSqlite({ name: 's', file: join(folder, 'empty.db'), concurrency: 1 }),
    series: (rows) =>
      `with recursive c(n) as (select 1 union all select n + 1 from c where n < ${rows}) select n, printf('%.100c', 'x') from c`,
    slow: 'with recursive c(n) as (select 1 union all select n + 1 from c) select n, 1 from c where n % 1000 = 0',
  },
  ...(mariadb === undefined
    ? []
    : [
        {
          name: 'mariadb',
          open: () =>
            openMySql({
              name: 's',
              host: mariadb.hostname,
              port: Number(mariadb.port),
              database: 'information_schema',
              user: 'root',
              password: '',
              tls: false,
              concurrency: 1,
            }),
          series: (rows: number) => `select seq, repeat('x', 100) from test_stream.seq_1_to_${rows}`,
          slow: 'select seq, sleep(0.01) from test_stream.seq_1_to_1000000',
        } satisfies Case,
      ]),
]

const limits = (more: Partial<StreamLimits> = {}): StreamLimits => ({
  signal: new AbortController().signal,
  timeoutMs: 60_000,
  maxRows: 1_000_000,
  ...more,
})

describe.each(CASES)('a stream of $name', ({ name, open, series, slow }) => {
  const opened = (async () => {
    if (name === 'mariadb') {
      // Sequences are named inside a database.
      const { createConnection } = await import('mysql2/promise')
      const admin = await createConnection(process.env.TEST_MARIADB_URL as string)
      await admin.query('create database if not exists test_stream')
      await admin.end()
    }
    return open()
  })()
  afterAll(async () => (await opened).close())

  async function read(sql: string, more: Partial<StreamLimits> = {}) {
    const sizes: number[] = []
    const numbers: number[] = []
    for await (const { columns, rowCount } of (await opened).stream!({ sql, parameters: [] }, limits(more))) {
      sizes.push(rowCount)
      for (const value of columns[0]!) numbers.push(Number(value))
      expect(columns.map((column) => column.length)).toEqual([rowCount, rowCount])
    }
    return { sizes, numbers }
  }

  it('gives every row once, in order, in chunks', async () => {
    const { sizes, numbers } = await read(series(25_000))
    expect(numbers).toEqual(Array.from({ length: 25_000 }, (_, index) => index + 1))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8_192)
    expect(sizes.length).toBeGreaterThan(3)
  })

  it('gives no chunk for no rows', async () => {
    expect(await read(`select * from (${series(5)}) as t where 1 = 0`)).toEqual({ sizes: [], numbers: [] })
  })

  it('fails at one row too many', async () => {
    await expect(read(series(5_000), { maxRows: 4_999, chunkRows: 100 })).rejects.toMatchObject({
      code: 'query_failed',
    })
    expect((await read(series(5_000), { maxRows: 5_000 })).numbers).toHaveLength(5_000)
  })

  it('stops when the reader leaves, and gives the connection to the next', async () => {
    for await (const { rowCount } of (await opened).stream!({ sql: series(1_000_000), parameters: [] }, limits())) {
      expect(rowCount).toBeGreaterThan(0)
      break
    }
    expect((await read(series(10))).numbers).toHaveLength(10)
  })

  it('stops when the signal aborts, also between two chunks', async () => {
    for (const sql of [slow, series(1_000_000)]) {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), 200)
      const reading = (async () => {
        for await (const _ of (await opened).stream!({ sql, parameters: [] }, limits({ signal: controller.signal }))) {
          await sleep(20)
        }
      })()
      await expect(reading).rejects.toMatchObject({ code: 'query_cancelled' })
    }
    expect((await read(series(10))).numbers).toHaveLength(10)
  })

  it('stops at its time limit', async () => {
    await expect(read(slow, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'query_timeout' })
  })

  it('says what is wrong with a statement', async () => {
    const fault = await read('select nothing from nowhere').catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(AnalyticsError)
    expect(fault).toMatchObject({ code: 'query_failed', message: 'the data source s could not answer' })
  })

  it('does not run ahead of a slow reader', async () => {
    const ROWS = 400_000
    let read = 0
    collectGarbage()
    const before = usedBytes()
    let most = 0
    for await (const { rowCount } of (await opened).stream!({ sql: series(ROWS), parameters: [] }, limits())) {
      read += rowCount
      if (read % 50_000 >= rowCount) continue
      // Time to run ahead in.
      await sleep(100)
      collectGarbage()
      most = Math.max(most, usedBytes() - before)
    }
    expect(read).toBe(ROWS)
    // A hundred bytes a row: all of them together would be 40 MB and more.
    expect(most).toBeLessThan(15_000_000)
  })
})

function usedBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** What is left afterwards is in use; garbage would count as rows that wait. */
const collectGarbage = (() => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  return () => {
    collect()
    // A thread of V8 frees what buffers held, in its own time; the next collection waits until it has.
    collect()
  }
})()
