import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type HostPage, type Lab, startLab, whenReady } from './fixture/open-host-page.ts'

let lab: Lab
let host: HostPage

beforeAll(async () => {
  lab = await startLab()
})
afterAll(() => lab.close())
beforeEach(() => lab.fixture.reset())
afterEach(() => host.close())

const tileColor = () =>
  host.page
    .locator('[data-tile]')
    .first()
    .evaluate((tile) => getComputedStyle(tile).backgroundColor)
const LIGHT = 'rgb(255, 255, 255)'
const DARK = 'rgb(22, 27, 34)'

async function open(css: string, options: Parameters<Lab['open']>[0] = {}): Promise<void> {
  host = await lab.open({ ...options, page: { css } })
  await whenReady(host.page)
}

it('follows the colour scheme that the host declares, and its change', async () => {
  await open(':root{color-scheme:light} :root.night{color-scheme:dark}', { colorScheme: 'dark' })
  expect(await tileColor()).toBe(LIGHT)
  await host.page.evaluate(() => document.documentElement.classList.add('night'))
  await expect.poll(tileColor).toBe(DARK)
})

it('follows what the host paints where it declares nothing', async () => {
  await open('body{background:#fff} body.night{background:#101418}', { colorScheme: 'light' })
  expect(await tileColor()).toBe(LIGHT)
  await host.page.evaluate(() => document.body.classList.add('night'))
  await expect.poll(tileColor).toBe(DARK)
})

it('follows the system where the host neither declares nor paints, and brings its own ground', async () => {
  await open('h1{margin:0}', { colorScheme: 'dark' })
  expect(await tileColor()).toBe(DARK)
  const ground = await host.page
    .locator('di-dashboard .base')
    .first()
    .evaluate((base) => getComputedStyle(base).backgroundColor)
  expect(ground).toBe('rgb(14, 17, 22)')
  await host.page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(tileColor).toBe(LIGHT)
})

it('obeys `theme`, of the provider or its own', async () => {
  await open('body{background:#fff}')
  await host.page.evaluate(`document.querySelector('di-provider').theme = 'dark'`)
  await expect.poll(tileColor).toBe(DARK)
  await host.page.evaluate(`document.querySelector('di-dashboard').theme = 'light'`)
  await expect.poll(tileColor).toBe(LIGHT)
})

it('takes tokens in any syntax, from any ancestor, and hears of their change', async () => {
  await open(
    ':root{--brand:oklch(0.7 0.2 150);--di-color-surface:var(--brand)} .loud{--di-color-surface:color-mix(in srgb, red 50%, blue)}',
  )
  const before = await tileColor()
  expect(before).toMatch(/^oklch/)
  const canvas = () =>
    host.page.evaluate(async () => {
      const chart = document.querySelector('di-dashboard')!.shadowRoot!.querySelector('di-chart')!
      return getComputedStyle(chart).getPropertyValue('--_color-surface').trim()
    })
  expect(await canvas()).toBe('oklch(0.7 0.2 150)')
  await host.page.evaluate(() => document.body.classList.add('loud'))
  await expect.poll(tileColor).not.toBe(before)
  await expect.poll(canvas).toContain('color-mix')
})

it('repaints charts without asking for data again', async () => {
  await open(':root{color-scheme:light} :root.brand{--di-chart-1:rgb(255, 0, 128)}')
  const pink = () =>
    host.page.locator('[data-tile="top"] di-chart canvas').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement
      const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height)
      let count = 0
      for (let index = 0; index < data.length; index += 4)
        if (data[index] === 255 && data[index + 1] === 0 && data[index + 2] === 128) count += 1
      return count
    })
  await expect.poll(() => host.page.locator('[data-tile="top"] di-chart canvas').count()).toBe(1)
  await expect.poll(pink).toBe(0)
  await host.page.evaluate(() => document.documentElement.classList.add('brand'))
  await expect.poll(pink).toBeGreaterThan(500)
  expect(lab.fixture.requests).toHaveLength(2)
})

it('has a font without serifs where the host chose none, and the host’s where it did', async () => {
  await open('h1{margin:0}')
  const font = () => host.page.locator('di-dashboard').evaluate((board) => getComputedStyle(board).fontFamily)
  expect(await font()).toBe('system-ui, sans-serif')
  await host.page.evaluate(() => document.documentElement.classList.add('x'))
  await host.close()
  await open('body{font-family:Georgia}')
  expect(await font()).toBe('Georgia')
})
