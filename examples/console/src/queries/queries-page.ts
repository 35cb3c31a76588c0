import type { Meta } from '@datainsight/core'
import { ClientError } from '@datainsight/core/client'
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { navigate } from '../navigation.ts'
import { queriesPath } from '../route.ts'
import type { Session } from '../session/session.ts'
import { ICONS } from '../styles/icons.ts'
import { sharedStyles } from '../styles/shared-styles.ts'
import { stateStyles } from '../styles/state-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { renderFigures, renderOrigins } from './figures.ts'
import { figuresStyles } from './figures-styles.ts'
import { renderFilters } from './filter-bar.ts'
import { filterBarStyles } from './filter-bar-styles.ts'
import { formatMoment } from './format-amounts.ts'
import { listStyles } from './list-styles.ts'
import { memberFinder } from './member-titles.ts'
import { paintShares } from './paint-shares.ts'
import {
  CHARTS,
  type ChartChoice,
  changeState,
  PAGE_SIZE,
  PERIODS,
  type Period,
  type QueriesState,
  readQueriesState,
  VIEWS,
  type View,
  writeQueriesState,
} from './queries-state.ts'
import { queriesStyles } from './queries-styles.ts'
import {
  filterParameters,
  type QueryGroups,
  type QueryRecords,
  readGroups,
  readQuestions,
  readRecords,
  readTimeline,
  type Span,
  spanOf,
  type Timeline,
} from './query-log-api.ts'
import { renderQuestions } from './questions-table.ts'
import { renderRecords } from './records-table.ts'
import { renderForbidden, renderNoQueries, renderRowsSkeleton } from './render-empty.ts'
import { renderFault } from './render-fault.ts'
import { renderSwitch } from './render-switch.ts'
import { type TimelineChart, toTimelineChart } from './timeline-result.ts'
import { valueStyles } from './value-styles.ts'
import './query-panel.ts'

/** How often a page that keeps itself up to date asks again, milliseconds. */
const LIVE_MS = 10_000

const VIEW_TITLES: Readonly<Record<View, string>> = {
  slowest: 'Slowest',
  frequent: 'Most frequent',
  failing: 'Failing',
  recent: 'Recent',
}
const CHART_TITLES: Readonly<Record<ChartChoice, string>> = { answers: 'Answers', latency: 'Latency', data: 'Data' }
const CHART_LABELS: Readonly<Record<ChartChoice, string>> = {
  answers: 'Answers by where they came from',
  latency: 'Time of answers',
  data: 'Data sent',
}

/** What the list shows: questions added up, or records one by one. */
type List =
  | { readonly kind: 'questions'; readonly groups: QueryGroups }
  | { readonly kind: 'records'; readonly records: QueryRecords }

/** What the organization asks: figures, their course, and the questions and records behind them. The address holds every choice. */
@customElement('console-queries')
export class QueriesPage extends LitElement {
  static override styles = [
    sharedStyles,
    stateStyles,
    tableStyles,
    valueStyles,
    queriesStyles,
    filterBarStyles,
    figuresStyles,
    listStyles,
  ]

  @property({ attribute: false }) session!: Session
  /** The search part of the address. */
  @property({ attribute: false }) search = ''
  @state() private choice: QueriesState = readQueriesState('')
  @state() private span: Span | undefined
  @state() private timeline: Timeline | undefined
  @state() private previous: Timeline | undefined
  @state() private list: List | undefined
  @state() private busy = false
  @state() private error: ClientError | undefined
  @state() private sources: QueryGroups | undefined
  @state() private tenants: QueryGroups | undefined
  @state() private meta: Meta | undefined
  @query('di-chart') private chart!: HTMLElement | null
  #abort: AbortController | undefined
  #listAbort: AbortController | undefined
  #timer: ReturnType<typeof setInterval> | undefined
  /** Cursors of the pages before, newest last. */
  #earlier: (string | undefined)[] = []
  #drawn: { timeline: Timeline; choice: ChartChoice; made: TimelineChart } | undefined

  /** Asks for everything again, up to now. */
  refresh(): void {
    if (this.mayRead) void this.load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#abort?.abort()
    this.#listAbort?.abort()
    clearInterval(this.#timer)
  }

  private get mayRead(): boolean {
    const { state } = this.session
    return state.status === 'signed-in' && state.user.permissions.includes('query:stats')
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('session') && !changed.has('search')) return
    const before = this.choice
    this.choice = readQueriesState(this.search)
    const { choice } = this
    if (choice.live !== before.live || changed.has('session')) this.#keepUp()
    if (!this.mayRead) return
    const changedSet = (names: readonly (keyof QueriesState)[]) =>
      names.some((name) => JSON.stringify(before[name]) !== JSON.stringify(choice[name]))
    if (changed.has('session') || changedSet(['period', 'filters'])) void this.load()
    else if (changedSet(['view', 'order', 'offset', 'cursor'])) void this.loadList()
  }

