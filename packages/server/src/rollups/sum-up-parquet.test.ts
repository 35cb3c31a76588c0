import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RollupColumn } from '@datainsight/core/compile'
import { afterAll, expect, it } from 'vitest'
import type { RawValue } from '../data-sources/data-source.ts'
import { withScratch } from './scratch-duckdb.ts'
import { sumUpParquet } from './sum-up-parquet.ts'
import { writeParquet } from './write-parquet.ts'

const folder = mkdtempSync(join(tmpdir(), 'datainsight-levels-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const COLUMNS: readonly RollupColumn[] = [
  { name: 't0', holds: 'time' },
  { name: 'd0', holds: 'text' },
  { name: 'm0', holds: 'number', adds: 'sum' },
  { name: 'm1', holds: 'number', adds: 'max' },
  { name: 'm2', holds: 'number' },
]

async function write(name: string, columns: readonly (readonly RawValue[])[]): Promise<string> {
  async function* chunks() {
    yield { columns, rowCount: columns[0]?.length ?? 0 }
  }
  const path = join(folder, name)
  await writeParquet(path, COLUMNS, chunks(), new AbortController().signal)
  return path
}

function read(path: string): Promise<unknown[]> {
  return withScratch(`${path}.read`, async (connection) => {
    const types = await connection.runAndReadAll(`describe select * from '${path}'`)
    const rows = await connection.runAndReadAll(`select columns(*)::varchar from '${path}' order by all`)
    return [types.getRows().map(([name, type]) => `${name} ${type}`), ...rows.getRows()]
  })
}

const DAYS = ['2026-01-01 00:00:00', '2026-01-01 00:00:00', null]

it('adds up the rows of all files without losing a digit', async () => {
  const files = [
    await write('a.parquet', [DAYS, ['x', 'y', null], ['1', '9007199254740993', null], ['1.25', null, '2'], [1, 2, 3]]),
    await write('b.parquet', [DAYS, ['x', null, 'x'], ['4', '5', null], ['1.5', '0.125', '-2'], [1, 2, 3]]),
  ]
  const path = join(folder, 'level.parquet')
  expect(await sumUpParquet(path, COLUMNS, [], files)).toMatchObject({ rows: 2 })
  expect(await read(path)).toEqual([
    ['t0 TIMESTAMP', 'm0 BIGINT', 'm1 DECIMAL(4,3)'],
    ['2026-01-01 00:00:00', '9007199254741003', '1.500'],
    [null, null, '2.000'],
  ])
  expect(await sumUpParquet(path, COLUMNS, ['d0'], files)).toMatchObject({ rows: 5 })
})

it('keeps sums that 64 bits do not hold', async () => {
  const most = '999999999999999999'
  const nulls = Array.from({ length: 12 }, () => null)
  const file = await write('wide.parquet', [nulls, nulls, nulls.map(() => most), nulls, nulls])
  const path = join(folder, 'wide-level.parquet')
  await sumUpParquet(path, COLUMNS, [], [file])
  expect(await read(path)).toEqual([
    ['t0 TIMESTAMP', 'm0 DECIMAL(38,0)', 'm1 BIGINT'],
    [null, '11999999999999999988', null],
  ])
})

it('makes no level where what should be added up is no number', async () => {
  const file = await write('text.parquet', [[null], [null], ['a lot'], [null], [null]])
  expect(await sumUpParquet(join(folder, 'none.parquet'), COLUMNS, [], [file])).toBeUndefined()
})
