import { chromium } from 'playwright-core'
import { findServices } from '../../scripts/find-services.ts'
import { publish, versionsOf } from '../measure/report.ts'
import { spread } from '../measure/spread.ts'
import { type PageName, servePages } from './serve-pages.ts'

/**
 * What a page's main thread spends until its first chart is drawn and it is idle again: `<di-chart>` and `<di-dashboard>`
 * against ECharts alone, same data, same bundler, in turn, each visit in a fresh browser context.
 */
const ROUNDS = 11
/** A page is idle when its main thread did less than this in a pause, twice, milliseconds. */
const IDLE_CPU_MS = 2
const PAUSE_MS = 150
const BAR = 1.2

const { chromium: executablePath } = findServices()
if (executablePath === undefined) throw new Error('Chromium was not found: set CHROMIUM_PATH')
const pages = await servePages()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] })

interface Visit {
  readonly cpuMs: number
  readonly scriptMs: number
}

/** Opens a page and returns the CPU time of its main thread, from navigation to idle after the drawing. */
async function visit(name: PageName): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1_000, height: 700 } })
  try {
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`))
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(pages.url(name))
    await page.waitForSelector('html[data-drawn]', { state: 'attached', timeout: 20_000 })
    await page.locator('canvas').first().waitFor()
    return await untilIdle(async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      const metric = (wanted: string) => (metrics.find((found) => found.name === wanted)?.value ?? Number.NaN) * 1_000
      // What the measuring itself costs is in every page alike and would pull the ratio towards 1.
      return { cpuMs: metric('TaskDuration') - metric('DevToolsCommandDuration'), scriptMs: metric('ScriptDuration') }
    })
  } finally {
    await context.close()
  }
}

/** Reads until two readings in a row hardly differ, and returns the first of the calm ones. */
async function untilIdle(read: () => Promise<Visit>): Promise<Visit> {
  let last = await read()
  for (let calm = 0; calm < 2; ) {
    await new Promise((wake) => setTimeout(wake, PAUSE_MS))
    const next = await read()
    calm = next.cpuMs - last.cpuMs < IDLE_CPU_MS ? calm + 1 : 0
    if (calm === 0) last = next
  }
  return last
}

const NAMES: readonly PageName[] = ['bare', 'chart', 'dashboard']
const rounds: Record<PageName, Visit>[] = []
try {
  for (let round = -1; round < ROUNDS; round++) {
    const visits = {} as Record<PageName, Visit>
    // Another page goes first each round, so that none always runs after the same one.
    for (let at = 0; at < NAMES.length; at++) {
      const name = NAMES[(at + round + NAMES.length) % NAMES.length] as PageName
      visits[name] = await visit(name)
    }
    if (round >= 0) rounds.push(visits)
  }
} finally {
  await browser.close()
  await pages.close()
}

const ratio = (name: PageName) => spread(rounds.map((visits) => visits[name].cpuMs / visits.bare.cpuMs))
const [chart, dashboard] = [ratio('chart'), ratio('dashboard')]
publish({
  benchmark: 'first-chart',
  command: 'npm run bench:first-chart',
  versions: [...versionsOf(['echarts', 'lit', 'esbuild', 'playwright-core']), `chromium ${browser.version()}`],
  notes: [
    'line chart of 2 × 1,000 points; CPU time of the main thread from navigation to idle, fresh context each visit',
  ],
  figures: [
    {
      name: '<di-chart> ÷ bare ECharts, CPU',
      unit: '',
      spread: chart,
      bar: `at most ${BAR}`,
      met: chart.median <= BAR,
    },
    {
      name: '<di-dashboard> ÷ bare ECharts, CPU',
      unit: '',
      spread: dashboard,
      bar: `at most ${BAR}`,
      met: dashboard.median <= BAR,
    },
    ...NAMES.flatMap((name) => [
      { name: `${name}: CPU`, unit: 'ms', digits: 0, spread: spread(rounds.map((visits) => visits[name].cpuMs)) },
      { name: `${name}: script`, unit: 'ms', digits: 0, spread: spread(rounds.map((visits) => visits[name].scriptMs)) },
    ]),
  ],
})
