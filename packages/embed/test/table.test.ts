import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dashboardPage, type HostPage, type Lab, startLab } from './fixture/open-host-page.ts'
import { column, noise, result, routes } from './fixture/sample-data.ts'

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
  expect(host.violations).toEqual([])
})

/** Opens a page with one table of `shown`. */
async function open(shown: unknown, options: Parameters<Lab['open']>[0] = {}, spec?: unknown): Promise<void> {
  const css = 'body{margin:0;padding:16px} di-table{height:400px;border:1px solid #ddd}'
  const script = `await customElements.whenDefined('di-table'); const table = document.querySelector('di-table')
    table.spec = ${JSON.stringify(spec ?? null)} ?? undefined; table.result = ${JSON.stringify(shown)}; await table.updateComplete`
  host = await lab.open({
    ...options,
    page: {
      ...dashboardPage(lab.fixture, '', script),
      css,
      body: '<h1>Host</h1><di-table label="Routes"></di-table><p>After</p>',
    },
  })
  await host.page.getByRole('grid').waitFor()
}

const firstColumn = () => host.page.locator('tbody td:first-child').allInnerTexts()
const focused = () =>
  host.page.evaluate(() => {
    const cell = document.querySelector('di-table')!.shadowRoot!.activeElement as HTMLElement | null
    return cell ? `${cell.dataset.row}:${cell.dataset.column}` : 'none'
  })

describe('sorting', () => {
  it('starts with the largest number, then the smallest, then the order of the result', async () => {
    await open(routes(12))
    const heading = host.page.getByRole('columnheader', { name: 'Flights' })
    const button = heading.getByRole('button')
    const original = await firstColumn()
    await button.click()
    expect(await heading.getAttribute('aria-sort')).toBe('descending')
    await button.press('Enter')
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('ascending')
    expect(await firstColumn()).toEqual(original.toReversed())
    await button.press('Enter')
    await expect.poll(() => heading.getAttribute('aria-sort')).toBe('none')
    expect(await firstColumn()).toEqual(original)
    expect(await host.events('di-sort')).toMatchObject([{ direction: 'desc' }, { direction: 'asc' }, {}])
  })

  it('sorts texts as people do and puts empty cells last both ways', async () => {
    await open(routes(12))
    const delays = () => host.page.locator('tbody td:nth-child(4)').allInnerTexts()
    const button = host.page.getByRole('button', { name: 'Average delay' })
    await button.click()
    await expect.poll(async () => (await delays()).at(-1)).toBe('–')
    await button.click()
    await expect.poll(async () => (await delays()).slice(0, 1)).not.toEqual(['–'])
    expect((await delays()).at(-1)).toBe('–')
    await host.page.getByRole('button', { name: 'Destination airport' }).click()
    const names = () => host.page.locator('tbody td:nth-child(2)').allInnerTexts()
    await expect.poll(names).toEqual((await names()).toSorted(new Intl.Collator('en').compare))
  })

  it('can be refused by the host', async () => {
    await open(routes(3))
    await host.page.evaluate(() => addEventListener('di-sort', (event) => event.preventDefault()))
    await host.page.getByRole('button', { name: 'Flights' }).click()
    expect(await host.page.getByRole('columnheader', { name: 'Flights' }).getAttribute('aria-sort')).toBe('none')
  })
})

describe('the keyboard', () => {
  it('enters by one Tab, walks cells, and leaves by the next', async () => {
    await open(routes(60))
    await host.page.locator('h1').click()
    await host.page.keyboard.press('Tab')
    expect(await focused()).toBe('0:0')
    for (const [key, cell] of [
      ['ArrowDown', '1:0'],
      ['ArrowRight', '1:1'],
      ['End', '1:5'],
      ['ArrowRight', '1:5'],
      ['Home', '1:0'],
      ['Control+End', '60:5'],
      ['Control+Home', '1:0'],
      ['ArrowUp', '0:0'],
    ] as const) {
      await host.page.keyboard.press(key)
      await expect.poll(focused, { message: key }).toBe(cell)
    }
    await host.page.keyboard.press('PageDown')
    await expect.poll(async () => Number((await focused()).split(':')[0])).toBeGreaterThan(5)
    await host.page.keyboard.press('Tab')
    expect(await focused()).toBe('none')
  })

  it('reaches the last of 100,000 rows and keeps the focused cell in view', async () => {
    await open(routes(100_000))
    await host.page.getByRole('button', { name: 'Destination', exact: true }).focus()
    await host.page.keyboard.press('ArrowDown')
    await host.page.keyboard.press('Control+End')
    await expect.poll(focused).toBe('100000:5')
    await expect
      .poll(() =>
        host.page.evaluate(() => {
          const root = document.querySelector('di-table')!.shadowRoot!
          const cell = root.activeElement!.getBoundingClientRect()
          const view = root.querySelector('.scroller')!.getBoundingClientRect()
          return cell.top >= view.top && cell.bottom <= view.bottom + 1
        }),
      )
      .toBe(true)
    await host.page.keyboard.press('Control+Home')
    await expect.poll(focused).toBe('1:0')
  })

  it('shows the whole text of a cell that is cut off, and chooses a row by Enter', async () => {
    await open(routes(20), { width: 700 })
    await host.page.locator('[data-row="1"][data-column="1"]').focus()
    await expect.poll(() => host.page.locator('.full-text').isVisible()).toBe(true)
    expect(await host.page.locator('.full-text').innerText()).toContain('an even longer name')
    await host.page.keyboard.press('Enter')
    expect(await host.events('di-data-click')).toMatchObject([
      { datum: { 'flights.destination': 'DEN', 'flights.count': 4300 } },
    ])
    await host.page.keyboard.press('Escape')
    await expect.poll(() => host.page.locator('.full-text').isVisible()).toBe(false)
  })

  it('copies the cell in focus', async () => {
    await open(routes(20))
    await host.page.locator('[data-row="2"][data-column="2"]').focus()
    await host.page.keyboard.press('Control+c')
    await expect.poll(() => host.page.evaluate(() => navigator.clipboard.readText())).toBe('3,440')
  })
})