  protected override updated(): void {
    paintShares(this.renderRoot)
    const colors = this.#drawn?.made.colors ?? []
    for (const [index, color] of colors.entries())
      this.chart?.style.setProperty(`--di-chart-${index + 1}`, `var(${color})`)
  }

  #keepUp(): void {
    clearInterval(this.#timer)
    this.#timer = this.choice.live
      ? setInterval(() => {
          if (document.visibilityState === 'visible' && !this.busy) this.refresh()
        }, LIVE_MS)
      : undefined
  }

  private async load(): Promise<void> {
    this.#abort?.abort()
    this.#listAbort?.abort()
    this.#abort = new AbortController()
    const { signal } = this.#abort
    const { client } = this.session
    const { choice } = this
    const now = Date.now()
    this.span = spanOf(choice, now)
    this.busy = true
    const filter = filterParameters({ ...choice, view: 'slowest' })
    try {
      const [timeline, list] = await Promise.all([
        readTimeline(client, this.span, filter, signal),
        this.#readList(signal),
      ])
      this.timeline = timeline
      this.list = list
      this.error = undefined
      this.busy = false
      // What comes now completes the page; without it the page is still right.
      void readTimeline(client, spanOf(choice, now, 1), filter, signal).then(
        (previous) => {
          this.previous = previous
        },
        () => undefined,
      )
      if (this.sources === undefined) void this.#loadChoices(signal)
      if (this.meta === undefined)
        client.meta({ signal }).then(
          (meta) => {
            this.meta = meta
          },
          () => undefined,
        )
    } catch (error) {
      this.#fail(error, signal)
    }
  }

  private async loadList(): Promise<void> {
    if (this.timeline === undefined) return this.load()
    this.#listAbort?.abort()
    this.#listAbort = new AbortController()
    const { signal } = this.#listAbort
    this.busy = true
    try {
      this.list = await this.#readList(signal)
      this.error = undefined
      this.busy = false
    } catch (error) {
      this.#fail(error, signal)
    }
  }

