import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../test/setup/launch-browser.ts'
import { buildTestServer, type TestServer } from './build-test-server.ts'

describe.runIf(process.env.TEST_CHROMIUM !== undefined)('the page of the API', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await buildTestServer()
    await server.app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(() => server.close())

  it('shows every group of routes under its content security policy', { timeout: 120_000 }, async () => {
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(`${server.app.listeningOrigin}/docs`)
      await page.locator('.opblock-tag-section').first().waitFor({ timeout: 90_000 })
      expect(
        await page.locator('.opblock-tag').evaluateAll((tags) => tags.map((tag) => tag.getAttribute('data-tag'))),
      ).toEqual(expect.arrayContaining(['auth', 'dashboards', 'query', 'embed', 'health']))
      expect(await page.locator('.errors-wrapper').count()).toBe(0)
      expect(complaints).toEqual([])
    } finally {
      await browser.close()
    }
  })
})
