import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { fakeToken } from './fixture/fixture-server.ts'
import { dashboardPage, type HostPage, type Lab, startLab, whenReady } from './fixture/open-host-page.ts'

let lab: Lab
let host: HostPage

beforeAll(async () => {
  lab = await startLab()
})
afterAll(() => lab.close())
beforeEach(() => lab.fixture.reset())
afterEach(() => host.close())

const tokenCalls = () => host.page.evaluate<string[]>('tokenCalls')
const boards = (count: number) =>
  Array.from({ length: count }, () => '<di-dashboard dashboard-id="departures" without-title></di-dashboard>').join('')

it('asks the host for one token for all elements of a provider', async () => {
  const body = `<di-provider api-url="${lab.fixture.apiUrl}">${boards(10)}</di-provider>`
  host = await lab.open({ page: { ...dashboardPage(lab.fixture), body } })
  await whenReady(host.page)
  expect(await tokenCalls()).toEqual(['initial'])
  expect(lab.fixture.requests).toHaveLength(20)
})

it('renews a refused token once, however many requests were refused, and repeats them', async () => {
  const second = fakeToken('second')
  lab.fixture.behaviour.refuse = ({ token }) =>
    token === second ? undefined : { code: 'token_expired', status: 401, detail: 'old' }
  const body = `<di-provider api-url="${lab.fixture.apiUrl}">${boards(10)}</di-provider>`
  const script = `const first = provider.getToken; provider.getToken = async (request) => {
    const token = await first(request); return request.reason === 'unauthorized' ? ${JSON.stringify(second)} : token }`
  host = await lab.open({ page: { ...dashboardPage(lab.fixture, '', script), body } })
  await whenReady(host.page)
  expect(await tokenCalls()).toEqual(['initial', 'unauthorized'])
  expect((await host.events<{ reason: string }>('di-token-refresh')).map(({ reason }) => reason)).toEqual([
    'initial',
    'unauthorized',
  ])
  expect(await host.events('di-error')).toEqual([])
})

it('gives up after one renewal that did not help and keeps the filters for the next try', async () => {
  host = await lab.open()
  await whenReady(host.page)
  const before = lab.fixture.requests.length
  lab.fixture.behaviour.refuse = () => ({ code: 'token_expired', status: 401, detail: 'old' })
  await host.page.evaluate(`document.querySelector('di-dashboard').setFilters([])`)
  await expect.poll(() => host.page.getByRole('alert').count()).toBe(1)
  expect(lab.fixture.requests.length - before).toBeLessThanOrEqual(2)
  lab.fixture.behaviour.refuse = () => undefined
  await host.page.getByRole('button', { name: 'Retry' }).click()
  await whenReady(host.page)
  expect(lab.fixture.requests.at(-1)?.body).toMatchObject({ filters: [] })
})

it('tells a host whose getToken fails, and works again when it does not', async () => {
  const script = `let broken = true; window.mend = () => { broken = false }
    const first = provider.getToken; provider.getToken = async (r) => { if (broken) throw new Error('signed out'); return first(r) }`
  host = await lab.open({ page: dashboardPage(lab.fixture, '', script) })
  await expect.poll(() => host.page.getByRole('alert').innerText()).toContain('No access pass')
  expect(await host.events('di-error')).toMatchObject([
    { code: 'token-unavailable', scope: 'token', message: 'Error: signed out' },
    { code: 'token-unavailable', scope: 'dashboard' },
  ])
  expect(lab.fixture.requests).toEqual([])
  await host.page.evaluate('mend()')
  await expect
    .poll(async () => {
      const retry = host.page.getByRole('button', { name: 'Retry' })
      // It may go at any moment.
      if ((await retry.count()) > 0) await retry.click({ timeout: 1_000 }).catch(() => undefined)
      return host.page.locator('[data-tile]').count()
    })
    .toBe(7)
})

it('never sends a request without a token when a later script gives one', async () => {
  const body = `<di-provider id="late" api-url="${lab.fixture.apiUrl}">${boards(1)}</di-provider>`
  // The first module defines the elements, the second, after it, hands over the token: what hosts do with two script tags.
  const head = '<script type="module" src="/sdk/datainsight.js"></script>'
  host = await lab.open({ page: { ...dashboardPage(lab.fixture), body, head } })
  await whenReady(host.page)
  expect(lab.fixture.requests.filter(({ token }) => token === undefined)).toEqual([])
  expect(await host.events('di-error')).toEqual([])
})

it('takes a token out of the markup and never shows it again', async () => {
  const token = fakeToken('markup')
  const body = `<di-dashboard api-url="${lab.fixture.apiUrl}" token="${token}" dashboard-id="departures"></di-dashboard>`
  host = await lab.open({ page: { ...dashboardPage(lab.fixture), body } })
  await whenReady(host.page)
  expect(lab.fixture.requests.every((request) => request.token === token)).toBe(true)
  expect(await host.page.evaluate(() => document.documentElement.outerHTML)).not.toContain(token)
  expect(JSON.stringify(await host.events('di-token-refresh'))).not.toContain(token)
  expect(await host.page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
    0,
    0,
    '',
  ])
})

it('keeps three tokens apart on one page', async () => {
  const tokens = ['a', 'b', 'c'].map((name) => fakeToken(name))
  const body = tokens
    .map(
      (_, index) =>
        `<di-dashboard id="b${index}" api-url="${lab.fixture.apiUrl}" dashboard-id="departures"></di-dashboard>`,
    )
    .join('')
  const script = tokens
    .map((token, index) => `document.querySelector('#b${index}').getToken = async () => ${JSON.stringify(token)}`)
    .join('\n')
  host = await lab.open({ page: { ...dashboardPage(lab.fixture, '', script), body } })
  await whenReady(host.page)
  const counts = tokens.map((token) => lab.fixture.requests.filter((request) => request.token === token).length)
  expect(counts).toEqual([2, 2, 2])
  expect(lab.fixture.requests).toHaveLength(6)
})
