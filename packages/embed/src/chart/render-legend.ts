import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ChartMessages } from './chart-messages.ts'
import type { ChartLegend } from './compiled-chart.ts'

/** The legend: buttons that switch series, or the scale of a ramp. Colours are set by {@link paintSwatches}. */
export function renderLegend(
  legend: ChartLegend,
  messages: ChartMessages,
  onToggle: (id: string) => void,
): TemplateResult | typeof nothing {
  if (legend.kind === 'none') return nothing
  if (legend.kind === 'scale') {
    return html`<div class="legend scale" part="legend" role="img" aria-label=${`${legend.title}: ${legend.low} – ${legend.high}`}>
      <span aria-hidden="true">${legend.low}</span>
      <span class="ramp" aria-hidden="true">${legend.colors.map((color) => html`<span class="step" data-color=${color}></span>`)}</span>
      <span aria-hidden="true">${legend.high}</span>
    </div>`
  }
  return html`<div class="legend" part="legend" role="group" aria-label=${messages.legend}>
    ${repeat(
      legend.items,
      ({ id }) => id,
      ({ id, name, color, shape, hidden, value }) => html`<button
        class="legend-item"
        type="button"
        aria-pressed=${hidden ? 'false' : 'true'}
        title=${name}
        @click=${() => onToggle(id)}
      ><span class="swatch ${shape}" data-color=${color}></span><span class="legend-name">${name}</span>${
        value === undefined ? nothing : html`<span class="legend-value">${value}</span>`
      }</button>`,
    )}
  </div>`
}

/** Gives swatches their colour through CSSOM: an attribute `style` would break strict style policies. */
export function paintSwatches(root: ParentNode): void {
  for (const swatch of root.querySelectorAll<HTMLElement>('[data-color]')) {
    swatch.style.setProperty('--_swatch', swatch.dataset.color ?? '')
  }
}
