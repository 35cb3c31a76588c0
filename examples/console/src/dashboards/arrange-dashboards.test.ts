import { describe, expect, it } from 'vitest'
import { arrangeDashboards } from './arrange-dashboards.ts'

const dashboard = (title: string, updatedAt: string, description?: string) => ({
  id: title,
  slug: title.toLowerCase(),
  title,
  ...(description && { description }),
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt,
})

const ALL = [
  dashboard('Week 10', '2026-03-01T00:00:00.000Z'),
  dashboard('Week 9', '2026-03-03T00:00:00.000Z', 'Delays of the week'),
  dashboard('Departures', '2026-03-02T00:00:00.000Z', 'Flights and delays'),
]
const titles = (search: string, column: 'title' | 'updatedAt', descending: boolean) =>
  arrangeDashboards(ALL, search, { column, descending }).map(({ title }) => title)

describe('arrangeDashboards', () => {
  it('sorts titles as people count', () => {
    expect(titles('', 'title', false)).toEqual(['Departures', 'Week 9', 'Week 10'])
  })

  it('puts the newest first when asked', () => {
    expect(titles('', 'updatedAt', true)).toEqual(['Week 9', 'Departures', 'Week 10'])
  })

  it('keeps those with every word, in any case and place', () => {
    expect(titles('DELAYS flights', 'title', false)).toEqual(['Departures'])
    expect(titles('nothing', 'title', false)).toEqual([])
  })

  it('leaves its input alone', () => {
    titles('', 'title', true)
    expect(ALL[0]?.title).toBe('Week 10')
  })
})
