import { html, svg, type TemplateResult } from 'lit'

const icon = (className: string, drawing: TemplateResult<2>) =>
  html`<svg class=${className} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${drawing}</svg>`

export const chevronIcon = icon('chevron', svg`<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>`)
export const crossIcon = icon('cross', svg`<path d="m5 5 6 6M11 5l-6 6"/>`)
export const checkIcon = icon('check', svg`<path d="m3.5 8.5 3 3 6-7"/>`)
export const previousIcon = (slot: string) =>
  html`<svg slot=${slot} class="step" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M9.5 4 5.5 8l4 4"/></svg>`
export const nextIcon = (slot: string) =>
  html`<svg slot=${slot} class="step" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m6.5 4 4 4-4 4"/></svg>`
