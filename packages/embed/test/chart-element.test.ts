import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../test/setup/launch-browser.ts'
import { type Gallery, serveGallery } from './gallery/serve-gallery.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
/** Pages share its renderer, which compiles the elements once: the first page stays open. */
let context: BrowserContext
let gallery: Gallery
let page: Page
/** What the page complained about: policy violations and errors. */
let complaints: string[] = []

beforeAll(async () => {
  gallery = await serveGallery()
  browser = await launchBrowser()
  context = await browser.newContext({ viewport: { width: 800, height: 600 } })
  await (await context.newPage()).goto(`${gallery.url}?bare`)
})

afterAll(async () => {
  await browser?.close()
  await gallery?.close()
})

afterEach(async () => {
  await page?.close()
})

interface Opening {
  readonly query: string
  readonly width?: number
  readonly height?: number
  readonly reducedMotion?: 'reduce'
  readonly forcedColors?: 'active'
}

/** Opens the gallery and waits until its charts are on screen. */
async function open({ query, width = 800, height = 600, ...media }: Opening): Promise<void> {
  complaints = []
  page = await context.newPage()
  await page.setViewportSize({ width, height })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  if (media.reducedMotion || media.forcedColors) await page.emulateMedia(media)
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.effectiveDirective}`))
  })
  await page.goto(`${gallery.url}?${query}`)
  await drawn()
}

/** Waits until every chart of the page has been painted. */
async function drawn(): Promise<void> {
  await page.waitForFunction(() => {
    const charts = [...document.querySelectorAll('di-chart')]
    return (
      charts.length > 0 &&
      charts.every((chart) => chart.shadowRoot?.querySelector('.plot.painted canvas, .plot.painted svg'))
    )
  })
}

const tooltip = () => page.locator('di-chart .tooltip:popover-open')
const plot = () => page.locator('di-chart .plot')

async function pointAt(x: number, y: number): Promise<void> {
  const box = (await plot().boundingBox())!
  await page.mouse.move(box.x + box.width * x - 4, box.y + box.height * y)
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y)
}

/** Violations that axe finds on the whole page, shadow roots included. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations: found } = await engine.run({
      rules: {
        region: { enabled: false },
        'landmark-one-main': { enabled: false },
        'page-has-heading-one': { enabled: false },
      },
    } as never)
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}

/** A short print of the canvas's pixels. */
async function picture(): Promise<string> {
  return page.evaluate(() => document.querySelector('di-chart')!.toDataUrl() ?? '')
}

describe('<di-chart>', () => {
  it.each(['light', 'dark'])('has no accessibility fault in any type, %s', async (theme) => {
    await open({ query: `width=360&height=240&theme=${theme}`, width: 1_300, height: 3_000 })
    expect(await violations()).toEqual([])
    expect(complaints).toEqual([])
  })

  it('breaks no strict policy with its tooltip open, whatever the type', async () => {
    for (const id of [
      'line-compared',
      'column-stacked',
      'bar',
      'pie',
      'donut',
      'scatter',
      'heatmap',
      'histogram',
      'combo',
    ]) {
      await open({ query: `only=${id}` })
      await pointAt(id === 'pie' || id === 'donut' ? 0.25 : 0.5, 0.25)
      for (let step = 1; step < 20 && (await tooltip().count()) === 0; step++)
        await pointAt(0.15 + step * 0.035, 0.2 + step * 0.03)
      expect(await tooltip().count(), id).toBe(1)
      expect(await violations(), id).toEqual([])
      expect(complaints, id).toEqual([])
      await page.close()
    }
  })

  it('loads ECharts only for a chart', async () => {
    const before = gallery.requests.length
    page = await context.newPage()
    await page.goto(`${gallery.url}?bare`)
    await page.waitForFunction(() => customElements.get('di-chart') !== undefined)
    const bare = gallery.requests.slice(before)
    await page.evaluate(() => {
      const chart = document.createElement('di-chart')
      Object.assign(chart, {
        spec: { type: 'pie' },
        result: (globalThis as never as { galleryResults: Record<string, unknown> }).galleryResults.codes,
      })
      document.body.append(chart)
    })
    await drawn()
    expect(gallery.requests.length - before).toBeGreaterThan(bare.length)
  })

  it('is one tab stop, and its arrows walk the marks', async () => {
    await open({ query: 'only=column' })
    await page.keyboard.press('Tab')
    expect(await plot().evaluate((element) => element.matches(':focus-visible'))).toBe(true)
    expect(await plot().getAttribute('aria-label')).toBe(
      'Flights by month. Column chart, flights by month, 6 bars, highest Jun 2001 with 9,343',
    )
    await page.keyboard.press('ArrowRight')
    const spoken = page.locator('di-chart .spoken')
    expect(await spoken.textContent()).toBe('January 2001, 8,189')
    expect(await tooltip().textContent()).toBe('January 2001Flights8,189')
    await page.keyboard.press('ArrowRight')
    expect(await spoken.textContent()).toContain('February 2001')
    await page.keyboard.press('End')
    expect(await spoken.textContent()).toBe('June 2001, 9,343')
    await page.keyboard.press('ArrowRight')
    expect(await spoken.textContent()).toBe('June 2001, 9,343')
    await page.keyboard.press('Home')
    expect(await spoken.textContent()).toContain('January 2001')
    expect(await page.locator('di-chart .focus-ring').isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await tooltip().count()).toBe(0)
    await page.keyboard.press('Tab')
    expect(await page.locator('di-chart .focus-ring').isVisible()).toBe(false)
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
  })

  it('puts the focus ring on the mark', async () => {
    await open({ query: 'only=column' })
    await plot().focus()
    await page.keyboard.press('End')
    const ring = (await page.locator('di-chart .focus-ring').boundingBox())!
    // The ring's middle is on the last bar: a click there chooses June.
    await page.evaluate(() =>
      addEventListener('di-data-click', (event) =>
        Object.assign(globalThis, { chosen: (event as CustomEvent).detail }),
      ),
    )
    await page.mouse.click(ring.x + ring.width / 2, ring.y + ring.height / 2)
    expect(await page.evaluate(() => (globalThis as never as { chosen: unknown }).chosen)).toMatchObject({
      tileId: '',
      datum: { 'flights.date': '2001-06-01T00:00:00.000', 'flights.count': 9343 },
      members: ['flights.date', 'flights.count'],
    })
  })

  it('chooses by Enter, leaving through shadow roots as one cancelable event', async () => {
    await open({ query: 'only=heatmap' })
    await page.evaluate(() => {
      const chosen: unknown[] = []
      Object.assign(globalThis, { chosen })
      addEventListener('di-data-click', (event) =>
        chosen.push([(event as CustomEvent).detail, event.cancelable, event.composed]),
      )
    })
    await plot().focus()
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    const [[detail, ...flags]] = (await page.evaluate(() => (globalThis as never as { chosen: unknown[] }).chosen)) as [
      [{ datum: object }, boolean, boolean],
    ]
    expect(detail.datum).toMatchObject({ 'flights.weekday': 3, 'flights.hour': 0 })
    expect(flags).toEqual([true, true])
  })

  it('keeps the tooltip open while the pointer moves onto it, and closes it by Escape', async () => {
    await open({ query: 'only=line' })
    await pointAt(0.4, 0.6)
    const box = (await tooltip().boundingBox())!
    const from = (await plot().boundingBox())!
    const [x, y] = [from.x + from.width * 0.4, from.y + from.height * 0.6]
    const title = await tooltip().textContent()
    const [toX, toY] = [box.x + 20, box.y + box.height - 10]
    for (let step = 1; step <= 10; step++)
      await page.mouse.move(x + ((toX - x) * step) / 10, y + ((toY - y) * step) / 10)
    await page.waitForTimeout(300)
    expect(await tooltip().textContent()).toBe(title)
    await page.keyboard.press('Escape')
    expect(await tooltip().count()).toBe(0)
  })

  it('never covers the mark it tells about, nor leaves the window', async () => {
    await open({ query: 'only=line-six&width=560', width: 620, height: 420 })
    for (const x of [0.1, 0.3, 0.5, 0.7, 0.97]) {
      await pointAt(x, 0.6)
      const tip = (await tooltip().boundingBox())!
      const dot = (await page.locator('di-chart .mark.line').first().boundingBox())!
      expect(tip.x + tip.width <= dot.x || tip.x >= dot.x + dot.width, String(x)).toBe(true)
      expect(tip.x >= 0 && tip.y >= 0 && tip.x + tip.width <= 620 && tip.y + tip.height <= 420).toBe(true)
    }
  })

  it('finds marks where the page is zoomed or scaled', async () => {
    await open({ query: 'only=column', width: 1_400, height: 900 })
    await page.evaluate(() => document.body.style.setProperty('zoom', '1.5'))
    await pointAt(0.95, 0.6)
    expect(await tooltip().locator('.tooltip-title').textContent()).toBe('June 2001')
    await page.evaluate(() => document.body.style.setProperty('zoom', '1'))
    await page.evaluate(() => document.querySelector('main')!.style.setProperty('transform', 'scale(0.5)'))
    await pointAt(0.12, 0.6)
    expect(await tooltip().locator('.tooltip-title').textContent()).toBe('January 2001')
  })

  it('switches series by real buttons and scales to what is left', async () => {
    await open({ query: 'only=column-stacked' })
    const others = page.getByRole('button', { name: 'Others' })
    expect(await others.getAttribute('aria-pressed')).toBe('true')
    expect((await others.boundingBox())!.height).toBeGreaterThanOrEqual(24)
    const before = await picture()
    await others.click()
    await page.waitForFunction((old) => document.querySelector('di-chart')!.toDataUrl() !== old, before)
    expect(await others.getAttribute('aria-pressed')).toBe('false')
    await pointAt(0.6, 0.8)
    expect(await tooltip().textContent()).not.toContain('Others')
  })

  it('shows the same data as a table', async () => {
    await open({ query: 'only=combo' })
    expect(await page.evaluate(() => document.querySelector('di-chart')!.toggleTable())).toBe('table')
    const rows = page.locator('di-chart tbody tr')
    await rows.first().waitFor()
    expect(await rows.count()).toBe(6)
    expect(await rows.first().locator('th, td').allTextContents()).toEqual(['January 2001', '8,189', '12.3 min'])
    expect(await violations()).toEqual([])
    await page.evaluate(() => document.querySelector('di-chart')!.toggleTable())
    await drawn()
  })

  it('repaints in another theme without asking for data again', async () => {
    await open({ query: 'only=line' })
    const before = await picture()
    const requests = gallery.requests.length
    await page.evaluate(() => document.documentElement.classList.add('dark'))
    await page.waitForFunction((old) => document.querySelector('di-chart')!.toDataUrl() !== old, before)
    const dark = await picture()
    await page.evaluate(() => document.querySelector('di-chart')!.style.setProperty('--di-chart-1', 'rebeccapurple'))
    await page.waitForFunction((old) => document.querySelector('di-chart')!.toDataUrl() !== old, dark)
    expect(gallery.requests.length).toBe(requests)
  })

  it('follows its size, and keeps its picture while it has none', async () => {
    await open({ query: 'only=line' })
    const canvasWidth = () =>
      page.evaluate(() => document.querySelector('di-chart')!.shadowRoot!.querySelector('canvas')!.clientWidth)
    expect(await canvasWidth()).toBe(760)
    await page.evaluate(() => document.querySelector('di-chart')!.style.setProperty('inline-size', '420px'))
    await page.waitForFunction(
      () => document.querySelector('di-chart')!.shadowRoot!.querySelector('canvas')!.clientWidth === 420,
    )
    await page.evaluate(() => document.querySelector('section')!.style.setProperty('display', 'none'))
    await page.waitForTimeout(150)
    await page.evaluate(() => document.querySelector('section')!.style.removeProperty('display'))
    await page.waitForTimeout(150)
    expect(await canvasWidth()).toBe(420)
    expect(complaints).toEqual([])
  })

  it('is painted once on its way to the screen', async () => {
    await open({ query: 'only=line' })
    expect(await page.evaluate(() => document.documentElement.dataset.drawn)).toBe('1')
    expect(
      await page.evaluate(() => document.querySelector('di-chart')!.shadowRoot!.querySelectorAll('canvas').length),
    ).toBe(1)
  })

  it('says what is missing instead of drawing an empty frame', async () => {
    await open({ query: 'only=line' })
    await page.evaluate(() => {
      const chart = document.querySelector('di-chart')!
      const { result } = chart
      chart.result = { ...result!, data: result!.data.map(() => []), meta: { ...result!.meta, rowCount: 0 } }
    })
    await page.locator('di-chart .state.empty').waitFor()
    expect(await violations()).toEqual([])
  })

  it('tells of a failed download and draws on retry', async () => {
    complaints = []
    page = await context.newPage()
    const parts = /\/pie-[^/]*\.js$/
    await page.route(parts, (route) => route.abort())
    await page.goto(`${gallery.url}?only=pie`)
    const retry = page.getByRole('button', { name: 'Retry' })
    await retry.waitFor()
    expect(await page.locator('di-chart .state').getAttribute('data-code')).toBe('chart-failed')
    await page.unroute(parts)
    await retry.click()
    await drawn()
  })

  it('paints in SVG where asked to, and in the system’s colours where the system says so', async () => {
    await open({ query: 'only=column', forcedColors: 'active' })
    expect(
      await page.evaluate(() => document.querySelector('di-chart')!.shadowRoot!.querySelectorAll('.canvas svg').length),
    ).toBe(1)
    expect(complaints).toEqual([])
  })

  it('leaves nothing behind after a thousand mounts', async () => {
    await open({ query: 'only=column&width=240&height=120', width: 500, height: 400 })
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable')
    const mount = (times: number) =>
      page.evaluate(async (batches) => {
        const { spec, result } = document.querySelector('di-chart')!
        for (let batch = 0; batch < batches; batch++) {
          const charts = Array.from({ length: 20 }, () =>
            Object.assign(document.createElement('di-chart'), { spec, result }),
          )
          document.body.append(...charts)
          while (!charts.every((chart) => chart.shadowRoot?.querySelector('.painted')))
            await new Promise((resolve) => setTimeout(resolve, 5))
          for (const chart of charts) chart.remove()
        }
      }, times)
    const used = async () => {
      for (let round = 0; round < 3; round++) await devtools.send('HeapProfiler.collectGarbage')
      const { metrics } = await devtools.send('Performance.getMetrics')
      const value = (name: string) => metrics.find((metric) => metric.name === name)!.value
      return {
        nodes: value('Nodes'),
        listeners: value('JSEventListeners'),
        heapMegabytes: value('JSHeapUsedSize') / 2 ** 20,
      }
    }
    await mount(10)
    const before = await used()
    await mount(50)
    const after = await used()
    expect(after.nodes - before.nodes).toBeLessThan(50)
    expect(after.listeners - before.listeners).toBeLessThan(20)
    expect(after.heapMegabytes - before.heapMegabytes).toBeLessThan(2)
  }, 300_000)
})
