import { generateKeyPairSync } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../setup/launch-browser.ts'
import { DeparturesPage } from './departures-page.ts'
import { findAxeViolations } from './find-axe-violations.ts'
import { openPage, type WatchedPage } from './open-page.ts'
import { sharedExample } from './shared-example.ts'
import type { ExampleAddress } from './start-example.ts'
import { registerVendorKey, signToken, type VendorKey } from './vendor-key.ts'

let example: ExampleAddress
let browser: Browser
let key: VendorKey
beforeAll(async () => {
  ;[example, browser] = await Promise.all([sharedExample(), launchBrowser()])
  key = await registerVendorKey(example)
}, 300_000)
afterAll(() => browser?.close())

/** Opens the page with a host app that hands out this token. */
async function openWith(token: string): Promise<{ watched: WatchedPage; page: DeparturesPage; answered: string[] }> {
  const watched = await openPage(browser)
  const answered: string[] = []
  watched.page.on('response', (response) => {
    const isData = response.url().startsWith(`${example.serverUrl}/api/`) && response.request().method() !== 'OPTIONS'
    if (isData && response.ok()) answered.push(response.url())
  })
  await watched.page.route('**/analytics/token', (route) => route.fulfill({ json: { token } }))
  const page = new DeparturesPage(watched.page)
  await page.open(example.hostAppUrl, 'SEA')
  return { watched, page, answered }
}

/** The token with one claim changed and its signature kept. */
function withOtherAirport(token: string): string {
  const [header, payload = '', signature] = token.split('.')
  const claims = Buffer.from(payload, 'base64url').toString().replace('SEA', 'DEN')
  return [header, Buffer.from(claims).toString('base64url'), signature].join('.')
}

/** The token with its last but one character changed, which is part of the signature. */
function withOtherSignature(token: string): string {
  const at = token.length - 2
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
}

const TWO_HOURS_AGO = () => new Date(Date.now() - 2 * 3_600_000)

const BAD_TOKENS: readonly { name: string; token: () => Promise<string>; says: RegExp }[] = [
  {
    name: 'a token whose airport was changed',
    token: async () => withOtherAirport(await signToken(key)),
    says: /could not be opened/,
  },
  {
    name: 'a token whose signature was changed',
    token: async () => withOtherSignature(await signToken(key)),
    says: /could not be opened/,
  },
  { name: 'an expired token', token: () => signToken(key, {}, TWO_HOURS_AGO()), says: /session has ended/ },
  {
    name: 'a token signed by somebody else',
    token: () => signToken({ ...key, privateKey: generateKeyPairSync('ed25519').privateKey }),
    says: /could not be opened/,
  },
  {
    name: 'a token of another organization',
    token: () => signToken({ ...key, organizationId: '01890000-0000-7000-8000-000000000000' }),
    says: /could not be opened/,
  },
  {
    name: 'a token for another site',
    token: () => signToken(key, { origins: ['https://elsewhere.example'] }),
    says: /[Nn]ot available on this site/,
  },
  {
    name: 'a token for another dashboard',
    token: () => signToken(key, { resources: [{ type: 'dashboard', id: 'another' }] }),
    says: /Not found/,
  },
  { name: 'a token that allows nothing', token: () => signToken(key, { actions: [] }), says: /No access/ },
  { name: 'no token at all', token: async () => 'not a token', says: /could not be opened/ },
]

describe('a token signed on the host app’s own server', () => {
  it('opens the dashboard', async () => {
    const { watched, page } = await openWith(await signToken(key))
    await page.settled()
    expect((await page.metric('flights')).full).toBe('50,231')
    await watched.close()
  })
})

describe.each(BAD_TOKENS)('$name', ({ token, says }) => {
  it('gives a designed error in the page and nothing else', async () => {
    const { watched, page, answered } = await openWith(await token())
    expect(await page.fault()).toMatch(says)
    expect(answered).toEqual([])
    expect(await watched.page.locator('article[data-tile]').count()).toBe(0)
    expect(await watched.page.locator('di-filter .trigger').count()).toBe(0)
    expect(watched.exceptions).toEqual([])
    expect(watched.violations).toEqual([])
    expect(await findAxeViolations(watched.page)).toEqual([])
    await watched.close()
  })
})

describe('a token without the attribute that the row rule needs', () => {
  it('shows no number at all', async () => {
    const { watched, page } = await openWith(await signToken(key, { attributes: {} }))
    await page.page.locator('.state-title', { hasText: 'No access' }).first().waitFor()
    await watched.page.waitForFunction(() => !document.querySelector('di-dashboard')?.matches(':state(loading)'))
    expect(await watched.page.locator('di-metric .value').count()).toBe(0)
    expect(await watched.page.locator('di-chart, di-table').count()).toBe(0)
    expect(watched.exceptions).toEqual([])
    await watched.close()
  })
})
