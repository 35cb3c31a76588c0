import type { MetricSpec, ResultSet, TableSpec, Widget } from '@datainsight/core'
import type { Formatter } from '@datainsight/core/format'
import { html, nothing, svg, type TemplateResult } from 'lit'
import type { Messages } from '../messages.ts'
import { describeError } from '../state/describe-error.ts'
import { renderSkeleton } from '../state/render-skeleton.ts'
import { renderEmpty, renderFault } from '../state/render-state.ts'
import type { TileState, WidgetFrame } from './dashboard-loader.ts'

/** Everything one tile is drawn from. */
export interface TileView {
  readonly widget: Widget
  readonly state: TileState
  /** Shown as a table, by its kind or by the viewer's wish. */
  readonly isTable: boolean
  /** The element that draws the tile is loaded and wanted. */
  readonly isMountable: boolean
  readonly isFiltered: boolean
  readonly isMenuOpen: boolean
  readonly messages: Messages
  readonly formatter: Formatter
  readonly onRetry: () => void
  readonly onClearFilters: () => void
  readonly onToggleTable: () => void
  readonly onMenu: (button: HTMLElement) => void
}

const TABLE_ICON = svg`<rect x="3" y="4" width="14" height="12" rx="1.5"/><path d="M3 8.5h14M8 8.5V16"/>`
const CHART_ICON = svg`<path d="M4 16V9M10 16V4M16 16v-5"/>`
const MORE_ICON = svg`<path d="M5 10h.01M10 10h.01M15 10h.01" stroke-width="2.5"/>`

const icon = (drawing: TemplateResult<2>) =>
  html`<svg viewBox="0 0 20 20" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${drawing}</svg>`

/** One tile: header with title and buttons, and a body in one of its states. */
export function renderTile(view: TileView): TemplateResult {
  const { widget, state, messages } = view
  const { type } = widget.visualization
  const isChart = type !== 'metric' && type !== 'table'
  const isBusy = state.status === 'loading'
  return html`<article
    class=${`tile ${type}`}
    part="tile"
    data-tile=${widget.id}
    tabindex="-1"
    aria-labelledby=${`title-${widget.id}`}
    aria-busy=${isBusy ? 'true' : 'false'}
  >
    <header class="tile-header" part="tile-header">
      <div class="tile-titles">
        <h3 class="tile-title" part="tile-title" id=${`title-${widget.id}`} title=${widget.title}>${widget.title}</h3>
        ${widget.subtitle === undefined ? nothing : html`<p class="tile-subtitle" title=${widget.subtitle}>${widget.subtitle}</p>`}
      </div>
      <div class="tile-actions">
        ${
          isChart
            ? html`<button class="icon-button" type="button" aria-pressed=${view.isTable ? 'true' : 'false'} aria-label=${`${messages.viewAsTable}: ${widget.title}`} title=${view.isTable ? messages.viewAsChart : messages.viewAsTable} @click=${view.onToggleTable}>${icon(view.isTable ? CHART_ICON : TABLE_ICON)}</button>`
            : nothing
        }
        <button
          class="icon-button"
          part="tile-menu"
          type="button"
          popovertarget="tile-menu"
          aria-haspopup="menu"
          aria-expanded=${view.isMenuOpen ? 'true' : 'false'}
          aria-label=${messages.tileMenu(widget.title)}
          @click=${(event: Event) => view.onMenu(event.currentTarget as HTMLElement)}
        >${icon(MORE_ICON)}</button>
      </div>
    </header>
    <div class=${`tile-body ${isBusy && state.frame ? 'dimmed' : ''}`} part="tile-body">
      <slot name=${`tile:${widget.id}`}>${renderBody(view)}</slot>
    </div>
    ${state.isStale ? renderStale(view) : nothing}
  </article>`
}

function renderBody(view: TileView): TemplateResult {
  const { widget, state, messages } = view
  const { type } = widget.visualization
  const { frame } = state
  if (state.status === 'error') {
    return renderFault(describeError(state.error, messages), { messages, onRetry: view.onRetry })
  }
  if (!frame) return renderSkeleton(view.isTable ? 'table' : type, messages.loading)
  if (type !== 'metric' && frame.result.meta.rowCount === 0) {
    return renderEmpty({
      title: messages.empty.title,
      text: view.isFiltered ? messages.empty.filtered : messages.empty.unfiltered,
      ...(view.isFiltered && { action: messages.empty.clearFilters, onAction: view.onClearFilters }),
    })
  }
  if (!view.isMountable) return renderSkeleton(view.isTable ? 'table' : type, messages.loading)
  return renderContent(view, frame)
}

function renderContent(
  { widget, isTable, messages }: TileView,
  { result, comparison, trend }: WidgetFrame,
): TemplateResult {
  const { visualization } = widget
  if (visualization.type === 'metric') {
    return html`<di-metric part="metric" tile-id=${widget.id} .result=${result} .comparison=${comparison} .trend=${trend} .spec=${visualization satisfies MetricSpec} .messages=${messages} .label=${widget.title} without-label></di-metric>`
  }
  if (isTable) {
    const spec: TableSpec = visualization.type === 'table' ? visualization : { type: 'table' }
    return html`<di-table part="table" tile-id=${widget.id} .result=${result satisfies ResultSet} .spec=${spec} .messages=${messages} .label=${widget.title}></di-table>`
  }
  return html`<di-chart part="chart" exportparts="legend, tooltip" tile-id=${widget.id} .result=${result} .comparison=${comparison} .spec=${visualization} .label=${widget.title}></di-chart>`
}

function renderStale({ state, messages, onRetry }: TileView): TemplateResult {
  return html`<footer class="tile-footer">
    <span>${describeError(state.error, messages).title}</span>
    <button class="link" type="button" @click=${onRetry}>${messages.retry}</button>
  </footer>`
}
