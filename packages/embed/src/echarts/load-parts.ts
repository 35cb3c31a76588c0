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

/** What has come to this page so far, by name. */
const loaded = new Set<ChartPart | Renderer>()
let loadedInit: InitChart | undefined

/** ECharts' `init` if everything asked for is here already: such charts are painted in the same task. */
export function loadedParts(parts: readonly ChartPart[], renderer: Renderer): InitChart | undefined {
  return loaded.has(renderer) && parts.every((part) => loaded.has(part)) ? loadedInit : undefined
}

/**
 * Loads ECharts with the parts a chart needs, all at the same time and each once per page, so that a page without charts
 * requests nothing of it. Rejects when a file does not arrive; the next call asks again.
 */
export async function loadParts(parts: readonly ChartPart[], renderer: Renderer): Promise<InitChart> {
  const ready = loadedParts(parts, renderer)
  if (ready) return ready
  const [base, svg, ...extra] = await Promise.all([
    import('./base.ts'),
    renderer === 'svg' ? import('./svg.ts') : undefined,
    ...parts.map((part) => LOADERS[part]()),
  ])
  // ECharts passes over what it knows already.
  base.use([...base.baseParts, ...(svg ? [svg.part] : []), ...extra.map(({ part }) => part)])
  for (const name of [...parts, renderer]) loaded.add(name)
  loadedInit = base.init
  return base.init
}
