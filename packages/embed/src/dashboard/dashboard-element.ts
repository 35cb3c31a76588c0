import type { Column, Dashboard, Filter, ResultSet, Widget } from '@datainsight/core'
import type { Client, GetToken, ViewerClient } from '@datainsight/core/client'
import { createFormatter, type Formatter } from '@datainsight/core/format'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { ContextProvider } from '../client-context.ts'
import { ClientSource } from '../client-source.ts'
import { DataInsightElement } from '../element.ts'
import {
  ErrorEvent,
  type ErrorScope,
  FilterChangeEvent,
  type FilterChangeSource,
  LoadEvent,
  ReadyEvent,
  RenderEvent,
  StateChangeEvent,
} from '../events.ts'
import { PopoverController } from '../overlay/popover-controller.ts'
import { popoverStyles } from '../overlay/popover-styles.ts'
import { copyText } from '../state/copy-text.ts'
import { describeError } from '../state/describe-error.ts'
import { renderEmpty, renderFault } from '../state/render-state.ts'
import { stateStyles } from '../state/state-styles.ts'
import { themeStyles } from '../theme.ts'
import { takeTokenAttribute } from '../token-attribute.ts'
import { DashboardLoader, type LoadRequest } from './dashboard-loader.ts'
import { decodeState, encodeState } from './dashboard-state.ts'
import { dashboardStyles } from './dashboard-styles.ts'
import { FilterModel } from './filter-model.ts'
import { defaultFilters, isSameFilters } from './filter-state.ts'
import { LazyElements } from './lazy-elements.ts'
import { placeTiles, readingOrder } from './place-tiles.ts'
import { RefreshTimer } from './refresh-timer.ts'
import { renderDashboardSkeleton } from './render-dashboard-skeleton.ts'
import { renderTile } from './render-tile.ts'
import { renderTileMenu } from './render-tile-menu.ts'
import { toTsv } from './to-tsv.ts'
import { VisibilityController } from './visibility-controller.ts'

/** Answers older than this are dated in the footer, milliseconds. */
const WORTH_DATING_MS = 60_000
/** What the footer shows: an instant, in the dashboard's zone. */
const INSTANT: Column = { name: '', kind: 'time', type: 'time', title: '' }

/**
 * A saved dashboard: title, filters and tiles, loaded with one stream of answers.
 *
 * @slot loading - Instead of the skeleton, while the definition is loading.
 * @slot error - Instead of the text shown when the dashboard cannot be opened.
 * @slot empty - Instead of the text shown for a dashboard without tiles.
 * @slot header - Instead of the title and the toolbar.
 * @slot toolbar - Buttons beside the title.
 * @slot footer - Below the tiles.
 * @slot tile:<id> - Instead of the body of the tile with that id.
 *
 * @fires {ReadyEvent} di-ready - All tiles have been answered for the first time.
 * @fires {LoadEvent} di-load - The definition has come.
 * @fires {RenderEvent} di-render - A tile has its answer.
 * @fires {FilterChangeEvent} di-filter-change - The filters are about to change; cancelable.
 * @fires {DataClickEvent} di-data-click - A mark or a row was chosen; cancelable.
 * @fires {ErrorEvent} di-error - Something failed.
 * @fires {TokenRefreshEvent} di-token-refresh - The host handed over another token.
 * @fires {StateChangeEvent} di-state-change - What `getState()` returns has changed.
 *
 * @csspart base - Everything.
 * @csspart header - Title and toolbar.
 * @csspart title - The title.
 * @csspart toolbar - Beside the title.
 * @csspart filter-bar - The filters.
 * @csspart filter - One filter.
 * @csspart grid - The tiles.
 * @csspart tile - One tile.
 * @csspart tile-header - Title and buttons of a tile.
 * @csspart tile-title - Title of a tile.
 * @csspart tile-menu - Button that opens a tile's menu.
 * @csspart tile-body - Below a tile's header.
 * @csspart chart - A chart.
 * @csspart table - A table.
 * @csspart metric - A headline number.
 * @csspart legend - Legend of a chart.
 * @csspart tooltip - Tooltip of a chart.
 * @csspart error - An error, forbidden or offline state.
 * @csspart empty - An empty state.
 * @csspart skeleton - A placeholder.
 * @csspart footer - Below the tiles.
 *
 * @cssstate loading - The definition or a tile is loading.
 * @cssstate ready - Every tile has been answered.
 * @cssstate error - The dashboard cannot be shown.
 * @cssstate empty - It has no tiles.
 * @cssstate stale - A refresh failed and older answers are on screen.
 */
