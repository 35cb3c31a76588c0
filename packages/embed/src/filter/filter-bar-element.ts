import { html, nothing, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { FilterTarget } from '../dashboard/filter-model.ts'
import { DataInsightElement } from '../element.ts'
import { stateStyles } from '../state/state-styles.ts'
import { themeStyles } from '../theme.ts'
import { filterBarStyles } from './filter-bar-styles.ts'
import { TargetController } from './target-controller.ts'

/**
 * All filters of a dashboard in a row, and a way back to how it starts.
 *
 * @csspart bar - The row.
 * @csspart filter - One filter.
 * @csspart reset - The button that resets all filters.
 * @cssstate empty - The dashboard has no filters.
 */
export class FilterBarElement extends DataInsightElement {
  static override styles = [themeStyles, stateStyles, filterBarStyles]

  /** Id of the dashboard in the same document. */
  @property() for: string | undefined

  /** The dashboard itself, where it has no id or stands in another root. */
  @property({ attribute: false }) target: FilterTarget | undefined

  /** Ids of filters that are left out. */
  @property({ attribute: false }) hiddenFilters: readonly string[] = []

  readonly #link = new TargetController(this, () => ({ target: this.target, id: this.for }))

  protected override willUpdate(): void {
    const model = this.#link.model
    this.toggleState('empty', model?.isLoaded === true && this.#controls.length === 0)
  }

  protected override render(): TemplateResult {
    const model = this.#link.model
    if (!model?.isLoaded) {
      return html`<div class="bar" part="bar" aria-hidden="true"><div class="ghost"></div><div class="ghost"></div></div>`
    }
    return html`<div class="bar" part="bar" role="group" aria-label=${this.messages.filter.bar}>
      ${repeat(
        this.#controls,
        ({ id }) => id,
        ({ id }) =>
          html`<di-filter part="filter" filter-id=${id} .target=${this.#link.target} .messages=${this.messages}></di-filter>`,
      )}
      ${
        model.isDefault || this.#controls.length === 0
          ? nothing
          : html`<button class="button quiet" part="reset" type="button" @click=${this.#reset}>${this.messages.filter.reset}</button>`
      }
    </div>`
  }

  get #controls() {
    const model = this.#link.model
    return (model?.controls ?? []).filter(({ id }) => !this.hiddenFilters.includes(id))
  }

  readonly #reset = (): void => {
    this.#link.model?.reset()
    // The button goes away; the focus stays with the filters.
    this.renderRoot.querySelector<HTMLElement>('di-filter')?.focus()
  }
}
