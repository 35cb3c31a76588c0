import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Starts the Chromium that the set-up found. @throws Error when there is none. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env.TEST_CHROMIUM
  if (executablePath === undefined) throw new Error('no browser: TEST_CHROMIUM is not set')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}

/** A page and everything that went wrong in it, as one line each. */
export interface WatchedPage {
  readonly page: Page
  readonly context: BrowserContext
  /** Content-policy violations, of every document of the page. */
  readonly violations: string[]
  /** Uncaught exceptions and rejections. */
  readonly exceptions: string[]
}

/** How a page is looked at. */
export interface PageOptions {
  readonly width?: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
}

/** Opens an empty page in a context of its own and writes down what goes wrong in it. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<WatchedPage> {
  const { width = 1_280, height = 900, colorScheme = 'light' } = options
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: 'en-US',
    timezoneId: 'America/New_York',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
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
  return { page, context, violations, exceptions }
}
