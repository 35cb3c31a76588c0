import { beforeAll, describe, expect, it } from 'vitest'
import { FlightsTruth } from './flights-truth.ts'

const HALF_YEAR = ['2001-01-01', '2001-06-30'] as const

describe('the independent SQL', () => {
  let truth: FlightsTruth
  beforeAll(async () => {
    truth = await FlightsTruth.open()
  })

  it.each([
    { origin: 'SEA', flights: 50_231, averageDelay: 9.6595 },
    { origin: 'DEN', flights: 66_923, averageDelay: 11.0717 },
  ])('finds the known figures of $origin', async ({ origin, flights, averageDelay }) => {
    const headline = await truth.headline({ origin, days: HALF_YEAR })
    expect(headline.flights).toBe(flights)
    expect(headline.averageDelay).toBeCloseTo(averageDelay, 4)
  })

  it('counts each flight once in every breakdown', async () => {
    const selection = { origin: 'SEA', days: HALF_YEAR }
    const sum = (rows: (string | number | null)[][], column: number) =>
      rows.reduce((total, row) => total + Number(row[column]), 0)
    expect(sum(await truth.byDay(selection), 1)).toBe(50_231)
    expect(sum(await truth.byWeekdayAndHour(selection), 2)).toBe(50_231)
    expect(sum(await truth.byDelay(selection), 1)).toBe(50_231)
    expect(sum(await truth.routes(selection), 3)).toBe(50_231)
    expect(await truth.topDestinations(selection)).toHaveLength(15)
  })
})
