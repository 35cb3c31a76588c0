import type { Filter } from '@datainsight/core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dashboardPage, type HostPage, type Lab, startLab, whenReady } from './fixture/open-host-page.ts'
import { AIRPORTS } from './fixture/sample-data.ts'

let lab: Lab
let host: HostPage

beforeAll(async () => {
  lab = await startLab()
})
afterAll(() => lab.close())
beforeEach(() => lab.fixture.reset())
afterEach(async () => {
  await host.close()
  expect(host.exceptions).toEqual([])
  expect(host.violations).toEqual([])
})

const PERIOD: Filter = { member: 'flights.date', operator: 'inDateRange', values: ['2001-03-01', '2001-03-28'] }
const DESTINATIONS = (...values: string[]): Filter => ({ member: 'flights.destination', operator: 'equals', values })

const queries = () => lab.fixture.requests.filter(({ path }) => path.endsWith('/query'))
const lastFilters = () => (queries().at(-1)?.body as { filters?: Filter[] } | undefined)?.filters
const board = <T>(call: string) => host.page.evaluate<T>(`document.querySelector('di-dashboard').${call}`)
const filter = (index: number) => host.page.locator('di-filter').nth(index)

async function open(options: Parameters<Lab['open']>[0] = {}): Promise<void> {
  host = await lab.open(options)
  await whenReady(host.page)
}

describe('a date range', () => {
  it('is chosen by a preset with the keyboard alone', async () => {
    await open()
    await host.page.locator('h1').click()
    await host.page.keyboard.press('Tab')
    await host.page.keyboard.press('Enter')
    await expect.poll(() => focusedText()).toBe('January')
    await host.page.keyboard.press('Tab')
    await host.page.keyboard.press('Enter')
    await expect.poll(lastFilters).toEqual([{ ...PERIOD, values: ['2001-02-01', '2001-02-28'] }])
    expect(await filter(0).locator('.trigger-value').innerText()).toBe('February')
    expect(await focusedText()).toContain('Date')
    expect(await host.events('di-filter-change')).toMatchObject([{ source: 'initial' }, { source: 'user' }])
  })

  it('says that its panel did not arrive, and asks for it again when it is opened once more', async () => {
    let isDown = false
    await open({
      prepare: (page) =>
        page.route(
          (url) => url.pathname.startsWith('/sdk/chunks/'),
          (route) => (isDown ? route.abort('internetdisconnected') : route.continue()),
        ),
    })
    isDown = true
    await filter(0).locator('.trigger').click()
    await expect.poll(() => filter(0).getByRole('status').textContent()).toBe('You seem to be offline')
    isDown = false
    await host.page.keyboard.press('Escape')
    await filter(0).locator('.trigger').click()
    await expect.poll(() => host.page.getByLabel('From', { exact: true }).isVisible()).toBe(true)
  })

  it('is typed, and a wrong date is named beside its field', async () => {
    await open()
    await filter(0).locator('.trigger').click()
    const [from, to] = [host.page.getByLabel('From', { exact: true }), host.page.getByLabel('To', { exact: true })]
    await from.fill('2001-02-30')
    await to.fill('2001-03-05')
    await host.page.getByRole('button', { name: 'Apply' }).click()
    expect(await host.page.getByText('Write a date as YYYY-MM-DD.').isVisible()).toBe(true)
    expect(await from.getAttribute('aria-invalid')).toBe('true')
    await from.fill('2000-12-31')
    await expect.poll(() => host.page.getByText('The first day is 2001-01-01.').count()).toBe(1)
    await from.fill('2001-03-09')
    await expect.poll(() => host.page.getByText('The end is before the start.').count()).toBe(1)
    await from.fill('2001-03-02')
    await host.page.keyboard.press('Enter')
    await expect.poll(lastFilters).toEqual([{ ...PERIOD, values: ['2001-03-02', '2001-03-05'] }])
  })

  it('is picked in the calendar, within what the author allows', async () => {
    await open()
    await filter(0).locator('.trigger').click()
    await host.page.getByRole('button', { name: 'March 5' }).click()
    await host.page.getByRole('button', { name: 'March 9' }).click()
    await expect.poll(() => host.page.getByLabel('To', { exact: true }).inputValue()).toBe('2001-03-09')
    await host.page.getByRole('button', { name: 'Apply' }).click()
    await expect.poll(lastFilters).toEqual([{ ...PERIOD, values: ['2001-03-05', '2001-03-09'] }])
    await filter(0).locator('.trigger').click()
    for (let month = 0; month < 3; month += 1) await host.page.getByRole('button', { name: 'Next month' }).click()
    await expect.poll(() => host.page.getByRole('button', { name: 'June 30' }).isEnabled()).toBe(true)
    expect(await host.page.getByRole('button', { name: 'Next month' }).getAttribute('aria-disabled')).toBe('true')
  })

  it('applies by a click outside and is taken back by Escape', async () => {
    await open()
    const before = queries().length
    await filter(0).locator('.trigger').click()
    await host.page.getByLabel('To', { exact: true }).fill('2001-03-10')
    await host.page.keyboard.press('Escape')
    await expect.poll(() => host.page.getByLabel('To', { exact: true }).count()).toBe(0)
    expect(queries()).toHaveLength(before)
    await filter(0).locator('.trigger').click()
    await host.page.getByLabel('To', { exact: true }).fill('2001-03-10')
    await host.page.locator('h1').click()
    await expect.poll(lastFilters).toEqual([{ ...PERIOD, values: ['2001-03-01', '2001-03-10'] }])
  })
})

