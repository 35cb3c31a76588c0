import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CubejsServer, startCubejsServer } from './cubejs-server.ts'
import { DATA } from './query-flights.ts'
import { readTruth } from './read-truth.ts'

/** What Cube's own client makes of our answers, compared with SQL by hand on the same files. */
const FLIGHTS = `'${DATA}flights-3m.parquet'`
const AIRPORTS = `'${DATA}airports.csv'`

let server: CubejsServer
let token: string

beforeAll(async () => {
  server = await startCubejsServer()
  token = await server.token()
})
afterAll(() => server.close())

describe('load', () => {
  it('answers rows with numbers as text, under the names of the query', async () => {
    const result = await server.client(token).load({
      measures: ['flights.count', 'flights.avg_delay'],
      dimensions: ['flights.destination'],
      order: { 'flights.count': 'desc', 'flights.destination': 'asc' },
      limit: 3,
    })
    const truth = await readTruth(
      `select destination, count(*)::varchar n, avg(delay) d from ${FLIGHTS} where origin = 'SEA' group by 1 order by count(*) desc, 1 limit 3`,
    )
    expect(result.rawData()).toEqual(
      truth.map(([destination, count, delay]) => ({
        'flights.destination': destination,
        'flights.count': count,
        'flights.avg_delay': String(delay),
      })),
    )
    expect(result.query()).toMatchObject({
      measures: ['flights.count', 'flights.avg_delay'],
      dimensions: ['flights.destination'],
      order: [
        { id: 'flights.count', desc: true },
        { id: 'flights.destination', desc: false },
      ],
      limit: 3,
      timezone: 'UTC',
    })
    expect(result.annotation()).toMatchObject({
      measures: {
        'flights.count': { title: 'Flights Flights', shortTitle: 'Flights', type: 'number' },
        'flights.avg_delay': { shortTitle: 'Average delay', type: 'number' },
      },
      dimensions: { 'flights.destination': { shortTitle: 'Destination code', type: 'string' } },
      timeDimensions: {},
      segments: {},
    })
  })

  it('fills the days of a range through the client, and sums up its rows', async () => {
    const result = await server.client(token).load({
      measures: ['flights.count'],
      timeDimensions: [{ dimension: 'flights.date', granularity: 'day', dateRange: ['2001-02-01', '2001-02-07'] }],
    })
    const truth = await readTruth(
      `select strftime(date_trunc('day', date), '%Y-%m-%dT00:00:00.000'), count(*)::int from ${FLIGHTS}
       where origin = 'SEA' and date >= '2001-02-01' and date < '2001-02-08' group by 1 order by 1`,
    )
    expect(truth).toHaveLength(7)
    expect(result.chartPivot().map((row) => [row.x, row['flights.count']])).toEqual(truth)
    expect(result.series()[0]?.series).toEqual(truth.map(([x, value]) => ({ x, value })))
    expect(result.query().timeDimensions).toEqual([
      {
        dimension: 'flights.date',
        granularity: 'day',
        dateRange: ['2001-02-01T00:00:00.000', '2001-02-07T23:59:59.999'],
      },
    ])
    expect(result.rawData()[0]).toEqual({
      'flights.date.day': '2001-02-01T00:00:00.000',
      'flights.date': '2001-02-01T00:00:00.000',
      'flights.count': String(truth[0]?.[1]),
    })
  })

  it('lays out tables with dimensions as columns', async () => {
    const result = await server.client(token).load({
      measures: ['flights.count'],
      dimensions: ['flights.destination'],
      timeDimensions: [{ dimension: 'flights.date', granularity: 'month' }],
      filters: [{ member: 'flights.destination', operator: 'equals', values: ['LAX', 'SFO'] }],
    })
    const truth = await readTruth(
      `pivot (select strftime(date_trunc('month', date), '%Y-%m-%dT00:00:00.000') m, destination from ${FLIGHTS}
       where origin = 'SEA' and destination in ('LAX', 'SFO')) on destination using count(*)::varchar order by m`,
    )
    const axes = { x: ['flights.date'], y: ['flights.destination', 'measures'] }
    expect(result.tablePivot(axes)).toEqual(
      truth.map(([month, lax, sfo]) => ({
        'flights.date.month': month,
        'LAX,flights.count': lax,
        'SFO,flights.count': sfo,
      })),
    )
    expect(result.seriesNames().map(({ key, title }) => [key, title])).toEqual([
      ['LAX,flights.count', 'LAX, Flights Flights'],
      ['SFO,flights.count', 'SFO, Flights Flights'],
    ])
    expect(result.tableColumns(axes)).toMatchObject([
      { key: 'flights.date.month', type: 'time', granularity: 'month' },
      { key: 'LAX', children: [{ key: 'flights.count', type: 'number' }] },
      { key: 'SFO' },
    ])
  })

  it('compares date ranges, one answer for each', async () => {
    const result = await server.client(token).load({
      measures: ['flights.count'],
      timeDimensions: [
        {
          dimension: 'flights.date',
          granularity: 'day',
          compareDateRange: [
            ['2001-02-05', '2001-02-07'],
            ['2001-01-05', '2001-01-07'],
          ],
        },
      ],
    })
    const truth = await readTruth(
      `select count(*)::int from ${FLIGHTS} where origin = 'SEA' and (date::date between '2001-02-05' and '2001-02-07'
       or date::date between '2001-01-05' and '2001-01-07') group by date::date order by date::date`,
    )
    const counts = truth.map(([count]) => count)
    const february = '2001-02-05T00:00:00.000 - 2001-02-07T23:59:59.999, flights.count'
    const january = '2001-01-05T00:00:00.000 - 2001-01-07T23:59:59.999, flights.count'
    expect(result.series().map(({ key, series }) => [key, series.map(({ value }) => value)])).toEqual([
      [february.replace(', ', ','), counts.slice(3)],
      [january.replace(', ', ','), counts.slice(0, 3)],
    ])
    expect(result.decompose().map((part) => part.rawData().length)).toEqual([3, 3])
    expect(result.pivotQuery()).toMatchObject({ dimensions: ['compareDateRange'], queryType: 'compareDateRangeQuery' })
  })

  it('blends queries on one time axis', async () => {
    const day = { granularity: 'month', dateRange: ['2001-01-01', '2001-03-31'] } as const
    const result = await server.client(token).load([
      { measures: ['flights.count'], timeDimensions: [{ dimension: 'flights.date', ...day }] },
      {
        measures: ['flights.avg_delay'],
        timeDimensions: [{ dimension: 'flights.date', ...day }],
        filters: [{ member: 'flights.destination', operator: 'equals', values: ['LAX'] }],
      },
    ])
    const truth = await readTruth(
      `select strftime(date_trunc('month', date), '%Y-%m-%dT00:00:00.000'), count(*)::int, avg(delay) filter (destination = 'LAX')
       from ${FLIGHTS} where origin = 'SEA' and date < '2001-04-01' group by 1 order by 1`,
    )
    expect(result.chartPivot().map((row) => [row.x, row['flights.count'], row['flights.avg_delay']])).toEqual(truth)
    expect(result.pivotQuery()).toMatchObject({
      queryType: 'blendingQuery',
      measures: ['flights.count', 'flights.avg_delay'],
      timeDimensions: [{ dimension: 'time', granularity: 'month' }],
    })
  })

  it('counts all rows behind a limit', async () => {
    const result = await server.client(token).load({ dimensions: ['airports.state'], limit: 2, offset: 1, total: true })
    const [[states] = []] = await readTruth(`select count(distinct state)::int from ${AIRPORTS}`)
    expect(result.totalRows()).toBe(states)
    expect(result.rawData()).toHaveLength(2)
  })

  it.each(['default', 'compact', 'columnar'] as const)('answers the layout %s alike', async (format) => {
    const query = { measures: ['flights.count'], dimensions: ['flights.weekday'], order: [['flights.weekday', 'asc']] }
    const result = await server.client(token).load(query as never, {}, undefined, format)
    const truth = await readTruth(
      `select isodow(date)::varchar, count(*)::varchar from ${FLIGHTS} where origin = 'SEA' group by 1 order by 1`,
    )
    expect(result.rawData()).toEqual(
      truth.map(([weekday, count]) => ({ 'flights.weekday': weekday, 'flights.count': count })),
    )
  })

  it('lets the client cast numbers', async () => {
    const result = await server
      .client(token, { castNumerics: true } as never)
      .load({ measures: ['flights.count'], dimensions: ['flights.weekday'] })
    for (const row of result.rawData()) {
      expect(row['flights.count']).toBeTypeOf('number')
      expect(row['flights.weekday']).toBeTypeOf('number')
    }
  })

  it('sends long queries by POST', async () => {
    const values = Array.from({ length: 400 }, (_, index) => `X${index}`)
    const result = await server.client(token).load({
      measures: ['flights.count'],
      filters: [{ member: 'flights.destination', operator: 'equals', values: [...values, 'LAX'] }],
    })
    const [[count] = []] = await readTruth(
      `select count(*)::varchar from ${FLIGHTS} where origin = 'SEA' and destination = 'LAX'`,
    )
    expect(result.rawData()).toEqual([{ 'flights.count': count }])
  })
})
