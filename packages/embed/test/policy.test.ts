import type { ErrorCode, Frame } from '@datainsight/core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { REQUEST_ID } from './fixture/fixture-server.ts'
import { dashboardPage, type HostPage, type Lab, startLab, whenReady } from './fixture/open-host-page.ts'
import { answer, column, result } from './fixture/sample-data.ts'

let lab: Lab
let host: HostPage

beforeAll(async () => {
  lab = await startLab()
})
afterAll(() => lab.close())
beforeEach(() => lab.fixture.reset())
afterEach(async () => {
  await host.close()
  // The page's policy is `default-src 'none'; script-src 'self'; style-src 'self'` and the API.
  expect(host.violations).toEqual([])
  expect(host.exceptions).toEqual([])
})

const failed = (id: string, code: ErrorCode, status: number): Frame => ({
  id,
  error: { type: 'about:blank', title: code, status, code, detail: 'it failed', requestId: REQUEST_ID },
})

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  const css =
    'body{margin:0;padding:16px;font-family:system-ui,sans-serif;background:light-dark(#f6f7f9,#0e1116)} :root{color-scheme:light dark}'
  const open = async (options: Parameters<Lab['open']>[0] = {}) => {
    host = await lab.open({ colorScheme, ...options, page: { css, ...options?.page } })
  }

  it('a dashboard with charts, numbers and a table has no fault that axe finds', async () => {
    await open()
    await whenReady(host.page)
    await expect.poll(() => host.page.locator('di-chart canvas').count()).toBe(2)
    await host.page.locator('[data-tile="routes"]').scrollIntoViewIfNeeded()
    await host.page.getByRole('grid').waitFor()
    expect(await host.axe()).toEqual([])
  })

  it('nor has one whose charts are shown as tables', async () => {
    await open()
    await whenReady(host.page)
    for (const title of ['Flights by day', 'Busiest destinations'])
      await host.page.getByRole('button', { name: `View as table: ${title}` }).click()
    await expect.poll(() => host.page.getByRole('grid', { name: 'Flights by day' }).count()).toBe(1)
    expect(await host.axe()).toEqual([])
  })

  it('nor one that is loading', async () => {
    lab.fixture.behaviour.frame = () => new Promise(() => undefined)
    await open()
    await host.page.locator('[data-tile="routes"] .skeleton').waitFor()
    expect(await host.axe()).toEqual([])
  })

  it('nor one with every other state in its tiles', async () => {
    lab.fixture.behaviour.frame = (id) => {
      if (id === 'flights') return failed(id, 'query_failed', 500)
      if (id === 'late') return failed(id, 'forbidden', 403)
      if (id === 'top') return failed(id, 'query_timeout', 504)
      if (id === 'by_day') return { id, result: result([column('flights.date'), column('flights.count')], [[], []]) }
      return id === 'routes' ? undefined : { id, ...answer(id) }
    }
    await open()
    await whenReady(host.page)
    await expect.poll(() => host.page.locator('[data-tile] .state').count()).toBe(5)
    expect(await host.axe()).toEqual([])
  })

  it('nor an open date range, list or menu', async () => {
    await open()
    await whenReady(host.page)
    await host.page.locator('di-filter .trigger').first().click()
    await host.page.getByRole('button', { name: 'March 5' }).waitFor()
    expect(await host.axe()).toEqual([])
    await host.page.keyboard.press('Escape')
    await host.page.locator('di-filter .trigger').nth(1).click()
    await host.page.getByRole('option', { name: /Denver/ }).click()
    expect(await host.axe()).toEqual([])
    await host.page.keyboard.press('Escape')
    await host.page.getByRole('button', { name: 'Options of Flights by day' }).click()
    await host.page.getByRole('menuitem', { name: 'Refresh' }).waitFor()
    expect(await host.axe()).toEqual([])
  })
})

