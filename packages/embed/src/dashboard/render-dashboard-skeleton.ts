import { html, type TemplateResult } from 'lit'
import { renderSkeleton } from '../state/render-skeleton.ts'

/** Stands for a dashboard whose definition is not known yet: a row of numbers and two charts. */
export function renderDashboardSkeleton(label: string): TemplateResult {
  return html`<div class="grid placeholder" part="grid" role="img" aria-label=${label}>
    ${Array.from({ length: 4 }, () => html`<div class="tile ghost number" aria-hidden="true">${renderSkeleton('metric', '')}</div>`)}
    <div class="tile ghost wide" aria-hidden="true">${renderSkeleton('line', '')}</div>
    <div class="tile ghost narrow" aria-hidden="true">${renderSkeleton('bar', '')}</div>
  </div>`
}
