import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../setup/launch-browser.ts'
import { findAxeViolations } from './find-axe-violations.ts'
import { FlightsTruth } from './flights-truth.ts'
import { openPage, type WatchedPage } from './open-page.ts'
import { showsNumber } from './read-number.ts'
import { type Example, startExample } from './start-example.ts'

let example: Example
let browser: Browser
let watched: WatchedPage
beforeAll(async () => {
  ;[example, browser] = await Promise.all([startExample(), launchBrowser()])
  watched = await openPage(browser)
}, 300_000)
afterAll(async () => {
  await browser?.close()
  await example?.stop()
})

describe('the console that npm start serves', () => {
  it('signs the administrator in and lists the dashboards', async () => {
    const { page } = watched
    await page.goto(`${example.serverUrl}/console/`)
    await page.getByLabel('Email').fill(example.adminEmail)
    await page.getByLabel('Password', { exact: true }).fill(example.adminPassword)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Departures' }).first().waitFor()
    expect(await findAxeViolations(page)).toEqual([])
  })

  it('opens a dashboard with the flights of all airports', async () => {
    const { page } = watched
    await page.getByRole('link', { name: 'Departures' }).first().click()
    await page.waitForFunction(
      () => {
        const find = (root: Document | ShadowRoot): Element | undefined => {
          for (const element of root.querySelectorAll('*')) {
            if (element.localName === 'di-dashboard') return element
            const inner = element.shadowRoot && find(element.shadowRoot)
            if (inner) return inner
          }
          return undefined
        }
        return find(document)?.matches(':state(ready)') === true
      },
      undefined,
      { timeout: 60_000 },
    )
    const truth = await (await FlightsTruth.open()).headline({ days: ['2001-01-01', '2001-06-30'] })
    const shown = (await page.locator('article[data-tile="flights"] .value').getAttribute('title')) ?? ''
    expect(truth.flights).toBeGreaterThan(2_900_000)
    expect(showsNumber(shown, truth.flights), `${shown} for ${truth.flights}`).toBe(true)
    expect(await findAxeViolations(page)).toEqual([])
    expect(watched.exceptions).toEqual([])
    expect(watched.violations).toEqual([])
  })
})

describe('npm start', () => {
  it('ends its output with the addresses and prints no secret that it was given', () => {
    expect(example.output()).not.toContain(example.adminPassword)
    expect(example.output()).not.toContain(example.apiKey)
    // What goes to standard error, such as the record of a slow query, is JSON.
    const printed = example.output().split('\n')
    expect(printed.findLast((line) => !line.startsWith('{'))).toMatch(/^ready .*http:\/\/localhost:\d+/)
  })

  it('ends with 0 on SIGTERM, while a page is open', async () => {
    expect(await example.stop()).toBe(0)
  })
})
