import type { ChartType } from '@datainsight/core'
import { html, svg, type TemplateResult } from 'lit'

/** What a placeholder resembles. */
export type SkeletonKind = ChartType | 'metric' | 'table' | 'text'

const COLUMN_HEIGHTS = [46, 62, 38, 74, 54, 86, 66, 48, 78, 58]

const columns = (gap: number) =>
  svg`${COLUMN_HEIGHTS.map((height, index) => svg`<rect x=${index * 20 + gap} y=${100 - height} width=${20 - 2 * gap} height=${height} fill="currentColor" />`)}`
const bars = svg`${[92, 74, 60, 47, 35, 22].map((width, index) => svg`<rect x="0" y=${index * 17 + 2} width=${width * 2} height="11" fill="currentColor" />`)}`
const cells = svg`${Array.from({ length: 50 }, (_, index) => svg`<rect x=${(index % 10) * 20 + 1} y=${Math.floor(index / 10) * 20 + 1} width="18" height="18" fill="currentColor" opacity=${0.4 + ((index * 7) % 6) / 10} />`)}`
const dots = svg`${Array.from({ length: 16 }, (_, index) => svg`<circle cx=${12 + ((index * 37) % 176)} cy=${16 + ((index * 53) % 72)} r="4" fill="currentColor" />`)}`
const curve = 'M0 70 L22 52 L44 60 L66 34 L88 44 L110 24 L132 40 L154 22 L176 32 L200 14'

const DRAWINGS: Readonly<Record<ChartType, { readonly art: TemplateResult<2>; readonly ratio: string }>> = {
  line: {
    art: svg`<path d=${curve} fill="none" stroke="currentColor" stroke-width="3" vector-effect="non-scaling-stroke" />`,
    ratio: 'none',
  },
  area: { art: svg`<path d=${`${curve} V100 H0 Z`} fill="currentColor" />`, ratio: 'none' },
  column: { art: columns(4), ratio: 'none' },
  histogram: { art: columns(1), ratio: 'none' },
  bar: { art: bars, ratio: 'none' },
  pie: { art: svg`<circle cx="100" cy="50" r="46" fill="currentColor" />`, ratio: 'xMidYMid meet' },
  donut: {
    art: svg`<circle cx="100" cy="50" r="37" fill="none" stroke="currentColor" stroke-width="18" />`,
    ratio: 'xMidYMid meet',
  },
  scatter: { art: dots, ratio: 'xMidYMid meet' },
  heatmap: { art: cells, ratio: 'none' },
}

/** A placeholder of the final size that resembles what comes; `label` is what assistive technology reads. */
export function renderSkeleton(kind: SkeletonKind, label: string): TemplateResult {
  return html`<div class="skeleton" part="skeleton" role="img" aria-label=${label}>${drawing(kind)}</div>`
}

function drawing(kind: SkeletonKind): TemplateResult {
  if (kind === 'metric') {
    return html`<div class="skeleton-lines"><div class="skeleton-line tall w40"></div><div class="skeleton-line w60"></div></div>`
  }
  if (kind === 'table' || kind === 'text') {
    return html`<div class="skeleton-lines">${Array.from({ length: kind === 'table' ? 7 : 3 }, () => html`<div class="skeleton-line"></div>`)}</div>`
  }
  const { art, ratio } = DRAWINGS[kind]
  return html`<svg viewBox="0 0 200 100" preserveAspectRatio=${ratio} aria-hidden="true">${art}</svg>`
}
