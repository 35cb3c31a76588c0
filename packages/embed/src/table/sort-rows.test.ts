import type { Cell, Column } from '@datainsight/core'
import { expect, it } from 'vitest'
import { result } from '../../test/fixture/sample-data.ts'
import { nextSort, sortRows } from './sort-rows.ts'

const column = (type: Column['type']): Column => ({ name: 'a.b', kind: 'dimension', type, title: 'B' })
const sorted = (type: Column['type'], cells: Cell[], direction: 'asc' | 'desc') =>
  Array.from(sortRows(result([column(type)], [cells]), { member: 'a.b', direction }, 'en') ?? [], (row) => cells[row])

it('compares decimal strings as numbers', () => {
  expect(sorted('decimal', ['10.5', '9', '-3', '100'], 'asc')).toEqual(['-3', '9', '10.5', '100'])
})

it('compares texts as readers do', () => {
  expect(sorted('string', ['Gate 10', 'gate 2', 'Éa', 'eb'], 'asc')).toEqual(['Éa', 'eb', 'gate 2', 'Gate 10'])
})

it('puts empty cells last both ways and keeps the order of equals', () => {
  expect(sorted('number', [null, 2, 1, null], 'asc')).toEqual([1, 2, null, null])
  expect(sorted('number', [null, 2, 1, null], 'desc')).toEqual([2, 1, null, null])
  const rows = sortRows(result([column('number')], [[1, 1, 1]]), { member: 'a.b', direction: 'desc' }, 'en')
  expect([...(rows ?? [])]).toEqual([0, 1, 2])
})

it('leaves a result alone that has no such column', () => {
  expect(sortRows(result([column('string')], [['a']]), { member: 'a.gone', direction: 'asc' }, 'en')).toBeUndefined()
})

it('offers the largest number and the first letter first', () => {
  const [number, text] = [column('integer'), column('string')]
  expect(nextSort(number, undefined)).toEqual({ member: 'a.b', direction: 'desc' })
  expect(nextSort(number, { member: 'a.b', direction: 'desc' })).toEqual({ member: 'a.b', direction: 'asc' })
  expect(nextSort(number, { member: 'a.b', direction: 'asc' })).toBeUndefined()
  expect(nextSort(text, { member: 'a.other', direction: 'asc' })).toEqual({ member: 'a.b', direction: 'asc' })
})
