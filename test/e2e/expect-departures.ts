import { expect } from 'vitest'
import type { DeparturesPage } from './departures-page.ts'
import type { FlightsTruth, Headline, Selection, Value } from './flights-truth.ts'
import { readNumber, showsNumber } from './read-number.ts'

/** Tiles of headline numbers, and where the truth has theirs. */
const METRICS = [
  { tile: 'flights', key: 'flights', isShare: false },
  { tile: 'average_delay', key: 'averageDelay', isShare: false },
  { tile: 'delayed_share', key: 'delayedShare', isShare: true },
  { tile: 'miles', key: 'miles', isShare: false },
] as const satisfies readonly { tile: string; key: keyof Headline; isShare: boolean }[]

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/**
 * Compares every number on the page with independent SQL: headline numbers and their changes, the data behind each chart,
 * and all rows of the table.
 *
 * @param earlier what the previous period is for this selection
 */
export async function expectDepartures(
  page: DeparturesPage,
  truth: FlightsTruth,
  selection: Selection,
  earlier: Selection,
): Promise<void> {
  await expectHeadline(page, await truth.headline(selection), await truth.headline(earlier))
  const days = await truth.byDay(selection)
  expectRows(
    'flights_by_day',
    await page.chartRows('flights_by_day'),
    days.map(([day, flights]) => [day ?? null, flights ?? null]),
    [isDay, isNumber],
  )
  expectRows(
    'delay_by_day',
    await page.chartRows('delay_by_day'),
    days.map(([day, , delay]) => [day ?? null, delay ?? null]),
    [isDay, isNumber],
  )
  expectRows('top_destinations', await page.chartRows('top_destinations'), await truth.topDestinations(selection), [
    isText,
    isNumber,
  ])
  expectRows('week_pattern', sorted(await page.chartRows('week_pattern')), await hoursAndWeekdays(truth, selection), [
    isText,
    isText,
    isNumber,
  ])
  expectRows('delay_distribution', await page.chartRows('delay_distribution'), await truth.byDelay(selection), [
    isLowerBound,
    isNumber,
  ])
  expectRows('routes', await page.tableRows('routes'), await truth.routes(selection), [
    isText,
    isText,
    isText,
    isNumber,
    isNumber,
    isNumber,
    isNumber,
  ])
}

async function expectHeadline(page: DeparturesPage, now: Headline, before: Headline): Promise<void> {
  for (const { tile, key, isShare } of METRICS) {
    const shown = await page.metric(tile)
    const [value, previous] = [now[key], before[key]]
    expect(showsNumber(shown.value, value), `${tile}: ${shown.value} for ${value}`).toBe(true)
    expect(showsNumber(shown.full, value), `${tile}: ${shown.full} for ${value}`).toBe(true)
    if (before.flights === 0) {
      expect(readNumber(shown.change), `${tile}: ${shown.change} without earlier flights`).toBeUndefined()
      continue
    }
    expect(showsNumber(shown.earlier, previous), `${tile}: earlier ${shown.earlier} for ${previous}`).toBe(true)
    const change = isShare
      ? (Number(value) - Number(previous)) * 100
      : (Number(value) - Number(previous)) / Math.abs(Number(previous))
    expect(showsChange(shown.change, change), `${tile}: ${shown.change} for ${change}`).toBe(true)
  }
}

/** A change too small to be shown is said in words. */
function showsChange(text: string, change: number): boolean {
  if (/no change/i.test(text)) return Math.abs(change) < 0.0005
  const [shown] = text.split(' vs ')
  return showsNumber(shown?.replace(/^[^+\-−\d]*/, '') ?? '', change)
}

type Matcher = (shown: string, expected: Value) => boolean

const isNumber: Matcher = (shown, expected) => typeof expected !== 'string' && showsNumber(shown, expected)
const isText: Matcher = (shown, expected) => shown === (expected ?? '–')
const isDay: Matcher = (shown, expected) => {
  const day = new Date(`${shown} UTC`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === expected
}
/** Bins are named by their bounds; the outer ones are open. */
const isLowerBound: Matcher = (shown, expected) => {
  if (expected === -60) return /60|45/.test(shown)
  return readNumber(shown)?.value === expected
}

function expectRows(
  name: string,
  shown: readonly string[][],
  expected: readonly Value[][],
  matchers: readonly Matcher[],
): void {
  expect(expected.length, `${name}: there is something to compare`).toBeGreaterThan(0)
  expect(shown.length, `${name}: rows`).toBe(expected.length)
  const wrong = shown.filter(
    (cells, row) =>
      cells.length !== matchers.length ||
      !matchers.every((matches, column) => matches(cells[column] ?? '', expected[row]?.[column] ?? null)),
  )
  expect(wrong.slice(0, 5), `${name}: ${wrong.length} of ${shown.length} rows differ`).toEqual([])
}

/** The heatmap's rows in one order on both sides: hour, weekday, flights. */
async function hoursAndWeekdays(truth: FlightsTruth, selection: Selection): Promise<Value[][]> {
  const cells = await truth.byWeekdayAndHour(selection)
  return sorted(
    cells.map(([weekday, hour, flights]) => [
      `${String(hour).padStart(2, '0')}:00`,
      WEEKDAYS[Number(weekday) - 1] ?? '',
      flights ?? null,
    ]),
  )
}

function sorted<Cell extends Value>(rows: readonly (readonly Cell[])[]): Cell[][] {
  const key = (row: readonly Cell[]) => row.slice(0, 2).join('|')
  return rows.map((row) => [...row]).sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
