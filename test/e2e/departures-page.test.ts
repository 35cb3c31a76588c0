import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../setup/launch-browser.ts'
import { DeparturesPage } from './departures-page.ts'
import { describeFocus } from './describe-focus.ts'
import { findAxeViolations } from './find-axe-violations.ts'
import { openPage, type PageOptions, type WatchedPage } from './open-page.ts'
import { sharedExample } from './shared-example.ts'
import type { ExampleAddress } from './start-example.ts'

const CHARTS = ['flights_by_day', 'delay_by_day', 'top_destinations', 'week_pattern', 'delay_distribution']

let example: ExampleAddress
let browser: Browser
beforeAll(async () => {
  ;[example, browser] = await Promise.all([sharedExample(), launchBrowser()])
}, 300_000)
afterAll(() => browser?.close())

async function open(options: PageOptions = {}): Promise<{ watched: WatchedPage; page: DeparturesPage }> {
  const watched = await openPage(browser, options)
  const page = new DeparturesPage(watched.page)
  await page.signIn(example.hostAppUrl, 'SEA')
  await page.drawAll()
  return { watched, page }
}

describe('the page under its content policy', () => {
  it('has the strictest policy and not one violation, with every tooltip shown', async () => {
    const { watched, page } = await open()
    const policy = (await watched.page.request.get(`${example.hostAppUrl}/departures`)).headers()[
      'content-security-policy'
    ]
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).not.toContain('unsafe')
    for (const chart of CHARTS) {
      const plot = page.tile(chart).locator('di-chart .plot')
      await plot.scrollIntoViewIfNeeded()
      await plot.hover()
      // A person's pointer never jumps to its place and rests there.
      await plot.hover({ position: { x: 120, y: 80 } })
      await page.tile(chart).locator('di-chart .tooltip:popover-open').waitFor()
    }
    expect(watched.violations).toEqual([])
    expect(watched.exceptions).toEqual([])
    await watched.close()
  })

  it('would report a violation', async () => {
    const { watched } = await open()
    await watched.page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<p style="color: red">x</p>'))
    await expect.poll(() => watched.violations).toHaveLength(1)
    await watched.close()
  })

  it('has no iframe, in no shadow root', async () => {
    const { watched } = await open()
    expect(await watched.page.locator('iframe').count()).toBe(0)
    expect(watched.page.frames()).toHaveLength(1)
    await watched.close()
  })

  it('asks for all tiles with one request', async () => {
    const watched = await openPage(browser)
    const asked: string[] = []
    watched.page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().startsWith(`${example.serverUrl}/api/`))
        asked.push(new URL(request.url()).pathname)
    })
    const page = new DeparturesPage(watched.page)
    await page.signIn(example.hostAppUrl, 'SEA')
    expect(asked.filter((path) => path.endsWith('/query'))).toHaveLength(1)
    await watched.close()
  })
})

describe.each([390, 320])('the page at %i px', (width) => {
  it('fits, with every tile drawn and a filter open', async () => {
    const { watched, page } = await open({ width, height: 800 })
    expect(await overflow(watched.page)).toBe(0)
    await page.filter('Period').click()
    await watched.page.getByRole('dialog', { name: 'Period' }).waitFor()
    expect(await overflow(watched.page)).toBe(0)
    expect(await findAxeViolations(watched.page)).toEqual([])
    await watched.close()
  })
})

describe('axe finds nothing', () => {
  it.each(['light', 'dark'] as const)('with the page in %s', async (colorScheme) => {
    const { watched } = await open({ colorScheme })
    expect(await findAxeViolations(watched.page)).toEqual([])
    await watched.close()
  })

  it.each(['Period', 'Destination'])('with the filter %s open', async (filter) => {
    const { watched, page } = await open()
    await page.filter(filter).click()
    await watched.page.getByRole('dialog', { name: filter }).waitFor()
    expect(await findAxeViolations(watched.page)).toEqual([])
    await watched.close()
  })

  it('with charts shown as tables', async () => {
    const { watched, page } = await open({ colorScheme: 'dark' })
    for (const chart of CHARTS)
      await page
        .tile(chart)
        .getByRole('button', { name: /^View as table/ })
        .click()
    await page.tile('week_pattern').locator('di-table').waitFor()
    expect(await findAxeViolations(watched.page)).toEqual([])
    await watched.close()
  })
})

