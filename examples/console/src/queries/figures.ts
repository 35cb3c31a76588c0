import type { Column, ResultSet } from '@datainsight/core'
import { html } from 'lit'
import { formatCount, formatShare } from './format-amounts.ts'
import { cachedCount, ORIGINS } from './origins.ts'
import type { SpanFigures, Timeline } from './query-log-api.ts'

interface Figure {
  readonly title: string
  readonly column: Partial<Column>
  /** Undefined where there is nothing to say. */
  readonly value: (figures: SpanFigures) => number | undefined
}

/** A time in the unit that its size asks for. */
function time(title: string, ofMs: (figures: SpanFigures) => number | undefined, shown: SpanFigures): Figure {
  const inSeconds = (ofMs(shown) ?? 0) >= 1_000
  const digits = inSeconds || (ofMs(shown) ?? 0) < 10 ? 2 : 0
  return {
    title,
    column: { unit: inSeconds ? 'second' : 'millisecond', better: 'lower', fractionDigits: digits },
    value: (figures) => {
      const ms = ofMs(figures)
      return ms === undefined ? undefined : ms / (inSeconds ? 1_000 : 1)
    },
  }
}

function data(shown: SpanFigures): Figure {
  const [unit, size] = (
    [
      ['terabyte', 1e12],
      ['gigabyte', 1e9],
      ['megabyte', 1e6],
      ['kilobyte', 1e3],
    ] as const
  ).find(([, each]) => shown.bytes >= each) ?? ['byte', 1]
  return {
    title: 'Data sent',
    column: { unit, fractionDigits: size === 1 ? 0 : 1 },
    value: ({ bytes }) => bytes / size,
  }
}

const figuresOf = (shown: SpanFigures): readonly Figure[] => [
  { title: 'Queries', column: {}, value: ({ count }) => count },
  {
    title: 'From cache',
    column: { format: 'percent', better: 'higher', fractionDigits: 1 },
    value: (figures) =>
      figures.count > figures.errors ? cachedCount(figures) / (figures.count - figures.errors) : undefined,
  },
  time('Median', ({ p50Ms }) => p50Ms, shown),
  time('P95', ({ p95Ms }) => p95Ms, shown),
  { title: 'Errors', column: { better: 'lower' }, value: ({ errors }) => errors },
  { title: 'Rows', column: {}, value: ({ rows }) => rows },
  data(shown),
]

/** The headline figures of a period, each with its change against the period before. */
export function renderFigures(timeline: Timeline | undefined, before: Timeline | undefined) {
  if (timeline === undefined)
    return html`<div class="figures" aria-hidden="true">${Array.from({ length: 7 }, () => html`<div class="figure"><span class="bar bar-label"></span><span class="bar bar-value"></span></div>`)}</div>`
  const { totals } = timeline
  return html`<dl class="figures">
    ${figuresOf(totals).map(
      ({ title, column, value }) => html`<div class="figure">
        <dt>${title}</dt>
        <dd>
          <di-metric without-label .result=${toResult(title, column, value(totals))} .comparison=${before && toResult(title, column, value(before.totals))}></di-metric>
        </dd>
      </div>`,
    )}
  </dl>`
}

/** Where the answers of a period came from, as one bar with its parts named below. */
export function renderOrigins(figures: SpanFigures) {
  const answered = figures.count - figures.errors
  const parts = ORIGINS.filter(({ origin }) => figures.cache[origin] > 0)
  if (answered === 0) return html``
  return html`<div class="origins">
    <div class="origin-bar" aria-hidden="true">
      ${parts.map(({ origin }) => html`<i class=${`origin-${origin}`} data-share=${figures.cache[origin] / answered}></i>`)}
    </div>
    <ul>
      ${parts.map(
        ({ origin, title }) => html`<li title=${`${formatCount(figures.cache[origin])} answers`}>
          <i class=${`dot origin-${origin}`}></i>${title} <b>${formatShare(figures.cache[origin], answered)}</b>
        </li>`,
      )}
      ${figures.fromRollup > 0 ? html`<li class="aside" title=${`${formatCount(figures.fromRollup)} answers`}>made from rollups <b>${formatShare(figures.fromRollup, answered)}</b></li>` : ''}
    </ul>
  </div>`
}

function toResult(title: string, column: Partial<Column>, value: number | undefined): ResultSet {
  return {
    columns: [{ name: 'log.figure', kind: 'measure', type: 'number', title, ...column }],
    data: [[value ?? null]],
    meta: {
      requestId: '',
      cache: 'miss',
      durationMs: 0,
      dataVersion: '',
      rowCount: 1,
      truncated: false,
      timezone: 'UTC',
      refreshedAt: '',
    },
  }
}
