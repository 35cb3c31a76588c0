import { html, nothing } from 'lit'
import { queriesPath } from '../route.ts'
import { ICONS } from '../styles/icons.ts'
import { formatAgo, formatCompact, formatCount, formatFullMoment, formatMs, formatShare } from './format-amounts.ts'
import { type FindMember, nameQuestion } from './member-titles.ts'
import { changeState, type Order, orderOf, type QueriesState, writeQueriesState } from './queries-state.ts'
import type { QueryGroup, QueryGroups, SpanFigures } from './query-log-api.ts'
import { renderPages } from './render-pages.ts'

/** What a list needs. */
export interface ListOptions {
  readonly choice: QueriesState
  readonly find: FindMember
  readonly nowMs: number
  /** Of the period, for shares. */
  readonly totals: SpanFigures
  readonly choose: (change: Partial<QueriesState>) => void
  readonly turn: (direction: 'older' | 'newer') => void
}

interface ColumnHead {
  readonly name: string
  readonly title: string
  readonly order: Order | undefined
  readonly hint: string
}

const COLUMNS: readonly ColumnHead[] = [
  { name: 'time', title: 'Time', order: 'time', hint: 'Time of all queries together, and their share of the period’s' },
  { name: 'count', title: 'Queries', order: 'count', hint: 'How often it was asked' },
  { name: 'cached', title: 'Cache', order: undefined, hint: 'Share of answers that no data source was asked for' },
  { name: 'rollup', title: 'Rollup', order: undefined, hint: 'Share of answers made from a rollup' },
  { name: 'p95', title: 'P95', order: 'p95', hint: 'Of the answers that a data source was asked for' },
  { name: 'longest', title: 'Longest', order: 'slowest', hint: 'The slowest of all' },
  { name: 'errors', title: 'Errors', order: 'errors', hint: 'How often there was no answer' },
  { name: 'latest', title: 'Last asked', order: 'latest', hint: 'When it was asked last' },
]

/** The questions of a period, added up. */
export function renderQuestions({ items, nextOffset }: QueryGroups, options: ListOptions) {
  const { choice } = options
  if (items.length === 0) return renderNone(options)
  const order = orderOf(choice)
  const most = Math.max(...items.map(({ totalMs }) => totalMs))
  return html`<div class="table-scroll"><table class="questions">
      <thead>
        <tr>
          <th scope="col" class="column-question">Question</th>
          ${COLUMNS.map((column) => renderHead(column, order, options.choose))}
        </tr>
      </thead>
      <tbody>${items.map((item) => renderRow(item, most, options))}</tbody>
    </table></div>
    ${renderPages({ first: choice.offset + 1, last: choice.offset + items.length, hasNewer: choice.offset > 0, hasOlder: nextOffset !== undefined, words: ['Previous', 'Next'], turn: options.turn })}`
}

function renderHead({ name, title, order, hint }: ColumnHead, current: Order, choose: ListOptions['choose']) {
  if (order === undefined) return html`<th scope="col" class=${`number column-${name}`} title=${hint}>${title}</th>`
  const isActive = order === current
  return html`<th scope="col" class=${`number column-${name}`} aria-sort=${isActive ? 'descending' : 'none'}>
    <button class="sort" title=${hint} @click=${() => choose({ order })}>${ICONS.sortDown}${title}</button>
  </th>`
}

function renderRow(group: QueryGroup, mostMs: number, { choice, find, nowMs, totals }: ListOptions) {
  const { title, by } = nameQuestion(group.members ?? [], find)
  const path = queriesPath(writeQueriesState(changeState(choice, { question: group.key, record: undefined })))
  const answered = group.count - group.errors
  const isOpen = choice.question === group.key
  return html`<tr class=${isOpen ? 'open' : ''}>
    <td class="column-question">
      <a href=${path} title=${(group.members ?? []).join('\n')}>${title}</a>
      <span class="by">${by === '' ? nothing : html`by ${by}`}${group.source === undefined || group.source === 'default' ? nothing : html` <span class="tag">${group.source === '$rollups' ? 'rollups' : group.source}</span>`}</span>
    </td>
    <td class="number column-time" data-label="Time" title=${`${formatMs(group.totalMs)}, of which in the database ${formatMs(group.databaseMs)}`}>
      <span class="meter"><i data-share=${mostMs === 0 ? 0 : group.totalMs / mostMs}></i></span>
      <span class="share">${formatShare(group.totalMs, totals.totalMs)}</span>
    </td>
    <td class="number column-count" data-label="Queries" title=${formatCount(group.count)}>${formatCompact(group.count)}</td>
    <td class="number column-cached" data-label="Cache" title=${`${formatCount(group.cached)} of ${formatCount(answered)} answers`}>${formatShare(group.cached, answered)}</td>
    <td class="number column-rollup" data-label="Rollup" title=${`${formatCount(group.fromRollup)} of ${formatCount(answered)} answers`}>${group.fromRollup === 0 ? html`<span class="none">–</span>` : formatShare(group.fromRollup, answered)}</td>
    <td class="number column-p95" data-label="P95">${formatMs(group.p95Ms)}</td>
    <td class="number column-longest" data-label="Longest">${formatMs(group.maxMs)}</td>
    <td class="number column-errors" data-label="Errors">${group.errors === 0 ? html`<span class="none">0</span>` : html`<span class="bad">${formatCompact(group.errors)}</span>`}</td>
    <td class="number column-latest" data-label="Last asked"><time datetime=${group.latestAt} title=${formatFullMoment(group.latestAt)}>${formatAgo(group.latestAt, nowMs)}</time></td>
  </tr>`
}

/** Said instead of a list without rows. */
export function renderNone({ choice, choose }: Pick<ListOptions, 'choice' | 'choose'>) {
  const isFiltered = Object.keys(choice.filters).length > 0
  if (choice.view === 'failing' && !isFiltered)
    return html`<div class="state"><p class="state-title">Nothing failed</p><p>Every query of the period was answered.</p></div>`
  return html`<div class="state">
    <p class="state-title">${isFiltered ? 'Nothing matches the filters' : 'Nothing here'}</p>
    ${isFiltered ? html`<button class="button" @click=${() => choose({ filters: {} })}>Clear filters</button>` : nothing}
  </div>`
}
