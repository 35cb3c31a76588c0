import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../setup/launch-browser.ts'
import { DeparturesPage } from './departures-page.ts'
import { expectDepartures } from './expect-departures.ts'
import { type Days, FlightsTruth } from './flights-truth.ts'
import { openPage, type WatchedPage } from './open-page.ts'
import { sharedExample } from './shared-example.ts'
import type { ExampleAddress } from './start-example.ts'

const HALF_YEAR: Days = ['2001-01-01', '2001-06-30']
const HALF_YEAR_BEFORE: Days = ['2000-07-01', '2000-12-31']

/** The customers of the host app that are compared, with figures known from elsewhere. */
const CUSTOMERS = [
  { origin: 'SEA', flights: '50,231', averageDelay: '9.7' },
  { origin: 'DEN', flights: '66,923', averageDelay: '11.1' },
] as const

let example: ExampleAddress
let browser: Browser
let truth: FlightsTruth
beforeAll(async () => {
  ;[example, browser, truth] = await Promise.all([sharedExample(), launchBrowser(), FlightsTruth.open()])
}, 300_000)
afterAll(() => browser?.close())

describe.each(CUSTOMERS)('the dashboard of the customer at $origin', ({ origin, flights, averageDelay }) => {
  let watched: WatchedPage
  let page: DeparturesPage
  beforeAll(async () => {
    watched = await openPage(browser)
    page = new DeparturesPage(watched.page)
    await page.signIn(example.hostAppUrl, origin)
  })
  afterAll(() => watched?.close())

  it('shows the known figures', async () => {
    expect((await page.metric('flights')).full).toBe(flights)
    expect((await page.metric('average_delay')).full).toContain(averageDelay)
  })

  it('shows the numbers of all its departures', async () => {
    await expectDepartures(page, truth, { origin, days: HALF_YEAR }, { origin, days: HALF_YEAR_BEFORE })
  })

  it('shows the numbers of a month, against the month before', async () => {
    await page.choosePeriod('March 2001')
    const [days, earlier]: Days[] = [
      ['2001-03-01', '2001-03-31'],
      ['2001-02-01', '2001-02-28'],
    ]
    await expectDepartures(page, truth, { origin, days: days as Days }, { origin, days: earlier as Days })
  })

  it('shows the numbers of two destinations in a typed period, against as many days before', async () => {
    const destinations = ['LAX', 'PHX']
    await page.typePeriod('2001-05-10', '2001-05-23')
    await page.chooseDestinations(destinations)
    await expectDepartures(
      page,
      truth,
      { origin, days: ['2001-05-10', '2001-05-23'], destinations },
      { origin, days: ['2001-04-26', '2001-05-09'], destinations },
    )
    await page.clearDestinations()
    expect((await page.metric('flights')).full).not.toBe(flights)
  })

  it('throws nothing in the page while all of this happens', () => {
    expect(watched.exceptions).toEqual([])
  })

  it('holds a token that answers nothing but this dashboard', async () => {
    const token = await watched.page.evaluate(async () => {
      const csrf = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? ''
      const response = await fetch('/analytics/token', { method: 'POST', headers: { 'x-csrf-token': csrf } })
      return ((await response.json()) as { token: string }).token
    })
    const ask = async (path: string, body: unknown) => {
      const response = await fetch(`${example.serverUrl}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, origin: example.hostAppUrl },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: await response.text() }
    }
    expect((await ask('/query', { query: { measures: ['flights.count'] } })).status).toBe(403)
    expect((await ask('/dashboards/another/query', {})).status).toBe(404)
    const other = { member: 'flights.origin', operator: 'equals', values: ['JFK'] }
    expect((await ask('/dashboards/departures/query', { filters: [other] })).status).toBe(400)
  })
})
