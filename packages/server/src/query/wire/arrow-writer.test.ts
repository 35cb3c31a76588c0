import type { Cell, Column, ColumnType, ResultMeta } from '@datainsight/core'
import { tableFromIPC } from '@uwdata/flechette'
import { describe, expect, it } from 'vitest'
import { createArrowWriter } from './arrow-writer.ts'

const column = (type: ColumnType, extra: Partial<Column> = {}): Column => ({
  name: `t.${type}`,
  kind: 'dimension',
  type,
  title: type,
  ...extra,
})

function roundTrip(columns: Column[], ...pieces: Cell[][][]) {
  const writer = createArrowWriter(columns)
  const bytes = Buffer.concat([
    writer.head(),
    ...pieces.map((data) => writer.rows(data, data[0]?.length ?? 0)),
    writer.end({} as ResultMeta),
  ])
  return tableFromIPC(bytes, { useBigInt: true, useBigIntTimestamp: true } as object)
}

const valuesOf = (table: ReturnType<typeof roundTrip>) => [...(table.getChildAt(0)?.toArray() ?? [])]

describe('createArrowWriter', () => {
  it('keeps every kind of value, nulls and pieces', () => {
    const columns = [
      column('string'),
      column('integer'),
      column('number'),
      column('decimal'),
      column('boolean'),
      column('time'),
      column('time', { name: 't.day', granularity: 'day', kind: 'time' }),
    ]
    const first: Cell[][] = [
      ['a', null, 'é😀'],
      [1, null, '9223372036854775807'],
      [0.1, null, -5],
      ['12345678901234567890.000000000000000001', null, '-1'],
      [true, null, false],
      ['2001-01-01T00:00:00.001Z', null, '1969-12-31T23:59:59.999999Z'],
      ['2001-03-25T00:00:00.000', null, '0001-01-01T00:00:00.000'],
    ]
    const second: Cell[][] = [['z'], [-7], ['1e21'.length], ['0.10'], [true], ['2024-02-29T12:00:00.000Z'], [null]]
    const table = roundTrip(columns, first, second)
    expect(table.numRows).toBe(4)
    const days = (date: string) => BigInt(Date.parse(date)) * 1_000n
    expect(table.toColumns()).toEqual({
      't.string': ['a', null, 'é😀', 'z'],
      't.integer': [1n, null, 9_223_372_036_854_775_807n, -7n],
      't.number': [0.1, null, -5, 4],
      't.decimal': ['12345678901234567890.000000000000000001', null, '-1', '0.10'],
      't.boolean': [true, null, false, true],
      't.time': [978_307_200_001_000n, null, -1n, days('2024-02-29T12:00:00Z')],
      't.day': [days('2001-03-25'), null, days('0001-01-01'), null],
    })
    const [, , , decimal, , time, day] = table.schema.fields
    expect(time?.type).toMatchObject({ unit: 2, timezone: 'UTC' })
    expect(day?.type).toMatchObject({ unit: 2, timezone: null })
    expect(decimal?.metadata?.get('datainsight:type')).toBe('decimal')
  })

  it('writes a result without rows', () => {
    const table = roundTrip([column('string'), column('integer')])
    expect([table.numRows, table.names]).toEqual([0, ['t.string', 't.integer']])
  })

  it('reads dates of any year as Date does', () => {
    const years = [1, 400, 1582, 1600, 1900, 1969, 1970, 1999, 2000, 2100, 2400, 9999]
    const texts = years.flatMap((year) =>
      ['01-01', '02-28', '03-01', '12-31'].map((day) => `${String(year).padStart(4, '0')}-${day}T13:14:15.016Z`),
    )
    const table = roundTrip([column('time')], [texts])
    expect(valuesOf(table)).toEqual(texts.map((text) => BigInt(Date.parse(text)) * 1_000n))
    const far = roundTrip([column('time')], [['+012345-02-03T00:00:00.000Z', '-000043-03-15T00:00:00.000Z']])
    expect(valuesOf(far)).toEqual(
      ['+012345-02-03', '-000043-03-15'].map((date) => BigInt(Date.parse(`${date}T00:00:00Z`)) * 1_000n),
    )
  })

  it.each<[ColumnType, Cell]>([
    ['integer', '9223372036854775808'],
    ['integer', '-9223372036854775809'],
    ['number', '9007199254740993'],
    ['number', '12345678901234567890.5'],
    ['time', 'infinity'],
    ['time', '+294277-01-10T04:00:54.776Z'],
  ])('FLT-22: refuses a %s that it could only round: %j', (type, value) => {
    const writer = createArrowWriter([column(type)])
    expect(() => writer.rows([[value]], 1)).toThrow(expect.objectContaining({ code: 'query_failed' }))
  })

  it('FLT-22: takes a number beyond 2^53 that a double holds', () => {
    const table = roundTrip([column('number')], [['9007199254740994', '-9007199254740992.00']])
    expect(valuesOf(table)).toEqual([9_007_199_254_740_994, -9_007_199_254_740_992])
  })
})
