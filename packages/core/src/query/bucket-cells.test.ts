import { expect, it } from 'vitest'
import type { Granularity } from '../schema/query.ts'
import { bucketCells } from './bucket-cells.ts'
import { ISO_RULES, toLocalIso } from './calendar.ts'

const cells = (first: string, end: string, ...sizes: Granularity[]) => {
  const [startMs, endMs] = [Date.parse(`${first}T00:00:00Z`), Date.parse(`${end}T00:00:00Z`)]
  const found = bucketCells({ startMs, endMs, localStartMs: startMs, localEndMs: endMs }, sizes, 'UTC', ISO_RULES)
  if ('problem' in found) return found.problem
  const day = (localMs: number) => toLocalIso(localMs).slice(5, 10)
  return found.map(({ starts, localStart, localEnd }) => [...starts, localStart, localEnd].map(day).join(' '))
}

it('has each combination of buckets that share a moment of the span', () => {
  // Weeks of 26 January and 2 February; the first one lies in two months.
  expect(cells('2026-01-28', '2026-02-04', 'week', 'month')).toEqual([
    '01-26 01-01 01-26 02-01',
    '01-26 02-01 02-01 02-02',
    '02-02 02-01 02-02 02-09',
  ])
  expect(cells('2026-02-01', '2026-02-02', 'month', 'week')).toEqual(['02-01 01-26 02-01 02-02'])
})

it('has the smaller buckets where sizes nest, and the buckets of one size', () => {
  expect(cells('2026-01-31', '2026-02-02', 'year', 'day', 'month')).toEqual([
    '01-01 01-31 01-01 01-31 02-01',
    '01-01 02-01 02-01 02-01 02-02',
  ])
  expect(cells('2026-01-31', '2026-02-01', 'day')).toEqual(['01-31 01-31 02-01'])
  expect(cells('2026-01-31', '2026-01-31', 'week', 'month')).toEqual([])
})

it('says which size has too many', () => {
  expect(cells('2026-01-01', '2026-02-01', 'week', 'second')).toMatch(/more than 10000 seconds/)
})
