import type { BinaryOperator, Filter, Query, UnaryOperator } from '@cubejs-client/core'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { ADMIN } from './build-test-server.ts'
import { type CubejsServer, startCubejsServer } from './cubejs-server.ts'
import { DATA } from './query-flights.ts'
import { readTruth } from './read-truth.ts'

/** Every field and operator that the types of Cube's client allow, compared with SQL by hand. */
const SEA = `(select * from '${DATA}flights-3m.parquet' where origin = 'SEA')`

let server: CubejsServer
let token: string

beforeAll(async () => {
  server = await startCubejsServer(undefined, {
    DATAINSIGHT_ADMIN_EMAIL: ADMIN.email,
    DATAINSIGHT_ADMIN_PASSWORD: ADMIN.password,
  })
  token = await server.token()
})
afterAll(() => server.close())

/** The rows of a query as lists, in the order of `members`. */
async function rows(query: Query | readonly Query[], ...members: string[]): Promise<unknown[][]> {
  const result = await server.client(token).load(query as Query)
  return result.rawData().map((row) => members.map((member) => (row as Record<string, unknown>)[member]))
}

const operators: Record<BinaryOperator | UnaryOperator, readonly [Filter, string][]> = {
  equals: [
    [{ member: 'flights.destination', operator: 'equals', values: ['LAX', 'SFO'] }, `destination in ('LAX', 'SFO')`],
    [{ member: 'flights.delay', operator: 'equals', values: ['15'] }, 'delay = 15'],
    [{ dimension: 'flights.destination', operator: 'equals', values: ['LAX'] }, `destination = 'LAX'`],
    [{ member: 'flights.date', operator: 'equals', values: ['2001-02-03'] }, `date::date = '2001-02-03'`],
  ],
  notEquals: [
    [
      { member: 'flights.destination', operator: 'notEquals', values: ['LAX', 'SFO'] },
      `destination not in ('LAX', 'SFO')`,
    ],
  ],
  contains: [[{ member: 'flights.destination', operator: 'contains', values: ['a'] }, `destination ilike '%a%'`]],
  notContains: [
    [
      { member: 'flights.destination', operator: 'notContains', values: ['a', 'B'] },
      `destination not ilike '%a%' and destination not ilike '%b%'`,
    ],
  ],
  startsWith: [[{ member: 'flights.destination', operator: 'startsWith', values: ['l'] }, `destination ilike 'l%'`]],
  notStartsWith: [
    [{ member: 'flights.destination', operator: 'notStartsWith', values: ['L'] }, `destination not ilike 'l%'`],
  ],
  endsWith: [[{ member: 'flights.destination', operator: 'endsWith', values: ['x'] }, `destination ilike '%x'`]],
  notEndsWith: [
    [{ member: 'flights.destination', operator: 'notEndsWith', values: ['X'] }, `destination not ilike '%x'`],
  ],
  gt: [[{ member: 'flights.delay', operator: 'gt', values: ['15'] }, 'delay > 15']],
  gte: [[{ member: 'flights.delay', operator: 'gte', values: ['15'] }, 'delay >= 15']],
  lt: [[{ member: 'flights.delay', operator: 'lt', values: ['-3'] }, 'delay < -3']],
  lte: [[{ member: 'flights.delay', operator: 'lte', values: ['-3'] }, 'delay <= -3']],
  set: [[{ member: 'flights.delay', operator: 'set' }, 'delay is not null']],
  notSet: [[{ member: 'flights.delay', operator: 'notSet' }, 'delay is null']],
  inDateRange: [
    [
      { member: 'flights.date', operator: 'inDateRange', values: ['2001-02-03', '2001-02-05'] },
      `date >= '2001-02-03' and date < '2001-02-06'`,
    ],
  ],
  notInDateRange: [
    [
      { member: 'flights.date', operator: 'notInDateRange', values: ['2001-02-03', '2001-05-05'] },
      `not (date >= '2001-02-03' and date < '2001-05-06')`,
    ],
  ],
  beforeDate: [[{ member: 'flights.date', operator: 'beforeDate', values: ['2001-02-03'] }, `date < '2001-02-03'`]],
  beforeOrOnDate: [
    [{ member: 'flights.date', operator: 'beforeOrOnDate', values: ['2001-02-03'] }, `date < '2001-02-04'`],
  ],
  afterDate: [[{ member: 'flights.date', operator: 'afterDate', values: ['2001-02-03'] }, `date >= '2001-02-04'`]],
  afterOrOnDate: [
    [
      { member: 'flights.date', operator: 'afterOrOnDate', values: ['2001-02-03T12:00:00.000'] },
      `date >= '2001-02-03 12:00'`,
    ],
  ],
}

