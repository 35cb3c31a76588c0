import type { Granularity } from '@datainsight/core'
import { createFormatter } from '@datainsight/core/format'
import { describe, expect, it } from 'vitest'
import { estimateWidth } from './text-width.ts'
import { timeLabels } from './time-labels.ts'
import { addBuckets, parseLocalTime } from './time-spine.ts'

function labels(first: string, count: number, granularity: Granularity, width: number, locale = 'en-GB') {
  const start = parseLocalTime(first)
  const starts = Float64Array.from({ length: count }, (_, index) => addBuckets(start, index, granularity))
  const options = {
    starts,
    granularity,
    width,
    at: (index: number) => ((index + 0.5) * width) / count,
    fontSize: 12,
    measure: estimateWidth,
    dates: createFormatter({ locale }).dates,
  }
  return timeLabels(options).map(({ text }) => text)
}

describe('timeLabels', () => {
  it('names few days with their weekday', () => {
    expect(labels('2001-03-05T00:00:00.000', 5, 'day', 600)).toEqual([
      'Mon 5 Mar',
      'Tue 6 Mar',
      'Wed 7 Mar',
      'Thu 8 Mar',
      'Fri 9 Mar',
    ])
  })

  it('counts days once their month is named', () => {
    expect(labels('2001-02-27T00:00:00.000', 14, 'day', 640)).toEqual([
      '27 Feb',
      '28',
      '1 Mar',
      ...Array.from({ length: 11 }, (_, day) => String(day + 2)),
    ])
  })

  it('falls back to Mondays, months and quarters as room shrinks', () => {
    const half = (width: number) => labels('2001-01-01T00:00:00.000', 181, 'day', width)
    expect(half(700)).toEqual(['Jan 2001', 'Feb 2001', 'Mar 2001', 'Apr 2001', 'May 2001', 'Jun 2001'])
    expect(half(400)).toEqual(['Jan 2001', 'Feb', 'Mar', 'Apr', 'May', 'Jun'])
    expect(half(200)).toEqual(['Jan 2001', 'Apr 2001'])
    expect(labels('2001-01-01T00:00:00.000', 28, 'day', 400)).toEqual([
      'Mon 1 Jan',
      'Mon 8 Jan',
      'Mon 15 Jan',
      'Mon 22 Jan',
    ])
  })

  it('shows hours as clock times and says where a day begins', () => {
    expect(labels('2001-03-05T00:00:00.000', 48, 'hour', 600)).toEqual([
      '00:00',
      '06:00',
      '12:00',
      '18:00',
      '6 Mar',
      '06:00',
      '12:00',
      '18:00',
    ])
  })

  it('names quarters and years', () => {
    expect(labels('2000-10-01T00:00:00.000', 3, 'quarter', 400)).toEqual(['Q4 2000', 'Q1 2001', 'Q2 2001'])
    expect(labels('1990-01-01T00:00:00.000', 30, 'year', 300)).toEqual(['1990', '1995', '2000', '2005', '2010', '2015'])
  })

  it('speaks the reader’s language', () => {
    expect(labels('2001-01-01T00:00:00.000', 3, 'month', 400, 'nl-BE')).toEqual(['jan 2001', 'feb 2001', 'mrt 2001'])
  })

  it('never lets labels touch', () => {
    for (const granularity of ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const) {
      for (const width of [120, 260, 700, 1_400]) {
        for (const count of [1, 7, 60, 1_000]) {
          const start = parseLocalTime('2001-01-03T05:00:00.000')
          const starts = Float64Array.from({ length: count }, (_, index) => addBuckets(start, index, granularity))
          const at = (index: number) => ((index + 0.5) * width) / count
          const placed = timeLabels({
            starts,
            granularity,
            width,
            at,
            fontSize: 12,
            measure: estimateWidth,
            dates: createFormatter({ locale: 'en' }).dates,
          })
          placed.slice(1).forEach((label, index) => {
            const before = placed[index]!
            const free =
              at(label.index) - at(before.index) - (estimateWidth(label.text, 12) + estimateWidth(before.text, 12)) / 2
            expect(free, `${granularity} ${width} ${before.text} ${label.text}`).toBeGreaterThanOrEqual(8)
          })
          expect(placed.length).toBeGreaterThan(0)
        }
      }
    }
  })
})