describe('the keyboard', () => {
  it('reaches everything in order, names it, and gets stuck nowhere', async () => {
    const { watched } = await open()
    const stops: string[] = []
    for (let presses = 0; presses < 120; presses++) {
      await watched.page.keyboard.press('Tab')
      const stop = await watched.page.evaluate(describeFocus)
      if (stop === undefined) break
      stops.push(stop)
    }
    expect(stops.length).toBeLessThan(120)
    expect(stops.filter((stop) => stop.startsWith('unnamed'))).toEqual([])
    expect(new Set(stops).size).toBe(stops.length)
    for (const wanted of [
      'Skip to content',
      'Period',
      'Destination',
      'Options of Flights per day',
      'View as table: Flights per day',
    ]) {
      expect(
        stops.some((stop) => stop.includes(wanted)),
        `${wanted} in ${stops.join(' | ')}`,
      ).toBe(true)
    }
    await watched.close()
  })

  it('opens a filter, leaves it, and is back where it was', async () => {
    const { watched, page } = await open()
    await page.filter('Period').focus()
    await watched.page.keyboard.press('Enter')
    const dialog = watched.page.getByRole('dialog', { name: 'Period' })
    await dialog.waitFor()
    await watched.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(async () => (await watched.page.evaluate(describeFocus)) ?? 'nothing').toContain('Period')
    await watched.close()
  })

  it('chooses destinations without a pointer', async () => {
    const { watched, page } = await open()
    await page.filter('Destination').focus()
    await watched.page.keyboard.press('Enter')
    await watched.page.getByRole('dialog', { name: 'Destination' }).getByRole('option').first().waitFor()
    await watched.page.keyboard.type('LAX')
    await watched.page
      .getByRole('dialog', { name: 'Destination' })
      .getByRole('option')
      .nth(1)
      .waitFor({ state: 'detached' })
    await watched.page.keyboard.press('Enter')
    await watched.page.keyboard.press('Control+Enter')
    await expect.poll(async () => (await page.metric('flights')).full).toBe('3,901')
    await watched.close()
  })

  it('walks along a chart and hears each point', async () => {
    const { watched, page } = await open()
    const chart = page.tile('flights_by_day').locator('di-chart')
    await chart.locator('.plot').focus()
    const spoken: string[] = []
    for (const key of ['Home', 'ArrowRight', 'End']) {
      await watched.page.keyboard.press(key)
      await expect
        .poll(async () => (await chart.locator('.spoken').textContent())?.trim())
        .not.toBe(spoken.at(-1) ?? '')
      spoken.push((await chart.locator('.spoken').textContent())?.trim() ?? '')
    }
    expect(spoken[0]).toMatch(/Jan 1\b.*266/)
    expect(spoken[1]).toMatch(/Jan 2\b.*288/)
    expect(spoken[2]).toMatch(/Jun 30\b/)
    await watched.close()
  })

  it('moves through the table by cells', async () => {
    const { watched, page } = await open()
    const grid = page.tile('routes').locator('di-table')
    await grid.locator('th .sort').first().focus()
    await watched.page.keyboard.press('ArrowDown')
    await watched.page.keyboard.press('ArrowRight')
    await expect.poll(() => watched.page.evaluate(describeFocus)).toContain('Los Angeles International')
    await watched.page.keyboard.press('Control+End')
    await expect.poll(() => watched.page.evaluate(describeFocus)).toMatch(/mi$/)
    await watched.close()
  })
})

/** How far the page is wider than the window, px. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}
