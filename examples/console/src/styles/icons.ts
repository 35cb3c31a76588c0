import { svg, type TemplateResult } from 'lit'

const icon = (paths: TemplateResult) => svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${paths}</svg>`

/** The console's icons: 20 px, one stroke. They are decoration; the words stand beside them or in a label. */
export const ICONS = {
  dashboards: icon(
    svg`<rect x="3" y="3" width="6" height="8" rx="1.5"/><rect x="11" y="3" width="6" height="4.5" rx="1.5"/><rect x="3" y="13" width="6" height="4" rx="1.5"/><rect x="11" y="9.5" width="6" height="7.5" rx="1.5"/>`,
  ),
  queries: icon(svg`<path d="M3 16.5h14M5 13V9.5M9 13V4M13 13V7.5M17 13v-2"/>`),
  refresh: icon(svg`<path d="M16 6.5A7 7 0 1 0 17 10M16.5 3v3.8h-3.8"/>`),
  copy: icon(
    svg`<rect x="7" y="7" width="9.5" height="9.5" rx="2"/><path d="M13 7V5a1.5 1.5 0 0 0-1.5-1.5H5A1.5 1.5 0 0 0 3.5 5v6.5A1.5 1.5 0 0 0 5 13h2"/>`,
  ),
  check: icon(svg`<path d="m4.5 10.5 3.5 3.5 7.5-8"/>`),
  back: icon(svg`<path d="m12 5-5 5 5 5"/>`),
  next: icon(svg`<path d="m8 5 5 5-5 5"/>`),
  warning: icon(svg`<path d="M10 3.5 17.5 16h-15L10 3.5ZM10 8.5v3.2M10 13.8h.01"/>`),
  search: icon(svg`<circle cx="9" cy="9" r="5"/><path d="m13 13 4 4"/>`),
  collapse: icon(svg`<rect x="3" y="4" width="14" height="12" rx="2"/><path d="M8 4v12"/>`),
  keyboard: icon(
    svg`<rect x="2.5" y="5" width="15" height="10" rx="2"/><path d="M5.5 8h.01M8.5 8h.01M11.5 8h.01M14.5 8h.01M7 12h6"/>`,
  ),
  sun: icon(
    svg`<circle cx="10" cy="10" r="3.4"/><path d="M10 2v2.2M10 15.8V18M2 10h2.2M15.8 10H18M4.4 4.4 6 6M14 14l1.6 1.6M15.6 4.4 14 6M6 14l-1.6 1.6"/>`,
  ),
  moon: icon(svg`<path d="M16.6 12.1A7 7 0 0 1 7.9 3.4a7 7 0 1 0 8.7 8.7Z"/>`),
  chevron: icon(svg`<path d="m6 8 4 4 4-4"/>`),
  sort: icon(svg`<path d="m7 12 3 3 3-3M7 8l3-3 3 3"/>`),
  sortUp: icon(svg`<path d="m6 12 4-4 4 4"/>`),
  sortDown: icon(svg`<path d="m6 8 4 4 4-4"/>`),
  close: icon(svg`<path d="m5.5 5.5 9 9M14.5 5.5l-9 9"/>`),
  signOut: icon(
    svg`<path d="M8 4H5.5A1.5 1.5 0 0 0 4 5.5v9A1.5 1.5 0 0 0 5.5 16H8M12.5 13.5 16 10l-3.5-3.5M16 10H8"/>`,
  ),
} as const

/** The product's mark. */
export const MARK = svg`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="M9 22v-5M16 22V10M23 22v-8"/></svg>`
