import type { ResultSet } from '@datainsight/core'

/** Names of the answers that `make-results.ts` wrote. */
export const RESULT_NAMES = [
  'byDay',
  'march',
  'marchBefore',
  'byMonth',
  'byHour',
  'byWeekTop',
  'byWeekFour',
  'byWeekAll',
  'destinations',
  'codes',
  'heatmap',
  'monthWeekday',
  'delays',
  'routes',
  'flights',
] as const
export type ResultName = (typeof RESULT_NAMES)[number]

/** Reads the lines of `flights-results.ndjson`. */
export function readResults(text: string): Readonly<Record<ResultName, ResultSet>> {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: ResultName; result: ResultSet })
  return Object.fromEntries(lines.map(({ name, result }) => [name, result])) as Record<ResultName, ResultSet>
}
