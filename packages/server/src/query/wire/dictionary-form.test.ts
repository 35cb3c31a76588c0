import type { Column, ResultSet } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { answerTail, plainBytes } from '../../cache/answer.ts'
import { writeAnswer } from '../write-answer.ts'
import { dictionaryForm, toDictionary } from './dictionary-form.ts'

const city: Column = { name: 'a.city', kind: 'dimension', type: 'string', title: 'City' }
const count: Column = { name: 'a.count', kind: 'measure', type: 'integer', title: 'Count' }
const facts = { rowCount: 9, truncated: false, timezone: 'UTC', refreshedAt: '2001-01-01T00:00:00.000Z' }

describe('dictionaryForm', () => {
  it('replaces repeating texts and nothing else', () => {
    const cities = ['Seattle', 'Denver', null, 'Seattle', 'Seattle', 'Denver', 'Denver', 'Seattle', 'Denver']
    const counts = cities.map((_, index) => index)
    const answer = writeAnswer([city, count], [cities, counts], facts)
    const form = dictionaryForm(answer)
    const read = (bytes: Buffer) => JSON.parse(bytes.toString()) as ResultSet
    const tail = answerTail('id', 'hit', 1)
    expect(read(plainBytes(form, tail))).toEqual({
      ...read(plainBytes(answer, tail)),
      data: [{ dictionary: ['Seattle', 'Denver', null], indices: [0, 1, 2, 0, 0, 1, 1, 0, 1] }, counts],
    })
    expect(form.head.length).toBeLessThan(answer.head.length)
    expect(dictionaryForm(answer)).toBe(form)
  })

  it('is the answer itself when nothing repeats', () => {
    const answer = writeAnswer([city], [['a', 'b']], { ...facts, rowCount: 2 })
    expect(dictionaryForm(answer)).toBe(answer)
  })

  it.each([[[]], [['a', 'b', 'c']], [[1, 1, 1]], [[null, null, null]], [['long text', 1]]])(
    'leaves %j alone',
    (cells) => {
      expect(toDictionary(cells)).toBeUndefined()
    },
  )
})
