import type { Locator, Page } from 'playwright-core'

/** What a headline tile shows. */
export interface ShownMetric {
  /** The compact number. */
  readonly value: string
  /** The number in full precision. */
  readonly full: string
  /** The change with what it is compared to; the reason when there is none. */
  readonly change: string
  /** The earlier number and its dates; empty when there is none. */
  readonly earlier: string
}

/** The host app's page with the dashboard, read and used as a person does. */
export class DeparturesPage {
  readonly page: Page
  readonly dashboard: Locator

  constructor(page: Page) {
    this.page = page
    this.dashboard = page.locator('di-dashboard')
  }

  /** Signs in to the host app as the customer at this airport. */
  async open(hostAppUrl: string, airport: string): Promise<void> {
    await this.page.goto(`${hostAppUrl}/sign-in`)
    await this.page.locator(`#sign-in-${airport}`).click()
    await this.page.waitForURL('**/departures')
  }

  /** Signs in and waits for the numbers. */
  async signIn(hostAppUrl: string, airport: string): Promise<void> {
    await this.open(hostAppUrl, airport)
    await this.settled()
  }

  /** Waits until the dashboard says that it cannot be shown, and returns what it says. */
  async fault(): Promise<string> {
    await this.page.waitForFunction(() => document.querySelector('di-dashboard')?.matches(':state(error)') === true)
    return text(this.dashboard.locator('.state'))
  }

  /** Scrolls through the whole page, so that every tile has been drawn, and back to the top. */
  async drawAll(): Promise<void> {
    for (const tile of await this.page.locator('article[data-tile]').all()) {
      await tile.scrollIntoViewIfNeeded()
      await tile.locator('di-chart canvas, di-chart svg, di-metric .value, di-table tbody td').first().waitFor()
    }
    await this.page.evaluate(() => scrollTo(0, 0))
  }

  /** Waits until every tile shows its answer. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => document.querySelector('di-dashboard')?.matches(':state(ready)') === true)
  }

  tile(id: string): Locator {
    return this.page.locator(`article[data-tile="${id}"]`)
  }

  async metric(id: string): Promise<ShownMetric> {
    const metric = this.tile(id).locator('di-metric')
    const change = metric.locator('.change')
    return {
      value: await text(metric.locator('.value')),
      full: (await metric.locator('.value').getAttribute('title')) ?? '',
      change: await text(change),
      earlier: (await change.getAttribute('title')) ?? '',
    }
  }

  /** Shows a chart as its table, reads all rows, and brings the chart back. */
  async chartRows(id: string): Promise<string[][]> {
    const toggle = this.tile(id).getByRole('button', { name: /^View as table/ })
    await toggle.click()
    const rows = await this.tableRows(id)
    await toggle.click()
    await this.tile(id).locator('di-chart').waitFor()
    return rows
  }

  /** All rows of a tile's table, the ones beyond the visible part included. */
  async tableRows(id: string): Promise<string[][]> {
    const grid = this.tile(id).locator('di-table [role=grid]')
    await grid.scrollIntoViewIfNeeded()
    return grid.evaluate(readGrid)
  }

  /** Chooses one of the period filter's presets. */
  async choosePeriod(preset: string): Promise<void> {
    await this.filter('Period').click()
    await this.page.getByRole('dialog', { name: 'Period' }).getByRole('button', { name: preset, exact: true }).click()
    await this.changed()
  }

  /** Types a period of whole days, `YYYY-MM-DD`. */
  async typePeriod(from: string, to: string): Promise<void> {
    await this.filter('Period').click()
    const dialog = this.page.getByRole('dialog', { name: 'Period' })
    await dialog.getByLabel('From').fill(from)
    await dialog.getByLabel('To').fill(to)
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await this.changed()
  }

  /** Chooses destinations by searching for their codes. */
  async chooseDestinations(codes: readonly string[]): Promise<void> {
    await this.filter('Destination').click()
    const dialog = this.page.getByRole('dialog', { name: 'Destination' })
    for (const code of codes) {
      await dialog.getByRole('combobox').fill(code)
      await dialog.locator('[role=option]', { has: this.page.getByText(code, { exact: true }) }).click()
    }
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await this.changed()
  }

  /** Takes all destinations out of the filter again. */
  async clearDestinations(): Promise<void> {
    await this.page.getByRole('button', { name: 'Clear Destination' }).click()
    await this.changed()
  }

  filter(title: string): Locator {
    return this.page.locator('di-filter .trigger', { hasText: title })
  }

  /** Waits for the answers to a change that was just made. */
  private async changed(): Promise<void> {
    await this.page.waitForFunction(() => {
      const dashboard = document.querySelector('di-dashboard')
      return dashboard?.matches(':state(ready)') === true && !dashboard.matches(':state(loading)')
    })
  }
}

async function text(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? '').replace(/\s+/g, ' ').trim()
}

/** Runs in the page: scrolls a grid from top to bottom and collects its rows by their index. */
async function readGrid(grid: Element): Promise<string[][]> {
  const scroller = grid.parentElement as HTMLElement
  const rows = new Map<number, string[]>()
  const frame = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
  const collect = () => {
    for (const row of grid.querySelectorAll('tbody tr[aria-rowindex]')) {
      const cells = [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? '')
      rows.set(Number(row.getAttribute('aria-rowindex')), cells)
    }
  }
  scroller.scrollTop = 0
  for (;;) {
    await frame()
    collect()
    if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1) break
    scroller.scrollTop += scroller.clientHeight / 2
  }
  scroller.scrollTop = 0
  const expected = Number(grid.getAttribute('aria-rowcount')) - 1
  if (rows.size !== expected) throw new Error(`the table says it has ${expected} rows, ${rows.size} were seen`)
  return [...rows].sort(([a], [b]) => a - b).map(([, cells]) => cells)
}
