import type { ChartSpec } from '@datainsight/core'
import type { ChartPart } from '../echarts/load-parts.ts'

/** The parts a chart of `spec` will need, as far as the spec alone tells: to load them while the data is on its way. */
export function firstParts({ type, target, secondAxis }: ChartSpec): ChartPart[] {
  const parts: ChartPart[] =
    type === 'line' || type === 'area'
      ? ['line']
      : type === 'pie' || type === 'donut'
        ? ['pie']
        : type === 'scatter' || type === 'heatmap'
          ? ['scatter']
          : ['bar']
  if (type === 'column' && secondAxis) parts.push('line')
  if (target && (parts[0] === 'line' || type === 'column' || type === 'bar')) parts.push('mark-line')
  return parts
}
