import { type Browser, chromium } from 'playwright-core'

/** Starts the Chromium that the set-up found. @throws Error when there is none. */
export function launchBrowser(): Promise<Browser> {
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
