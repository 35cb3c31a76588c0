import type { DashboardFilter, DateRange, DateRangeFilter, MultiSelectFilter } from '@datainsight/core'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { FilterTarget } from '../dashboard/filter-model.ts'
import type { FilterValue } from '../dashboard/filter-state.ts'
import { DataInsightElement } from '../element.ts'
import { PopoverController } from '../overlay/popover-controller.ts'
import { popoverStyles } from '../overlay/popover-styles.ts'
import { stateStyles } from '../state/state-styles.ts'
import { themeStyles } from '../theme.ts'
import { DateRangePanel } from './date-range-panel.ts'
import { localToday, presetsOf, rangeLabel } from './date-text.ts'
import { filterStyles } from './filter-styles.ts'
import { chevronIcon, crossIcon } from './icons.ts'
import { MultiSelectPanel } from './multi-select-panel.ts'
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
  readonly #popover = new PopoverController(this, {
    onOpen: (panel) => this.#onOpen(panel),
    onClose: () => this.#onClose(),
  })
  readonly #dates = new DateRangePanel(this, {
    messages: () => this.messages,
    formatter: () => this.formatting,
    apply: (value) => this.#applyAndClose(value),
    cancel: () => this.#cancel(),
  })
  readonly #choices = new MultiSelectPanel(this, {
    messages: () => this.messages,
    formatter: () => this.formatting,
    fetch: (query) => {
      const model = this.#link.model
      return model && this.filterId !== undefined
        ? model.options(this.filterId, query)
        : Promise.resolve({ options: [], truncated: false })
    },
    apply: (value) => this.#applyAndClose(value),
    cancel: () => this.#cancel(),
  })
  #isCancelled = false

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    const control = this.#control
    if (control?.type !== 'multi_select' || control.labelMember === undefined) return
    const value = this.#link.model?.value(control)
    if (Array.isArray(value)) this.#choices.ensureLabels(value)
  }

  protected override render(): TemplateResult | typeof nothing {
    const control = this.#control
    if (!control) return nothing
    const value = this.#link.model?.value(control)
    const words = this.messages.filter
    const isSet = value !== undefined && value.length > 0
    return html`<div class="control" part="control">
        <button class="trigger" type="button" popovertarget="panel" aria-haspopup="dialog" aria-expanded=${this.#popover.isOpen ? 'true' : 'false'}>
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
        ${this.#popover.isOpen ? html`<p class="sheet-title" aria-hidden="true">${control.title}</p>${this.#renderPanel(control)}` : nothing}
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
    const named = values.slice(0, NAMED_VALUES).map((entry) => this.#choices.label(entry))
    const rest = values.length - named.length
    const all = values.map((entry) => this.#choices.label(entry)).join(', ')
    return html`<span class="trigger-value" title=${all}>${named.join(', ')}</span>
      ${rest > 0 ? html`<span class="badge" aria-label=${words.selected(this.formatting.count(values.length))}>${words.more(this.formatting.count(rest))}</span>` : nothing}`
  }

  #renderPanel(control: DashboardFilter): TemplateResult {
    return control.type === 'date_range' ? this.#dates.render(control) : this.#choices.render(control)
  }

  get #control(): DateRangeFilter | MultiSelectFilter | undefined {
    return this.filterId === undefined ? undefined : this.#link.model?.find(this.filterId)
  }

  get #panel(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#panel')
  }

  readonly #onBeforeToggle = (event: Event): void => {
    const control = this.#control
    if ((event as ToggleEvent).newState === 'open' && control) {
      this.#isCancelled = false
      const value = this.#link.model?.value(control)
      if (control.type === 'date_range') this.#dates.open(value === undefined ? undefined : toRange(value))
      else this.#choices.open(typeof value === 'string' ? [value] : (value ?? []))
    }
    this.#popover.onBeforeToggle(event)
  }

  #onOpen(panel: HTMLElement): void {
    panel.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }

  /** Whatever was chosen counts, unless the viewer took it back. */
  #onClose(): void {
    const control = this.#control
    this.#choices.stop()
    if (this.#isCancelled || !control) return
    const chosen = control.type === 'date_range' ? this.#dates.chosen(control) : this.#choices.chosen()
    if (chosen.isChanged) this.#link.model?.setValue(control, chosen.value)
    this.#isCancelled = true
  }

  #applyAndClose(value: FilterValue): void {
    const control = this.#control
    this.#isCancelled = true
    this.#panel?.hidePopover()
    if (control) this.#link.model?.setValue(control, value)
  }

  #cancel(): void {
    this.#isCancelled = true
    this.#panel?.hidePopover()
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
