import type { DashboardFilter, DateRange, DateRangeFilter, MultiSelectFilter } from '@datainsight/core'
import { type CSSResult, html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { FilterTarget } from '../dashboard/filter-model.ts'
import type { FilterValue } from '../dashboard/filter-state.ts'
import { DataInsightElement } from '../element.ts'
import { PopoverController } from '../overlay/popover-controller.ts'
import { popoverStyles } from '../overlay/popover-styles.ts'
import { stateStyles } from '../state/state-styles.ts'
import { themeStyles } from '../theme.ts'
import { localToday, presetsOf, rangeLabel } from './date-text.ts'
import type { FilterPanel, PanelOptions } from './filter-panel.ts'
import { filterStyles } from './filter-styles.ts'
import { chevronIcon, crossIcon } from './icons.ts'
import { OptionList } from './option-list.ts'
import { TargetController } from './target-controller.ts'

/** Labels named on the button before they are only counted. */
const NAMED_VALUES = 1

/**
 * One filter of a dashboard, anywhere on the page: a date range or a list to choose from. What was chosen applies when the
 * panel closes, by Apply or by a click outside; Escape leaves things as they were.
 *
 * @csspart control - The button with its clear button.
 * @csspart panel - What opens below it.
 */
export class FilterElement extends DataInsightElement {
  static override styles = [themeStyles, stateStyles, popoverStyles, filterStyles]
  static override shadowRootOptions = { ...DataInsightElement.shadowRootOptions, delegatesFocus: true }

  /** Id of the dashboard in the same document. */
  @property() for: string | undefined

  /** Id of the filter in the dashboard. */
  @property({ attribute: 'filter-id' }) filterId: string | undefined

  /** The dashboard itself, where it has no id or stands in another root. */
  @property({ attribute: false }) target: FilterTarget | undefined

  readonly #link = new TargetController(this, () => ({ target: this.target, id: this.for }))
  readonly #popover = new PopoverController(this, { onClose: () => this.#onClose() })
  readonly #list = new OptionList(this, (query) => {
    const model = this.#link.model
    return model && this.filterId !== undefined
      ? model.options(this.filterId, query)
      : Promise.resolve({ options: [], truncated: false })
  })
  #panel: FilterPanel | undefined
  #isCancelled = false
  /** The panel's code did not arrive; opening it once more asks again. */
  #isLost = false

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    const control = this.#control
    if (control?.type !== 'multi_select' || control.labelMember === undefined) return
    const value = this.#link.model?.value(control)
    if (Array.isArray(value)) this.#list.ensureLabels(value)
  }

  protected override render(): TemplateResult | typeof nothing {
    const control = this.#control
    if (!control) return nothing
    const value = this.#link.model?.value(control)
    const words = this.messages.filter
    const isSet = value !== undefined && value.length > 0
    return html`<div class="control" part="control">
        <button class="trigger" type="button" @pointerenter=${fetchPanels} @focus=${fetchPanels} popovertarget="panel" aria-haspopup="dialog" aria-expanded=${this.#popover.isOpen ? 'true' : 'false'}>
          <span class="trigger-title">${control.title}</span>
          ${this.#renderValue(control, value)} ${chevronIcon}
        </button>
        ${
          isSet && control.default === undefined
            ? html`<button class="clear" type="button" aria-label=${words.clear(control.title)} title=${words.clear(control.title)} @click=${this.#clear}>${crossIcon}</button>`
            : nothing
        }
      </div>
      <div
        id="panel"
        class="popover sheet ${control.type === 'multi_select' ? 'choices' : ''}"
        part="panel"
        popover="auto"
        role="dialog"
        aria-label=${control.title}
        @beforetoggle=${this.#onBeforeToggle}
        @toggle=${this.#popover.onToggle}
        @keydown=${this.#onKeydown}
      >
        ${this.#popover.isOpen ? html`<p class="sheet-title" aria-hidden="true">${control.title}</p>${this.#panel?.render() ?? html`<p class="loading" role="status">${this.#isLost ? this.messages.faults.network.title : this.messages.loading}</p>`}` : nothing}
      </div>`
  }

  #renderValue(control: DashboardFilter, value: FilterValue): TemplateResult {
    const words = this.messages.filter
    if (control.type === 'date_range') {
      const presets = presetsOf(control, this.messages, localToday(new Date()))
      const label =
        value === undefined ? words.anyTime : rangeLabel(toRange(value), presets, this.formatting, this.messages)
      return html`<span class="trigger-value" title=${label}>${label}</span>`
    }
    const values = typeof value === 'string' ? [value] : (value ?? [])
    if (values.length === 0) return html`<span class="trigger-value">${words.all}</span>`
    const named = values.slice(0, NAMED_VALUES).map((entry) => this.#list.label(entry))
    const rest = values.length - named.length
    const all = values.map((entry) => this.#list.label(entry)).join(', ')
    return html`<span class="trigger-value" title=${all}>${named.join(', ')}</span>
      ${rest > 0 ? html`<span class="badge" aria-label=${words.selected(this.formatting.count(values.length))}>${words.more(this.formatting.count(rest))}</span>` : nothing}`
  }

  get #control(): DateRangeFilter | MultiSelectFilter | undefined {
    return this.filterId === undefined ? undefined : this.#link.model?.find(this.filterId)
  }

  get #popup(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#panel')
  }

  readonly #onBeforeToggle = (event: Event): void => {
    const control = this.#control
    if ((event as ToggleEvent).newState === 'open' && control) {
      this.#isCancelled = false
      void this.#open(control, this.#link.model?.value(control))
    }
    this.#popover.anchor = this.renderRoot.querySelector<HTMLElement>('.control') ?? undefined
    this.#popover.onBeforeToggle(event)
  }

  async #open(control: DashboardFilter, value: FilterValue): Promise<void> {
    this.#isLost = false
    const panels = await loadPanels().catch(() => undefined)
    if (!this.#popover.isOpen) return
    if (!panels) {
      this.#isLost = true
      this.requestUpdate()
      return
    }
    const { DateRangePanel, MultiSelectPanel, panelStyles } = panels
    adopt(this.renderRoot as ShadowRoot, panelStyles)
    const options: PanelOptions = {
      messages: () => this.messages,
      formatter: () => this.formatting,
      apply: (chosen) => this.#applyAndClose(chosen),
      cancel: () => this.#cancel(),
    }
    this.#panel =
      control.type === 'date_range'
        ? new DateRangePanel(this, options, control, value)
        : new MultiSelectPanel(this, options, this.#list, control, value)
    this.requestUpdate()
    await this.updateComplete
    this.#popup?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }

  /** Whatever was chosen counts, unless the viewer took it back. */
  #onClose(): void {
    const control = this.#control
    const chosen = this.#panel?.chosen()
    this.#panel = undefined
    this.#list.stop()
    if (!this.#isCancelled && control && chosen?.isChanged) this.#link.model?.setValue(control, chosen.value)
    this.#isCancelled = true
  }

  #applyAndClose(value: FilterValue): void {
    const control = this.#control
    this.#cancel()
    if (control) this.#link.model?.setValue(control, value)
  }

  #cancel(): void {
    this.#isCancelled = true
    this.#popup?.hidePopover()
    this.renderRoot.querySelector<HTMLElement>('.trigger')?.focus()
  }

  readonly #clear = (): void => {
    const control = this.#control
    if (!control) return
    this.#link.model?.setValue(control, undefined)
    this.renderRoot.querySelector<HTMLElement>('.trigger')?.focus()
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#isCancelled = true
  }
}

function toRange(value: NonNullable<FilterValue>): DateRange {
  return typeof value === 'string' ? value : [...value]
}

/** The panels are most of a filter's code and not needed to show it: fetched when a pointer or the focus comes near. */
const loadPanels = () => import('./panels.ts')
const fetchPanels = () => void loadPanels().catch(() => undefined)

function adopt(root: ShadowRoot, { styleSheet }: CSSResult): void {
  if (!styleSheet || root.adoptedStyleSheets.includes(styleSheet)) return
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet]
}
