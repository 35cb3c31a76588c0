import type { ChartSpec, Column, ResultSet } from '@datainsight/core'
import { ORIGINS } from './origins.ts'
import type { ChartChoice } from './queries-state.ts'
import type { SpanFigures, Timeline } from './query-log-api.ts'

/** A timeline as a chart of the SDK. `colors` names the tokens of the series, in order. */
export interface TimelineChart {
  readonly spec: ChartSpec
  readonly result: ResultSet
  readonly colors: readonly string[]
}

interface Series {
  readonly name: string
  readonly title: string
  readonly color: string
  readonly value: (figures: SpanFigures) => number | undefined
  readonly unit?: string
}

const answers: readonly Series[] = [
  ...ORIGINS.map(({ origin, title }) => ({
    name: `origin.${origin}`,
    title,
    color: `--origin-${origin}`,
    value: ({ cache }: SpanFigures) => cache[origin],
  })),
  { name: 'origin.failed', title: 'Failed', color: '--origin-failed', value: ({ errors }) => errors },
]

/** Sizes of a byte axis: one unit for all of it, chosen by its highest value. */
const BYTE_UNITS = [
  ['kilobyte', 1e3],
  ['megabyte', 1e6],
  ['gigabyte', 1e9],
  ['terabyte', 1e12],
] as const

/** What a chart of the timeline shows. Levels that never answered are left out. */
export function toTimelineChart(timeline: Timeline, choice: ChartChoice): TimelineChart {
  const buckets = withEmptyBuckets(timeline)
  const series = seriesOf(timeline, choice)
  const columns: Column[] = [
    { name: 'query.at', kind: 'time', type: 'time', title: 'Time', granularity: timeline.bucket },
    ...series.map(
      ({ name, title, unit }): Column => ({
        name,
        kind: 'measure',
        type: 'number',
        title,
        ...(unit !== undefined && { unit }),
        ...(choice !== 'latency' && { additive: true as const }),
      }),
    ),
  ]
  return {
    spec: {
      type: choice === 'latency' ? 'line' : 'column',
      ...(choice === 'answers' && { stack: 'stacked' as const }),
    },
    colors: series.map(({ color }) => color),
    result: {
      columns,
      data: [buckets.map(({ at }) => at), ...series.map(({ value }) => buckets.map((bucket) => value(bucket) || null))],
      meta: {
        requestId: '',
        cache: 'miss',
        durationMs: 0,
        dataVersion: timeline.to,
        rowCount: buckets.length,
        truncated: false,
        timezone: timeline.timezone,
        refreshedAt: timeline.to,
      },
    },
  }
}

const NOBODY_ASKED: SpanFigures = {
  count: 0,
  errors: 0,
  cache: { L1: 0, L2: 0, L3: 0, stale: 0, miss: 0 },
  fromRollup: 0,
  rows: 0,
  bytes: 0,
  totalMs: 0,
  databaseMs: 0,
}

/** Every bucket of the period, also those in which nobody asked. The timeline must be in the browser's own zone. */
function withEmptyBuckets({ from, to, bucket, buckets }: Timeline): Timeline['buckets'] {
  const known = new Map(buckets.map((each) => [each.at, each]))
  const end = Date.parse(to)
  const all: Timeline['buckets'][number][] = []
  const start = new Date(from)
  start.setSeconds(0, 0)
  if (bucket !== 'minute') start.setMinutes(0)
  if (bucket === 'day') start.setHours(0)
  for (let time = start; time.getTime() < end; time = after(time, bucket)) {
    const at = localText(time)
    if (all.at(-1)?.at !== at) all.push(known.get(at) ?? { at, ...NOBODY_ASKED })
  }
  return all
}

function after(time: Date, bucket: Timeline['bucket']): Date {
  if (bucket === 'day') return new Date(time.getFullYear(), time.getMonth(), time.getDate() + 1)
  return new Date(time.getTime() + (bucket === 'hour' ? 3_600_000 : 60_000))
}

/** `2024-03-05T14:00:00.000`, as the browser's clock shows it. */
function localText(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}:00.000`
}

function seriesOf({ buckets, totals }: Timeline, choice: ChartChoice): readonly Series[] {
  if (choice === 'answers') return answers.filter(({ value }) => (value(totals) ?? 0) > 0)
  if (choice === 'latency') {
    const inSeconds = Math.max(...buckets.map(({ p95Ms = 0 }) => p95Ms)) > 1_000
    const scale = (ms: number | undefined) => (ms === undefined || !inSeconds ? ms : ms / 1_000)
    const unit = inSeconds ? 'second' : 'millisecond'
    return [
      { name: 'latency.p50', title: 'Median', color: '--origin-L1', value: ({ p50Ms }) => scale(p50Ms), unit },
      { name: 'latency.p95', title: 'P95', color: '--origin-miss', value: ({ p95Ms }) => scale(p95Ms), unit },
    ]
  }
  const most = Math.max(...buckets.map(({ bytes }) => bytes))
  const [unit, size] = BYTE_UNITS.findLast(([, each]) => most >= each) ?? BYTE_UNITS[0]
  return [{ name: 'data.bytes', title: 'Data', color: '--origin-L1', value: ({ bytes }) => bytes / size, unit }]
}