describe('filters', () => {
  it.each(
    Object.entries(operators).flatMap(([operator, cases]) => cases.map(([filter, sql]) => ({ operator, filter, sql }))),
  )('$operator: $sql', async ({ filter, sql }) => {
    const truth = await readTruth(`select count(*)::varchar from ${SEA} where ${sql}`)
    expect(await rows({ measures: ['flights.count'], filters: [filter] }, 'flights.count')).toEqual(truth)
  })

  it('in trees', async () => {
    const query: Query = {
      measures: ['flights.count'],
      filters: [
        {
          or: [
            { member: 'flights.destination', operator: 'equals', values: ['LAX'] },
            {
              and: [
                { member: 'flights.destination', operator: 'equals', values: ['SFO'] },
                { member: 'flights.delay', operator: 'gt', values: ['30'] },
              ],
            },
          ],
        },
      ],
    }
    const truth = await readTruth(
      `select count(*)::varchar from ${SEA} where destination = 'LAX' or (destination = 'SFO' and delay > 30)`,
    )
    expect(await rows(query, 'flights.count')).toEqual(truth)
  })

  it('on measures', async () => {
    const query: Query = {
      measures: ['flights.count'],
      dimensions: ['flights.destination'],
      filters: [{ member: 'flights.count', operator: 'gte', values: ['3000'] }],
      order: { 'flights.destination': 'asc' },
    }
    const truth = await readTruth(
      `select destination, count(*)::varchar from ${SEA} group by 1 having count(*) >= 3000 order by 1`,
    )
    expect(truth.length).toBeGreaterThan(1)
    expect(await rows(query, 'flights.destination', 'flights.count')).toEqual(truth)
  })

  it.each([
    ['equals', [null], 'delay is null'],
    ['equals', ['15', null], 'delay = 15 or delay is null'],
    ['notEquals', [null], 'delay is not null'],
    ['notEquals', ['15', null], 'delay <> 15'],
  ])('with null among the values of %s %j', async (operator, values, sql) => {
    const filter = { member: 'flights.delay', operator, values } as unknown as Filter
    const truth = await readTruth(`select count(*)::varchar from ${SEA} where ${sql}`)
    expect(await rows({ measures: ['flights.count'], filters: [filter] }, 'flights.count')).toEqual(truth)
  })

  it('ignores values of set, as Cube’s tools send them', async () => {
    const filter = { member: 'flights.destination', operator: 'set', values: ['x'] } as unknown as Filter
    const truth = await readTruth(`select count(*)::varchar from ${SEA}`)
    expect(await rows({ measures: ['flights.count'], filters: [filter] }, 'flights.count')).toEqual(truth)
  })
})

