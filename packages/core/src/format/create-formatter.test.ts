import { describe, expect, it } from 'vitest'
import type { Cell, Column } from '../schema/result.ts'
import { createFormatter } from './create-formatter.ts'

const column = (extra: Partial<Column> = {}): Column => ({
  name: 'a.b',
  kind: 'measure',
  type: 'number',
  title: 'B',
  ...extra,
})
const BIN = { width: 15, min: -60, max: 180 }

describe('createFormatter', () => {
  const english = createFormatter({ locale: 'en' })

  it.each<[string, Column, Cell, string]>([
    ['integers with separators', column({ type: 'integer' }), 50_231, '50,231'],
    ['digits beyond 2^53', column({ type: 'integer' }), '9007199254740993', '9,007,199,254,740,993'],
    ['units', column({ unit: 'minute' }), 9.6595, '9.66 min'],
    ['a fixed number of digits', column({ fractionDigits: 1 }), 9, '9.0'],
    ['shares', column({ format: 'percent' }), 0.2134, '21.3%'],
    ['money', column({ format: 'currency', currency: 'EUR' }), 1_234.5, '€1,234.50'],
    ['ids without separators', column({ format: 'id', type: 'integer' }), 12_345, '12345'],
    ['a unit that Intl does not know', column({ unit: 'parsec' }), 3, '3'],
    ['weekdays', column({ format: 'weekday' }), 1, 'Monday'],
    ['hours', column({ format: 'hour' }), 14, '14:00'],
    ['null', column(), null, '–'],
    ['zero, which is not null', column(), 0, '0'],
    ['false', column({ type: 'boolean' }), false, 'false'],
    ['text that looks like a number', column({ type: 'string' }), '007', '007'],
    ['days', column({ type: 'time', granularity: 'day' }), '2001-03-05T00:00:00.000', 'Mon, Mar 5, 2001'],
    ['weeks', column({ type: 'time', granularity: 'week' }), '2001-03-05T00:00:00.000', 'Mar 5 – 11, 2001'],
    ['quarters', column({ type: 'time', granularity: 'quarter' }), '2001-04-01T00:00:00.000', 'Q2 2001'],
    ['the first bin, open below', column({ bin: BIN, unit: 'minute' }), -60, '< -45 min'],
    ['a bin', column({ bin: BIN, unit: 'minute' }), 0, '0 – 15 min'],
    ['the last bin, open above', column({ bin: BIN, unit: 'minute' }), 180, '≥ 180 min'],
  ])('shows %s', (_, shown, cell, text) => {
    expect(english.value(shown, cell).replaceAll(/[\u2009\u202f\u00a0]/g, ' ')).toBe(text)
  })

  it('shortens axis labels to three digits and headlines from a million', () => {
    expect(english.axis(column({ unit: 'mile' }), 12_432)).toBe('12.4K mi')
    expect(english.axis(column(), 0.25)).toBe('0.25')
    expect(english.compact(column({ type: 'integer' }), 999_999)).toBe('999,999')
    expect(english.compact(column({ type: 'integer' }), 60_123_456)).toBe('60.1M')
  })

  it('shows an instant in the zone and a bucket as it is', () => {
    const brussels = createFormatter({ locale: 'en', timezone: 'Europe/Brussels' })
    expect(brussels.value(column({ type: 'time' }), '2001-07-01T22:30:00.000Z')).toContain('Jul 2, 2001')
    expect(brussels.value(column({ type: 'time', granularity: 'day' }), '2001-07-01T00:00:00.000')).toContain(
      'Jul 1, 2001',
    )
  })

  it('speaks the reader’s language', () => {
    expect(createFormatter({ locale: 'nl-BE' }).value(column(), 1_234.5)).toBe('1.234,5')
  })

  it('says whether a move is welcome', () => {
    expect(english.change(10, 8, column({ better: 'lower' }))).toEqual({
      text: '+25%',
      ratio: 0.25,
      direction: 'up',
      good: false,
    })
    expect(english.change(8, 10, column({ better: 'lower' }))).toMatchObject({
      text: '-20%',
      direction: 'down',
      good: true,
    })
    expect(english.change(8, 8, column({ better: 'lower' }))).toMatchObject({
      text: '0%',
      direction: 'flat',
      good: null,
    })
    expect(english.change(0.25, 0.2, column({ format: 'percent' }))).toMatchObject({ text: '+5 pp', good: null })
    expect(english.change(5, -10, column())).toMatchObject({ text: '+150%', direction: 'up' })
  })

  it('compares with nothing when there is nothing', () => {
    const none = { text: '', ratio: null, direction: 'none', good: null }
    expect(english.change(5, null, column())).toEqual(none)
    expect(english.change(5, undefined, column())).toEqual(none)
    expect(english.change(5, 0, column())).toEqual(none)
  })

  it('shows a span of whole days without times', () => {
    const text = english
      .range(['2001-01-01T00:00:00.000', '2001-06-30T23:59:59.999'])
      .replaceAll(/[\u2009\u202f]/g, ' ')
    expect(text).toBe('Jan 1 – Jun 30, 2001')
    expect(english.range(['2001-01-01T10:00:00.000', '2001-01-01T11:30:00.000'])).toContain('10:00')
  })
})
