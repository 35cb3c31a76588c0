import { describe, expect, it } from 'vitest'
import { readNumber, showsNumber } from './read-number.ts'

describe('readNumber', () => {
  it.each([
    ['50,231', 50_231],
    ['9.7 min', 9.7],
    ['36.1M mi', 36_100_000],
    ['12.4%', 0.124],
    ['−4.2 %', -0.042],
    ['-60 – -45', -60],
    ['2 mi', 2],
  ])('reads %s', (text, value) => {
    expect(readNumber(text)?.value).toBeCloseTo(value, 9)
  })

  it('finds no number in a dash', () => {
    expect(readNumber('–')).toBeUndefined()
  })
})

describe('showsNumber', () => {
  it('takes a rounded number and refuses a wrong one', () => {
    expect(showsNumber('9.7 min', 9.6595)).toBe(true)
    expect(showsNumber('9.6 min', 9.6595)).toBe(false)
    expect(showsNumber('50.2K', 50_231)).toBe(true)
    expect(showsNumber('50.3K', 50_231)).toBe(false)
    expect(showsNumber('50,231', 50_230)).toBe(false)
    expect(showsNumber('–', null)).toBe(true)
    expect(showsNumber('0', null)).toBe(false)
  })
})
