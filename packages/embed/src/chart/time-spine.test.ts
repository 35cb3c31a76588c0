import { describe, expect, it } from 'vitest'
import { addBuckets, bucketDistance, formatLocalTime, parseLocalTime, timeSpine } from './time-spine.ts'

const at = (text: string) => parseLocalTime(`${text}T00:00:00.000`)

describe('timeSpine', () => {
  it('fills the days between the first and the last', () => {
    const spine = timeSpine([at('2001-03-04'), at('2001-03-01')], 'day')
    expect([...spine].map((start) => formatLocalTime(start).slice(0, 10))).toEqual([
      '2001-03-01',
      '2001-03-02',
      '2001-03-03',
      '2001-03-04',
    ])
  })

  it('counts months and quarters by the calendar', () => {
    expect(timeSpine([at('2000-11-01'), at('2001-03-01')], 'month')).toHaveLength(5)
    expect(timeSpine([at('2000-10-01'), at('2001-07-01')], 'quarter')).toHaveLength(4)
  })

  it('keeps a bucket that a clock change put off the beat', () => {
    const odd = parseLocalTime('2001-03-25T02:30:00.000')
    expect(
      timeSpine([parseLocalTime('2001-03-25T01:00:00.000'), odd, parseLocalTime('2001-03-25T03:00:00.000')], 'hour'),
    ).toContain(odd)
  })

  it('has nothing for times it cannot read', () => {
    expect(timeSpine([Number.NaN], 'day')).toHaveLength(0)
  })

  it('does not fill finer than anyone could see', () => {
    expect(timeSpine([0, 200_000_000], 'second').length).toBe(2)
  })
})

describe('bucket arithmetic', () => {
  it.each(['hour', 'day', 'week', 'month', 'quarter', 'year'] as const)('goes there and back by %s', (granularity) => {
    const start = at('2001-01-01')
    for (const count of [0, 1, 5, 13])
      expect(bucketDistance(start, addBuckets(start, count, granularity), granularity)).toBe(count)
  })

  it('reads bucket starts as local whatever the machine’s zone', () => {
    expect(formatLocalTime(parseLocalTime('2001-06-30T23:00:00.000'))).toBe('2001-06-30T23:00:00.000')
  })
})
