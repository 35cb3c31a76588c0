import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DashboardInput, Frame, ResultSet } from '@datainsight/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type QueryServer, startQueryServer } from './query-server.ts'

const DEPARTURES = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../../../examples/airport-ops/dashboards/departures.json', import.meta.url)),
    'utf8',
  ),
) as DashboardInput
const MARCH = { member: 'flights.date', operator: 'inDateRange', values: ['2001-03-01', '2001-03-31'] }

let server: QueryServer
let id: string

beforeAll(async () => {
  server = await startQueryServer()
  id = await server.createDashboard(DEPARTURES)
  await server.createDashboard({
    slug: 'others',
    title: 'Others',
    filters: [
      { id: 'period', type: 'date_range', member: 'flights.date', title: 'Period', default: 'last 7 days' },
      { id: 'to', type: 'multi_select', member: 'flights.destination', title: 'To', default: ['LAX'] },
    ],
    widgets: [
      {
        id: 'all',
        title: 'All',
        layout: { x: 0, y: 0, w: 3, h: 3 },
        query: { measures: ['flights.count'] },
        visualization: { type: 'metric' },
        ignoreFilters: ['period', 'to'],
      },
      {
        id: 'to',
        title: 'To',
        layout: { x: 3, y: 0, w: 3, h: 3 },
        query: { measures: ['flights.count'] },
        visualization: { type: 'metric' },
        ignoreFilters: ['period'],
      },
      {
        id: 'broken',
        title: 'Broken',
        layout: { x: 6, y: 0, w: 3, h: 3 },
        query: { measures: ['flights.total_distance'] },
        visualization: { type: 'metric' },
        ignoreFilters: ['period'],
      },
    ],
  })
  // A member that was there when the dashboard was stored, and has been taken out of the model since.
  await sql`update dashboards set definition = replace(definition::text, 'flights.total_distance', 'flights.gone')::jsonb where slug = 'others'`.execute(
    server.app.db,
  )
})

afterAll(() => server.close())

const open = (slug = 'departures') => ({
  resources: [{ type: 'dashboard' as const, id: slug }],
  actions: ['view' as const, 'filter' as const],
})
const resultOf = (frames: Frame[], name: string): ResultSet => {
  const frame = frames.find((found) => found.id === name)
  if (frame === undefined || !('result' in frame)) throw new Error(`no result: ${JSON.stringify(frame)}`)
  return frame.result
}

