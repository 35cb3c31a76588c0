import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { dashboardPage, type HostPage, type Lab, startLab, whenReady } from './fixture/open-host-page.ts'

let lab: Lab
let host: HostPage

beforeAll(async () => {
  lab = await startLab()
})
afterAll(() => lab.close())
beforeEach(() => lab.fixture.reset())
afterEach(() => host.close())

it('leaves no listener and no element behind when dashboards come and go', async () => {
  host = await lab.open()
  await whenReady(host.page)
  const session = await host.context.newCDPSession(host.page)
  await session.send('Performance.enable')
  const cycle = (times: number) =>
    host.page.evaluate(async (count) => {
      const provider = document.querySelector('di-provider')!
      for (let round = 0; round < count; round += 1) {
        const board = document.createElement('di-dashboard') as HTMLElement & { updateComplete: Promise<unknown> }
        board.setAttribute('dashboard-id', 'departures')
        provider.append(board)
        await board.updateComplete
        board.remove()
        await board.updateComplete
      }
    }, times)
  const counts = async () => {
    for (let round = 0; round < 4; round += 1) await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value])) as Record<string, number>
  }
  // Warmed up beyond what the engine keeps for itself, so that both counts are taken in the same state.
  await cycle(200)
  const before = await counts()
  await cycle(400)
  const after = await counts()
  // The engine may still hold one dashboard, which has twenty listeners; a leak would hold all four hundred.
  expect(after.JSEventListeners! - before.JSEventListeners!).toBeLessThanOrEqual(20)
  expect(after.Nodes! - before.Nodes!).toBeLessThanOrEqual(50)
})

it('aborts what is under way when a dashboard leaves the page and asks again when it returns', async () => {
  const { frame } = lab.fixture.behaviour
  lab.fixture.behaviour.frame = () => new Promise(() => undefined)
  host = await lab.open()
  await expect.poll(() => lab.fixture.requests.length).toBe(2)
  await host.page.evaluate(`window.board = document.querySelector('di-dashboard'); board.remove()`)
  await expect.poll(() => lab.fixture.requests.at(-1)?.aborted).toBe(true)
  lab.fixture.behaviour.frame = frame
  await host.page.evaluate(`document.querySelector('di-provider').append(board)`)
  await whenReady(host.page)
  expect(lab.fixture.requests.at(-1)?.path).toBe('/dashboards/departures/query')
})

it('is content with a page that has the elements already', async () => {
  const page = dashboardPage(lab.fixture, '', `await import('/sdk/datainsight.js?again')`)
  host = await lab.open({ page })
  await whenReady(host.page)
  expect(host.exceptions).toEqual([])
  expect(await host.page.locator('[data-tile]').count()).toBe(7)
})

it('works by a classic script tag and leaves the global scope alone', async () => {
  const body = `<di-provider api-url="${lab.fixture.apiUrl}"><di-dashboard dashboard-id="departures"></di-dashboard></di-provider>`
  const script = `window.before = Object.getOwnPropertyNames(globalThis); document.querySelector('di-provider').getToken = async () => 'x.eyJ9.y'`
  host = await lab.open({ page: { body, script, head: '<script src="/sdk/datainsight.min.js" defer></script>' } })
  await host.page.waitForFunction(() => customElements.get('di-dashboard') !== undefined)
  await whenReady(host.page)
  const added = await host.page.evaluate(() => {
    const before = new Set((globalThis as unknown as { before: string[] }).before)
    return Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name) && name !== 'before')
  })
  // Lit counts its versions on the page; nothing else of ours or its is global.
  expect(added.filter((name) => !/^(lit|reactive)\w+Versions$|^litPropertyMetadata$/.test(name))).toEqual([])
})

it('takes another dashboard, address or language without a new element', async () => {
  const { departures } = lab.fixture.behaviour.dashboards
  lab.fixture.behaviour.dashboards.other = { ...departures!, id: 'other-id', slug: 'other', title: 'Another one' }
  host = await lab.open()
  await whenReady(host.page)
  await host.page.evaluate(`document.querySelector('di-dashboard').dashboardId = 'other'`)
  await expect.poll(() => host.page.getByRole('heading', { level: 2 }).innerText()).toBe('Another one')
  await host.page.evaluate(`document.querySelector('di-dashboard').locale = 'de-DE'`)
  await expect.poll(() => host.page.locator('[data-tile=flights] di-metric [part=value]').innerText()).toBe('50.231')
})
