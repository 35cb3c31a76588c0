import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../test/setup/launch-browser.ts'
import { ADMIN, startConsole } from './start-console.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let server: Awaited<ReturnType<typeof startConsole>>
let browser: Browser
beforeAll(async () => {
  server = await startConsole()
  browser = await launchBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function signIn(page: Page, password: string = ADMIN.password): Promise<void> {
  await page.getByLabel('Email').fill(ADMIN.email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Rule and target of everything axe finds. */
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const results = (await page.evaluate('axe.run()')) as AxeResults
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

describe('a visit to the console', () => {
  let context: BrowserContext
  let page: Page
  const violations: string[] = []
  beforeAll(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    page = await context.newPage()
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text())
    })
    page.on('pageerror', (error) => violations.push(String(error)))
    await page.goto(`${server.url}/console/`)
  })
  afterAll(() => context.close())

  it('refuses a wrong password in words', async () => {
    await signIn(page, 'wrong')
    await page.getByRole('alert').filter({ hasText: 'Email or password is wrong.' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
  })

  it('teaches the next step while there is no dashboard', async () => {
    await signIn(page)
    await page.getByText('No dashboards yet').waitFor()
    expect(await findBarriers(page)).toEqual([])
  })

  it('goes on after a reload, with nothing in the storage of the browser', async () => {
    await server.addDashboard()
    await page.reload()
    await page.getByRole('link', { name: 'Departures' }).waitFor()
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    )
    expect(stored).not.toMatch(/eyJ|refresh|token/i)
    expect(await findBarriers(page)).toEqual([])
  })

  it('finds dashboards, and says when none matches', async () => {
    await page.getByRole('searchbox', { name: 'Search dashboards' }).fill('nothing like it')
    await page.getByText('No dashboard matches').waitFor()
    await page.getByRole('button', { name: 'Clear search' }).click()
    await page.getByRole('button', { name: 'Changed' }).click()
    await page.getByRole('columnheader', { name: 'Changed' }).and(page.locator('[aria-sort=descending]')).waitFor()
  })

  it('opens a dashboard with the rights of who is signed in', async () => {
    await page.getByRole('link', { name: 'Departures' }).click()
    await page.waitForURL('**/console/dashboards/departures')
    await page.locator('di-dashboard:state(ready)').waitFor()
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByText('Departures').waitFor()
    // All airports: 3,000,000 flights but the one of 1 July at midnight.
    await page
      .locator('di-metric')
      .filter({ hasText: /^\s*(?:Flights)?\s*3M/ })
      .first()
      .waitFor()
    expect(await page.locator('iframe').count()).toBe(0)
  })

  it('jumps by keyboard', async () => {
    await page.locator('body').press('g')
    await page.locator('body').press('d')
    await heading(page, 'Dashboards').waitFor()
    await page.locator('body').press('?')
    await dialog(page, 'Keyboard shortcuts').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog(page, 'Keyboard shortcuts').waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+k')
    await page.getByRole('option', { name: 'Departures' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.type('dep')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/console/dashboards/departures')
  })

  const questions = () => page.locator('table.questions tbody tr')
  const panel = () => page.getByRole('dialog').filter({ has: page.locator('#panel-title') })

  it('shows what was asked: figures, their course, and the slowest questions first', async () => {
    const byDay = { dimension: 'flights.date', granularity: 'day' }
    await server.ask({ measures: ['flights.count'], timeDimensions: [byDay] })
    await server.ask({ measures: ['flights.count'], timeDimensions: [byDay] })
    await server.ask({ measures: ['flights.avg_delay'], dimensions: ['flights.origin'] })
    await server.ask({ measures: ['flights.nothing'] })
    await page.locator('body').press('g')
    await page.locator('body').press('q')
    await heading(page, 'Queries').waitFor()
    await questions().filter({ hasText: 'by Departure' }).first().waitFor()
    expect(await page.locator('th[aria-sort=descending]').textContent()).toContain('Time')
    const chart = page.locator('di-chart.chart')
    await chart.locator('canvas').waitFor()
    for (const name of ['Latency', 'Data']) {
      await page.getByRole('button', { name, exact: true }).click()
      await page.locator(`di-chart[label="${name === 'Data' ? 'Data sent' : 'Time of answers'}"] canvas`).waitFor()
    }
    expect(await page.getByText('This could not be drawn').count()).toBe(0)
    expect(await findBarriers(page)).toEqual([])
  })

  it('keeps every choice in the address, and says when nothing matches', async () => {
    await page.getByRole('tab', { name: 'Failing' }).click()
    await questions().filter({ hasText: 'flights.nothing' }).waitFor()
    await page.getByRole('combobox', { name: 'Answered from' }).selectOption('L2')
    await page.getByText('No queries match the filters').waitFor()
    expect(new URL(page.url()).search).toBe('?view=failing&chart=data&cache=L2')
    await page.reload()
    await page.getByRole('button', { name: 'Clear filter', exact: true }).click()
    await questions().filter({ hasText: 'flights.nothing' }).waitFor()
    await page.goBack()
    await page.getByRole('tab', { name: 'Slowest', selected: true }).waitFor()
  })

  it('explains a question: members, rollups, the plan, and what was asked last', async () => {
    await questions().getByRole('link', { name: 'Average delay' }).first().click()
    await panel().getByRole('heading', { name: 'Members' }).waitFor()
    await panel().getByRole('button', { name: 'Explain' }).click()
    await panel().locator('pre[aria-label=plan]').waitFor()
    expect(await findBarriers(page)).toEqual([])
    await panel().locator('.recent a').first().click()
    await page.waitForURL('**record=*')
    await panel().locator('.stages li').first().waitFor()
    await panel().getByRole('button', { name: 'Copy request id' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await panel().waitFor({ state: 'hidden' })
    expect(page.url()).not.toContain('record=')
  })

  it('goes through the records, and tells in words when the log cannot be read', async () => {
    await page.getByRole('tab', { name: 'Recent' }).click()
    await page.locator('table.records tbody tr').first().waitFor()
    await page.route('**/api/v1/query/timeline**', (route) => route.abort())
    await page.reload()
    await page.getByRole('alert').filter({ hasText: 'The query log could not be loaded' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.unroute('**/api/v1/query/timeline**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('table.records tbody tr').first().waitFor()
  })

  it('has a page for addresses that lead nowhere', async () => {
    await page.goto(`${server.url}/console/nothing/here`)
    await heading(page, 'Nothing is here').waitFor()
    expect(await findBarriers(page)).toEqual([])
  })

  it('signs out for good', async () => {
    await page.getByRole('button', { name: /^Profile/ }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await heading(page, 'Sign in').waitFor()
    await page.reload()
    await heading(page, 'Sign in').waitFor()
  })

  it('broke no rule of its content security policy', () => {
    expect(violations).toEqual([])
  })
})

describe('a session that is over', () => {
  it('is said to be over', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${server.url}/console/`)
    await signIn(page)
    await page.getByRole('link', { name: 'Departures' }).waitFor()
    await context.clearCookies()
    await page.route('**/api/v1/dashboards**', (route) => {
      const headers = { ...route.request().headers(), authorization: 'Bearer worn.out.token' }
      return route.continue({ headers })
    })
    await page.keyboard.press('Control+k')
    await page.getByRole('status').filter({ hasText: 'Your session has ended' }).waitFor()
    await context.close()
  })
})

describe('on a phone', () => {
  it('nothing scrolls sideways and nothing is a barrier, in the dark too', async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
      hasTouch: true,
    })
    const page = await context.newPage()
    await page.goto(`${server.url}/console/`)
    await signIn(page)
    await page.getByRole('link', { name: 'Departures' }).waitFor()
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect([await overflow(), await findBarriers(page)]).toEqual([0, []])
    await page.getByRole('link', { name: 'Departures' }).tap()
    await page.locator('di-dashboard:state(ready)').waitFor()
    expect(await overflow()).toBe(0)
    await page.getByRole('link', { name: 'Queries' }).tap()
    await page.locator('table.questions a').first().waitFor()
    expect([await overflow(), await findBarriers(page)]).toEqual([0, []])
    await page.locator('table.questions a').first().tap()
    await page.getByRole('heading', { name: 'Members' }).waitFor()
    expect([await overflow(), await findBarriers(page)]).toEqual([0, []])
    await context.close()
  })
})
