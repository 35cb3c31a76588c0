import type { DateRange, DateRangeFilter } from '@datainsight/core'
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit'
import type { FilterValue } from '../dashboard/filter-state.ts'
import { type DaySpan, isSameRange, localToday, monthBefore, presetsOf, toDaySpan } from './date-text.ts'
import type { Chosen, FilterPanel, PanelOptions } from './filter-panel.ts'
import { nextIcon, previousIcon } from './icons.ts'
import { loadCalendar } from './load-calendar.ts'
import { isDay, spanProblem } from './span-problem.ts'

/** Presets, two dates to type and a calendar. */
export class DateRangePanel implements FilterPanel {
  readonly #host: ReactiveControllerHost
  readonly #options: PanelOptions
  readonly #control: DateRangeFilter
  readonly #initial: DateRange | undefined
  #draft: DaySpan
  #isDraft = false
  #hasCalendar = false
  #showsProblem = false

  constructor(host: ReactiveControllerHost, options: PanelOptions, control: DateRangeFilter, value: FilterValue) {
    this.#host = host
    this.#options = options
    this.#control = control
    this.#initial = value === undefined || typeof value === 'string' ? value : [...value]
    this.#draft = toDaySpan(this.#initial) ?? { from: '', to: '' }
    void loadCalendar().then((isLoaded) => {
      this.#hasCalendar = isLoaded
      host.requestUpdate()
    })
  }

  /** What would apply if the panel closed now; unfinished or wrong dates change nothing. */
  chosen(): Chosen {
    const control = this.#control
    const isEmpty = this.#draft.from === '' && this.#draft.to === ''
    if (!this.#isDraft) return { isChanged: false, value: this.#initial }
    if (isEmpty) return { isChanged: this.#initial !== undefined, value: undefined }
    if (spanProblem(this.#draft, control, this.#options.messages())) return { isChanged: false, value: this.#initial }
    const value = [this.#draft.from, this.#draft.to]
    return { isChanged: !isSameRange(value, this.#initial), value }
  }

  render(): TemplateResult {
    const control = this.#control
    const messages = this.#options.messages()
    const words = messages.filter
    const presets = presetsOf(control, messages, localToday(new Date()))
    const canClear = control.default === undefined
    const current = this.#isDraft ? [this.#draft.from, this.#draft.to] : this.#initial
    return html`<div class="dates">
        ${
          presets.length > 0 || canClear
            ? html`<div class="presets" role="group" aria-label=${words.presets}>
                ${canClear ? this.#renderPreset(words.anyTime, undefined, current === undefined, true) : nothing}
                ${presets.map(({ title, range }, index) => this.#renderPreset(title, range, isSameRange(range, current), !canClear && index === 0))}
              </div>`
            : nothing
        }
        <div class="custom">
          ${this.#renderFields(control)}
          ${this.#hasCalendar ? this.#renderCalendar(control) : nothing}
        </div>
      </div>
      <div class="panel-footer">
        <span class="grow"></span>
        <button class="button" type="button" @click=${() => this.#options.cancel()}>${words.cancel}</button>
        <button class="button primary" type="button" @click=${() => this.#apply()}>${words.apply}</button>
      </div>`
  }

  #renderPreset(title: string, range: DateRange | undefined, isCurrent: boolean, isFirst: boolean): TemplateResult {
    return html`<button class="preset" type="button" aria-pressed=${isCurrent ? 'true' : 'false'} ?data-autofocus=${isFirst} @click=${() => this.#options.apply(range)}>${title}</button>`
  }

  #renderFields(control: DateRangeFilter): TemplateResult {
    const words = this.#options.messages().filter
    const problem = this.#showsProblem ? spanProblem(this.#draft, control, this.#options.messages()) : undefined
    const field = (name: 'from' | 'to') => html`<label>${words[name]}
      <input class="field" type="text" inputmode="numeric" autocomplete="off" spellcheck="false" maxlength="10" placeholder=${words.dateFormat}
        .value=${this.#draft[name]} aria-invalid=${problem?.field === name ? 'true' : 'false'} aria-describedby=${problem?.field === name ? 'problem' : nothing}
        @input=${(event: Event) => this.#type(name, (event.target as HTMLInputElement).value)}
        @change=${() => this.#showProblem()}
        @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && this.#apply()} />
    </label>`
    return html`<div class="typed">
      ${field('from')}${field('to')}
      ${problem ? html`<p class="problem" id="problem" role="alert">${problem.text}</p>` : nothing}
    </div>`
  }

  #renderCalendar(control: DateRangeFilter): TemplateResult {
    const words = this.#options.messages().filter
    const { from, to } = this.#draft
    const isSpan = isDay(from) && isDay(to) && from <= to
    const months = matchMedia('(min-width: 720px)').matches ? 2 : 1
    const last = isDay(to) ? to : (control.max ?? '')
    // With two months side by side the last one belongs on the right: what comes after it is often out of reach.
    const focused = months === 2 && isDay(last) ? monthBefore(last, control.min) : last
    return html`<calendar-range
      months=${months}
      .value=${isSpan ? `${from}/${to}` : ''}
      .min=${control.min ?? ''}
      .max=${control.max ?? ''}
      .locale=${this.#options.formatter().locale}
      .firstDayOfWeek=${firstDayOfWeek(this.#options.formatter().locale)}
      focused-date=${focused === '' ? nothing : focused}
      page-by="single"
      @change=${(event: Event) => this.#pick((event.target as HTMLElement & { value: string }).value)}
    >
      ${previousIcon('previous')}${nextIcon('next')}
      <span slot="previous" class="visually-hidden">${words.previousMonth}</span>
      <span slot="next" class="visually-hidden">${words.nextMonth}</span>
      <div class="months">
        <calendar-month></calendar-month>
        ${months === 2 ? html`<calendar-month offset="1"></calendar-month>` : nothing}
      </div>
    </calendar-range>`
  }

  #type(name: 'from' | 'to', text: string): void {
    this.#draft = { ...this.#draft, [name]: text.trim() }
    this.#isDraft = true
    this.#host.requestUpdate()
  }

  #pick(span: string): void {
    const [from = '', to = ''] = span.split('/')
    this.#draft = { from, to }
    this.#isDraft = true
    this.#showsProblem = false
    this.#host.requestUpdate()
  }

  #showProblem(): void {
    this.#showsProblem = this.#draft.from !== '' && this.#draft.to !== ''
    this.#host.requestUpdate()
  }

  #apply(): void {
    const { isChanged, value } = this.chosen()
    const isEmpty = this.#draft.from === '' && this.#draft.to === ''
    if (this.#isDraft && !isEmpty && spanProblem(this.#draft, this.#control, this.#options.messages())) {
      this.#showsProblem = true
      this.#host.requestUpdate()
      return
    }
    if (isChanged) this.#options.apply(value)
    else this.#options.cancel()
  }
}

/** 0 (Sunday) to 6; Monday where the runtime does not know. */
function firstDayOfWeek(locale: string | undefined): number {
  const { firstDay } = (new Intl.Locale(locale ?? navigator.language) as WeekLocale).getWeekInfo?.() ?? { firstDay: 1 }
  return firstDay % 7
}

type WeekLocale = Intl.Locale & { getWeekInfo?: () => { readonly firstDay: number } }
