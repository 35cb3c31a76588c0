import type { DashboardSummary } from '@datainsight/core'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { arrangeDashboards } from '../dashboards/arrange-dashboards.ts'
import { listDashboards } from '../dashboards/list-dashboards.ts'
import { navigate } from '../navigation.ts'
import { dashboardsPath, queriesPath } from '../route.ts'
import type { Session } from '../session/session.ts'
import { ICONS } from '../styles/icons.ts'
import { sharedStyles } from '../styles/shared-styles.ts'
import { paletteStyles } from './palette-styles.ts'

const MOST_SHOWN = 8

/** Somewhere to go. */
interface Place {
  readonly title: string
  readonly detail: string
  readonly path: string
  readonly icon: 'dashboards' | 'queries'
}

/** Jumps to a dashboard or a page by a few letters of its name: a combobox with a list, worked by arrows and Enter. */
@customElement('console-palette')
export class CommandPalette extends LitElement {
  static override styles = [sharedStyles, paletteStyles]

  @property({ attribute: false }) session!: Session
  @state() private dashboards: readonly DashboardSummary[] | undefined
  @state() private failed = false
  @state() private search = ''
  @state() private active = 0
  @query('dialog') private dialog!: HTMLDialogElement
  @query('input') private input!: HTMLInputElement
  #abort: AbortController | undefined

  /** Opens the palette with a fresh list. */
  async show(): Promise<void> {
    if (this.dialog.open) return
    this.search = ''
    this.active = 0
    this.dialog.showModal()
    this.input.focus()
    this.#abort = new AbortController()
    const { signal } = this.#abort
    this.failed = false
    try {
      this.dashboards = await listDashboards(this.session.client, signal)
    } catch {
      this.failed = !signal.aborted
    }
  }

  private get shown(): readonly Place[] {
    const { dashboards = [], search } = this
    const found = arrangeDashboards(dashboards, search, { column: 'title', descending: false }).map(
      ({ title, slug }): Place => ({ title, detail: slug, path: dashboardsPath(slug), icon: 'dashboards' }),
    )
    return [...found.slice(0, MOST_SHOWN), ...this.pages]
  }

  /** Pages besides the dashboards that the visitor may see and that the search does not rule out. */
  private get pages(): readonly Place[] {
    const { state } = this.session
    const mayRead = state.status === 'signed-in' && state.user.permissions.includes('query:stats')
    const isMeant = 'queries'.includes(this.search.trim().toLocaleLowerCase())
    return mayRead && isMeant ? [{ title: 'Queries', detail: 'Page', path: queriesPath(), icon: 'queries' }] : []
  }

  private readonly steer = (event: KeyboardEvent): void => {
    const { length } = this.shown
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (event.key === 'Enter') this.open(this.shown[this.active])
    else if (step !== undefined && length > 0) this.active = (this.active + step + length) % length
    else return
    event.preventDefault()
  }

  private open(place: Place | undefined): void {
    if (!place) return
    this.dialog.close()
    navigate(place.path)
  }

  protected override render() {
    const { shown } = this
    return html`<dialog aria-label="Go to a dashboard or page" closedby="any" @close=${() => this.#abort?.abort()}>
      <div class="field">
        ${ICONS.search}
        <input
          role="combobox"
          aria-label="Dashboard or page"
          aria-autocomplete="list"
          aria-expanded=${shown.length > 0}
          aria-controls="options"
          aria-activedescendant=${shown.length > 0 ? `option-${this.active}` : nothing}
          placeholder="Go to dashboard or page"
          autocomplete="off"
          .value=${this.search}
          @input=${(event: InputEvent) => {
            this.search = (event.target as HTMLInputElement).value
            this.active = 0
          }}
          @keydown=${this.steer}
        />
        <kbd>Esc</kbd>
      </div>
      <div id="options" role="listbox" aria-label="Places">
        ${shown.map(
          (place, index) => html`<div
            id=${`option-${index}`}
            class="option"
            role="option"
            aria-selected=${index === this.active}
            @click=${() => this.open(place)}
          >
            ${ICONS[place.icon]}<span class="title">${place.title}</span><span class="slug">${place.detail}</span>
          </div>`,
        )}
      </div>
      ${shown.length === 0 ? html`<p class="none" role="status">${this.explain()}</p>` : nothing}
    </dialog>`
  }

  private explain(): string {
    if (this.failed) return 'The dashboards could not be loaded. Close and try again.'
    if (!this.dashboards) return 'Loading …'
    return this.dashboards.length === 0
      ? 'There are no dashboards yet.'
      : `No dashboard matches “${this.search.trim()}”.`
  }
}