describe('time dimensions', () => {
  // Short spans for short buckets: the client fills them in this process, and a server held up for a second turns requests away.
  const DAYS = ['2001-03-30', '2001-04-02'] as const
  const HOUR = ['2001-03-30T10:00:00.000', '2001-03-30T10:59:59.999'] as const
  it.each([
    ['second', HOUR],
    ['minute', HOUR],
    ['hour', DAYS],
    ['day', DAYS],
    ['week', DAYS],
    ['month', DAYS],
    ['quarter', DAYS],
    ['year', DAYS],
  ] as const)('by %s', async (granularity, span) => {
    const query: Query = {
      measures: ['flights.count'],
      timeDimensions: [{ dimension: 'flights.date', granularity, dateRange: [...span] }],
    }
    const kept =
      span === HOUR
        ? `date_trunc('hour', date) = timestamp '2001-03-30 10:00:00'`
        : `date >= '2001-03-30' and date < '2001-04-03'`
    const truth = await readTruth(
      `select strftime(date_trunc('${granularity}', date), '%Y-%m-%dT%H:%M:%S.%g'), count(*)::varchar from ${SEA}
       where ${kept} group by date_trunc('${granularity}', date) order by 1`,
    )
    expect(truth.length).toBeGreaterThan(0)
    expect(await rows(query, `flights.date.${granularity}`, 'flights.count')).toEqual(truth)
    const result = await server.client(token).load(query)
    const filled = result.chartPivot().filter((row) => row['flights.count'] !== 0)
    expect(filled.map((row) => [row.x, String(row['flights.count'])])).toEqual(truth)
  })

  it.each(['2001-02-03', ['2001-02-03'], ['2001-02-03T10:00:00.000', '2001-02-03T12:00:00.000']])(
    'in the span %j',
    async (dateRange) => {
      const query = { measures: ['flights.count'], timeDimensions: [{ dimension: 'flights.date', dateRange }] } as Query
      const truth = await readTruth(
        `select count(*)::varchar from ${SEA} where ${
          dateRange.length === 2
            ? `date between '2001-02-03 10:00' and '2001-02-03 12:00:00.0009'`
            : `date::date = '2001-02-03'`
        }`,
      )
      expect(await rows(query, 'flights.count')).toEqual(truth)
    },
  )

  it('in another time zone', async () => {
    const query: Query = {
      measures: ['flights.count'],
      timezone: 'America/New_York',
      timeDimensions: [{ dimension: 'flights.date', granularity: 'day', dateRange: ['2001-03-31', '2001-04-02'] }],
    }
    const local = `date at time zone 'UTC' at time zone 'America/New_York'`
    const truth = await readTruth(
      `select strftime(date_trunc('day', ${local}), '%Y-%m-%dT%H:%M:%S.%g'), count(*)::varchar from ${SEA}
       where ${local} >= '2001-03-31' and ${local} < '2001-04-03' group by 1 order by 1`,
    )
    expect(truth).toHaveLength(3)
    expect(await rows(query, 'flights.date.day', 'flights.count')).toEqual(truth)
  })

  it('named as dimensions, with and without a granularity', async () => {
    const query: Query = {
      measures: ['flights.count'],
      dimensions: ['flights.date.month', 'flights.weekday'],
      order: [
        ['flights.date.month', 'desc'],
        ['flights.weekday', 'asc'],
      ],
      limit: 4,
    }
    const truth = await readTruth(
      `select strftime(date_trunc('month', date), '%Y-%m-%dT%H:%M:%S.%g'), isodow(date)::varchar, count(*)::varchar from ${SEA}
       group by 1, 2 order by 1 desc, 2 limit 4`,
    )
    expect(await rows(query, 'flights.date.month', 'flights.weekday', 'flights.count')).toEqual(truth)
    const plain = await rows(
      { dimensions: ['flights.date'], order: { 'flights.date': 'asc' }, limit: 1 },
      'flights.date',
    )
    expect(plain).toEqual(await readTruth(`select strftime(min(date), '%Y-%m-%dT%H:%M:%S.%g') from ${SEA}`))
  })

  it('takes null for an absent granularity and span', async () => {
    const query = {
      measures: ['flights.count'],
      timeDimensions: [{ dimension: 'flights.date', granularity: null, dateRange: null }],
    } as unknown as Query
    expect(await rows(query, 'flights.count')).toEqual(await readTruth(`select count(*)::varchar from ${SEA}`))
  })
})

describe('order, limit and layout', () => {
  const BASE: Query = { measures: ['flights.count'], dimensions: ['flights.destination'] }
  const top = (order: string) =>
    readTruth(`select destination, count(*)::varchar from ${SEA} group by 1 order by ${order} limit 3`)

  it.each<[string, Query, string]>([
    ['an object', { order: { 'flights.count': 'asc', 'flights.destination': 'desc' } }, 'count(*), 1 desc'],
    ['a list', { order: [['flights.destination', 'desc']] }, '1 desc'],
    ['none for one of them', { order: { 'flights.count': 'none', 'flights.destination': 'asc' } }, '1'],
    ['nothing in an object', { order: {} }, 'count(*) desc, 1'],
    ['nothing in a list', { order: [] }, 'count(*) desc, 1'],
    ['nothing', {}, 'count(*) desc, 1'],
  ])('by %s', async (_, more, order) => {
    const found = await rows({ ...BASE, ...more, limit: 3 }, 'flights.destination', 'flights.count')
    expect(found).toEqual(await top(order))
  })

  it.each<[string, Query, string]>([
    ['limit and offset', { limit: 3, offset: 2 }, 'limit 3 offset 2'],
    ['rowLimit', { rowLimit: 4 }, 'limit 4'],
    ['no limit', { limit: null }, ''],
    ['limit 0', { limit: 0 }, 'limit 0'],
  ])('by %s', async (_, more, sql) => {
    const found = await rows({ dimensions: ['flights.destination'], ...more }, 'flights.destination')
    expect(found).toEqual(await readTruth(`select distinct destination from ${SEA} order by 1 ${sql}`))
  })

  it('quotes a query that can be asked again', async () => {
    const client = server.client(token)
    const first = await client.load({
      ...BASE,
      filters: [{ dimension: 'flights.destination', operator: 'notEquals', values: ['LAX'] }],
      timeDimensions: [{ dimension: 'flights.date', granularity: 'month', dateRange: 'from 2001-02-01 to 2001-03-31' }],
      order: [
        ['flights.count', 'desc'],
        ['flights.destination', 'asc'],
        ['flights.date', 'asc'],
      ],
      limit: 5,
      offset: 1,
      total: true,
      timezone: 'America/Los_Angeles',
    })
    const again = await client.load(first.query())
    expect(again.rawData()).toEqual(first.rawData())
    expect(again.query()).toEqual(first.query())
    expect(again.totalRows()).toBe(first.totalRows())
  })

  it('as rows that are not grouped', async () => {
    const query: Query = {
      dimensions: ['flights.destination', 'flights.delay'],
      ungrouped: true,
      order: { 'flights.destination': 'asc', 'flights.delay': 'asc' },
      limit: 50,
    }
    const truth = await readTruth(`select destination, delay::varchar from ${SEA} order by 1, delay limit 50`)
    expect(new Set(truth.map(String)).size).toBeLessThan(50)
    expect(await rows(query, 'flights.destination', 'flights.delay')).toEqual(truth)
  })

  it('as rows the types of the client know', async () => {
    const result = await server.client(token).load({
      measures: ['flights.count'],
      dimensions: ['flights.destination'],
      timeDimensions: [{ dimension: 'flights.date', granularity: 'month' }],
    } as const)
    const [row] = result.rawData()
    expectTypeOf(row!['flights.destination']).toEqualTypeOf<string | number | boolean | null>()
    expectTypeOf(row!['flights.date.month']).toEqualTypeOf<string | number | boolean | null>()
    expect(Object.keys(row!).sort()).toEqual([
      'flights.count',
      'flights.date',
      'flights.date.month',
      'flights.destination',
    ])
  })

  it('survives the client’s own store', async () => {
    const { default: ResultSet } = await import('@cubejs-client/core').then((module) => ({ default: module.ResultSet }))
    const result = await server.client(token).load({ ...BASE, limit: 3 })
    const stored = JSON.parse(JSON.stringify(result.serialize()))
    expect(ResultSet.deserialize(stored).tablePivot()).toEqual(result.tablePivot())
  })
})

