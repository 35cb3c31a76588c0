import type { ChartSpec, Query, ResultSet } from '@datainsight/core'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { QueryController } from '../controllers/query-controller.ts'
import { loadedParts, loadParts, type Renderer } from '../echarts/load-parts.ts'
import { DataInsightElement } from '../element.ts'
import { DataClickEvent, ErrorEvent, RenderEvent } from '../events.ts'
import { describeError } from '../state/describe-error.ts'
import { describeWarnings } from '../state/describe-warnings.ts'
import { renderSkeleton } from '../state/render-skeleton.ts'
import { renderEmpty, renderFault } from '../state/render-state.ts'
import { stateStyles } from '../state/state-styles.ts'
import { themeStyles } from '../theme.ts'
import { ThemeController } from '../theme-controller.ts'
import { chartFormatter } from './chart-formatter.ts'
import { ChartInteraction } from './chart-interaction.ts'
import { ENGLISH_CHART } from './chart-messages.ts'
import { ChartPainter, type PaintRequest } from './chart-painter.ts'
import { chartStyles } from './chart-styles.ts'
import { planChart } from './compile-chart.ts'
import type { ChartLegend, ChartPlan, Mark } from './compiled-chart.ts'
import { firstParts } from './first-parts.ts'
import { renderChartTable } from './render-chart-table.ts'
import { paintSwatches, renderLegend } from './render-legend.ts'
import { textMeter } from './text-meter.ts'

/** How the data is shown. */
export type ChartView = 'chart' | 'table'

/** Changes move this long, to explain themselves. */
const MOTION_MS = 150

/**
 * A chart of a result or of a query of its own. ECharts is loaded when the first chart needs it.
 * One tab stop: arrows move between marks, Home and End jump, Enter chooses, Escape closes the tooltip.
 *
 * @fires {DataClickEvent} di-data-click - A mark was chosen by a click or by Enter; cancelable.
 * @fires {RenderEvent} di-render - The chart is on screen; inside a dashboard the dashboard says so.
 * @fires {ErrorEvent} di-error - The query failed or the chart could not be drawn.
 * @csspart legend - The buttons or the scale that explain the colours.
 * @csspart tooltip - The tooltip.
 * @csspart table - The data as a table.
 * @csspart note - The line that says what was left out.
 * @csspart error - An error, forbidden or offline state.
 * @csspart empty - The empty state.
 * @csspart skeleton - The placeholder.
 */
export class ChartElement extends DataInsightElement {
  static override styles = [themeStyles, stateStyles, chartStyles]

  /** How the result becomes a chart. */
  @property({ attribute: false }) spec: ChartSpec | undefined

  /** The answer to show; asked for by `query` when not given. */
  @property({ attribute: false }) result: ResultSet | undefined

  /** The same query for the period before. */
  @property({ attribute: false }) comparison: ResultSet | undefined

  /** A question of its own, asked through the provider around. */
  @property({ attribute: false }) query: Query | undefined

  /** What the chart shows, said before its summary to assistive technology. */
  @property() label: string | undefined

  /** `chart`, or `table` for the data as text. */
  @property() view: ChartView = 'chart'

  /** `canvas`, or `svg` for print and few marks. */
  @property() renderer: Renderer = 'canvas'

  /** Tile that the element stands in; empty elsewhere. */
  @property({ attribute: 'tile-id' }) tileId = ''

