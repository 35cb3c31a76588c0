import type { Cell, Column } from '@datainsight/core'
import { expect, it } from 'vitest'
import { result } from '../../test/fixture/sample-data.ts'
import { toTsv } from './to-tsv.ts'

const text: Column = { name: 'a.text', kind: 'dimension', type: 'string', title: 'Text' }
const number: Column = { name: 'a.number', kind: 'measure', type: 'decimal', title: '=Number' }
const of = (texts: Cell[], numbers: Cell[]) => toTsv(result([text, number], [texts, numbers])).split('\n')

it('writes titles and raw values', () => {
  expect(of(['a', null], [1.5, '-12.25'])).toEqual(["Text\t'=Number", 'a\t1.5', '\t-12.25'])
})

it('keeps spreadsheets from running what looks like a formula', () => {
  expect(of(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '-5'], [1, 2, 3, 4, 5]).slice(1)).toEqual([
    "'=1+1\t1",
    "'+cmd\t2",
    "'-2+3\t3",
    "'@SUM(A1)\t4",
    '-5\t5',
  ])
})

it('keeps one row on one line', () => {
  expect(of(['a\tb\r\nc'], [1])[1]).toBe('a b c\t1')
})
