import { ClientError, explainQuery, type SqlExplanation } from '@datainsight/core/client'
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { navigate } from '../navigation.ts'
import { queriesPath } from '../route.ts'
import type { Session } from '../session/session.ts'
import { ICONS } from '../styles/icons.ts'
import { sharedStyles } from '../styles/shared-styles.ts'
import { stateStyles } from '../styles/state-styles.ts'
import { renderCode } from './copy-button.ts'
import { formatFullMoment, formatMoment } from './format-amounts.ts'
import { type FindMember, memberFinder, nameQuestion, rebuildQuery } from './member-titles.ts'
import { paintShares } from './paint-shares.ts'
import {
  renderMembers,
  renderQuestion,
  renderRecent,
  renderRecord,
  renderRollups,
  type Shown,
} from './panel-sections.ts'
import { panelStyles } from './panel-styles.ts'
import { changeState, type QueriesState, readQueriesState, writeQueriesState } from './queries-state.ts'
import {
  type RollupAdvice,
  readAdvice,
  readQuestion,
  readRecord,
  readRecords,
  readTimeline,
  type Span,
  type SpanFigures,
} from './query-log-api.ts'
import { renderFault } from './render-fault.ts'
import { toTimelineChart } from './timeline-result.ts'
import { valueStyles } from './value-styles.ts'

/** Records of a question that its panel lists. */
const RECENT = 8

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
      ${shown.record ? renderRecord(shown.record, this.choice) : renderQuestion(shown, this.totals)}
      ${renderMembers(shown.members, this.find)}
      ${renderRollups(shown, this.advice)}
      ${this.renderExplain(shown.members)}
      ${shown.recent && shown.recent.length > 0 ? renderRecent(shown.recent, this.span, this.choice) : nothing}`
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
