import { describe, expect, it } from 'vitest'
import type { SpanFigures, Timeline } from './query-log-api.ts'
import { toTimelineChart } from './timeline-result.ts'

const figures = (change: Partial<SpanFigures>): SpanFigures => ({
  count: 10,
  errors: 0,
  cache: { L1: 8, L2: 0, L3: 0, stale: 0, miss: 2 },
  fromRollup: 0,
  rows: 0,
  bytes: 2_500_000,
  totalMs: 0,
  databaseMs: 0,
  p50Ms: 4,
  p95Ms: 400,
  ...change,
})
const at = (hour: number) => `2026-01-10T${String(hour).padStart(2, '0')}:00:00.000`
const local = (hour: number, minute: number) => new Date(2026, 0, 10, hour, minute).toISOString()
const TIMELINE: Timeline = {
  from: local(9, 30),
  to: local(13, 10),
  timezone: 'UTC',
  bucket: 'hour',
  totals: figures({}),
  buckets: [{ at: at(10), ...figures({}) }],
}

describe('toTimelineChart', () => {
  it('covers the period, with gaps where nobody asked, and leaves out levels that never answered', () => {
    const { spec, result, colors } = toTimelineChart(TIMELINE, 'answers')
    expect(spec).toEqual({ type: 'column', stack: 'stacked' })
    expect(result.data).toEqual([
      [at(9), at(10), at(11), at(12), at(13)],
      [null, 8, null, null, null],
      [null, 2, null, null, null],
    ])
    expect(result.columns.map(({ title }) => title)).toEqual(['Time', 'Memory', 'Data source'])
    expect(colors).toEqual(['--origin-L1', '--origin-miss'])
  })

  it('has gaps in latency, and seconds where milliseconds would be long', () => {
    expect(toTimelineChart(TIMELINE, 'latency').result.data.slice(1)).toEqual([
      [null, 4, null, null, null],
      [null, 400, null, null, null],
    ])
    const slow = { ...TIMELINE, buckets: [{ at: at(10), ...figures({ p95Ms: 12_000 }) }] }
    const { result } = toTimelineChart(slow, 'latency')
    expect([result.columns[2]?.unit, result.data[2]?.[1]]).toEqual(['second', 12])
  })

  it('writes bytes in the unit of their highest value', () => {
    const { result } = toTimelineChart(TIMELINE, 'data')
    expect([result.columns[1]?.unit, result.data[1]?.[1]]).toEqual(['megabyte', 2.5])
  })
})
