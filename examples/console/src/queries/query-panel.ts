import { ClientError, explainQuery, type SqlExplanation } from '@datainsight/core/client'
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { navigate } from '../navigation.ts'
import { dashboardsPath, queriesPath } from '../route.ts'
import type { Session } from '../session/session.ts'
import { ICONS } from '../styles/icons.ts'
import { sharedStyles } from '../styles/shared-styles.ts'
import { stateStyles } from '../styles/state-styles.ts'
import { renderCopy } from './copy-button.ts'
import {
  formatAgo,
  formatBytes,
  formatCompact,
  formatCount,
  formatFullMoment,
  formatMoment,
  formatMs,
  formatShare,
} from './format-amounts.ts'
import { arrangeMembers, type FindMember, memberFinder, nameQuestion, rebuildQuery } from './member-titles.ts'
import { paintShares } from './paint-shares.ts'
import { panelStyles } from './panel-styles.ts'
import { changeState, type QueriesState, readQueriesState, writeQueriesState } from './queries-state.ts'
import {
  type QueryGroup,
  type QueryRecord,
  type RollupAdvice,
  readAdvice,
  readQuestion,
  readRecord,
  readRecords,
  readTimeline,
  type Span,
  type SpanFigures,
  type Timeline,
} from './query-log-api.ts'
import { callerTitle, kindTitle, renderOrigin } from './records-table.ts'
import { renderFault } from './render-fault.ts'
import { renderStages } from './render-stages.ts'
import { type TimelineChart, toTimelineChart } from './timeline-result.ts'
import { valueStyles } from './value-styles.ts'

/** Records of a question that its panel lists. */
const RECENT = 8
const KIND_TITLES = { measure: 'Measure', time: 'Time', dimension: 'Dimension', segment: 'Segment' } as const

/** What the panel shows: a question added up, with its last records, or one record. */
interface Shown {
  readonly members: readonly string[]
  readonly group?: QueryGroup | undefined
  readonly timeline?: Timeline
  readonly chart?: TimelineChart
  readonly recent?: readonly QueryRecord[]
  readonly record?: QueryRecord
}

/** The panel at the side: why one question, or one record of it, took as long as it did, and what helps. */
@customElement('console-query-panel')
export class QueryPanel extends LitElement {
  static override styles = [sharedStyles, stateStyles, valueStyles, panelStyles]

