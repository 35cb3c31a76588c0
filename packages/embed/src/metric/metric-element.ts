import type { Cell, Column, MetricSpec, Query, ResultSet } from '@datainsight/core'
import { html, nothing, svg, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { QueryController } from '../controllers/query-controller.ts'
import { DataInsightElement } from '../element.ts'
import { ErrorEvent } from '../events.ts'
import { describeError } from '../state/describe-error.ts'
import { describeWarnings } from '../state/describe-warnings.ts'
import { renderSkeleton } from '../state/render-skeleton.ts'
import { renderFault } from '../state/render-state.ts'
import { stateStyles } from '../state/state-styles.ts'
import { themeStyles } from '../theme.ts'
import { metricStyles } from './metric-styles.ts'
import { SPARKLINE_HEIGHT, SPARKLINE_WIDTH, sparklinePath } from './sparkline-path.ts'

const DAY_MS = 86_400_000

const ARROWS = {
  up: svg`<path d="M7 11.5v-9M3.5 6 7 2.5 10.5 6"/>`,
  down: svg`<path d="M7 2.5v9M3.5 8 7 11.5 10.5 8"/>`,
  flat: svg`<path d="M2.5 7h9"/>`,
}

/**
 * A headline number with its change against the period before and, where there is room, its trend.
 *
 * @fires {ErrorEvent} di-error - The query failed.
 * @csspart label - Name of the number.
 * @csspart value - The number.
 * @csspart change - The change and what it is compared with.
 * @csspart note - What the answer could not say.
 * @csspart sparkline - The trend.
 * @csspart error - An error, forbidden or offline state.
 * @csspart skeleton - The placeholder.
 */
export class MetricElement extends DataInsightElement {
  static override styles = [themeStyles, stateStyles, metricStyles]

  /** The answer to show; asked for by `query` when not given. */
  @property({ attribute: false }) result: ResultSet | undefined

  /** The same query for the period before. */
  @property({ attribute: false }) comparison: ResultSet | undefined

  /** The same query by day, for the sparkline. */
  @property({ attribute: false }) trend: ResultSet | undefined

  /** Which measure to show; the first one when absent. */
  @property({ attribute: false }) spec: MetricSpec | undefined

  /** A question of its own, asked through the provider around. */
  @property({ attribute: false }) query: Query | undefined

  /** Name of the number; the measure's title when absent. */
  @property() label: string | undefined

  /** Leaves the name out, where it stands beside the element. */
  @property({ attribute: 'without-label', type: Boolean }) withoutLabel = false

  /** Tile that the element stands in; empty elsewhere. */
  @property({ attribute: 'tile-id' }) tileId = ''

  readonly #asking = new QueryController(
    this,
    () => ({ client: this.context.value?.client, query: this.result ? undefined : this.query }),
    (error) => this.#report(error),
  )

  protected override render(): TemplateResult {
    const result = this.result ?? this.#asking.result
    if (!this.result && this.#asking.status === 'error') {
      const { messages } = this
      return renderFault(describeError(this.#asking.error, messages), { messages, onRetry: () => this.#asking.retry() })
    }
    if (!result) return renderSkeleton('metric', this.messages.loading)
    const index = this.#measureIndex(result)
    const column = result.columns[index]
    if (!column) return html`<div class="metric"><p class="value" part="value">–</p></div>`
    return this.#renderMetric(column, result.data[index]?.[0] ?? null, describeWarnings(result, this.messages))
  }

  #renderMetric(column: Column, cell: Cell, warnings: string | undefined): TemplateResult {
    const format = this.formatting
    const label = this.label ?? format.title(column)
    const full = format.value(column, cell)
    return html`<div class="metric">
      ${this.withoutLabel ? nothing : html`<p class="label" part="label" title=${label}>${label}</p>`}
      <p class="value" part="value" title=${full}>${format.compact(column, cell)}</p>
      ${this.comparison ? this.#renderChange(column, cell, this.comparison) : nothing}
      ${warnings ? html`<p class="note" part="note" title=${warnings}>${warnings}</p>` : nothing}
      ${this.spec?.sparkline && this.trend ? this.#renderSparkline(column, label, this.trend) : nothing}
    </div>`
  }

  #renderChange(column: Column, cell: Cell, comparison: ResultSet): TemplateResult {
    const words = this.messages.metric
    const index = comparison.columns.findIndex(({ name }) => name === column.name)
    const previous = comparison.data[index]?.[0] ?? null
    const { text, direction, good } = this.formatting.change(cell, previous, column)
    if (direction === 'none') return html`<p class="change" part="change">${words.noEarlierData}</p>`
    const span = this.#span(comparison)
    const tone = good === null ? '' : good ? 'good' : 'bad'
    const spoken = [
      direction === 'flat' ? words.unchanged : words[direction],
      good === null ? '' : `(${good ? words.better : words.worse})`,
    ].join(' ')
    return html`<p class="change" part="change" title=${this.#changeTitle(column, previous, comparison)}>
      <span class="move ${tone}">
        <svg class="arrow" viewBox="0 0 14 14" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${ARROWS[direction]}</svg>
        <span class="visually-hidden">${spoken}</span>
        ${direction === 'flat' ? words.unchanged : text}
      </span>
      <span>${words.versus(span)}</span>
    </p>`
  }

  /** The earlier number and its dates, for those who want to know exactly. */
  #changeTitle(column: Column, previous: Cell, { meta }: ResultSet): string {
    const value = this.formatting.value(column, previous)
    return meta.dateRange ? `${value} · ${this.formatting.range(meta.dateRange)}` : value
  }

  #span({ meta }: ResultSet): string {
    const words = this.messages.metric
    if (!meta.dateRange) return words.previousPeriod
    const [from, to] = meta.dateRange.map((time) => Date.parse(`${time.slice(0, 10)}T00:00:00Z`))
    if (from === undefined || to === undefined || !(to >= from)) return words.previousPeriod
    return words.previousDays(Math.round((to - from) / DAY_MS) + 1)
  }

  #renderSparkline(column: Column, label: string, trend: ResultSet): TemplateResult | typeof nothing {
    const index = trend.columns.findIndex(({ name }) => name === column.name)
    const cells = trend.data[index] ?? []
    const path = sparklinePath(cells.map((cell) => (cell === null || typeof cell === 'boolean' ? null : Number(cell))))
    if (!path) return nothing
    const first = this.formatting.value(column, cells[0] ?? null)
    const last = this.formatting.value(column, cells.at(-1) ?? null)
    return html`<div class="sparkline" part="sparkline">
      <svg viewBox="0 0 ${SPARKLINE_WIDTH} ${SPARKLINE_HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${this.messages.metric.trend(label, first, last)}>
        <path d=${path.area} fill="currentColor" opacity="0.1" />
        <path d=${path.line} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" vector-effect="non-scaling-stroke" />
      </svg>
    </div>`
  }

  #measureIndex({ columns }: ResultSet): number {
    const { measure } = this.spec ?? {}
    const named = columns.findIndex(({ name }) => name === measure)
    return named >= 0 ? named : columns.findIndex(({ kind }) => kind === 'measure')
  }

  #report(error: unknown): void {
    const { code, status, retryable, requestId, message } = describeError(error, this.messages)
    const tileId = this.tileId || undefined
    this.dispatchEvent(new ErrorEvent({ code, status, retryable, requestId, scope: 'element', tileId, message }))
  }
}
