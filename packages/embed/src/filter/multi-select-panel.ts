import type { MultiSelectFilter } from '@datainsight/core'
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { FilterValue } from '../dashboard/filter-state.ts'
import type { Chosen, FilterPanel, PanelOptions } from './filter-panel.ts'
import { checkIcon, crossIcon } from './icons.ts'
import type { Option, OptionList } from './option-list.ts'

/** The server's `MAX_FILTER_VALUES`; importing it would bring the schema library into pages. */
const MAX_CHOSEN = 1_000

/** Search, chosen values as chips, and a list to choose from: a combobox whose list takes several. */
export class MultiSelectPanel implements FilterPanel {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #options: PanelOptions
  readonly #list: OptionList
  readonly #control: MultiSelectFilter
  readonly #initial: readonly string[]
  #draft: readonly string[]
  #search = ''
  #active = 0

  constructor(
    host: ReactiveControllerHost & HTMLElement,
    options: PanelOptions,
    list: OptionList,
    control: MultiSelectFilter,
    value: FilterValue,
  ) {
    this.#host = host
    this.#options = options
    this.#list = list
    this.#control = control
    this.#initial = typeof value === 'string' ? [value] : (value ?? [])
    this.#draft = this.#initial
    list.load()
  }

  /** What would apply if the panel closed now. */
  chosen(): Chosen {
    const isChanged = JSON.stringify(this.#draft.toSorted()) !== JSON.stringify(this.#initial.toSorted())
    return { isChanged, value: this.#draft.length > 0 ? this.#draft : undefined }
  }

  render(): TemplateResult {
    const control = this.#control
    const words = this.#options.messages().filter
    const { options, status } = this.#list
    const active = options[this.#active]
    return html`<div class="search">
        <input class="field" type="search" data-autofocus role="combobox" autocomplete="off" spellcheck="false" placeholder=${words.searchPlaceholder}
          aria-label=${words.search(control.title)} aria-expanded="true" aria-controls="choices" aria-autocomplete="list"
          aria-activedescendant=${active ? `choice-${this.#active}` : nothing}
          .value=${this.#search} @input=${this.#onInput} @keydown=${this.#onKeydown} />
      </div>
      ${this.#draft.length > 0 ? this.#renderChips() : nothing}
      <div class="bulk">
        <button class="link" type="button" ?disabled=${options.length === 0} @click=${() => this.#selectShown()}>${this.#search === '' && !this.#list.isTruncated ? words.selectAll : words.selectShown}</button>
        <button class="link" type="button" ?disabled=${this.#draft.length === 0} @click=${() => this.#set([])}>${words.selectNone}</button>
      </div>
      <div class="list ${status === 'pending' && options.length > 0 ? 'dimmed' : ''}" id="choices" role="listbox" aria-multiselectable="true" aria-label=${control.title} aria-busy=${status === 'pending' ? 'true' : 'false'}>
        ${repeat(
          options,
          ({ value }) => value,
          (option, index) => this.#renderOption(option, index),
        )}
      </div>
      ${this.#renderNote()}
      <div class="panel-footer">
        <span class="grow" role="status">${this.#draft.length > 0 ? words.selected(this.#options.formatter().count(this.#draft.length)) : ''}</span>
        <button class="button" type="button" @click=${() => this.#options.cancel()}>${words.cancel}</button>
        <button class="button primary" type="button" @click=${() => this.#apply()}>${words.apply}</button>
      </div>`
  }

  #renderChips(): TemplateResult {
    const words = this.#options.messages().filter
    return html`<ul class="chips">
      ${repeat(
        this.#draft,
        (value) => value,
        (value) =>
          html`<li><button class="chip" type="button" aria-label=${words.remove(this.#list.label(value))} title=${this.#list.label(value)} @click=${() => this.#toggle(value)}><span>${this.#list.label(value)}</span>${crossIcon}</button></li>`,
      )}
    </ul>`
  }

  #renderOption({ value, label }: Option, index: number): TemplateResult {
    return html`<div
      class="option ${index === this.#active ? 'active' : ''}"
      id=${`choice-${index}`}
      role="option"
      aria-selected=${this.#draft.includes(value) ? 'true' : 'false'}
      title=${label}
      @click=${() => {
        this.#active = index
        this.#toggle(value)
      }}
    ><span class="box">${checkIcon}</span><span class="option-label">${label}</span>${label === value ? nothing : html`<span class="option-value">${value}</span>`}</div>`
  }

  #renderNote(): TemplateResult | typeof nothing {
    const messages = this.#options.messages()
    const words = messages.filter
    const { options, status, isTruncated } = this.#list
    if (status === 'error') {
      return html`<div class="list-note" role="alert">${words.optionsFailed} <button class="link" type="button" @click=${() => this.#list.load(this.#search)}>${messages.retry}</button></div>`
    }
    if (status === 'pending' && options.length === 0)
      return html`<div class="list-note" role="status">${words.loadingOptions}</div>`
    if (status === 'complete' && options.length === 0) {
      return html`<div class="list-note" role="status">${this.#search === '' ? words.noOptions : words.noMatch(this.#search)}</div>`
    }
    return isTruncated
      ? html`<div class="list-hint">${words.truncated(this.#options.formatter().count(options.length))}</div>`
      : nothing
  }

  readonly #onInput = (event: Event): void => {
    this.#search = (event.target as HTMLInputElement).value
    this.#active = 0
    this.#list.search(this.#search)
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const last = this.#list.options.length - 1
    if (event.key === 'Enter') {
      event.preventDefault()
      if (event.ctrlKey || event.metaKey) this.#apply()
      else if (this.#list.status === 'complete') {
        const option = this.#list.options[this.#active]
        if (option) this.#toggle(option.value)
      }
      return
    }
    const next = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + 8,
      PageUp: this.#active - 8,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    this.#active = Math.max(0, Math.min(last, next))
    this.#host.requestUpdate()
    void this.#host.updateComplete.then(() => {
      const root = (this.#host as HTMLElement).shadowRoot
      root?.getElementById(`choice-${this.#active}`)?.scrollIntoView({ block: 'nearest' })
    })
  }

  #toggle(value: string): void {
    this.#set(this.#draft.includes(value) ? this.#draft.filter((entry) => entry !== value) : [...this.#draft, value])
  }

  #selectShown(): void {
    const shown = this.#list.options.map(({ value }) => value)
    this.#set([...new Set([...this.#draft, ...shown])].slice(0, MAX_CHOSEN))
  }

  #set(values: readonly string[]): void {
    this.#draft = values
    this.#host.requestUpdate()
  }

  #apply(): void {
    const { isChanged, value } = this.chosen()
    if (isChanged) this.#options.apply(value)
    else this.#options.cancel()
  }
}