  @property({ attribute: false }) session!: Session
  @property({ attribute: false }) span: Span | undefined
  /** Shape of the question to show. */
  @property({ attribute: false }) question: string | undefined
  /** Id of the record to show. */
  @property({ attribute: false }) record: string | undefined
  @property({ attribute: false }) find: FindMember = memberFinder(undefined)
  @property({ attribute: false }) choice: QueriesState = readQueriesState('')
  /** Of the period, for shares. */
  @property({ attribute: false }) totals: SpanFigures | undefined
  @state() private shown: Shown | undefined
  @state() private error: ClientError | undefined
  @state() private advice: readonly RollupAdvice[] | undefined
  @state() private explanation: SqlExplanation | undefined
  @state() private explainError: ClientError | undefined
  @state() private explaining = false
  @query('dialog') private dialog!: HTMLDialogElement
  #abort: AbortController | undefined
  #opener: HTMLElement | undefined
  #isLeaving = false

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#abort?.abort()
  }

  private get isOpen(): boolean {
    return this.question !== undefined || this.record !== undefined
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isAnother = changed.has('question') || changed.has('record')
    if (isAnother) {
      this.shown = undefined
      this.advice = undefined
      this.explanation = undefined
      this.explainError = undefined
      this.explaining = false
      this.error = undefined
    }
    // A record never changes; a question does with the period.
    const isAsked = isAnother || (changed.has('span') && this.question !== undefined)
    if (isAsked && this.isOpen && this.span) void this.load()
    else if (changed.has('span') && changed.get('span') === undefined && this.isOpen) void this.load()
  }

  protected override updated(changed: PropertyValues<this>): void {
    paintShares(this.renderRoot)
    for (const [index, color] of (this.shown?.chart?.colors ?? []).entries())
      this.renderRoot
        .querySelector<HTMLElement>('di-chart')
        ?.style.setProperty(`--di-chart-${index + 1}`, `var(${color})`)
    if (!changed.has('question') && !changed.has('record')) return
    if (this.isOpen && !this.dialog.open) {
      this.#opener = deepActiveElement()
      // Beside the list where there is room, in front of it where there is none.
      if (matchMedia('(max-width: 720px)').matches) this.dialog.showModal()
      else this.dialog.show()
    } else if (!this.isOpen && this.dialog.open) {
      this.#isLeaving = true
      this.dialog.close()
      this.#opener?.focus()
    }
    if (this.isOpen) this.renderRoot.querySelector<HTMLElement>('h2')?.focus()
  }

  private async load(): Promise<void> {
    this.#abort?.abort()
    this.#abort = new AbortController()
    const { signal } = this.#abort
    const { session, span, question, record } = this
    const { client } = session
    try {
      if (record !== undefined) {
        const found = await readRecord(client, record, signal)
        this.shown = { members: found.members, record: found }
      } else if (question !== undefined && span) {
        const [group, timeline, { items }] = await Promise.all([
          readQuestion(client, span, question, signal),
          readTimeline(client, span, { shape: question }, signal),
          readRecords(client, span, { shape: question }, { limit: RECENT }, signal),
        ])
        const chart = toTimelineChart(timeline, 'latency')
        this.shown = { members: group?.members ?? items[0]?.members ?? [], group, timeline, chart, recent: items }
      }
      this.error = undefined
      if (this.may('rollups:read') && this.advice === undefined)
        readAdvice(client, this.shown?.members ?? [], signal).then(
          (advice) => {
            this.advice = advice
          },
          () => undefined,
        )
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof ClientError)) throw error
      this.error = error
    }
  }

  private may(permission: 'rollups:read' | 'query:sql'): boolean {
    const { state } = this.session
    return state.status === 'signed-in' && state.user.permissions.includes(permission)
  }

  private pathTo(change: Partial<QueriesState>): string {
    return queriesPath(writeQueriesState(changeState(this.choice, change)))
  }

  private readonly close = (): void => {
    navigate(this.pathTo({ question: undefined, record: undefined }))
  }

  /** The browser closed it, by Escape of a modal dialog. */
  private readonly closed = (): void => {
    if (!this.#isLeaving && this.isOpen) this.close()
    this.#isLeaving = false
  }

  private readonly press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    this.close()
  }

  private async explain(): Promise<void> {
    const asked = rebuildQuery(this.shown?.members ?? [], this.find)
    if (asked === undefined || this.#abort === undefined) return
    const { signal } = this.#abort
    this.explaining = true
    this.explainError = undefined
    try {
      this.explanation = await explainQuery(this.session.client, asked, { signal })
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof ClientError)) throw error
      this.explainError = error
    } finally {
      this.explaining = false
    }
  }

  protected override render() {
    const { shown, error } = this
    const { title, by } = nameQuestion(shown?.members ?? [], this.find)
    const { record } = shown ?? {}
    return html`<dialog aria-labelledby="panel-title" @close=${this.closed} @keydown=${this.press}>
      <header>
        ${record ? html`<a class="icon-button" href=${this.pathTo({ record: undefined, question: record.shape })} aria-label="All queries of this question" title="All queries of this question">${ICONS.back}</a>` : nothing}
        <div class="titles">
          <p class="kind">${this.record === undefined ? 'Question' : 'Query'}${record ? html` · <time datetime=${record.at} title=${formatFullMoment(record.at)}>${formatMoment(record.at)}</time>` : nothing}</p>
          <h2 id="panel-title" tabindex="-1">${shown ? title : error ? 'Not found' : 'Loading'}</h2>
          ${by === '' ? nothing : html`<p class="by">by ${by}</p>`}
        </div>
        <button class="icon-button" aria-label="Close" title="Close (Esc)" @click=${this.close}>${ICONS.close}</button>
      </header>
      <div class="body">${error && !shown ? renderFault(error, this.record === undefined ? 'The question could not be loaded' : 'The query could not be loaded', () => void this.load()) : shown ? this.renderShown(shown) : this.isOpen ? renderSkeleton() : nothing}</div>
    </dialog>`
  }

  private renderShown(shown: Shown) {
    return html`
      ${shown.record ? this.renderRecord(shown.record) : this.renderQuestion(shown)}
      ${this.renderMembers(shown.members)}
      ${this.renderRollups(shown)}
      ${this.renderExplain(shown.members)}
      ${shown.recent && shown.recent.length > 0 ? this.renderRecent(shown.recent) : nothing}`
  }

  private renderQuestion({ group, timeline, chart }: Shown) {
    if (group === undefined || timeline === undefined) return html`<p class="muted">Nobody asked it in this period.</p>`
    const answered = group.count - group.errors
    const { totals } = this
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

  private renderRecord(record: QueryRecord) {
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
        ${caller.tenant === undefined ? nothing : fact('Tenant', html`${renderCopy(caller.tenant, 'hash of the tenant')} <a href=${queriesPath(writeQueriesState(changeState(this.choice, { record: undefined, filters: { tenant: caller.tenant } })))}>Filter</a>`)}
        ${fact('Request', renderCopy(record.requestId, 'request id'))}
      </dl>`
  }

  private renderMembers(names: readonly string[]) {
    if (names.length === 0) return nothing
    return html`<section>
      <h3>Members</h3>
      <ul class="members">
        ${arrangeMembers(names, this.find).map(({ name, title, kind }) => html`<li><span class="member-title">${title}</span><code title=${name}>${name}</code><span class="member-kind">${kind ? KIND_TITLES[kind] : 'Unknown'}</span></li>`)}
      </ul>
    </section>`
  }

  private renderRollups({ record, group, recent }: Shown) {
    const latest = record ?? recent?.find(({ error }) => error === undefined)
    const rollup = latest?.rollup
    const reasons = latest?.rollupReasons ?? []
    const { advice } = this
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

  private renderExplain(members: readonly string[]) {
    if (!this.may('query:sql')) return nothing
    const { explanation, explainError, explaining } = this
    const asked = rebuildQuery(members, this.find)
    return html`<section aria-busy=${explaining}>
      <h3>Plan</h3>
      <p class="muted">The log keeps no values: the query is put together from the members, with times by day and without filters, and is only planned, not run.</p>
      ${explainError ? html`<p class="fault" role="alert">${explainError.detail}${explainError.hint ? html`. ${explainError.hint}` : nothing}</p>` : nothing}
      ${
        explanation
          ? html`<p>${explanation.explain.rollup ? html`Would be answered from <code>${explanation.explain.rollup}</code> now.` : 'Would be read from rows now.'} Dialect ${explanation.dialect}${explanation.explain.cache === 'hit' ? ', answer in memory' : ''}.</p>
              ${explanation.plan ? renderCode(explanation.plan.trimEnd(), 'plan') : nothing}
              <details><summary>Statement</summary>${renderCode(explanation.sql, 'statement')}</details>`
          : html`<button class="button" ?disabled=${explaining || asked === undefined} @click=${() => void this.explain()}>${explaining ? 'Asking …' : 'Explain'}</button>${asked === undefined ? html` <span class="muted">A member is not in your model.</span>` : nothing}`
      }
    </section>`
  }

  private renderRecent(recent: readonly QueryRecord[]) {
    const nowMs = Date.parse(this.span?.to ?? '')
    return html`<section>
      <h3>Last asked</h3>
      <ul class="recent">
        ${recent.map(
          (record) => html`<li>
            <a href=${this.pathTo({ record: record.id })}><time datetime=${record.at} title=${formatFullMoment(record.at)}>${formatAgo(record.at, nowMs)}</time></a>
            <span class="recent-origin">${renderOrigin(record)}</span>
            <span class="number">${record.error === undefined ? html`${formatCompact(record.rows)} ${record.rows === 1 ? 'row' : 'rows'}` : ''}</span>
            <span class="number">${formatMs(record.ms.max)}</span>
          </li>`,
        )}
      </ul>
    </section>`
  }
}

function fact(title: string, value: unknown, hint = '') {
  return html`<div title=${hint || nothing}><dt>${title}</dt><dd>${value}</dd></div>`
}

function renderCode(text: string, what: string) {
  return html`<div class="code"><pre tabindex="0" aria-label=${what}><code>${text}</code></pre><console-copy worded .text=${text} what=${what}></console-copy></div>`
}

function renderSkeleton() {
  return html`<div class="panel-skeleton"><span class="visually-hidden">Loading</span>${[0, 1, 2, 0].map((width) => html`<span class=${`bar bar-${width}`}></span>`)}<div class="chart-skeleton panel-chart"></div></div>`
}

/** What has the focus, inside shadow roots too. */
function deepActiveElement(): HTMLElement | undefined {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active instanceof HTMLElement ? active : undefined
}
