import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GRANULARITIES } from '../../src/schema/query.ts'
import { adminSecurity, compileShop, openDuckdb, openPostgres, type ShopDatabase } from '../fixtures.ts'
import { rowsOf } from '../matchers.ts'

const databases: ShopDatabase[] = []
beforeAll(async () => {
  databases.push(await openPostgres(), await openDuckdb())
})
afterAll(async () => {
  for (const database of databases) await database.close()
})

const ZONES = [
  'UTC',
  'Europe/Brussels',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Africa/Casablanca',
]
const YEAR = ['2026-01-01', '2026-12-31']

/** Local start of a bucket by `Intl` and the calendar, without any code of ours. */
function localDay(instant: string, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant))
}

describe.each(ZONES)('in %s', (timezone) => {
  it.each(['orders.created_at', 'orders.paid_at'])(
    'buckets %s by local day, bounded or not, on both databases',
    async (dimension) => {
      const instants = [
        '2026-01-31T23:30Z',
        '2026-02-01T00:30Z',
        '2026-03-29T00:30Z',
        '2026-03-29T01:30Z',
        '2026-10-25T00:30Z',
      ]
      const expected = [...new Set(instants.map((instant) => `${localDay(instant, timezone)}T00:00:00.000`))]
      for (const database of databases) {
        for (const dateRange of [undefined, YEAR]) {
          const compiled = compileShop(
            { timeDimensions: [{ dimension, granularity: 'day', ...(dateRange && { dateRange }) }], timezone },
            { dialect: database.dialect, security: adminSecurity({ roles: [], attributes: { tenant: 'a' } }) },
          )
          expect((await rowsOf(database, compiled)).map(([day]) => day)).toEqual(expected)
        }
      }
    },
  )

  it('gives the same buckets of every size, by conversion and by offset', async () => {
    for (const granularity of GRANULARITIES) {
      const answers: unknown[] = []
      for (const database of databases) {
        for (const dateRange of [undefined, YEAR]) {
          const timeDimensions = [{ dimension: 'orders.created_at', granularity, ...(dateRange && { dateRange }) }]
          const compiled = compileShop(
            { measures: ['orders.count'], timeDimensions, timezone },
            { dialect: database.dialect },
          )
          answers.push(await rowsOf(database, compiled))
        }
      }
      expect(answers.slice(1)).toEqual([answers[0], answers[0], answers[0]])
    }
  })
})

it('starts weeks on Monday', async () => {
  const query = {
    measures: ['orders.count'],
    timeDimensions: [{ dimension: 'orders.created_at', granularity: 'week' as const }],
  }
  for (const database of databases) {
    const rows = await rowsOf(database, compileShop(query, { dialect: database.dialect }))
    expect(rows).toEqual([
      ['2026-01-26T00:00:00.000', 2],
      ['2026-03-23T00:00:00.000', 2],
      ['2026-10-19T00:00:00.000', 1],
    ])
  }
})

it('adds offsets in DuckDB where the span is known, and converts where it is not', () => {
  const statement = (dateRange?: string[]) =>
    compileShop(
      {
        measures: ['orders.count'],
        timeDimensions: [{ dimension: 'orders.created_at', granularity: 'day', ...(dateRange && { dateRange }) }],
        timezone: 'Europe/Brussels',
      },
      { dialect: 'duckdb' },
    )
  expect(statement()).toMatchObject({
    sql: expect.stringContaining(
      `date_trunc('day', cast("orders".created_at as timestamp) at time zone 'UTC' at time zone $1)`,
    ),
    parameters: ['Europe/Brussels', 'a', 10_001],
  })
  expect(statement(['2026-01-01', '2026-01-31'])).toMatchObject({
    sql: expect.stringContaining(
      `date_trunc('day', cast("orders".created_at as timestamp) + to_seconds(cast($1 as bigint)))`,
    ),
    parameters: [3600, 'a', '2025-12-31T23:00:00.000Z', '2026-01-31T23:00:00.000Z', 10_001],
  })
  expect(statement(['2026-03-01', '2026-03-31']).parameters.slice(0, 3)).toEqual([
    '2026-03-29T01:00:00.000Z',
    3600,
    7200,
  ])
  expect(statement(['1990-01-01', '2025-12-31']).sql).toContain('at time zone $1')
})

it('needs no conversion in UTC', () => {
  for (const dialect of ['postgres', 'duckdb'] as const) {
    const { sql } = compileShop(
      { timeDimensions: [{ dimension: 'orders.created_at', granularity: 'month' }] },
      { dialect },
    )
    expect(sql).toContain(`select date_trunc('month', cast("orders".created_at as timestamp)) as "c0" from`)
    expect(sql).not.toContain('zone')
  }
})
