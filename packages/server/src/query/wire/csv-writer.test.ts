import type { Cell, Column, ResultMeta } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { createCsvWriter } from './csv-writer.ts'

const text = (title: string): Column => ({ name: 'a.b', kind: 'dimension', type: 'string', title })
const number = (title: string): Column => ({ name: 'a.c', kind: 'measure', type: 'number', title })

function toCsv(columns: Column[], data: Cell[][], options?: { bom: boolean }): string {
  const writer = createCsvWriter(columns, options)
  const pieces = [writer.head(), writer.rows(data, data[0]?.length ?? 0), writer.end({} as ResultMeta)]
  return Buffer.concat(pieces).toString()
}

describe('createCsvWriter', () => {
  it('writes titles and rows, quoting where needed', () => {
    expect(
      toCsv(
        [text('City, state'), number('Delay')],
        [
          ['Say "hi"', 'a\nb', null],
          [-1.5, 2, null],
        ],
      ),
    ).toBe('"City, state",Delay\r\n"Say ""hi""",-1.5\r\n"a\nb",2\r\n,\r\n')
  })

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\tx',
    '  =1',
    '"=1',
    ';=1',
    '＝1',
    '＋1',
    '－1',
    '＠A1',
    '﹦1',
    "'=1",
    '\ufeff=1',
  ])('FIL-01: takes the formula out of %j, in titles too', (formula) => {
    expect(toCsv([text(formula)], [[formula]])).toMatch(/^"?'.*\r\n"?'/s)
  })

  it('FIL-01: leaves numbers numbers, negative ones and long ones too', () => {
    const decimal: Column = { ...number('d'), type: 'decimal' }
    expect(toCsv([number('n'), decimal], [[-5], ['-9007199254740993.25']])).toBe('n,d\r\n-5,-9007199254740993.25\r\n')
  })

  it.each(['Seattle', '7up', 'Œuvre', 'a=b', 'x-1'])('leaves %j alone', (name) => {
    expect(toCsv([text('t')], [[name]])).toBe(`t\r\n${name}\r\n`)
  })

  it('starts with a byte order mark when asked', () => {
    expect(toCsv([text('é')], [[]], { bom: true })).toBe('\ufeffé\r\n')
  })
})
