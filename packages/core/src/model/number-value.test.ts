import { expect, it } from 'vitest'
import { parseNumber } from './number-value.ts'

it.each([
  [5, { type: 'integer', value: 5 }],
  [-0, { type: 'integer', value: 0 }],
  ['007', { type: 'integer', value: 7 }],
  ['9007199254740993', { type: 'integer', value: '9007199254740993' }],
  ['99999999999999999999', { type: 'decimal', value: '99999999999999999999' }],
  [1.5, { type: 'decimal', value: '1.5' }],
  ['-12.50', { type: 'decimal', value: '-12.50' }],
  ['1e6', { type: 'decimal', value: '1e6' }],
  [1e21, { type: 'decimal', value: '1e+21' }],
])('reads %j', (input, expected) => {
  expect(parseNumber(input)).toEqual(expected)
})

it.each([
  '',
  ' 1',
  '1 ',
  'abc',
  '0x1F',
  '1_000',
  '1,5',
  'NaN',
  'Infinity',
  '1e999',
  '.5',
  '1.',
  '+1',
  '٣',
  '9'.repeat(39),
  true,
  null,
  Number.NaN,
  1n,
])('refuses %s', (input) => {
  expect(parseNumber(input)).toBeUndefined()
})