describe('a host page', () => {
  it('gets no iframe, no style attribute in markup, and its tooltips obey the policy', async () => {
    host = await lab.open()
    await whenReady(host.page)
    const chart = host.page.locator('[data-tile="by_day"] di-chart')
    await expect.poll(() => chart.locator('canvas').count()).toBe(1)
    await chart.hover({ position: { x: 200, y: 120 } })
    await expect.poll(() => chart.locator('.tooltip').isVisible()).toBe(true)
    expect(await host.page.locator('iframe').count()).toBe(0)
  })

  it('keeps its own styles and gives none away', async () => {
    const css =
      '* { color: red !important; font-size: 40px } button, td, h2, h3 { background: lime !important; border: 9px solid } .tile, .grid { display: none !important }'
    host = await lab.open({ page: { css } })
    await whenReady(host.page)
    const looks = await host.page.evaluate(() => {
      const root = document.querySelector('di-dashboard')!.shadowRoot!
      return {
        tile: getComputedStyle(root.querySelector('.tile')!).display,
        title: getComputedStyle(root.querySelector('.tile-title')!).backgroundColor,
        sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
        h1: getComputedStyle(document.querySelector('h1')!).color,
      }
    })
    expect(looks).toEqual({ tile: 'flex', title: 'rgba(0, 0, 0, 0)', sheets: 1, h1: 'rgb(255, 0, 0)' })
  })

  it('is usable at 320 px without scrolling sideways', async () => {
    host = await lab.open({ width: 320, height: 640, touch: true })
    await whenReady(host.page)
    expect(await host.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    const tiles = await host.page
      .locator('[data-tile]')
      .evaluateAll((list) => list.map((tile) => tile.getBoundingClientRect().toJSON() as DOMRect))
    for (const [index, { x, width, y }] of tiles.entries()) {
      expect(x + width).toBeLessThanOrEqual(320)
      if (index > 0) expect(y).toBeGreaterThanOrEqual(tiles[index - 1]!.y)
    }
    for (const button of await host.page.locator('[data-tile] .icon-button').all()) {
      const box = await button.boundingBox()
      expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(44)
    }
  })

  it('in a right-to-left language is mirrored', async () => {
    host = await lab.open({ page: dashboardPage(lab.fixture, '', `document.documentElement.dir = 'rtl'`) })
    await whenReady(host.page)
    const [first, last] = await host.page
      .locator('[data-tile].metric')
      .evaluateAll((tiles) => [tiles[0]!, tiles.at(-1)!].map((tile) => tile.getBoundingClientRect().x))
    expect(first).toBeGreaterThan(last!)
    expect(
      await host.page
        .locator('[data-tile] .tile-title')
        .first()
        .evaluate((title) => getComputedStyle(title).textAlign),
    ).toBe('start')
  })

  it('reaches a tile’s buttons with the keyboard', async () => {
    host = await lab.open()
    await whenReady(host.page)
    const toggle = host.page.getByRole('button', { name: 'View as table: Flights by day' })
    await toggle.focus()
    await host.page.keyboard.press('Space')
    await expect.poll(() => host.page.getByRole('grid', { name: 'Flights by day' }).count()).toBe(1)
    expect(await toggle.getAttribute('aria-pressed')).toBe('true')
    await host.page.keyboard.press('Tab')
    await host.page.keyboard.press('Enter')
    await expect.poll(() => focusedText()).toBe('View as chart')
    await host.page.keyboard.press('ArrowDown')
    expect(await focusedText()).toBe('Refresh')
    await host.page.keyboard.press('End')
    expect(await focusedText()).toBe('Copy data')
    await host.page.keyboard.press('Enter')
    await expect
      .poll(() => host.page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/^Date\tFlights\n2001-03-01/)
    await host.page.keyboard.press('Escape')
    await expect.poll(() => host.page.getByRole('menuitem').count()).toBe(0)
  })
})

function focusedText(): Promise<string> {
  return host.page.evaluate(() => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return element?.textContent?.trim() ?? ''
  })
}
