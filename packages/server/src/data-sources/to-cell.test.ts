import type { Cell, ColumnType } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import type { RawValue } from './data-source.ts'
import { type CellColumn, toCell, toCells } from './to-cell.ts'

describe('toCell', () => {
  it.each([
    [9_007_199_254_740_991n, 9_007_199_254_740_991],
    [9_007_199_254_740_992n, '9007199254740992'],
    [-9_223_372_036_854_775_808n, '-9223372036854775808'],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740993', '9007199254740993'],
    ['-0', -0],
    [42, 42],
    [true, 1],
  ])('keeps the integer %s exact', (value, cell) => {
    expect(toCell(value, { type: 'integer' })).toBe(cell)
  })

  it.each([
    ['9.6595129701976866', 9.659512970197687],
    ['123456789012345678.5', '123456789012345678.5'],
    [1e300, 1e300],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
    ['NaN', null],
    ['Infinity', null],
  ])('gives the number %s as a JSON number where that is the same value', (value, cell) => {
    expect(toCell(value, { type: 'number' })).toBe(cell)
  })

  it.each([
    ['0.10', '0.10'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
    [10n, '10'],
    [1e21, '1000000000000000000000'],
    [-1.5e-7, '-0.00000015'],
    [1.25, '1.25'],
    ['NaN', null],
  ])('writes the decimal %s as a decimal string', (value, cell) => {
    expect(toCell(value, { type: 'decimal' })).toBe(cell)
  })

  it.each([
    ['2001-01-01 00:00:00', '2001-01-01T00:00:00.000Z'],
    ['2001-01-01 00:00:00.123456+00', '2001-01-01T00:00:00.123456Z'],
    ['2001-01-01T10:20:30.120Z', '2001-01-01T10:20:30.120Z'],
    ['2001-01-01', '2001-01-01T00:00:00.000Z'],
    ['infinity', null],
    ['0044-03-15 00:00:00 BC', '-000043-03-15T00:00:00.000Z'],
  ])('writes the time %s in ISO 8601', (value, cell) => {
    expect(toCell(value, { type: 'time' })).toBe(cell)
  })

  it('leaves the offset out of bucketed times, which are local', () => {
    expect(toCell('2001-01-01 00:00:00', { type: 'time', granularity: 'day' })).toBe('2001-01-01T00:00:00.000')
  })

  it('keeps null in every type and never makes 0 or "" of it', () => {
    for (const type of ['string', 'integer', 'number', 'decimal', 'boolean', 'time', 'geo'] as const) {
      expect(toCells([null, null], { type })).toEqual([null, null])
    }
  })

  it('keeps text and booleans', () => {
    expect(toCells(['', 'a', 5n], { type: 'string' })).toEqual(['', 'a', '5'])
    expect(toCells([true, false, 't', 'f', 0], { type: 'boolean' })).toEqual([true, false, true, false, false])
  })
})

describe('FLT-22: times far away', () => {
  it.each([
    ['12345-02-03 04:05:06', '+012345-02-03T04:05:06.000Z'],
    ['+012345-02-03T04:05:06.007', '+012345-02-03T04:05:06.007Z'],
    ['294276-12-31 23:59:59.999999', '+294276-12-31T23:59:59.999999Z'],
    ['0001-12-31 00:00:00 BC', '0000-12-31T00:00:00.000Z'],
    ['0044-03-15 00:00:00 BC', '-000043-03-15T00:00:00.000Z'],
    ['-000043-03-15T00:00:00.000', '-000043-03-15T00:00:00.000Z'],
    ['0001-01-01 00:00:00', '0001-01-01T00:00:00.000Z'],
    ['2001-01-01T10:11:12.345', '2001-01-01T10:11:12.345Z'],
    ['2001-01-01 10:11:12.345', '2001-01-01T10:11:12.345Z'],
    ['2001-01-01 10:11:12.345600', '2001-01-01T10:11:12.3456Z'],
  ])('writes %j exactly', (raw, cell) => {
    expect(toCell(raw, { type: 'time' })).toBe(cell)
    if (!cell.includes('999999') && !cell.includes('3456Z'))
      expect(Number.isNaN(Date.parse(cell))).toBe(cell.startsWith('+294276'))
  })

  it.each([
    [2n ** 53n - 1n, 9_007_199_254_740_991],
    [2n ** 53n, '9007199254740992'],
    [-(2n ** 53n) + 1n, -9_007_199_254_740_991],
    [2n ** 63n, '9223372036854775808'],
    [-(2n ** 127n), '-170141183460469231731687303715884105728'],
  ])('writes %s exactly', (raw, cell) => {
    expect(toCell(raw, { type: 'integer' })).toBe(cell)
  })
})

describe('FLT-22: values that a cell cannot say', () => {
  const lossOf = (raw: RawValue, column: CellColumn) => {
    const codes: string[] = []
    const cells = toCells([raw, null], column, { onLoss: (code) => codes.push(code) })
    return [cells, codes]
  }

  it.each<[RawValue, ColumnType, string, Cell]>([
    [Number.NaN, 'number', 'not_finite', Number.NaN],
    [Number.NEGATIVE_INFINITY, 'integer', 'not_finite', Number.NEGATIVE_INFINITY],
    ['NaN', 'number', 'not_finite', Number.NaN],
    ['-Infinity', 'number', 'not_finite', Number.NEGATIVE_INFINITY],
    ['inf', 'number', 'not_finite', Number.POSITIVE_INFINITY],
    ['NaN', 'decimal', 'not_finite', 'NaN'],
    [Number.POSITIVE_INFINITY, 'decimal', 'not_finite', 'Infinity'],
    ['infinity', 'time', 'not_finite', 'infinity'],
    ['-infinity', 'time', 'not_finite', '-infinity'],
    ['0000-00-00 00:00:00', 'time', 'no_date', '0000-00-00 00:00:00'],
    ['2001-00-10', 'time', 'no_date', '2001-00-10'],
    ['2001-13-01 00:00:00', 'time', 'no_date', '2001-13-01 00:00:00'],
    ['2001-02-29T00:00:00.000', 'time', 'no_date', '2001-02-29T00:00:00.000'],
    ['1900-02-29', 'time', 'no_date', '1900-02-29'],
    ['2001-04-31 10:00:00.5', 'time', 'no_date', '2001-04-31 10:00:00.5'],
    ['2001-01-01 24:00:00', 'time', 'no_date', '2001-01-01 24:00:00'],
    ['2001-01-01 10:60:00.000', 'time', 'no_date', '2001-01-01 10:60:00.000'],
  ])('tells of %j in a column of type %s, which is null', (raw, type, code, exact) => {
    expect(lossOf(raw, { type })).toEqual([[null, null], [code]])
    expect(toCells([raw, null], { type }, { exact: true })).toEqual([exact, null])
  })

  it('tells of a time that is too far away, and refuses it where null would go unnoticed', () => {
    expect(lossOf('out of range', { type: 'time' })).toEqual([[null, null], ['no_date']])
    expect(() => toCells(['out of range'], { type: 'time' }, { exact: true })).toThrow(
      'the column time holds a value that cannot be written',
    )
  })

  it('knows the days of leap years', () => {
    for (const day of ['2000-02-29', '2004-02-29', '0004-02-29', '2001-12-31', '+012344-02-29'])
      expect(toCell(`${day} 00:00:00`, { type: 'time' })).toBe(`${day}T00:00:00.000Z`)
  })

  it('tells of text whose bytes are no UTF-8, and leaves it', () => {
    expect(lossOf('caf\ufffd', { type: 'string' })).toEqual([['caf\ufffd', null], ['not_text']])
    expect(lossOf('café \ud83d\ude00', { type: 'string' })).toEqual([['café 😀', null], []])
  })

  it.each<[RawValue, ColumnType]>([
    ['abc', 'number'],
    ['', 'number'],
    [' ', 'integer'],
    ['1 ', 'number'],
    ['0x1F', 'number'],
    ['0b1', 'integer'],
    ['1_000', 'number'],
    ['2001-01-01', 'number'],
    ['abc', 'decimal'],
    ['', 'decimal'],
    ['.', 'decimal'],
    ['1e9999', 'decimal'],
    ['yes', 'boolean'],
    ['', 'boolean'],
    [Number.NaN, 'boolean'],
    ['abc', 'time'],
    ['', 'time'],
    ['12:30', 'time'],
    [5, 'time'],
    [true, 'time'],
  ])('refuses %j in a column of type %s by its name', (raw, type) => {
    expect(() => toCells([null, raw], { type, name: 'orders.amount' })).toThrow(
      expect.objectContaining({
        code: 'query_failed',
        message: expect.stringMatching(
          new RegExp(`^the data source answered .* that is no ${type} for the column orders.amount$`),
        ),
      }),
    )
  })

  it.each<[RawValue, ColumnType, Cell]>([
    ['1e5', 'number', 100_000],
    ['1e300', 'number', 1e300],
    ['.5', 'number', 0.5],
    ['1E+3', 'decimal', '1000'],
    ['-1.25e-3', 'decimal', '-0.00125'],
    ['.5', 'decimal', '0.5'],
    [0, 'decimal', '0'],
    ['FALSE', 'boolean', false],
    [0, 'boolean', false],
  ])('reads %j in a column of type %s as %j', (raw, type, cell) => {
    expect(lossOf(raw, { type })).toEqual([[cell, null], []])
  })
})
