import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dashboardPage, type HostPage, type Lab, startLab } from './fixture/open-host-page.ts'
import { column, result } from './fixture/sample-data.ts'

const WARNING = {
  code: 'not_finite' as const,
  column: 'flights.count',
  count: 12,
  message:
    'flights.count: 12 rows have values that are no finite numbers and were left empty, which is why the number is low',
}

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
})

/** Opens a page with one number in a box as large as a small tile. */
async function open(shown: unknown, options: Parameters<Lab['open']>[0]): Promise<void> {
  const script = `await customElements.whenDefined('di-metric'); const metric = document.querySelector('di-metric')
    metric.result = ${JSON.stringify(shown)}; await metric.updateComplete`
  host = await lab.open({
    ...options,
    page: {
      ...dashboardPage(lab.fixture, '', script),
      css: 'body{margin:0;padding:16px} di-metric{inline-size:220px;block-size:120px}',
      body: '<h1>Host</h1><di-metric label="Flights"></di-metric>',
    },
  })
  await host.page.locator('di-metric [part=value]').waitFor()
}

describe.each([
  { width: 1_280, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const)('in $colorScheme, $width px wide', (options) => {
  it('says under the number what the answer could not say, in two lines with the rest on request', async () => {
    await open(result([column('flights.count')], [[1_234]], { warnings: [WARNING] }), options)
    const note = host.page.locator('di-metric [part=note]')
    expect([await note.innerText(), await note.getAttribute('title')]).toEqual([WARNING.message, WARNING.message])
    const [number, said, tile] = await Promise.all(
      [host.page.locator('di-metric [part=value]'), note, host.page.locator('di-metric')].map((part) =>
        part.boundingBox(),
      ),
    )
    expect(said!.height).toBe(32)
    expect(said!.y).toBeGreaterThanOrEqual(number!.y + number!.height)
    expect(said!.y + said!.height).toBeLessThanOrEqual(tile!.y + tile!.height)
  })
})

it('says nothing under a number that needs no word', async () => {
  await open(result([column('flights.count')], [[1_234]]), {})
  expect(await host.page.locator('di-metric [part=note]').count()).toBe(0)
})
