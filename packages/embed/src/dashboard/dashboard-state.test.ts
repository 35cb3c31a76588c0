import { describe, expect, it } from 'vitest'
import { type DashboardState, decodeState, encodeState } from './dashboard-state.ts'

it('is empty for the defaults', () => {
  expect(encodeState({})).toBe('')
  expect(encodeState({ tables: [] })).toBe('')
  expect(decodeState('')).toEqual({})
})

it.each<DashboardState>([
  { filters: [] },
  { tables: ['top', 'by_day'] },
  {
    filters: [
      {
        and: [
          { member: 'a.b', operator: 'equals', values: ['Zürich', '東京', '?&#%+/='] },
          { member: 'a.c', operator: 'set' },
        ],
      },
    ],
    tables: ['x'],
  },
])('comes back from letters, digits, hyphens and underscores: %j', (state) => {
  const text = encodeState(state)
  expect(text).toMatch(/^[\w-]+$/)
  expect(decodeState(text)).toEqual(state)
})

describe('a text that was not written here', () => {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  it.each([
    ['cut off', encodeState({ tables: ['abcdef'] }).slice(0, -4)],
    ['no base64', '%%%'],
    ['a number', encoded(5)],
    ['null', encoded(null)],
    ['filters that are no list', encoded({ filters: {} })],
    ['a filter without a member', encoded({ filters: [{ operator: 'equals' }] })],
    ['tables that are no names', encoded({ tables: [1] })],
    ['much too long', 'A'.repeat(20_001)],
  ])('is refused: %s', (_, text) => {
    expect(decodeState(text)).toBeUndefined()
  })

  it('changes no prototype', () => {
    const state = decodeState(Buffer.from('{"filters":[],"__proto__":{"polluted":1}}').toString('base64url'))
    expect(state).toEqual({ filters: [] })
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})
