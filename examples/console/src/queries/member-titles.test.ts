import type { Meta } from '@datainsight/core'
import { describe, expect, it } from 'vitest'
import { memberFinder, nameQuestion, rebuildQuery } from './member-titles.ts'

const member = (name: string, shortTitle: string, type: string) => ({ name, title: shortTitle, shortTitle, type })
const META = {
  cubes: [
    {
      measures: [member('flights.count', 'Flights', 'integer'), member('flights.delay', 'Delay', 'number')],
      dimensions: [member('flights.date', 'Date', 'time'), member('flights.origin', 'Origin', 'string')],
      segments: [member('flights.late', 'Late', 'string')],
    },
  ],
} as unknown as Meta

describe('a question', () => {
  const asked = ['flights.count', 'flights.date', 'flights.delay', 'flights.origin']

  it('is named by its measures and by what they are broken down by', () => {
    expect(nameQuestion(asked, memberFinder(META))).toEqual({ title: 'Flights, Delay', by: 'Date, Origin' })
    expect(nameQuestion(['flights.origin'], memberFinder(META))).toEqual({ title: 'Origin', by: '' })
  })

  it('is named by the names of its members without a model', () => {
    expect(nameQuestion(['flights.count', 'a.b'], memberFinder(undefined))).toEqual({
      title: 'flights.count, a.b',
      by: '',
    })
  })

  it('becomes a query again, unless a member is gone', () => {
    expect(rebuildQuery([...asked, 'flights.late'], memberFinder(META))).toEqual({
      measures: ['flights.count', 'flights.delay'],
      dimensions: ['flights.origin'],
      segments: ['flights.late'],
      timeDimensions: [{ dimension: 'flights.date', granularity: 'day' }],
    })
    expect(rebuildQuery(['flights.gone'], memberFinder(META))).toBeUndefined()
  })
})