export class DashboardElement extends DataInsightElement {
  static override styles = [themeStyles, stateStyles, popoverStyles, dashboardStyles]

  /** Id or slug of the dashboard. */
  @property({ attribute: 'dashboard-id' }) dashboardId: string | undefined

  /** Origin of the DataInsight server; the provider's when absent. */
  @property({ attribute: 'api-url' }) apiUrl: string | undefined

  /** Fetches an embed token from the host's own server; the provider's when absent. */
  @property({ attribute: false }) getToken: GetToken | undefined

  /** A token to start with. Kept in memory: never reflected, removed from the markup when given there. */
  @property() token: string | undefined

  /** Another client, made by the host. */
  @property({ attribute: false }) client: Client | undefined

  /** BCP 47 tag for numbers and dates; the provider's, else the browser's language when absent. */
  @property() locale: string | undefined

  /** IANA zone that dates are read and shown in; the provider's, else the dashboard's when absent. */
  @property() timezone: string | undefined

  /** Filters in the host's hands: changes by the viewer are only asked for, by `di-filter-change`. `null` means none, undefined leaves them to the dashboard. */
  @property({ attribute: false }) filters: readonly Filter[] | null | undefined

  /** Filters to start with; the dashboard's own defaults when undefined, none when `null`. */
  @property({ attribute: false }) defaultFilters: readonly Filter[] | null | undefined

  /** Ids of filters that are not shown. */
  @property({ attribute: false }) hiddenFilters: readonly string[] = []

  /** Seconds between refreshes of the data; 0 for none. At least 5. */
  @property({ attribute: 'refresh-interval', type: Number }) refreshInterval = 0

  /** Leaves the title out. */
  @property({ attribute: 'without-title', type: Boolean }) withoutTitle = false

  /** Leaves the filter bar out; filters elsewhere on the page may be linked by `for`. */
  @property({ attribute: 'without-filters', type: Boolean }) withoutFilters = false

  /** What filter controls are linked to. */
  readonly filterModel: FilterModel = new FilterModel({
    isLoaded: () => this.#loader.dashboard !== undefined,
    controls: () => this.#loader.dashboard?.filters ?? [],
    filters: () => this.getFilters(),
    isDefault: () => this.#isDefault,
    change: (filters) => this.#change(filters, 'user'),
    reset: () => this.#change(undefined, 'user'),
    options: (filterId, query) => this.#options(filterId, query),
  })

