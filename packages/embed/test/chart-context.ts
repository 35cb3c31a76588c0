import { createFormatter } from '@datainsight/core/format'
import type { ChartContext } from '../src/chart/chart-context.ts'
import { chartTheme } from './chart-theme.ts'

/** What tests compile charts with: English, light, the size of a tile. */
export function chartContext(extra: Partial<ChartContext> = {}): ChartContext {
  return {
    theme: chartTheme('light'),
    formatter: createFormatter({ locale: 'en-GB', timezone: 'UTC' }),
    size: { width: 720, height: 280 },
    ...extra,
  }
}
