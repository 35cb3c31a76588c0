import { html, nothing } from 'lit'
import { dashboardsPath, queriesPath } from '../route.ts'
import { renderCode, renderCopy } from './copy-button.ts'
import {
  formatAgo,
  formatBytes,
  formatCompact,
  formatCount,
  formatFullMoment,
  formatMs,
  formatShare,
} from './format-amounts.ts'
import { arrangeMembers, type FindMember } from './member-titles.ts'
import { changeState, type QueriesState, writeQueriesState } from './queries-state.ts'
import type { QueryGroup, QueryRecord, RollupAdvice, Span, SpanFigures, Timeline } from './query-log-api.ts'
import { callerTitle, kindTitle, renderOrigin } from './records-table.ts'
import { renderStages } from './render-stages.ts'
import type { TimelineChart } from './timeline-result.ts'

const KIND_TITLES = { measure: 'Measure', time: 'Time', dimension: 'Dimension', segment: 'Segment' } as const

/** What the panel shows: a question added up, with its last records, or one record. */
export interface Shown {
  readonly members: readonly string[]
  readonly group?: QueryGroup | undefined
  readonly timeline?: Timeline
  readonly chart?: TimelineChart
  readonly recent?: readonly QueryRecord[]
  readonly record?: QueryRecord
}

/** What a question came to in the period, and the course of its latency. */
export function renderQuestion({ group, timeline, chart }: Shown, totals: SpanFigures | undefined) {
  if (group === undefined || timeline === undefined) return html`<p class="muted">Nobody asked it in this period.</p>`
  const answered = group.count - group.errors
  return html`<dl class="facts facts-figures">
      ${fact('Queries', formatCompact(group.count), formatCount(group.count))}
      ${fact('From cache', formatShare(group.cached, answered))}
      ${fact('Median of source', formatMs(group.p50Ms))}
      ${fact('P95 of source', formatMs(group.p95Ms))}
      ${fact('Longest', formatMs(group.maxMs))}
      ${fact('Errors', formatCompact(group.errors))}
      ${fact('Share of time', formatShare(group.totalMs, totals?.totalMs ?? 0), formatMs(group.totalMs))}
      ${fact('Data sent', formatBytes(group.bytes), `${formatCount(group.rows)} rows`)}
    </dl>
    <section>
      <h3>Latency</h3>
      ${chart && timeline.totals.p50Ms !== undefined ? html`<di-chart class="panel-chart" label="Latency of this question" .spec=${chart.spec} .result=${chart.result}></di-chart>` : html`<p class="muted">No answers in this period.</p>`}
    </section>`
}

/** Where the time of one query went, and what is known of it. */
export function renderRecord(record: QueryRecord, choice: QueriesState) {
  const { caller, ms, count } = record
  return html`<section>
      <h3>Time <span>${count > 1 ? `${formatMs(ms.total / count)} each, ${formatMs(ms.max)} at most` : formatMs(ms.total)}</span></h3>
      ${renderStages(record)}
    </section>
    <dl class="facts">
      ${fact('Answered from', renderOrigin(record))}
      ${fact('Data source', record.source === '$rollups' ? 'Rollup store' : (record.source ?? '–'))}
      ${fact('Rows', record.error === undefined ? formatCount(record.rows) : '–')}
      ${fact('Data', record.error === undefined ? formatBytes(record.bytes) : '–', `${formatCount(record.bytes)} bytes`)}
      ${fact('Asked as', kindTitle(record.kind))}
      ${record.dashboardId === undefined ? nothing : fact('Dashboard', html`<a href=${dashboardsPath(record.dashboardId)}>Open</a>`)}
      ${fact('Caller', html`${callerTitle(caller)} ${renderCopy(caller.hash, 'hash of the caller')}`)}
      ${caller.tenant === undefined ? nothing : fact('Tenant', html`${renderCopy(caller.tenant, 'hash of the tenant')} <a href=${queriesPath(writeQueriesState(changeState(choice, { record: undefined, filters: { tenant: caller.tenant } })))}>Filter</a>`)}
      ${fact('Request', renderCopy(record.requestId, 'request id'))}
    </dl>`
}

/** What a question asks for, by name. */
export function renderMembers(names: readonly string[], find: FindMember) {
  if (names.length === 0) return nothing
  return html`<section>
    <h3>Members</h3>
    <ul class="members">
      ${arrangeMembers(names, find).map(({ name, title, kind }) => html`<li><span class="member-title">${title}</span><code title=${name}>${name}</code><span class="member-kind">${kind ? KIND_TITLES[kind] : 'Unknown'}</span></li>`)}
    </ul>
  </section>`
}

/** Whether a rollup answered, why not, and which one would help. */
export function renderRollups({ record, group, recent }: Shown, advice: readonly RollupAdvice[] | undefined) {
  const latest = record ?? recent?.find(({ error }) => error === undefined)
  const rollup = latest?.rollup
  const reasons = latest?.rollupReasons ?? []
  const share = group && group.fromRollup > 0 ? formatShare(group.fromRollup, group.count - group.errors) : undefined
  return html`<section>
    <h3>Rollups</h3>
    ${
      rollup === undefined
        ? html`<p>${record?.error === undefined ? 'Read from rows: no rollup answered.' : 'Not answered.'}</p>`
        : html`<p>${share ? `${share} of the answers were made` : 'Made'} from <code>${rollup}</code>.</p>`
    }
    ${reasons.length > 0 ? html`<ul class="reasons">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>` : nothing}
    ${
      rollup === undefined && advice?.[0]
        ? html`<div class="advice">
            <p><b>Advice:</b> a rollup of <code>${advice[0].cube}</code> would have answered ${formatCount(advice[0].queries)} ${advice[0].queries === 1 ? 'query' : 'queries'} of the last seven days and saved up to ${formatMs(advice[0].savesUpToMs)} of the data source’s time. Paste it into the cube:</p>
            ${renderCode(advice[0].yaml.trimEnd(), 'YAML')}
          </div>`
        : nothing
    }
  </section>`
}

/** The last queries of a question, each a link to its record. */
export function renderRecent(recent: readonly QueryRecord[], span: Span | undefined, choice: QueriesState) {
  const nowMs = Date.parse(span?.to ?? '')
  return html`<section>
    <h3>Last asked</h3>
    <ul class="recent">
      ${recent.map(
        (record) => html`<li>
          <a href=${queriesPath(writeQueriesState(changeState(choice, { record: record.id })))}><time datetime=${record.at} title=${formatFullMoment(record.at)}>${formatAgo(record.at, nowMs)}</time></a>
          <span class="recent-origin">${renderOrigin(record)}</span>
          <span class="number">${record.error === undefined ? html`${formatCompact(record.rows)} ${record.rows === 1 ? 'row' : 'rows'}` : ''}</span>
          <span class="number">${formatMs(record.ms.max)}</span>
        </li>`,
      )}
    </ul>
  </section>`
}

function fact(title: string, value: unknown, hint = '') {
  return html`<div title=${hint || nothing}><dt>${title}</dt><dd>${value}</dd></div>`
}
