import type { init } from 'echarts/core'

/** Pieces of ECharts that a chart may need besides the base. */
export const CHART_PARTS = ['line', 'bar', 'pie', 'scatter', 'mark-line'] as const
export type ChartPart = (typeof CHART_PARTS)[number]

/** How charts are painted: `canvas`, or `svg` for print and few marks. */
export const RENDERERS = ['canvas', 'svg'] as const
export type Renderer = (typeof RENDERERS)[number]

/** ECharts' `init`, with all that was asked for registered. */
export type InitChart = typeof init

const LOADERS = {
  line: () => import('./line.ts'),
  bar: () => import('./bar.ts'),
  pie: () => import('./pie.ts'),
  scatter: () => import('./scatter.ts'),
  'mark-line': () => import('./mark-line.ts'),
} as const satisfies Record<ChartPart, unknown>

/**
 * Loads ECharts with the parts a chart needs, all at the same time and each once per page, so that a page without charts
 * requests nothing of it. Rejects when a file does not arrive; the next call asks again.
 */
export async function loadParts(parts: readonly ChartPart[], renderer: Renderer): Promise<InitChart> {
  const [base, svg, ...loaded] = await Promise.all([
    import('./base.ts'),
    renderer === 'svg' ? import('./svg.ts') : undefined,
    ...parts.map((part) => LOADERS[part]()),
  ])
  // ECharts passes over what it knows already.
  base.use([...base.baseParts, ...(svg ? [svg.part] : []), ...loaded.map(({ part }) => part)])
  return base.init
}