  readonly #asking = new QueryController(
    this,
    () => ({ client: this.context.value?.client, query: this.result ? undefined : this.query }),
    (error) => this.#report(error),
  )
  readonly #look = new ThemeController(this)
  readonly #interaction = new ChartInteraction(this, (mark) => this.#choose(mark))
  readonly #painter = new ChartPainter(this, {
    plot: () => this.renderRoot.querySelector<HTMLElement>('.plot'),
    onPainted: ({ points }, { width }) => {
      this.#interaction.setPoints(points)
      this.#settle(width)
    },
    onFailed: (error) => this.#fail(error),
  })
  #hidden: ReadonlySet<string> = new Set()
  #plan: ChartPlan | undefined
  #planned: readonly unknown[] = []
  #width = 0
  #failure: unknown
  #waitingSince: number | undefined

  /** Shows the data as a table or as a chart again, and says which it is now. */
  toggleTable(): ChartView {
    this.view = this.view === 'table' ? 'chart' : 'table'
    return this.view
  }

  /** The chart as a PNG (canvas) or SVG data URL; undefined before it is drawn. `pixelRatio` is the screen's when absent. */
  toDataUrl(options: { readonly pixelRatio?: number; readonly backgroundColor?: string } = {}): string | undefined {
    return this.#painter.toDataUrl(options)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('spec') && this.spec) {
      // The code travels while the data does. A failure shows when the chart is painted.
      void loadParts(firstParts(this.spec), this.renderer).catch(() => undefined)
      if (changed.get('spec') !== undefined) this.#hidden = new Set()
    }
    if (changed.has('result') || changed.has('spec')) this.#failure = undefined
    this.#makePlan()
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    paintSwatches(this.renderRoot)
    const { spec } = this
    const plan = this.#plan
    const isDrawn = spec && plan && !plan.empty && this.view === 'chart' && this.#failure === undefined
    this.#painter.update(isDrawn ? this.#paintRequest(plan) : undefined)
    this.#interaction.attach(isDrawn ? this.renderRoot : undefined)
  }

  protected override render(): TemplateResult {
    const { messages, spec } = this
    if (!this.result && this.#asking.status === 'error') {
      return renderFault(describeError(this.#asking.error, messages), { messages, onRetry: () => this.#asking.retry() })
    }
    if (this.#failure !== undefined) {
      return renderFault(
        { ...describeError(this.#failure, messages), ...FAULT, ...messages.faults['chart-failed'] },
        { messages, onRetry: () => this.#retry() },
      )
    }
    const plan = this.#plan
    if (!spec || !plan) return renderSkeleton(spec?.type ?? 'text', messages.loading)
    const label = [this.label, plan.summary].filter(Boolean).join('. ')
    if (plan.empty) return renderEmpty({ title: messages.empty.title, text: messages.empty.unfiltered })
    if (this.view === 'table') return renderChartTable(plan.table, label, ENGLISH_CHART, this.formatting)
    return this.#renderChart(plan, label)
  }

  #renderChart(plan: ChartPlan, label: string): TemplateResult {
    const legend: ChartLegend = plan.legend(this.#width || this.clientWidth)
    const side = legend.kind === 'series' && legend.side
    const note = [plan.note, describeWarnings(this.result ?? this.#asking.result, this.messages)]
      .filter(Boolean)
      .join('. ')
    return html`<div class="chart">
      <div class="frame ${side ? 'side' : ''}">
        ${renderLegend(legend, ENGLISH_CHART, (id) => this.#toggle(id))}
        <div class="plot" tabindex="0" role="application" aria-roledescription=${ENGLISH_CHART.chart} aria-label=${label} aria-describedby="keys">
          ${this.#renderPlaceholder()}
          <div class="overlay" aria-hidden="true"></div>
        </div>
        ${note ? html`<p class="note" part="note">${note}</p>` : nothing}
      </div>
      <div class="tooltip" part="tooltip" popover="manual" aria-hidden="true"></div>
      <p id="keys" hidden>${ENGLISH_CHART.keys}</p>
      <p class="spoken visually-hidden" role="status"></p>
    </div>`
  }
  #paintRequest(plan: ChartPlan): PaintRequest {
    const { theme } = this.#look
    return {
      plan,
      renderer: this.renderer === 'svg' || theme.forcedColors ? 'svg' : 'canvas',
      font: `${theme.labelSize}px ${theme.fontFamily}`,
      motionMs: theme.reducedMotion ? 0 : MOTION_MS,
    }
  }

  /** Shown until ECharts has come; a chart that finds it here is painted before anyone could see a placeholder. */
  #renderPlaceholder(): TemplateResult | typeof nothing {
    const { spec } = this
    if (!spec || loadedParts(firstParts(spec), this.renderer)) return nothing
    return html`<div class="placeholder" aria-hidden="true">${renderSkeleton(spec.type, '')}</div>`
  }

  #makePlan(): void {
    const { spec } = this
    const result = this.result ?? this.#asking.result
    if (!spec || !result || !this.isConnected) {
      if (!spec || !result) this.#plan = undefined
      return
    }
    const { theme } = this.#look
    const needs = [spec, result, this.comparison, this.#hidden, theme.key, this.formatting]
    if (this.#plan && needs.every((need, index) => need === this.#planned[index])) return
    if (result !== this.#planned[1]) this.#waitingSince = performance.now()
    this.#planned = needs
    this.#plan = planChart(spec, result, {
      theme,
      formatter: chartFormatter(this.formatting),
      comparison: this.comparison,
      hidden: this.#hidden,
      measure: textMeter(theme.fontFamily),
    })
  }

  #toggle(id: string): void {
    const hidden = new Set(this.#hidden)
    if (!hidden.delete(id)) hidden.add(id)
    this.#hidden = hidden
    this.requestUpdate()
  }

  #choose({ datum, members }: Mark): void {
    this.dispatchEvent(new DataClickEvent(this.tileId, datum, members))
  }

  #settle(width: number): void {
    const before = this.#plan?.legend(this.#width || width).kind
    this.#width = width
    // Crossing the width at which lines are named at their ends adds or removes the legend.
    if (this.#plan?.legend(width).kind !== before) this.requestUpdate()
    if (this.#waitingSince === undefined) return
    const ms = performance.now() - this.#waitingSince
    this.#waitingSince = undefined
    if (this.tileId === '') this.dispatchEvent(new RenderEvent('', ms))
  }

  #retry(): void {
    this.#failure = undefined
    this.requestUpdate()
  }

  #fail(error: unknown): void {
    this.#failure = error
    const message = error instanceof Error ? error.message : String(error)
    this.dispatchEvent(new ErrorEvent({ ...FAULT, scope: 'element', tileId: this.tileId || undefined, message }))
    this.requestUpdate()
  }

  #report(error: unknown): void {
    const { code, status, retryable, requestId, message } = describeError(error, this.messages)
    this.dispatchEvent(
      new ErrorEvent({
        code,
        status,
        retryable,
        requestId,
        scope: 'element',
        tileId: this.tileId || undefined,
        message,
      }),
    )
  }
}

const FAULT = { code: 'chart-failed', kind: 'error', retryable: true, status: 0, requestId: undefined } as const