describe('dry runs', () => {
  it('say what a query would be', async () => {
    const answer = await server.client(token).dryRun({
      measures: ['flights.count'],
      timeDimensions: [{ dimension: 'flights.date', granularity: 'month', dateRange: '2001-02-03' }],
      order: { 'flights.count': 'desc' },
    })
    expect(answer).toEqual({
      queryType: 'regularQuery',
      normalizedQueries: [
        {
          measures: ['flights.count'],
          dimensions: [],
          segments: [],
          filters: [],
          timeDimensions: [
            {
              dimension: 'flights.date',
              granularity: 'month',
              dateRange: ['2001-02-03T00:00:00.000', '2001-02-03T23:59:59.999'],
            },
          ],
          order: [{ id: 'flights.count', desc: true }],
          timezone: 'UTC',
        },
      ],
      pivotQuery: expect.objectContaining({ queryType: 'regularQuery' }),
      queryOrder: [{ 'flights.count': 'desc' }],
      transformedQueries: [],
    })
  })

  it('find what is wrong, and ask the database nothing', async () => {
    await expect(server.client(token).dryRun({ measures: ['flights.nope'] })).rejects.toMatchObject({ status: 400 })
  })
})

describe('freshness', () => {
  it('takes old rows only when they are asked for', async () => {
    const signedIn = await server.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: ADMIN })
    const admin = signedIn.json<{ accessToken: string }>().accessToken
    const client = server.keyClient()
    const query: Query = {
      measures: ['flights.count'],
      filters: [{ member: 'flights.destination', operator: 'equals', values: ['OLD'] }],
    }
    const load = async (cache?: 'stale-while-revalidate' | 'stale-if-slow') => {
      const { loadResponse } = (await client.load(query, cache === undefined ? {} : { cache })).serialize()
      return { at: loadResponse.results[0]?.lastRefreshTime, isOld: loadResponse.slowQuery }
    }
    const changeData = async () => {
      const changed = await server.post('/data-sources/default/data-changed', {}, admin)
      expect(changed.statusCode).toBe(200)
    }
    const first = await load()
    await changeData()
    expect(await load('stale-while-revalidate')).toEqual({ at: first.at, isOld: true })
    await expect.poll(() => load('stale-while-revalidate')).toMatchObject({ isOld: false })
    const second = await load('stale-if-slow')
    expect(second.at).not.toBe(first.at)
    await changeData()
    const third = await load('stale-if-slow')
    expect(third.isOld).toBe(false)
    expect(third.at).not.toBe(second.at)
  })

  it.each(['stale-if-slow', 'stale-while-revalidate', 'must-revalidate', 'no-cache'] as const)(
    'is asked for by the mode %s',
    async (cache) => {
      const client = server.client(token)
      const query: Query = {
        measures: ['flights.count'],
        filters: [{ member: 'flights.destination', operator: 'equals', values: [cache] }],
      }
      const refreshed = async () =>
        (await client.load(query, { cache })).serialize().loadResponse.results[0]?.lastRefreshTime
      const first = await refreshed()
      const second = await refreshed()
      expect(first).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/)
      if (cache === 'no-cache') expect(second).not.toBe(first)
      else expect(second).toBe(first)
    },
  )
})
