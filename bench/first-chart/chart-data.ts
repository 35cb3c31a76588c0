import type { ResultSet } from '@datainsight/core'

const POINTS = 1_000
const MEASURES = ['flights', 'delayed'] as const

/** The answer both pages draw: 1,000 hours with two measures, the same numbers each time. */
export function chartData(): ResultSet {
  const hours = Array.from({ length: POINTS }, (_, at) => new Date(Date.UTC(2001, 0, 1, at)).toISOString().slice(0, -1))
  const series = MEASURES.map((_, index) =>
    hours.map((_, at) => Math.round(1_000 + 400 * Math.sin(at / (20 + 10 * index)) + ((at * 7_919) % 97))),
  )
  return {
    columns: [
      { name: 'bench.date', kind: 'time', type: 'time', title: 'Hour', granularity: 'hour' },
      ...MEASURES.map((name) => ({
        name: `bench.${name}`,
        kind: 'measure' as const,
        type: 'integer' as const,
        title: name,
      })),
    ],
    data: [hours, ...series],
    meta: {
      requestId: 'bench',
      cache: 'hit',
      durationMs: 0,
      dataVersion: '1',
      rowCount: POINTS,
      truncated: false,
      timezone: 'UTC',
      // Asked just now, as a page's first answers mostly are.
      refreshedAt: new Date().toISOString(),
    },
  }
}
