import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import type { AxeResults } from 'axe-core'
import type { FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../test/setup/launch-browser.ts'
import { buildHostApp } from '../server/build-host-app.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LOOKS = [
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 1280 },
  { scheme: 'light', width: 390 },
  { scheme: 'dark', width: 390 },
] as const

let app: FastifyInstance
let browser: Browser
let url: string

beforeAll(async () => {
  app = await buildHostApp({ apiUrl: 'http://127.0.0.1:9', apiKey: 'key', embedDir: tmpdir() })
  url = await app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

/** Opens a page and counts what its content security policy had to stop. */
async function openPage(options: Parameters<Browser['newContext']>[0]): Promise<{ page: Page; violations: string[] }> {
  const page = await (await browser.newContext(options)).newPage()
  const violations: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text())
  })
  return { page, violations }
}

/** Rule and target of everything axe finds. */
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const results = (await page.evaluate('axe.run()')) as AxeResults
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

describe.each(LOOKS)('in $scheme, $width px wide', ({ scheme, width }) => {
  it('no page has a barrier, a sideways scroll or a policy violation', async () => {
    const { page, violations } = await openPage({ colorScheme: scheme, viewport: { width, height: 844 } })
    const check = async (path: string) => {
      expect(await findBarriers(page), path).toEqual([])
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow, path).toBe(0)
    }
    await page.goto(`${url}/sign-in`)
    await check('/sign-in')
    await page.fill('#email', 'nobody@example.com')
    await page.click('#sign-in')
    await page.getByRole('alert').waitFor()
    await check('/sign-in with a problem')
    await page.click('#sign-in-SEA')
    await page.waitForURL('**/departures')
    await page.goto(`${url}/airport`)
    await page.getByRole('heading', { name: 'Seattle-Tacoma Intl' }).waitFor()
    await check('/airport')
    await page.click('#account-menu summary')
    await check('/airport with the menu open')
    await page.goto(`${url}/nowhere`)
    await check('/nowhere')
    expect(violations).toEqual([])
    await page.context().close()
  })
})

describe('the theme switch', () => {
  it('changes the page at once, and the next page from its first byte', async () => {
    const { page } = await openPage({ colorScheme: 'light' })
    await page.goto(`${url}/sign-in`)
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await background()
    await page.getByRole('button', { name: 'Switch to dark' }).click()
    expect(await background()).not.toBe(light)
    const next = await page.request.get(`${url}/sign-in`)
    expect(await next.text()).toContain('data-theme="dark"')
    await page.context().close()
  })
})

describe('the keyboard', () => {
  it('signs in, skips to the content and signs out', async () => {
    const { page } = await openPage({})
    await page.goto(`${url}/sign-in`)
    await page.locator('#sign-in-DEN').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/departures')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.locator('#account-menu summary').focus()
    await page.keyboard.press('Enter')
    await page.locator('#sign-out').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/sign-in')
    await page.context().close()
  })
})