describe('a list', () => {
  it('is searched on the server and chosen with the keyboard', async () => {
    await open()
    await filter(1).locator('.trigger').click()
    const search = host.page.getByRole('combobox', { name: 'Search Destination' })
    await expect.poll(() => host.page.getByRole('option').count()).toBe(AIRPORTS.length)
    await search.pressSequentially('san')
    await expect.poll(() => host.page.getByRole('option').allInnerTexts()).toHaveLength(2)
    expect(lab.fixture.requests.at(-1)?.body).toMatchObject({ search: 'san' })
    await host.page.keyboard.press('ArrowDown')
    const active = await search.getAttribute('aria-activedescendant')
    expect(await host.page.locator(`#${active}`).innerText()).toContain('San Jose')
    await host.page.keyboard.press('Enter')
    expect(await host.page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true')
    expect(await host.page.getByRole('button', { name: 'Remove San Jose International' }).isVisible()).toBe(true)
    await host.page.keyboard.press('Control+Enter')
    await expect.poll(lastFilters).toEqual([PERIOD, DESTINATIONS('SJC')])
    expect(await filter(1).locator('.trigger-value').innerText()).toBe('San Jose International')
  })

  it('asks once for letters typed in a row', async () => {
    await open()
    await filter(1).locator('.trigger').click()
    await host.page.getByRole('combobox').pressSequentially('denver')
    await expect.poll(() => host.page.getByRole('option').count()).toBe(1)
    const searches = lab.fixture.requests
      .filter(({ path }) => path.endsWith('/options'))
      .map(({ body }) => (body as { search?: string }).search)
    expect(searches.at(-1)).toBe('denver')
    expect(searches.length).toBeLessThan(7)
  })

  it('takes all, none, counts them, and is cleared beside the button', async () => {
    await open()
    await filter(1).locator('.trigger').click()
    await host.page.getByRole('button', { name: 'Select all' }).click()
    await expect.poll(() => host.page.locator('.panel-footer .grow').innerText()).toBe(`${AIRPORTS.length} selected`)
    await host.page.getByRole('button', { name: 'Clear', exact: true }).click()
    await host.page.getByRole('option', { name: /Portland/ }).click()
    await host.page.getByRole('option', { name: /Spokane/ }).click()
    await host.page.getByRole('button', { name: 'Apply' }).click()
    await expect.poll(lastFilters).toEqual([PERIOD, DESTINATIONS('PDX', 'GEG')])
    expect(await filter(1).locator('.badge').innerText()).toBe('+1')
    await host.page.getByRole('button', { name: 'Clear Destination' }).click()
    await expect.poll(lastFilters).toEqual([PERIOD])
  })

  it('says that nothing matches, and what to do when the choices cannot be loaded', async () => {
    await open()
    await filter(1).locator('.trigger').click()
    await host.page.getByRole('combobox').fill('nowhere')
    await expect.poll(() => host.page.getByText('Nothing matches “nowhere”.').count()).toBe(1)
    lab.fixture.behaviour.refuse = ({ path }) =>
      path.endsWith('/options') ? { code: 'internal_error', status: 500, detail: 'no' } : undefined
    await host.page.getByRole('combobox').fill('den')
    await expect.poll(() => host.page.getByText('The choices could not be loaded.').count()).toBe(1)
    lab.fixture.behaviour.refuse = () => undefined
    await host.page.getByRole('button', { name: 'Retry' }).click()
    await expect.poll(() => host.page.getByRole('option').count()).toBe(1)
    expect(await host.events('di-error')).toMatchObject([{ scope: 'filter' }])
  })
})

describe('filters of a dashboard', () => {
  it('abort the stream under way when they change', async () => {
    let held = false
    const { frame } = lab.fixture.behaviour
    lab.fixture.behaviour.frame = (id, request) => {
      const { filters } = request.body as { filters?: unknown }
      if (filters !== undefined) return frame(id, request)
      held = true
      return new Promise(() => undefined)
    }
    host = await lab.open()
    await expect.poll(() => held).toBe(true)
    await board(`setFilters([${JSON.stringify(DESTINATIONS('DEN'))}])`)
    await whenReady(host.page)
    await expect.poll(() => queries().map(({ aborted }) => aborted)).toEqual([true, false])
  })

  it('that the host gives apply before the first query', async () => {
    const body = `<h1>Host</h1><di-provider api-url="${lab.fixture.apiUrl}"><di-dashboard></di-dashboard></di-provider>`
    const script = `const b = document.querySelector('di-dashboard'); b.defaultFilters = [${JSON.stringify(DESTINATIONS('LAX'))}]; b.dashboardId = 'departures'`
    await open({ page: { ...dashboardPage(lab.fixture, '', script), body } })
    expect(queries().map(({ body: sent }) => (sent as { filters?: unknown }).filters)).toEqual([[DESTINATIONS('LAX')]])
    await filter(1).locator('.trigger').click()
    await host.page.getByRole('option', { name: /Denver/ }).click()
    await host.page.getByRole('button', { name: 'Apply' }).click()
    await expect.poll(lastFilters).toEqual([DESTINATIONS('LAX', 'DEN')])
    await host.page.getByRole('button', { name: 'Reset' }).click()
    await expect.poll(lastFilters).toEqual([DESTINATIONS('LAX')])
  })

  it('stay as they are when a listener refuses the change', async () => {
    await open()
    await host.page.evaluate(() => addEventListener('di-filter-change', (event) => event.preventDefault()))
    expect(await board('setFilters([])')).toBe(false)
    expect(await board('getFilters()')).toEqual([PERIOD])
    expect(queries()).toHaveLength(1)
  })

  it('in the hands of the host change only when the host says so', async () => {
    const script = `const b = document.querySelector('di-dashboard'); b.filters = [${JSON.stringify(DESTINATIONS('LAX'))}]`
    await open({ page: dashboardPage(lab.fixture, '', script) })
    await board('setFilters([])')
    expect(await board('getFilters()')).toEqual([DESTINATIONS('LAX')])
    expect(queries()).toHaveLength(1)
    await host.page.evaluate(
      `document.querySelector('di-dashboard').filters = [${JSON.stringify(DESTINATIONS('SFO'))}]`,
    )
    await expect.poll(lastFilters).toEqual([DESTINATIONS('SFO')])
    await host.page.evaluate(`document.querySelector('di-dashboard').filters = null`)
    await expect.poll(lastFilters).toEqual([])
    await host.page.evaluate(`document.querySelector('di-dashboard').filters = []`)
    await whenReady(host.page)
    expect(queries()).toHaveLength(3)
  })

  it('travel in a short text that fits in an address', async () => {
    await open()
    expect(await board('getState()')).toBe('')
    await board(`setFilters([${JSON.stringify(DESTINATIONS('DEN', 'Zürich'))}])`)
    await expect.poll(() => host.events('di-state-change')).toHaveLength(1)
    const state = await board<string>('getState()')
    expect(encodeURIComponent(state)).toBe(state)
    await board('resetFilters()')
    await expect.poll(lastFilters).toBeUndefined()
    expect(await board(`setState(${JSON.stringify(state)})`)).toBe(true)
    await expect.poll(lastFilters).toEqual([DESTINATIONS('DEN', 'Zürich')])
    expect(await board(`setState('cut-off')`)).toBe(false)
    expect(await board('getFilters()')).toEqual([DESTINATIONS('DEN', 'Zürich')])
  })

  it('may stand elsewhere on the page, linked by id, in any order', async () => {
    const bar = '<di-filter-bar for="board"></di-filter-bar><di-filter for="board" filter-id="destination"></di-filter>'
    const page = dashboardPage(lab.fixture, 'without-filters')
    await open({ page: { ...page, body: bar + page.body } })
    await expect.poll(() => host.page.locator('body > main > di-filter-bar .trigger').allInnerTexts()).toHaveLength(2)
    await host.page.locator('main > di-filter .trigger').click()
    await host.page.getByRole('option', { name: /Denver/ }).click()
    await host.page.getByRole('button', { name: 'Apply' }).click()
    await expect.poll(lastFilters).toEqual([PERIOD, DESTINATIONS('DEN')])
    await expect
      .poll(() => host.page.locator('main > di-filter-bar .trigger-value').nth(1).innerText())
      .toContain('Denver')
  })

  it('open as sheets of full width on phones', async () => {
    await open({ width: 390, height: 844, touch: true })
    await filter(1).locator('.trigger').tap()
    const panel = filter(1).locator('#panel')
    await expect.poll(() => host.page.getByRole('option').count()).toBe(AIRPORTS.length)
    const box = await panel.boundingBox()
    expect([box?.x, box?.width]).toEqual([0, 390])
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(844)
    for (const target of await panel.locator('[role=option], button:visible, input').all()) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    }
  })
})

function focusedText(): Promise<string> {
  return host.page.evaluate(() => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return element?.textContent?.trim() ?? ''
  })
}