describe('POST /dashboards/:id/query', () => {
  it.each(['departures', 'id'])('answers every widget, found by %s', async (by) => {
    const frames = await server.frames(`/dashboards/${by === 'id' ? id : by}/query`, {}, await server.token(open()))
    expect(frames.map((frame) => frame.id).sort()).toEqual(DEPARTURES.widgets.map((widget) => widget.id).sort())
    expect(resultOf(frames, 'flights').data).toEqual([[50_231]])
    expect(resultOf(frames, 'average_delay').data[0]?.[0]).toBeCloseTo(9.6595, 4)
    expect(resultOf(frames, 'flights_by_day').data[0]).toHaveLength(181)
  })

  it('answers the named widgets only and lets filters replace the defaults', async () => {
    const token = await server.token(open())
    const frames = await server.frames(
      '/dashboards/departures/query',
      { widgets: ['flights', 'flights_by_day'], filters: [MARCH] },
      token,
    )
    expect(frames.map((frame) => frame.id).sort()).toEqual(['flights', 'flights_by_day'])
    expect(resultOf(frames, 'flights_by_day').data[0]).toHaveLength(31)
    const days = resultOf(frames, 'flights_by_day').data[1] as number[]
    expect(resultOf(frames, 'flights').data[0]?.[0]).toBe(days.reduce((sum, count) => sum + count, 0))
    expect(resultOf(frames, 'flights').meta.dateRange).toEqual(['2001-03-01T00:00:00.000', '2001-03-31T23:59:59.999'])
  })

  it('compares with the period before and draws the trend', async () => {
    const token = await server.token(open())
    const [march] = await server.frames(
      '/dashboards/departures/query',
      { widgets: ['flights'], filters: [MARCH] },
      token,
    )
    const february = { ...MARCH, values: ['2001-02-01', '2001-02-28'] }
    const [before] = await server.frames(
      '/dashboards/departures/query',
      { widgets: ['flights'], filters: [february] },
      token,
    )
    if (march === undefined || !('result' in march) || before === undefined || !('result' in before))
      throw new Error('no result')
    expect(march.comparison?.data).toEqual(before.result.data)
    expect(march.trend?.data[0]).toHaveLength(31)
    const [all] = await server.frames('/dashboards/departures/query', { widgets: ['flights'], filters: [] }, token)
    expect(all).not.toHaveProperty('comparison')
    expect(all).toHaveProperty('trend')
  })

  it('sends what it has in memory first', async () => {
    const token = await server.token({ ...open(), attributes: { airport: ['BUR'] } })
    const body = { filters: [MARCH] }
    await server.frames('/dashboards/departures/query', { ...body, widgets: ['routes'] }, token)
    const frames = await server.frames(
      '/dashboards/departures/query',
      { ...body, widgets: ['flights', 'week_pattern', 'routes'] },
      token,
    )
    expect(frames[0]?.id).toBe('routes')
    expect(resultOf(frames, 'routes').meta.cache).toBe('hit')
    expect(resultOf(frames, 'week_pattern').meta.cache).toBe('miss')
  })

  it('reads dates in the zone of the request, else of the token', async () => {
    const token = await server.token({ ...open(), timezone: 'America/Los_Angeles' })
    const [fromToken] = await server.frames('/dashboards/departures/query', { widgets: ['flights'] }, token)
    const [asked] = await server.frames(
      '/dashboards/departures/query',
      { widgets: ['flights'], timezone: 'Asia/Tokyo' },
      token,
    )
    expect(fromToken).toMatchObject({ result: { meta: { timezone: 'America/Los_Angeles' } } })
    expect(asked).toMatchObject({ result: { meta: { timezone: 'Asia/Tokyo' } } })
  })

  it('leaves widgets alone that ignore a filter, and sends the fault of one widget as its frame', async () => {
    const frames = await server.frames('/dashboards/others/query', {}, await server.token(open('others')))
    expect(resultOf(frames, 'all').data).toEqual([[50_231]])
    const lax = await server.query(
      {
        measures: ['flights.count'],
        filters: [{ member: 'flights.destination', operator: 'equals', values: ['LAX'] }],
      },
      await server.token(),
    )
    expect(resultOf(frames, 'to').data).toEqual(lax.json<ResultSet>().data)
    expect(frames.find((frame) => frame.id === 'broken')).toMatchObject({
      error: { code: 'unknown_member', status: 400 },
    })
  })

  it('opens to a token what its resources name, and nothing else', async () => {
    const token = await server.token(open())
    const answers = await Promise.all(
      ['others', 'no-such', '0197a3a5-0000-7000-8000-000000000000'].map((name) =>
        server.post(`/dashboards/${name}/query`, {}, token),
      ),
    )
    for (const [index, answer] of answers.entries()) {
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toMatchObject({
        code: 'not_found',
        detail: `no such dashboard: ${['others', 'no-such', '0197a3a5-0000-7000-8000-000000000000'][index]}`,
      })
    }
    const byId = await server.token({ ...open(), resources: [{ type: 'dashboard', id }] })
    expect((await server.post('/dashboards/departures/query', { widgets: ['flights'] }, byId)).statusCode).toBe(200)
  })

  it('needs view, and filter for filters', async () => {
    const nothing = await server.token({ ...open(), actions: ['explore'] })
    expect((await server.post('/dashboards/departures/query', {}, nothing)).statusCode).toBe(403)
    const view = await server.token({ ...open(), actions: ['view'] })
    expect((await server.post('/dashboards/departures/query', { widgets: ['flights'] }, view)).statusCode).toBe(200)
    for (const filters of [[], [MARCH]]) {
      const refused = await server.post('/dashboards/departures/query', { filters }, view)
      expect(refused.statusCode).toBe(403)
      expect(refused.json()).toMatchObject({ code: 'forbidden', detail: 'the token does not allow the action filter' })
    }
  })

  it('takes filters on the dashboard’s filters only, and names the others', async () => {
    const stranger = { member: 'flights.origin', operator: 'equals', values: ['DEN'] }
    const response = await server.post(
      '/dashboards/departures/query',
      { filters: [MARCH, { or: [MARCH, { and: [stranger] }] }] },
      await server.token(open()),
    )
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({
      code: 'invalid_filter',
      errors: [{ path: 'filters[1].or[1].and[0].member' }],
    })
  })

  it('names widgets it does not have', async () => {
    const response = await server.post('/dashboards/departures/query', { widgets: ['flights', 'nope', 'flights'] })
    expect(response.statusCode).toBe(400)
    expect(response.json()).toMatchObject({ errors: [{ path: 'widgets[1]' }, { path: 'widgets[2]' }] })
  })
})

describe('POST /dashboards/:id/filters/:filterId/options', () => {
  const ask = async (body: object, airport: string, filter = 'destination') =>
    server.post(
      `/dashboards/departures/filters/${filter}/options`,
      body,
      await server.token({ ...open(), attributes: { airport: [airport] } }),
    )

  it('offers the values of the caller’s rows with their labels, most flights first', async () => {
    const { options, truncated } = (await ask({ limit: 3 }, 'SEA')).json()
    expect(options).toHaveLength(3)
    expect(truncated).toBe(true)
    expect(options[0]).toEqual({ value: expect.stringMatching(/^[A-Z]{3}$/), label: expect.stringMatching(/ /) })
    const burbank = (await ask({}, 'BUR')).json()
    expect(burbank.truncated).toBe(false)
    expect(burbank.options.length).toBeLessThan(40)
  })

  it('searches values and labels', async () => {
    const { options } = (await ask({ search: 'lax' }, 'SEA')).json()
    expect(options).toEqual([{ value: 'LAX', label: expect.any(String) }])
    expect((await ask({ search: 'los angeles' }, 'SEA')).json().options[0].value).toBe('LAX')
    expect((await ask({ search: '%' }, 'SEA')).json()).toEqual({ options: [], truncated: false })
  })

  it('has nothing for other filters and other dashboards', async () => {
    expect((await ask({}, 'SEA', 'period')).statusCode).toBe(404)
    expect((await ask({}, 'SEA', '__proto__')).statusCode).toBe(404)
    expect(
      (await server.post('/dashboards/others/filters/to/options', {}, await server.token(open()))).statusCode,
    ).toBe(404)
    expect((await ask({ limit: 0 }, 'SEA')).statusCode).toBe(400)
  })
})
