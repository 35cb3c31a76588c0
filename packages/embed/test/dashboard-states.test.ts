import type { ErrorBody, ErrorCode, Frame } from '@datainsight/core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { REQUEST_ID } from './fixture/fixture-server.ts'
import { goOffline, type HostPage, type Lab, startLab, whenReady } from './fixture/open-host-page.ts'
import { answer, column, DASHBOARD, result } from './fixture/sample-data.ts'

let lab: Lab
let host: HostPage | undefined

beforeAll(async () => {
  lab = await startLab()
})
afterAll(() => lab.close())
beforeEach(() => lab.fixture.reset())
afterEach(async () => {
  await host?.close()
  expect(host?.exceptions).toEqual([])
  expect(host?.violations).toEqual([])
  host = undefined
})

const open = async (options: Parameters<Lab['open']>[0] = {}) => {
  host = await lab.open(options)
  return host
}
const tile = (id: string) => host!.page.locator(`[data-tile="${id}"]`)
const failed = (id: string, code: ErrorCode, status: number): Frame => ({
  id,
  error: {
    type: 'about:blank',
    title: code,
    status,
    code,
    detail: 'it failed',
    requestId: REQUEST_ID,
  } satisfies ErrorBody,
})
/** Waits for the elements' code, which comes after the dashboard's own and may come after the data. */
const whenDrawn = (page: HostPage['page']) =>
  page.evaluate(async () => {
    await Promise.all(['metric', 'table', 'chart'].map((name) => customElements.whenDefined(`di-${name}`)))
  })
const never = new Promise<undefined>(() => undefined)