  #fail(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return
    this.busy = false
    if (!(error instanceof ClientError)) throw error
    this.error = error
  }

  async #readList(signal: AbortSignal): Promise<List> {
    const { choice, span = spanOf(choice, Date.now()) } = this
    const { client } = this.session
    if (choice.view !== 'recent')
      return { kind: 'questions', groups: await readQuestions(client, span, choice, signal) }
    const page = { limit: PAGE_SIZE, cursor: choice.cursor }
    return { kind: 'records', records: await readRecords(client, span, filterParameters(choice), page, signal) }
  }

  async #loadChoices(signal: AbortSignal): Promise<void> {
    const { client } = this.session
    const { span = spanOf(this.choice, Date.now()) } = this
    try {
      this.sources = await readGroups(client, span, 'source', signal)
      this.tenants = await readGroups(client, span, 'tenant', signal)
    } catch {
      // The filters then offer what the address says and nothing else.
    }
  }

  private readonly choose = (change: Partial<QueriesState>): void => {
    const next = changeState(this.choice, change)
    if (!('cursor' in change)) this.#earlier = []
    const isPanel = 'question' in change || 'record' in change
    navigate(queriesPath(writeQueriesState(next)), { replace: !isPanel && !('view' in change) })
  }

  private readonly turn = (direction: 'older' | 'newer'): void => {
    const { list, choice } = this
    if (list?.kind === 'questions') {
      const { nextOffset = 0 } = list.groups
      this.choose({ offset: direction === 'older' ? nextOffset : Math.max(0, choice.offset - PAGE_SIZE) })
    } else if (direction === 'newer') {
      this.choose({ cursor: this.#earlier.pop() })
    } else {
      this.#earlier.push(choice.cursor)
      this.choose({ cursor: list?.records.nextCursor })
    }
    this.renderRoot.querySelector('#list')?.scrollIntoView({ block: 'nearest' })
  }

  private drawn(timeline: Timeline): TimelineChart {
    const { chart: choice } = this.choice
    if (this.#drawn?.timeline !== timeline || this.#drawn.choice !== choice)
      this.#drawn = { timeline, choice, made: toTimelineChart(timeline, choice) }
    return this.#drawn.made
  }

  protected override render() {
    const { choice } = this
    if (!this.mayRead) return renderForbidden()
    return html`<di-provider .client=${this.session.client}><div class="head">
        <h1 tabindex="-1">Queries</h1>
        <div class="head-end">
          ${renderSwitch(
            'Period',
            Object.entries(PERIODS).map(([value, { title, short }]) => ({ value, title, short })),
            choice.period,
            (period) => this.choose({ period: period as Period }),
          )}
          <button class="button live" aria-pressed=${choice.live} title=${`Ask again every ${LIVE_MS / 1_000} seconds`} @click=${() => this.choose({ live: !choice.live })}><i class="pulse"></i>Live</button>
          <button class="icon-button refresh" aria-label="Refresh" title="Refresh (r)" aria-keyshortcuts="r" ?data-busy=${this.busy} @click=${() => this.refresh()}>${ICONS.refresh}</button>
        </div>
      </div>
      ${renderFilters({ choice, sources: this.sources, tenants: this.tenants, meta: this.meta, choose: this.choose })}
      <div class="progress" ?hidden=${!this.busy || this.timeline === undefined}></div>
      <p class="visually-hidden" role="status">${this.busy ? 'Loading' : this.span ? `Updated ${formatMoment(this.span.to)}` : ''}</p>
      ${this.renderBody()}
      <console-query-panel
        .session=${this.session}
        .span=${this.span}
        .question=${choice.record === undefined ? choice.question : undefined}
        .record=${choice.record}
        .find=${memberFinder(this.meta)}
        .choice=${choice}
        .totals=${this.timeline?.totals}
      ></console-query-panel></di-provider>`
  }

  private renderBody() {
    const { timeline, list, error, choice } = this
    if (error && (timeline === undefined || list === undefined))
      return html`<section class="card">${renderFault(error, 'The query log could not be loaded', () => this.refresh())}</section>`
    const isNever = timeline !== undefined && timeline.totals.count === 0
    if (isNever && Object.keys(choice.filters).length === 0)
      return renderNoQueries(choice.period, this.choose, () => this.refresh())
    return html`${error ? html`<div class="notice" role="alert">${ICONS.warning}<span>Not up to date: ${error.detail}</span><button class="button" @click=${() => this.refresh()}>Try again</button></div>` : nothing}
      <section class="card overview" aria-label="Overview" aria-busy=${timeline === undefined}>
        ${renderFigures(timeline, this.previous)}
        <div class="chart-head">
          <h2>${CHART_LABELS[choice.chart]}</h2>
          ${renderSwitch(
            'Chart',
            CHARTS.map((value) => ({ value, title: CHART_TITLES[value], short: CHART_TITLES[value] })),
            choice.chart,
            (chart) => this.choose({ chart: chart as ChartChoice }),
          )}
        </div>
        ${this.renderChart(timeline)}
        ${timeline && choice.chart === 'answers' ? renderOrigins(timeline.totals) : nothing}
      </section>
      <section class="card" id="list" aria-label="List" aria-busy=${list === undefined}>
        <div class="tabs" role="tablist" aria-label="List" @keydown=${this.steerTabs}>
          ${VIEWS.map((view) => html`<button role="tab" id=${`tab-${view}`} aria-selected=${choice.view === view} aria-controls="list-panel" tabindex=${choice.view === view ? 0 : -1} @click=${() => this.choose({ view })}>${VIEW_TITLES[view]}</button>`)}
        </div>
        <div id="list-panel" role="tabpanel" aria-labelledby=${`tab-${choice.view}`}>${this.renderList()}</div>
      </section>`
  }

  private readonly steerTabs = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const view = VIEWS[(VIEWS.indexOf(this.choice.view) + step + VIEWS.length) % VIEWS.length] as View
    this.choose({ view })
    this.renderRoot.querySelector<HTMLElement>(`#tab-${view}`)?.focus()
  }

  private renderChart(timeline: Timeline | undefined) {
    if (timeline === undefined) return html`<div class="chart chart-skeleton" aria-hidden="true"></div>`
    if (timeline.buckets.length === 0)
      return html`<div class="chart state"><p>No queries match the filters in this period.</p><button class="button" @click=${() => this.choose({ filters: {} })}>Clear filters</button></div>`
    const { spec, result } = this.drawn(timeline)
    return html`<di-chart class="chart" label=${CHART_LABELS[this.choice.chart]} .spec=${spec} .result=${result}></di-chart>`
  }

  private renderList() {
    const { list, choice, timeline } = this
    if (list === undefined || timeline === undefined || (list.kind === 'records') !== (choice.view === 'recent'))
      return renderRowsSkeleton()
    const options = {
      choice,
      find: memberFinder(this.meta),
      nowMs: Date.parse(this.span?.to ?? ''),
      totals: timeline.totals,
      choose: this.choose,
      turn: this.turn,
    }
    return list.kind === 'questions'
      ? renderQuestions(list.groups, options)
      : renderRecords(list.records, { ...options, hasNewer: choice.cursor !== undefined })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'console-queries': QueriesPage
  }
}
