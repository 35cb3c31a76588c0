import { html } from 'lit'
import { queriesPath } from '../route.ts'
import { formatBytes, formatCompact, formatCount, formatFullMoment, formatMoment, formatMs } from './format-amounts.ts'
import { type FindMember, nameQuestion } from './member-titles.ts'
import { originTitle } from './origins.ts'
import { changeState, type QueriesState, writeQueriesState } from './queries-state.ts'
import type { QueryRecord, QueryRecords } from './query-log-api.ts'
import { type ListOptions, renderNone } from './questions-table.ts'
import { renderPages } from './render-pages.ts'

const CALLERS: Readonly<Record<string, string>> = { user: 'Person', 'api-key': 'API key', embed: 'Embed token' }
const KINDS: Readonly<Record<string, string>> = {
  query: 'Query',
  batch: 'Batch',
  dashboard: 'Dashboard',
  options: 'Filter choices',
  suggest: 'Suggestions',
  export: 'Export',
  cube: 'Cube client',
}

/** Who asked, in words. */
export function callerTitle({ kind }: QueryRecord['caller']): string {
  return CALLERS[kind] ?? kind
}

/** What a query was asked for, in words. */
export function kindTitle(kind: string): string {
  return KINDS[kind] ?? kind
}

/** Records one by one, newest first. */
export function renderRecords(
  { items, nextCursor }: QueryRecords,
  options: ListOptions & { readonly hasNewer: boolean },
) {
  if (items.length === 0) return renderNone(options)
  return html`<div class="table-scroll"><table class="records">
      <thead>
        <tr>
          <th scope="col" class="column-at">Asked</th>
          <th scope="col" class="column-question">Question</th>
          <th scope="col" class="column-caller">Caller</th>
          <th scope="col" class="column-origin">Answered from</th>
          <th scope="col" class="number column-ms">Time</th>
          <th scope="col" class="number column-rows">Rows</th>
          <th scope="col" class="number column-bytes">Data</th>
        </tr>
      </thead>
      <tbody>${items.map((item) => renderRow(item, options))}</tbody>
    </table></div>
    ${renderPages({ hasNewer: options.hasNewer, hasOlder: nextCursor !== undefined, words: ['Newer', 'Older'], turn: options.turn })}`
}

function renderRow(
  record: QueryRecord,
  { choice, find }: { readonly choice: QueriesState; readonly find: FindMember },
) {
  const { title, by } = nameQuestion(record.members, find)
  const path = queriesPath(writeQueriesState(changeState(choice, { record: record.id, question: undefined })))
  return html`<tr class=${choice.record === record.id ? 'open' : ''}>
    <td class="column-at" data-label="Asked"><time datetime=${record.at} title=${formatFullMoment(record.at)}>${formatMoment(record.at)}</time></td>
    <td class="column-question"><a href=${path} title=${record.members.join('\n')}>${title}</a><span class="by">${by === '' ? '' : `by ${by}`}</span></td>
    <td class="column-caller" data-label="Caller">${callerTitle(record.caller)}${record.caller.tenant ? html` <code>${record.caller.tenant.slice(0, 6)}</code>` : ''}</td>
    <td class="column-origin" data-label="Answered from">${renderOrigin(record)}</td>
    <td class="number column-ms" data-label="Time">${formatMs(record.ms.max)}</td>
    <td class="number column-rows" data-label="Rows" title=${formatCount(record.rows)}>${record.error === undefined ? formatCompact(record.rows) : html`<span class="none">–</span>`}</td>
    <td class="number column-bytes" data-label="Data">${record.error === undefined ? formatBytes(record.bytes) : html`<span class="none">–</span>`}</td>
  </tr>`
}

/** Where an answer came from, how many were counted together, or why there was none. */
export function renderOrigin({ cache, error, count, rollup }: QueryRecord) {
  if (error !== undefined) return html`<span class="tag tag-bad">${error}</span>`
  return html`<span class="origin"><i class=${`dot origin-${cache ?? 'failed'}`}></i>${originTitle(cache)}${count > 1 ? html` <span class="tag" title=${`${formatCount(count)} answers counted together`}>×${formatCompact(count)}</span>` : ''}${rollup === undefined ? '' : html` <span class="tag" title=${`Made from ${rollup}`}>rollup</span>`}</span>`
}