describe('a dashboard', () => {
  it('asks for the definition and then for all tiles by one stream, those on screen first', async () => {
    const { page } = await open()
    await whenReady(page)
    expect(lab.fixture.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /dashboards/departures',
      'POST /dashboards/departures/query',
    ])
    const { widgets, filters } = lab.fixture.requests[1]!.body as { widgets: string[]; filters?: unknown }
    expect(widgets).toEqual(['flights', 'delay', 'late', 'miles', 'by_day', 'top', 'routes'])
    expect(filters).toBeUndefined()
  })

  it('shows numbers, their change in words, and a trend', async () => {
    const { page } = await open()
    await whenReady(page)
    await expect.poll(() => tile('flights').locator('di-metric [part=value]').textContent()).toBe('50,231')
    const change = (await tile('flights').locator('[part=change]').innerText()).replaceAll(/\s+/g, ' ')
    expect(change).toBe('up (better) +4.2% vs previous 28 days')
    expect(await tile('flights').locator('.move').getAttribute('class')).toContain('good')
    expect(await tile('delay').locator('.move').getAttribute('class')).toContain('bad')
    expect(await tile('late').locator('.move').getAttribute('class')).toContain('good')
    expect(await tile('miles').locator('[part=change]').innerText()).toContain('No change')
    expect(await tile('flights').locator('[part=sparkline] svg').getAttribute('aria-label')).toMatch(
      /^Trend of Flights: from/,
    )
  })

  it('says that there is nothing earlier to compare with', async () => {
    lab.fixture.behaviour.frame = (id) =>
      id === 'flights'
        ? {
            id,
            result: result([column('flights.count')], [[12]]),
            comparison: result([column('flights.count')], [[0]]),
          }
        : { id, ...answer(id) }
    const { page } = await open()
    await whenReady(page)
    await expect.poll(() => tile('flights').locator('[part=change]').innerText()).toBe('No earlier data')
  })

  it('keeps the place of every tile from the first skeleton to the last answer', async () => {
    const gates: (() => void)[] = []
    lab.fixture.behaviour.frame = (id) => new Promise((resolve) => gates.push(() => resolve({ id, ...answer(id) })))
    const { page } = await open({ page: { body: `${dashboard()}<p id="after">After</p>` } })
    await page.locator('[data-tile="routes"] .skeleton').waitFor()
    const boxes = () =>
      page.evaluate(() => {
        const tiles = document.querySelector('di-dashboard')!.shadowRoot!.querySelectorAll('[data-tile]')
        return [...tiles, document.querySelector('#after')!].map((element) =>
          JSON.stringify(element.getBoundingClientRect()),
        )
      })
    const before = await boxes()
    const ready = whenReady(page)
    for (let open = 0; open < DASHBOARD.widgets.length; open += 1) {
      await expect.poll(() => gates.length).toBeGreaterThan(open)
      gates[open]!()
    }
    await ready
    expect(await boxes()).toEqual(before)
  })

  it('says that nothing matches the filters and clears them', async () => {
    lab.fixture.behaviour.frame = (id, { body }) => {
      const { filters } = body as { filters?: unknown[] }
      return id === 'by_day' && filters === undefined
        ? { id, result: result([column('flights.date'), column('flights.count')], [[], []]) }
        : { id, ...answer(id) }
    }
    const { page } = await open()
    await whenReady(page)
    await expect
      .poll(() => tile('by_day').locator('[part=empty]').innerText())
      .toContain('Nothing matches the filters.')
    await tile('by_day').getByRole('button', { name: 'Clear filters' }).click()
    await expect.poll(() => lab.fixture.requests.at(-1)?.body).toMatchObject({ filters: [] })
    await expect.poll(() => tile('by_day').locator('[part=empty]').count()).toBe(0)
  })

  it('shows what failed in its own tile, copies the request id, and asks for that tile alone on Retry', async () => {
    let failing = true
    lab.fixture.behaviour.frame = (id) =>
      id === 'top' && failing ? failed(id, 'query_failed', 500) : { id, ...answer(id) }
    const { page, events } = await open()
    await whenReady(page)
    await expect.poll(() => tile('top').getByRole('alert').innerText()).toContain('This could not be loaded')
    expect(await events('di-error')).toMatchObject([
      { code: 'query-failed', scope: 'tile', tileId: 'top', status: 500, requestId: REQUEST_ID, retryable: true },
    ])
    await tile('top')
      .getByRole('button', { name: `Request id ${REQUEST_ID}` })
      .click()
    // It is copied after the click.
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(REQUEST_ID)
    failing = false
    await tile('top').getByRole('button', { name: 'Retry' }).click()
    // The tile shows its skeleton before the request has reached the server.
    await expect.poll(() => lab.fixture.requests.at(-1)?.body).toMatchObject({ widgets: ['top'] })
    await expect.poll(() => tile('top').getByRole('alert').count()).toBe(0)
  })

  it('shows a tile that is not for the viewer without offering to try again', async () => {
    lab.fixture.behaviour.frame = (id) => (id === 'late' ? failed(id, 'forbidden', 403) : { id, ...answer(id) })
    const { page } = await open()
    await whenReady(page)
    await expect.poll(() => tile('late').locator('.state.forbidden').innerText()).toContain('No access')
    expect(await tile('late').getByRole('button', { name: 'Retry' }).count()).toBe(0)
  })

  it('blames a stream that was cut off on the tiles that had no answer', async () => {
    lab.fixture.behaviour.frame = (id) => (id === 'routes' ? undefined : { id, ...answer(id) })
    const { page } = await open()
    await whenReady(page)
    await expect.poll(() => tile('routes').locator('.state.offline').count()).toBe(1)
    expect(await tile('flights').locator('.state').count()).toBe(0)
  })

  it('keeps the last answer on screen, dimmed and busy, while the next is on its way', async () => {
    const { page } = await open()
    await whenReady(page)
    lab.fixture.behaviour.frame = () => never
    await page.evaluate(() => void (document.querySelector('di-dashboard') as never as { refresh(): void }).refresh())
    await expect.poll(() => tile('flights').getAttribute('aria-busy')).toBe('true')
    expect(await tile('flights').locator('di-metric [part=value]').textContent()).toBe('50,231')
    expect(await tile('flights').locator('.tile-body').getAttribute('class')).toContain('dimmed')
    expect(await page.evaluate(() => document.querySelector('di-dashboard')!.matches(':state(loading)'))).toBe(true)
  })

  it('keeps what it shows when a refresh finds no network, and says so', async () => {
    const { page, context } = await open()
    await whenReady(page)
    await whenDrawn(page)
    await goOffline(page)
    await page.evaluate(() =>
      (document.querySelector('di-dashboard') as never as { refresh(): Promise<void> }).refresh(),
    )
    await expect.poll(() => tile('flights').innerText()).toContain('You seem to be offline')
    expect(await tile('flights').locator('.tile-footer').innerText()).toContain('You seem to be offline')
    expect(await tile('flights').locator('di-metric [part=value]').textContent()).toBe('50,231')
    expect(await page.evaluate(() => document.querySelector('di-dashboard')!.matches(':state(stale)'))).toBe(true)
    await context.setOffline(false)
    await expect.poll(() => tile('flights').locator('.tile-footer').count()).toBe(0)
  })

  it.each([
    ['token_expired', 401, 'token-expired', 'Your session has ended'],
    ['invalid_token', 401, 'token-invalid', 'This could not be opened'],
    ['not_found', 404, 'not-found', 'Not found'],
    ['origin_denied', 403, 'origin-denied', 'Not available on this site'],
    ['forbidden', 403, 'forbidden', 'No access'],
  ] as const)('answers %s with a designed page of its own and nothing else', async (code, status, sdkCode, title) => {
    lab.fixture.behaviour.refuse = () => ({ code, status, detail: 'no' })
    const { page, events, axe } = await open()
    const alert = page.getByRole('alert')
    await expect.poll(() => alert.innerText()).toContain(title)
    expect(await page.locator('[data-tile]').count()).toBe(0)
    expect(await page.locator('di-filter').count()).toBe(0)
    expect(await events('di-error')).toMatchObject([{ code: sdkCode, scope: 'dashboard', status }])
    expect(await page.evaluate(() => document.querySelector('di-dashboard')!.matches(':state(error)'))).toBe(true)
    expect(await axe()).toEqual([])
  })

  it('removes everything when the token stops being accepted', async () => {
    const { page } = await open()
    await whenReady(page)
    lab.fixture.behaviour.refuse = () => ({ code: 'token_expired', status: 401, detail: 'no' })
    await page.evaluate(() =>
      (document.querySelector('di-dashboard') as never as { refresh(): Promise<void> }).refresh(),
    )
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('Your session has ended')
    expect(await page.locator('[data-tile]').count()).toBe(0)
  })

  it('recovers from a page without network by itself', async () => {
    const { page, context } = await open()
    await whenReady(page)
    await whenDrawn(page)
    await goOffline(page)
    await page.evaluate(() => {
      const board = document.querySelector('di-dashboard')!
      board.remove()
      ;(board as never as { dashboardId: string }).dashboardId = 'other'
      ;(board as never as { dashboardId: string }).dashboardId = 'departures'
      document.querySelector('di-provider')!.append(document.createElement('di-dashboard'))
      document.querySelector('di-dashboard')!.setAttribute('dashboard-id', 'departures')
    })
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('You seem to be offline')
    await context.setOffline(false)
    await expect.poll(() => page.locator('[data-tile]').count()).toBe(DASHBOARD.widgets.length)
  })

  it('says of tiles whose code did not arrive that the network failed, and draws them when it is back', async () => {
    const isOurs = (url: URL) => url.pathname.startsWith('/sdk/chunks/')
    let isDown = true
    let asked = 0
    const { page, events } = await open({
      prepare: (page) =>
        page.route(isOurs, (route) => {
          asked++
          return isDown ? route.abort('internetdisconnected') : route.continue()
        }),
    })
    await whenReady(page)
    await expect.poll(() => tile('flights').locator('.state.offline').count()).toBe(1)
    await expect.poll(() => tile('routes').locator('.state.offline').count()).toBe(1)
    expect(await events('di-error')).toContainEqual(expect.objectContaining({ code: 'network', scope: 'element' }))
    const before = asked
    await page.evaluate(async () => {
      const board = document.querySelector('di-dashboard') as never as {
        requestUpdate(): void
        updateComplete: unknown
      }
      board.requestUpdate()
      await board.updateComplete
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    })
    expect(asked).toBe(before)
    isDown = false
    await tile('flights').getByRole('button', { name: 'Retry' }).click()
    await expect.poll(() => tile('flights').locator('di-metric [part=value]').textContent()).toBe('50,231')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => page.locator('.state.offline').count()).toBe(0)
    await expect.poll(() => tile('routes').locator('di-table').count()).toBe(1)
  })

  it('replaces its parts by what the host puts into slots', async () => {
    const { page } = await open({
      page: {
        body: dashboard(
          '<b slot="header">Own header</b><i slot="tile:flights">Own tile</i><u slot="footer">Own footer</u>',
        ),
      },
    })
    await whenReady(page)
    expect(await page.getByText('Own header').isVisible()).toBe(true)
    expect(await page.getByText('Own tile').isVisible()).toBe(true)
    expect(await page.getByText('Own footer').isVisible()).toBe(true)
    expect(await page.getByRole('heading', { name: DASHBOARD.title }).count()).toBe(0)
  })

  it('dates answers that were kept for a while', async () => {
    lab.fixture.behaviour.frame = (id) => {
      const frame = answer(id)
      return {
        id,
        ...frame,
        result: { ...frame.result, meta: { ...frame.result.meta, refreshedAt: '2001-03-29T10:42:00.000Z' } },
      }
    }
    const { page } = await open()
    await whenReady(page)
    await expect
      .poll(() => page.locator('di-dashboard').locator('[part=footer]').innerText())
      .toContain('Data of Mar 29, 2001')
  })

  it('says what is missing when no dashboard is named', async () => {
    const { page } = await open({
      page: { body: `<di-provider api-url="${lab.fixture.apiUrl}"><di-dashboard></di-dashboard></di-provider>` },
    })
    await expect
      .poll(() => page.locator('di-dashboard .state').innerText())
      .toContain('No dashboard chosen: set dashboard-id.')
  })
})

function dashboard(content = ''): string {
  return `<h1>Host</h1><di-provider api-url="${lab.fixture.apiUrl}" locale="en-US"><di-dashboard dashboard-id="departures">${content}</di-dashboard></di-provider>`
}