  readonly #loader = new DashboardLoader({
    changed: () => this.requestUpdate(),
    loaded: (dashboard) => this.#onLoaded(dashboard),
    answered: (widget, ms) => this.#onAnswered(widget, ms),
    failed: (error, widget) => this.#onFailed(error, widget),
    settled: () => this.#onSettled(),
  })
  readonly #source = new ClientSource(this, () => ({
    apiUrl: this.apiUrl ?? this.context.value?.apiUrl,
    getToken: this.getToken,
    token: this.token,
    locale: this.locale ?? this.context.value?.locale,
  }))
  readonly #provider = new ContextProvider(this, {
    client: undefined,
    apiUrl: undefined,
    formatter: createFormatter(),
    locale: undefined,
    timezone: undefined,
    theme: undefined,
  })
  readonly #visibility = new VisibilityController(this)
  readonly #refreshTimer = new RefreshTimer(this, () => void this.#query(undefined, false))
  readonly #lazy = new LazyElements(this, (error) => this.#report(lost(error), 'element', undefined))
  readonly #menu = new PopoverController(this, { align: 'end', onOpen: focusFirstItem })
  /** Filters set by viewer or host where the host does not control them; the defaults apply when undefined. */
  #ownFilters: readonly Filter[] | undefined
  /** What the answers on screen, or on their way, were asked with. */
  #askedFilters: readonly Filter[] | undefined
  #tables: ReadonlySet<string> = new Set()
  #menuTile: string | undefined
  #loadedClient: ViewerClient | undefined
  #loadedId: string | undefined
  #isReady = false
  #waiting: { resolve(dashboard: Dashboard): void; reject(error: unknown): void }[] = []
  #status = ''
  #lastState = ''

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (!takeTokenAttribute(this, name, value)) super.attributeChangedCallback(name, old, value)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('online', this.#onOnline)
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('online', this.#onOnline)
    this.#loader.abort()
    this.#source.close()
    this.#loadedClient = undefined
  }

  /** Resolves when every tile has been answered; rejects when the dashboard cannot be opened. */
  whenReady(): Promise<Dashboard> {
    const { dashboard, fault } = this.#loader
    if (this.#isReady && dashboard) return Promise.resolve(dashboard)
    if (fault !== undefined) return Promise.reject(fault)
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  /** Asks the data source again for one tile, or for all of them. */
  async refresh(tileId?: string): Promise<void> {
    if (this.#loader.dashboard) await this.#query(tileId === undefined ? undefined : [tileId], true)
    else this.#load()
  }

  /** The filters in force, defaults included. */
  getFilters(): readonly Filter[] {
    if (this.filters !== undefined) return this.filters ?? []
    return this.#ownFilters ?? (this.#loader.dashboard ? defaultFilters(this.#loader.dashboard) : [])
  }

  /** Replaces all filters; an empty list removes them. False when a listener of `di-filter-change` refused. */
  setFilters(filters: readonly Filter[], { source = 'host' }: { source?: FilterChangeSource } = {}): boolean {
    return this.#change(filters, source)
  }

  /** Goes back to the filters that the dashboard starts with. */
  resetFilters(): boolean {
    return this.#change(undefined, 'host')
  }

  /** Filters and views as a short text that fits in an address; empty for the defaults. */
  getState(): string {
    return encodeState({ ...(this.#ownFilters && { filters: this.#ownFilters }), tables: [...this.#tables] })
  }

  /** Brings back what `getState()` gave. False, and nothing happens, for a text that it did not give. */
  setState(text: string): boolean {
    const state = decodeState(text)
    if (!state) return false
    this.#tables = new Set(state.tables)
    this.#lastState = text
    this.#ownFilters = state.filters
    this.requestUpdate()
    return true
  }

  /** The result that a tile shows; undefined before its first answer. */
  getData(tileId: string): ResultSet | undefined {
    return this.#loader.tile(tileId).frame?.result
  }

  protected override get formatting(): Formatter {
    return this.#provider.value.formatter
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected) return
    if (changed.has('refreshInterval')) this.#refreshTimer.seconds = this.refreshInterval
    if (changed.has('defaultFilters') && this.#ownFilters === undefined && this.defaultFilters !== undefined) {
      this.#ownFilters = this.defaultFilters ?? []
    }
    this.#provide()
    const { client } = this.#provider.value
    if (client !== this.#loadedClient || this.dashboardId !== this.#loadedId) this.#load()
    else if (changed.has('token') && this.#loader.fault !== undefined) this.#load()
    else if (this.#loader.dashboard && !isSameFilters(this.#requestFilters, this.#askedFilters)) void this.#query()
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    placeTiles(this.renderRoot, this.#loader.dashboard?.widgets ?? [])
    const { dashboard, fault } = this.#loader
    const tiles = (dashboard?.widgets ?? []).map(({ id }) => this.#loader.tile(id))
    const isLoading = fault === undefined && (!dashboard || tiles.some(({ status }) => status === 'loading'))
    this.toggleState('loading', isLoading && this.#loadedId !== undefined)
    this.toggleState('ready', this.#isReady && !isLoading)
    this.toggleState('error', fault !== undefined)
    this.toggleState('empty', dashboard?.widgets.length === 0)
    this.toggleState(
      'stale',
      tiles.some(({ isStale }) => isStale),
    )
  }

  protected override render(): TemplateResult {
    const { dashboard, fault } = this.#loader
    return html`<div class="base" part="base">
      <slot name="header">${this.#renderHeader(dashboard)}</slot>
      ${
        this.withoutFilters || fault !== undefined
          ? nothing
          : html`<di-filter-bar part="filter-bar" exportparts="filter" .target=${this} .hiddenFilters=${this.hiddenFilters} .messages=${this.messages}></di-filter-bar>`
      }
      ${this.#renderBody(dashboard, fault)}
      <slot name="footer">${this.#renderFooter(dashboard)}</slot>
      <div class="visually-hidden" role="status">${this.#status}</div>
      <div id="tile-menu" class="popover menu" popover="auto" role="menu" @beforetoggle=${this.#menu.onBeforeToggle} @toggle=${this.#menu.onToggle}>
        ${this.#menu.isOpen ? this.#renderMenu() : nothing}
      </div>
    </div>`
  }

  #renderHeader(dashboard: Dashboard | undefined): TemplateResult {
    return html`<header class="header" part="header">
      ${
        this.withoutTitle || (this.#loader.fault !== undefined && !dashboard)
          ? nothing
          : html`<h2 class="title" part="title">${dashboard?.title ?? html`<span class="title-placeholder"><span class="visually-hidden">${this.messages.loading}</span></span>`}</h2>`
      }
      <div class="toolbar" part="toolbar"><slot name="toolbar"></slot></div>
    </header>`
  }

  #renderBody(dashboard: Dashboard | undefined, fault: unknown): TemplateResult {
    const { messages } = this
    if (fault !== undefined) {
      return html`<slot name="error"><div class="whole" tabindex="-1">${renderFault(describeError(fault, messages), { messages, onRetry: () => this.#retry(), headingLevel: 2 })}</div></slot>`
    }
    const hasAddress = this.#loadedClient !== undefined || this.#provider.value.apiUrl !== undefined
    if (!hasAddress || this.dashboardId === undefined) {
      const text = hasAddress ? messages.configuration.noDashboard : messages.configuration.noAddress
      return html`<div class="whole">${renderEmpty({ title: messages.configuration.title, text })}</div>`
    }
    if (!dashboard) return html`<slot name="loading">${renderDashboardSkeleton(messages.loading)}</slot>`
    if (dashboard.widgets.length === 0) {
      return html`<slot name="empty"><div class="whole">${renderEmpty(messages.emptyDashboard)}</div></slot>`
    }
    return html`<div class="grid" part="grid">
      ${repeat(
        readingOrder(dashboard.widgets),
        (widget) => widget.id,
        (widget) => this.#renderTile(widget),
      )}
    </div>`
  }

  #renderTile(widget: Widget): TemplateResult {
    const { type } = widget.visualization
    const isTable = type === 'table' || this.#tables.has(widget.id)
    const needed = type === 'metric' ? 'metric' : isTable ? 'table' : 'chart'
    const isMountable = this.#visibility.isNear(widget.id) && this.#lazy.has(needed)
    const state = this.#loader.tile(widget.id)
    return renderTile({
      widget,
      state: this.#lazy.isLost(needed) ? { ...state, status: 'error', error: lost() } : state,
      isTable,
      isMountable,
      isFiltered: this.getFilters().length > 0,
      isMenuOpen: this.#menu.isOpen && this.#menuTile === widget.id,
      messages: this.messages,
      formatter: this.formatting,
      onRetry: () => this.#retryTile(widget.id),
      onClearFilters: () => this.#change([], 'user'),
      onToggleTable: () => this.#toggleTable(widget.id),
      onMenu: (button) => {
        this.#menuTile = widget.id
        this.#menu.anchor = button
      },
    })
  }

  #renderMenu(): TemplateResult | typeof nothing {
    const widget = this.#loader.dashboard?.widgets.find(({ id }) => id === this.#menuTile)
    if (!widget) return nothing
    const { type } = widget.visualization
    const result = this.getData(widget.id)
    return renderTileMenu({
      messages: this.messages,
      tableToggle: type === 'metric' || type === 'table' ? undefined : this.#tables.has(widget.id) ? 'chart' : 'table',
      hasData: result !== undefined,
      onToggleTable: () => this.#toggleTable(widget.id),
      onRefresh: () => void this.#query([widget.id], true),
      onCopy: async () => {
        if (!result) return
        await copyText(toTsv(result), this.#menu.anchor ?? this)
        this.#say(this.messages.copied)
      },
    })
  }

  #renderFooter(dashboard: Dashboard | undefined): TemplateResult | typeof nothing {
    if (!dashboard || this.#loader.fault !== undefined) return nothing
    const times = dashboard.widgets.flatMap(({ id }) => this.getData(id)?.meta.refreshedAt ?? [])
    const oldest = Math.min(...times.map((time) => Date.parse(time)))
    if (!Number.isFinite(oldest) || Date.now() - oldest < WORTH_DATING_MS) return nothing
    return html`<footer class="footer" part="footer">${this.messages.dataOf(this.formatting.value(INSTANT, new Date(oldest).toISOString()))}</footer>`
  }

  #provide(): void {
    const around = this.context.value
    const hasOwn = this.apiUrl !== undefined || this.getToken !== undefined || this.token !== undefined
    const client = this.client ?? (hasOwn ? this.#source.client : around?.client)
    const locale = this.locale ?? around?.locale
    const timezone = this.timezone ?? around?.timezone ?? this.#loader.dashboard?.timezone
    const before = this.#provider.value
    const formatter =
      before.locale === locale && before.timezone === timezone
        ? before.formatter
        : createFormatter({ locale, timezone })
    const apiUrl = this.apiUrl ?? around?.apiUrl
    const theme = this.theme ?? around?.theme
    const isSame =
      before.client === client && before.apiUrl === apiUrl && before.formatter === formatter && before.theme === theme
    if (isSame) return
    this.#provider.value = {
      client,
      apiUrl,
      formatter,
      locale,
      timezone,
      theme,
    }
  }

  get #isDefault(): boolean {
    return this.filters === undefined && this.#ownFilters === undefined
  }

  /** Filters to send: undefined lets the server apply the defaults. */
  get #requestFilters(): readonly Filter[] | undefined {
    return this.filters === undefined ? this.#ownFilters : (this.filters ?? [])
  }

  #request(): LoadRequest | undefined {
    const { client } = this.#provider.value
    if (!client || this.dashboardId === undefined) return undefined
    this.#askedFilters = this.#requestFilters
    return {
      client,
      dashboardId: this.dashboardId,
      filters: this.#askedFilters,
      timezone: this.timezone ?? this.context.value?.timezone,
    }
  }

  #load(): void {
    this.#loadedClient = this.#provider.value.client
    this.#loadedId = this.dashboardId
    this.#isReady = false
    const request = this.#request()
    if (!request) {
      this.#loader.reset()
      return
    }
    void this.#loader.load(request, async () => {
      // The grid is drawn first: which tiles are on screen decides the order of the stream.
      await this.updateComplete
      return this.#visibility.order()
    })
  }

  async #query(tileIds?: readonly string[], renew = false): Promise<void> {
    const request = this.#request()
    if (!request || !this.#loader.dashboard) return
    await this.#loader.query(request, tileIds ?? this.#visibility.order(), renew)
  }

  #change(filters: readonly Filter[] | undefined, source: FilterChangeSource): boolean {
    const { dashboard } = this.#loader
    const next =
      filters ?? this.defaultFilters ?? (dashboard && this.defaultFilters !== null ? defaultFilters(dashboard) : [])
    const accepted = this.dispatchEvent(new FilterChangeEvent(next, source))
    if (accepted && this.filters === undefined) {
      this.#ownFilters = filters ?? (this.defaultFilters === undefined ? undefined : (this.defaultFilters ?? []))
      this.requestUpdate()
      this.#announceState()
    }
    this.filterModel.notify()
    return accepted
  }

  #options(filterId: string, query: { search?: string; limit?: number; signal?: AbortSignal }) {
    const { client } = this.#provider.value
    if (!client || this.dashboardId === undefined) return Promise.resolve({ options: [], truncated: false })
    return client.dashboards.filterOptions(this.dashboardId, filterId, query).catch((error: unknown) => {
      if (!query.signal?.aborted) this.#report(error, 'filter', undefined)
      throw error
    })
  }

  #toggleTable(tileId: string): void {
    const tables = new Set(this.#tables)
    if (!tables.delete(tileId)) tables.add(tileId)
    this.#tables = tables
    this.requestUpdate()
    this.#announceState()
  }

  #announceState(): void {
    const state = this.getState()
    if (state === this.#lastState) return
    this.#lastState = state
    this.dispatchEvent(new StateChangeEvent(state))
  }

  #retry(): void {
    this.#lazy.retry()
    this.#load()
  }

  #retryTile(tileId: string): void {
    // The button that was pressed is about to go: the tile keeps the focus.
    this.renderRoot.querySelector<HTMLElement>(`[data-tile="${tileId}"]`)?.focus()
    this.#lazy.retry()
    void this.#query([tileId])
  }

  #say(text: string): void {
    this.#status = text
    this.requestUpdate()
  }

  #onLoaded(dashboard: Dashboard): void {
    this.dispatchEvent(new LoadEvent(dashboard))
    this.dispatchEvent(new FilterChangeEvent(this.getFilters(), 'initial'))
    this.filterModel.notify()
  }

  #onAnswered(widget: Widget, ms: number): void {
    // After the update, so that listeners find the tile drawn.
    void this.updateComplete.then(() => this.dispatchEvent(new RenderEvent(widget.id, ms)))
  }

  #onFailed(error: unknown, widget: Widget | undefined): void {
    if (!widget) for (const { reject } of this.#waiting.splice(0)) reject(error)
    this.#report(error, widget ? 'tile' : 'dashboard', widget?.id)
    if (!widget) this.filterModel.notify()
  }

  #report(error: unknown, scope: ErrorScope, tileId: string | undefined): void {
    const { code, status, retryable, requestId, message } = describeError(error, this.messages)
    this.dispatchEvent(new ErrorEvent({ code, status, retryable, requestId, scope, tileId, message }))
  }

  #onSettled(): void {
    const { dashboard } = this.#loader
    if (!dashboard) return
    const isFirst = !this.#isReady
    this.#isReady = true
    if (!isFirst) this.#say(this.messages.dataUpdated)
    void this.updateComplete.then(() => {
      for (const { resolve } of this.#waiting.splice(0)) resolve(dashboard)
      if (isFirst) this.dispatchEvent(new ReadyEvent(dashboard))
    })
  }

  readonly #onOnline = (): void => {
    if (this.#loader.fault !== undefined) {
      if (describeError(this.#loader.fault, this.messages).code === 'network') this.#retry()
      return
    }
    this.#lazy.retry()
    const failed = (this.#loader.dashboard?.widgets ?? []).filter(({ id }) => {
      const { status, isStale } = this.#loader.tile(id)
      return status === 'error' || isStale
    })
    if (failed.length > 0) void this.#query(failed.map(({ id }) => id))
  }
}

function focusFirstItem(panel: HTMLElement): void {
  panel.querySelector<HTMLElement>('[role^="menuitem"]')?.focus()
}

/** An element's code did not arrive: for a viewer the network failed. */
function lost(error?: unknown) {
  return { code: 'network', message: String(error) }
}
