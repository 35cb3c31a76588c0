import type { Browser, BrowserContext, Page } from 'playwright-core'

/** A page and everything that went wrong in it, as one line each. */
export interface WatchedPage {
  readonly page: Page
  /** Content-policy violations, of every document of the page. */
  readonly violations: string[]
  /** Uncaught exceptions and rejections. */
  readonly exceptions: string[]
  /** Closes it and forgets its cookies and storage. */
  close(): Promise<void>
}

/** How a page is looked at. */
export interface PageOptions {
  readonly width?: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
}

const contexts = new WeakMap<Browser, Promise<BrowserContext>>()
/** The page that is open in a context, until it is closed. */
const opened = new WeakMap<BrowserContext, Page>()

/**
 * Opens an empty page without cookies and storage, and writes down what goes wrong in it. A browser has one such page at a time.
 *
 * Pages share a context, in which the first one stays open: so they share its renderer, which compiles the elements once.
 */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<WatchedPage> {
  const { width = 1_280, height = 900, colorScheme = 'light' } = options
  const made = contexts.get(browser) ?? browser.newContext({ locale: 'en-US', timezoneId: 'America/New_York' })
  contexts.set(browser, made)
  const context = await made
  // A test that failed has not closed its own.
  const left = opened.get(context)
  if (left !== undefined) await closePage(left)
  await context.clearCookies()
  const page = await context.newPage()
  opened.set(context, page)
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  const violations: string[] = []
  const exceptions: string[] = []
  await page.exposeFunction('reportViolation', (text: string) => violations.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (globalThis as unknown as { reportViolation: (text: string) => void }).reportViolation
      report(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
  page.on('pageerror', (error) => exceptions.push(error.message))
  return { page, violations, exceptions, close: () => closePage(page) }
}

async function closePage(page: Page): Promise<void> {
  opened.delete(page.context())
  // Nothing is stored for a page that has no address yet.
  await page.evaluate(() => {
    if (location.protocol === 'about:') return
    localStorage.clear()
    sessionStorage.clear()
    // The page that stays shows nothing and asks for nothing; what it has loaded remains.
    document.body.remove()
  })
  if (page.context().pages()[0] !== page) await page.close()
}
