import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { AnalyticsError } from '@datainsight/core'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataSource } from './data-source.ts'
import { openDuckDB, openDuckDBFolder } from './duckdb.ts'

let folder: string
let file: string
let writer: DuckDBConnection
let source: DataSource

const write = (path: string, select: string) => writer.run(`copy (${select}) to '${path}' (format parquet)`)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'datainsight-prepared-'))
  file = join(folder, 't.parquet')
  writer = await (await DuckDBInstance.create(':memory:')).connect()
  await write(file, 'select i as a from range(10) t(i)')
  // One connection at a time is asked here, so each statement finds what the one before it left.
  source = await openDuckDB({ name: 'files', tables: { t: { file } } })
})

afterAll(async () => {
  await source.close()
  writer.closeSync()
  rmSync(folder, { recursive: true })
})

async function firstRow(
  sql: string,
  parameters: readonly unknown[] = [],
  { timeoutMs = 60_000, of = source } = {},
): Promise<unknown[]> {
  const limits = { signal: new AbortController().signal, timeoutMs, maxRows: 1_000 }
  const { columns } = await of.query({ sql, parameters }, limits)
  return columns.map((column) => column[0])
}

const told = async (sql: string) => {
  await setTimeout(2)
  return (await firstRow(sql))[0]
}

describe('statements that stay prepared', () => {
  it('take other values each time, of other types too', async () => {
    const sql = 'select count(*), $1 from t where a >= $2'
    expect(await firstRow(sql, ['x', 5])).toEqual([5n, 'x'])
    expect(await firstRow(sql, ['y', 8])).toEqual([2n, 'y'])
    expect(await firstRow(sql, ['z', 7.5])).toEqual([2n, 'z'])
    expect(await firstRow(sql, [3, '9'])).toEqual([1n, 3n])
    expect(await firstRow(sql, [null, null])).toEqual([0n, null])
    expect(await firstRow(sql, ['x', 5])).toEqual([5n, 'x'])
  })

  it('read a file that was written, replaced or gained columns since', async () => {
    const questions: readonly (readonly [string, readonly unknown[]])[] = [
      ['select count(*) from t', []],
      ['select count(*) from t where a >= $1', [0]],
    ]
    const counts = () => Promise.all(questions.map(async ([sql, parameters]) => (await firstRow(sql, parameters))[0]))
    await write(file, 'select i as a from range(10) t(i)')
    expect(await counts()).toEqual([10n, 10n])
    await write(join(folder, 'next.parquet'), 'select i as a from range(20) t(i)')
    renameSync(join(folder, 'next.parquet'), file)
    expect(await counts()).toEqual([20n, 20n])
    await write(file, 'select i as a from range(3) t(i)')
    expect(await counts()).toEqual([3n, 3n])
    await write(file, "select 'text' as b, i as a from range(4) t(i)")
    expect(await counts()).toEqual([4n, 4n])
  })

  it('read the table that has its name now', async () => {
    const of = await openDuckDBFolder({ name: 'folder', directory: folder })
    const [few, many] = [join(folder, 'few.parquet'), join(folder, 'many.parquet')]
    await write(few, 'select i as a from range(2) t(i)')
    await write(many, 'select i as a from range(9) t(i)')
    for (const isLoaded of [false, true]) {
      const count = async () => [
        ...(await firstRow('select count(*) from s', [], { of })),
        ...(await firstRow('select count(*) from s where a >= $1', [1], { of })),
      ]
      await of.defineTable('s', [few], isLoaded)
      expect(await count()).toEqual([2n, 1n])
      await of.defineTable('s', [many], isLoaded)
      expect(await count()).toEqual([9n, 8n])
      await of.defineTable('s', [few, many], isLoaded)
      expect(await count()).toEqual([11n, 9n])
      await of.dropTable('s')
      await expect(count()).rejects.toThrow(AnalyticsError)
    }
    await of.close()
  })

  it('say what a statement prepared anew would, whatever function tells something new each time', async () => {
    const functions = await writer.runAndReadAll(
      "select distinct function_name from duckdb_functions() where function_type = 'scalar' and len(parameters) = 0 order by 1",
    )
    const moving = [
      ...functions.getRows().map(([name]) => `${name}()`),
      'localtime',
      'localtimestamp',
      'current_timestamp',
    ]
    let seen = 0
    for (const call of moving) {
      for (const from of ['', ' from t limit 1']) {
        const sql = `select (${call})::varchar${from}`
        const fresh = await Promise.all([1, 2].map((number) => told(`${sql} -- ${number}`))).catch(() => undefined)
        // Not every one can be called without arguments, and the source refuses some.
        if (fresh === undefined || fresh[0] === fresh[1]) continue
        seen++
        const before = await told(sql)
        await expect.poll(() => told(sql), { message: sql }).not.toBe(before)
      }
    }
    // now, random, uuid and their other names
    expect(seen).toBeGreaterThan(16)
  })

  it('forget the values of the caller before', async () => {
    const sql = 'select $1, $2'
    expect(await firstRow(sql, ['mine', 'mine too'])).toEqual(['mine', 'mine too'])
    await expect(firstRow(sql, ['yours'])).rejects.toThrow(AnalyticsError)
    expect(await firstRow(sql, ['a', 'b'])).toEqual(['a', 'b'])
  })

  it('are made anew after one failed or was stopped', async () => {
    const failing = 'select 1 / count(*), cast($1 as integer) from t'
    await expect(firstRow(failing, ['word'])).rejects.toThrow(AnalyticsError)
    expect((await firstRow(failing, ['7']))[1]).toBe(7n)
    const long = 'select count(*) from range($1::bigint) a, range($1::bigint) b where hash(a.range, b.range) = 7'
    await expect(firstRow(long, [10_000_000], { timeoutMs: 200 })).rejects.toMatchObject({ code: 'query_timeout' })
    expect(await firstRow(long, [2])).toEqual([0n])
  })

  it('are no more than are of use', async () => {
    for (let number = 0; number < 250; number++) {
      expect(await firstRow(`select ${number} + $1`, [1])).toEqual([BigInt(number + 1)])
    }
    expect(await firstRow('select 0 + $1', [5])).toEqual([5n])
  })
})
