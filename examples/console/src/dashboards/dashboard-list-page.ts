import type { DashboardSummary } from '@datainsight/core'
import { ClientError } from '@datainsight/core/client'
import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { dashboardsPath } from '../route.ts'
import type { Session } from '../session/session.ts'
import { ICONS } from '../styles/icons.ts'
import { sharedStyles } from '../styles/shared-styles.ts'
import { stateStyles } from '../styles/state-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { arrangeDashboards, type SortColumn, type Sorting } from './arrange-dashboards.ts'
import { dashboardListStyles } from './dashboard-list-styles.ts'
import { listDashboards } from './list-dashboards.ts'

type Loading =
  | { readonly status: 'pending' }
  | { readonly status: 'error'; readonly error: ClientError }
  | { readonly status: 'complete'; readonly dashboards: readonly DashboardSummary[] }

const COLUMNS: readonly { readonly column: SortColumn; readonly title: string }[] = [
  { column: 'title', title: 'Title' },
  { column: 'slug', title: 'Slug' },
  { column: 'updatedAt', title: 'Changed' },
]
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' })

/** The list of dashboards: search, sort, and a state for everything that can be the case. */
@customElement('console-dashboard-list')
export class DashboardListPage extends LitElement {
  static override styles = [sharedStyles, stateStyles, tableStyles, dashboardListStyles]

  @property({ attribute: false }) session!: Session
  @state() private loading: Loading = { status: 'pending' }
  @state() private search = ''
  @state() private sorting: Sorting = { column: 'title', descending: false }
  #abort: AbortController | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#abort?.abort()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session')) void this.load()
  }

  private async load(): Promise<void> {
    this.#abort?.abort()
    this.#abort = new AbortController()
    const { signal } = this.#abort
    this.loading = { status: 'pending' }
    try {
      this.loading = { status: 'complete', dashboards: await listDashboards(this.session.client, signal) }
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof ClientError)) throw error
      this.loading = { status: 'error', error }
    }
  }

  private sortBy(column: SortColumn): void {
    const again = this.sorting.column === column
    this.sorting = { column, descending: again ? !this.sorting.descending : column === 'updatedAt' }
  }

  private clear(): void {
    this.search = ''
    this.renderRoot.querySelector('input')?.focus()
  }

  protected override render() {
    const { loading } = this
    const count = loading.status === 'complete' ? loading.dashboards.length : 0
    return html`<div class="head">
        <h1 tabindex="-1">Dashboards</h1>
        ${count > 0 ? html`<span class="count">${count}</span>` : nothing}
        <div class="search" ?hidden=${loading.status === 'complete' && count === 0}>
          ${ICONS.search}
          <input
            id="dashboard-search"
            type="search"
            placeholder="Search"
            aria-label="Search dashboards"
            .value=${this.search}
            @input=${(event: InputEvent) => {
              this.search = (event.target as HTMLInputElement).value
            }}
          />
        </div>
      </div>
      <div aria-live="polite" aria-busy=${loading.status === 'pending'}>${this.renderBody()}</div>`
  }

  private renderBody() {
    const { loading } = this
    if (loading.status === 'pending') return renderSkeleton()
    if (loading.status === 'error') return this.renderError(loading.error)
    if (loading.dashboards.length === 0) return renderEmpty()
    const rows = arrangeDashboards(loading.dashboards, this.search, this.sorting)
    if (rows.length === 0) {
      return html`<div class="state">
        <p class="state-title">No dashboard matches “${this.search.trim()}”</p>
        <button class="button" @click=${this.clear}>Clear search</button>
      </div>`
    }
    return html`<div class="table-scroll"><table>
      <thead>
        <tr>${COLUMNS.map(({ column, title }) => this.renderHead(column, title))}</tr>
      </thead>
      <tbody>${rows.map(renderRow)}</tbody>
    </table></div>`
  }

  private renderHead(column: SortColumn, title: string) {
    const active = this.sorting.column === column
    const direction = this.sorting.descending ? 'descending' : 'ascending'
    return html`<th scope="col" class=${`column-${column}`} aria-sort=${active ? direction : 'none'}>
      <button class="sort" @click=${() => this.sortBy(column)}>
        ${title} ${active ? (this.sorting.descending ? ICONS.sortDown : ICONS.sortUp) : ICONS.sort}
      </button>
    </th>`
  }

  private renderError(error: ClientError) {
    return html`<div class="state" role="alert">
      <p class="state-title">The dashboards could not be loaded</p>
      <p>${error.detail}${error.requestId ? html` <span class="request">Request ${error.requestId}</span>` : nothing}</p>
      <button class="button" @click=${this.load}>Try again</button>
    </div>`
  }
}

function renderRow({ slug, title, description, updatedAt }: DashboardSummary) {
  return html`<tr>
    <td class="column-title"><a href=${dashboardsPath(slug)}>${title}</a>${description ? html`<span class="description" title=${description}>${description}</span>` : nothing}</td>
    <td class="column-slug">${slug}</td>
    <td class="column-updatedAt"><time datetime=${updatedAt} title=${moment.format(new Date(updatedAt))}>${day.format(new Date(updatedAt))}</time></td>
  </tr>`
}

function renderSkeleton() {
  return html`<div class="table-scroll skeleton">
    <span class="visually-hidden">Loading dashboards</span>
    ${[0, 1, 2, 0, 1].map((width) => html`<div class="skeleton-row"><span class=${`bar bar-${width}`}></span><span class="bar bar-short"></span></div>`)}
  </div>`
}

function renderEmpty() {
  return html`<div class="state">
    <p class="state-title">No dashboards yet</p>
    <p>A dashboard is made through the API. Send its definition with an API key:</p>
    <pre><code>curl ${location.origin}/api/v1/dashboards \\
  -H "X-Api-Key: …" -H "Content-Type: application/json" \\
  -d @dashboard.json</code></pre>
    <a class="button" href="/docs" target="_blank" rel="noopener">Open the API reference</a>
  </div>`
}