describe('many rows', () => {
  const wide = () => {
    const members = Array.from({ length: 20 }, (_, index) => ({
      ...column('flights.count'),
      name: `wide.m${index}`,
      title: `Measure ${index}`,
    }))
    const cells = members.map((_, index) =>
      Array.from({ length: 100_000 }, (_, row) => Math.round(noise(row + index) * 1e6)),
    )
    return result(members, cells)
  }

  it('of 20 columns take at most 2,000 elements wherever the table is scrolled', async () => {
    await open(
      wide(),
      {},
      {
        type: 'table',
        columns: Array.from({ length: 20 }, (_, index) => ({ member: `wide.m${index}`, bar: index === 0 })),
      },
    )
    const elements = () =>
      host.page.evaluate(() => document.querySelector('di-table')!.shadowRoot!.querySelectorAll('*').length)
    const rowIndexes = () =>
      host.page
        .locator('tbody tr[aria-rowindex]')
        .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))))
    expect(await host.page.getByRole('grid').getAttribute('aria-rowcount')).toBe('100001')
    expect(await host.page.getByRole('grid').getAttribute('aria-colcount')).toBe('20')
    for (const share of [0.5, 1]) {
      await host.page.locator('.scroller').evaluate((scroller, part) => {
        scroller.scrollTop = (scroller.scrollHeight - scroller.clientHeight) * part
      }, share)
      await expect.poll(async () => Math.max(...(await rowIndexes()))).toBeGreaterThan(100_000 * share)
      expect(await elements()).toBeLessThanOrEqual(2_000)
    }
    console.log(`table of 100,000 x 20: ${await elements()} elements`)
  })
})

it('stays where it was scrolled to before the code for many rows came', async () => {
  const arrival = Promise.withResolvers<void>()
  await open(routes(5_000), {
    prepare: (page) =>
      page.route(/\/chunks\/esm-/, async (route) => {
        await arrival.promise
        await route.continue()
      }),
  })
  const scroller = host.page.locator('.scroller')
  await scroller.evaluate((element) => {
    element.scrollTop = 20_000
  })
  arrival.resolve()
  const indexes = () =>
    host.page
      .locator('tbody tr[aria-rowindex]')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))))
  await expect.poll(async () => Math.min(...(await indexes()))).toBeGreaterThan(100)
  expect(await scroller.evaluate((element) => element.scrollTop)).toBe(20_000)
})

describe('small places', () => {
  it('scrolls sideways inside itself on a page of 320 px', async () => {
    await open(routes(20), { width: 320, height: 640 })
    const sizes = await host.page.evaluate(() => {
      const scroller = document.querySelector('di-table')!.shadowRoot!.querySelector('.scroller')!
      return { page: document.documentElement.scrollWidth, inner: scroller.scrollWidth, view: scroller.clientWidth }
    })
    expect(sizes.page).toBe(320)
    expect(sizes.inner).toBeGreaterThan(sizes.view)
  })

  it('says that rows are missing', async () => {
    const shown = routes(20)
    await open({ ...shown, meta: { ...shown.meta, truncated: true, total: 1_234 } })
    expect(await host.page.locator('[part=note]').innerText()).toBe('First 20 of 1,234 rows')
  })
})

describe('links', () => {
  it('lead to web and mail addresses only', async () => {
    const link = { ...column('flights.destination'), name: 'x.link', format: 'link' as const }
    await open(
      result(
        [link],
        [
          [
            'https://example.com/a',
            'javascript:alert(1)',
            'JaVa\tScript:alert(1)',
            '//evil.example',
            'mailto:a@example.com',
          ],
        ],
      ),
    )
    const links = await host.page
      .locator('tbody a')
      .evaluateAll((anchors) => anchors.map((anchor) => [anchor.getAttribute('href'), anchor.getAttribute('rel')]))
    expect(links).toEqual([
      ['https://example.com/a', 'noopener noreferrer'],
      ['mailto:a@example.com', 'noopener noreferrer'],
    ])
  })
})

describe('with a query of its own', () => {
  it('asks through the provider around and shows loading, answer and failure', async () => {
    let release: (() => void) | undefined
    lab.fixture.behaviour.frame = (id) => new Promise((resolve) => (release = () => resolve({ id, result: routes(4) })))
    const body = `<h1>Host</h1><di-provider api-url="${lab.fixture.apiUrl}"><di-table></di-table></di-provider>`
    const script = `document.querySelector('di-table').query = { measures: ['flights.count'] }`
    host = await lab.open({ page: { ...dashboardPage(lab.fixture, '', script), body } })
    await expect.poll(() => host.page.locator('di-table .skeleton').count()).toBe(1)
    await expect.poll(() => release).toBeDefined()
    release?.()
    await expect.poll(() => host.page.getByRole('row').count()).toBe(5)
    lab.fixture.behaviour.refuse = () => ({ code: 'query_failed', status: 500, detail: 'no' })
    await host.page.evaluate(`document.querySelector('di-table').query = { measures: ['flights.avg_delay'] }`)
    await expect.poll(() => host.page.getByRole('alert').innerText()).toContain('This could not be loaded')
    lab.fixture.behaviour.refuse = () => undefined
    lab.fixture.behaviour.frame = (id) => ({ id, result: routes(2) })
    await host.page.getByRole('button', { name: 'Retry' }).click()
    await expect.poll(() => host.page.getByRole('row').count()).toBe(3)
  })
})
